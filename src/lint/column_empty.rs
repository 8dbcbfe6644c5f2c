//! `column-empty`: columns in which nothing stands.

use super::rule::{Check, Findings, Part, Rule, Scope, Survey};
use crate::diag::Severity;
use crate::notice::Status;

/// The folder of live notices: what is said of a column concerns no file of it.
pub(super) const LIVE: &str = "content/notices";

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "column-empty",
    title: "栏目里没有一条现行的信息",
    severity: Severity::Warning,
    what: "每个类型（风险警示、消费提示，以及 site.yaml 里增加的）是一个栏目。网站已经发布过信息，而某个类型一条也没有，或者全都撤销了的。网站还没开张（一条都没发布）的不报。",
    why: "国办发〔2017〕47号不允许有空白栏目。一条都没有的类型，网页上不会显示；只剩撤销的，读者点进去什么也得不到。",
    how: "发布一条；本单位不发这一类的，在 site.yaml 的 check.rules 里关掉这条规则。",
    check: Check::Site(check),
    bad: &[Part::Signed("2026-05-01"), Part::Front("kind: 风险警示")],
    good: &[Part::Signed("2026-05-01"), Part::Front("kind: 风险警示"), Part::Other("id: T2\nkind: 消费提示")],
};

fn check(survey: &Survey<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let public: Vec<_> = survey.public(scope).map(|manuscript| &manuscript.notice).collect();
    if public.is_empty() {
        return;
    }
    for kind in scope.config.vocabularies.kind.terms() {
        let own: Vec<_> = public.iter().filter(|notice| notice.kind == *kind).collect();
        let message = match &own[..] {
            [] => format!("“{}”栏目还没有一条信息", kind.name),
            own if own.iter().all(|notice| notice.status == Status::Withdrawn) => {
                format!("“{}”栏目里的信息全都撤销了", kind.name)
            }
            _ => continue,
        };
        findings
            .file(LIVE, message)
            .hint("请发布一条；本单位不发这一类的，在 site.yaml 的 check.rules 里关掉 column-empty");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::codes;

    #[test]
    fn a_site_that_has_not_begun_is_not_empty_and_withdrawn_notices_fill_no_column() {
        let found = |parts: &[Part]| codes(parts).iter().filter(|code| **code == RULE.code).count();
        let withdrawn = Part::Front("version: 2\nstatus: 撤销\nchange: {what: 甲, why: 乙}");
        let tip = Part::Other("id: T2\nkind: 消费提示");
        assert_eq!(found(&[]), 0);
        assert_eq!(found(&[tip]), 1, "no warning yet");
        assert_eq!(found(&[Part::Signed("2026-05-01"), tip]), 0);
        assert_eq!(found(&[Part::Signed("2026-05-01"), withdrawn, tip]), 1);
        let waiting = Part::Front("publish_at: 2026-07-01T09:00:00+08:00");
        assert_eq!(found(&[Part::Signed("2026-05-01"), waiting, tip]), 1, "it is not public yet");
    }
}
