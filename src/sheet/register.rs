//! Reads a table that the program carries and that a site may extend with its own beside `site.yaml`.
//!
//! In: the text of a CSV, and what its columns are. Out: what its rows say, without the rows that have a fault; every
//! fault with its line and a next step. What a row means is for the module that keeps the register.

use crate::diag::{Code, Diagnostic, Outcome, Position};
use crate::moment::Day;
use crate::text;
use crate::yaml::Key;
use csv::StringRecord;
use std::collections::BTreeMap;
use std::fmt::Display;

/// The most columns of a table that may be one of ours.
const COLUMNS: usize = 100;

/// What a table is of.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// The file, as faults name it.
    pub file: &'a str,
    /// The columns, in both spellings; a table cannot do without those that are needed.
    pub columns: &'static [Key],
    /// The code of its faults.
    pub code: Code,
}

/// The entries of a table in the order of its rows, each with its name; a name that stands twice is a fault.
pub fn read<K: Ord + Display + Clone, T>(
    form: Form<'_>,
    text: &str,
    mut entry: impl FnMut(&mut Row<'_>) -> Option<(K, T)>,
) -> Outcome<Vec<(K, T)>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records().filter(|record| !record.as_ref().is_ok_and(is_blank));
    let mut diagnostics = Vec::new();
    let mut lines = Lines { text, offset: 0, line: 1 };
    let head = match records.next() {
        Some(Ok(record)) => form.head(lines.of(&record), &record).drain_into(&mut diagnostics),
        _ => {
            diagnostics.push(form.fault(1, "表格是空的，或读不出来").hint(form.wanted_head()));
            None
        }
    };
    let Some(head) = head else { return Outcome::new(Vec::new(), diagnostics) };
    let mut named: BTreeMap<K, u32> = BTreeMap::new();
    let mut entries = Vec::new();
    for record in records {
        let Ok(record) = record else {
            diagnostics.push(form.fault(1, "表格读不出来").hint("请在表格软件里重新另存为“CSV UTF-8（逗号分隔）”"));
            break;
        };
        let mut row = Row { form, line: lines.of(&record), head: &head, record: &record, faults: Vec::new() };
        let entry = row.is_whole().then(|| entry(&mut row)).flatten();
        let earlier =
            entry.as_ref().and_then(|(name, _)| named.insert(name.clone(), row.line).map(|line| (name, line)));
        if let Some((name, earlier)) = earlier {
            row.fault(format!("{name} 写了两行"), format!("第 {earlier} 行已经有了，只留一行"));
        }
        let is_sound = row.faults.is_empty();
        diagnostics.append(&mut row.faults);
        entries.extend(entry.filter(|_| is_sound));
    }
    Outcome::new(entries, diagnostics)
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

/// Counts the lines of a text, going on from record to record.
struct Lines<'a> {
    text: &'a str,
    offset: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line on which a record begins; the library counts blank lines before it as its own.
    fn of(&mut self, record: &StringRecord) -> u32 {
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        let start = start + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let passed = self.text.get(self.offset..start).unwrap_or_default().matches('\n').count();
        self.offset = start;
        self.line = self.line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        self.line
    }
}

impl Form<'_> {
    fn names(&self) -> String {
        self.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",")
    }

    fn wanted_head(&self) -> String {
        format!("第一行写表头：{}", self.names())
    }

    fn fault(&self, line: u32, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.code, message).at(self.file, Position::new(line, 1))
    }

    /// The columns of the first row; none where a needed one is missing.
    fn head(&self, line: u32, record: &StringRecord) -> Outcome<Option<Vec<Option<&'static str>>>> {
        let mut diagnostics = Vec::new();
        let mut head: Vec<Option<&'static str>> = Vec::new();
        if record.len() > COLUMNS {
            let message = format!("表头有 {} 列，这不是这种表格", record.len());
            return Outcome::new(None, vec![self.fault(line, message).hint(self.wanted_head())]);
        }
        for cell in record.iter().map(str::trim) {
            let column = self.columns.iter().find(|column| column.spellings().contains(&cell));
            let column = column.map(|column| column.name);
            if column.is_none() {
                let known = self.columns.iter().flat_map(Key::spellings);
                let hint = text::suggest(cell, known)
                    .map_or_else(|| format!("可用的列：{}", self.names()), |near| format!("是不是“{near}”？"));
                diagnostics.push(self.fault(line, format!("没有“{cell}”这一列")).hint(hint));
            } else if head.contains(&column) {
                diagnostics.push(self.fault(line, format!("“{cell}”这一列写了两次")).hint("只留一列"));
            }
            head.push(column);
        }
        let needed = self.columns.iter().filter(|column| column.needed).map(|column| column.name);
        let missing: Vec<&str> = needed.filter(|name| !head.contains(&Some(name))).collect();
        let whole = missing.is_empty();
        if !whole {
            let message = format!("表头缺少 {}", missing.join("、"));
            diagnostics.push(self.fault(line, message).hint(self.wanted_head()));
        }
        Outcome::new(whole.then_some(head), diagnostics)
    }
}

/// One row, being read.
#[derive(Debug)]
pub struct Row<'a> {
    form: Form<'a>,
    line: u32,
    head: &'a [Option<&'static str>],
    record: &'a StringRecord,
    faults: Vec<Diagnostic>,
}

impl Row<'_> {
    /// Notes what is wrong with the row, and what to do about it.
    pub fn fault(&mut self, message: String, hint: impl Into<String>) {
        self.faults.push(self.form.fault(self.line, message).hint(hint));
    }

    fn is_whole(&mut self) -> bool {
        let whole = self.record.len() == self.head.len();
        if !whole {
            let message = format!("这一行有 {} 列，表头有 {} 列", self.record.len(), self.head.len());
            self.fault(message, "每行的列数要与表头相同；单元格里有逗号时用英文双引号括起来");
        }
        whole
    }

    /// The cell of a column, without the spaces around it.
    pub fn cell(&self, column: Key) -> String {
        let index = self.head.iter().position(|name| *name == Some(column.name));
        index.and_then(|index| self.record.get(index)).unwrap_or_default().trim().to_owned()
    }

    /// The cell of a column that must not be empty.
    pub fn required(&mut self, column: Key) -> Option<String> {
        let cell = self.cell(column);
        if cell.is_empty() {
            self.fault(format!("“{}”（{}）空着", column.zh, column.name), format!("请填写：{}", column.about));
            return None;
        }
        Some(cell)
    }

    /// The day in the cell of a column; none, without a fault, where it is empty.
    pub fn day(&mut self, column: Key) -> Option<Day> {
        let typed = self.cell(column);
        let day = Day::parse(&typed);
        if day.is_none() && !typed.is_empty() {
            let hint =
                Day::guess(&typed).map_or_else(|| "照这样写：2023-07-01".to_owned(), |day| format!("改成 {day}"));
            self.fault(format!("“{}”（{}）写的是“{typed}”，不是日期", column.zh, column.name), hint);
        }
        day
    }
}
