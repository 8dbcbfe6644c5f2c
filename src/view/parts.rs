//! What views of several pages are made of: links, times, terms, marks, entries, tables.

use crate::theme::Prepared;
use serde::Serialize;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// The text.
    pub label: String,
    /// Where it leads, relative to the root.
    pub href: String,
}

/// A moment in the forms pages need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimeView {
    /// RFC 3339, for `datetime`.
    pub iso: String,
    /// `2024年4月22日 09:00`.
    pub minute: String,
    /// `2024年4月22日`.
    pub chinese: String,
}

/// A day in the forms pages need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayView {
    /// `2024-04-22`, for `datetime`.
    pub iso: String,
    /// `2024年4月22日`.
    pub chinese: String,
}

/// A term of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermView {
    /// The Chinese name.
    pub name: String,
    /// The permanent ASCII name, for class names.
    pub slug: String,
    /// Its list, relative to the root.
    pub href: String,
}

/// A risk level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelView {
    /// The Chinese name.
    pub name: String,
    /// The permanent ASCII name, for class names.
    pub slug: String,
    /// Its list, relative to the root.
    pub href: String,
    /// 1 for the gravest, then 2, 3, 4: for a shape beside the word.
    pub rank: usize,
    /// How many levels there are.
    pub of: usize,
}

/// What distinguishes a notice from an ordinary live one: a word for lists and a sentence for its page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkView {
    /// `draft`, `urgent`, `withdrawn`, `corrected`, `superseded`, `expired` or `reposted`; for class names.
    pub tone: &'static str,
    /// `已撤销`.
    pub label: &'static str,
    /// A whole sentence, shown on top of the notice.
    pub sentence: String,
    /// Where to read on, or null.
    pub link: Option<LinkView>,
}

impl MarkView {
    /// Whether what it marks no longer holds.
    pub fn is_over(&self) -> bool {
        matches!(self.tone, "withdrawn" | "superseded" | "expired")
    }
}

/// A notice in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// The page.
    pub href: String,
    /// The title.
    pub title: String,
    /// The summary.
    pub summary: String,
    /// 风险警示 or 消费提示.
    pub kind: Prepared<TermView>,
    /// The level, or null.
    pub level: Option<Prepared<LevelView>>,
    /// When this version was published.
    pub published: TimeView,
    /// Marks, the gravest first; usually empty.
    pub marks: Vec<MarkView>,
}

/// A link to a list, with the number of its notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedLink {
    /// The name of the list.
    pub label: String,
    /// Its address relative to the root.
    pub href: String,
    /// How many notices it holds.
    pub count: usize,
    /// Whether it is a sub-list of the one before (a product line of a group).
    pub nested: bool,
}

/// A group of lists on the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayView {
    /// `按产品查`.
    pub title: String,
    /// The lists that are not empty.
    pub lists: Vec<CountedLink>,
}

/// A picture with its size, so that the page does not jump.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImageView {
    /// Relative to the root.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableView<'a> {
    /// The caption.
    pub caption: String,
    /// What every row has in common, above the table; often empty.
    pub common: Vec<FactView<'a>>,
    /// Column heads.
    pub head: Vec<&'a str>,
    /// Rows, each as long as the head.
    pub rows: Vec<Vec<&'a str>>,
}

/// A label and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactView<'a> {
    /// `品牌`.
    pub label: &'a str,
    /// The value.
    pub value: &'a str,
}

/// A QR code, as one SVG path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QrView {
    /// Width and height of the view box.
    pub size: usize,
    /// The `d` of the path to be filled, dark on light.
    pub path: String,
}
