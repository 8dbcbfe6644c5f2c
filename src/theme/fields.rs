//! The names templates may use. A test compares both lists with what the views serialise to.

/// The templates every theme has, and the variables each is given.
pub(super) const ROOTS: &[(&str, &[&str])] = &[
    ("404.html", &["site", "page", "style_html", "style_source"]),
    (
        "data.html",
        &[
            "site",
            "page",
            "intro_html",
            "count",
            "until",
            "tables",
            "files",
            "fields",
            "schemas",
            "license",
            "subscribe_href",
            "example_href",
        ],
    ),
    ("feed_item.html", &["root", "notice"]),
    ("home.html", &["site", "page", "grave", "newest", "changes", "ways"]),
    ("ledger.html", &["site", "page", "ledger"]),
    ("list.html", &["site", "page", "list"]),
    ("lookup.html", &["site", "page", "intro_html", "shards", "stamp", "search_href", "ways"]),
    ("map.html", &["site", "page", "ways"]),
    ("notice.html", &["site", "page", "notice", "qr"]),
    ("page.html", &["site", "page", "body_html"]),
    ("search.html", &["site", "page", "intro_html", "head_href", "filters", "ways"]),
    ("statistics.html", &["site", "page", "intro_html", "until", "figures", "withdrawn", "download"]),
    ("subscribe.html", &["site", "page", "intro_html", "whole", "groups", "data_href", "alerts_href"]),
    ("tombstone.html", &["site", "page", "notice", "qr"]),
];

/// Every path into the views; `[]` is an element of a list.
pub(super) const FIELDS: &str = include_str!("fields.txt");
