//! `wording-long-paragraph`: paragraphs that fill a telephone's screen.

use super::rule::{Check, Findings, Part, Rule, Scope};
use super::sentence::length;
use super::wording_long_sentence::break_after;
use crate::diag::Severity;
use crate::passage::{Kind, Passage};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "wording-long-paragraph",
    title: "段落超过 200 字",
    severity: Severity::Warning,
    what: "正文里超过 200 字的段落，数法同 wording-long-sentence。列表、表格、标题不查。",
    why: "200 字在手机上就占满一屏，读的人找不到要做的事。",
    how: "一段只讲一个意思：另起一段，加小标题，或者把并列的几件事改成列表。",
    check: Check::Passage(check),
    bad: &[Part::Body(
        "电池充满以后，保护电路应当马上切断。保护失灵，电池就会被继续硬充，里面发热、产气、鼓胀。随后冒烟、喷火，只要几分钟。进水、摔过、挤压过以后，更容易出事。外壳是最后一道墙。外壳阻燃，火还困在里面。外壳易燃、太薄，一烧就穿，会点着床单、背包和沙发。充电时要放在硬的、空旷的台面上。不放在床上、沙发上、枕头下。充满就拔，睡觉和出门时不充。夏天不留在太阳晒着的车里。旧的送到电池回收点，不要和普通垃圾一起扔。已经发烫、冒烟的，人先离开，关上门，到屋外报火警。",
    )],
    good: &[Part::Body(
        "电池充满以后，保护电路应当马上切断。保护失灵，电池就会被继续硬充。\n\n- 充电时放在硬的台面上。\n- 充满就拔。",
    )],
};

const LIMIT: usize = 200;

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    if passage.kind != Kind::Paragraph || passage.text.len() <= LIMIT {
        return;
    }
    let counted = length(&passage.text);
    if counted <= LIMIT {
        return;
    }
    let finding = findings.whole(passage, format!("这一段有 {counted} 字，超过 {LIMIT} 字"));
    match break_after(&passage.text, '。') {
        Some(words) => finding.hint(format!("可以在“{words}。”后面另起一段，或改成列表")),
        None => finding.hint("请分成几段，或改成列表"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::marked_in;

    #[test]
    fn only_paragraphs_beyond_the_limit_are_found() {
        let long = "一二三四五六七八九。".repeat(20);
        for (body, found) in [
            (format!("{long}甲"), 1),
            (format!("> {long}甲"), 1),
            (format!("**甲**{long}"), 1),
            (format!("{long}\n甲。"), 1),
            (long.clone(), 0),
            (format!("{long}\n\n甲"), 0),
            (format!("- {long}甲"), 0),
            (format!("|甲|\n|-|\n|{long}甲|"), 0),
            (format!("甲 GB 31241-2022 20000mAh {}", &long[30..]), 0),
        ] {
            let leaked: &'static str = Box::leak(body.into_boxed_str());
            assert_eq!(marked_in(&RULE, &[Part::Body(leaked)]).len(), found, "{leaked}");
        }
    }
}
