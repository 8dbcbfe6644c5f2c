//! The page of a notice, and its item in a feed.

use super::{
    DayView, EntryView, ImageView, LevelView, MarkView, PageView, QrView, SiteView, TableView, TermView, TimeView,
};
use crate::theme::Prepared;
use serde::Serialize;

/// `notice.html` (live, superseded, expired, draft) and `tombstone.html` (withdrawn)
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticePageView<'a> {
    /// The site.
    pub site: &'a Prepared<SiteView>,
    /// The page.
    pub page: PageView,
    /// The notice.
    pub notice: NoticeView<'a>,
    /// Its permanent address, for those who hold it on paper; null where the address is too long.
    pub qr: Option<QrView>,
}

/// A notice in full; of a withdrawal, what its page shows: facts that are taken back are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeView<'a> {
    /// The permanent name.
    pub id: &'a str,
    /// The version, from 1.
    pub version: u32,
    /// The title.
    pub title: &'a str,
    /// The summary.
    pub summary: &'a str,
    /// 风险警示 or 消费提示.
    pub kind: Prepared<TermView>,
    /// The level, or null.
    pub level: Option<Prepared<LevelView>>,
    /// The category, after its group if it has one.
    pub categories: Vec<Prepared<TermView>>,
    /// Whom it concerns.
    pub audience: Vec<Prepared<TermView>>,
    /// How people are hurt.
    pub hazards: Vec<Prepared<TermView>>,
    /// Banners, the gravest first; usually empty.
    pub marks: Vec<MarkView>,
    /// What to do.
    pub actions: &'a [String],
    /// The lead picture, or null.
    pub image: Option<ImageView>,
    /// The products meant, with only the columns that hold anything; or null.
    pub products: Option<TableView<'a>>,
    /// The narrative, HTML.
    pub body_html: String,
    /// Batches tested and failed, or null.
    pub sampling: Option<SamplingView>,
    /// The table of findings, or null.
    pub findings: Option<TableView<'a>>,
    /// What is being done.
    pub measures: Vec<&'a str>,
    /// The day on which the monitoring that found the hazard was completed, or null.
    pub monitored: Option<DayView>,
    /// Standards cited.
    pub standards: &'a [String],
    /// Where the information came from.
    pub sources: Vec<&'a str>,
    /// Files to download.
    pub attachments: Vec<AttachmentView>,
    /// Related notices.
    pub related: Vec<EntryView>,
    /// First publication elsewhere, or null.
    pub origin: Option<OriginView>,
    /// Who says so.
    pub issuer: &'a str,
    /// When this version was published.
    pub published: TimeView,
    /// When the first version was published.
    pub first_published: TimeView,
    /// The last day on which it holds (`2024年6月1日`), or empty.
    pub expires: String,
    /// What this version changed and why, or null.
    pub change: Option<ChangeView<'a>>,
    /// All versions, newest first; a single entry for most notices.
    pub versions: Vec<VersionView>,
    /// The stages that have signed and when, in order of time.
    pub sign_offs: Vec<SignOffView>,
    /// The permanent absolute address.
    pub url: String,
}

/// Batches tested and failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SamplingView {
    /// Tested.
    pub batches: u32,
    /// Failed.
    pub failed: u32,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentView {
    /// Relative to the root.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// `PDF`.
    pub format: String,
    /// `120 KB`.
    pub size: String,
}

/// First publication elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OriginView {
    /// The body that issued it.
    pub source: String,
    /// Its absolute address there, or empty.
    pub url: String,
    /// The day it was issued there, `2024年4月22日`.
    pub date: String,
}

/// What a version changed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeView<'a> {
    /// What.
    pub what: &'a str,
    /// Why.
    pub why: &'a str,
}

/// A version in the history of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VersionView {
    /// From 1.
    pub version: u32,
    /// 发布, 更正 or 撤销.
    pub event: &'static str,
    /// When.
    pub published: TimeView,
    /// Its page, relative to the root.
    pub href: String,
    /// Whether it is the one shown.
    pub shown: bool,
    /// What it changed; empty for the first.
    pub what: String,
    /// Why; empty for the first.
    pub why: String,
}

/// A sign-off, without the name of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignOffView {
    /// 初审.
    pub stage: String,
    /// When.
    pub at: TimeView,
}

/// `feed_item.html`: a whole notice for feed readers, which know nothing of the site
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedItemView<'a> {
    /// What leads to the root of the site: its absolute address.
    pub root: &'a str,
    /// The notice.
    pub notice: NoticeView<'a>,
}
