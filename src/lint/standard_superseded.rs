//! `standard-superseded`: standards that were already replaced when the notice was, or is to be, published.

use super::citation::{Succession, grounds, listed, numbers, succession, tells_of_change};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::notice::Status;
use crate::standards::Number;
use std::collections::BTreeMap;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "standard-superseded",
    title: "引用了已经被代替或废止的标准",
    severity: Severity::Warning,
    what: "标准（standards）一项、正文、表格里的标准号，对照标准登记表：草稿按今天（定时发布的按发布那天），已发布的按发布那天。文中自己说明了新旧关系的不报，例如“代替 GB 15979-2002”“旧标准”“过渡期”，或者新旧两个号写在同一段里。不带年份的号，只有全部版本都被别的标准代替了才报。发布以后才被代替的，见 recheck-standard。",
    why: "拿旧标准判断新产品，结论可能就是错的；标准引错是警示信息里最常见的硬伤。",
    how: "改引现行标准，并核对条款和限值有没有变；说的确实是旧版（例如产品按旧版生产），在文中写明。",
    check: Check::Notice(check),
    bad: &[Part::Front("standards: [GB 15979-2002]"), Part::Body("卫生要求见 GB 15979-2002。")],
    good: &[
        Part::Front("standards: [GB 15979-2024]"),
        Part::Body("卫生要求见 GB 15979-2024，它代替了 GB 15979-2002。"),
    ],
};

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    if subject.manuscript().is_some_and(|manuscript| manuscript.notice.status == Status::Withdrawn) {
        return;
    }
    let day = subject.day(scope);
    let mut fates = BTreeMap::new();
    for (passage, range, number) in numbers(subject) {
        let fate = || succession(scope.standards, number, day).filter(|found| !tells_of_change(subject, number, found));
        let Some(found) = fates.entry(number).or_insert_with(fate) else { continue };
        if passage.text[range.end..].trim_start().starts_with("系列") {
            continue;
        }
        findings
            .mark(passage, range.clone(), message(number, found))
            .fact(grounds(found.row))
            .hint(hint(number, found));
    }
}

/// What has become of a standard.
pub(super) fn message(number: &Number, found: &Succession<'_>) -> String {
    let since = found.since.map_or_else(String::new, |day| format!("自{}起", day.to_chinese()));
    let by = listed(&found.by);
    if number.year().is_some() && super::citation::is_later_edition(number, found) {
        return format!("{number} 不是现行版本：{by} {since}已经实施");
    }
    match found.by[..] {
        [] => format!("{number} {since}已经废止"),
        _ => format!("{number} {since}已被 {by} 代替"),
    }
}

fn hint(number: &Number, found: &Succession<'_>) -> String {
    match found.by[..] {
        [] => format!("请查清现在执行什么标准；说的就是旧标准的，请写明，例如“已废止的 {number}”"),
        _ => format!("请改引 {}，并核对要求有没有变；说的就是旧版的，请写明，例如“旧标准 {number}”", listed(&found.by)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{codes, marked_in};

    /// On 1 June 2026.
    fn found(front: &'static str, body: &'static str) -> Vec<String> {
        marked_in(&RULE, &[Part::Front(front), Part::Body(body)])
    }

    #[test]
    fn what_was_replaced_is_found_wherever_it_is_cited() {
        for (front, body, words) in [
            ("standards: [GB 15979-2002]", "", "GB 15979-2002"),
            ("", "卫生要求见 GB15979—2002。", "GB15979—2002"),
            ("summary: 依据 GB 811-2010 检测不合格。", "", "GB 811-2010"),
            ("", "|依据|结论|\n|-|-|\n|GB 811-2010|不合格|", "GB 811-2010"),
            ("", "见 GB 811-1998 的规定。", "GB 811-1998"),
            ("", "见 GB 811-2015 的规定。", "GB 811-2015"),
            ("", "检验依据为 GB 28481。", "GB 28481"),
            ("", "检验依据为 GB/T 1002-2021。", "GB/T 1002-2021"),
            ("", "说明书见 GB/T 5296.5-2006。", "GB/T 5296.5-2006"),
            ("", "- 消毒剂发生器：GB 28931-2012", "GB 28931-2012"),
        ] {
            assert_eq!(found(front, body), [words], "{front}{body}");
        }
    }

    #[test]
    fn what_holds_or_is_told_as_history_passes() {
        for (front, body) in [
            ("standards: [GB 15979-2024, GB 811]", "见 GB 811-2022。"),
            ("", "GB 15979-2024 代替 GB 15979-2002。"),
            ("", "旧标准 GB 15979-2002 的产品还在卖。"),
            ("", "GB 15979-2002 和 GB 15979-2024 的要求不同。"),
            ("", "包装上是 GB 811-2010 的，那一版已经废止。"),
            ("", "过渡期内，按 GB 17761-2018 生产的整车可以卖到 2025 年 11 月 30 日。"),
            ("standards: [GB 15979-2002, GB 15979-2024]", "GB 15979-2024 已代替 GB 15979-2002。"),
            ("", "国内玩具安全执行 GB 6675 系列标准，另见 GB 6675 和 GB/T 28004。"),
            ("", "依据 GB 6675.2-2014 检测。"),
            ("", "依据 GB 4706.1-2005 检测。"),
            ("", "依据 GB 99999-1999 检测。"),
            ("", "|版本|标准号|\n|-|-|\n|旧版|GB 811-2010|\n|新版|GB 811-2022|"),
            ("version: 2\nstatus: 更正\nchange: {what: 删去 GB 811-2010, why: 写错了}", ""),
        ] {
            assert_eq!(found(front, body), [""; 0], "{front}{body}");
        }
    }

    #[test]
    fn a_live_notice_is_judged_by_the_day_it_was_published_and_a_draft_by_the_day_it_will_be() {
        let cites = Part::Body("依据 GB 30585-2014 检测。");
        let is_found = |parts: &[Part]| codes(parts).contains(&RULE.code);
        assert!(is_found(&[cites]));
        assert!(!is_found(&[cites, Part::Day("2025-05-31")]));
        assert!(!is_found(&[cites, Part::Signed("2025-05-31")]));
        assert!(is_found(&[cites, Part::Signed("2025-06-01")]));
        let later = Part::Front("publish_at: 2025-06-02T09:00:00+08:00");
        assert!(is_found(&[cites, later, Part::Day("2025-05-01")]));
    }
}
