//! A notice as a record: the form of what `notice.json` and `notices.json` hold.
//!
//! Names are those of schema.org where it has the term, and English words like them where it has none. A field that is
//! empty is left out. The descriptions are for the readers of the schema and of the data page, who read Chinese.

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

/// A term of a vocabulary: schema.org `DefinedTerm`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "词", description = "词表里的一个词")]
pub(super) struct Term {
    /// The Chinese name.
    #[schemars(description = "中文名称")]
    pub name: String,
    /// The permanent ASCII name.
    #[schemars(description = "永久代码，名称改了也不变")]
    pub term_code: String,
    /// Its list.
    #[schemars(description = "这一类信息的列表网址", extend("format" = "uri"))]
    pub url: String,
}

/// A risk level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "风险等级", description = "风险等级")]
pub(super) struct Level {
    /// The Chinese name.
    #[schemars(description = "中文名称")]
    pub name: String,
    /// The permanent ASCII name.
    #[schemars(description = "永久代码，名称改了也不变")]
    pub term_code: String,
    /// Its list.
    #[schemars(description = "这一级信息的列表网址", extend("format" = "uri"))]
    pub url: String,
    /// 1 for the gravest.
    #[schemars(description = "由重到轻第几级，1 最重", range(min = 1))]
    pub rank: usize,
    /// How many levels there are.
    #[schemars(description = "一共几级", range(min = 1))]
    pub of: usize,
}

/// What distinguishes a notice from an ordinary one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "标记", description = "需要留意的情况")]
pub(super) struct Mark {
    /// The word.
    #[schemars(description = "名称，例如“紧急发布，待补审”")]
    pub name: &'static str,
    /// The permanent ASCII name.
    #[schemars(description = "代码", extend("enum" = ["urgent", "corrected", "reposted"]))]
    pub term_code: &'static str,
    /// The sentence.
    #[schemars(description = "网页上的说明")]
    pub description: String,
}

/// Somebody or something that has a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "名称", description = "单位、品牌等")]
pub(super) struct Named {
    /// The name.
    #[schemars(description = "名称")]
    pub name: String,
}

/// The licence of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "许可", description = "使用许可")]
pub(super) struct LicenseRecord<'a> {
    /// What it is called.
    #[schemars(description = "许可的名称")]
    pub name: &'a str,
    /// Its full text.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schemars(description = "许可全文的网址", extend("format" = "uri"))]
    pub url: &'a str,
}

/// A picture: schema.org `ImageObject`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "图片", description = "图片")]
pub(super) struct Image {
    /// The file.
    #[schemars(description = "图片网址", extend("format" = "uri"))]
    pub content_url: String,
    /// In pixels.
    #[schemars(description = "宽，像素")]
    pub width: u32,
    /// In pixels.
    #[schemars(description = "高，像素")]
    pub height: u32,
    /// What it shows.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "图里是什么")]
    pub caption: String,
}

/// A product: schema.org `Product`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "产品", description = "涉及的一种产品；没有注明的项不写")]
pub(super) struct ProductRecord<'a> {
    /// 名称.
    #[schemars(description = "产品名称")]
    pub name: &'a str,
    /// 品牌.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "品牌、商标")]
    pub brand: Option<Named>,
    /// 型号.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schemars(description = "规格型号")]
    pub model: &'a str,
    /// 批号, as printed.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schemars(description = "生产日期或批号，照包装上的写法；逐个展开的在 batches.csv")]
    pub batch: &'a str,
    /// A bar code that is one.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schemars(description = "商品条码（GTIN），8、12、13 或 14 位数字", regex(pattern = r"^(\d{8}|\d{12,14})$"))]
    pub gtin: &'a str,
    /// What else is said of the bar code.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schemars(description = "条码一栏写的不是商品条码时，照原文")]
    pub barcode: &'a str,
    /// 生产者.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "标称生产者")]
    pub manufacturer: Option<Named>,
    /// 销售渠道.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schemars(description = "销售渠道")]
    pub sold: &'a str,
}

/// Batches tested and failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "抽检情况", description = "抽检情况")]
pub(super) struct SamplingRecord {
    /// Tested.
    #[schemars(description = "抽检批次数")]
    pub batches: u32,
    /// Failed.
    #[schemars(description = "不合格批次数")]
    pub failed: u32,
}

/// The table of findings, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "检测结果表", description = "检测结果表；整列是空的不列")]
pub(super) struct Findings<'a> {
    /// The caption.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "表题")]
    pub name: String,
    /// Column heads.
    #[schemars(description = "各列的名称")]
    pub columns: Vec<&'a str>,
    /// Rows, each as long as the head.
    #[schemars(description = "各行，与各列一一对应；没有内容的格是空文本")]
    pub rows: Vec<Vec<&'a str>>,
}

/// A file to download: schema.org `MediaObject`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "附件", description = "供下载的文件")]
pub(super) struct Media {
    /// What it is called.
    #[schemars(description = "名称")]
    pub name: String,
    /// The file.
    #[schemars(description = "网址", extend("format" = "uri"))]
    pub content_url: String,
    /// `PDF`.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "格式，例如 PDF")]
    pub encoding_format: String,
    /// `120 KB`.
    #[schemars(description = "大小")]
    pub content_size: String,
}

/// First publication elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "原发布", description = "最早由别的单位发布的信息")]
pub(super) struct Original {
    /// Who issued it.
    #[schemars(description = "原发布机构")]
    pub publisher: Named,
    /// When it was issued there.
    #[schemars(description = "原发布日期", extend("format" = "date"))]
    pub date_published: String,
    /// Its address there.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "原文网址", extend("format" = "iri"))]
    pub url: String,
}

/// What a version changed and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "更正说明", description = "更正或撤销的说明")]
pub(super) struct Correction<'a> {
    /// What.
    #[schemars(description = "改了什么")]
    pub what: &'a str,
    /// Why.
    #[schemars(description = "为什么")]
    pub why: &'a str,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "版本", description = "一个版本")]
pub(super) struct VersionRecord {
    /// From 1.
    #[schemars(description = "第几版", range(min = 1))]
    pub version: u32,
    /// 发布, 更正 or 撤销.
    #[schemars(description = "做了什么", extend("enum" = ["发布", "更正", "撤销"]))]
    pub event: &'static str,
    /// When.
    #[schemars(description = "发布时间", extend("format" = "date-time"))]
    pub date_published: String,
    /// Its page.
    #[schemars(description = "这一版的网址", extend("format" = "uri"))]
    pub url: String,
    /// What it changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "改了什么")]
    pub what: String,
    /// Why.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "为什么")]
    pub why: String,
}

/// A sign-off, without the name of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "审签", description = "一级审签；不公布个人姓名")]
pub(super) struct Review {
    /// 初审.
    #[schemars(description = "哪一级，例如初审")]
    pub stage: String,
    /// When.
    #[schemars(description = "签署时间", extend("format" = "date-time"))]
    pub date_created: String,
}

/// A related notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "相关信息", description = "相关的一条信息")]
pub(super) struct Related {
    /// Its title.
    #[schemars(description = "标题")]
    pub headline: String,
    /// Its permanent address.
    #[schemars(description = "永久网址", extend("format" = "uri"))]
    pub url: String,
}
