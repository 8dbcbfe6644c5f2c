//! Faults of JSON Feed.

use super::super::sites::{empty, hostile, long};
use super::{CORRECTION, Fault, HOSTILE, SECOND, WITHDRAWAL};
use serde_json::{Value, json};

const fn fault(check: u8, what: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { check, what, site: long, path: "feed.json", change }
}

const fn of_hostile(check: u8, what: &'static str, change: fn(&str) -> String) -> Fault {
    Fault { check, what, site: hostile, path: "feed.json", change }
}

/// Changes the feed.
fn feed(text: &str, change: impl Fn(&mut Value)) -> String {
    let mut feed = serde_json::from_str(text).unwrap();
    change(&mut feed);
    serde_json::to_string_pretty(&feed).unwrap()
}

/// Changes the item of a notice and version.
fn item(text: &str, which: &str, change: impl Fn(&mut Value)) -> String {
    feed(text, |feed| {
        let items = feed["items"].as_array_mut().unwrap();
        let is_meant = |item: &&mut Value| item["id"].as_str().unwrap().ends_with(&format!(":{which}"));
        change(items.iter_mut().find(is_meant).unwrap_or_else(|| panic!("no {which}")));
    })
}

/// Replaces a text in a field of an item.
fn in_field(text: &str, which: &str, field: &str, [from, to]: [&str; 2]) -> String {
    item(text, which, |item| {
        let before = item[field].as_str().unwrap();
        assert!(before.contains(from), "no “{from}” in {before}");
        item[field] = before.replacen(from, to, 1).into();
    })
}

/// Leaves a field out.
fn without(value: &mut Value, field: &str) {
    value.as_object_mut().unwrap().remove(field).unwrap();
}

/// What a feed says of itself, and what happened when.
pub const FORM: &[Fault] = &[
    fault(1, "a control character", |text| in_field(text, SECOND, "title", ["第", "\u{b}第"])),
    fault(1, "a comma too many", |text| text.replacen("\n  \"items\"", ",\n  \"items\"", 1)),
    fault(2, "an earlier version", |text| text.replacen("version/1.1", "version/1", 1)),
    fault(2, "no page", |text| feed(text, |feed| without(feed, "home_page_url"))),
    fault(3, "no language", |text| feed(text, |feed| without(feed, "language"))),
    fault(4, "the address of RSS", |text| {
        feed(text, |feed| feed["feed_url"] = "https://www.example.gov.cn/fxjs/feed.xml".into())
    }),
    fault(5, "a date without a time", |text| item(text, SECOND, |item| item["date_published"] = "2024-10-02".into())),
    fault(6, "the future", |text| in_field(text, SECOND, "date_published", ["2024", "2025"])),
    fault(8, "no summary", |text| item(text, SECOND, |item| without(item, "summary"))),
    fault(8, "no content", |text| item(text, SECOND, |item| without(item, "content_html"))),
    fault(9, "a number", |text| item(text, SECOND, |item| item["id"] = json!(113))),
    fault(10, "twice the same", |text| in_field(text, SECOND, "id", ["2024-113", "2024-114"])),
    fault(12, "planned, dated as signed", |text| in_field(text, SECOND, "date_published", ["10-02T08", "10-01T09"])),
    fault(13, "a correction that is not called so", |text| in_field(text, CORRECTION, "title", ["【更正】", ""])),
    fault(13, "a withdrawal that is not called so", |text| in_field(text, WITHDRAWAL, "title", ["【撤销】", ""])),
    fault(14, "an item left out", |text| feed(text, |feed| drop(feed["items"].as_array_mut().unwrap().remove(1)))),
    fault(14, "no way to what is older", |text| feed(text, |feed| without(feed, "next_url"))),
    fault(22, "oldest first", |text| feed(text, |feed| feed["items"].as_array_mut().unwrap().reverse())),
    fault(22, "too long", |text| item(text, SECOND, |item| item["banner_image"] = "x".repeat(900_000).into())),
];

/// What people read, and what goes with other files.
pub const CONTENT: &[Fault] = &[
    of_hostile(15, "a summary escaped", |text| in_field(text, "2024-005/v1", "summary", ["<", "&lt;"])),
    fault(15, "text and HTML", |text| item(text, SECOND, |item| item["content_text"] = "文".into())),
    fault(16, "a section left out", |text| in_field(text, SECOND, "content_html", ["放在孩子够不到的地方。", ""])),
    of_hostile(17, "another notice", |text| {
        in_field(text, HOSTILE, "content_html", ["https://www.example.gov.cn/fxjs/n/2023-001/", "../2023-001/"])
    }),
    fault(18, "a handler", |text| in_field(text, SECOND, "content_html", ["<p>", "<p onclick=\"x\">"])),
    of_hostile(19, "a title escaped", |text| in_field(text, "2024-005/v1", "title", ["<", "&lt;"])),
    fault(11, "leads nowhere", |text| in_field(text, SECOND, "url", ["2024-113", "2024-999"])),
    fault(20, "another office", |text| item(text, SECOND, |item| item["authors"][0]["name"] = "张某".into())),
    fault(21, "a term left out", |text| item(text, SECOND, |item| drop(item["tags"].as_array_mut().unwrap().pop()))),
    fault(23, "the wrong length", |text| {
        item(text, "2024-112/v1", |item| item["attachments"][0]["size_in_bytes"] = json!(1))
    }),
    fault(24, "another author than in RSS", |text| {
        item(text, SECOND, |item| item["authors"][0]["name"] = "张某".into())
    }),
    Fault {
        check: 24,
        what: "a list that does not name it",
        site: long,
        path: "levels/high/index.html",
        change: |text| text.replacen("levels/high/feed.json", "levels/low/feed.json", 1),
    },
    Fault {
        check: 25,
        what: "named by another media type",
        site: long,
        path: "levels/high/index.html",
        change: |text| text.replacen("application/feed+json", "application/json", 1),
    },
    Fault {
        check: 25,
        what: "empty and without itself",
        site: empty,
        path: "feed.json",
        change: |text| feed(text, |feed| without(feed, "feed_url")),
    },
];
