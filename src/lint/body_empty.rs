//! `body-empty`: a notice whose body has nothing to read.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::notice::Status;
use crate::passage::Kind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "body-empty",
    title: "正文没有内容",
    severity: Severity::Error,
    what: "正文里一段话、一条列表、一张表都没有，或者只有标题。已撤销的不查。",
    why: "只有小标题的页面，多半是样稿还没写完就送审了。",
    how: "写上正文；用不到的小标题删去。",
    check: Check::Notice(check),
    bad: &[Part::OnlyBody("## 为什么危险\n\n## 怎样避免")],
    good: &[Part::OnlyBody("## 为什么危险\n\n过热会引燃周围的物品。")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let Some(manuscript) = subject.manuscript() else { return };
    let is_text = |kind: &Kind| matches!(kind, Kind::Paragraph | Kind::Item | Kind::Cell { .. });
    let has_text = subject.study.passages.iter().any(|passage| is_text(&passage.kind) && !passage.is_blank());
    if !has_text && manuscript.notice.status != Status::Withdrawn {
        findings.notice(subject, "正文没有内容").hint("请写上正文；用不到的小标题删去");
    }
}
