//! The page on which readers look their product up.

use super::{PageView, SiteView, WayView};
use crate::theme::Prepared;
use serde::Serialize;

/// `lookup.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookupPageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// The site's own text on it, HTML, or empty.
    pub intro_html: String,
    /// How many files of keys there are.
    pub shards: u32,
    /// Changes whenever a file of the look-up does.
    pub stamp: String,
    /// The page of the full-text search.
    pub search_href: String,
    /// Ways in for those whose browser runs no script.
    pub ways: Vec<WayView>,
}
