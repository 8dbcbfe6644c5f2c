//! `standard-malformed`: standard numbers that nobody could look up as they are written.

use super::citation::citations;
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::standards::What;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "standard-malformed",
    title: "标准号写得不规范",
    severity: Severity::Warning,
    what: "看得出是标准号、但写错了的：小写字母（gb 811）、漏了斜线（GBT 14471）、代号后面多了横线（GB-811-2022）、年份前不是横线（GB 811:2022）、年份只写两位（GB 811-22）等。空格和各种横线不计较；产品型号、内存大小不会当成标准号。",
    why: "照错的号查不到标准，也进不了标准的核对。（GB/T 1.1—2020 规定标准编号的写法）",
    how: "照提示的写法改，例如“GB/T 14471-2013”。",
    check: Check::Notice(check),
    bad: &[Part::Body("耳机的性能见 GBT 14471-2013。")],
    good: &[Part::Body("耳机的性能见 GB/T 14471-2013。")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for (passage, mention) in citations(subject) {
        if let What::Malformed { suggestion } = &mention.what {
            let typed = &passage.text[mention.range.clone()];
            findings
                .mark(passage, mention.range.clone(), format!("标准号“{typed}”写得不规范"))
                .hint(format!("请写成“{suggestion}”"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, RULE};
    use crate::lint::tests::marked_in;

    #[test]
    fn numbers_are_found_wherever_they_are_read_and_nowhere_else() {
        let found = |front: &'static str, body: &'static str| marked_in(&RULE, &[Part::Front(front), Part::Body(body)]);
        assert_eq!(found("standards: [gb 811-2022]", "见GBT 14471-2013。"), ["gb 811-2022", "GBT 14471-2013"]);
        assert_eq!(found("", "|依据|\n|-|\n|GB-811-2022|"), ["GB-811-2022"]);
        for front in [
            "products:\n  - {name: 甲, brand: 乙, model: GB-811-2022}",
            "products:\n  - {name: 甲, brand: 乙, batch: gb 811}",
            "products:\n  - {name: 甲, brand: 乙, maker: GBT 14471-2013}",
        ] {
            assert_eq!(found(front, ""), [""; 0], "{front}");
        }
        assert_eq!(found("", "```\ngb 811-2022\n```"), [""; 0]);
    }
}
