//! A notice as a record: the form of what `notice.json` and `notices.json` hold.
//!
//! Names are those of schema.org where it has the term, and English words like them where it has none. A field that is
//! empty is left out. The descriptions are for the readers of the schema and of the data page, who read Chinese.

use super::parts::{
    Correction, Findings, Image, Level, LicenseRecord, Mark, Media, Named, Original, ProductRecord, Related, Review,
    SamplingRecord, Term, VersionRecord,
};
use schemars::JsonSchema;
use serde::Serialize;

/// A notice as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    title = "一条信息",
    description = "一条风险警示或消费提示的现行版本，与它的网页一致：网页上有的这里都有，网页上没有的这里也没有。没有内容的项不写。已撤销的，只有撤销页面上的内容。"
)]
pub(super) struct NoticeRecord<'a> {
    /// The permanent name.
    #[schemars(description = "永久编号，更正、撤销都不变")]
    pub identifier: &'a str,
    /// The permanent absolute address.
    #[schemars(description = "永久网址，总是现行版本", extend("format" = "uri"))]
    pub url: String,
    /// From 1.
    #[schemars(description = "第几版：首次发布是 1，每次更正、撤销加 1", range(min = 1))]
    pub version: u32,
    /// 现行, 更正 or 撤销.
    #[schemars(description = "状态：现行（首次发布后没有改过）、更正（已更正，有效）、撤销（不再有效）", extend("enum" = ["现行", "更正", "撤销"]))]
    pub creative_work_status: &'static str,
    /// 风险警示 or 消费提示.
    #[schemars(description = "类型：风险警示或消费提示")]
    pub genre: Term,
    /// The title.
    #[schemars(description = "标题")]
    pub headline: &'a str,
    /// The summary.
    #[serde(rename = "abstract", skip_serializing_if = "str::is_empty")]
    #[schemars(description = "摘要")]
    pub summary: &'a str,
    /// The level.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "风险等级")]
    pub risk_level: Option<Level>,
    /// The category, after its group if it has one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "产品类别：先大类，后产品种类")]
    pub categories: Vec<Term>,
    /// Whom it concerns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "涉及人群")]
    pub audience: Vec<Term>,
    /// How people are hurt.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "会造成什么伤害")]
    pub hazards: Vec<Term>,
    /// What distinguishes it from an ordinary notice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "需要留意的情况，例如紧急发布、待补审；多数信息没有")]
    pub marks: Vec<Mark>,
    /// When the first version was published.
    #[schemars(description = "首次发布时间", extend("format" = "date-time"))]
    pub date_published: String,
    /// When this version was published.
    #[schemars(description = "现行版本的发布时间；没有更正过的，与首次发布时间相同", extend("format" = "date-time"))]
    pub date_modified: String,
    /// The last day on which it holds.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "有效期的最后一天；过了这一天，内容可能不再适用", extend("format" = "date"))]
    pub expires: String,
    /// Who says so.
    #[schemars(description = "发布机构")]
    pub publisher: Named,
    /// Always `zh-CN`.
    #[schemars(description = "语言")]
    pub in_language: &'static str,
    /// Under what terms it may be passed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "使用许可；网站没有写明的，没有这一项")]
    pub license: Option<LicenseRecord<'a>>,
    /// What to do.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    #[schemars(description = "要做什么，最要紧的在最前")]
    pub actions: &'a [String],
    /// The lead picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "题图")]
    pub image: Option<Image>,
    /// The products meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "涉及的产品")]
    pub about: Vec<ProductRecord<'a>>,
    /// The narrative.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "正文，HTML，其中的网址都是完整的", extend("contentMediaType" = "text/html"))]
    pub article_body: String,
    /// Batches tested and failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "抽检情况")]
    pub sampling: Option<SamplingRecord>,
    /// The table of findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "检测结果表")]
    pub findings: Option<Findings<'a>>,
    /// When the monitoring was completed.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "监测、抽检或研判完成的日期", extend("format" = "date"))]
    pub monitored_on: String,
    /// What is being done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "正在采取的措施")]
    pub measures: Vec<&'a str>,
    /// Standards cited.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    #[schemars(description = "依据的标准")]
    pub citation: &'a [String],
    /// Where the information came from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "信息来源")]
    pub sources: Vec<&'a str>,
    /// Files to download.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "附件")]
    pub associated_media: Vec<Media>,
    /// First publication elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "转载的，最早由谁发布")]
    pub is_based_on: Option<Original>,
    /// What this version changed and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "现行版本改了什么、为什么；撤销的，撤销了什么、为什么")]
    pub correction: Option<Correction<'a>>,
    /// All versions, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "各个版本，最新的在最前；只有一版的，没有这一项")]
    pub versions: Vec<VersionRecord>,
    /// The stages that have signed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "审签：哪一级、什么时候；按时间先后")]
    pub reviews: Vec<Review>,
    /// Related notices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(description = "相关的警示和提示")]
    pub related_link: Vec<Related>,
}
