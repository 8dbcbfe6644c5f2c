//! All records in one file: `notices.json` with what they are and whose, `notices.ndjson` one a line.
//!
//! At ten thousand notices a file is tens of megabytes: it is made record by record.

use super::make;
use super::parts::LicenseRecord;
use super::record::NoticeRecord;
use crate::diag::{Code, Diagnostic};
use crate::pages::{Frame, Service};
use schemars::JsonSchema;
use serde::Serialize;

/// Everything published: schema.org `Dataset`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(
    title = "全部信息",
    description = "本站发布过的全部风险警示和消费提示的现行版本，按首次发布的时间先后；已撤销的也在，状态是“撤销”"
)]
pub(super) struct Collection<'a> {
    /// The name of the site.
    #[schemars(description = "名称")]
    name: &'a str,
    /// What it is.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "说明")]
    description: String,
    /// The data page.
    #[schemars(description = "开放数据的说明页", extend("format" = "uri"))]
    url: String,
    /// The office.
    #[schemars(description = "发布机构")]
    publisher: Office<'a>,
    /// The licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(description = "使用许可；网站没有写明的，没有这一项")]
    license: Option<LicenseRecord<'a>>,
    /// Always `zh-CN`.
    #[schemars(description = "语言")]
    in_language: &'static str,
    /// The newest event.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schemars(description = "最近一次发布、更正或撤销的时间", extend("format" = "date-time"))]
    date_modified: String,
    /// The schema of this file.
    #[schemars(description = "本文件的 JSON Schema", extend("format" = "uri"))]
    conforms_to: String,
    /// How many records.
    #[schemars(description = "一共多少条")]
    number_of_items: usize,
    /// The records; written one at a time.
    #[schemars(description = "全部信息，每条与它自己的 notice.json 相同")]
    has_part: Vec<NoticeRecord<'a>>,
}

/// The office: schema.org `GovernmentOrganization`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "发布机构", description = "发布机构")]
pub(super) struct Office<'a> {
    /// Its name.
    #[schemars(description = "名称")]
    name: &'a str,
    /// Its site.
    #[schemars(description = "网址", extend("format" = "uri"))]
    url: &'a str,
    /// Telephone.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schemars(description = "电话")]
    telephone: &'a str,
    /// Address.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schemars(description = "地址")]
    address: &'a str,
}

/// What all records have in common, and none of them.
fn empty<'a>(frame: &Frame<'a>, schema: &str) -> Collection<'a> {
    let config = frame.site.config;
    let bureau = &config.bureau;
    Collection {
        name: &config.title,
        description: format!("{}{}", config.banner, config.description),
        url: frame.address(&Service::Data.href()),
        publisher: Office {
            name: &bureau.name,
            url: frame.base_url.as_str(),
            telephone: &bureau.phone,
            address: &bureau.address,
        },
        license: make::license(frame),
        in_language: "zh-CN",
        date_modified: frame.site.events.first().map(|event| event.at.to_string()).unwrap_or_default(),
        conforms_to: frame.address(schema),
        number_of_items: frame.site.dossiers.len(),
        has_part: Vec::new(),
    }
}

/// What stands after the records in one JSON document, a record a line.
pub(super) const END: &[u8] = b"\n]}\n";

/// What stands before them.
pub(super) fn head(frame: &Frame<'_>, schema: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut head = serde_json::to_vec(&empty(frame, schema)).map_err(failed)?;
    head.truncate(head.len().saturating_sub("]}".len()));
    Ok(head)
}

/// A record in it, with what parts it from what stands before.
pub(super) fn item(frame: &Frame<'_>, dossier: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut item = if dossier == 0 { b"\n".to_vec() } else { b",\n".to_vec() };
    write(frame, dossier, &mut item)?;
    Ok(item)
}

/// A record as a document of its own, on one line.
pub(super) fn line(frame: &Frame<'_>, dossier: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut line = Vec::new();
    write(frame, dossier, &mut line)?;
    line.push(b'\n');
    Ok(line)
}

fn write(frame: &Frame<'_>, dossier: usize, into: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
    serde_json::to_writer(into, &make::record(frame, &frame.site.dossiers[dossier])?).map_err(failed)
}

fn failed(error: serde_json::Error) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::WriteFailed, format!("数据无法生成：{error}")))
}
