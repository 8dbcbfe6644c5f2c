//! `monitored-later`: a day of monitoring that lies after the publication, or has not come yet.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "monitored-later",
    title: "监测日期在发布之后",
    severity: Severity::Error,
    what: "监测日期（monitored_on）还没有到，或者晚于发布那天。",
    why: "先有监测，后有发布。日期写反了，“监测到发布用了几天”的统计就是错的。",
    how: "照监测报告、抽检通知或研判记录，改成完成的那一天；不知道的，整行删去。",
    check: Check::Notice(check),
    bad: &[Part::Front("monitored_on: 2026-06-02")],
    good: &[Part::Front("monitored_on: 2026-06-01")],
};

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let Some(manuscript) = subject.manuscript() else { return };
    // A draft may wait for its `publish_at`; what it tells of must have been found by today.
    let latest = subject.day(scope).min(scope.today());
    let Some(day) = manuscript.notice.monitored_on.filter(|day| *day > latest) else { return };
    let message = format!("监测日期是{}，晚于{}", day.to_chinese(), latest.to_chinese());
    let hint = "请照原始记录改正";
    match subject.fields("monitored_on").next() {
        Some(field) => findings.whole(field, message).hint(hint),
        None => findings.notice(subject, message).hint(hint),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::codes;

    #[test]
    fn what_is_live_is_judged_by_the_day_it_was_published() {
        let is_found = |parts: &[Part]| codes(parts).contains(&RULE.code);
        let live = Part::Signed("2025-05-01");
        assert!(is_found(&[live, Part::Front("monitored_on: 2025-05-02")]));
        assert!(!is_found(&[live, Part::Front("monitored_on: 2025-05-01")]), "the same day");
        assert!(!is_found(&[live]), "no day");
        let waits = "monitored_on: 2026-07-01\npublish_at: 2026-08-01T09:00:00+08:00";
        assert!(is_found(&[Part::Front(waits)]), "not yet found");
    }
}
