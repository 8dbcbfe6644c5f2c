//! What pictures and attachments say about themselves is looked at before anything is signed.

use crate::samples::{notice, open_config};
use crate::site::Site;

fn with(name: &str) -> Site {
    let site = Site::with_config(&open_config());
    site.draft("2024-001", &notice("2024-001", "磁力珠"));
    let fixture = format!("{}/tests/fixtures/metadata/{name}", env!("CARGO_MANIFEST_DIR"));
    site.write(&format!("content/drafts/2024-001/{name}"), std::fs::read(fixture).unwrap());
    site
}

#[test]
fn picture_that_says_where_it_was_made_is_not_signed() {
    let site = with("exiftool.jpg");
    site.run(&["check", "2024-001"]).says("metadata-position").says("metadata-person");
    site.run(&["check"]).says("metadata-position");
    let before = site.tree();
    site.sign("初审", "2024-001").exits(1).says("metadata-position");
    assert!(before == site.tree(), "something was written");
}

#[test]
fn table_with_a_hidden_sheet_is_not_signed() {
    let site = with("openpyxl.xlsx");
    site.sign("初审", "2024-001").exits(1).says("metadata-hidden").says("隐藏的工作表");
}

#[test]
fn plain_picture_is_signed() {
    with("plain.jpg").sign("初审", "2024-001").exits(0);
}

#[test]
fn build_does_not_ask_what_is_live_about_itself() {
    let site = with("exiftool.jpg");
    let off = "check: {rules: [{rule: metadata-position, level: 关}, {rule: metadata-person, level: 关}]}\n";
    site.write("site.yaml", open_config() + off).publish("2024-001");
    site.write("site.yaml", open_config());
    let run = site.build().exits(0);
    assert!(!run.report().contains("metadata-"), "{}", run.report());
    site.run(&["check"]).exits(1).says("metadata-position");
}

#[test]
fn paper_that_cannot_be_read_is_named() {
    with("encrypted.pdf").run(&["check", "2024-001"]).says("metadata-unreadable");
}
