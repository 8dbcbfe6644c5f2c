//! Feeds as a feed reader takes them: well-formed, whole, absolute, and with identities that never change.

mod archives;
mod checks;
mod client;
mod document;
mod faults;
mod html;
mod parsers;
mod published;
mod refused;
mod sites;
mod stories;
mod truth;
mod xml;

use crate::samples::notice;
use crate::site::Site;
use published::Published;

#[track_caller]
fn keeps_all(published: &Published) {
    let failures = checks::failures(published);
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn the_sample_keeps_what_feeds_promise() {
    assert!(sites::sample().documents().count() > 30);
    keeps_all(sites::sample());
}

#[test]
fn an_empty_site_keeps_what_feeds_promise() {
    keeps_all(sites::empty());
}

#[test]
fn hostile_content_breaks_no_promise() {
    keeps_all(sites::hostile());
}

#[test]
fn a_long_life_breaks_no_promise() {
    assert!(sites::long().truths.len() > 120);
    keeps_all(sites::long());
}

#[test]
fn a_feed_of_large_tables_stays_under_a_megabyte_in_every_format() {
    let site = Site::new();
    // In Atom, where every sign of markup is escaped, a table of small cells is twice as long as in HTML.
    let table = format!("甲,乙,丙,丁\r\n{}", "1,2,3,4\r\n".repeat(1200));
    for number in 1..=10 {
        let id = format!("2024-{number:03}");
        let findings = "findings: {file: 表.csv, caption: 表}\nactions:";
        site.draft(&id, &notice(&id, &format!("第{number}号")).replace("actions:", findings));
        site.write(&format!("content/drafts/{id}/表.csv"), &table);
    }
    sites::publish_all(&site, "2024-06-01T09:00:00+08:00");
    site.build().exits(0);
    for file in ["feed.xml", "atom.xml", "feed.json"] {
        let text = site.read(&format!("public/{file}"));
        assert!(text.len() < 900_000, "{file}: {}", text.len());
        let tables = text.matches("<caption>表").count() + text.matches("&lt;caption&gt;表").count();
        assert!((4..10).contains(&tables), "{file}: {tables} whole texts");
    }
}
