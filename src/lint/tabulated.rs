//! Numbers in tables: totals, rates, and rows that are batches.

use super::grid::Grid;
use super::rule::Findings;
use super::statement::{is_rounded, shown};
use crate::notice::{Sampling, Table};
use crate::passage::Passage;
use std::collections::BTreeSet;

/// What a row of totals begins with.
const TOTAL: [&str; 4] = ["合计", "总计", "共计", "总数"];

fn total_row<'a, 'b>(grid: &'b Grid<'a>) -> Option<(&'b [Vec<&'a Passage>], &'b [&'a Passage])> {
    let rows = grid.rows();
    let first = |row: &Vec<&Passage>| row.first().map_or("", |cell| cell.text.trim()).to_owned();
    let at = rows.iter().position(|row| TOTAL.contains(&first(row).as_str()))?;
    let is_detailed = rows.iter().any(|row| first(row).starts_with("其中") || first(row).contains("小计"));
    (!is_detailed).then(|| (&rows[..at], rows[at].as_slice()))
}

fn number(cell: &Passage) -> Option<u32> {
    cell.text.trim().trim_end_matches("批次").trim().parse().ok()
}

fn is_blank(cell: &Passage) -> bool {
    matches!(cell.text.trim(), "" | "-" | "—" | "——" | "/" | "0")
}

/// A row 合计 that is not the sum of the rows above it.
pub(super) fn totals(grid: &Grid<'_>, overlaps: bool, findings: &mut Findings) {
    let Some((above, total)) = total_row(grid).filter(|_| !overlaps) else { return };
    for (column, cell) in total.iter().enumerate().skip(1) {
        let is_sum = !["率", "比", "均", "最", "序", "年", "限"].iter().any(|word| grid.head(column).contains(word));
        let Some(written) = number(cell).filter(|_| is_sum) else { continue };
        let cells: Vec<&Passage> = above.iter().filter_map(|row| row.get(column).copied()).collect();
        let counted: Vec<u32> = cells.iter().filter_map(|cell| number(cell)).collect();
        let is_complete = counted.len() >= 2 && cells.iter().all(|cell| number(cell).is_some() || is_blank(cell));
        let sum: u64 = counted.iter().copied().map(u64::from).sum();
        if is_complete && cells.len() == above.len() && sum != u64::from(written) {
            findings
                .whole(cell, format!("合计写 {written}，上面各行加起来是 {sum}"))
                .hint("请核对各行；同一批次计了几次的，在正文里写明“同一批次只计一次”");
        }
    }
}

fn is_sampled_head(head: &str) -> bool {
    SAMPLED_HEADS.iter().any(|word| head.contains(word)) && !head.contains("合格")
}

const SAMPLED_HEADS: [&str; 5] = ["抽样", "抽检", "抽查", "抽取", "监测批次"];

fn is_failed_head(head: &str) -> bool {
    head.contains("不合格") && !["率", "比", "项目", "情况", "原因"].iter().any(|word| head.contains(word))
}

/// The 合计 of the only table that has one, against the front matter.
pub(super) fn grand_totals(grids: &[Grid<'_>], sampling: Sampling, findings: &mut Findings) {
    let mut totalled = grids.iter().filter_map(|grid| total_row(grid).map(|(_, total)| (grid, total)));
    let (Some((grid, total)), None) = (totalled.next(), totalled.next()) else { return };
    let columns = [
        ("抽样", grid.column(is_sampled_head), sampling.batches),
        ("不合格", grid.column(is_failed_head), sampling.failed),
    ];
    for (what, column, expected) in columns {
        let Some(cell) = column.and_then(|column| total.get(column)) else { continue };
        if let Some(written) = number(cell).filter(|written| *written != expected) {
            findings
                .whole(cell, format!("合计{what} {written} 批次，按信息栏的 sampling 是 {expected} 批次"))
                .hint("请照原始记录核对，两处写成一致");
        }
    }
}

/// Rows whose percentage does not come from the numbers beside it.
pub(super) fn rates(grid: &Grid<'_>, findings: &mut Findings) {
    let is_rate = |head: &str| head.contains("不合格率") || head.contains("占比");
    let columns = (grid.column(is_sampled_head), grid.column(is_failed_head), grid.column(is_rate));
    let (Some(sampled), Some(failed), Some(rate)) = columns else { return };
    for row in grid.rows() {
        let at = |column: usize| row.get(column).copied();
        let (Some(sampled), Some(failed), Some(rate)) =
            (at(sampled).and_then(number), at(failed).and_then(number), at(rate))
        else {
            continue;
        };
        let Some(percent) = rate.text.trim().strip_suffix(['%', '％']).filter(|_| sampled > 0) else { continue };
        let exact = f64::from(failed) * 100.0 / f64::from(sampled);
        if percent.trim().parse::<f64>().is_ok() && !is_rounded(percent.trim(), exact) {
            findings
                .whole(rate, format!("{sampled} 批次里的 {failed} 批次是 {}", shown(exact)))
                .hint(format!("请核对批次数；批次数没有错的，改为 {}", shown(exact)));
        }
    }
}

/// How many batches a table of what failed holds; none where that cannot be told.
pub(super) fn failed_batches(table: &Table) -> Option<u32> {
    let column = |words: &[&str]| table.head.iter().position(|head| words.iter().any(|word| head.contains(word)));
    let batch = column(&["批号", "批次号", "生产日期"])?;
    let keys: Vec<usize> =
        [column(&["产品名称", "样品名称", "名称"]), column(&["商标", "品牌"]), column(&["型号", "规格"])]
            .into_iter()
            .flatten()
            .chain([batch])
            .collect();
    let verdict = column(&["结论", "判定", "检验结果", "检测结果", "是否合格"]);
    if verdict.is_none() && column(&["不合格"]).is_none() {
        return None;
    }
    let cell = |row: &[String], column: usize| row.get(column).map_or("", |cell| cell.trim()).to_owned();
    let mut seen = BTreeSet::new();
    let mut last: Vec<String> = Vec::new();
    for row in table.rows.iter().filter(|row| !TOTAL.contains(&cell(row, 0).as_str())) {
        let mut key: Vec<String> = keys.iter().map(|column| cell(row, *column)).collect();
        // An empty cell repeats the one above it.
        if key.iter().any(String::is_empty) {
            key = key
                .iter()
                .enumerate()
                .map(
                    |(index, cell)| {
                        if cell.is_empty() { last.get(index).cloned().unwrap_or_default() } else { cell.clone() }
                    },
                )
                .collect();
        }
        if key.last().is_none_or(|batch| matches!(batch.as_str(), "" | "/" | "-" | "—" | "——" | "无" | "不详"))
        {
            return None;
        }
        if verdict.is_none_or(|column| cell(row, column).contains('不')) {
            seen.insert(key.clone());
        }
        last = key;
    }
    u32::try_from(seen.len()).ok().filter(|found| *found > 0)
}
