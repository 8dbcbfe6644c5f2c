//! Who issued an official document, when, and under which number, where such documents say so.

use super::document::Block;
use super::official::{HEAD, Marks, has_image, line};
use crate::moment::Day;

/// The most characters of the name of a body.
pub(super) const BODY: usize = 30;
/// With what the name of an issuing body ends.
const BODIES: &[&str] = &["局", "委员会", "办公室", "中心", "政府", "研究院", "协会", "大队", "厅", "所", "部", "办"];

/// `原市监发〔2024〕41号`, in any brackets.
pub(super) fn take_number(blocks: &mut Vec<Block>) -> Option<String> {
    let at = blocks.iter().take(HEAD).position(|block| line(block).is_some_and(|line| number(&line).is_some()))?;
    number(&line(&blocks.remove(at))?)
}

fn number(line: &str) -> Option<String> {
    let line = line.split("签发人").next()?.trim();
    let (before, rest) = line.split_once(['〔', '[', '［', '（', '(', '【'])?;
    let (year, rest) = rest.split_once(['〕', ']', '］', '）', ')', '】'])?;
    let digits = rest.trim().trim_start_matches('第').strip_suffix('号')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = year.len() == 4 && is_number(year) && is_number(digits.trim()) && before.chars().count() <= BODY;
    fits.then(|| line.to_owned())
}

pub(super) fn is_body(name: &str) -> bool {
    let name = name.trim_end_matches("（示例）");
    let plain = !name.contains(['。', '，', '；', '：', '！', '？', ',', ';']);
    plain && (4..=BODY).contains(&name.chars().count()) && BODIES.iter().any(|end| name.ends_with(end))
}

/// The issuing body and the date, on two lines, or as two lines of one paragraph; the date alone under the title.
pub(super) fn take_signature(blocks: &mut Vec<Block>, after_title: usize, marks: &mut Marks) {
    let below = blocks.get(after_title).and_then(line).unwrap_or_default();
    if let Some(day) = day(below.trim_matches(['（', '）', '(', ')'])) {
        marks.date = Some(day);
        blocks.remove(after_title);
    }
    let Some(at) = blocks.iter().rposition(|block| signed(block).is_some()) else { return };
    let Some((name, day)) = signed(&blocks[at]) else { return };
    marks.date = Some(day);
    marks.issuing_body = name;
    blocks.remove(at);
    let empty = |block: &Block| line(block).is_some_and(|line| line.is_empty()) && !has_image(block);
    let above = blocks[..at].iter().rposition(|block| !empty(block));
    if let Some(above) = above.filter(|_| marks.issuing_body.is_none())
        && let Some(name) = line(&blocks[above]).map(|line| line.split_whitespace().collect::<String>())
        && is_body(&name)
    {
        marks.issuing_body = Some(name);
        blocks.remove(above);
    }
}

/// The day of a paragraph that says nothing else but perhaps who issued it.
fn signed(block: &Block) -> Option<(Option<String>, Day)> {
    let line = line(block)?;
    match line.lines().map(|line| line.split_whitespace().collect::<String>()).collect::<Vec<_>>().as_slice() {
        [date] => Some((None, day(date)?)),
        [name, date] if is_body(name) => Some((Some(name.clone()), day(date)?)),
        _ => None,
    }
}

/// `2026年3月5日` or `二〇二六年三月五日`, and nothing else.
pub(super) fn day(line: &str) -> Option<Day> {
    let line: String = line.split_whitespace().collect();
    let line = line.strip_suffix('日').filter(|line| line.contains('年') && line.contains('月'))?;
    let mut parts = line.split(['年', '月']).map(digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year < 1900 {
        return None;
    }
    Day::parse(&format!("{year}-{month:02}-{day:02}"))
}

/// A number in digits, digit by digit in Chinese (`二〇二六`), or counted in Chinese (`二十一`).
fn digits(text: &str) -> Option<u32> {
    let digit = |sign: char| match sign {
        '0' | 'O' | '○' | '零' => Some(0),
        _ => sign.to_digit(10).or_else(|| {
            (0..10)
                .find(|value| super::numbering::chinese(*value).starts_with(sign))
                .and_then(|value| u32::try_from(value).ok())
        }),
    };
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digits(tens)? };
            Some(tens.checked_mul(10)? + if ones.is_empty() { 0 } else { digits(ones)? })
        }
        None if text.is_empty() || text.chars().count() > 4 => None,
        None => text.chars().try_fold(0_u32, |number, sign| Some(number * 10 + digit(sign)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_documents_are_known_in_any_brackets() {
        for line in ["原市监发〔2024〕41号", "某市监函[2026]第3号", "某市监发（2026）12号　　签发人：某某"]
        {
            assert!(number(line).is_some(), "{line}");
        }
        for line in ["国办发〔2017〕47号文件要求", "第12号", "〔2024〕号", "某〔24〕1号"] {
            assert_eq!(number(line), None, "{line}");
        }
    }

    #[test]
    fn days_are_read_as_they_are_signed() {
        for line in ["2026年3月5日", "2026 年 3 月 5 日", "二〇二六年三月五日", "二○二六年三月五日"]
        {
            assert_eq!(day(line).map(|day| day.to_string()).as_deref(), Some("2026-03-05"), "{line}");
        }
        assert_eq!(day("二〇二六年十二月二十一日").map(|day| day.to_string()).as_deref(), Some("2026-12-21"));
        for line in ["2026年3月", "3月5日", "2026年13月5日", "自2026年3月5日", "2026年3月5日起"] {
            assert_eq!(day(line), None, "{line}");
        }
    }
}
