//! `wording-softener`: words that make a risk look smaller.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope};
use super::sentence::{is_quoted, lead};
use super::writing::is_worded;
use crate::diag::Severity;
use crate::passage::Passage;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "wording-softener",
    title: "把风险说轻的词",
    severity: Severity::Warning,
    what: "说风险、伤害和召回时用的“极少数”“个别产品”“极端情况”“罕见情况”“自愿召回”“预防性下架”“出于谨慎”“或许会造成……”“存在一定风险”这一类词。不看引号里的话；“自愿性认证”“预防性维护”“极端天气”“个别化”“一定距离”“不是个别现象”不算。",
    why: "英国商业、能源和产业战略部的实验（BEIS 2020/033）发现，“自愿”这样的词会让人低估风险；欧盟《通用产品安全条例》（GPSR）第三十六条规定，召回公告不得用“自愿”“预防性”“在罕见情况下”等减轻风险感的说法。",
    how: "写数：几批次、几件、几起；没有数的，直接写会怎样。召回、下架就写“召回”“下架”。",
    check: Check::Passage(check),
    bad: &[Part::Body("极少数产品在极端情况下可能存在一定的起火风险，企业已自愿召回。")],
    good: &[Part::Body("15 批次中 3 批次过充时起火。企业已召回。自愿性认证标志不能代替 3C 标志。")],
};

/// The words meant are in the group that took part.
static SOFT: Pattern = Pattern::new(|| {
    pattern(concat!(
        r"(?P<few>极少数|极个别|个别(?:的)?(?:产品|批次|样品|商品|型号|消费者|用户|案例|个案|情况|现象|电池|零件|设备|企业|厂家|生产者|儿童|老人|人群))",
        r"|(?P<extreme>极端(?:情况|场景|情形|条件)|罕见(?:的)?情况|极少(?:的)?情况|特定情况下|小概率(?:事件)?)",
        r"|(?P<free>(?:自愿性?|预防性)(?:地|的)?(?:召回|下架|停售|停用|撤回|撤市|回收|退货|更换|警示))",
        r"|(?P<care>出于(?:谨慎|审慎|预防)(?:性)?(?:考虑|起见|目的|的考虑)?|(?:谨慎|审慎)起见)",
        r"|(?P<maybe>或许|也许)[^，。；！？]{0,12}(?:引起|引发|造成|导致|产生|起火|爆炸|触电|受伤|伤害|中毒|窒息|风险|危险|隐患|危害)",
        r"|(?P<some>(?:可能)?(?:会)?(?:存在|有|造成|产生|带来|构成|具有)(?:一定|某种)(?:程度)?(?:上)?的?)[^，。；！？]{0,8}(?:风险|隐患|危险|危害|伤害|损害)",
    ))
});

/// Each group, and what to write instead.
const INSTEAD: [(&str, &str); 6] = [
    ("few", "写数，例如“15 批次中 3 批次”；不知道数的，删去这个词"),
    ("extreme", "写明是什么情况，例如“充电时盖着被子”；写不出的，删去"),
    ("free", "写“召回”“下架”等，不加修饰"),
    ("care", "删去，直接写采取了什么措施"),
    ("maybe", "写“会”；没有依据的，不写这句话"),
    ("some", "写明是什么危险、会怎样，例如“过充时会起火”，不写“一定”"),
];

/// One of these is in every match.
const CLUES: [&str; 14] =
    ["极少", "个别", "极端", "罕见", "特定", "小概率", "自愿", "预防", "谨慎", "审慎", "或许", "也许", "一定", "某种"];

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    let text = &passage.text;
    if !is_worded(passage) || !CLUES.iter().any(|clue| text.contains(clue)) {
        return;
    }
    for found in SOFT.captures_iter(text) {
        let Some((word, instead)) = INSTEAD.iter().find_map(|(group, instead)| Some((found.name(group)?, instead)))
        else {
            continue;
        };
        let is_told =
            ["，例如", "，如", "，比如", "，像", "（", "——"].iter().any(|sign| text[word.end()..].starts_with(sign));
        let is_fair = is_told && found.name("extreme").is_some();
        if !is_fair && !is_quoted(text, word.start()) && !is_denied(text, word.start()) {
            findings.mark(passage, word.range(), format!("“{}”把风险说轻了", word.as_str())).hint(*instead);
        }
    }
}

/// Whether the words before say that it is not so: 不是个别现象.
fn is_denied(text: &str, at: usize) -> bool {
    let before = lead(text, at);
    ["不是", "并非", "绝非", "不只是", "不仅是", "不止", "不再是", "模拟", "考虑"]
        .iter()
        .any(|word| before.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::assert_marks;

    #[test]
    fn softeners_are_found() {
        assert_marks(
            &RULE,
            &[
                ("极少数用户反映外壳发烫。", &["极少数"]),
                ("个别产品会漏电。", &["个别产品"]),
                ("只是极个别的情况。", &["极个别"]),
                ("极端场景下电池会起火。", &["极端场景"]),
                ("在罕见情况下，孩子会被卡住。", &["罕见情况"]),
                ("企业决定自愿召回上述批次。", &["自愿召回"]),
                ("已作预防性下架处理。", &["预防性下架"]),
                ("出于谨慎考虑，请停用。", &["出于谨慎考虑"]),
                ("长期使用或许会引起过敏。", &["或许"]),
                ("该产品可能存在一定的安全隐患。", &["可能存在一定的"]),
                ("过热会造成一定程度的伤害。", &["会造成一定程度的"]),
            ],
        );
    }

    #[test]
    fn ordinary_uses_pass() {
        assert_marks(
            &RULE,
            &[
                ("“自愿性认证”和自愿性国家标准都不是 3C。", &[]),
                ("每季度做一次预防性维护和预防性试验。", &[]),
                ("极端天气、极端高温里少出门。", &[]),
                ("请做个别化的调整，个别谈话另行安排。", &[]),
                ("松动不是个别现象，每台都要查。", &[]),
                ("商家说“极少数才这样”，请不要信。", &[]),
                ("或许您见过这样的页面。", &[]),
                ("使用时保持一定距离，留一定余量。", &[]),
                ("参加活动全凭自愿，可能会多花一点时间。", &[]),
                ("存在起火风险，请立即停用。", &[]),
                ("特定情况下，例如盖着被子充电，会起火。", &[]),
                ("模拟极端条件的试验由机构完成。", &[]),
            ],
        );
    }
}
