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
