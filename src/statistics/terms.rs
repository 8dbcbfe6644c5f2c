//! What was published, by the terms of a vocabulary: kind, level, category, hazard.
//!
//! In: counted notices and a vocabulary. Out: a figure of each. A notice with two hazards counts in both; a line of
//! products counts in its group, too.

use super::{Counted, Fact, Figure, Panel, Tally, recent, single, words};
use crate::chart::{self, Mark, Row};
use crate::notice::Notice;
use crate::vocabulary::{Term, Vocabulary};

pub(super) fn by_kind(all: &[Counted<'_>], years: &[i32], vocabulary: &Vocabulary) -> Option<Figure> {
    let lines = lines(all, years, vocabulary, |notice, term| *notice.kind == *term);
    let panels = small_multiples(&lines, years);
    figure(Subject { id: "kinds", title: "按类型", head: "类型" }, years, lines, panels)
}

pub(super) fn by_level(all: &[Counted<'_>], years: &[i32], vocabulary: &Vocabulary) -> Option<Figure> {
    let lines =
        lines(all, years, vocabulary, |notice, term| notice.risk_level.as_ref().is_some_and(|level| **level == *term));
    let panels = small_multiples(&lines, years);
    let without = all.iter().filter(|counted| counted.notice.risk_level.is_none()).count();
    let note = if without > 0 { format!("另有 {without} 条没有定等级。") } else { String::new() };
    let figure = figure(Subject { id: "levels", title: "按风险等级", head: "风险等级" }, years, lines, panels)?;
    Some(Figure { note, ..figure })
}

pub(super) fn by_category(all: &[Counted<'_>], years: &[i32], vocabulary: &Vocabulary) -> Option<Figure> {
    let is_of = |notice: &Notice, term: &Term| {
        notice
            .category
            .as_ref()
            .is_some_and(|line| **line == *term || line.group.as_ref().is_some_and(|group| **group == *term))
    };
    let lines = nested(lines(all, years, vocabulary, is_of));
    let subject = Subject { id: "categories", title: "按产品类别", head: "产品类别" };
    let figure = figure(subject, years, lines.clone(), bars(&lines))?;
    Some(Figure {
        note: "空心的细条是其中的一种产品，已经算在上面的类别里。".to_owned(), ..figure
    })
}

pub(super) fn by_hazard(all: &[Counted<'_>], years: &[i32], vocabulary: &Vocabulary) -> Option<Figure> {
    let lines = lines(all, years, vocabulary, |notice, term| notice.hazards.iter().any(|hazard| **hazard == *term));
    let figure = figure(Subject { id: "hazards", title: "按危害", head: "危害" }, years, lines.clone(), bars(&lines))?;
    Some(Figure { note: "一条可能有几种危害，各种都算一次。".to_owned(), ..figure })
}

/// A term and what was published on it in each year.
#[derive(Debug, Clone)]
struct Line<'a> {
    term: &'a Term,
    tallies: Vec<Tally>,
}

impl Line<'_> {
    fn total(&self) -> Tally {
        Tally::sum(&self.tallies)
    }

    fn is_nested(&self) -> bool {
        self.term.group.is_some()
    }
}

/// The terms on which anything was published, in the order of the vocabulary.
fn lines<'v>(
    all: &[Counted<'_>],
    years: &[i32],
    vocabulary: &'v Vocabulary,
    is_of: impl Fn(&Notice, &Term) -> bool,
) -> Vec<Line<'v>> {
    let tally = |term: &Term, year: i32| {
        Tally::of(all.iter().copied().filter(|counted| counted.year() == year && is_of(counted.notice, term)))
    };
    let line = |term: &'v Term| Line { term, tallies: years.iter().map(|year| tally(term, *year)).collect() };
    let lines = vocabulary.terms().iter().map(|term| line(term));
    lines.filter(|line| line.total().published > 0).collect()
}

/// Each group with its lines behind it: a site's own terms stand at the end of the vocabulary.
fn nested(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let groups = lines.iter().filter(|line| !line.is_nested());
    let with_lines = groups.flat_map(|group| {
        let inside = lines.iter().filter(|line| line.term.group.as_ref().is_some_and(|of| **of == *group.term));
        std::iter::once(group).chain(inside)
    });
    with_lines.cloned().collect()
}

/// What a figure is of.
struct Subject {
    id: &'static str,
    title: &'static str,
    head: &'static str,
}

fn figure(subject: Subject, years: &[i32], lines: Vec<Line<'_>>, panels: Vec<Panel>) -> Option<Figure> {
    if lines.is_empty() {
        return None;
    }
    let outer = lines.iter().filter(|line| !line.is_nested());
    let numbers: Vec<(String, u32)> =
        outer.map(|line| (format!("“{}”", line.term.name), line.total().published)).collect();
    let finding = format!("{}，{}。", words::span(years), words::most(&numbers, "项"));
    let several = years.len() > 1;
    let totals = ["合计", "其中已撤销"].map(str::to_owned);
    let spread = if several { years } else { &[] };
    let head =
        std::iter::once(subject.head.to_owned()).chain(spread.iter().map(|year| words::year(*year))).chain(totals);
    Some(Figure {
        id: subject.id,
        title: subject.title.to_owned(),
        // Where there are several charts, each has a finding of its own.
        panels: panels.into_iter().map(|panel| told(panel, &finding)).collect(),
        finding,
        note: String::new(),
        head: head.collect(),
        rows: lines.iter().map(|line| row(line, several)).collect(),
        facts: lines.iter().flat_map(|line| facts(line, years)).collect(),
    })
}

fn told(panel: Panel, finding: &str) -> Panel {
    if panel.finding.is_empty() { Panel { finding: finding.to_owned(), ..panel } } else { panel }
}

/// The row of the table; what belongs to the row above says so.
fn row(line: &Line<'_>, several: bool) -> Vec<String> {
    let name = if line.is_nested() { format!("其中：{}", line.term.name) } else { line.term.name.clone() };
    let total = line.total();
    let years = line.tallies.iter().filter(|_| several).map(|tally| tally.published.to_string());
    std::iter::once(name).chain(years).chain([total.published.to_string(), total.withdrawn.to_string()]).collect()
}

fn facts(line: &Line<'_>, years: &[i32]) -> Vec<Fact> {
    let pairs = years.iter().zip(&line.tallies);
    pairs.flat_map(|(year, tally)| tally.facts(&year.to_string(), &line.term.name)).collect()
}

/// A bar for each term, over all years.
fn bars(lines: &[Line<'_>]) -> Vec<Panel> {
    let bar = |line: &Line<'_>| {
        let total = line.total();
        let mark = if line.is_nested() { Mark::Part(total.published) } else { Mark::Bar(total.published) };
        Row { label: line.term.name.clone(), value: total.words(), mark }
    };
    single("", chart::rows(&lines.iter().map(bar).collect::<Vec<_>>(), None))
}

/// A small chart of the years for each term, all on one scale.
fn small_multiples(lines: &[Line<'_>], years: &[i32]) -> Vec<Panel> {
    let full = lines.iter().flat_map(|line| recent(&line.tallies)).map(|tally| tally.published).max().unwrap_or(0);
    let panel = |line: &Line<'_>| {
        let numbers: Vec<(String, u32)> = recent(years)
            .iter()
            .zip(recent(&line.tallies))
            .map(|(year, tally)| (words::year(*year), tally.published))
            .collect();
        let columns: Vec<(String, Option<u32>)> =
            numbers.iter().map(|(year, number)| (year.clone(), Some(*number))).collect();
        let each: Vec<String> = numbers.iter().map(|(year, number)| format!("{year} {number} 条")).collect();
        let finding = format!("{}：{}。", line.term.name, each.join("，"));
        let title = format!("{}（{}）", line.term.name, line.total().words());
        Some(Panel { title, finding, chart: chart::columns(&columns, full)? })
    };
    lines.iter().filter_map(panel).collect()
}
