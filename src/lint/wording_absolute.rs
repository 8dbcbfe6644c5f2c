//! `wording-absolute`: praise and promises that nobody can answer for.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope};
use super::sentence::{around, is_quoted, lead};
use super::writing::is_worded;
use crate::diag::Severity;
use crate::passage::{Kind, Passage};
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "wording-absolute",
    title: "绝对化用语和打包票的话",
    severity: Severity::Warning,
    what: "夸产品的“最安全”“最好的产品”“国家级产品”“顶级”“销量第一”，和打包票的“100%安全”“绝对安全”“完全无害”“零风险”“万无一失”“永不生锈”“保证不会……”。不看表格和引号里的话；转述宣传、否定这种说法的不算；“最大电流”“最好先……”“最安全的做法”“国家级实验室”“绝对湿度”“合格率100%”不算。",
    why: "《中华人民共和国广告法》第九条第（三）项不许广告用“国家级”“最高级”“最佳”等用语，监管部门的文章也不能替产品这样说话；打了包票还是出了事，公众就不再信这个网站。",
    how: "写做得到的：符合哪项标准、能防什么、还要注意什么。",
    check: Check::Passage(check),
    bad: &[Part::Body("选用有 3C 标志的充电宝绝对安全，可以做到零风险。")],
    good: &[Part::Body("先看有没有 3C 标志。有标志也要当心：摔过、鼓包的一样危险。宣称“零风险”的，不要信。")],
};

static ABSOLUTE: Pattern = Pattern::new(|| {
    pattern(concat!(
        r"(?P<most>最(?:安全|可靠|放心|先进|优质|高端|好的|高级)|最佳(?:产品|品牌|品质|质量|商品|选择)|顶级|极品|史上最|",
        r"国家级(?:产品|商品|品牌|名牌|品质|水平|免检)|(?:全国|全网|世界|行业|销量|质量)第一(?:品牌)?|第一品牌)",
        r"|(?P<vow>(?:100 ?[%％]|百分之百|百分百|绝对|完全)(?:地|的)?(?:安全|无害|无毒|可靠|放心|有效|没有(?:风险|危险|隐患|问题|危害))|绝对不会|",
        r"零(?:风险|隐患|危害|伤害)|万无一失|永不(?:变形|生锈|褪色|掉色|磨损|断裂|老化|爆炸|起火|脱落|松动|损坏|发霉|失效|短路|过热|漏[水电气])|",
        r"保证不(?:会|出|伤|漏|起火|爆炸|短路|褪色|变形))",
    ))
});

/// What makes a superlative plain advice: 最安全的做法.
const ADVICE: &[&str] = &[
    "办法", "做法", "方法", "方式", "地方", "位置", "选择", "距离", "姿势", "时间", "时机", "措施", "场所", "路线",
    "预防", "防护", "保护", "礼物", "例子", "证明", "证据", "结果", "习惯", "状态", "老师", "别",
];

/// Words that show that somebody else said it, and that it is held up to doubt.
const TOLD: &[&str] = &[
    "宣传", "宣称", "声称", "号称", "标榜", "谎称", "自称", "吹嘘", "广告", "说法", "谎言", "话术", "字样", "用语",
    "推销", "商家", "卖家", "店家", "承诺", "以为", "认为", "所谓", "轻信", "不信", "别信",
];

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    let text = &passage.text;
    if !is_worded(passage) || matches!(passage.kind, Kind::Cell { .. } | Kind::CsvCell { .. }) {
        return;
    }
    for found in ABSOLUTE.captures_iter(text) {
        let praise = found.name("most");
        let Some(word) = praise.or_else(|| found.name("vow")) else { continue };
        if passes(text, &word.range()) {
            continue;
        }
        let (message, hint) = match praise {
            Some(_) => ("是广告法不许用的一类绝对化用语", "写明符合哪项标准、有什么标志，或改成“更……”"),
            None => ("是打包票的话，没有人能保证", "写做得到的：能防什么、还要注意什么"),
        };
        findings.mark(passage, word.range(), format!("“{}”{message}", word.as_str())).hint(hint);
    }
}

fn passes(text: &str, word: &Range<usize>) -> bool {
    let after = text[word.end..].trim_start_matches('的');
    let sentence = around(text, word.start);
    is_quoted(text, word.start)
        || ADVICE.iter().any(|noun| after.starts_with(noun))
        || after.starts_with("域名")
        || TOLD.iter().any(|word| sentence.contains(word))
        || is_denied(lead(text, word.start))
}

/// Whether words say that something is not so: 没有绝对安全的电池.
fn is_denied(before: &str) -> bool {
    let begins_other_word = |rest: &str| rest.starts_with(['锈', '同', '少', '仅', '但', '过', '论', '管', '断', '久']);
    before.split('不').skip(1).any(|rest| !begins_other_word(rest))
        || ["没有", "并非", "绝非", "未必", "无法", "难以", "从来没", "谁也", "勿", "岂", "哪有"]
            .iter()
            .any(|word| before.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::assert_marks;

    #[test]
    fn absolute_words_are_found() {
        assert_marks(
            &RULE,
            &[
                ("有 3C 标志的头盔最安全。", &["最安全"]),
                ("请买最好的产品。", &["最好的"]),
                ("它是国家级产品。", &["国家级产品"]),
                ("这种锅采用顶级不锈钢，绝对安全。", &["顶级", "绝对安全"]),
                ("照着做，100%安全。", &["100%安全"]),
                ("不锈钢杯完全无害。", &["完全无害"]),
                ("这样充电零风险。", &["零风险"]),
                ("装上报警器就万无一失。", &["万无一失"]),
                ("镀锌以后永不生锈。", &["永不生锈"]),
                ("按说明书使用保证不会起火。", &["保证不会"]),
                ("该品牌销量第一。", &["销量第一"]),
            ],
        );
    }

    #[test]
    fn ordinary_uses_pass() {
        assert_marks(
            &RULE,
            &[
                ("最大电流为 10A，最高水位在上，最后看绝对湿度。", &[]),
                ("最好先晾一晾，第一时间就医。", &[]),
                ("序列号是唯一标识，由国家级实验室检测。", &[]),
                ("最安全的做法是停用，最好的办法是不买。", &[]),
                ("没有绝对安全的电池，也不可能零风险。", &[]),
                ("广告说完全无害，孩子却中了毒。", &[]),
                ("页面写“100%安全”“永不爆炸”，请不要信。", &[]),
                ("商家保证不会掉色，仍要试一试。", &[]),
                ("抽样 20 批次，合格率100%。", &[]),
                ("绝对不要用明火查漏，绝对禁止倒罐。", &[]),
                ("|说法|实情|\n|-|-|\n|绝对安全|没有依据|", &[]),
            ],
        );
    }
}
