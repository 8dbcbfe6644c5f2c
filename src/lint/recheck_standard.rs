//! `recheck-standard`: live notices that cite what has been replaced since they were published.

use super::citation::{Succession, grounds, numbers, succession, tells_of_change};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use super::standard_superseded::message;
use crate::diag::Severity;
use crate::inputs::Shelf;
use crate::notice::Status;
use crate::passage::Passage;
use crate::standards::Number;
use std::collections::BTreeSet;
use std::ops::Range;

/// The rule. A warning and no note: it is a list of work, and what stays on it keeps telling the public of a standard
/// that no longer holds. It holds nothing back.
pub(super) static RULE: Rule = Rule {
    code: "recheck-standard",
    title: "已发布的信息所引的标准，发布以后被代替了",
    severity: Severity::Warning,
    what: "已发布的信息（已撤销的除外）引用的标准，发布时现行，到今天已经被代替或废止。每个标准号只说一次；文中自己说明了新旧关系的不报。",
    why: "发布时没有错，但读者今天照着看，会去找一个已经不管用的标准。",
    how: "看新标准的要求有没有变。要改的，用 jingshi revise 更正，改引新标准；只适用于旧版产品的，更正时写明。全部待复核的用 jingshi list due 查看。",
    check: Check::Notice(check),
    bad: &[Part::Signed("2025-05-01"), Part::Body("卫生要求见 GB 15979-2002。")],
    good: &[Part::Signed("2025-05-01"), Part::Body("卫生要求见 GB 15979-2024。")],
};

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for (passage, range, number, found) in replaced(subject, scope) {
        findings
            .mark(passage, range.clone(), format!("发布以后，{}", message(number, &found)))
            .fact(grounds(found.row))
            .hint("请核对新标准的要求；要改的用 jingshi revise 更正");
    }
}

/// Why somebody must look at the notice again.
pub(super) fn reasons(subject: &Subject<'_>, scope: &Scope<'_>) -> Vec<String> {
    replaced(subject, scope).into_iter().map(|(.., number, found)| message(number, &found)).collect()
}

/// The standards that held when the notice was published and no longer do, each with the place where it is first cited.
fn replaced<'a>(
    subject: &Subject<'a>,
    scope: &Scope<'a>,
) -> Vec<(&'a Passage, &'a Range<usize>, &'a Number, Succession<'a>)> {
    let stands = subject.manuscript().is_some_and(|manuscript| manuscript.notice.status != Status::Withdrawn);
    if subject.bundle.shelf != Shelf::Live || !stands {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for (passage, range, number) in numbers(subject).filter(|(.., number)| seen.insert(*number)) {
        let held = succession(scope.standards, number, subject.day(scope)).is_none();
        let now = succession(scope.standards, number, scope.today()).filter(|_| held);
        let told = |found: &Succession<'_>| tells_of_change(subject, number, found);
        all.extend(now.filter(|found| !told(found)).map(|found| (passage, range, number, found)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::codes;

    #[test]
    fn what_was_replaced_since_publication_is_listed_and_nothing_else() {
        let is_found = |parts: &[Part]| codes(parts).contains(&RULE.code);
        let (before, after) = (Part::Signed("2025-05-31"), Part::Signed("2025-06-01"));
        let cites = Part::Body("依据 GB 30585-2014 检测。");
        assert!(is_found(&[before, cites]));
        assert!(is_found(&[before, Part::Front("standards: [GB 30585-2014]")]));
        assert!(!is_found(&[before, cites, Part::Day("2025-05-31")]), "it still holds");
        assert!(!is_found(&[after, cites]), "it was wrong from the start");
        assert!(!is_found(&[cites]), "a draft");
        assert!(!is_found(&[before, Part::Body("依据 GB 30585-2014 检测，它将被 GB 30585-2024 代替。")]));
        let withdrawn = Part::Front("version: 2\nstatus: 撤销\nchange: {what: 甲, why: 乙}");
        assert!(!is_found(&[before, cites, withdrawn]));
        let later = Part::Front("publish_at: 2025-06-02T09:00:00+08:00");
        assert!(!is_found(&[before, later, cites]), "published when it no longer held");
    }
}
