//! A workbook as plain data.

use crate::moment::{Day, Moment};

/// A workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// The title, for the properties of the file.
    pub title: String,
    /// Who makes it, for the properties of the file.
    pub author: String,
    /// The day it is dated.
    pub made: Day,
    /// The sheets, in order.
    pub sheets: Vec<Sheet>,
}

/// A sheet: a table with what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The name on its tab.
    pub name: &'static str,
    /// The title above the table.
    pub title: String,
    /// Lines between the title and the table.
    pub lines: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// How many columns at the end are for the screen only.
    pub unprinted: u16,
    /// The rows, none longer than the columns are many.
    pub rows: Vec<Row>,
    /// Lines below the table.
    pub notes: Vec<String>,
}

impl Sheet {
    /// How many columns are printed.
    pub(super) fn printed(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(self.unprinted)
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: &'static str,
    /// How many half-width characters it is wide.
    pub width: u32,
    /// Where what stands in it is put.
    pub flows: Flow,
}

/// Where the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is among the others.
    pub rank: Rank,
    /// Its cells; those that are missing at the end are blank.
    pub cells: Vec<Cell>,
}

/// What a row is among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// An ordinary row.
    Plain,
    /// It heads those below.
    Section,
    /// It is a part of the row above.
    Part,
    /// It sums up.
    Total,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// A text.
    Text(String),
    /// A whole number.
    Number(u32),
    /// A number from its double.
    Halves(u32),
    /// The share that a part has in a whole, in per cent; blank where there is no whole.
    Share(u32, u32),
    /// A day.
    Day(Day),
    /// Hour and minute of a moment.
    Clock(Moment),
    /// An address that leads there.
    Link(String),
}
