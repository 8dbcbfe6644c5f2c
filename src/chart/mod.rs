//! Charts as shapes: bars below their labels, columns of months, ranges with a median.
//!
//! In: labels and numbers. Out: [`Chart`], a list of shapes that a template writes as SVG. Across, everything is a
//! share of the width; down, a multiple of the letter: so the letters keep the size of the page's own on a phone, on a
//! desk and in the elders' mode, and nothing has to know how wide they are. A shape has a role and no colour; the style
//! sheet gives it one. It never writes markup, a style or a script, and never asks for a font.
//!
//! The only user of the chart library, which places marks on its axes; `canvas` is the backend it draws on.

mod canvas;

use canvas::{Canvas, Role, WIDTH, ink, label, words};
use plotters::prelude::*;
use serde::Serialize;
use std::convert::Infallible;

/// A chart, as a list of shapes from back to front.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chart {
    /// The height: `12.30em`.
    pub height: String,
    /// The shapes.
    pub shapes: Vec<Shape>,
}

/// A shape. What a kind of shape does not have is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shape {
    /// `rect`, `circle` or `text`.
    pub kind: &'static str,
    /// What it is for, as a class name: `track`, `bar`, `part`, `dot`, `label` or `value`.
    pub role: &'static str,
    /// The left edge, the centre, or the anchor of a text: `12.3%`.
    pub x: String,
    /// The upper edge, the centre, or the base line of a text: `1.50em`.
    pub y: String,
    /// The width of a `rect`: `40.0%`.
    pub width: String,
    /// The height of a `rect`, the radius of a `circle`.
    pub height: String,
    /// `start`, `middle` or `end` of a text.
    pub anchor: &'static str,
    /// The letters of a text.
    pub text: String,
}

/// A row of a chart: what it is, its numbers in words, and what is drawn of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The label.
    pub label: String,
    /// The numbers, in words: nothing depends on the length of the bar.
    pub value: String,
    /// What is drawn.
    pub mark: Mark,
}

/// What is drawn of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A bar from nothing.
    Bar(u32),
    /// A bar of a part of the row above.
    Part(u32),
    /// From the least to the most, with the middle.
    Range {
        /// The least.
        least: u32,
        /// The middle, doubled: that of two numbers may be a half.
        twice_median: u32,
        /// The most.
        most: u32,
    },
}

impl Mark {
    fn most(self) -> u32 {
        match self {
            Self::Bar(value) | Self::Part(value) | Self::Range { most: value, .. } => value,
        }
    }
}

type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;
type Area<'a> = DrawingArea<Canvas<'a>, plotters::coord::Shift>;

/// Heights, in hundredths of a letter.
const LINE: u32 = 150;
const BAR: u32 = 75;
const GAP: u32 = 60;
const COLUMN: u32 = 550;
/// How far the label of a part is set in, in units across.
const INDENT: i32 = 40;
/// From the top of a line to the base of its letters.
const BASE: u32 = 110;
/// How many halves of a letter fit beside each other on the narrowest phone.
const FIT: usize = 26;

/// Rows one below the other, all on one scale from nothing to `full`, or to the longest.
pub fn rows(rows: &[Row], full: Option<u32>) -> Option<Chart> {
    let full = full.or_else(|| rows.iter().map(|row| row.mark.most()).max()).unwrap_or(0).max(1);
    draw(rows.iter().map(|row| words_height(row) + BAR + GAP).sum(), |area| {
        let mut rest = area.clone();
        for row in rows {
            let (here, below) = rest.split_vertically(signed(words_height(row) + BAR + GAP));
            draw_row(&here, row, full)?;
            rest = below;
        }
        Ok(())
    })
}

/// One line for label and numbers, or two where they do not fit beside each other.
fn words_height(row: &Row) -> u32 {
    if width(&row.label) + width(&row.value) > FIT { 2 * LINE } else { LINE }
}

fn draw_row(area: &Area<'_>, row: &Row, full: u32) -> Drawn {
    let height = words_height(row);
    let (place, anchor) = if height > LINE {
        ((0, signed(LINE + BASE)), label::START)
    } else {
        ((signed(WIDTH), signed(BASE)), label::END)
    };
    let indent = if matches!(row.mark, Mark::Part(_)) { INDENT } else { 0 };
    area.draw(&Text::new(row.label.clone(), (indent, signed(BASE)), words(Role::Label, label::START)))?;
    area.draw(&Text::new(row.value.clone(), place, words(Role::Value, anchor)))?;
    let bar_height = if indent > 0 { BAR / 2 } else { BAR };
    let lane = area.clone().shrink((0, signed(height)), (WIDTH, bar_height));
    let mut chart = ChartBuilder::on(&lane).build_cartesian_2d(0.0..f64::from(full), 0.0..1.0)?;
    let bar = |from: u32, to: u32, role| Rectangle::new([(f64::from(from), 0.0), (f64::from(to), 1.0)], ink(role));
    chart.draw_series([bar(0, full, Role::Track)])?;
    match row.mark {
        Mark::Bar(value) => drop(chart.draw_series([bar(0, value, Role::Bar)])?),
        Mark::Part(value) => drop(chart.draw_series([bar(0, value, Role::Part)])?),
        Mark::Range { least, twice_median, most } => {
            chart.draw_series([bar(least, most, Role::Part)])?;
            let middle = (f64::from(twice_median) / 2.0, 0.5);
            chart.draw_series([Circle::new(middle, signed(BAR / 2), ink(Role::Dot))])?;
        }
    }
    Ok(())
}

/// Twelve columns or so beside each other, with the number above and the label below, on a scale from nothing to `full`;
/// where there is no number, nothing stands.
pub fn columns(columns: &[(String, Option<u32>)], full: u32) -> Option<Chart> {
    let count = u32::try_from(columns.len()).ok()?;
    draw(COLUMN, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin_top(LINE)
            .margin_bottom(LINE)
            .build_cartesian_2d(0.0..f64::from(count), 0.0..f64::from(full.max(1)))?;
        for (at, (name, value)) in columns.iter().enumerate() {
            let left = f64::from(u32::try_from(at).unwrap_or(0));
            let below = Text::new(name.clone(), (left + 0.5, 0.0), words(Role::Label, label::BELOW));
            chart.draw_series([below])?;
            let Some(value) = *value else { continue };
            let top = f64::from(value);
            chart.draw_series([Rectangle::new([(left + 0.12, 0.0), (left + 0.88, top)], ink(Role::Bar))])?;
            chart.draw_series([Text::new(value.to_string(), (left + 0.5, top), words(Role::Value, label::ABOVE))])?;
        }
        chart.draw_series([Rectangle::new([(0.0, 0.0), (f64::from(count), 0.0)], ink(Role::Track))])?;
        Ok(())
    })
}

/// Makes a chart of a height; none where the library refuses, as it does on a surface without a size.
fn draw(height: u32, paint: impl FnOnce(&Area<'_>) -> Drawn) -> Option<Chart> {
    let mut shapes = Vec::new();
    let area = Canvas { height, shapes: &mut shapes }.into_drawing_area();
    paint(&area).ok()?;
    drop(area);
    Some(Chart { height: canvas::down(signed(height)), shapes })
}

/// The library measures with signs.
fn signed(units: u32) -> i32 {
    i32::try_from(units).unwrap_or(i32::MAX)
}

/// The width of a text in halves of a letter: an estimate, on the safe side.
fn width(text: &str) -> usize {
    text.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes<'a>(chart: &'a Chart, role: &str) -> Vec<&'a Shape> {
        chart.shapes.iter().filter(|shape| shape.role == role).collect()
    }

    fn row(label: &str, value: &str, mark: Mark) -> Row {
        Row { label: label.to_owned(), value: value.to_owned(), mark }
    }

    #[test]
    fn bars_are_as_long_as_their_numbers_and_say_them() {
        let chart = rows(&[row("甲", "8 篇", Mark::Bar(8)), row("乙", "2 篇", Mark::Bar(2))], None).unwrap();
        let bars: Vec<(&str, &str)> =
            shapes(&chart, "bar").iter().map(|bar| (bar.x.as_str(), bar.width.as_str())).collect();
        // The library's last unit across is the one before the edge.
        assert_eq!(bars, [("0.0%", "99.9%"), ("0.0%", "24.9%")]);
        let values: Vec<&str> = shapes(&chart, "value").iter().map(|value| value.text.as_str()).collect();
        assert_eq!(values, ["8 篇", "2 篇"]);
        assert_eq!(chart.height, "5.70em");
    }

    #[test]
    fn words_that_do_not_fit_on_one_line_take_two() {
        let one = rows(&[row("火灾", "10 篇", Mark::Bar(10))], None).unwrap();
        let two = rows(&[row("食品接触用纸制品", "1 篇，撤销 1 篇", Mark::Bar(1))], None).unwrap();
        assert_eq!((shapes(&one, "value")[0].anchor, shapes(&two, "value")[0].anchor), ("end", "start"));
        assert!(shapes(&two, "value")[0].y > shapes(&two, "label")[0].y);
    }

    #[test]
    fn a_range_has_its_middle_within_it() {
        let mark = Mark::Range { least: 10, twice_median: 35, most: 40 };
        let chart = rows(&[row("2024年", "", mark)], None).unwrap();
        let (range, dot) = (shapes(&chart, "part")[0], shapes(&chart, "dot")[0]);
        assert_eq!((range.x.as_str(), range.width.as_str(), dot.x.as_str()), ("24.9%", "75.0%", "43.7%"));
    }

    #[test]
    fn a_column_without_a_number_has_its_label_only() {
        let chart =
            columns(&[("1".to_owned(), None), ("2".to_owned(), Some(0)), ("3".to_owned(), Some(5))], 5).unwrap();
        assert_eq!(
            (shapes(&chart, "bar").len(), shapes(&chart, "value").len(), shapes(&chart, "label").len()),
            (2, 2, 3)
        );
    }

    #[test]
    fn nothing_to_draw_is_no_panic() {
        assert_eq!(rows(&[], None).map(|chart| chart.shapes.len()), Some(0));
        assert!(columns(&[], 0).is_none_or(|chart| chart.shapes.len() == 1));
        assert!(rows(&[row("甲", "0 篇", Mark::Bar(0))], None).is_some());
    }
}
