//! A page of a list.

use super::{CountedLink, EntryView, LinkView, PageView, SiteView};
use crate::theme::Prepared;
use serde::Serialize;

/// `list.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListPageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// The list.
    pub list: ListView,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListView {
    /// `儿童用品`.
    pub title: String,
    /// What dimension it is of: `产品类别`.
    pub dimension: String,
    /// How many notices the list holds; 0 on numbered pages, which never change once full.
    pub count: usize,
    /// Its feed, relative to the root; empty where it has none.
    pub feed_href: String,
    /// The notices of this page, newest first.
    pub entries: Vec<Prepared<EntryView>>,
    /// The page's number from the oldest, or 0 for the front page.
    pub number: usize,
    /// To newer notices, or null.
    pub newer: Option<LinkView>,
    /// To older notices, or null.
    pub older: Option<LinkView>,
    /// Narrower lists (product lines of a group); often empty.
    pub narrower: Vec<CountedLink>,
}
