//! `standard-nature`: recommended standards called mandatory, and the other way round.

use super::citation::{edition, grounds, numbers};
use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::passage::Passage;
use crate::standards::{Nature, Number};
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "standard-nature",
    title: "强制性标准和推荐性标准说反了",
    severity: Severity::Warning,
    what: "紧挨着标准号说它是“强制性标准”或“推荐性标准”，而标准号说的是另一种：带“/T”的是推荐性，不带的是强制性（地方标准 DB 也一样）。另外，登记的是 GB/T、写成 GB 的，或者反过来的。中间隔着别的话、或说“不是强制性”的不报。",
    why: "推荐性标准不是谁都必须执行的，说成强制性，结论就没有依据；反过来，会让人以为可以不执行。（标准化法第二条）",
    how: "照标准号改说法；号写错了的，照登记表改号。",
    check: Check::Notice(check),
    bad: &[Part::Body("耳机应当符合强制性国家标准 GB/T 14471-2013。")],
    good: &[Part::Body("耳机可以参考推荐性国家标准 GB/T 14471-2013，它不是强制性标准。")],
};

/// `强制性国家标准《……》（`, at the end of what stands before a number.
static BEFORE: Pattern =
    Pattern::new(|| pattern(r"(强制性|推荐性)(?:国家|行业|地方)?标准(?:《[^《》]{1,60}》)?[ （(：:“]*$"));
/// `》）是现行强制性国家标准`, at the beginning of what stands after it.
static AFTER: Pattern = Pattern::new(|| {
    pattern(
        r"^[”）) ]*(?:《[^《》]{1,60}》)?[”）) ]*，?(?:它|这|该标准)?(?:都|均)?(?:是|为|属于|属)(?:一项|一个|我国|国家|现行|的){0,2}(强制性|推荐性)(?:的|(?:国家|行业|地方)?标准)",
    )
});
/// What turns the meaning of the words before a number round.
const NEGATIONS: &[&str] = &["不是", "并非", "而非", "不属于", "不再是", "非", "没有", "无"];

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for (passage, range, number) in numbers(subject) {
        if let Some(row) = edition(scope.standards, number).filter(|row| row.number != *number) {
            // “原为 GB 5296.5-2006” tells of the former number.
            if !["转为", "转化", "原为", "原"].iter().any(|word| passage.text.contains(word)) {
                findings
                    .mark(passage, range.clone(), format!("登记的标准号是 {}，这里写成 {number}", row.number))
                    .fact(grounds(row))
                    .hint(format!("请核对后改成“{}”，它是{}标准", row.number, row.nature.name()));
            }
            continue;
        }
        let Some(nature) = nature(number, scope) else { continue };
        let Some((said, at)) = said(passage, range).filter(|(said, _)| *said != nature) else { continue };
        findings
            .mark(passage, at, format!("{number} 是{}标准，这里说成{}", nature.name(), said.name()))
            .hint(format!("请改成“{}”，或核对标准号", nature.name()));
    }
}

/// By its number, or by the register where the number does not tell.
fn nature(number: &Number, scope: &Scope<'_>) -> Option<Nature> {
    Nature::of(number).or_else(|| edition(scope.standards, number).map(|row| row.nature))
}

/// What a passage calls a number right before or after it, and where.
fn said(passage: &Passage, range: &Range<usize>) -> Option<(Nature, Range<usize>)> {
    let (before, after) = (&passage.text[..range.start], &passage.text[range.end..]);
    let parse = |word: &str| Nature::ALL.into_iter().find(|nature| nature.name() == word);
    if let Some(found) = BEFORE.captures(before).and_then(|found| found.get(1)) {
        let negated = NEGATIONS.iter().any(|word| before[..found.start()].ends_with(word));
        return parse(found.as_str()).filter(|_| !negated).map(|nature| (nature, found.range()));
    }
    let found = AFTER.captures(after)?;
    let word = found.get(1)?;
    // “……是强制性标准吗？” asks.
    let asks = after[found.get(0)?.end()..].starts_with(['吗', '么', '?', '？']);
    let at = range.end + word.start()..range.end + word.end();
    parse(word.as_str()).filter(|_| !asks).map(|nature| (nature, at))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::tests::marked;

    fn found(body: &'static str) -> Vec<String> {
        marked(&RULE, body)
    }

    #[test]
    fn what_is_said_the_wrong_way_round_is_found() {
        for (body, words) in [
            ("应当符合强制性国家标准 GB/T 14471-2013。", "强制性"),
            ("应当符合强制性国家标准《头戴耳机通用规范》（GB/T 14471-2013）。", "强制性"),
            ("GB/T 14471-2013 是强制性国家标准。", "强制性"),
            ("GB/T 28004.2-2021《纸尿裤》属于强制性标准。", "强制性"),
            ("GB 811-2022是推荐性国家标准，厂家自愿执行。", "推荐性"),
            ("推荐性标准 GB 31241-2022 规定了过充试验。", "推荐性"),
            ("强制性地方标准 DB14/T 1234-2020 要求甲。", "强制性"),
            ("《摩托车、电动自行车乘员头盔》（GB 811-2022）为推荐性国家标准。", "推荐性"),
            ("推荐性地方标准DB14 1234-2020。", "推荐性"),
            ("按 GB/T 31241-2022 检测。", "GB/T 31241-2022"),
            ("说明书要符合 GB 5296.5-2006。", "GB 5296.5-2006"),
        ] {
            assert_eq!(found(body), [words], "{body}");
        }
    }

    #[test]
    fn what_is_right_denied_or_far_away_passes() {
        for body in [
            "强制性国家标准 GB 811-2022 自 2023 年 7 月 1 日起施行。",
            "推荐性国家标准 GB/T 14471-2013。",
            "不是强制性国家标准 GB/T 14471-2013 能管的。",
            "GB/T 14471-2013 不是强制性标准。",
            "GB/T 14471-2013 是推荐性标准，不是强制性标准。",
            "GB/T 14471-2013 是强制性标准吗？不是。",
            "耳机没有强制性国家标准，GB/T 14471-2013 是推荐性的。",
            "强制性国家标准 GB 811-2022、推荐性国家标准 GB/T 14471-2013。",
            "强制性标准 GB 811-2022 和 GB/T 14471-2013 都提到了。",
            "GB/T 5296.5-2006 原为 GB 5296.5-2006。",
            "强制性标准有 GB 811 等，GB/T 14471-2013 供参考。",
            "是否强制性标准，看标准号：带 T 的（如 GB/T 14471-2013）是推荐性的。",
            "T/ZZB 0609-2018 是推荐性的团体标准。",
        ] {
            assert_eq!(found(body), [""; 0], "{body}");
        }
    }
}
