//! Entries: what happened, as it stands in a document of some format.
//!
//! The summaries in the archives of terms are the largest part of a site, and one event stands in the archives of all its
//! terms: so they are written once for each format, and kept for the others.

use super::item::{self, Form, Item};
use crate::diag::Diagnostic;
use crate::pages::Frame;
use crate::site::Event;
use crate::xml::Fragment;
use std::sync::{Arc, OnceLock};

/// An entry of a document.
pub(super) enum Entry<'a> {
    /// An item of this document alone.
    Own(Box<Item<'a>>),
    /// A summary that other documents have too.
    Brief(Arc<Briefs<'a>>, Event),
}

/// An entry as a document takes it.
pub(super) enum Ready<'e, T> {
    /// Nobody else has it: it is written into its place.
    Item(&'e Item<'e>),
    /// What was written of it, now or when another document had it.
    Written(T),
}

impl Entry<'_> {
    /// The entry, ready for a document; where other documents have it too, as a function writes it.
    ///
    /// # Errors
    /// It cannot be made or written.
    pub(super) fn ready<T: Clone>(
        &self,
        place: fn(&Kept) -> &OnceLock<T>,
        write: impl FnOnce(&Item<'_>) -> Result<T, Box<Diagnostic>>,
    ) -> Result<Ready<'_, T>, Box<Diagnostic>> {
        let (briefs, event) = match self {
            Self::Own(item) => return Ok(Ready::Item(item)),
            Self::Brief(briefs, event) => (briefs, *event),
        };
        let place = place(briefs.kept(event));
        if let Some(written) = place.get() {
            return Ok(Ready::Written(written.clone()));
        }
        let written = write(&item::make(briefs.frame, event, Form::Brief)?)?;
        Ok(Ready::Written(place.get_or_init(|| written).clone()))
    }
}

/// A summary in every format in which it was wanted.
#[derive(Default)]
pub(super) struct Kept {
    /// For RSS.
    pub rss: OnceLock<Fragment>,
    /// For Atom.
    pub atom: OnceLock<Fragment>,
    /// For JSON Feed.
    pub json: OnceLock<Arc<[u8]>>,
}

/// The summaries of all events.
pub(super) struct Briefs<'a> {
    frame: &'a Frame<'a>,
    /// Where those of a dossier begin.
    begin: Vec<usize>,
    kept: Vec<Kept>,
}

impl<'a> Briefs<'a> {
    /// None has been written yet.
    pub(super) fn of(frame: &'a Frame<'a>) -> Self {
        let mut count = 0;
        let begin = frame.site.dossiers.iter().map(|dossier| {
            let begin = count;
            count += dossier.versions().len();
            begin
        });
        let begin = begin.collect();
        Self { frame, begin, kept: (0..count).map(|_| Kept::default()).collect() }
    }

    fn kept(&self, event: Event) -> &Kept {
        &self.kept[self.begin[event.dossier] + event.version]
    }
}
