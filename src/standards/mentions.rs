//! Finds standard numbers in Chinese prose, and leaves product models, memory sizes and batch numbers alone.
//!
//! A well-formed find that is no standard does no harm, since no register knows it. A malformed one makes somebody change
//! a text, so it must look like nothing else.

use super::folded::{Folded, is_word};
use super::number::Number;
use super::spelling::{Fault, Spelling};
use std::ops::Range;

/// A standard number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The bytes it takes.
    pub range: Range<usize>,
    /// What stands there.
    pub what: What,
}

/// What stands at a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A number as it should be, dated or not.
    WellFormed(Number),
    /// A number that is badly written.
    Malformed {
        /// The right way to write it.
        suggestion: String,
    },
}

/// Codes of places, associations and enterprises: there are so many that only a number with its year is one of theirs.
const OWNERS: [&str; 3] = ["DB", "T/", "Q/"];

/// All standard numbers of a text, in order. A series (`GB 6675.1～4`) yields one mention for each part, with one range.
pub fn mentions(text: &str) -> Vec<Mention> {
    if !may_hold_one(text) {
        return Vec::new();
    }
    let Folded { signs, offsets } = Folded::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(sign) = signs.get(at) {
        if !sign.is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let spelling = Spelling::at(&signs, at).filter(|spelling| is_meant(spelling, &signs, at));
        let Some(spelling) = spelling else {
            at += signs.iter().skip(at).take_while(|sign| is_word(**sign)).count();
            continue;
        };
        let range =
            offsets.get(at).copied().unwrap_or_default()..offsets.get(spelling.end).copied().unwrap_or(text.len());
        found.extend(what(&spelling).into_iter().map(|what| Mention { range: range.clone(), what }));
        at = spelling.end;
    }
    found
}

/// Most of Chinese prose has no letters, or no digits, and need not be looked at closer.
fn may_hold_one(text: &str) -> bool {
    let letter = |sign: char| sign.is_ascii_alphabetic() || ('Ａ'..='ｚ').contains(&sign);
    let digit = |sign: char| sign.is_ascii_digit() || ('０'..='９').contains(&sign);
    text.contains(letter) && text.contains(digit)
}

fn what(spelling: &Spelling) -> Vec<What> {
    if spelling.is_faulty() {
        return vec![What::Malformed { suggestion: spelling.suggestion() }];
    }
    let number = &spelling.number;
    let first = number.serial().split_once('.').and_then(|(_, part)| part.parse().ok());
    match (first, spelling.last_part) {
        (Some(first), Some(last)) => (first..=last).map(|part: u32| What::WellFormed(number.with_part(part))).collect(),
        _ => vec![What::WellFormed(number.clone())],
    }
}

/// Whether a spelling at a sign is meant as a standard, judged by what stands before it and how much of it there is.
fn is_meant(spelling: &Spelling, signs: &[char], start: usize) -> bool {
    let before = signs.get(..start).unwrap_or_default();
    if before.last().is_some_and(|sign| is_word(*sign) || matches!(sign, '_' | '-' | '/' | '.' | '\\')) {
        return false;
    }
    // “128 GB 512”: an amount of memory, unless a whole number with its year follows.
    let is_amount = before.iter().rev().find(|sign| **sign != ' ').is_some_and(char::is_ascii_digit);
    let number = &spelling.number;
    let is_certain = number.year().is_some() && !spelling.is_faulty();
    if is_certain || is_amount {
        return is_certain;
    }
    let has_year = number.year().is_some();
    if spelling.has(Fault::Gap) && (!has_year || spelling.has(Fault::Tail)) {
        // “GB-100” is a model.
        return false;
    }
    let length = number.serial().split('.').next().unwrap_or_default().len();
    match number.prefix() {
        "GB" => length >= 3,
        "GB/T" | "GB/Z" | "GBZ/T" => has_year || length >= 4 || !spelling.has(Fault::Kind),
        prefix if OWNERS.iter().any(|owner| prefix.starts_with(owner)) => false,
        prefix => prefix.contains('/') && (has_year || !spelling.is_faulty()),
    }
}
