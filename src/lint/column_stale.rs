//! `column-stale`: columns that have not moved for too long.

use super::column_empty::LIVE;
use super::rule::{Check, Findings, Part, Rule, Scope, Survey};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "column-stale",
    title: "栏目长期没有更新",
    severity: Severity::Warning,
    what: "一个类型的栏目，最近一次发布、更正或撤销距今超过半年（183 天）；site.yaml 里栏目类别（portal.column_type）写着“动态”“要闻”“新闻”“快讯”的，超过两周（14 天）。用 check.stale_days 另定天数。",
    why: "政府网站检查指标（国办秘函〔2019〕19号）：动态要闻类两周未更新、通知公告类半年未更新，都要扣分，多了单项否决。",
    how: "有新的风险线索就发布；没有的，把已发布的按季节复核一遍，该更正的更正。栏目类别写得不合适的，改 portal.column_type。",
    check: Check::Site(check),
    bad: &[Part::Signed("2025-11-01")],
    good: &[Part::Signed("2026-01-01")],
};

/// Half a year, and two weeks for news.
const DAYS: u32 = 183;
const DAYS_OF_NEWS: u32 = 14;
const NEWS: &[&str] = &["动态", "要闻", "新闻", "快讯"];

fn check(survey: &Survey<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let column = &scope.config.portal.column_type;
    let usual = if NEWS.iter().any(|word| column.contains(word)) { DAYS_OF_NEWS } else { DAYS };
    let most = scope.config.check.stale_days.unwrap_or(usual);
    for kind in scope.config.vocabularies.kind.terms() {
        let own = survey.public(scope).filter(|manuscript| manuscript.notice.kind == *kind);
        let Some(last) = own.filter_map(|manuscript| manuscript.published()).max() else { continue };
        let days = scope.today().days_since(last.day());
        if days > i64::from(most) {
            let message = format!("“{}”栏目自{}起没有更新，已有 {days} 天", kind.name, last.to_chinese_day());
            findings
                .file(LIVE, message)
                .fact(format!("栏目类别是“{column}”，最多 {most} 天；在 site.yaml 的 check.stale_days 里可以另定"))
                .hint("请发布新的信息，或复核、更正已发布的");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::codes;

    #[test]
    fn the_days_allowed_hang_on_the_kind_of_column() {
        let found = |parts: &[Part]| codes(parts).contains(&RULE.code);
        assert!(found(&[Part::Signed("2025-11-29")]) && !found(&[Part::Signed("2025-11-30")]));
        let news = Part::Site(
            "portal: {site_name: 甲, site_domain: a.cn, site_id_code: \"1000000000\", column_name: 乙, \
             column_description: 丙, column_keywords: 丁, column_type: 政务动态}",
        );
        assert!(found(&[news, Part::Signed("2026-05-17")]) && !found(&[news, Part::Signed("2026-05-18")]));
        let own = Part::Site("check: {stale_days: 30}");
        assert!(found(&[own, Part::Signed("2026-05-01")]) && !found(&[own, Part::Signed("2026-05-02")]));
        assert!(!found(&[]), "nothing is live");
    }
}
