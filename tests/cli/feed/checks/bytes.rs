//! Checks of a feed as bytes.

use super::super::document::Format;
use super::super::published::{Published, time};
use super::{demand, each_document, same};

/// 1. Every file that ends in `.xml`, and every feed, was read when the site was.
pub fn well_formed(published: &Published) -> Result<(), String> {
    published.unreadable().next().map_or(Ok(()), |(path, error)| Err(format!("{path}: {error}")))
}

/// 7.
pub fn stable(published: &Published) -> Result<(), String> {
    each_document(published, |document| {
        let bytes = |tree: &std::collections::BTreeMap<String, std::sync::Arc<[u8]>>| tree.get(&document.path).cloned();
        demand(bytes(&published.tree) == bytes(&published.again), || "a second build differs".to_owned())?;
        let newest = document.items.iter().map(|item| match document.format {
            Format::Atom => time(&item.updated, document.format),
            _ => time(&item.published, document.format),
        });
        let newest: Result<Vec<_>, _> = newest.collect();
        match newest.ok().and_then(|times| times.into_iter().max()) {
            Some(newest) if document.format != Format::Json => {
                same("changed", time(&document.newest, document.format).ok(), Some(newest))
            }
            _ => Ok(()),
        }
    })
}
