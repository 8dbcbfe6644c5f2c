//! `standard-title`: titles beside a standard number that are not its title.

use super::citation::{edition, grounds, numbers};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::standards::Basis;
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "standard-title",
    title: "书名号里的名称与标准号对不上",
    severity: Severity::Note,
    what: "带年份的标准号紧挨着书名号，而书名号里的名称与标准登记表里这个号的名称不同。标点、空格不计较，只写名称的一部分（例如不写“第1部分”）不报；登记表注明待核实的不比。",
    why: "号和名称不是同一个标准，读者不知道该信哪一个；多半是改了号、忘了改名称。",
    how: "照标准封面核对号和名称，改其中写错的一个。",
    check: Check::Notice(check),
    bad: &[Part::Body("卫生要求见 GB 15979-2024《头戴耳机通用规范》。")],
    good: &[Part::Body("卫生要求见 GB 15979-2024《一次性使用卫生用品卫生要求》。")],
};

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for (passage, range, number) in numbers(subject) {
        let Some(row) = edition(scope.standards, number).filter(|row| row.basis == Basis::Verified) else { continue };
        let Some(at) = title(&passage.text, range) else { continue };
        let (typed, title) = (plain(&passage.text[at.clone()]), plain(&row.title));
        if typed.contains(&title) || is_part(&typed, &title) {
            continue;
        }
        findings
            .mark(passage, at, format!("{} 的名称是《{}》", row.number, row.title))
            .fact(grounds(row))
            .hint("请照标准封面核对，改写错的号或名称");
    }
}

/// The title right after a number, or right before it in front of a bracket.
fn title(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let after = text[range.end..].trim_start_matches([' ', '）', ')']);
    if let Some(inner) = after.strip_prefix('《') {
        let start = text.len() - inner.len();
        return inner.find('》').map(|length| start..start + length);
    }
    let before = text[..range.start].strip_suffix(['（', '(', ' ']).unwrap_or(&text[..range.start]);
    let end = before.strip_suffix('》')?.len();
    let start = before.rfind('《')? + '《'.len_utf8();
    (start < end).then_some(start..end)
}

/// Letters and digits alone.
fn plain(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).collect()
}

/// Whether a short title leaves signs of the whole one out, and adds none.
fn is_part(short: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    short.chars().all(|sign| rest.any(|other| other == sign))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::marked;

    fn found(body: &'static str) -> Vec<String> {
        marked(&RULE, body)
    }

    #[test]
    fn titles_of_other_standards_are_found() {
        for (body, words) in [
            ("见 GB 811-2022《电动自行车安全技术规范》。", "电动自行车安全技术规范"),
            ("见《电动自行车安全技术规范》（GB 811-2022）。", "电动自行车安全技术规范"),
            ("见（GB/T 14471-2013）《头戴耳机通用技术条件》。", "头戴耳机通用技术条件"),
            ("见《一次性使用卫生用品卫生标准》GB 15979-2024。", "一次性使用卫生用品卫生标准"),
        ] {
            assert_eq!(found(body), [words], "{body}");
        }
    }

    #[test]
    fn titles_that_are_right_short_or_elsewhere_pass() {
        for body in [
            "见 GB 811-2022《摩托车、电动自行车乘员头盔》。",
            "见《摩托车 电动自行车乘员头盔》（GB 811—2022）。",
            "见 GB 6675.2-2014《玩具安全》。",
            "见 GB 6675.2-2014《玩具安全第2部分：机械与物理性能》。",
            "见 GB 4806.4-2016《陶瓷制品》。",
            "见 GB 811-2022。《产品质量法》另有规定。",
            "见 GB 811《头盔》。",
            "见《产品质量法》和 GB 811-2022。",
            "见 GB 99999-2022《别的》。",
        ] {
            assert_eq!(found(body), [""; 0], "{body}");
        }
    }
}
