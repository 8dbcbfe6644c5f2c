//! Reads a table of standards: the one in the binary and a site's own.

use super::{Basis, Nature, Number, Standard};
use crate::diag::{Code, Diagnostic, Outcome, Position};
use crate::moment::Day;
use crate::text;
use crate::yaml::Key;
use std::collections::BTreeMap;

/// The columns, in both spellings, in the order of the bundled table.
pub const COLUMNS: &[Key] = &[
    NUMBER,
    TITLE,
    NATURE,
    IN_FORCE,
    REPLACED_BY,
    REPLACED_ON,
    Key::new("note", "说明", "看日期时还要知道的事，例如过渡期；可不填"),
    SOURCE,
    BASIS,
];
const NUMBER: Key = Key::new("number", "标准号", "标准号，带年份，例如 GB 811-2022");
const TITLE: Key = Key::new("title", "名称", "标准名称");
const NATURE: Key = Key::new("nature", "性质", "强制性 或 推荐性");
const IN_FORCE: Key = Key::new("in_force", "实施日期", "哪天起实施，例如 2023-07-01；拿不准就空着");
const REPLACED_BY: Key = Key::new("replaced_by", "被代替", "代替它的标准号，几个之间用“；”隔开；没有就空着");
const REPLACED_ON: Key = Key::new("replaced_on", "废止日期", "哪天起不再有效；仍然有效就空着");
const SOURCE: Key = Key::new("source", "依据", "这些事实写在哪里，例如国家标准公告的编号");
const BASIS: Key = Key::new("basis", "核实", "verified（已对照依据）或 known（待核实）；可不填");

/// The columns a table cannot do without.
const REQUIRED: &[&str] = &["number", "title", "nature", "source"];

/// The standards of a table, without the rows that have a fault.
pub(super) fn read(file: &str, text: &str) -> Outcome<Vec<Standard>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records().filter(|record| !record.as_ref().is_ok_and(is_blank));
    let mut diagnostics = Vec::new();
    let head = match records.next() {
        Some(Ok(record)) => head(file, line(text, &record), &record).drain_into(&mut diagnostics),
        _ => {
            diagnostics.push(fault(file, 1, "表格是空的，或读不出来").hint(format!("第一行写表头：{}", names())));
            None
        }
    };
    let Some(head) = head else { return Outcome::new(Vec::new(), diagnostics) };
    let mut lines: BTreeMap<Number, u32> = BTreeMap::new();
    let mut standards = Vec::new();
    for record in records {
        let Ok(record) = record else {
            diagnostics.push(fault(file, 1, "表格读不出来").hint("请在表格软件里重新另存为“CSV UTF-8（逗号分隔）”"));
            break;
        };
        let mut row = Row { file, line: line(text, &record), head: &head, record: &record, faults: Vec::new() };
        let standard = row.standard();
        let earlier = standard.as_ref().and_then(|standard| lines.insert(standard.number.clone(), row.line));
        if let (Some(standard), Some(earlier)) = (&standard, earlier) {
            row.fault(format!("{} 写了两行", standard.number), format!("第 {earlier} 行已经有了，只留一行"));
        }
        let is_sound = row.faults.is_empty();
        diagnostics.append(&mut row.faults);
        standards.extend(standard.filter(|_| is_sound));
    }
    Outcome::new(standards, diagnostics)
}

fn is_blank(record: &csv::StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

/// The line on which a record begins; the library counts blank lines before it as its own.
fn line(text: &str, record: &csv::StringRecord) -> u32 {
    let offset = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
    let rest = text.get(offset..).unwrap_or_default();
    Position::of(text, offset + rest.len() - rest.trim_start_matches(['\r', '\n']).len()).line
}

fn names() -> String {
    COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(",")
}

fn fault(file: &str, line: u32, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::StandardsTable, message).at(file, Position::new(line, 1))
}

/// The columns of the first row; none where a required one is missing.
fn head(file: &str, line: u32, record: &csv::StringRecord) -> Outcome<Option<Vec<Option<&'static str>>>> {
    let mut diagnostics = Vec::new();
    let mut head: Vec<Option<&'static str>> = Vec::new();
    for cell in record.iter().map(str::trim) {
        let column = COLUMNS.iter().find(|column| column.name == cell || column.zh == cell).map(|column| column.name);
        if column.is_none() {
            let known = COLUMNS.iter().flat_map(|column| [column.name, column.zh]);
            let hint = text::suggest(cell, known)
                .map_or_else(|| format!("可用的列：{}", names()), |near| format!("是不是“{near}”？"));
            diagnostics.push(fault(file, line, format!("没有“{cell}”这一列")).hint(hint));
        } else if head.contains(&column) {
            diagnostics.push(fault(file, line, format!("“{cell}”这一列写了两次")).hint("只留一列"));
        }
        head.push(column);
    }
    let missing: Vec<&str> = REQUIRED.iter().copied().filter(|name| !head.contains(&Some(name))).collect();
    if !missing.is_empty() {
        diagnostics.push(
            fault(file, line, format!("表头缺少 {}", missing.join("、"))).hint(format!("第一行写表头：{}", names())),
        );
        return Outcome::new(None, diagnostics);
    }
    Outcome::new(Some(head), diagnostics)
}

/// One row, being read.
struct Row<'a> {
    file: &'a str,
    line: u32,
    head: &'a [Option<&'static str>],
    record: &'a csv::StringRecord,
    faults: Vec<Diagnostic>,
}

impl Row<'_> {
    fn fault(&mut self, message: String, hint: impl Into<String>) {
        self.faults.push(fault(self.file, self.line, message).hint(hint));
    }

    /// The cell of a column, without the spaces around it.
    fn cell(&self, column: &str) -> String {
        let index = self.head.iter().position(|name| *name == Some(column));
        index.and_then(|index| self.record.get(index)).unwrap_or_default().trim().to_owned()
    }

    /// The cell of a column that must not be empty.
    fn required(&mut self, column: Key) -> Option<String> {
        let cell = self.cell(column.name);
        if cell.is_empty() {
            self.fault(format!("“{}”（{}）空着", column.zh, column.name), format!("请填写：{}", column.about));
            return None;
        }
        Some(cell)
    }

    /// The standard of the row; what is wrong is noted beside it.
    fn standard(&mut self) -> Option<Standard> {
        if self.record.len() != self.head.len() {
            let message = format!("这一行有 {} 列，表头有 {} 列", self.record.len(), self.head.len());
            self.fault(message, "每行的列数要与表头相同；单元格里有逗号时用英文双引号括起来");
            return None;
        }
        let number = self.required(NUMBER).and_then(|typed| self.number(&typed));
        let title = self.required(TITLE);
        let nature = self.required(NATURE).and_then(|typed| self.nature(&typed));
        let source = self.required(SOURCE);
        let in_force = self.day(IN_FORCE);
        let replaced_on = self.day(REPLACED_ON);
        let replaced_by = self.replaced_by();
        let basis = self.basis();
        let standard = Standard {
            number: number?,
            title: title?,
            nature: nature?,
            in_force,
            replaced_by,
            replaced_on,
            note: self.cell("note"),
            source: source?,
            basis,
        };
        self.check(&standard);
        Some(standard)
    }

    fn number(&mut self, typed: &str) -> Option<Number> {
        let number = Number::parse(typed).filter(|number| number.year().is_some());
        if number.is_none() {
            self.fault(format!("“{typed}”不是带年份的标准号"), "照这样写：GB 811-2022、GB/T 28004.2-2021");
        }
        number
    }

    fn nature(&mut self, typed: &str) -> Option<Nature> {
        let nature = Nature::ALL.into_iter().find(|nature| nature.name() == typed);
        if nature.is_none() {
            self.fault(format!("性质写的是“{typed}”"), "只能写 强制性 或 推荐性");
        }
        nature
    }

    fn day(&mut self, column: Key) -> Option<Day> {
        let typed = self.cell(column.name);
        let day = Day::parse(&typed);
        if day.is_none() && !typed.is_empty() {
            let hint =
                Day::guess(&typed).map_or_else(|| "照这样写：2023-07-01".to_owned(), |day| format!("改成 {day}"));
            self.fault(format!("“{}”（{}）写的是“{typed}”，不是日期", column.zh, column.name), hint);
        }
        day
    }

    fn replaced_by(&mut self) -> Vec<Number> {
        let typed = self.cell(REPLACED_BY.name);
        let numbers = typed.split(['；', ';', '、']).map(str::trim).filter(|number| !number.is_empty());
        numbers.filter_map(|number| self.number(number)).collect()
    }

    fn basis(&mut self) -> Basis {
        let typed = self.cell(BASIS.name);
        let basis = Basis::ALL.into_iter().find(|basis| basis.name() == typed);
        if basis.is_none() && !typed.is_empty() {
            self.fault(format!("“{}”写的是“{typed}”", BASIS.zh), "只能写 verified 或 known，或空着");
        }
        basis.unwrap_or(Basis::Verified)
    }

    /// Notes what contradicts itself.
    fn check(&mut self, standard: &Standard) {
        let Standard { number, nature, in_force, replaced_on, replaced_by, .. } = standard;
        if let Some(other) = Nature::of(number).filter(|other| other != nature) {
            self.fault(
                format!("{number} 按编号是{}标准，性质写的是{}", other.name(), nature.name()),
                "GB 是强制性，GB/T 是推荐性；请核对标准号和性质",
            );
        }
        if let (Some(from), Some(on)) = (in_force, replaced_on)
            && on <= from
        {
            self.fault(format!("废止日期 {on} 不晚于实施日期 {from}"), "请核对这两个日期");
        }
        if !replaced_by.is_empty() && replaced_on.is_none() {
            self.fault(
                "写了被代替，没有写废止日期".to_owned(),
                "废止日期一般就是新标准的实施日期；查不到就把被代替也空着",
            );
        }
        if replaced_by.contains(number) {
            self.fault(format!("{number} 被自己代替"), "请核对“被代替”这一列");
        }
    }
}
