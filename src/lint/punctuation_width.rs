//! `punctuation-width`: half-width signs among Chinese characters, full-width ones in numbers and Latin words.

use super::address::Addresses;
use super::punctuation_pair::is_list_number;
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use super::sentence::{full_sentences, is_quoted};
use super::writing::texts;
use crate::diag::Severity;
use crate::passage::{Kind, Passage};
use crate::text::is_cjk;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "punctuation-width",
    title: "标点的全角、半角用错",
    severity: Severity::Warning,
    what: "挨着汉字的半角标点 , ; : ? ! ( ) 和直引号；一边全角一边半角的括号；全角的数字、字母（３Ｃ、１２３）；数里的全角小数点和千分号（3．5、3。5mm、20，000）。网址、代码、标准号、1:1、8:30、dB(A)、1) 这样的序号不算；5：00 不算；products 和表格里型号、批号一类的列、CSV 表格不查。",
    why: "GB/T 15834—2011《标点符号用法》5.1：句号、逗号、分号、冒号等占一个字的位置，括号、引号的两部分各占一个字的位置，也就是全角；混着用，读的人以为是两段不相干的文字，手机查找和朗读软件也会断错。",
    how: "照提示改：汉字旁边用全角标点，数字和字母用半角。",
    check: Check::Notice(check),
    bad: &[Part::Body("抽样 20 批次,6 批次不合格(示例数据)。请查看３Ｃ标志!")],
    good: &[Part::Body(
        "抽样 20 批次，6 批次不合格（示例数据）。比例 1:1，8:30 开始，噪声 85 dB(A)，见 https://cx.cnca.cn 。",
    )],
};

/// A sign that is to be replaced: its first byte, itself, and the right one.
type Slip = (usize, char, char);

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for passage in texts(subject).filter(|passage| !matches!(passage.kind, Kind::CsvCell { .. })) {
        let mut slips = slips(&passage.text);
        let addresses = Addresses::of(&passage.text);
        slips.retain(|(at, ..)| !passage.is_code(*at) && !addresses.contain(*at) && !is_copied(&passage.text, *at));
        slips.sort_unstable();
        report(passage, &slips, findings);
    }
}

/// Whether a sign stands in a quoted model or number, or is itself what is spoken of.
fn is_copied(text: &str, at: usize) -> bool {
    let Some((name, inner)) = text[..at].rsplit_once('“').filter(|_| is_quoted(text, at)) else { return false };
    let named = name.trim_end_matches(['为', '是', ' ', '：']);
    let sign = text[at..].chars().next().map_or(0, char::len_utf8);
    ["型号", "批号", "货号", "规格", "编号", "名称"].iter().any(|word| named.ends_with(word))
        || inner.is_empty() && text[at + sign..].starts_with('”')
}

/// One finding for each sentence.
fn report(passage: &Passage, slips: &[Slip], findings: &mut Findings) {
    if slips.is_empty() {
        return;
    }
    for sentence in full_sentences(&passage.text) {
        let inside: Vec<Slip> = slips.iter().filter(|(at, ..)| sentence.contains(at)).copied().collect();
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { continue };
        let message = match inside.as_slice() {
            [(_, wrong, right)] => format!("这里的“{wrong}”应当用“{right}”"),
            _ => format!("这句话里有 {} 处全角、半角用错", inside.len()),
        };
        let hint = format!("改为“{}”", mended(&passage.text, &inside));
        findings.mark(passage, first.0..last.0 + last.1.len_utf8(), message).hint(hint);
    }
}

/// The words around the slips, mended.
fn mended(text: &str, slips: &[Slip]) -> String {
    const AROUND: usize = 6;
    let (Some(first), Some(last)) = (slips.first(), slips.last()) else { return String::new() };
    let start = text[..first.0].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = text[last.0..].char_indices().nth(AROUND + 1).map_or(text.len(), |(at, _)| last.0 + at);
    let right = |(at, sign): (usize, char)| {
        let slip = slips.iter().find(|(wrong, ..)| *wrong == start + at);
        slip.map_or(sign, |(.., right)| *right)
    };
    let words: String = text[start..end].char_indices().map(right).collect();
    // No space stands beside a full-width sign.
    ['，', '；', '：', '？', '！']
        .iter()
        .fold(words, |words, sign| words.replace(&format!("{sign} "), &sign.to_string()))
}

fn slips(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut brackets: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    for (at, sign) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + sign.len_utf8()..]);
        match sign {
            ',' | ';' | ':' | '?' | '!' if stands_in_chinese(before, after) => slips.push((at, sign, wide(sign))),
            '(' | '（' => brackets.push((at, sign)),
            ')' | '）' => close(text, (at, sign), brackets.pop(), &mut slips),
            '"' => match quote.take() {
                None if before.ends_with(|sign: char| sign.is_ascii_digit()) => {}
                None => quote = Some(at),
                Some(open) if text[open..at].contains(is_cjk) => slips.extend([(open, '"', '“'), (at, '"', '”')]),
                Some(_) => {}
            },
            '．' | '。' | '，' if is_in_number(sign, before, after) => slips.push((at, sign, narrow_point(sign))),
            _ => slips.extend(narrow(sign).map(|right| (at, sign, right))),
        }
    }
    let open = |(at, sign): (usize, char)| sign == '(' && stands_in_chinese(&text[..at], &text[at + 1..]);
    slips.extend(brackets.into_iter().filter(|bracket| open(*bracket)).map(|(at, _)| (at, '(', '（')));
    slips
}

/// Brackets: both full-width where one is or where Chinese stands in or beside them; 85 dB(A) stays.
fn close(text: &str, (at, sign): (usize, char), open: Option<(usize, char)>, slips: &mut Vec<Slip>) {
    let after = &text[at + sign.len_utf8()..];
    let Some((start, opening)) = open else {
        if sign == ')' && stands_in_chinese(&text[..at], after) && !is_list_number(&text[..at]) {
            slips.push((at, sign, '）'));
        }
        return;
    };
    let inner = &text[start + opening.len_utf8()..at];
    let behind_latin = text[..start].ends_with(|sign: char| sign.is_ascii_graphic());
    let is_chinese = inner.contains(is_chinese)
        || !behind_latin && stands_in_chinese(&text[..start], after)
        || text[..start].ends_with(is_chinese)
        || (opening == '（') != (sign == '）');
    if is_chinese {
        slips.extend((opening == '(').then_some((start, '(', '（')));
        slips.extend((sign == ')').then_some((at, ')', '）')));
    }
}

/// Whether the nearest sign on either side is Chinese.
fn stands_in_chinese(before: &str, after: &str) -> bool {
    before.trim_end_matches(' ').ends_with(is_chinese) || after.trim_start_matches(' ').starts_with(is_chinese)
}

fn is_chinese(sign: char) -> bool {
    is_cjk(sign) || matches!(sign, '“' | '”' | '‘' | '’' | '…' | '—')
}

fn wide(sign: char) -> char {
    match sign {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        _ => '！',
    }
}

/// The half-width form of a full-width digit or letter.
fn narrow(sign: char) -> Option<char> {
    matches!(sign, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ').then(|| u32::from(sign) - 0xFEE0).and_then(char::from_u32)
}

fn narrow_point(sign: char) -> char {
    if sign == '，' { ',' } else { '.' }
}

/// Whether a full-width sign stands in the middle of a number. A full stop may also end a sentence: there a unit has to
/// follow.
fn is_in_number(sign: char, before: &str, after: &str) -> bool {
    let behind = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let ahead = after.bytes().take_while(u8::is_ascii_digit).count();
    match sign {
        '．' => behind > 0 && ahead > 0,
        '，' => {
            let is_part = before[..before.len() - behind].ends_with(|sign: char| sign.is_ascii_graphic());
            (1..=3).contains(&behind) && ahead == 3 && after.starts_with("000") && !is_part
        }
        _ => {
            let is_measured = UNITS.iter().any(|unit| after[ahead..].starts_with(unit));
            (1..=2).contains(&behind) && (1..=2).contains(&ahead) && is_measured
        }
    }
}

/// Units that show that a number goes on behind a full stop.
const UNITS: [&str; 10] = ["mm", "cm", "mg", "kg", "mL", "℃", "%", "％", "毫米", "厘米"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{assert_marks, marked_in};

    #[test]
    fn wrong_widths_are_found() {
        assert_marks(
            &RULE,
            &[
                ("抽样20批次,6批次不合格。", &[","]),
                ("怎么办?马上停用!", &["?马上停用!"]),
                ("注意:先断电;再开窗。", &[":先断电;"]),
                ("聚丙烯(PP)耐热。", &["(PP)"]),
                ("（示例)内容。", &[")"]),
                ("(示例）内容。", &["("]),
                ("看３Ｃ标志，共１２批次。", &["３Ｃ标志，共１２"]),
                ("长 3．5mm，少 3。5mm，重 20，000 克。", &["．5mm，少 3。", "，"]),
                ("接口为 USB, 线长 1m。", &[","]),
                ("(1)先断电。", &["(1)"]),
                ("他说\"不能用\"，请停用。", &["\"不能用\""]),
                ("|项目|说明|\n|-|-|\n|外壳|开裂,变形|", &[","]),
                ("网址:https://cx.cnca.cn", &[":"]),
            ],
        );
    }

    #[test]
    fn ordinary_signs_pass() {
        assert_marks(
            &RULE,
            &[
                ("比例约 0.6:1，按 1:1 调。", &[]),
                ("8:30 开门，17:00 关门；5：00 也可以。", &[]),
                ("见 https://cx.cnca.cn/a,b?c=(d) 和 a@example.cn。", &[]),
                ("噪声 85 dB(A)，即 dB(A)读数，写作 μg/(cm²·week)。", &[]),
                ("1) 先断电；2) 再开窗。", &[]),
                ("1)先断电；a)再开窗。", &[]),
                ("执行 GB/T 28004.2-2021、GB 4943.1-2022。", &[]),
                ("型号“CX-200(升级版)”，批号为“2024,甲”，把“,”改掉。", &[]),
                ("价格 1,000 元，含 12,500 mAh。", &[]),
                ("输入 `甲,乙(丙)` 即可。", &[]),
                ("拨打 12315。20 批次已下架。满分 10。5 分钟后再试。", &[]),
                ("型号为 GB-100，100mL 一瓶；买 A1，000 开头的不要。", &[]),
                ("一共 36 批次（示例），占 25％。", &[]),
                ("屏幕 5\" 和 6\" 两种；Yahoo! Mail, OK?", &[]),
                ("|型号|数量|\n|-|-|\n|晋A(黑)|3|", &[]),
            ],
        );
        let model = Part::Front("products:\n  - {name: 头盔, model: \"甲(大),乙\", batch: \"１２\"}");
        assert_eq!(marked_in(&RULE, &[model]), [""; 0]);
    }

    #[test]
    fn the_hint_shows_the_words_mended() {
        let text = "请查看外壳上的３Ｃ标志,没有的不买(示例)。";
        assert_eq!(mended(text, &slips(text)), "查看外壳上的3C标志，没有的不买（示例）。");
    }
}
