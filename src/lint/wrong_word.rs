//! `wrong-word`: words that are wrong on an official page: 错敏词.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope};
use crate::config::WrongWord;
use crate::diag::Severity;
use crate::passage::{Kind, Passage};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "wrong-word",
    title: "用了旧机构名、写错的词或本站的错敏词",
    severity: Severity::Warning,
    what: "一、2018 年、2023 年机构改革以前的机构名（工商局、质检总局、食药监局等）、写错的机构名和平台名、已废止的法律规章名；前面有“原”字的、同一句里写着当年年份的、书名号里的、后面是“令”“公告”“第几号”的不算。二、12315 写错（12135 等）和已并入 12315 的 12365、12331、12358；只看“拨打”“电话”“热线”“投诉”“举报”旁边的。三、本行常见的错字和不推荐的词形（帐户、按装、定货、成份、聚氨脂等），依据《现代汉语词典》第 7 版、《第一批异形词整理表》和化学名词；“其它”“粘度”等两可的不算。四、site.yaml 的 check.words 列出的词，一律算。产品信息（products）、转载来源、标准号照原样写，不查。",
    why: "机构名写错、称呼用旧、错别字，是政府网站检查最常扣分的，也让读者疑心内容不认真；政治方面的错敏词请在 site.yaml 里登记，或另用专门的校对软件。",
    how: "改成提示的词；引用历史文件的，写明“原”字或年份；专有名称里就这样写的，写一条例外。要让这样的词通不过签署，在 site.yaml 里把本规则调为“错误”。",
    check: Check::Passage(check),
    bad: &[Part::Body("可以向当地工商局投诉，退款打入您的帐户。")],
    good: &[Part::Body("可以向当地市场监督管理局投诉，退款打入您的账户。2016年，质检总局发布过风险提示。")],
};

/// A line of the table.
struct Entry {
    right: &'static str,
    not_behind: &'static str,
    not_before: &'static str,
    /// What the word is.
    group: &'static str,
    /// The last year in which it was right.
    until: Option<u16>,
}

static ENTRIES: LazyLock<BTreeMap<&'static str, Entry>> =
    LazyLock::new(|| entries(include_str!("wrong_words.tsv")).collect());
static WORDS: Pattern = Pattern::new(|| {
    // Of two words that begin alike the longer one is meant.
    let mut words: Vec<&str> = ENTRIES.keys().copied().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    pattern(&words.join("|"))
});
static YEAR: Pattern = Pattern::new(|| pattern(r"(?:19[4-9][0-9]|20[0-9]{2})"));
/// A number of a paper: 第60号, but not 第九条.
static NUMBERED: Pattern = Pattern::new(|| pattern(r"^第[ 　]?[0-9０-９〇零一二三四五六七八九十百]{1,6}[ 　]?号"));
static CALL: Pattern = Pattern::new(|| pattern(r"拨打|请打|电话|热线|致电|投诉|举报|平台"));

fn entries(table: &'static str) -> impl Iterator<Item = (&'static str, Entry)> {
    let (mut group, mut until) = ("", None);
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(move |line| {
        if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let (name, year) = head.rsplit_once(' ').map_or((head, None), |(name, year)| (name, year.parse().ok()));
            (group, until) = if year.is_some() { (name, year) } else { (head, None) };
            return None;
        }
        let mut cells = line.split('\t');
        let mut cell = || cells.next().filter(|cell| *cell != "-").unwrap_or_default();
        let (word, right, not_behind, not_before) = (cell(), cell(), cell(), cell());
        Some((word, Entry { right, not_behind, not_before, group, until }))
    })
}

fn check(passage: &Passage, scope: &Scope<'_>, findings: &mut Findings) {
    if is_quoted(&passage.kind) {
        return;
    }
    let own = &scope.config.check.words;
    let text = passage.text.as_str();
    for found in WORDS.find_iter(text) {
        let Some(entry) = ENTRIES.get(found.as_str()) else { continue };
        if own.iter().any(|own| own.word == found.as_str()) || may_stand(text, &found.range(), entry) {
            continue;
        }
        let finding = findings.mark(passage, found.range(), format!("“{}”：{}", found.as_str(), entry.group));
        let finding = finding.hint(format!("请改为“{}”", entry.right));
        if entry.until.is_some() {
            finding.hint("说的是当年的事，请在前面加“原”字，或在同一句写明年份");
        }
    }
    own.iter().for_each(|own| mark_own(passage, own, findings));
}

fn mark_own(passage: &Passage, own: &WrongWord, findings: &mut Findings) {
    for (start, word) in passage.text.match_indices(own.word.as_str()).filter(|(_, word)| !word.is_empty()) {
        let message = format!("“{word}”是本站不用的词");
        let finding = findings.mark(passage, start..start + word.len(), message);
        match own.instead.as_str() {
            "" => finding.hint("请换一种说法"),
            instead => finding.hint(format!("请改为“{instead}”")),
        };
    }
}

/// Names that stand on a package or elsewhere like this.
fn is_quoted(kind: &Kind) -> bool {
    match kind {
        Kind::Field(keys) => {
            keys == "standards"
                || keys.starts_with("origin.")
                || (keys.starts_with("products.") && keys != "products.sold")
        }
        Kind::Code | Kind::Address | Kind::Metadata(_) => true,
        _ => false,
    }
}

/// Whether a word is part of another one, or was right in its time.
fn may_stand(text: &str, range: &Range<usize>, entry: &Entry) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let is_number = text[range.clone()].bytes().all(|byte| byte.is_ascii_digit());
    before.ends_with(|sign| entry.not_behind.contains(sign))
        || after.starts_with(|sign| entry.not_before.contains(sign))
        || (is_number && !is_called(before, after))
        || entry.until.is_some_and(|year| is_history(before, after, year))
}

/// Whether a number is one to call: no digit touches it, and a word beside it says so.
fn is_called(before: &str, after: &str) -> bool {
    let touches = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.');
    let near_before: String = before.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
    let near_after: String = after.chars().take(4).collect();
    let is_union = [before, after].iter().any(|text| text.contains("工会") || text.contains("职工"));
    !before.ends_with(touches)
        && !after.starts_with(touches)
        && !is_union
        && (CALL.is_match(&near_before) || CALL.is_match(&near_after))
}

/// Whether a name of old is used as such.
fn is_history(before: &str, after: &str, until: u16) -> bool {
    let ends = ['。', '；', '！', '？'];
    let sentence = [before.rsplit(ends).next().unwrap_or_default(), after.split(ends).next().unwrap_or_default()];
    let [near, rest] = sentence;
    let listed = near.ends_with('、') && near.rsplit(['，', '：']).next().is_some_and(|list| list.starts_with('原'));
    let former = ["原", "原国家", "原省", "原市", "原县", "原区", "时任", "前身是", "前身为"];
    let is_old = |year: &str| year.parse::<u16>().is_ok_and(|year| year <= until);
    former.iter().any(|word| near.ends_with(word))
        || listed
        || ["令", "公告", "〔", "文件"].iter().any(|word| rest.starts_with(word))
        || NUMBERED.is_match(rest)
        || near.matches('《').count() > near.matches('》').count()
        || sentence.iter().any(|text| YEAR.find_iter(text).any(|year| is_old(year.as_str())))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn every_line_of_the_table_is_whole() {
        let table: Vec<_> = entries(include_str!("wrong_words.tsv")).collect();
        assert_eq!(table.len(), ENTRIES.len(), "a word stands twice");
        for (word, entry) in table {
            assert!(!entry.group.is_empty() && !entry.right.is_empty() && word != entry.right, "{word}");
            assert!(word.chars().count() >= 2 && !word.contains(' '), "{word}");
            let again = WORDS.find_iter(entry.right).any(|found| {
                ENTRIES.get(found.as_str()).is_some_and(|other| !may_stand(entry.right, &found.range(), other))
            });
            assert!(!again, "what is to be written for {word} is found wrong itself");
        }
    }

    #[test]
    fn wrong_words_are_found() {
        for (text, word) in [
            ("可以向当地工商局投诉", "工商局"),
            ("原平市工商局提醒", "工商局"),
            ("国家工商总局提示", "国家工商总局"),
            ("质检总局近日提示", "质检总局"),
            ("由食药监部门处理", "食药监部门"),
            ("生态环境由环保局负责", "环保局"),
            ("2024年，质检总局发布公告", "质检总局"),
            ("市监局提醒您", "市监局"),
            ("依照《合同法》", "《合同法》"),
            ("依照《合同法》第九条", "《合同法》"),
            ("烟雾防碍逃生", "防碍"),
            ("必竞是电器", "必竞"),
            ("请拨打12135", "12135"),
            ("请拨打12351投诉", "12351"),
            ("12365热线", "12365"),
            ("登录全国12315互联网平台", "全国12315互联网平台"),
            ("退到原来的帐户", "帐户"),
            ("请专业人员按装", "按装"),
            ("化学成份不明", "成份"),
            ("填充物为聚氨脂", "聚氨脂"),
            ("邻苯二甲酸二丁脂", "二丁脂"),
            ("锂电子电池", "锂电子电池"),
            ("截止目前，共抽样", "截止目前"),
        ] {
            assert_eq!(marked(&RULE, text), [word], "{text}");
        }
    }

    #[test]
    fn words_of_other_meaning_pass() {
        for text in [
            "原国家质检总局和原工商、质监、食药监部门",
            "2016年，质检总局发布风险提示",
            "质检总局令第151号",
            "质检总局第151号公告、质检总局第 六十 号文",
            "势必竞争激烈，必竞标，消防碍事",
            "《质检总局关于发布目录的公告》",
            "个体工商户、工商银行、工商所得",
            "环保部门、农业部门、环境保护部分",
            "蚊帐户外使用，搭起帐篷，收帐篷",
            "按装修合同，按装箱单核对",
            "过渡假期、引渡",
            "插座落地安装，讲座落幕",
            "指定货架，规定货物，约定货款",
            "组成份额，三成份额",
            "打磨擦净",
            "职工维权请拨打工会热线12351",
            "批号12135，共12351件",
            "型号X-12135热线",
            "聚脂肪，俱乐部，这家俱乐部",
            "全部份额、内部份",
            "劳动合同法、《劳动合同法》",
            "发布署名文章",
            "撤消息、撤消防通道",
            "误报导致停机，警报导致疏散",
            "固定货架一定货真价实",
            "一张帖子",
            "应予防止，应予警告",
            "大家俱已到场，厂家俱全",
            "联通迅速恢复",
            "工商局限",
            "运动粘度、其它",
            "关注消费者，举报消费欺诈",
            "给予警告、给予防护",
            "银行、保险由国家金融监督管理总局监管",
            "市场监督管理局、市场监管总局、国家药品监督管理局",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let product = Part::Front("products:\n  - {name: 甲, model: X-1, maker: 示例渡假用品厂}");
        assert_eq!(marked_in(&RULE, &[product]), [""; 0]);
    }

    #[test]
    fn the_site_has_words_of_its_own() {
        let site = Part::Site("check: {words: [{word: 示例词, use: 别的词}, {word: 帐户}]}");
        assert_eq!(marked_in(&RULE, &[Part::Body("示例词和帐户，示例词"), site]), ["示例词", "示例词", "帐户"]);
    }
}
