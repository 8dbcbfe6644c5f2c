//! `standard-not-yet`: standards that are cited as if they held and do not hold yet.

use super::citation::{coming, grounds, numbers, tells_of_coming};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::notice::Status;
use std::collections::BTreeMap;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "standard-not-yet",
    title: "引用的标准还没有实施",
    severity: Severity::Warning,
    what: "对照标准登记表，在发布那天还没有到实施日期的标准。文中说明了的不报，例如“将于2027年4月1日起实施”“尚未实施”“过渡期”。不带年份的号，只有登记的版本都没实施才报。",
    why: "还没实施的标准不能用来判断产品合格不合格，读者会以为现在就有这个要求。",
    how: "改引现行标准；要提醒读者注意新标准的，写明哪天起实施。",
    check: Check::Notice(check),
    bad: &[Part::Body("移动电源应当符合 GB 47372-2026。")],
    good: &[Part::Body("GB 47372-2026 将于2027年4月1日起实施，目前执行 GB 31241-2022。")],
};

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    if subject.manuscript().is_some_and(|manuscript| manuscript.notice.status == Status::Withdrawn) {
        return;
    }
    let day = subject.day(scope);
    let mut starts = BTreeMap::new();
    for (passage, range, number) in numbers(subject) {
        let start = || coming(scope.standards, number, day).filter(|_| !tells_of_coming(subject, number));
        let Some((from, row)) = *starts.entry(number).or_insert_with(start) else { continue };
        findings
            .mark(passage, range.clone(), format!("{number} 到{}才实施", from.to_chinese()))
            .fact(grounds(row))
            .hint(format!("请改引现行标准，或写明“将于{}起实施”", from.to_chinese()));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::marked;

    /// On 1 June 2026.
    fn found(body: &'static str) -> bool {
        !marked(&RULE, body).is_empty()
    }

    #[test]
    fn what_is_cited_as_if_it_held_is_found() {
        for body in [
            "移动电源应当符合 GB 47372-2026。",
            "依据 GB 47372 检测。",
            "按 GB 6675.1-2025 检测，3 批次不合格。",
            "电玩具执行 GB/T 19865-2024。",
            "|标准|要求|\n|-|-|\n|GB 14746-2006|甲|\n|GB/T 14746-2025|乙|",
            "儿童三轮车要符合 GB/T 14747-2025 的规定。",
            "童床见 GB 46516-2025。",
            "安全要求见 GB／T 4706.1—2024。",
        ] {
            assert!(found(body), "{body}");
        }
    }

    #[test]
    fn what_holds_or_is_announced_passes() {
        for body in [
            "依据 GB 31241-2022 检测。",
            "GB 47372-2026 将于2027年4月1日起实施。",
            "新的 GB 6675.1-2025 已发布，2026年11月1日实施。",
            "《移动电源安全技术规范》（GB 47372-2026）尚未实施。",
            "过渡期内可以按 GB 6675.1-2025 生产。",
            "移动电源的新标准 GB 47372-2026 即将施行，厂家已在准备。",
            "玩具安全执行 GB 6675 系列标准。",
            "依据 GB 4706.1 检测。",
            "依据 GB 99999-2030 检测。",
            "|标准|实施日期|\n|-|-|\n|GB 47372-2026|2027年4月1日起实施|",
        ] {
            assert!(!found(body), "{body}");
        }
    }
}
