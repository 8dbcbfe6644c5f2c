//! `wording-abbreviation`: Latin abbreviations that nobody explains.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use super::sentence::is_quoted;
use super::writing::texts;
use crate::diag::Severity;
use crate::passage::{Kind, Passage};
use crate::text::is_cjk;
use std::collections::BTreeSet;
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "wording-abbreviation",
    title: "英文缩略语没有解释",
    severity: Severity::Warning,
    what: "两个以上大写字母的缩略语（DEHP、PVDC），全文没有一处写出它的中文：“邻苯二甲酸二（2-乙基己基）酯（DEHP）”“DEHP（邻……酯）”“PP 即聚丙烯”，或者表格里一格缩写、一格中文，都算解释了。人人认得的（3C、USB、LED、GPS、PVC 等）、计量单位、尺码、等级、标准号、型号、带数字或横线的代号、引号里照抄的标签文字不算；products、standards 和表格里型号、批号一类的列不查。check.abbreviations 里写明的不算。",
    why: "读者不认得字母，就不知道说的是自己手里的哪样东西；写惯了的人看不出别人不懂。",
    how: "第一次用时写出中文，把缩略语放在括号里；只用一次的，只写中文。",
    check: Check::Notice(check),
    bad: &[Part::Body("样品的 DEHP 含量高于限值。")],
    good: &[Part::Body(
        "样品的邻苯二甲酸二（2-乙基己基）酯（DEHP）高于限值。DEHP 是一种增塑剂。请看有没有 3C 标志，不要放在 USB 接口旁。",
    )],
};

static LATIN: Pattern = Pattern::new(|| pattern(r"[A-Za-z0-9][A-Za-z0-9._/+\-]*"));

/// What everybody knows, what stands before a number of a standard, sizes, and units in the spellings people type.
const COMMON: &[&str] = &[
    // Marks and organisations.
    "CCC", "ISO", "IEC", "CNAS", "CMA", "GB", "GBT", "QB", "JJG", "NY", "DB", "EN", "ASTM", "EU", "CEO", "VIP", "ID",
    "IP", // Things at home.
    "USB", "LED", "OLED", "LCD", "TV", "DVD", "VCD", "CD", "PC", "CPU", "SIM", "SD", "GPS", "NFC", "WIFI", "APP",
    "PDF", "PPT", "QQ", "AI", "IT", "DIY", "VR", "AR", "SUV", "MPV", "ATM", "POS", "KTV", "UPS", "IC", "HDMI", "SOS",
    "OK", "NO", "ON", "OFF", "MAX", "MIN", "AC", "DC", "PVC", "ABS", "ABC", "AB", "AA", "AAA", "CT", "ICU", "DNA",
    "UV", "AED", "PK", "PH", "NG", "OTC", "CBA", "NBA", "MP", "URL", "HTTP", "HTTPS", "RSS", "XML", "CSV", "PNG",
    "JPG", "JPEG", "NB", // Units.
    "MHZ", "GHZ", "KHZ", "HZ", "KV", "MV", "KVA", "MVA", "KW", "MW", "KWH", "MPA", "KPA", "GPA", "MAH", "WH", "AH",
    "DB", "DBA", "RH", "PD", "QC", "KG", "MG", "MM", "CM", "KM", "ML", "MB", "TB", "KB", "KN", "MJ", "KJ", "BTU",
    "RPM", "PPM", "PPB", "GY", "SV",
];

/// Words after which letters are a name, not an abbreviation.
const NAMED: &[&str] =
    &["型号", "规格", "牌号", "批号", "代号", "编号", "货号", "品牌", "商标", "系列", "标有", "印有", "标注", "字母"];

/// Words between an abbreviation and its meaning.
const MEANS: &[&str] =
    &["是", "即", "指", "就是", "意为", "意思", "代表", "表示", "也叫", "又叫", "又称", "俗称", "全称", "为", "："];

/// Words between a meaning and its abbreviation.
const CALLED: &[&str] =
    &["即", "也就是", "简称", "缩写", "缩写为", "缩写是", "俗称", "又称", "又叫", "也叫", "英文名", "代号"];

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let mut uses: Vec<(&str, &Passage, Range<usize>)> = Vec::new();
    let mut explained = BTreeSet::new();
    for passage in texts(subject) {
        for found in LATIN.find_iter(&passage.text) {
            let word = found.as_str().trim_end_matches(['.', '-', '/', '+', '_']);
            if !is_abbreviation(word) {
                continue;
            }
            let range = found.start()..found.start() + word.len();
            if is_explained(&passage.text, &range) || is_glossed(subject, passage, word) {
                explained.insert(word);
            } else if word.len() == found.len() && !is_label(passage, &range) {
                uses.push((word, passage, range));
            }
        }
    }
    for (word, passage, range) in uses {
        let is_known = COMMON.iter().any(|known| word.eq_ignore_ascii_case(known))
            || scope.config.check.abbreviations.iter().any(|known| word.eq_ignore_ascii_case(known));
        // One finding is enough for each.
        if !is_known && explained.insert(word) {
            findings
                .mark(passage, range, format!("“{word}”没有解释，不懂行的读者认不得"))
                .hint(format!("第一次用时写成“中文名称（{word}）”；人人认得的，写进 site.yaml 的 check.abbreviations"));
        }
    }
}

/// Letters with two capitals at least; no Roman number, no size of clothes.
fn is_abbreviation(word: &str) -> bool {
    word.len() <= 8
        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        && word.bytes().filter(u8::is_ascii_uppercase).count() >= 2
        && !word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
        && !word.strip_suffix(['L', 'S']).is_some_and(|rest| rest.bytes().all(|byte| byte == b'X'))
}

/// Whether the words around say what it means.
fn is_explained(text: &str, range: &Range<usize>) -> bool {
    let after = text[range.end..].trim_start_matches(['”', ' ']);
    let before = text[..range.start].trim_end_matches(['“', ' ']);
    let in_brackets = after.strip_prefix(['（', '(']).and_then(|rest| rest.split(['）', ')']).next());
    let next = after.trim_start_matches(['，', '）', ')']);
    in_brackets.is_some_and(|inner| inner.chars().filter(|sign| is_cjk(*sign)).count() >= 2)
        || MEANS.iter().any(|word| next.starts_with(word))
        || CALLED.iter().any(|word| before.ends_with(word))
        || follows_meaning(before)
}

/// Whether brackets were opened behind Chinese words: 聚丙烯（PP）, 聚丙烯（简称 PP）, 聚丙烯（polypropylene，PP）.
fn follows_meaning(before: &str) -> bool {
    let Some(open) = before.rfind(['（', '(']) else { return false };
    let inner = before[open..].trim_start_matches(['（', '(']);
    let is_plain = !inner.chars().any(|sign| is_cjk(sign) && sign != '，');
    (is_plain || CALLED.iter().any(|word| inner.ends_with(word))) && before[..open].ends_with(is_cjk)
}

/// Whether it stands alone in a cell beside Chinese words.
fn is_glossed(subject: &Subject<'_>, passage: &Passage, word: &str) -> bool {
    passage.text.trim() == word
        && subject.study.row(passage).any(|other| other.text.chars().filter(|sign| is_cjk(*sign)).count() >= 2)
}

/// Whether letters are copied from a thing or are part of a number: a quoted label, a model, a standard.
fn is_label(passage: &Passage, range: &Range<usize>) -> bool {
    let (before, after) = (&passage.text[..range.start], &passage.text[range.end..]);
    let named = before.trim_end_matches(['“', ' ', '：', ':', '为', '是']);
    passage.is_code(range.start)
        || is_quoted(&passage.text, range.start)
        || ["级", "等级", "型", "类", "档", "码"].iter().any(|word| after.trim_start_matches(' ').starts_with(word))
        || NAMED.iter().any(|word| named.ends_with(word))
        || after.trim_start_matches(' ').starts_with(|sign: char| sign.is_ascii_digit())
        || before.ends_with(|sign: char| sign.is_ascii_digit() || matches!(sign, 'Φ' | 'φ' | '@'))
        || passage.text.trim().len() == range.len() && matches!(passage.kind, Kind::Cell { .. } | Kind::CsvCell { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{assert_marks, marked_in};

    #[test]
    fn unexplained_abbreviations_are_found_once() {
        assert_marks(
            &RULE,
            &[
                ("含有 DEHP 的玩具。DEHP 会溶出。", &["DEHP"]),
                ("PVDC膜耐热较高。", &["PVDC"]),
                ("检测了 VOCs 和 TVOC。", &["VOCs", "TVOC"]),
                ("车上有没有 ISOFIX 接口。", &["ISOFIX"]),
                ("按 RoHS 的要求，铅有限值。", &["RoHS"]),
                ("## EVA 鞋底", &["EVA"]),
                ("- 查看 TDS 值", &["TDS"]),
                ("|项目|要求|\n|-|-|\n|检查 BMS 功能|正常|", &["BMS"]),
                ("样品（含 PAHs）有异味。", &["PAHs"]),
            ],
        );
    }

    #[test]
    fn explained_and_common_ones_pass() {
        assert_marks(
            &RULE,
            &[
                ("邻苯二甲酸二（2-乙基己基）酯（DEHP）高于限值，DEHP 会溶出。", &[]),
                ("先说 PVA，再说做法。PVA（聚乙烯醇）遇水变软。", &[]),
                ("“PP”即聚丙烯；“XPE”是发泡材料的缩写；聚乙烯，简称 PE。", &[]),
                ("|缩写|中文名|\n|-|-|\n|PET|聚酯|\n\nPET 瓶不要灌热水。", &[]),
                ("买 USB 充电器、LED 灯、A4 纸、PVC 管，用 APP 和 WiFi、GPS。", &[]),
                ("额定 10 kVA，0.3 MPa，2.4 GHz，存 16 GB。", &[]),
                ("标准 GB 4806.1-2016、QB 1234，一卷 BV 2.5mm² 的线。", &[]),
                ("型号 KYN，型号“TK-100A”，牌号为 HRB400E，Φ12，S20-M-400/10。", &[]),
                ("标签上常写“MF”，请找“ANSI 流明”，形如 `ABCD`。", &[]),
                ("II类和 III类，XL 码、XXL 码，ENF 等级。", &[]),
                ("Type-C 接口、Wi-Fi、DZ-200。", &[]),
            ],
        );
    }

    #[test]
    fn models_are_not_read_and_a_site_may_know_more() {
        let model = Part::Front("products:\n  - {name: 卷材, model: SBS PY PE, batch: BHJK}");
        assert_eq!(marked_in(&RULE, &[model]), [""; 0]);
        assert_eq!(marked_in(&RULE, &[Part::Body("|规格|数量|\n|-|-|\n|PY PE 厚|三卷|")]), [""; 0]);
        assert_eq!(
            marked_in(&RULE, &[Part::Body("查 TDS 值。"), Part::Site("check: {abbreviations: [tds]}")]),
            [""; 0]
        );
    }
}
