//! Standards that a notice cites, as the rules about them need them: which citations count, what has become of a standard
//! on a day, and whether the notice itself speaks of the change.

use super::rule::Subject;
use crate::moment::Day;
use crate::passage::{Kind, Passage};
use crate::standards::{Basis, Mention, Number, Register, Standard, State, What, mentions};
use std::borrow::Cow;
use std::ops::Range;

/// Words that speak of a former edition wherever they stand in a passage.
const CHANGE: &[&str] = &[
    "代替",
    "替代",
    "取代",
    "旧标准",
    "旧版",
    "旧国标",
    "老标准",
    "老国标",
    "原标准",
    "原国标",
    "废止",
    "作废",
    "过渡期",
    "修订前",
    "新旧",
];
/// Words that do so only in the sentence of the number.
const CHANGE_NEAR: &[&str] = &["不再", "失效", "当时", "以前", "此前", "之前", "改为", "转为", "已停用", "升级为"];
/// Words that say that a standard is still to come.
const COMING: &[&str] =
    &["将于", "将自", "即将", "尚未", "还没", "未实施", "过渡期", "起实施", "起施行", "起执行", "日实施"];
const COMING_NEAR: &[&str] = &["实施", "施行", "生效"];

/// The standard numbers that a notice cites. Models, batches and what exceptions quote are no citations.
pub(super) fn citations<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a Passage, &'a Mention)> {
    let study = subject.study;
    let cited = study.citations.iter().filter_map(|citation| Some((study.passages.get(citation.passage)?, citation)));
    cited.filter(|(passage, _)| is_read(passage)).map(|(passage, citation)| (passage, &citation.mention))
}

/// The well-formed numbers that are cited, each with its place. What a correction says of the text before is not the
/// text.
pub(super) fn numbers<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a Passage, &'a Range<usize>, &'a Number)> {
    citations(subject).filter(|(passage, _)| !is_about_change(passage)).filter_map(|(passage, mention)| match &mention
        .what
    {
        What::WellFormed(number) => Some((passage, &mention.range, number)),
        What::Malformed { .. } => None,
    })
}

fn is_read(passage: &Passage) -> bool {
    match &passage.kind {
        Kind::Code | Kind::FileName => false,
        Kind::Field(keys) => {
            !matches!(keys.as_str(), "id" | "related")
                && !["products.", "exceptions.", "origin.", "image.file", "findings.file", "attachments.file"]
                    .iter()
                    .any(|other| keys.starts_with(other))
        }
        _ => true,
    }
}

fn is_about_change(passage: &Passage) -> bool {
    passage.field().is_some_and(|keys| keys.starts_with("change."))
}

/// The edition that a number names, also where it was renumbered as recommended or mandatory since: `GB 5296.5-2006` is
/// `GB/T 5296.5-2006`.
pub(super) fn edition<'a>(register: &'a Register, number: &'a Number) -> Option<&'a Standard> {
    number.year()?;
    register.find(number).or_else(|| register.editions(number).find(|standard| standard.number.year() == number.year()))
}

/// Whether the register has anything to say of a number: itself, another edition, or a part of it.
pub(super) fn is_known(register: &Register, number: &Number) -> bool {
    register.standards().any(|standard| {
        standard.number.is_edition_of(number)
            || is_part(&standard.number, number)
            || standard.replaced_by.iter().any(|by| by.is_edition_of(number))
    })
}

/// `GB 6675.1` is a part of `GB 6675`.
fn is_part(part: &Number, whole: &Number) -> bool {
    part.serial().strip_prefix(whole.serial()).is_some_and(|rest| rest.starts_with('.'))
        && part.prefix().split('/').next() == whole.prefix().split('/').next()
}

/// What took the place of a standard.
#[derive(Debug, Clone)]
pub(super) struct Succession<'a> {
    /// The first day on which it no longer held, where it is known.
    pub since: Option<Day>,
    /// What took its place, if anything.
    pub by: Vec<&'a Number>,
    /// The row from which this is known.
    pub row: &'a Standard,
}

/// What has taken the place of a cited standard on a day; none for one that holds, or of which nothing is known.
pub(super) fn succession<'a>(register: &'a Register, number: &'a Number, day: Day) -> Option<Succession<'a>> {
    let replaced = |row: &'a Standard| match row.state_on(day) {
        State::Replaced { on, by } => Some(Succession { since: Some(on), by: by.iter().collect(), row }),
        _ => None,
    };
    let Some(year) = number.year() else {
        // Without a year it is out of date only where every edition is; a number that was split into parts still names
        // the series.
        let mut newest = None;
        for row in register.editions(number).filter(|row| row.number.prefix() == number.prefix()) {
            newest = Some(replaced(row)?);
        }
        return newest.filter(|found| !found.by.iter().any(|by| is_part(by, number)));
    };
    if let Some(row) = edition(register, number) {
        return replaced(row);
    }
    // An edition that nobody registered is out of date where a later one is in force.
    let later = register.editions(number).filter(|row| row.number.year() > Some(year));
    let row = later.filter(|row| row.state_on(day) == State::InForce).last()?;
    Some(Succession { since: row.in_force, by: vec![&row.number], row })
}

/// Whether nothing is known of the edition itself, only of a later one.
pub(super) fn is_later_edition(number: &Number, succession: &Succession<'_>) -> bool {
    number.year() < succession.row.number.year() && number.is_edition_of(&succession.row.number)
}

/// The day on which a cited standard comes into force, if it is not yet.
pub(super) fn coming<'a>(register: &'a Register, number: &'a Number, day: Day) -> Option<(Day, &'a Standard)> {
    let starts = |row: &'a Standard| match row.state_on(day) {
        State::NotYet(from) => Some((from, row)),
        _ => None,
    };
    if number.year().is_some() {
        return register.find(number).and_then(starts);
    }
    let mut first = None;
    for row in register.editions(number).filter(|row| row.number.prefix() == number.prefix()) {
        let start = starts(row)?;
        first = first.or(Some(start));
    }
    first
}

/// Whether the notice itself says that a number is that of a former edition: by words, or by naming what came after it
/// beside it.
pub(super) fn tells_of_change(subject: &Subject<'_>, number: &Number, succession: &Succession<'_>) -> bool {
    let names_successor = |context: &str| {
        mentions(context).iter().any(|mention| match &mention.what {
            What::WellFormed(other) => {
                (other.is_edition_of(number) && other.year() != number.year() && other.year().is_some())
                    || succession.by.iter().any(|by| by.is_edition_of(other) && !by.is_edition_of(number))
            }
            What::Malformed { .. } => false,
        })
    };
    said(subject, number, (CHANGE, CHANGE_NEAR), &names_successor)
}

/// Whether the notice itself says that a standard is still to come.
pub(super) fn tells_of_coming(subject: &Subject<'_>, number: &Number) -> bool {
    said(subject, number, (COMING, COMING_NEAR), &|_| false)
}

/// Whether any passage that cites a number says one of the words, or passes a test.
fn said(
    subject: &Subject<'_>,
    number: &Number,
    (anywhere, near): (&[&str], &[&str]),
    test: &dyn Fn(&str) -> bool,
) -> bool {
    let says = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    // A passage, or a sentence, that cites a number again says no more of it.
    let mut last: Option<(&Passage, &str)> = None;
    numbers(subject).filter(|(.., other)| *other == number).any(|(passage, range, _)| {
        let sentence = sentence(&passage.text, range);
        let before = last.replace((passage, sentence));
        let is_new = before.is_none_or(|(last, _)| !std::ptr::eq(last, passage));
        let goes_on = before.is_some_and(|(_, last)| std::ptr::eq(last, sentence));
        let in_context = || {
            let context = context(subject, passage);
            says(&context, anywhere) || test(&context)
        };
        (!goes_on && says(sentence, near)) || (is_new && in_context())
    })
}

/// The text in which a passage is read: a cell with its row and the head of its column, anything else by itself.
fn context<'a>(subject: &Subject<'a>, passage: &'a Passage) -> Cow<'a, str> {
    if passage.kind.cell().is_none() {
        return Cow::Borrowed(&passage.text);
    }
    let parts = subject.study.head(passage).into_iter().chain(subject.study.row(passage));
    Cow::Owned(parts.map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n"))
}

/// The sentence around a part of a text.
fn sentence<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    let ends = |sign: char| matches!(sign, '。' | '！' | '？' | '；' | '\n');
    let start =
        text[..range.start].rfind(ends).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[range.end..].find(ends).map_or(text.len(), |at| range.end + at);
    &text[start..end]
}

/// What a reader of a finding must know of the row behind it.
pub(super) fn grounds(row: &Standard) -> String {
    let note = if row.note.is_empty() { String::new() } else { format!("；{}", row.note) };
    match row.basis {
        Basis::Verified => format!("依据：{}{note}", row.source),
        Basis::Known => format!("依据：{}（登记表注明待核实，请先查标准文本）{note}", row.source),
    }
}

/// Numbers in a sentence.
pub(super) fn listed(numbers: &[&Number]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}
