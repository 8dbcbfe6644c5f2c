//! The default theme, as it stands in the program itself.

use super::ThemeFile;
use std::sync::Arc;

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/default/", $path)).as_slice()),)+]
    };
}

const FILES: &[(&str, &[u8])] = files![
    "theme.yaml",
    "templates/404.html",
    "templates/base.html",
    "templates/data.html",
    "templates/feed_item.html",
    "templates/home.html",
    "templates/ledger.html",
    "templates/list.html",
    "templates/lookup.html",
    "templates/map.html",
    "templates/notice.html",
    "templates/page.html",
    "templates/partials/components.html",
    "templates/statistics.html",
    "templates/search.html",
    "templates/subscribe.html",
    "templates/tombstone.html",
    "static/404.css",
    "static/data.css",
    "static/elder.js",
    "static/favicon.svg",
    "static/lookup-answer.js",
    "static/lookup-form.js",
    "static/lookup-scan.js",
    "static/lookup.css",
    "static/lookup.js",
    "static/share.png",
    "static/site.js",
    "static/feed.css",
    "static/statistics.css",
    "static/search.css",
    "static/search.js",
    "static/style.css",
    "static/subscribe.css",
    "static/subscribe.js",
];

/// The files of the default theme, `theme.yaml` included.
pub fn default_files() -> Vec<ThemeFile> {
    FILES.iter().map(|(path, bytes)| ThemeFile { path: (*path).to_owned(), bytes: Arc::from(*bytes) }).collect()
}
