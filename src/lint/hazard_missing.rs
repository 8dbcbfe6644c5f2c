//! `hazard-missing`: a risk warning that does not say how people are hurt.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::vocabulary::RISK_WARNING;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "hazard-missing",
    title: "风险警示没有写会造成什么伤害",
    severity: Severity::Error,
    what: "风险警示的危害（hazards）一项也没有。消费提示不查。",
    why: "读者按危害来查找，也靠它判断轻重；没有危害的警示不会出现在任何危害的列表里。",
    how: "从词表里选一项或几项，例如“火灾、烧烫伤”；都不合适的选“其他伤害”。",
    check: Check::Notice(check),
    bad: &[Part::Front("hazards: []")],
    good: &[Part::Front("hazards: [火灾]")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let Some(notice) = subject.manuscript().map(|manuscript| &manuscript.notice) else { return };
    if notice.kind.slug == RISK_WARNING && notice.hazards.is_empty() {
        findings.notice(subject, "没有写危害（hazards）").hint("请从词表里选，例如 hazards: [火灾, 烧烫伤]");
    }
}
