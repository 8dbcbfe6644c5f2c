//! What a record holds: terms, products, files, versions; each the form of a part of the page.

use schemars::JsonSchema;
use serde::Serialize;

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
