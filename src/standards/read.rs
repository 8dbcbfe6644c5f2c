//! Reads a table of standards: the one in the binary and a site's own.

use super::{Basis, Nature, Number, Standard};
use crate::diag::{Code, Outcome};
use crate::sheet::register::{self, Form, Row};
use crate::yaml::Key;

/// The columns, in both spellings, in the order of the bundled table.
pub const COLUMNS: &[Key] = &[NUMBER, TITLE, NATURE, IN_FORCE, REPLACED_BY, REPLACED_ON, NOTE, SOURCE, BASIS];
const NUMBER: Key = Key::new("number", "标准号", "标准号，带年份，例如 GB 811-2022").needed();
const TITLE: Key = Key::new("title", "名称", "标准名称").needed();
const NATURE: Key = Key::new("nature", "性质", "强制性 或 推荐性").needed();
const IN_FORCE: Key = Key::new("in_force", "实施日期", "哪天起实施，例如 2023-07-01；拿不准就空着");
const REPLACED_BY: Key = Key::new("replaced_by", "被代替", "代替它的标准号，几个之间用“；”隔开；没有就空着");
const REPLACED_ON: Key = Key::new("replaced_on", "废止日期", "哪天起不再有效；仍然有效就空着");
const NOTE: Key = Key::new("note", "说明", "看日期时还要知道的事，例如过渡期；可不填");
const SOURCE: Key = Key::new("source", "依据", "这些事实写在哪里，例如国家标准公告的编号").needed();
const BASIS: Key = Key::new("basis", "核实", "verified（已对照依据）或 known（待核实）；可不填");

/// The standards of a table, without the rows that have a fault.
pub(super) fn read(file: &str, text: &str) -> Outcome<Vec<Standard>> {
    let form = Form { file, columns: COLUMNS, code: Code::StandardsTable };
    let entries = register::read(form, text, |row| standard(row).map(|standard| (standard.number.clone(), standard)));
    entries.map(|entries| entries.into_iter().map(|(_, standard)| standard).collect())
}

/// The standard of the row; what is wrong is noted beside it.
fn standard(row: &mut Row<'_>) -> Option<Standard> {
    let number = row.required(NUMBER).and_then(|typed| number(row, &typed));
    let title = row.required(TITLE);
    let nature = row.required(NATURE).and_then(|typed| nature(row, &typed));
    let source = row.required(SOURCE);
    let in_force = row.day(IN_FORCE);
    let replaced_on = row.day(REPLACED_ON);
    let replaced_by = replaced_by(row);
    let basis = basis(row);
    let standard = Standard {
        number: number?,
        title: title?,
        nature: nature?,
        in_force,
        replaced_by,
        replaced_on,
        note: row.cell(NOTE),
        source: source?,
        basis,
    };
    check(row, &standard);
    Some(standard)
}

fn number(row: &mut Row<'_>, typed: &str) -> Option<Number> {
    let number = Number::parse(typed).filter(|number| number.year().is_some());
    if number.is_none() {
        row.fault(format!("“{typed}”不是带年份的标准号"), "照这样写：GB 811-2022、GB/T 28004.2-2021");
    }
    number
}

fn nature(row: &mut Row<'_>, typed: &str) -> Option<Nature> {
    let nature = Nature::ALL.into_iter().find(|nature| nature.name() == typed);
    if nature.is_none() {
        row.fault(format!("性质写的是“{typed}”"), "只能写 强制性 或 推荐性");
    }
    nature
}

fn replaced_by(row: &mut Row<'_>) -> Vec<Number> {
    let typed = row.cell(REPLACED_BY);
    let numbers = typed.split(['；', ';', '、']).map(str::trim).filter(|number| !number.is_empty());
    numbers.filter_map(|typed| number(row, typed)).collect()
}

fn basis(row: &mut Row<'_>) -> Basis {
    let typed = row.cell(BASIS);
    let basis = Basis::ALL.into_iter().find(|basis| basis.name() == typed);
    if basis.is_none() && !typed.is_empty() {
        row.fault(format!("“{}”写的是“{typed}”", BASIS.zh), "只能写 verified 或 known，或空着");
    }
    basis.unwrap_or(Basis::Verified)
}

/// Notes what contradicts itself.
fn check(row: &mut Row<'_>, standard: &Standard) {
    let Standard { number, nature, in_force, replaced_on, replaced_by, .. } = standard;
    if let Some(other) = Nature::of(number).filter(|other| other != nature) {
        row.fault(
            format!("{number} 按编号是{}标准，性质写的是{}", other.name(), nature.name()),
            "GB 是强制性，GB/T 是推荐性；请核对标准号和性质",
        );
    }
    if let (Some(from), Some(on)) = (in_force, replaced_on)
        && on <= from
    {
        row.fault(format!("废止日期 {on} 不晚于实施日期 {from}"), "请核对这两个日期");
    }
    if !replaced_by.is_empty() && replaced_on.is_none() {
        row.fault("写了被代替，没有写废止日期".to_owned(), "废止日期一般就是新标准的实施日期；查不到就把被代替也空着");
    }
    if replaced_by.contains(number) {
        row.fault(format!("{number} 被自己代替"), "请核对“被代替”这一列");
    }
}
