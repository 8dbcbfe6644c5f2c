//! The narrative of a notice. Thousands are kept until the end of a build, so they may lie aside until they are asked for.

use crate::markdown::{Html, Rendered};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt::Debug;
use std::io;
use std::sync::Arc;

/// Where narratives are put aside.
pub trait Spool: Sync {
    /// Puts one aside; none where there is still room for it in the memory.
    ///
    /// # Errors
    /// It is not taken.
    fn put(&self, rendered: &Rendered) -> io::Result<Option<Arc<dyn Spooled>>>;
}

/// A narrative that lies aside.
pub trait Spooled: Debug + Send + Sync {
    /// Its HTML, as it was put aside.
    ///
    /// # Errors
    /// It cannot be read.
    fn html(&self) -> io::Result<Html>;

    /// Its text without markup, as it was put aside.
    ///
    /// # Errors
    /// It cannot be read.
    fn plain(&self) -> io::Result<String>;
}

/// A rendered text, wherever it lies. Of what is serialised, the text is not a part: whoever keeps it says where it lies by
/// [`lies`](Self::lies).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Narrative {
    plain_length: usize,
    #[serde(skip)]
    place: Place,
}

#[derive(Debug, Clone, Default)]
enum Place {
    Here(Rendered),
    Aside(Arc<dyn Spooled>),
    /// Nobody has said yet: what asks for it is refused.
    #[default]
    Unknown,
}

impl From<Rendered> for Narrative {
    fn from(rendered: Rendered) -> Self {
        Self { plain_length: rendered.plain.len(), place: Place::Here(rendered) }
    }
}

impl Narrative {
    /// The HTML.
    ///
    /// # Errors
    /// It lies aside and cannot be read.
    pub fn html(&self) -> io::Result<Cow<'_, Html>> {
        match &self.place {
            Place::Here(rendered) => Ok(Cow::Borrowed(&rendered.html)),
            Place::Aside(spooled) => spooled.html().map(Cow::Owned),
            Place::Unknown => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// The text without markup, see [`Rendered::plain`].
    ///
    /// # Errors
    /// It lies aside and cannot be read.
    pub fn plain(&self) -> io::Result<Cow<'_, str>> {
        match &self.place {
            Place::Here(rendered) => Ok(Cow::Borrowed(&rendered.plain)),
            Place::Aside(spooled) => spooled.plain().map(Cow::Owned),
            Place::Unknown => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// How many bytes the text without markup has.
    pub fn plain_length(&self) -> usize {
        self.plain_length
    }

    /// The same, lying aside; where it is not taken, it stays here.
    #[must_use]
    pub fn aside(self, spool: &dyn Spool) -> Self {
        let spooled = match &self.place {
            Place::Here(rendered) => spool.put(rendered).ok().flatten(),
            Place::Aside(_) | Place::Unknown => None,
        };
        match spooled {
            Some(spooled) => self.lies(spooled),
            None => self,
        }
    }

    /// The same, of which it is known where it lies.
    #[must_use]
    pub fn lies(self, spooled: Arc<dyn Spooled>) -> Self {
        Self { place: Place::Aside(spooled), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes what it is given, if it takes anything, and gives it back, if it has it.
    #[derive(Debug)]
    struct Memory(Option<Rendered>);

    impl Spool for Memory {
        fn put(&self, rendered: &Rendered) -> io::Result<Option<Arc<dyn Spooled>>> {
            self.0.as_ref().ok_or(io::ErrorKind::StorageFull)?;
            Ok(Some(Arc::new(Self(Some(rendered.clone())))))
        }
    }

    impl Memory {
        fn rendered(&self) -> io::Result<Rendered> {
            self.0.clone().ok_or_else(|| io::ErrorKind::NotFound.into())
        }
    }

    impl Spooled for Memory {
        fn html(&self) -> io::Result<Html> {
            Ok(self.rendered()?.html)
        }

        fn plain(&self) -> io::Result<String> {
            Ok(self.rendered()?.plain)
        }
    }

    fn rendered(text: &str) -> Rendered {
        let context = crate::markdown::Context { file: "index.md", first_line: 1, assets: &|_| None };
        crate::markdown::render(text, &context).value.rendered
    }

    #[test]
    fn a_narrative_is_the_same_wherever_it_lies() {
        let text = rendered("请停用。");
        for spool in [Memory(Some(Rendered::default())), Memory(None)] {
            let narrative = Narrative::from(text.clone()).aside(&spool);
            assert_eq!(narrative.html().unwrap().as_ref(), &text.html);
            assert_eq!(narrative.plain().unwrap(), text.plain);
            assert_eq!(narrative.plain_length(), "请停用。".len());
        }
    }

    #[test]
    fn what_lies_nowhere_is_refused_and_never_empty() {
        let nowhere = Narrative { plain_length: 3, place: Place::Unknown };
        let lost = Narrative::from(rendered("请停用。")).lies(Arc::new(Memory(None)));
        for narrative in [nowhere, lost] {
            assert!(narrative.html().is_err() && narrative.plain().is_err());
        }
    }
}
