//! Pages about the site: prose, ledger, map, 404.

use super::{LinkView, PageView, SiteView, TimeView, WayView};
use crate::theme::Prepared;
use serde::Serialize;

/// `page.html`: a page about the site
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProsePageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// The text, HTML.
    pub body_html: String,
}

/// `ledger.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerPageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// What stands on it.
    pub ledger: LedgerView,
}

/// One page of the public ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerView {
    /// How many rows there are on all pages; 0 on numbered pages, which do not change when the ledger grows.
    pub count: usize,
    /// The rows of this page, newest first.
    pub rows: Vec<LedgerRowView>,
    /// The page's number from the oldest, or 0 for the front page.
    pub number: usize,
    /// To newer rows, or null.
    pub newer: Option<LinkView>,
    /// To older rows, or null.
    pub older: Option<LinkView>,
}

/// A row of the public ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerRowView {
    /// From 1.
    pub seq: u32,
    /// When.
    pub time: TimeView,
    /// 发布, 更正, 撤销, 紧急发布, 补审 …
    pub event: String,
    /// The permanent name.
    pub id: String,
    /// The version.
    pub version: u32,
    /// The title at that time.
    pub title: String,
    /// The page of that version, relative to the root.
    pub href: String,
    /// The first digits of the row's hash.
    pub hash: String,
}

/// `map.html`: the site map for people
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MapPageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// All lists, by dimension.
    pub ways: Vec<WayView>,
}

/// `404.html`: stands alone, since it is shown at any depth
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotFoundView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// The style sheet `404.css` of the theme, to stand in the page.
    pub style_html: String,
    /// The CSP source that allows exactly this style: `sha256-…`.
    pub style_source: String,
}
