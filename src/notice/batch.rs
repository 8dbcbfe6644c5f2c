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
//! Full-width signs are half-width, small letters are capitals, `Ⅱ` is `II`; spaces beside punctuation and after letters
//! alone (`LOT 2405`) do not count. A whole date becomes eight digits. `2024/03/A` begins with a year and a month and is
//! one code. A range counts the last digits (`A01～A05`, `A01～05`), the days (`20240101-20240131`), the months
//! (`202401～202403`) or a last letter (`N01-A～C`) and keeps the width; a tail takes the place of as much of the end as it
//! has signs of the same kind (`C14-P6/P7`, `L02-01/02/03`, `A01/B12`). What could be read in two ways is an error: nobody
//! must find too little.

mod date;
mod tail;

use date::{begins_with_month, date, days, stamp};
use std::collections::BTreeSet;
use tail::tail;

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
        for code in read_item(&folded(item), shown)? {
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

/// A text with one sign for all that look alike, and Roman numerals as letters.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for sign in text.chars() {
        let index = u32::from(sign).wrapping_sub(u32::from('Ⅰ')) as usize;
        match ROMAN.get(index) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(fold(sign)),
        }
    }
    folded
}

/// `Ⅰ` to `Ⅻ`.
const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

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

/// Without the spaces beside punctuation, and those after a word of letters alone: `LOT 2405-03`. After digits a space
/// may stand between two codes.
fn tight(text: &str) -> String {
    let mut kept = String::new();
    let mut signs = text.trim().chars().peekable();
    while let Some(sign) = signs.next() {
        let beside = |other: char| other == ' ' || other.is_ascii_punctuation();
        let word = kept.rsplit(|sign: char| !sign.is_ascii_alphanumeric()).next().unwrap_or_default();
        let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if sign != ' ' || !(is_word || kept.ends_with(beside) || signs.peek().is_some_and(|next| beside(*next))) {
            kept.push(sign);
        }
    }
    kept
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

/// `N01-A～C`: from a last letter to another.
fn letters(first: &str, last: &str) -> Option<Vec<String>> {
    let (head, from) = first.split_at(first.len().checked_sub(1)?);
    let (other_head, to) = last.split_at(last.len().checked_sub(1)?);
    let (from, to) = (from.chars().next()?, to.chars().next()?);
    let alone = !head.ends_with(|sign: char| sign.is_ascii_alphabetic()) && head.ends_with(other_head);
    let fits = alone && from.is_ascii_uppercase() && to.is_ascii_uppercase() && from < to;
    fits.then(|| (from..=to).map(|letter| format!("{head}{letter}")).collect())
}

#[cfg(test)]
mod tests;
