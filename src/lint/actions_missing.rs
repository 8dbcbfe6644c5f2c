//! `actions-missing`: a notice that does not say what to do.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::notice::Status;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "actions-missing",
    title: "没有写消费者该怎么做",
    severity: Severity::Error,
    what: "应对措施（actions）一条也没有。已撤销的不查。",
    why: "读者最先要知道的是怎么办；页面、订阅和海报都把应对措施放在最前面。",
    how: "写两到四条，最要紧的写在最前，每条以动词开头，例如“立即停止使用”。",
    check: Check::Notice(check),
    bad: &[Part::Front("actions: []")],
    good: &[Part::Front("actions:\n  - 立即停止使用\n  - 核对型号和批号")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let Some(notice) = subject.manuscript().map(|manuscript| &manuscript.notice) else { return };
    if notice.actions.is_empty() && notice.status != Status::Withdrawn {
        findings.notice(subject, "没有写应对措施（actions）").hint("请写明消费者该怎么做，最要紧的写在最前");
    }
}
