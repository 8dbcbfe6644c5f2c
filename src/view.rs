//! What templates see: one serialisable struct per template, and the parts they share.
//!
//! Every field is always present (an empty one is `null`, `""` or `[]`), so a template that names anything else is
//! wrong and fails the build. Addresses in `href` and `src` are relative to the root of the site and percent-encoded;
//! a template writes `{{ page.root }}{{ entry.href }}`. Only `*_html` fields hold HTML; they are marked `safe` in templates.

use serde::Serialize;
use std::collections::BTreeMap;

/// The same on every page of a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteView {
    /// The name of the site.
    pub title: String,
    /// What the site is.
    pub description: String,
    /// The line on top of every page, or empty.
    pub banner: String,
    /// The absolute address of the home page.
    pub home_url: String,
    /// The publishing office.
    pub bureau: BureauView,
    /// Meta tags of 47号 that hold for every page: name and content, empty ones left out.
    pub metas: Vec<MetaView>,
    /// The footer of 47号.
    pub footer: FooterView,
    /// The main navigation.
    pub nav: Vec<LinkView>,
    /// Links of the footer: pages about the site, ledger, site map.
    pub footer_links: Vec<LinkView>,
    /// Files of the theme: from their name in `static/` to the fingerprinted address.
    pub assets: BTreeMap<String, String>,
    /// Whether this is a preview that also shows drafts.
    pub preview: bool,
}

/// The publishing office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BureauView {
    /// The full name.
    pub name: String,
    /// Telephone, or empty.
    pub phone: String,
    /// Address, or empty.
    pub address: String,
}

/// The footer; what is empty is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FooterView {
    /// 主办单位.
    pub sponsor: String,
    /// 联系方式.
    pub contact: String,
    /// 网站标识码.
    pub site_id_code: String,
    /// ICP备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
    /// 党政机关网站标识: absolute address.
    pub government_mark_url: String,
    /// 我为政府网站找错: absolute address.
    pub error_report_url: String,
}

/// A meta tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetaView {
    /// `name`.
    pub name: String,
    /// `content`.
    pub content: String,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// The text.
    pub label: String,
    /// Where it leads, relative to the root.
    pub href: String,
}

/// The head and surroundings of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageView {
    /// What leads from this page to the root: `../../`, or empty.
    pub root: String,
    /// The page's own title, without the site's; empty on the home page.
    pub title: String,
    /// For search engines and previews.
    pub description: String,
    /// The absolute address.
    pub canonical: String,
    /// Whether search engines are to leave it out (superseded versions, previews).
    pub noindex: bool,
    /// Meta tags of this page: column or article.
    pub metas: Vec<MetaView>,
    /// Feeds of this page, the nearest first: title and address.
    pub feeds: Vec<LinkView>,
    /// The way from home to here; the page itself is not in it.
    pub breadcrumbs: Vec<LinkView>,
    /// The `href` of the navigation entry to mark as current, or empty.
    pub section: String,
}

/// A moment in the forms pages need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimeView {
    /// RFC 3339, for `datetime`.
    pub iso: String,
    /// `2024-04-22 09:00`.
    pub minute: String,
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
    pub kind: TermView,
    /// The level, or null.
    pub level: Option<LevelView>,
    /// When this version was published.
    pub published: TimeView,
    /// Marks, the gravest first; usually empty.
    pub marks: Vec<MarkView>,
}

/// `home.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HomeView<'a> {
    /// The site.
    pub site: &'a SiteView,
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

/// A group of lists on the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WayView {
    /// `按产品查`.
    pub title: String,
    /// The lists that are not empty.
    pub lists: Vec<CountedLink>,
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

/// `list.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListPageView<'a> {
    /// The site.
    pub site: &'a SiteView,
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
    /// Its feed, relative to the root.
    pub feed_href: String,
    /// The notices of this page, newest first.
    pub entries: Vec<EntryView>,
    /// The page's number from the oldest, or 0 for the front page.
    pub number: usize,
    /// To newer notices, or null.
    pub newer: Option<LinkView>,
    /// To older notices, or null.
    pub older: Option<LinkView>,
    /// Narrower lists (product lines of a group); often empty.
    pub narrower: Vec<CountedLink>,
}

/// `notice.html` (live, superseded, expired, draft) and `tombstone.html` (withdrawn)
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticePageView<'a> {
    /// The site.
    pub site: &'a SiteView,
    /// The page.
    pub page: PageView,
    /// The notice.
    pub notice: NoticeView<'a>,
}

/// A notice in full.
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
    pub kind: TermView,
    /// The level, or null.
    pub level: Option<LevelView>,
    /// The category, after its group if it has one.
    pub categories: Vec<TermView>,
    /// Whom it concerns.
    pub audience: Vec<TermView>,
    /// How people are hurt.
    pub hazards: Vec<TermView>,
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
    /// Column heads.
    pub head: Vec<&'a str>,
    /// Rows, each as long as the head.
    pub rows: Vec<Vec<&'a str>>,
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

/// `page.html`: a page about the site
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProsePageView<'a> {
    /// The site.
    pub site: &'a SiteView,
    /// The page.
    pub page: PageView,
    /// The text, HTML.
    pub body_html: String,
}

/// `ledger.html`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LedgerPageView<'a> {
    /// The site.
    pub site: &'a SiteView,
    /// The page.
    pub page: PageView,
    /// The rows, newest first.
    pub rows: Vec<LedgerRowView>,
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
    pub site: &'a SiteView,
    /// The page.
    pub page: PageView,
    /// All lists, by dimension.
    pub ways: Vec<WayView>,
}

/// `404.html`: stands alone, since it is shown at any depth
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotFoundView<'a> {
    /// The site.
    pub site: &'a SiteView,
    /// The page.
    pub page: PageView,
    /// The style sheet `404.css` of the theme, to stand in the page.
    pub style_html: String,
    /// The CSP source that allows exactly this style: `sha256-…`.
    pub style_source: String,
}

/// `feed_item.html`: a whole notice for feed readers, which know nothing of the site
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedItemView<'a> {
    /// What leads to the root of the site: its absolute address.
    pub root: &'a str,
    /// The notice.
    pub notice: NoticeView<'a>,
}
