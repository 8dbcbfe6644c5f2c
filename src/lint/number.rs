//! Long numbers as people write them: digits of either width, in one run or in groups with a space, a hyphen or a dot
//! between them; and what is said of such a number around it.
//!
//! A number is a whole: digits that touch a letter, a mask (`138****8000`) or a further group are part of something else.

use super::pattern::{Pattern, pattern};
use super::plain::{Plain, has_digits};
use super::rule::Subject;
use crate::passage::{Kind, Passage};
use std::ops::{Range, RangeInclusive};

/// A number in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Where it stands in the text as written.
    pub range: Range<usize>,
    /// Its digits; the last may be an `X`.
    pub digits: String,
    /// How many digits each group has.
    pub groups: Vec<usize>,
    /// The signs between the groups.
    pub between: String,
    /// Whether no other number stands next to it, but for a space.
    pub alone: bool,
    /// The sign behind it.
    pub next: Option<char>,
}

/// A run of letters, digits and masks.
struct Run {
    range: Range<usize>,
    is_number: bool,
}

/// Numbers of so many digits, from the beginning of a group to the end of one.
pub(super) fn numbers(text: &str, lengths: RangeInclusive<usize>) -> Vec<Number> {
    if !has_digits(text, lengths.start().saturating_sub(1)) {
        return Vec::new();
    }
    let plain = Plain::of(text);
    let runs = runs(plain.text());
    let mut found = Vec::new();
    for first in 0..runs.len() {
        if first > 0 && binds(plain.text(), &runs[first - 1], &runs[first]) {
            continue;
        }
        let mut length = 0;
        for last in first..runs.len() {
            let joined = last == first || gap(plain.text(), &runs[last - 1], &runs[last]).is_some();
            length += runs[last].range.len();
            if !joined || !runs[last].is_number || length > *lengths.end() {
                break;
            }
            let goes_on = last + 1 < runs.len() && binds(plain.text(), &runs[last], &runs[last + 1]);
            if lengths.contains(&length) && !goes_on {
                found.extend(number(&plain, &runs, first..last + 1));
            }
        }
    }
    found
}

fn number(plain: &Plain<'_>, runs: &[Run], within: Range<usize>) -> Option<Number> {
    let (parts, text) = (&runs[within.clone()], plain.text());
    let range = parts.first()?.range.start..parts.last()?.range.end;
    let digits: String = parts.iter().map(|run| &text[run.range.clone()]).collect::<String>().to_ascii_uppercase();
    // An X is the check sign of an identity number: nothing follows it.
    if digits[..digits.len() - 1].contains('X') || is_in_address(&text[..range.start]) {
        return None;
    }
    let is_neighbour = |one: usize, other: usize| {
        let (one, other) = (&runs[one], &runs[other]);
        one.is_number && other.is_number && gap(text, one, other).is_some()
    };
    let before = within.start > 0 && is_neighbour(within.start - 1, within.start);
    let after = within.end < runs.len() && is_neighbour(within.end - 1, within.end);
    Some(Number {
        range: plain.written(&range),
        digits,
        groups: parts.iter().map(|run| run.range.len()).collect(),
        between: parts.windows(2).filter_map(|pair| gap(text, &pair[0], &pair[1])).collect(),
        alone: !before && !after,
        next: text[range.end..].chars().next(),
    })
}

fn runs(text: &str) -> Vec<Run> {
    let joins = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'*';
    let bytes = text.as_bytes();
    let (mut runs, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|byte| !joins(*byte)).map_or(bytes.len(), |length| at + length);
        if end > at {
            runs.push(run(text, at..end));
        }
        at = end + 1;
    }
    runs
}

fn run(text: &str, mut range: Range<usize>) -> Run {
    // “Tel13800138000” is a telephone number, “TK13800138000” is none.
    const NAMES: [&str; 5] = ["tel", "phone", "mobile", "wx", "vx"];
    let written = &text[range.clone()];
    let letters = written.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters < written.len() && NAMES.iter().any(|name| written[..letters].eq_ignore_ascii_case(name)) {
        range.start += letters;
    }
    let digits = &text[range.clone()];
    let bare = digits.strip_suffix(['x', 'X']).unwrap_or(digits);
    Run { is_number: !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()), range }
}

/// The one sign between two runs that may stand inside a number.
fn gap(text: &str, before: &Run, after: &Run) -> Option<char> {
    let mut between = text[before.range.end..after.range.start].chars();
    let sign = between.next().filter(|_| between.next().is_none())?;
    matches!(sign, ' ' | '-' | '.' | '·').then_some(sign)
}

/// Whether two runs are parts of one code: a hyphen or a dot between them, which does not only part two long numbers.
fn binds(text: &str, before: &Run, after: &Run) -> bool {
    let both_long = before.range.len() >= 11 && after.range.len() >= 11;
    match gap(text, before, after) {
        Some('-') => !both_long,
        Some('.') => before.is_number && after.is_number,
        _ => false,
    }
}

/// Whether what follows stands inside an address of the web.
fn is_in_address(before: &str) -> bool {
    let word = before.rsplit(|sign: char| !sign.is_ascii_graphic()).next().unwrap_or_default();
    word.contains("://") || word.contains("www.")
}

/// How a number is called by what stands nearest before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// By a word that was asked for.
    ByName,
    /// As a code of a product, a document or an order.
    Code,
    /// Not at all.
    Nothing,
}

static CODE: Pattern = Pattern::new(|| {
    pattern(
        r"批[号次]|[编序货款票案文]号|型号|规格|条码|条形码|商品码|单号|订单|流水号|序列号|出厂号|证书|报告|许可|备案|编码|代码|追溯码|防伪码|识别码|标识码|校验码|机身码|标准号|生产日期|(?-u:\b(?:SN|S/N|IMEI|ISBN|No)\b)|№",
    )
});

/// How a number at an offset of a passage is called: by the words before it, else by the heads of its column and row or
/// the key of the front matter.
pub(super) fn called(subject: &Subject<'_>, passage: &Passage, start: usize, names: &Pattern) -> Called {
    let about = about(subject, passage, start);
    let last = |words: &Pattern| words.find_iter(&about).last().map(|found| found.end());
    match (last(names), last(&CODE)) {
        (Some(name), code) if code.is_none_or(|code| name >= code) => Called::ByName,
        (_, Some(_)) => Called::Code,
        (_, None) => Called::Nothing,
    }
}

/// What is said of a part of a passage: key or heads, then the words of its sentence before it.
pub(super) fn about(subject: &Subject<'_>, passage: &Passage, start: usize) -> String {
    const FAR: usize = 20;
    let before = passage.text.get(..start).unwrap_or_default();
    let sentence = before.rsplit(['。', '；', '！', '？', ';']).next().unwrap_or_default();
    let skipped = sentence.chars().count().saturating_sub(FAR);
    let mut about = heads(subject, passage);
    about.push(' ');
    about.extend(sentence.chars().skip(skipped));
    about
}

/// The key of the front matter in Chinese, or the heads of row and column of a cell.
pub(super) fn heads(subject: &Subject<'_>, passage: &Passage) -> String {
    if let Kind::Field(keys) = &passage.kind {
        let name = match keys.as_str() {
            "products.batch" => "批号",
            "products.barcode" => "条码",
            "products.model" => "型号",
            "standards" => "标准号",
            _ => "",
        };
        return name.to_owned();
    }
    let heads = subject.study.row(passage).next().into_iter().chain(subject.study.head(passage));
    let heads = heads.map(|head| head.text.as_str()).filter(|head| *head != passage.text);
    heads.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        numbers(text, 11..=12).into_iter().map(|number| text[number.range].to_owned()).collect()
    }

    #[test]
    fn a_number_is_a_whole() {
        assert_eq!(shown("电话13800138000，１３８ 0013 8000。"), ["13800138000", "１３８ 0013 8000"]);
        assert_eq!(shown("1 13800138000 甲"), ["1 13800138000", "13800138000"]);
        assert_eq!(shown("13800138000-13900139000"), ["13800138000", "13900139000"]);
        assert_eq!(shown("Tel13800138000 张_13800138000.jpg"), ["13800138000", "13800138000"]);
        for other in [
            "A13800138000",
            "13800138000B",
            "138001380001234",
            "138****8000",
            "X-13800138000",
            "2024-13800138000",
            "13800138000-01",
            "https://www.example.cn/13800138000",
            "见https://www.example.cn/a?b=13800138000",
            "13800138000.50",
            "138  0013  8000",
        ] {
            assert_eq!(shown(other), [""; 0], "{other}");
        }
    }
}
