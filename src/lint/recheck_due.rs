//! `recheck-due`: live notices whose day of re-checking has passed.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::inputs::Shelf;
use crate::notice::Status;

/// The rule. A warning and no note: it stays until somebody has looked, and is gone once the date is moved on.
pub(super) static RULE: Rule = Rule {
    code: "recheck-due",
    title: "已发布的信息到了复核日期",
    severity: Severity::Warning,
    what: "已发布的信息，复核日期（review_by）已经过了。草稿和已撤销的不查。",
    why: "写稿时就说好到时候要重新核对；过期的提示比没有提示更容易误导人。",
    how: "对照现在的情况核一遍。要改的，用 jingshi revise 更正；不用改的，也用 jingshi revise 把复核日期往后推，说明“经复核，内容仍然适用”。全部到期的用 jingshi list due 查看。",
    check: Check::Notice(check),
    bad: &[Part::Signed("2025-05-01"), Part::Front("review_by: 2026-05-01")],
    good: &[Part::Signed("2025-05-01"), Part::Front("review_by: 2026-12-01")],
};

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let Some(reason) = reason(subject, scope) else { return };
    let hint = "请复核后用 jingshi revise 更正，或把复核日期往后推";
    match subject.fields("review_by").next() {
        Some(field) => findings.whole(field, reason).hint(hint),
        None => findings.notice(subject, reason).hint(hint),
    };
}

/// Why somebody must look at the notice again; none where nobody must.
pub(super) fn reason(subject: &Subject<'_>, scope: &Scope<'_>) -> Option<String> {
    let notice = &subject.manuscript()?.notice;
    let day = notice.review_by.filter(|day| *day < scope.today())?;
    let stands = subject.bundle.shelf == Shelf::Live && notice.status != Status::Withdrawn;
    stands.then(|| format!("{}就该复核了", day.to_chinese()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::codes;

    #[test]
    fn only_what_is_live_stands_and_is_due_is_listed() {
        let is_found = |parts: &[Part]| codes(parts).contains(&RULE.code);
        let (live, due) = (Part::Signed("2025-05-01"), Part::Front("review_by: 2026-05-31"));
        assert!(is_found(&[live, due]));
        assert!(!is_found(&[due]), "a draft");
        assert!(!is_found(&[live]), "no date");
        assert!(!is_found(&[live, Part::Front("review_by: 2026-06-01")]), "today is in time");
        let withdrawn = Part::Front("version: 2\nstatus: 撤销\nchange: {what: 甲, why: 乙}");
        assert!(!is_found(&[live, due, withdrawn]));
    }
}
