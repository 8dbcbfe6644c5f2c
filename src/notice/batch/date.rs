//! Dates and months among batch numbers, and what lies between two of them.

use super::{MOST, tight};
use crate::moment::Day;

/// `2024/03/A`: a year, a month, and something.
pub(super) fn begins_with_month(text: &str) -> bool {
    let mut parts = text.split('/').map(str::trim);
    let year = parts.next().is_some_and(|year| year.len() == 4 && is_year(year));
    year && parts.next().is_some_and(|month| month.parse().is_ok_and(|month: u32| (1..=12).contains(&month)))
}

fn is_year(text: &str) -> bool {
    text.parse().is_ok_and(|year: u32| (1990..2100).contains(&year))
}

/// A whole date as eight digits, a month in words as six.
pub(super) fn date(text: &str) -> Option<String> {
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

/// A date or a month that a range can count: eight digits, or six that are a year and a month.
pub(super) fn stamp(code: &str) -> Option<String> {
    let is_month = code.len() == 6
        && is_year(code.get(..4)?)
        && code.get(4..)?.parse().is_ok_and(|month: u32| (1..=12).contains(&month));
    (is_month || (code.len() == 8 && date(code).is_some())).then(|| code.to_owned())
}

/// Every day, or every month, from one to another; at most one more than [`MOST`].
pub(super) fn days(from: &str, to: &str) -> Option<Vec<String>> {
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
