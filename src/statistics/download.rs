//! The facts of all figures as one CSV, for spreadsheets and programs.

use super::Figure;
use crate::sheet;

/// The columns.
const HEAD: [&str; 6] = ["统计", "时期", "项目", "指标", "数值", "单位"];

/// The CSV of figures: a row for each fact.
pub fn csv(figures: &[Figure]) -> Vec<u8> {
    let facts = figures.iter().flat_map(|figure| figure.facts.iter().map(move |fact| (figure, fact)));
    sheet::csv(
        &HEAD,
        facts.map(|(figure, fact)| {
            [
                figure.title.as_str(),
                fact.period.as_str(),
                fact.item.as_str(),
                fact.measure,
                fact.value.as_str(),
                fact.unit,
            ]
        }),
    )
}
