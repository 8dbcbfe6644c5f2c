//! `punctuation-pair`: brackets and quotation marks without their other half.

use super::address::Addresses;
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use super::writing::texts;
use crate::diag::Severity;
use crate::passage::{Kind, Passage};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "punctuation-pair",
    title: "引号、括号、书名号不成对",
    severity: Severity::Warning,
    what: "一段、一项、一格里《》“”‘’（）()〔〕【】少一半、方向反了、互相交叉。1）、a）、三）这样的序号不算；引文连着几段、每段开头都有“、只在最后有”的，照国标的写法，不算。代码、网址、型号和批号不查。",
    why: "GB/T 15834—2011《标点符号用法》4.8、4.9、4.15：引号、括号、书名号两部分成对使用。少一半，读的人不知道引到哪里为止。",
    how: "补上另一半，或删去多余的；交叉的，先合上里面的一对。",
    check: Check::Notice(check),
    bad: &[Part::Body("请看“食品接触用字样（见底部）。")],
    good: &[Part::Body("请看“食品接触用”字样（见底部）。做法：1）停用；2）退货。")],
};

const PAIRS: [(char, char); 8] =
    [('《', '》'), ('〈', '〉'), ('“', '”'), ('‘', '’'), ('（', '）'), ('〔', '〕'), ('【', '】'), ('「', '」')];

/// Names of products and makers are typed by hand too.
const NAMES: [&str; 3] = ["products.name", "products.maker", "products.sold"];

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let worded: Vec<&Passage> = texts(subject).collect();
    for (index, passage) in worded.iter().enumerate() {
        let next = worded.get(index + 1).filter(|next| next.kind == Kind::Paragraph);
        let goes_on = passage.kind == Kind::Paragraph && next.is_some_and(|next| next.text.starts_with('“'));
        look(passage, goes_on, findings);
    }
    NAMES.iter().flat_map(|name| subject.fields(name)).for_each(|passage| look(passage, false, findings));
}

/// The first fault of a passage: the ones after it mostly follow from it.
fn look(passage: &Passage, goes_on: bool, findings: &mut Findings) {
    let Some((at, sign, fault)) = fault(passage, goes_on) else { return };
    let range = at..at + sign.len_utf8();
    let (message, hint) = match fault {
        Fault::Open(closing) => (format!("“{sign}”后面没有“{closing}”"), format!("补上“{closing}”，或删去“{sign}”")),
        Fault::Close(opening) => (format!("“{sign}”前面没有“{opening}”"), format!("补上“{opening}”，或删去“{sign}”")),
        Fault::Turned(closing) => (format!("这里的“{sign}”方向反了"), format!("改为“{closing}”")),
        Fault::Crossed(open) => (format!("“{sign}”和前面的“{open}”交叉"), format!("先合上“{open}”，再写“{sign}”")),
    };
    // Quotation marks inside quotation marks cannot be read.
    let plain = |text: String| text.replace("““”", "左引号（“）").replace("“””", "右引号（”）");
    findings.mark(passage, range, plain(message)).hint(plain(hint));
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    /// The other half is missing behind.
    Open(char),
    /// The other half is missing before.
    Close(char),
    /// It opens where it should close.
    Turned(char),
    /// It closes over another one that is still open.
    Crossed(char),
}

fn fault(passage: &Passage, goes_on: bool) -> Option<(usize, char, Fault)> {
    let text = passage.text.as_str();
    let addresses = Addresses::of(text);
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, sign) in text.char_indices() {
        // Brackets of either width are one kind here: `punctuation-width` speaks of the width.
        let kind = match sign {
            '(' => '（',
            ')' => '）',
            other => other,
        };
        let Some((opening, _)) = PAIRS.iter().find(|(opening, closing)| kind == *opening || kind == *closing) else {
            continue;
        };
        if passage.is_code(at) || is_apostrophe(text, at) || addresses.contain(at) {
            continue;
        }
        if kind == *opening {
            open.push((at, kind));
        } else if open.last().is_some_and(|(_, last)| last == opening) {
            open.pop();
        } else if open.iter().any(|(_, before)| before == opening) {
            let over = open.last().map_or(' ', |(_, last)| *last);
            return Some((at, sign, Fault::Crossed(over)));
        } else if !(kind == '）' && is_list_number(&text[..at])) {
            return Some((at, sign, Fault::Close(*opening)));
        }
    }
    if goes_on && open.first().is_some_and(|(at, sign)| *at == 0 && *sign == '“') {
        open.remove(0);
    }
    left_open(text, &open)
}

/// The fault of what was never closed: “甲“ is a pair of which the second half is turned.
fn left_open(text: &str, open: &[(usize, char)]) -> Option<(usize, char, Fault)> {
    let (at, sign) = *open.last()?;
    let closing = PAIRS.iter().find(|(opening, _)| *opening == sign).map(|(_, closing)| *closing)?;
    let written = text[at..].chars().next()?;
    let is_turned = matches!(open, [.., (_, before), _] if *before == sign && open.len().is_multiple_of(2));
    Some((at, written, if is_turned { Fault::Turned(closing) } else { Fault::Open(closing) }))
}

/// Whether ’ stands in a Latin word or behind a number, and closes nothing.
fn is_apostrophe(text: &str, at: usize) -> bool {
    let is_latin = |sign: char| sign.is_ascii_alphanumeric();
    let Some(after) = text[at..].strip_prefix('’') else { return false };
    text[..at].ends_with(is_latin) && (after.starts_with(is_latin) || !text[..at].contains('‘'))
}

/// Whether a bracket behind these words closes the number of a list: 1）, a), 三）.
pub(super) fn is_list_number(before: &str) -> bool {
    let number = before
        .rsplit(|sign: char| sign.is_whitespace() || "，。；：、！？,;:“".contains(sign))
        .next()
        .unwrap_or_default();
    let count = number.chars().count();
    let is_figure = |sign: char| sign.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(sign);
    (1..=3).contains(&count) && number.chars().all(is_figure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{assert_marks, marked_in};

    #[test]
    fn lonely_halves_are_found() {
        assert_marks(
            &RULE,
            &[
                ("请看“食品接触用字样。", &["“"]),
                ("请看食品接触用”字样。", &["”"]),
                ("依据《产品质量法处理。", &["《"]),
                ("共 20 批次（示例。", &["（"]),
                ("共 20 批次示例）。", &["）"]),
                ("请看“食品接触用“字样。", &["“"]),
                ("请看”食品接触用“字样。", &["”"]),
                ("“甲（乙”丙）。", &["”"]),
                ("文号原市监发〔2024]41号。", &["〔"]),
                ("- 查看【标签", &["【"]),
                ("## 一看“标志", &["“"]),
                ("“这是第一段，没有引完。\n\n这一段没有引号。", &["“"]),
            ],
        );
        assert_eq!(marked_in(&RULE, &[Part::Front("products:\n  - {name: 磁力泥（附磁块, model: X-1}")]), ["（"]);
    }

    #[test]
    fn pairs_pass() {
        assert_marks(
            &RULE,
            &[
                ("“甲‘乙’丙”，《丁〈戊〉》，（己“庚”）。", &[]),
                ("做法：1）停用；2）退货；a）拍照。", &[]),
                ("三）查看标签", &[]),
                ("（示例)和(示例）都成对。", &[]),
                ("children’s 玩具，高 5’。", &[]),
                ("见 https://example.cn/a_(b 和 `（甲`。", &[]),
                ("“第一段没有引完。\n\n“第二段引完了。”", &[]),
                ("可向平台（www.12315.cn）和邮箱（a@example.cn）反映。", &[]),
                ("原市监发〔2024〕41号，【提示】。", &[]),
                ("> “热锅盖，\n> 莫冲凉。”", &[]),
                ("（一）接口。（1）软管。", &[]),
            ],
        );
    }
}
