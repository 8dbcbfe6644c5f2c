//! Reads a table of holidays: the one in the binary and a site's own.

use super::{Calendar, Entry, Kind};
use crate::diag::{Code, Outcome};
use crate::moment::Day;
use crate::sheet::register::{self, Form, Row};
use crate::yaml::Key;

/// The columns, in both spellings, in the order of the bundled table.
pub const COLUMNS: &[Key] = &[DAY, KIND, NAME, SOURCE];
const DAY: Key = Key::new("day", "日期", "哪一天，一天一行，例如 2026-10-01").needed();
const KIND: Key = Key::new("kind", "休班", "休（放假）或 班（周末上班）").needed();
const NAME: Key = Key::new("name", "名称", "是哪个节，例如 国庆节").needed();
const SOURCE: Key = Key::new("source", "依据", "放假通知的文号，例如 国办发明电〔2025〕7号").needed();

/// The days of a table that is laid over another one, without the rows that have a fault.
pub(super) fn read(file: &str, text: &str, below: &Calendar) -> Outcome<Vec<(Day, Entry)>> {
    let form = Form { file, columns: COLUMNS, code: Code::HolidaysTable };
    register::read(form, text, |row| {
        let day = row.required(DAY).and_then(|_| row.day(DAY));
        let kind = row.required(KIND).and_then(|typed| kind(row, &typed));
        let (name, source) = (row.required(NAME), row.required(SOURCE));
        let (day, entry) = (day?, Entry { kind: kind?, name: name?, source: source? });
        check(row, day, &entry, below);
        Some((day, entry))
    })
}

fn kind(row: &mut Row<'_>, typed: &str) -> Option<Kind> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == typed);
    if kind.is_none() {
        row.fault(format!("“{}”写的是“{typed}”", KIND.zh), "只能写 休 或 班");
    }
    kind
}

/// A weekday on which people work anyway is a slip of the pen, unless it takes back a holiday.
fn check(row: &mut Row<'_>, day: Day, entry: &Entry, below: &Calendar) {
    if entry.kind == Kind::Work && !day.is_weekend() && below.find(day).is_none() {
        row.fault(format!("{day} 是{}，本来就上班", day.weekday()), "请核对日期；“班”只用来写调休上班的周六、周日");
    }
}
