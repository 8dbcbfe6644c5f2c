//! All records in one file: `notices.json` with what they are and whose, `notices.ndjson` one a line.
//!
//! Records are made and written one at a time: at ten thousand notices the file is tens of megabytes, and nothing else is
//! kept.

use super::make;
use super::parts::LicenseRecord;
use super::record::NoticeRecord;
use crate::artifact::Fault;
use crate::diag::{Code, Diagnostic};
use crate::pages::{Frame, Service};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

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

/// The end of a collection without records.
const END: &[u8] = b"]}";

/// One JSON document, a record a line.
pub(super) fn json(frame: &Frame<'_>, schema: &str, sink: &mut dyn Write) -> Result<(), Fault> {
    let mut sink = BufWriter::with_capacity(PIECE, sink);
    let mut head = serde_json::to_vec(&empty(frame, schema)).map_err(failed)?;
    head.truncate(head.len().saturating_sub(END.len()));
    sink.write_all(&head)?;
    let mut between: &[u8] = b"\n";
    records(frame, |record| {
        sink.write_all(between)?;
        between = b",\n";
        sink.write_all(record)
    })?;
    sink.write_all(b"\n")?;
    sink.write_all(END)?;
    sink.write_all(b"\n")?;
    Ok(sink.flush()?)
}

/// A JSON document a line.
pub(super) fn lines(frame: &Frame<'_>, sink: &mut dyn Write) -> Result<(), Fault> {
    let mut sink = BufWriter::with_capacity(PIECE, sink);
    records(frame, |record| {
        sink.write_all(record)?;
        sink.write_all(b"\n")
    })?;
    Ok(sink.flush()?)
}

/// How many bytes are handed over at a time.
const PIECE: usize = 1 << 17;

/// How many records are made at the same time, and kept until they are taken.
const TOGETHER: usize = 64;

/// Every record as JSON, in order.
fn records(frame: &Frame<'_>, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> Result<(), Fault> {
    for dossiers in frame.site.dossiers.chunks(TOGETHER) {
        let made: Vec<_> =
            dossiers.par_iter().map(|dossier| serde_json::to_vec(&make::record(frame, dossier))).collect();
        for record in made {
            take(&record.map_err(failed)?)?;
        }
    }
    Ok(())
}

fn failed(error: serde_json::Error) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::WriteFailed, format!("数据无法生成：{error}")))
}
