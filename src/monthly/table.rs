//! The events of a month as CSV, a row for each: everything in the report can be counted from it, and whoever gathers the
//! files of many offices only puts them one below the other. Each row names the office and the month for that.

use super::{Entry, LateReview, Monthly};
use crate::sheet;

const HEAD: [&str; 25] = [
    "报送单位",
    "月份",
    "日期",
    "时间",
    "编号",
    "版本",
    "事项",
    "类型",
    "风险等级",
    "产品类别",
    "产品种类",
    "标题",
    "危害",
    "产品数",
    "批号数",
    "抽样批次",
    "不合格批次",
    "监测日期",
    "用时（天）",
    "审签环节",
    "补审",
    "改了什么",
    "为什么",
    "转载自",
    "网址",
];

/// The CSV of a report.
pub fn csv(report: &Monthly<'_>) -> Vec<u8> {
    sheet::csv(&HEAD, report.entries.iter().map(|entry| row(report, entry)))
}

/// Whether bytes are a CSV of a report.
pub fn is_csv(bytes: &[u8]) -> bool {
    bytes.starts_with(&sheet::csv(&HEAD, Vec::<[&str; 0]>::new()))
}

fn row(report: &Monthly<'_>, entry: &Entry<'_>) -> impl Iterator<Item = String> + use<> {
    let office = [report.bureau.to_owned(), report.month.to_string()];
    office.into_iter().chain(described(entry)).chain(figures(entry)).chain(explained(entry))
}

fn described(entry: &Entry<'_>) -> [String; 11] {
    let notice = entry.notice;
    let (group, line) = entry.category();
    let hazards: Vec<&str> = notice.hazards.iter().map(|hazard| hazard.name.as_str()).collect();
    [
        entry.at.day().to_string(),
        entry.at.to_clock(),
        notice.id.to_string(),
        notice.version.to_string(),
        entry.event().to_owned(),
        notice.kind.name.clone(),
        notice.risk_level.as_ref().map(|level| level.name.clone()).unwrap_or_default(),
        group.to_owned(),
        line.to_owned(),
        notice.title.clone(),
        hazards.join("、"),
    ]
}

fn figures(entry: &Entry<'_>) -> [String; 6] {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let (sampling, delay) = (entry.sampling(), entry.delay());
    [
        entry.products().to_string(),
        entry.batches().to_string(),
        number(sampling.map(|sampling| sampling.batches)),
        number(sampling.map(|sampling| sampling.failed)),
        delay.map(|(monitored, _)| monitored.to_string()).unwrap_or_default(),
        number(delay.map(|(_, days)| days)),
    ]
}

fn explained(entry: &Entry<'_>) -> [String; 6] {
    let notice = entry.notice;
    let change = notice.change.as_ref();
    [
        entry.stages.join("、"),
        entry.late_review.as_ref().map(LateReview::words).unwrap_or_default(),
        change.map(|change| change.what.clone()).unwrap_or_default(),
        change.map(|change| change.why.clone()).unwrap_or_default(),
        notice.origin.as_ref().map(|origin| origin.source.clone()).unwrap_or_default(),
        entry.address.clone(),
    ]
}
