//! What a model feed keeps, as one table: the same checks hold for every feed and archive of every site.

mod bytes;
mod content;
mod events;
mod fields;
mod together;

use super::document::{Document, Item};
use super::published::Published;
use std::fmt::Display;

/// Its number, what it asks, and how it is asked; what is wrong otherwise.
pub type Check = (u8, &'static str, fn(&Published) -> Result<(), String>);

/// All of them.
pub const CHECKS: [Check; 25] = [
    (1, "well-formed UTF-8 without BOM and control characters", bytes::well_formed),
    (2, "the version of its format; title, page, description", fields::head),
    (3, "the language is zh-CN", fields::language),
    (4, "names itself by the absolute address it stands at", fields::own_address),
    (5, "dates in the form of the format, with the right weekday, of China", fields::dates),
    (6, "no date before the site or in the future", events::plausible_dates),
    (7, "changed when its newest event happened; two builds are the same", bytes::stable),
    (8, "every item has title, link, identity, date, summary and content", fields::items),
    (9, "an identity is the tag URI of notice and version", events::identity),
    (10, "no identity stands for two things", events::unique),
    (11, "addresses are absolute, encoded and lead somewhere", together::addresses),
    (12, "an item is dated with its event", events::dated),
    (13, "corrections and withdrawals are items and mark what they overtake", events::marked),
    (14, "nothing is left out", events::complete),
    (15, "summaries are plain and short", content::summaries),
    (16, "the content is the whole notice in good HTML", content::whole),
    (17, "no address in the content is relative", content::absolute),
    (18, "the content does nothing", content::inert),
    (19, "titles are plain and escaped once", content::titles),
    (20, "the office is the author", fields::author),
    (21, "filed under its terms, each with its domain", fields::categories),
    (22, "newest first, no more than the window, under 900 kB; archives are full", events::sized),
    (23, "pictures are absolute and described; one enclosure at most, with length and type", content::pictures),
    (24, "the formats agree, entries are told apart, pages name their feeds", together::agreement),
    (25, "named by the right media type; an empty feed is a feed", together::media_types),
];

/// The numbers of the checks that a site fails, and why.
pub fn failures(published: &Published) -> Vec<(u8, String)> {
    let failure = |(number, _, check): &Check| check(published).err().map(|error| (*number, error));
    CHECKS.iter().filter_map(failure).collect()
}

/// Says where it went wrong.
fn at<T>(document: &Document, result: Result<T, impl Display>) -> Result<T, String> {
    result.map_err(|error| format!("{}: {error}", document.path))
}

fn each_document(published: &Published, check: impl Fn(&Document) -> Result<(), String>) -> Result<(), String> {
    published.documents().try_for_each(|document| at(document, check(document)))
}

fn each_item(published: &Published, check: impl Fn(&Document, &Item) -> Result<(), String>) -> Result<(), String> {
    each_document(published, |document| {
        let named = |item: &Item| check(document, item).map_err(|error| format!("{}: {error}", item.id));
        document.items.iter().try_for_each(named)
    })
}

/// Fails with what a condition demanded.
fn demand(condition: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if condition { Ok(()) } else { Err(what()) }
}

/// Fails unless two things are the same.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    demand(found == expected, || format!("{what}: {found:?} instead of {expected:?}"))
}
