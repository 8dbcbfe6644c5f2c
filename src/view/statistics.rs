//! The statistics.

use super::{EntryView, PageView, SiteView};
use crate::chart::Chart;
use crate::theme::Prepared;
use serde::Serialize;

/// `statistics.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatisticsPageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// The site's own text on it, HTML, or empty.
    pub intro_html: String,
    /// `2024年4月22日`: so far the numbers reach; empty where nothing was published.
    pub until: String,
    /// The figures; those without numbers are left out.
    pub figures: Vec<FigureView>,
    /// What was withdrawn, the newest first.
    pub withdrawn: Vec<EntryView>,
    /// The numbers to download, or null.
    pub download: Option<DownloadView>,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureView {
    /// Its permanent ASCII name, for anchors.
    pub id: &'static str,
    /// What it is of.
    pub title: String,
    /// What it shows, in a sentence.
    pub finding: String,
    /// How it is to be read, or empty.
    pub note: String,
    /// The charts.
    pub panels: Vec<PanelView>,
    /// The same numbers.
    pub table: FigureTableView,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PanelView {
    /// Its title, or empty where the figure has only one.
    pub title: String,
    /// What it shows, in a sentence.
    pub finding: String,
    /// The shapes.
    pub chart: Chart,
}

/// The table of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FigureTableView {
    /// The caption.
    pub caption: String,
    /// Column heads.
    pub head: Vec<String>,
    /// Rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// A file made by the program, to download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DownloadView {
    /// Its name.
    pub name: String,
    /// Relative to the root.
    pub href: String,
    /// `12.3 KB`.
    pub size: String,
}
