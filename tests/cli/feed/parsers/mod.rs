//! Parsers that other people wrote read every item as it was meant: rss (which also validates), atom_syndication,
//! feed-rs and feedparser.

mod by_feed_rs;
mod by_feedparser;
mod by_one_format;
mod random;

use super::document::{Document, Format, Item};
use super::published::{Published, time};
use super::sites;
use serde::Deserialize;

/// What a parser saw of an item.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Seen {
    pub id: String,
    pub title: String,
    pub link: String,
    /// In seconds since 1970.
    pub published: i64,
    pub summary: String,
    /// HTML; empty where it stands elsewhere.
    pub content: String,
    pub terms: Vec<String>,
    pub author: String,
    /// Address, length, media type.
    pub enclosure: Option<(String, String, String)>,
}

/// What is to be seen of an item.
fn meant(item: &Item, format: Format) -> Seen {
    Seen {
        id: item.id.clone(),
        title: item.title.clone(),
        link: item.link.clone(),
        published: time(&item.published, format).unwrap().timestamp(),
        summary: item.raw_summary.clone(),
        content: item.content.clone(),
        terms: item.categories.iter().map(|(_, term)| term.clone()).collect(),
        author: item.authors.join("、"),
        enclosure: item.enclosures.first().cloned(),
    }
}

/// Reads a file of a published site.
type Parser = fn(&Published, &Document) -> Vec<Seen>;

/// A parser agrees with what is meant on every item of every document of its formats.
#[track_caller]
fn agrees(published: &Published, name: &str, formats: &[Format], parser: Parser) {
    let mut count = 0;
    for document in published.documents().filter(|document| formats.contains(&document.format)) {
        compare(name, document, &parser(published, document));
        count += 1;
    }
    assert!(count > 0);
}

#[track_caller]
fn compare(name: &str, document: &Document, seen: &[Seen]) {
    assert_eq!(seen.len(), document.items.len(), "{name}: {}", document.path);
    for (seen, item) in seen.iter().zip(&document.items) {
        assert_eq!(*seen, meant(item, document.format), "{name}: {} {}", document.path, item.id);
    }
}

/// All parsers agree on a site, and all checks hold.
#[track_caller]
fn all_agree(published: &Published) {
    super::keeps_all(published);
    agrees(published, "rss", &[Format::Rss], by_one_format::rss);
    agrees(published, "atom_syndication", &[Format::Atom], by_one_format::atom);
    agrees(published, "feed-rs", &[Format::Rss, Format::Atom, Format::Json], by_feed_rs::read);
    by_feedparser::agrees(published);
}

#[test]
fn all_parsers_agree_on_the_sample() {
    all_agree(sites::sample());
}

#[test]
fn all_parsers_agree_on_an_empty_site() {
    all_agree(sites::empty());
}

#[test]
fn all_parsers_agree_on_hostile_content() {
    all_agree(sites::hostile());
}

#[test]
fn all_parsers_agree_on_a_long_life() {
    all_agree(sites::long());
}
