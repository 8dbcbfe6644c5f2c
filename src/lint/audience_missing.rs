//! `audience-missing`: a notice that does not say whom it concerns.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "audience-missing",
    title: "没有写与哪些人有关",
    severity: Severity::Error,
    what: "人群（audience）一项也没有。",
    why: "“一老一小”要优先看到与自己有关的；没有人群的信息不会出现在任何人群的列表和订阅里。",
    how: "从词表里选，例如“儿童”“老年人”；与人人有关的写“所有消费者”。",
    check: Check::Notice(check),
    bad: &[Part::Front("audience: []")],
    good: &[Part::Front("audience: [儿童]")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    if subject.manuscript().is_some_and(|manuscript| manuscript.notice.audience.is_empty()) {
        findings.notice(subject, "没有写人群（audience）").hint("请从词表里选，例如 audience: [所有消费者]");
    }
}
