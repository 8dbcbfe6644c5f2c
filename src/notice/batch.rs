//! Batch numbers and dates of production as packages print them, written out one by one, so that a reader can look theirs
//! up.
//!
//! ```text
//! text   = item { sep item }          sep: , ， 、 ; ； or a line break
//! item   = code [ til code ]          til: ~ ～ 〜 至 到 —— — –, and “-” between two whole dates
//!        | code { "/" tail }          tail: what takes the place of the end of the first code
//! code   = date | signs               signs: ASCII letters and digits, and - . _ # + : between them
//! date   = 2024-03-15 | 2024.3.15 | 2024/3/15 | 2024年3月15日 | 2024年3月
//! ```
//!
//! Full-width signs are half-width, small letters are capitals, spaces beside punctuation do not count. A whole date
//! becomes eight digits. `2024/03/A` begins with a year and a month and is one code. A range counts the last digits
//! (`A01～A05`, `A01～05`), the days (`20240101-20240131`), the months (`202401～202403`) or a last letter (`N01-A～C`) and
//! keeps the width; a tail takes the place of as much of the end as it has signs of the same kind (`C14-P6/P7`,
//! `L02-01/02/03`, `A01/B12`). What could be read in two ways is an error: nobody must find too little.

use crate::moment::Day;
use std::collections::BTreeSet;

/// The most codes that one text may stand for.
pub const MOST: usize = 1000;

/// Why a text cannot be written out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// Nothing stands there, or between two separators, or on one side of a range.
    #[error("“{0}”缺了一半，或者多了分隔号")]
    Empty(String),
    /// Words instead of a code.
    #[error("“{0}”是一句话，不是批号或日期")]
    Prose(String),
    /// A sign that no code has.
    #[error("“{0}”里有批号不用的符号“{1}”")]
    Sign(String, char),
    /// A space inside a code: one code or two?
    #[error("“{0}”中间有空格，看不出是一个批号还是两个")]
    Space(String),
    /// Two codes of one form with a hyphen between them: one code or a range?
    #[error("“{0}”看不出是一个批号还是一段批号")]
    Hyphen(String),
    /// The ends of a range do not match, or run backwards.
    #[error("“{0}”首尾对不上，数不出中间有哪些")]
    Range(String),
    /// A tail whose place is not clear.
    #[error("“{0}”里斜线后面接在哪里，看不出来")]
    Tail(String),
    /// More than [`MOST`] codes.
    #[error("“{0}”超过 {MOST} 个")]
    TooMany(String),
}

impl BatchError {
    /// How to write it instead.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty(_) => "请补上，或删去多出来的分隔号；几个批号之间用逗号隔开",
            Self::Prose(_) => {
                "请写批号或日期本身，例如 20240101～20240131、A01～A05、C14-P6/P7；说不清的留空，在正文里说明"
            }
            Self::Sign(..) => "批号只写字母、数字和横线、点；别的话写在正文里",
            Self::Space(_) => "是两个批号的，中间写逗号；是一个批号的，去掉空格",
            Self::Hyphen(_) => "是一段的，中间写“～”，例如 2401～2405；是一个批号的，在例外里说明",
            Self::Range(_) => "请把首尾写成一样的形式，从小到大，例如 A01～A05、20240101～20240131",
            Self::Tail(_) => "请把每个批号写全，中间写逗号，例如 C14-P6,C14-P7",
            Self::TooMany(_) => "请分开写成几段；整年、全部批号的，在正文里说明，这里留空",
        }
    }
}

/// Writes out every code of a text, in order, each once.
///
/// # Errors
/// The text cannot be read as codes, or in more than one way.
pub fn expand(text: &str) -> Result<Vec<String>, BatchError> {
    let mut codes = Vec::new();
    let mut seen = BTreeSet::new();
    for item in text.trim().split(|sign| matches!(fold(sign), ',' | ';' | '\n')) {
        // What is wrong is shown as it was typed.
        let shown = if item.trim().is_empty() { text.trim() } else { item.trim() };
        for code in read_item(&item.chars().map(fold).collect::<String>(), shown)? {
            if seen.insert(code.clone()) {
                codes.push(code);
            }
        }
        if codes.len() > MOST {
            return Err(BatchError::TooMany(text.trim().to_owned()));
        }
    }
    Ok(codes)
}

/// One sign for all that look alike.
fn fold(sign: char) -> char {
    let half = match sign {
        '，' | '、' => ',',
        '；' => ';',
        '\u{3000}' | '\u{A0}' | '\t' => ' ',
        '〜' | '～' | '—' | '–' | '―' | '至' | '到' => '~',
        '‐' | '‑' | '−' | '－' | '﹣' => '-',
        '！'..='～' => char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign),
        _ => sign,
    };
    half.to_ascii_uppercase()
}

fn read_item(plain: &str, item: &str) -> Result<Vec<String>, BatchError> {
    // “——” is one sign.
    let ends: Vec<&str> = plain.split('~').map(str::trim).collect();
    match ends[..] {
        [one] => single(one, item),
        [first, last] | [first, "", last] => range(&code(first, item)?, &code(last, item)?, item),
        _ => Err(BatchError::Range(item.to_owned())),
    }
}

/// A code, a list of tails, or two dates with a hyphen between them.
fn single(text: &str, item: &str) -> Result<Vec<String>, BatchError> {
    if let Some((first, last)) = hyphenated(text) {
        return match (date(first), date(last)) {
            (Some(first), Some(last)) => range(&first, &last, item),
            _ => Err(BatchError::Hyphen(item.to_owned())),
        };
    }
    if date(text).is_some() || begins_with_month(text) {
        return code(&text.replace('/', "-"), item).map(|code| vec![code]);
    }
    let mut parts = text.split('/').map(str::trim);
    let first = code(parts.next().unwrap_or_default(), item)?;
    let mut codes = vec![first.clone()];
    for part in parts {
        let joined = tail(&first, &code(part, item)?).ok_or_else(|| BatchError::Tail(item.to_owned()))?;
        codes.push(joined);
    }
    settled(codes).ok_or_else(|| BatchError::Tail(item.to_owned()))
}

/// What was put together must not read as something else.
fn settled(codes: Vec<String>) -> Option<Vec<String>> {
    codes.iter().all(|code| hyphenated(code).is_none()).then_some(codes)
}

/// The two sides of a hyphen that may mean a range: whole dates, or rising numbers of one width.
fn hyphenated(text: &str) -> Option<(&str, &str)> {
    let is_number = |side: &str| side.len() > 1 && side.bytes().all(|byte| byte.is_ascii_digit());
    text.match_indices('-').map(|(at, _)| (text[..at].trim(), text[at + 1..].trim())).find(|(first, last)| {
        let dates = date(first).is_some() && date(last).is_some();
        dates || (is_number(first) && is_number(last) && first.len() == last.len() && first < last)
    })
}

/// `2024/03/A`: a year, a month, and something.
fn begins_with_month(text: &str) -> bool {
    let mut parts = text.split('/').map(str::trim);
    let year = parts.next().is_some_and(|year| year.len() == 4 && is_year(year));
    year && parts.next().is_some_and(|month| month.parse().is_ok_and(|month: u32| (1..=12).contains(&month)))
}

fn is_year(text: &str) -> bool {
    text.parse().is_ok_and(|year: u32| (1990..2100).contains(&year))
}

/// A code in its one form.
fn code(text: &str, item: &str) -> Result<String, BatchError> {
    if let Some(date) = date(text) {
        return Ok(date);
    }
    let text = tight(text);
    let wrong = text.chars().find(|sign| !sign.is_ascii_alphanumeric() && !"-._#+:".contains(*sign));
    match wrong {
        Some(' ') => Err(BatchError::Space(item.to_owned())),
        Some(sign) if sign.is_alphanumeric() => Err(BatchError::Prose(item.to_owned())),
        Some(sign) => Err(BatchError::Sign(item.to_owned(), sign)),
        None => {
            let is_whole = text.starts_with(|sign: char| sign.is_ascii_alphanumeric() || sign == '#')
                && text.ends_with(|sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '#' | '+'));
            if is_whole { Ok(text) } else { Err(BatchError::Empty(item.to_owned())) }
        }
    }
}

/// Without the spaces beside punctuation.
fn tight(text: &str) -> String {
    let mut kept = String::new();
    let mut signs = text.trim().chars().peekable();
    while let Some(sign) = signs.next() {
        let beside = |other: char| other == ' ' || (other.is_ascii_punctuation());
        if sign != ' ' || !(kept.ends_with(beside) || signs.peek().is_some_and(|next| beside(*next))) {
            kept.push(sign);
        }
    }
    kept
}

/// A whole date as eight digits, a month in words as six.
fn date(text: &str) -> Option<String> {
    let text = tight(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits(&text) {
        let spaced = (text.len() == 8).then(|| format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))?;
        return day(&spaced).map(|_| text);
    }
    if let Some((year, month)) = text.strip_suffix('月').and_then(|text| text.split_once('年')) {
        let month = month.parse().ok().filter(|month: &u32| (1..=12).contains(month))?;
        return is_year(year).then(|| format!("{year}{month:02}"));
    }
    let marks: Vec<char> = text.chars().filter(|sign| !sign.is_ascii_digit()).collect();
    let is_date = matches!(marks[..], ['-', '-'] | ['.', '.'] | ['/', '/'] | ['年', '月', '日']);
    let typed = is_date.then(|| day(&text)).flatten()?;
    Some(typed.to_string().replace('-', ""))
}

/// A day with its year in four digits.
fn day(text: &str) -> Option<Day> {
    let has_year = text.get(..4).is_some_and(is_year)
        && !text.get(4..5).is_some_and(|sign| sign.bytes().all(|byte| byte.is_ascii_digit()));
    has_year.then(|| Day::guess(text)).flatten()
}

/// A code in three: what stands before the last digits, those, and what follows.
fn split_digits(code: &str) -> (&str, &str, &str) {
    let end = code.rfind(|sign: char| sign.is_ascii_digit()).map_or(0, |at| at + 1);
    let start = code[..end].rfind(|sign: char| !sign.is_ascii_digit()).map_or(0, |at| at + 1);
    (&code[..start], &code[start..end], &code[end..])
}

/// Every code from the first to the last.
fn range(first: &str, last: &str, item: &str) -> Result<Vec<String>, BatchError> {
    let wrong = || BatchError::Range(item.to_owned());
    let many = || BatchError::TooMany(item.to_owned());
    if let (Some(from), Some(to)) = (stamp(first), stamp(last)) {
        return days(&from, &to)
            .ok_or_else(wrong)
            .and_then(|days| if days.len() > MOST { Err(many()) } else { Ok(days) });
    }
    if let Some(letters) = letters(first, last).and_then(settled) {
        return Ok(letters);
    }
    let (head, from, end) = split_digits(first);
    let (other_head, to, other_end) = split_digits(last);
    let same_ends = end == other_end && head.ends_with(other_head) && !from.is_empty() && !to.is_empty();
    // “A0198～203” counts on from A0198.
    let to = if to.len() < from.len() { format!("{}{to}", &from[..from.len() - to.len()]) } else { to.to_owned() };
    let widens = to.len() > from.len() && (from.starts_with('0') || to.starts_with('0'));
    let (Ok(low), Ok(high)) = (from.parse::<u64>(), to.parse::<u64>()) else { return Err(wrong()) };
    if !same_ends || widens || low >= high {
        return Err(wrong());
    }
    if high - low >= MOST as u64 {
        return Err(many());
    }
    let width = from.len();
    settled((low..=high).map(|number| format!("{head}{number:0width$}{end}")).collect()).ok_or_else(wrong)
}

/// A date or a month that a range can count: eight digits, or six that are a year and a month.
fn stamp(code: &str) -> Option<String> {
    let is_month = code.len() == 6
        && is_year(code.get(..4)?)
        && code.get(4..)?.parse().is_ok_and(|month: u32| (1..=12).contains(&month));
    (is_month || (code.len() == 8 && date(code).is_some())).then(|| code.to_owned())
}

/// Every day, or every month, from one to another; at most one more than [`MOST`].
fn days(from: &str, to: &str) -> Option<Vec<String>> {
    if from.len() != to.len() || from >= to {
        return None;
    }
    let first: u32 = from.parse().ok()?;
    let last: u32 = to.parse().ok()?;
    let is_one = |number: &u32| match from.len() {
        8 => date(&number.to_string()).is_some(),
        _ => (1..=12).contains(&(number % 100)),
    };
    Some((first..=last).filter(is_one).take(MOST + 1).map(|number| number.to_string()).collect())
}

/// `N01-A～C`: from a last letter to another.
fn letters(first: &str, last: &str) -> Option<Vec<String>> {
    let (head, from) = first.split_at(first.len().checked_sub(1)?);
    let (other_head, to) = last.split_at(last.len().checked_sub(1)?);
    let (from, to) = (from.chars().next()?, to.chars().next()?);
    let alone = !head.ends_with(|sign: char| sign.is_ascii_alphabetic()) && head.ends_with(other_head);
    let fits = alone && from.is_ascii_uppercase() && to.is_ascii_uppercase() && from < to;
    fits.then(|| (from..=to).map(|letter| format!("{head}{letter}")).collect())
}

/// The kind of each sign: a letter, a digit, or itself.
fn shape(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '0'..='9' => '0',
            'A'..='Z' => 'A',
            _ => sign,
        })
        .collect()
}

/// A shape in which each run of digits is one sign.
fn runs(text: &str) -> String {
    let mut runs = shape(text);
    while runs.contains("00") {
        runs = runs.replace("00", "0");
    }
    runs
}

/// The code that a tail stands for beside the first code of its list; none where that is not clear.
fn tail(first: &str, tail: &str) -> Option<String> {
    let is_break = |sign: char| !sign.is_ascii_alphanumeric();
    // A code of its own: as long, of the same form.
    if runs(first) == runs(tail) && first.matches(is_break).count() == tail.matches(is_break).count() {
        let (head, from, _) = split_digits(first);
        let is_short = head.is_empty() && from.len() > tail.len();
        return if is_short { shortened(first, tail) } else { Some(tail.to_owned()) };
    }
    // The end of the first code, from one of its breaks on.
    let breaks = first.match_indices(is_break).map(|(at, sign)| at + sign.len());
    let place = breaks.filter(|at| runs(&first[*at..]) == runs(tail)).last();
    if let Some(at) = place {
        let replaced = &first[at..];
        let is_short = shape(tail).chars().all(|sign| sign == '0') && replaced.len() > tail.len();
        return if is_short { shortened(first, tail) } else { Some(format!("{}{tail}", &first[..at])) };
    }
    // A code that is longer than the first is no end of it.
    if tail.len() > first.len() || (tail.len() == first.len() && !first.contains(is_break)) {
        return Some(tail.to_owned());
    }
    shortened(first, tail)
}

/// The first code with its last signs replaced by as many others of the same kind. A few digits at the end of many could
/// be meant by themselves.
fn shortened(first: &str, tail: &str) -> Option<String> {
    let at = first.len().checked_sub(tail.len())?;
    let replaced = first.get(at..)?;
    let (_, digits, end) = split_digits(first);
    let is_number = shape(tail).chars().all(|sign| sign == '0');
    let whole = end.is_empty() && digits.len() == tail.len();
    let clear = !is_number || whole || (tail.len() >= 2 && digits.len() >= 4);
    // A run of letters is replaced whole.
    let cut = shape(&first[..at]).ends_with('A') && shape(tail).starts_with('A');
    (shape(replaced) == shape(tail) && clear && !cut).then(|| format!("{}{tail}", &first[..at]))
}

#[cfg(test)]
mod tests;
