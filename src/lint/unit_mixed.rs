//! `unit-mixed`: one unit written as a sign here and in words there.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use super::sentence::is_quoted;
use super::writing::texts;
use crate::diag::Severity;
use crate::passage::{Kind, Passage};
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "unit-mixed",
    title: "同一单位一处写符号、一处写汉字",
    severity: Severity::Note,
    what: "正文和列表里，同一个单位有时写符号、有时写汉字：200 mg/kg 和 200 毫克/千克，65℃ 和 65 摄氏度，5mm 和 5 毫米。只看数字后面的；表格、引号里照抄的标签不看，标题、摘要用汉字而正文用符号的不算，时间单位（h 和小时）不看。",
    why: "同一篇里写法不一，读的人会以为是两种量；表格和正文对照时也容易看错。",
    how: "全文用一种写法。数据多的用符号，写给老人看的用汉字。",
    check: Check::Notice(check),
    bad: &[Part::Body("限值为 200 mg/kg。实测 310 毫克/千克。")],
    good: &[Part::Body("限值为 200 mg/kg。实测 310 mg/kg，放置 4h 后再测，24 小时内出结果。")],
};

/// Sign and words.
const UNITS: &[(&[&str], &[&str])] = &[
    (&["mg/kg"], &["毫克/千克", "毫克每千克"]),
    (&["℃", "°C"], &["摄氏度"]),
    (&["mm"], &["毫米"]),
    (&["cm"], &["厘米"]),
    (&["km"], &["千米", "公里"]),
    (&["m"], &["米"]),
    (&["kg"], &["千克", "公斤"]),
    (&["mg"], &["毫克"]),
    (&["g"], &["克"]),
    (&["mL", "ml"], &["毫升"]),
    (&["L"], &["升"]),
    (&["V"], &["伏", "伏特"]),
    (&["W"], &["瓦"]),
    (&["A"], &["安", "安培"]),
    (&["dB"], &["分贝"]),
];

static MEASURED: Pattern = Pattern::new(|| {
    pattern(
        r"[0-9] ?(?P<unit>mg/kg|毫克/千克|毫克每千克|℃|°C|摄氏度|毫米|厘米|千米|公里|米|千克|公斤|毫克|克|毫升|升|伏特?|瓦|安培?|分贝|mm|cm|km|kg|mg|mL|ml|m|g|L|V|W|A|dB)",
    )
});

/// The first place of each spelling.
#[derive(Default)]
struct Seen<'a> {
    sign: Option<(&'a Passage, Range<usize>)>,
    words: Option<(&'a Passage, Range<usize>)>,
}

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let mut seen: [Seen<'_>; UNITS.len()] = Default::default();
    for passage in texts(subject).filter(|passage| is_read(passage)) {
        for found in MEASURED.captures_iter(&passage.text).filter_map(|found| found.name("unit")) {
            if passage.is_code(found.start())
                || is_quoted(&passage.text, found.start())
                || goes_on(passage, found.end())
            {
                continue;
            }
            let unit = found.as_str();
            let index = UNITS.iter().position(|(signs, words)| signs.contains(&unit) || words.contains(&unit));
            let Some((seen, (signs, _))) = index.and_then(|index| Some((seen.get_mut(index)?, UNITS.get(index)?)))
            else {
                continue;
            };
            let place = if signs.contains(&unit) { &mut seen.sign } else { &mut seen.words };
            place.get_or_insert((passage, found.range()));
        }
    }
    for Seen { sign, words } in seen {
        let (Some((signed, sign)), Some((worded, words))) = (sign, words) else { continue };
        let (sign, word) = (&signed.text[sign], &worded.text[words.clone()]);
        findings
            .mark(worded, words, format!("这里写“{word}”，另一处写“{sign}”"))
            .hint(format!("全文统一写“{sign}”，或者统一写“{word}”"));
    }
}

fn is_read(passage: &Passage) -> bool {
    matches!(passage.kind, Kind::Paragraph | Kind::Item | Kind::Heading(_))
        && passage.text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether the unit is the beginning of another one or of a word: 5m/s, 5mm², 3升级.
fn goes_on(passage: &Passage, end: usize) -> bool {
    let rest = &passage.text[end..];
    rest.starts_with(|sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '²' | '³' | '/' | '·' | '-'))
        || ["每", "级", "全", "装", "拉", "以上压"].iter().any(|word| rest.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{assert_marks, marked_in};

    #[test]
    fn mixed_spellings_are_found_once() {
        assert_marks(
            &RULE,
            &[
                ("200 mg/kg 和 310 毫克/千克，还有 400 毫克/千克。", &["毫克/千克"]),
                ("65℃ 下放置，降到 40 摄氏度。", &["摄氏度"]),
                ("长 5 毫米。\n\n宽 3mm。", &["毫米"]),
                ("离 8 米以外，不少于 8m。", &["米"]),
                ("重 5kg，不超过 10 公斤。", &["公斤"]),
                ("- 接 220V\n- 不接 380 伏", &["伏"]),
                ("60dB 和 60 分贝一样。", &["分贝"]),
                ("装 500mL，不装 300 毫升；高 3cm，宽 5 厘米。", &["厘米", "毫升"]),
            ],
        );
        assert_eq!(marked_in(&RULE, &[Part::Front("summary: 离断线 8 米以外。"), Part::Body("离开 8m。")]), [""; 0]);
    }

    #[test]
    fn one_spelling_passes() {
        assert_marks(
            &RULE,
            &[
                ("200 mg/kg 和 310mg/kg。", &[]),
                ("放置 4h，24 小时内出结果，10 min 即 10 分钟。", &[]),
                ("长 5mm，10 米以外。", &[]),
                ("|项目|值|\n|-|-|\n|厚|5mm|\n\n厚 5 毫米。", &[]),
                ("标着“20 mm”，实际 15 毫米。", &[]),
                ("截面 4mm²，厚 3 毫米。", &[]),
                ("速度 5m/s，离开 3 米。", &[]),
                ("单位是毫米（mm）。", &[]),
                ("10 安全帽，5 克拉，3 升级，5A。", &[]),
            ],
        );
    }
}
