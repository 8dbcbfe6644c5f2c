//! `standard-unknown`: standards that the register does not know.

use super::citation::{edition, is_known, listed, numbers, succession};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::standards::Number;
use std::collections::BTreeSet;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "standard-unknown",
    title: "标准登记表里没有这个标准",
    severity: Severity::Note,
    what: "标准号不在标准登记表里，程序没法核对它是不是现行、是不是强制性；或者登记了这个标准的别的年份，没有这一个。每个号只说一次。",
    why: "登记表只收常用的标准，没有收不等于写错；但年份抄错一位，读者就查不到。",
    how: "到全国标准信息公共服务平台查一查；常用的，请在网站的 standards.csv 里登记，见《使用手册》7.3。",
    check: Check::Notice(check),
    bad: &[Part::Body("检验依据为 GB 99999-2020。")],
    good: &[Part::Body("检验依据为 GB 811-2022。")],
};

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let register = scope.standards;
    let mut seen: BTreeSet<&Number> = BTreeSet::new();
    for (passage, range, number) in numbers(subject) {
        if !seen.insert(number) || edition(register, number).is_some() {
            continue;
        }
        let editions: Vec<&Number> = register.editions(number).map(|row| &row.number).collect();
        if number.year().is_some() && !editions.is_empty() {
            // That it is out of date is said by another rule.
            if succession(register, number, subject.day(scope)).is_none() {
                findings
                    .mark(passage, range.clone(), format!("登记表里没有 {number}，有 {}", listed(&editions)))
                    .hint("请核对年份；是新发布的，请在 standards.csv 里登记");
            }
        } else if !is_known(register, number) {
            findings
                .mark(passage, range.clone(), format!("登记表里没有 {number}，程序没法核对它是否现行"))
                .hint("请到全国标准信息公共服务平台核对；常用的请在 standards.csv 里登记");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::marked;

    #[test]
    fn each_unknown_number_is_named_once() {
        let found = |body: &'static str| marked(&RULE, body);
        assert_eq!(found("见 GB 99999-2020。\n\n又见 GB 99999-2020、QB/T 1714。"), ["GB 99999-2020", "QB/T 1714"]);
        assert_eq!(found("见 GB 811-2031 和 DB14/T 1234-2020。"), ["GB 811-2031", "DB14/T 1234-2020"]);
        for good in [
            "见 GB 811-2022。",
            "见 GB 811。",
            "执行 GB 4806 系列标准。",
            "见 GB 811-1998。",
            "原为 GB 5296.5-2006。",
            "型号 GB-100，内存 16GB。",
            "见 GB 14747。",
            "卫生要求见 GB 15979-2002。",
        ] {
            assert_eq!(found(good), [""; 0], "{good}");
        }
    }
}
