//! `typo-doubled`: characters, words and signs that were typed twice.

use super::rule::{Check, Findings, Part, Rule, Scope};
use super::sentence::is_quoted;
use super::writing::is_worded;
use crate::diag::Severity;
use crate::passage::Passage;
use crate::text::is_cjk;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "typo-doubled",
    title: "字、词、标点重复",
    severity: Severity::Warning,
    what: "虚词连写两次（的的、了了、和和、将将），常用词连写两次（产品产品、请勿请勿），四个字以上的一串连写两次，标点重复或挨在一起（。。、，，、，。）。只查一张可疑字词的表，常常、天天、妈妈、看看、试一试、的的确确、目的的、为了了解、需要要求这些不算；省略号、破折号和连用的！！？？不算。",
    why: "复制、改句子时最容易留下，自己读不出来，别人一眼看见。",
    how: "删去重复的一个。",
    check: Check::Passage(check),
    bad: &[Part::Body("请停止使用表中的的产品产品，，并联系销售者。")],
    good: &[Part::Body("请停止使用表中的产品，并联系销售者。天天看一看，摸一摸。")],
};

/// Characters that do not stand twice, and the neighbours with which they do: before, and after.
const CHARACTERS: &[(char, &str, &str)] = &[
    ('的', "目标打端有", "确"),
    ('了', "不受完除为为得为到", "解结却了不然"),
    ('是', "还但可只要于凡总老就", "非"),
    ('在', "现存实潜内外自所好", ""),
    ('和', "温缓平饱暖柔中总随谐共", "气美睦"),
    ('与', "参赠授给", ""),
    ('有', "没所私", "效关害机毒限利益色偿时序人名趣力的"),
    ('对', "针核面相绝反校应配", "应方象策话准比称折子联外内对"),
    ('将', "即", "来军"),
    ('被', "棉羽毛丝植空", "子套褥单告"),
    ('把', "火车手拖", "手柄关握"),
    ('就', "成造", "业医地近诊职算此读寝餐"),
    ('也', "", ""),
    ('都', "首成古", "市"),
    ('而', "", ""),
    ('并', "合兼吞归", ""),
    ('为', "行作人认因以更较尤极大", "了什何"),
    ('从', "服听自跟遵顺依盲", "容"),
    ('向', "方定流内外横纵单双走去意倾动指转反正导取风朝", "导"),
    ('由', "理自事缘经来", ""),
    ('于', "", ""),
    ('及', "普波顾涉", "时格早至第"),
    ('或', "", ""),
    ('不', "", ""),
    ('要', "需主重只必想将摘概纪首扼", "求素点件领么塞害"),
    ('其', "", "他中余实它次"),
    ('这', "", "里"),
    ('那', "", "里"),
];

/// Words that do not stand twice. Verbs of trying (检查检查, 了解了解) do.
const WORDS: &str = "
产品 商品 消费者 消费 风险 警示 提示 检测 检验 抽样 抽查 抽检 监测 批次 合格 不合格
标准 标志 标识 标签 生产 生产者 销售 销售者 经营者 企业 使用 停止 联系 拨打 型号 批号
品牌 条码 儿童 老人 老年人 孩子 家长 电池 充电 充电器 充电宝 电源 插座 插头 头盔 玩具
食品 接触 材料 温度 认证 证书 国家 我局 我们 市场 监督 管理 规定 要求 按照 根据 依据
通过 进行 可以 应当 必须 不得 不要 请勿 造成 导致 引起 发生 存在 发现 购买 选购 退货
投诉 举报 发布 公布 情况 结果 问题 措施 处置 召回 下架 因为 所以 但是 如果 或者 以及
并且 由于 对于 关于 其中 立即 马上 已经 需要 没有 注意 安全 危险 伤害 火灾 触电 窒息
示例 数据 本次 本文 上述 以下 包装 说明书 票据 网店 平台 移动电源 电动自行车
";

/// The same, to be asked of every character of a text.
static LISTED: LazyLock<BTreeSet<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());

/// Words that a longer word begins with: 标准标准化部门.
const LONGER: &[&str] = &["化", "者", "员", "商", "机构", "部门", "协会", "性"];

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    if !is_worded(passage) {
        return;
    }
    let text = passage.text.as_str();
    let mut done = 0;
    for (at, sign) in text.char_indices() {
        let doubled = (at >= done)
            .then(|| signs(text, at, sign).or_else(|| character(text, at, sign)).or_else(|| word(text, at)))
            .flatten();
        let Some(range) = doubled.filter(|range| !passage.is_code(range.start) && !is_named(text, range)) else {
            continue;
        };
        done = range.end;
        let typed = &text[range.clone()];
        let hint = match sign {
            '。' if typed == "。。。" => "省略写“……”，否则只留一个“。”".to_owned(),
            _ if is_sign(sign) => format!("只留一个，例如“{}”", kept(typed)),
            _ => format!("改为“{}”", &typed[typed.len() / 2..]),
        };
        findings.mark(passage, range.clone(), format!("“{typed}”重复了")).hint(hint);
    }
}

/// Whether it is what the sentence is about: “了了”.
fn is_named(text: &str, range: &Range<usize>) -> bool {
    text[..range.start].ends_with('“') && text[range.end..].starts_with('”')
}

/// Signs of which one is enough.
fn is_sign(sign: char) -> bool {
    matches!(sign, '，' | '。' | '、' | '；' | '：')
}

/// The sign that a reader would expect: the stop that says most.
fn kept(typed: &str) -> char {
    ['。', '；', '：', '，'].into_iter().find(|sign| typed.contains(*sign)).unwrap_or('、')
}

fn signs(text: &str, at: usize, sign: char) -> Option<Range<usize>> {
    if !is_sign(sign) {
        return None;
    }
    let rest = text[at..].trim_start_matches(is_sign);
    let range = at..text.len() - rest.len();
    (range.len() > sign.len_utf8()).then_some(range)
}

fn character(text: &str, at: usize, sign: char) -> Option<Range<usize>> {
    let rest = text[at + sign.len_utf8()..].strip_prefix(sign)?;
    let (_, before, after) = CHARACTERS.iter().find(|(character, ..)| *character == sign)?;
    let is_usual = text[..at].ends_with(|sign| before.contains(sign)) || rest.starts_with(|sign| after.contains(sign));
    // Three in a row are somebody speaking, or a sound.
    (!is_usual && !rest.starts_with(sign) && !text[..at].ends_with(sign)).then_some(at..at + sign.len_utf8() * 2)
}

/// How many characters of a phrase are compared, at most.
const LONGEST: usize = 20;

/// Two or more characters that stand twice: a word of the list, or any four and more.
fn word(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let ends = rest.char_indices().skip(2).take(LONGEST - 1).map(|(end, _)| end);
    let end = ends.filter(|end| rest[*end..].starts_with(&rest[..*end])).find(|end| {
        let (word, after) = (&rest[..*end], &rest[*end * 2..]);
        let is_listed = LISTED.contains(word) && !LONGER.iter().any(|longer| after.starts_with(longer));
        is_listed || is_phrase(word)
    })?;
    (!is_quoted(text, at)).then_some(at..at + end * 2)
}

/// Four different Chinese characters or more; 哈哈哈哈 and 一步一步 are none.
fn is_phrase(word: &str) -> bool {
    let signs: Vec<char> = word.chars().collect();
    let is_text = |sign: &char| is_cjk(*sign) && sign.is_alphabetic();
    signs.len() >= 4
        && signs.iter().all(is_text)
        && (signs[0], signs[1]) != (signs[2], signs[3])
        && signs[0] != signs[1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::assert_marks;

    #[test]
    fn doubled_ones_are_found() {
        assert_marks(
            &RULE,
            &[
                ("请停用表中的的产品。", &["的的"]),
                ("孩子吞下了了磁珠。", &["了了"]),
                ("插头和和电线都要查。", &["和和"]),
                ("产品产品不合格。", &["产品产品"]),
                ("请联系销售者销售者退货。", &["销售者销售者"]),
                ("请立即停用立即停用。", &["立即停用立即停用"]),
                ("拨打消费者热线消费者热线。", &["消费者热线消费者热线"]),
                ("由市场监督管理局市场监督管理局处理。", &["市场监督管理局市场监督管理局"]),
                ("先断电。。再开窗，，走到屋外、、报修。", &["。。", "，，", "、、"]),
                ("先断电，。", &["，。"]),
                ("这种产品不不合格。", &["不不"]),
                ("由于于温度高，请勿请勿靠近。", &["于于", "请勿请勿"]),
                ("如果如果发现漏气，将将阀门关上。", &["如果如果", "将将"]),
            ],
        );
    }

    #[test]
    fn usual_doubles_pass() {
        assert_marks(
            &RULE,
            &[
                ("常常、往往、天天、人人、家家户户、平平安安、妈妈、宝宝。", &[]),
                ("看看，试一试，摸一摸，一步一步来，好好学习天天向上。", &[]),
                ("的的确确是是非非，抽样目的的说明，受不了了。", &[]),
                ("为了了解情况，除了了解以外，现在在售的产品都要查。", &[]),
                ("需要要求企业退货，主要要素有三个，及及时通知。", &[]),
                ("没有有效期的不买，所有有关单位，核对对应的批号，把把手拧紧。", &[]),
                ("该行为为违法行为，合并并公布，方向向左，参与与否，理由由他说。", &[]),
                ("“快跑快跑快跑快跑！”噼啪噼啪，哈哈哈哈哈哈哈哈。", &[]),
                ("“了了”“的的”都不通。", &[]),
                ("等等……——请注意！！真的吗？？", &[]),
                ("反馈标准标准化部门，检查检查，轮流轮流，一个一个数。", &[]),
                ("因为为首的是他，尤其其中一种，以及其其他品种。", &[]),
                ("输入 `的的` 即可。", &[]),
            ],
        );
    }
}
