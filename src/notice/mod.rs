//! A notice (风险警示 or 消费提示) as plain data: what its front matter says, parsed once and valid.

pub mod batch;
pub mod keys;

use crate::diag::Located;
use crate::moment::{Day, Moment};
use crate::route::RelPath;
use crate::vocabulary::Term;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The permanent name of a notice: ASCII letters, digits and hyphens, at most 40, beginning with a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NoticeId(String);

impl NoticeId {
    /// Checks an id.
    pub fn parse(text: &str) -> Option<Self> {
        let form = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (form && text.len() <= 40 && text.starts_with(|first: char| first.is_ascii_alphanumeric()))
            .then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An id is looked up by its text.
impl Borrow<str> for NoticeId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for NoticeId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not an id")
    }
}

impl From<NoticeId> for String {
    fn from(id: NoticeId) -> Self {
        id.0
    }
}

impl fmt::Display for NoticeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether a version stands, corrects an earlier one, or withdraws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// 现行: the first version.
    Current,
    /// 更正: a later version that replaces the one before.
    Corrected,
    /// 撤销: the last word; the page stays as a tombstone.
    Withdrawn,
}

impl Status {
    /// All of them, for messages and the schema.
    pub const ALL: [Self; 3] = [Self::Current, Self::Corrected, Self::Withdrawn];

    /// The Chinese word used in front matter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Current => "现行",
            Self::Corrected => "更正",
            Self::Withdrawn => "撤销",
        }
    }

    /// The status of a Chinese word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == text)
    }
}

/// The most characters of a title: it stands in a row of the ledger, which is read line by line.
pub const LONGEST_TITLE: usize = 2_000;

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The permanent name.
    pub id: NoticeId,
    /// From 1, counted up with each correction and withdrawal.
    pub version: u32,
    /// Whether it stands, corrects or withdraws.
    pub status: Status,
    /// 风险警示 or 消费提示.
    pub kind: Arc<Term>,
    /// The title, plain text.
    pub title: String,
    /// The summary, plain text.
    pub summary: String,
    /// The risk level; always there for a 风险警示.
    pub risk_level: Option<Arc<Term>>,
    /// A category group or product line.
    pub category: Option<Arc<Term>>,
    /// Whom it concerns.
    pub audience: Vec<Arc<Term>>,
    /// How people are hurt.
    pub hazards: Vec<Arc<Term>>,
    /// The products meant.
    pub products: Vec<Product>,
    /// How many batches were tested and failed.
    pub sampling: Option<Sampling>,
    /// The day on which the monitoring or spot check that found the hazard was completed; shown, and counted in the statistics.
    pub monitored_on: Option<Day>,
    /// The table of findings.
    pub findings: Option<FindingsRef>,
    /// What to do, the most urgent first.
    pub actions: Vec<String>,
    /// Standard numbers, as typed.
    pub standards: Vec<String>,
    /// Where the information came from.
    pub sources: Vec<Arc<Term>>,
    /// What is being done.
    pub measures: Vec<Arc<Term>>,
    /// The lead picture.
    pub image: Option<Picture>,
    /// Files to download.
    pub attachments: Vec<Attachment>,
    /// Other notices on the matter.
    pub related: Vec<Located<NoticeId>>,
    /// Where a reposted notice was first published.
    pub origin: Option<Origin>,
    /// Not to be published before this moment.
    pub publish_at: Option<Moment>,
    /// The last day on which the advice holds.
    pub expires: Option<Day>,
    /// The day by which somebody must check it again.
    pub review_by: Option<Day>,
    /// What was changed and why; always there from version 2 on.
    pub change: Option<Change>,
    /// What the check finds and may stay.
    pub exceptions: Vec<Exception>,
}

/// One place at which a rule of the check does not apply. Signed with the text, not shown to the public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The code of the rule.
    pub rule: Located<String>,
    /// Words of the passage meant.
    pub text: String,
    /// Why it may stay.
    pub reason: String,
}

/// A product meant by a notice. Every field but the name may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Product {
    /// 名称.
    pub name: String,
    /// 品牌.
    pub brand: String,
    /// 型号.
    pub model: String,
    /// 批号, in the notation of the package.
    pub batch: String,
    /// 条码 (GTIN).
    pub barcode: String,
    /// 生产者.
    pub maker: String,
    /// 销售渠道.
    pub sold: String,
}

/// Batches tested and failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampling {
    /// 抽样批次.
    pub batches: u32,
    /// 不合格批次.
    pub failed: u32,
}

/// A CSV of the bundle that holds the findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingsRef {
    /// The CSV.
    pub file: Located<RelPath>,
    /// The caption of the table.
    pub caption: String,
}

/// A picture of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The file.
    pub file: Located<RelPath>,
    /// What it shows, for those who cannot see it.
    pub alt: String,
}

/// A file of the bundle to download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file.
    pub file: Located<RelPath>,
    /// What it is called.
    pub title: String,
}

/// Where a reposted notice was first published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The body that issued it.
    pub source: String,
    /// Its address there, http or https.
    pub url: Option<String>,
    /// The day it was issued there.
    pub date: Day,
}

/// What a correction or withdrawal changes, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What was changed.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A table of text: a CSV, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The column heads.
    pub head: Vec<String>,
    /// The rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_safe_in_paths_and_addresses() {
        assert!(NoticeId::parse("2024-001").is_some());
        for bad in ["", "-1", "../x", "a b", "甲", "a/b", ".x", &"9".repeat(41)] {
            assert!(NoticeId::parse(bad).is_none(), "{bad}");
        }
    }
}
