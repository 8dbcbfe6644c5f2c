//! Numbers of batches in a sentence, and what each counts.

use super::pattern::{Pattern, pattern};
use super::sentence::lead;
use std::ops::Range;

/// What a number of batches counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What was sampled.
    Sampled,
    /// What failed, whatever the reason.
    Failed,
    /// What passed.
    Passed,
    /// Something else, or it is not clear.
    Other,
}

/// A number of batches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Count {
    /// The number.
    pub value: u32,
    /// Where it stands in the text, with its unit.
    pub range: Range<usize>,
    /// What it counts.
    pub role: Role,
}

static BATCHES: Pattern =
    Pattern::new(|| pattern(r"(?P<number>[0-9]{1,6}|[〇零一二两三四五六七八九十百千]{1,7}) ?个?批次"));
/// 20批次头盔中
static AMONG: Pattern = Pattern::new(|| pattern(r"^[^，。；：！？、0-9一二三四五六七八九十]{0,14}[中里]"));
/// 对28批次样品检验
static TESTED: Pattern =
    Pattern::new(|| pattern(r"^[^，。；：！？、0-9]{0,12}(?:检验|检测|抽查|监测|检查)(?:[^出到不]|$)"));
static FAILS: Pattern = Pattern::new(|| {
    pattern(r"^(?:均|全部|都|产品|样品)?(?:不合格(?:[^项]|$)|不符合(?:要求|规定|标准|明示|企业|[，。；]|$))")
});
static PASSES: Pattern =
    Pattern::new(|| pattern(r"^(?:均|全部|都|产品|样品)?(?:合格|符合(?:要求|规定|标准|明示|企业|标签))"));

/// Words of sampling.
const SAMPLING: [&str; 11] = ["共抽", "检查", "抽样", "抽检", "抽查", "抽取", "监测", "检测", "检验", "购样", "送检"];
/// What may stand between a pause and a number that counts all that failed or passed.
const PLAIN: [&str; 14] = [
    "",
    "有",
    "共有",
    "仍有",
    "其余",
    "检出",
    "共检出",
    "发现",
    "共发现",
    "查出",
    "其余的",
    "结果",
    "结果有",
    "经检测有",
];
/// The same, where the number stands behind the word.
const FAILED: [&str; 10] = [
    "不合格",
    "检出不合格",
    "共检出不合格",
    "发现不合格",
    "不合格产品",
    "不合格样品",
    "检出不合格产品",
    "检出不合格样品",
    "不合格的有",
    "不合格的",
];
const PASSED: [&str; 4] = ["合格", "合格产品", "合格样品", "合格的有"];
/// Signs before a number that make it an order, a part or a guess.
const INEXACT: [char; 11] = ['第', '每', '前', '后', '近', '约', '余', '逾', '超', '过', '于'];
/// Signs before 一批次 that make it no number.
const ONE: [char; 12] = ['同', '这', '某', '任', '另', '该', '上', '下', '本', '首', '各', '此'];

/// The numbers of batches in a sentence, up to where it goes into detail (其中…).
pub(super) fn counts(text: &str, sentence: &Range<usize>) -> Vec<Count> {
    let words = &text[sentence.clone()];
    if !words.contains("批次") {
        return Vec::new();
    }
    let mut counts: Vec<Count> = Vec::new();
    for found in BATCHES.captures_iter(general(words)) {
        let (Some(whole), Some(number)) = (found.get(0), found.name("number")) else { continue };
        if !is_exact(&words[..whole.start()], number.as_str()) {
            continue;
        }
        let Some(value) = numeral(number.as_str()) else { continue };
        let before = lead(words, whole.start());
        let role = role(before, &words[whole.end()..]);
        // 45批次头盔20批次不合格；共48批次，12批次不合格
        if let Some(last) = counts.last_mut().filter(|last| last.role == Role::Other && role != Role::Other) {
            let is_all = ["共", "共计", "共有"].contains(&lead(text, last.range.start).trim());
            if is_all || before.contains("批次") {
                last.role = Role::Sampled;
            }
        }
        let range = sentence.start + whole.start()..sentence.start + whole.end();
        counts.push(Count { value, range, role });
    }
    counts
}

/// The part of a sentence that speaks of the whole.
pub(super) fn general(sentence: &str) -> &str {
    let details = ["其中", "分别", "包括", "具体为"].iter().filter_map(|word| sentence.find(word)).min();
    details.map_or(sentence, |at| &sentence[..at])
}

fn is_exact(before: &str, number: &str) -> bool {
    let is_one_of = number == "一" && before.ends_with(ONE);
    !is_one_of && !before.ends_with(INEXACT)
}

fn role(before: &str, after: &str) -> Role {
    let before = before.trim();
    let is_plain = PLAIN.contains(&before) || before.contains("批次");
    if FAILS.is_match(after) {
        return if is_plain { Role::Failed } else { Role::Other };
    }
    if PASSES.is_match(after) {
        return if is_plain { Role::Passed } else { Role::Other };
    }
    if FAILED.contains(&before) {
        return Role::Failed;
    }
    if PASSED.contains(&before) {
        return Role::Passed;
    }
    let is_sampling = SAMPLING.iter().any(|word| before.contains(word))
        && !before.contains("合格")
        && !before.ends_with(['到', '出', '现']);
    let is_tested = before.contains('对') && TESTED.is_match(after);
    if is_sampling || is_tested || AMONG.is_match(after) { Role::Sampled } else { Role::Other }
}

/// A number in figures or in Chinese, below ten thousand.
pub(super) fn numeral(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (mut total, mut digit) = (0_u32, None);
    for sign in text.chars() {
        let unit = match sign {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '两' => {
                digit = Some(2);
                continue;
            }
            '〇' | '零' => {
                digit = None;
                continue;
            }
            _ => {
                let place = "一二三四五六七八九".chars().position(|known| known == sign)?;
                digit = u32::try_from(place + 1).ok();
                continue;
            }
        };
        total += digit.take().unwrap_or(1) * unit;
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(text: &str) -> Vec<(u32, Role)> {
        counts(text, &(0..text.len())).into_iter().map(|count| (count.value, count.role)).collect()
    }

    #[test]
    fn numbers_know_what_they_count() {
        use Role::{Failed, Other, Passed, Sampled};
        assert_eq!(roles("共抽样30批次，检出不合格6批次，不合格率为20%。"), [(30, Sampled), (6, Failed)]);
        assert_eq!(roles("25批次头盔中，20批次合格，5批次不合格"), [(25, Sampled), (20, Passed), (5, Failed)]);
        assert_eq!(roles("45批次头盔20批次不合格"), [(45, Sampled), (20, Failed)]);
        assert_eq!(roles("12批次中9批次合格，3批次不合格"), [(12, Sampled), (9, Passed), (3, Failed)]);
        assert_eq!(roles("抽样十八批次，三批次微生物项目不合格"), [(18, Sampled), (3, Other)]);
        assert_eq!(roles("24批次里有3批次开裂"), [(24, Sampled), (3, Other)]);
        assert_eq!(roles("开展检查，共48批次，12批次不合格"), [(48, Sampled), (12, Failed)]);
        assert_eq!(roles("对28批次样品检验，2批次不符合。"), [(28, Sampled), (2, Failed)]);
        assert_eq!(roles("三项合计12批次，不合格产品见表，共3批次"), [(12, Other), (3, Other)]);
        assert_eq!(roles("过充保护6批次，电气强度4批次"), [(6, Other), (4, Other)]);
        assert_eq!(roles("抽样36批次，其中门店27批次"), [(36, Sampled)]);
        assert_eq!(roles("同一批次有两项问题，第3批次，约20批次，每批次"), []);
        assert_eq!(roles("甲醛3批次不合格，1批次不合格项目为标签"), [(3, Other), (1, Other)]);
    }

    #[test]
    fn numerals_are_read() {
        let read = |text| numeral(text).unwrap();
        assert_eq!((read("45"), read("十"), read("十二"), read("二十"), read("一百零五")), (45, 10, 12, 20, 105));
        assert_eq!((read("两"), read("三百二十一"), read("两千")), (2, 321, 2000));
    }
}
