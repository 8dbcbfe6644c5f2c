//! Archives over time: whoever was away gets every event, and what is archived stays as it is.

use super::client;
use super::document::Document;
use super::published::{Published, TAG};
use super::sites::{self, BUREAU};
use crate::site::{Site, Tree};
use std::collections::BTreeSet;

/// The archives of a tree, by path.
fn archives(tree: &Tree) -> Tree {
    let is_archive = |path: &str| path.starts_with("archive/") || path.contains("/archive/");
    tree.iter().filter(|(path, _)| is_archive(path)).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// The paths of files that differ, or stand in one tree only.
fn differing(before: &Tree, after: &Tree) -> BTreeSet<String> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

fn whole_feeds(published: &Published) -> impl Iterator<Item = &Document> {
    ["feed.xml", "atom.xml", "feed.json"].into_iter().map(|path| {
        let address = format!("{}{path}", super::published::BASE);
        published.document_at(&address).unwrap_or_else(|| panic!("no {path}"))
    })
}

#[test]
fn a_client_that_was_away_collects_exactly_the_events_of_the_ledger() {
    let published = sites::long();
    let expected: Vec<String> = published.truths.iter().map(|truth| truth.guid(TAG)).collect();
    assert!(expected.len() > 120);
    for feed in whole_feeds(published) {
        let mut collected = client::collect(published, feed).unwrap();
        assert!(collected.len() > feed.items.len(), "{} has no archives", feed.path);
        collected.sort();
        let mut expected = expected.clone();
        expected.sort();
        assert_eq!(collected, expected, "{}", feed.path);
    }
}

#[test]
fn the_archives_of_the_site_are_whole() {
    let published = sites::long();
    let archives = published.documents().filter(|document| document.path.starts_with("archive/"));
    let items: Vec<_> = archives.flat_map(|archive| &archive.items).collect();
    assert!(items.len() >= 3 * 100);
    assert!(items.iter().all(|item| item.content.contains("<p>")));
}

#[test]
fn full_archives_stay_as_they_are_when_notices_are_added() {
    let site = sites::long_lived();
    let before = build(&site, "2024-12-01T00:00:00+08:00");
    sites::write(&site, 201..211);
    sites::publish_all(&site, "2024-12-05T09:00:00+08:00");
    let after = build(&site, "2024-12-06T00:00:00+08:00");
    let (old, new) = (archives(&before), archives(&after));
    assert!(old.len() > 9);
    let changed: Vec<_> = old.iter().filter(|(path, bytes)| new.get(*path) != Some(bytes)).map(|it| it.0).collect();
    assert_eq!(changed, [""; 0]);
    assert!(new.len() > old.len(), "ten notices fill an archive of some list");
}

#[test]
fn a_correction_changes_the_archives_that_hold_what_it_corrects_and_no_other() {
    let site = sites::long_lived();
    let before = build(&site, "2024-12-01T00:00:00+08:00");
    let old = Published::of(&site, BUREAU, "2024-12-01T00:00:00+08:00");
    site.clock("2024-12-05T09:00:00+08:00");
    sites::revise(&site, "2024-020", "改了第20号", |text| text);
    sites::publish_all(&site, "2024-12-05T10:00:00+08:00");
    let after = build(&site, "2024-12-06T00:00:00+08:00");
    let guid = format!("tag:{TAG}:2024-020/v1");
    let holders = old.documents().filter(|document| document.items.iter().any(|item| item.id == guid));
    let holders: BTreeSet<String> = holders.map(|document| document.path.clone()).collect();
    let (old, new) = (archives(&before), archives(&after));
    let full: BTreeSet<String> = old.keys().filter(|path| holders.contains(*path)).cloned().collect();
    assert!(full.len() >= 6, "{full:?}");
    // An archive that came into being is no changed one.
    let changed: BTreeSet<String> = differing(&old, &new).into_iter().filter(|path| old.contains_key(path)).collect();
    assert_eq!(changed, full);
    let text = |path: &str| String::from_utf8(new[path].clone()).unwrap();
    assert!(full.iter().all(|path| text(path).contains("【已更正】第20号警示")));
}

/// Builds at a moment; what was built.
fn build(site: &Site, now: &str) -> Tree {
    site.clock(now).build().exits(0);
    site.files("public")
}

#[test]
fn a_client_that_knows_older_archives_misses_nothing_when_the_length_of_feeds_changes() {
    let site = sites::long_lived();
    let feed_items = |count: usize| {
        let text = site.read("site.yaml");
        let lines = text.lines().filter(|line| !line.starts_with("feed_items:"));
        site.write("site.yaml", format!("{}\nfeed_items: {count}\n", lines.collect::<Vec<_>>().join("\n")));
    };
    feed_items(20);
    let before = Published::of(&site, BUREAU, "2024-12-01T00:00:00+08:00");
    let mut known = client::Known::default();
    let of_site = |published: &Published| whole_feeds(published).next().cloned().unwrap();
    known.poll(&before, &of_site(&before)).unwrap();
    assert_eq!(known.items.len(), before.truths.len());
    feed_items(50);
    sites::write(&site, 201..261);
    sites::publish_all(&site, "2024-12-05T09:00:00+08:00");
    let after = Published::of(&site, BUREAU, "2024-12-06T00:00:00+08:00");
    known.poll(&after, &of_site(&after)).unwrap();
    let missed: Vec<String> =
        after.truths.iter().map(|truth| truth.guid(TAG)).filter(|guid| !known.items.contains(guid)).collect();
    assert_eq!(missed, [""; 0]);
}
