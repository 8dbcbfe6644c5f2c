//! The page that searches.

use super::{PageView, SiteView, WayView};
use crate::theme::Prepared;
use serde::Serialize;

/// `search.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchPageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// The site's own text on it, HTML, or empty.
    pub intro_html: String,
    /// What the script loads first, relative to the page.
    pub head_href: String,
    /// What results can be narrowed by; filters without options are left out.
    pub filters: Vec<FilterView>,
    /// All lists, for those who rather look than search.
    pub ways: Vec<WayView>,
}

/// A choice that narrows the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilterView {
    /// `kind`, `category`, `audience`, `hazard`, `level` or `year`: also in the address.
    pub name: &'static str,
    /// `产品类别`.
    pub label: &'static str,
    /// The lists that are not empty.
    pub options: Vec<OptionView>,
}

/// One of the values of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionView {
    /// The slug of the term, or the year.
    pub value: String,
    /// `儿童用品`.
    pub label: String,
    /// Whether it belongs to the one before.
    pub nested: bool,
}
