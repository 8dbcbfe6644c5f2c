//! The page on how to subscribe.

use super::{PageView, QrView, SiteView};
use crate::theme::Prepared;
use serde::Serialize;

/// `subscribe.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubscribePageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// The site's own text on it, HTML, or empty.
    pub intro_html: String,
    /// The feed of the whole site.
    pub whole: FeedView,
    /// The feeds of the lists, by dimension.
    pub groups: Vec<FeedGroupView>,
    /// The page of the open data, relative to the root.
    pub data_href: String,
    /// The index of the CAP alerts, relative to the root; empty where none are sent.
    pub alerts_href: String,
}

/// The feeds of a dimension; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedGroupView {
    /// `类型`
    pub title: String,
    /// The feeds.
    pub feeds: Vec<FeedView>,
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedView {
    /// What it is of.
    pub label: String,
    /// Its absolute address, to be copied.
    pub address: String,
    /// Relative to the root.
    pub href: String,
    /// The same in other formats.
    pub others: Vec<FeedFormView>,
    /// Whether it is a part of the one before (a product line of a group).
    pub nested: bool,
    /// The address as a QR code, or null.
    pub qr: Option<QrView>,
}

/// A feed in another format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedFormView {
    /// `Atom`.
    pub name: &'static str,
    /// Relative to the root.
    pub href: String,
}
