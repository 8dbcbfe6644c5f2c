//! A reader that was away for long: it starts at a feed and follows its archives (RFC 5005), by their links alone.

use super::document::Document;
use super::published::Published;
use std::collections::BTreeSet;

/// The identities of all items of a feed and its archives, newest first, each once.
pub fn collect(published: &Published, feed: &Document) -> Result<Vec<String>, String> {
    let (mut collected, mut seen) = (Vec::new(), BTreeSet::new());
    let mut visited = BTreeSet::new();
    let mut document = feed;
    loop {
        let fresh = document.items.iter().map(|item| &item.id).filter(|id| seen.insert((*id).clone()));
        collected.extend(fresh.cloned());
        if !visited.insert(&document.path) {
            return Err(format!("{} is its own archive", document.path));
        }
        let Some(older) = document.link("prev-archive") else { return Ok(collected) };
        let next = published.document_at(older).ok_or_else(|| format!("no archive at {older}"))?;
        if next.format != feed.format || next.title != feed.title {
            return Err(format!("{older} is of another feed"));
        }
        let current = next.link("current").unwrap_or_default();
        if !current.is_empty() && !current.ends_with(&feed.path) {
            return Err(format!("{older} belongs to {current}"));
        }
        document = next;
    }
}

/// What a client keeps between two visits: it does not fetch an archive again that it has read (RFC 5005, 4).
#[derive(Default)]
pub struct Known {
    /// The identities of the items it has seen.
    pub items: BTreeSet<String>,
    archives: BTreeSet<String>,
}

impl Known {
    /// Reads the feed, and its archives back to one that is known.
    pub fn poll(&mut self, published: &Published, feed: &Document) -> Result<(), String> {
        let mut document = feed;
        loop {
            self.items.extend(document.items.iter().map(|item| item.id.clone()));
            let Some(older) = document.link("prev-archive") else { return Ok(()) };
            if !self.archives.insert(older.to_owned()) {
                return Ok(());
            }
            document = published.document_at(older).ok_or_else(|| format!("no archive at {older}"))?;
        }
    }
}
