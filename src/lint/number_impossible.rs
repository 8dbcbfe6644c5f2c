//! `number-impossible`: dates, times and numbers that cannot be.

use super::pattern::{Captures, Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope};
use super::sentence::is_quoted;
use super::writing::is_worded;
use crate::diag::Severity;
use crate::moment::Day;
use crate::passage::Passage;
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "number-impossible",
    title: "不可能有的日期、时间、百分比和批次数",
    severity: Severity::Error,
    what: "不存在的日期（2月30日、13月1日、2023年2月29日、2024-04-31）；不存在的时刻（上午25:00、8:30—17:75、25时10分）；超过 100% 的合格率、不合格率、占比；“抽样 5 批次，8 批次不合格”这样不合格多于抽样的；第 0 批、第 0 条。农历日期、引号和代码里照抄的、型号批号、比例（30:70）不算。",
    why: "一看就知道不可能的数，让人怀疑全文的数都没有核对过；日期写错，读者不知道该停用哪一天生产的。",
    how: "照原始记录改正。",
    check: Check::Passage(check),
    bad: &[Part::Body("抽样时间为 2024年2月30日，抽样 5 批次，8 批次不合格，不合格率 160%。")],
    good: &[Part::Body("抽样时间为 2024年2月29日，抽样 8 批次，5 批次不合格，不合格率 62.5%，比上年增长 160%。")],
};

/// 2024年2月30日, 2月30日, 2024-02-30, 2024.2.30
static DATE: Pattern = Pattern::new(|| {
    pattern(concat!(
        r"(?:(?P<year>[12][0-9]{3}) ?年 ?)?(?P<month>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?[日号]",
        r"|(?P<iso_year>(?:19|20)[0-9]{2})[-./](?P<iso_month>[0-9]{1,2})[-./](?P<iso_day>[0-9]{1,2})",
    ))
});
/// 上午25:00, 8:30—25:00, 25时10分
static TIME: Pattern = Pattern::new(|| {
    pattern(concat!(
        r"(?:上午|下午|中午|晚上|凌晨|早上|早晨|工作日|时间为?|[0-9]日) ?(?P<hour>[0-9]{1,2})[:：](?P<minute>[0-9]{2})(?: ?(?:—|–|-|～|~|至|到) ?(?P<until_hour>[0-9]{1,2})[:：](?P<until_minute>[0-9]{2}))?",
        r"|(?P<from_hour>[0-9]{1,2})[:：](?P<from_minute>[0-9]{2}) ?(?:—|–|-|～|~|至|到) ?(?P<to_hour>[0-9]{1,2})[:：](?P<to_minute>[0-9]{2})",
        r"|(?P<spoken_hour>[0-9]{1,2}) ?[时点] ?(?P<spoken_minute>[0-9]{1,2}) ?分",
    ))
});
static SHARE: Pattern =
    Pattern::new(|| pattern(r"(?:合格率|占比?)(?:为|是|约|达到?|：)? ?(?P<percent>[0-9]+(?:\.[0-9]+)?) ?[%％]"));
static FAILED: Pattern = Pattern::new(|| {
    pattern(concat!(
        r"(?:抽样|抽检|抽查|抽取|监测|检测)[^，。；：！？0-9]{0,12}(?P<batches>[0-9]{1,6}) ?批次[^，。；：！？0-9]{0,12}[，,中]",
        r"(?:检出|发现|有|其中)?(?:(?P<failed>[0-9]{1,6}) ?批次不合格|不合格(?:产品)?(?P<behind>[0-9]{1,6}) ?批次)",
    ))
});
static ZEROTH: Pattern = Pattern::new(|| pattern(r"第 ?0 ?(?:批|条|项|款|章|节|次|页)"));

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    let text = passage.text.as_str();
    if !is_worded(passage) || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    for (pattern, judge) in [
        (&DATE, date as fn(&Captures<'_>) -> Option<String>),
        (&TIME, time),
        (&SHARE, share),
        (&FAILED, failed),
        (&ZEROTH, |_| Some("没有“第 0”".to_owned())),
    ] {
        for found in pattern.captures_iter(text) {
            let Some(range) = found.get(0).map(|whole| whole.range()) else { continue };
            if passes(passage, &range) {
                continue;
            }
            if let Some(message) = judge(&found) {
                findings.mark(passage, range, message).hint("请照原始记录改正");
            }
        }
    }
}

/// Whether it is a part of a longer number, copied from elsewhere, or of the lunar calendar.
fn passes(passage: &Passage, range: &Range<usize>) -> bool {
    let (before, after) = (&passage.text[..range.start], &passage.text[range.end..]);
    let joins = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.' | '/' | '_' | ':');
    let is_number_of = ["批号", "编号", "型号", "货号", "版本"]
        .iter()
        .any(|word| before.trim_end_matches(['：', ':', '为', ' ']).ends_with(word));
    before.ends_with(joins)
        || after.starts_with(|sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '/'))
        || is_number_of
        || before.ends_with("农历")
        || before.ends_with("阴历")
        || passage.is_code(range.start)
        || is_quoted(&passage.text, range.start)
}

fn value(found: &Captures<'_>, name: &str) -> Option<u32> {
    found.name(name)?.as_str().parse().ok()
}

fn date(found: &Captures<'_>) -> Option<String> {
    let month = value(found, "month").or_else(|| value(found, "iso_month"))?;
    let day = value(found, "day").or_else(|| value(found, "iso_day"))?;
    let year = value(found, "year").or_else(|| value(found, "iso_year"));
    let shown = year.map(|year| format!("{year}年")).unwrap_or_default();
    // A day without a year may be in a leap year.
    let typed = format!("{:04}-{month:02}-{day:02}", year.unwrap_or(2024));
    Day::parse(&typed).is_none().then(|| format!("没有 {shown}{month}月{day}日这一天"))
}

fn time(found: &Captures<'_>) -> Option<String> {
    let pairs = [
        ("hour", "minute"),
        ("until_hour", "until_minute"),
        ("from_hour", "from_minute"),
        ("to_hour", "to_minute"),
        ("spoken_hour", "spoken_minute"),
    ];
    let read = |(hour, minute)| value(found, hour).zip(value(found, minute));
    let is_wrong = |(hour, minute): &(u32, u32)| *hour > 24 || *minute > 59 || *hour == 24 && *minute > 0;
    let (hour, minute) = pairs.into_iter().filter_map(read).find(is_wrong)?;
    Some(format!("没有 {hour}:{minute:02} 这个时刻"))
}

fn share(found: &Captures<'_>) -> Option<String> {
    let percent = found.name("percent")?.as_str();
    percent.parse::<f64>().is_ok_and(|value| value > 100.0).then(|| format!("一部分不会是全部的 {percent}%"))
}

fn failed(found: &Captures<'_>) -> Option<String> {
    let batches = value(found, "batches")?;
    let failed = value(found, "failed").or_else(|| value(found, "behind"))?;
    (failed > batches).then(|| format!("不合格 {failed} 批次，多于抽样 {batches} 批次"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::assert_marks;

    #[test]
    fn impossible_numbers_are_found() {
        assert_marks(
            &RULE,
            &[
                ("抽样到 2月30日为止。", &["2月30日"]),
                ("自2023年2月29日起召回。", &["2023年2月29日"]),
                ("4月31日和13月1日都不对。", &["4月31日", "13月1日"]),
                ("抽样日期为 2024-04-31。", &["2024-04-31"]),
                ("2024.13.05 以前生产的要停用。", &["2024.13.05"]),
                ("工作日 8:30—17:75 受理。", &["工作日 8:30—17:75"]),
                ("每天上午25:00 开门，25时10分关门。", &["上午25:00", "25时10分"]),
                ("不合格率为 120%，占150%。", &["合格率为 120%", "占150%"]),
                ("抽样 5 批次，8 批次不合格。", &["抽样 5 批次，8 批次不合格"]),
                ("抽检头盔20批次中，不合格25批次。", &["抽检头盔20批次中，不合格25批次"]),
                ("按第 0 条办理。", &["第 0 条"]),
                ("|日期|数|\n|-|-|\n|6月31日|3|", &["6月31日"]),
            ],
        );
    }

    #[test]
    fn possible_numbers_pass() {
        assert_marks(
            &RULE,
            &[
                ("2024年2月29日、2月29日、12月31日、1月1日。", &[]),
                ("农历2月30日，二月三十日。", &[]),
                ("批号 2024-13-05，编号为2024.14.01，“2024-99-01”。", &[]),
                ("比例 30:70，时间 24:00，8:30—24:00，血压 80/120。", &[]),
                ("销量增长 160%，是上年的 150%，相当于标准的 200%。", &[]),
                ("合格率100%，占 100%。", &[]),
                ("抽样 8 批次，5 批次不合格；另查 30 批次，12 批次下架。", &[]),
                ("等了 90 分钟，13 个月，25 小时 70 分钟。", &[]),
                ("电话 0350-0000000，IP 192.168.1.99，版本 2024.13.1。", &[]),
                ("第 01 批，第 10 条，`2月30日`。", &[]),
                ("地址在 GB 4943.1-2022-13-45 之后。", &[]),
            ],
        );
    }
}
