//! Checks of a feed as bytes.

use super::super::document::Format;
use super::super::published::{Published, time};
use super::super::xml;
use super::{each_document, same};

/// 1.
pub fn well_formed(published: &Published) -> Result<(), String> {
    for (path, bytes) in published.tree.iter().filter(|(path, _)| path.ends_with(".xml")) {
        let text = std::str::from_utf8(bytes).map_err(|error| format!("{path}: {error}"))?;
        xml::parse(text).map_err(|error| format!("{path}: {error}"))?;
    }
    published.unreadable().next().map_or(Ok(()), |(path, error)| Err(format!("{path}: {error}")))
}

/// 7.
pub fn stable(published: &Published) -> Result<(), String> {
    each_document(published, |document| {
        let bytes = |tree: &std::collections::BTreeMap<String, std::sync::Arc<[u8]>>| tree.get(&document.path).cloned();
        super::demand(bytes(&published.tree) == bytes(&published.again), || "a second build differs".to_owned())?;
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
