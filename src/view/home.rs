//! The home page.

use super::{EntryView, PageView, SiteView, WayView};
use crate::theme::Prepared;
use serde::Serialize;

/// `home.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HomeView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// Live warnings of the two gravest levels, newest first; at most 4.
    pub grave: Vec<EntryView>,
    /// The newest notices, without those in `grave`.
    pub newest: Vec<EntryView>,
    /// Recent corrections and withdrawals, newest first.
    pub changes: Vec<EntryView>,
    /// Ways in: by product, person, hazard, level, year.
    pub ways: Vec<WayView>,
}
