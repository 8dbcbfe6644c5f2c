//! What was published, by year and by month.
//!
//! In: counted notices. Out: two figures. Months before the first publication and after the newest event have no number.

use super::{Counted, Figure, Panel, Tally, recent, single, words};
use crate::chart::{self, Mark, Row};
use crate::moment::Day;
use std::ops::RangeInclusive;

pub(super) fn by_year(all: &[Counted<'_>], years: &[i32]) -> Option<Figure> {
    let tallies: Vec<(i32, Tally)> = years
        .iter()
        .map(|year| (*year, Tally::of(all.iter().copied().filter(|counted| counted.year() == *year))))
        .collect();
    let total = Tally::sum(&tallies.iter().map(|(_, tally)| *tally).collect::<Vec<_>>());
    let numbers: Vec<(String, u32)> =
        tallies.iter().map(|(year, tally)| (words::year(*year), tally.published)).collect();
    let most = if numbers.len() > 1 { format!("；{}", words::most(&numbers, "年")) } else { String::new() };
    let finding = format!("{}共发布 {}{most}。", words::span(years), total.words());
    let bars: Vec<Row> = recent(&tallies)
        .iter()
        .map(|(year, tally)| Row { label: words::year(*year), value: tally.words(), mark: Mark::Bar(tally.published) })
        .collect();
    let row = |name: String, tally: &Tally| vec![name, tally.published.to_string(), tally.withdrawn.to_string()];
    let rows = tallies.iter().map(|(year, tally)| row(words::year(*year), tally));
    Some(Figure {
        id: "years",
        title: "每年发布多少".to_owned(),
        note: String::new(),
        panels: single(&finding, chart::rows(&bars, None)),
        finding,
        head: ["年份", "发布（条）", "其中已撤销（条）"].map(str::to_owned).to_vec(),
        rows: rows.chain([row("合计".to_owned(), &total)]).collect(),
        facts: tallies.iter().flat_map(|(year, tally)| tally.facts(&year.to_string(), "")).collect(),
    })
}

/// A year and its months, from 1; none where nothing could have been published.
type Months = (i32, Vec<Option<Tally>>);

pub(super) fn by_month(all: &[Counted<'_>], years: &[i32], until: Day) -> Option<Figure> {
    let month = |counted: &Counted<'_>| (counted.first.year(), counted.first.month());
    let reach = all.iter().map(month).min()?..=(until.year(), until.month());
    let months: Vec<Months> = years.iter().map(|year| (*year, of_year(all, *year, &reach))).collect();
    let numbers: Vec<(String, u32)> = months
        .iter()
        .flat_map(|(year, months)| numbered(months).map(move |(month, tally)| (year, month, tally)))
        .map(|(year, month, tally)| (format!("{year}年{month}月"), tally.published))
        .collect();
    let full = numbers.iter().map(|(_, number)| *number).max()?;
    let head = std::iter::once("月份".to_owned()).chain(years.iter().map(|year| words::year(*year)));
    Some(Figure {
        id: "months",
        title: "各月发布多少".to_owned(),
        finding: format!("{}。", words::most(&numbers, "个月")),
        note: "图中横排的数字是月份，柱子上的数字是条数。".to_owned(),
        panels: recent(&months).iter().filter_map(|months| panel(months, full)).collect(),
        head: head.collect(),
        rows: (1..=12).map(|month| row(&months, month)).collect(),
        facts: months
            .iter()
            .flat_map(|(year, months)| numbered(months).map(move |(month, tally)| (year, month, tally)))
            .flat_map(|(year, month, tally)| tally.facts(&format!("{year}-{month:02}"), ""))
            .collect(),
    })
}

fn of_year(all: &[Counted<'_>], year: i32, reach: &RangeInclusive<(i32, u32)>) -> Vec<Option<Tally>> {
    let tally = |month: u32| {
        let here = all.iter().copied().filter(|counted| (counted.year(), counted.first.month()) == (year, month));
        reach.contains(&(year, month)).then(|| Tally::of(here))
    };
    (1..=12).map(tally).collect()
}

/// The months that have a number.
fn numbered(months: &[Option<Tally>]) -> impl Iterator<Item = (usize, Tally)> {
    months.iter().enumerate().filter_map(|(index, tally)| Some((index + 1, (*tally)?)))
}

fn panel((year, months): &Months, full: u32) -> Option<Panel> {
    let columns: Vec<(String, Option<u32>)> = months
        .iter()
        .enumerate()
        .map(|(index, tally)| ((index + 1).to_string(), tally.map(|tally| tally.published)))
        .collect();
    let numbers: Vec<(String, u32)> =
        numbered(months).map(|(month, tally)| (format!("{month}月"), tally.published)).collect();
    let finding = format!("{}，{}。", words::year(*year), words::most(&numbers, "个月"));
    Some(Panel { title: words::year(*year), finding, chart: chart::columns(&columns, full)? })
}

fn row(months: &[Months], month: usize) -> Vec<String> {
    let cell = |(_, months): &Months| match months[month - 1] {
        None => "—".to_owned(),
        Some(tally) => tally.published.to_string(),
    };
    std::iter::once(format!("{month}月")).chain(months.iter().map(cell)).collect()
}
