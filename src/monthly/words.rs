//! The report in a sentence.

use super::{LateReview, Monthly};

/// `2024年6月：发布 2 条、更正 1 条、撤销 0 条，其中紧急 1 条；待补审 1 条。`
pub fn sentence(report: &Monthly<'_>) -> String {
    let period = match report.is_whole() {
        true => report.month.to_chinese(),
        false => format!("{}（到{}日）", report.month.to_chinese(), report.until.day_of_month()),
    };
    let counts = report.counts;
    if counts.total() == 0 {
        return format!("{period}：本月没有发布、更正或撤销（零报告）。");
    }
    let urgent = match report.urgent().count() {
        0 => String::new(),
        many => format!("，其中紧急 {many} 条"),
    };
    let waits = match report.urgent().filter(|(_, late)| matches!(late, LateReview::Waits(_))).count() {
        0 => String::new(),
        many => format!("；待补审 {many} 条"),
    };
    format!(
        "{period}：发布 {} 条、更正 {} 条、撤销 {} 条{urgent}{waits}。",
        counts.published, counts.corrected, counts.withdrawn
    )
}
