//! What of a notice the bureau worded itself, as against names, models and numbers that are copied from a product.

use super::rule::Subject;
use crate::passage::{Kind, Passage};
use crate::read::Study;

/// Keys whose values are worded by the bureau.
const FIELDS: &[&str] =
    &["title", "summary", "actions", "findings.caption", "image.alt", "attachments.title", "change.what", "change.why"];
/// Words in the head of a column that holds what was copied.
const COPIED: &[&str] = &[
    "型号",
    "规格",
    "批号",
    "批次号",
    "日期",
    "商标",
    "品牌",
    "条码",
    "编号",
    "货号",
    "证书",
    "产品名称",
    "单位名称",
    "生产者",
    "生产单位",
    "受检单位",
    "企业",
    "网址",
    "店铺",
];

/// Whether a passage was worded by the bureau. Cells count; see [`texts`] for those that are copied.
pub(super) fn is_worded(passage: &Passage) -> bool {
    match &passage.kind {
        Kind::Code | Kind::FileName => false,
        Kind::Field(keys) => FIELDS.contains(&keys.as_str()),
        _ => true,
    }
}

/// The passages that the bureau worded, without the columns of models, batches, names and numbers.
pub(super) fn texts<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Passage> {
    let study = subject.study;
    study.passages.iter().filter(move |passage| is_worded(passage) && !is_copied(study, passage))
}

fn is_copied(study: &Study, passage: &Passage) -> bool {
    study.head(passage).is_some_and(|head| COPIED.iter().any(|word| head.text.contains(word)))
}
