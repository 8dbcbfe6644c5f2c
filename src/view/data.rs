//! The page of the open data.

use super::{LinkView, PageView, SiteView};
use crate::theme::Prepared;
use serde::Serialize;

/// `data.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataPageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// The site's own text on it, HTML, or empty.
    pub intro_html: String,
    /// How many notices were published, withdrawn ones included.
    pub count: usize,
    /// `2024年4月22日`: the newest event; empty where nothing was published.
    pub until: String,
    /// The tables, for spreadsheets.
    pub tables: Vec<DataFileView>,
    /// The files for programs.
    pub files: Vec<DataFileView>,
    /// The fields of a record, those of inner ones after the one that holds them.
    pub fields: Vec<DataColumnView>,
    /// The JSON Schemas.
    pub schemas: Vec<LinkView>,
    /// Under what terms all of it may be used, or null.
    pub license: Option<LicenseView>,
    /// Relative to the root: the page on how to subscribe.
    pub subscribe_href: String,
    /// Relative to the root: the `notice.json` of the newest notice, as an example; empty where there is none.
    pub example_href: String,
}

/// A file of the open data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataFileView {
    /// Its permanent ASCII name without extension and dot, for anchors.
    pub id: String,
    /// `notices.csv`
    pub name: &'static str,
    /// `全部信息`
    pub title: &'static str,
    /// Relative to the root.
    pub href: String,
    /// What it is for, in a sentence.
    pub what: &'static str,
    /// How many rows or records it has.
    pub rows: usize,
    /// What one of them is: `条信息`.
    pub unit: &'static str,
    /// Its columns, with what they mean; empty for files of records.
    pub columns: Vec<DataColumnView>,
}

/// A column or field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataColumnView {
    /// `编号`; in records `about[].name`.
    pub name: String,
    /// What it means.
    pub meaning: String,
}

/// Under what terms something may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LicenseView {
    /// What they are called.
    pub name: String,
    /// Their full text, absolute, or empty.
    pub url: String,
}
