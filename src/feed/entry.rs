//! Entries: what happened, as it stands in a document of some format.
//!
//! The summaries in the archives of terms are the largest part of a site, and one event stands in the archives of all its
//! terms: so they are written once for each format, and kept until the last of these has it.

use super::item::{self, Form, Item};
use super::series::Series;
use crate::artifact::Shared;
use crate::diag::Diagnostic;
use crate::pages::Frame;
use crate::site::Event;
use crate::xml::Fragment;
use std::sync::Arc;

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
        place: fn(&Kept) -> &Shared<T>,
        write: impl FnOnce(&Item<'_>) -> Result<T, Box<Diagnostic>>,
    ) -> Result<Ready<'_, T>, Box<Diagnostic>> {
        let (briefs, event) = match self {
            Self::Own(item) => return Ok(Ready::Item(item)),
            Self::Brief(briefs, event) => (briefs, *event),
        };
        let make = || write(&item::make(briefs.frame, event, Form::Brief)?);
        Ok(Ready::Written(T::clone(&*place(briefs.kept(event)).get(make)?)))
    }
}

/// A summary in every format, from the first document that has it to the last.
pub(super) struct Kept {
    /// For RSS.
    pub rss: Shared<Fragment>,
    /// For Atom.
    pub atom: Shared<Fragment>,
    /// For JSON Feed.
    pub json: Shared<Arc<[u8]>>,
}

/// The summaries of all events.
pub(super) struct Briefs<'a> {
    frame: &'a Frame<'a>,
    /// Where those of a dossier begin.
    begin: Vec<usize>,
    kept: Vec<Kept>,
}

impl<'a> Briefs<'a> {
    /// Those in the documents of these series. None has been written yet.
    pub(super) fn of(frame: &'a Frame<'a>, series: &[Series<'_>]) -> Self {
        let mut count = 0;
        let begin = frame.site.dossiers.iter().map(|dossier| {
            let begin = count;
            count += dossier.versions().len();
            begin
        });
        let mut briefs = Self { frame, begin: begin.collect(), kept: Vec::new() };
        let mut users = vec![0; count];
        for event in series.iter().flat_map(Series::briefs) {
            users[briefs.place(*event)] += 1;
        }
        let kept = |users| Kept { rss: Shared::new(users), atom: Shared::new(users), json: Shared::new(users) };
        briefs.kept = users.into_iter().map(kept).collect();
        briefs
    }

    fn place(&self, event: Event) -> usize {
        self.begin[event.dossier] + event.version
    }

    fn kept(&self, event: Event) -> &Kept {
        &self.kept[self.place(event)]
    }
}
