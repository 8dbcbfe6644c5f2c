//! `unit-wrong`: units that are spelled wrong, or are no legal ones.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use super::sentence::{around, is_quoted};
use super::writing::texts;
use crate::diag::Severity;
use crate::passage::Passage;
use crate::text::is_cjk;
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "unit-wrong",
    title: "计量单位写错或者不是法定单位",
    severity: Severity::Warning,
    what: "数字后面大小写写错的单位（KG、MM、CM、KM、ML、KV、KW、Mpa、db、mah、hz、220v）、平方和立方写成 m2、mm2、W.h、KWh；不是法定单位的公分、公升、市斤、斤、平米、cc、ppm、rpm；毫克/公斤；摄氏60度。引号里照抄的标签、products、型号和批号一类的列不查；ml 与 mL、公斤、公里、英寸、口语里的“90 度”、写了千克又附带说的“正好 7 斤”不算。",
    why: "《中华人民共和国法定计量单位》和 GB 3100—1993 规定了单位的名称和符号，字母的大小写不能换：m 是毫、M 是兆，差十亿倍。《中华人民共和国计量法》第三条规定使用法定计量单位。",
    how: "照提示改；斤换算成千克或公斤，ppm 换算成 mg/kg 等。",
    check: Check::Notice(check),
    bad: &[Part::Body("重 5KG，长 30CM，输入 220v，噪声 60db，镉 75ppm，每袋 3 斤。")],
    good: &[Part::Body("重 5 kg，长 30 cm，输入 220 V，噪声 60 dB，镉 75 mg/kg，每袋 1.5 千克。")],
};

/// Units whose letters are typed in the wrong case.
const CASES: &[&str] = &[
    "kWh", "mAh", "Wh", "kVA", "kV", "kW", "kPa", "MPa", "kHz", "MHz", "GHz", "Hz", "dB", "kg", "km", "cm", "mm", "mL",
    "kΩ", "V", "W",
];
/// The same letters in another case that are right as well: millilitres, millipascal, kilogauss.
const ALSO_RIGHT: &[&str] = &["ml", "mPa", "mHz", "kG"];

/// Other spellings, and what to write.
const SPELLINGS: &[(&str, &str)] = &[
    ("kW.h", "kW·h"),
    ("mA.h", "mA·h"),
    ("W.h", "W·h"),
    ("A.h", "A·h"),
    ("ug", "μg"),
    ("um", "μm"),
    ("mm2", "mm²"),
    ("cm2", "cm²"),
    ("dm2", "dm²"),
    ("m2", "m²"),
    ("mm3", "mm³"),
    ("cm3", "cm³"),
    ("dm3", "dm³"),
    ("m3", "m³"),
    ("rpm", "r/min"),
    ("RPM", "r/min"),
    ("cc", "mL"),
    ("CC", "mL"),
    ("ppm", "mg/kg"),
    ("PPM", "mg/kg"),
    ("ppb", "μg/kg"),
    ("PPB", "μg/kg"),
    ("°c", "℃"),
    ("公分", "厘米"),
    ("公升", "升"),
    ("平米", "平方米"),
];

/// What to write instead of a unit; none where it is right, or no unit.
fn mended(unit: &str) -> Option<&'static str> {
    let spelled = SPELLINGS.iter().find(|(wrong, _)| *wrong == unit).map(|(_, right)| *right);
    spelled.or_else(|| {
        let right = CASES.iter().find(|right| right.eq_ignore_ascii_case(unit))?;
        (*right != unit && !ALSO_RIGHT.contains(&unit)).then_some(*right)
    })
}

/// A number and the letters or words behind it.
static MEASURED: Pattern = Pattern::new(|| {
    pattern(concat!(
        r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<gap> ?)",
        r"(?:(?P<letters>°?[A-Za-zΩ]+(?:\.h)?[23]?)|(?P<word>公分|公升|平米)|(?P<jin>市?斤))",
    ))
});

/// Units in words that stand without figures, or are split by them.
static WORDED: Pattern =
    Pattern::new(|| pattern(r"(?P<per>[毫微]克[/／]公斤)|(?P<split>摄氏 ?[0-9.]+ ?度)|(?P<jin>市斤)"));

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for passage in texts(subject) {
        let text = passage.text.as_str();
        if text.bytes().any(|byte| byte.is_ascii_digit()) {
            measured(passage, findings);
        }
        if text.contains('斤') || text.contains("摄氏") {
            worded(passage, findings);
        }
    }
}

fn measured(passage: &Passage, findings: &mut Findings) {
    let text = passage.text.as_str();
    for found in MEASURED.captures_iter(text) {
        let (Some(whole), Some(number)) = (found.get(0), found.name("number")) else { continue };
        if !stands_alone(text, &whole.range()) || is_copied(passage, whole.start()) {
            continue;
        }
        let unit = found.name("letters").or_else(|| found.name("word"));
        if let Some(unit) = unit {
            let Some(right) = mended(unit.as_str()).filter(|_| !is_word(text, unit.end())) else { continue };
            let finding = findings
                .mark(passage, whole.range(), format!("单位“{}”应当写成“{right}”", unit.as_str()))
                .hint(format!("改为“{} {right}”", number.as_str()));
            if unit.as_str().starts_with(['p', 'P']) {
                finding.hint("说的是气体的体积浓度时，写 mL/m³ 等");
            }
        } else if !is_gloss(text, whole.start()) {
            findings
                .mark(passage, whole.range(), "“斤”不是法定计量单位")
                .hint(format!("改为“{} 千克”", kilograms(number.as_str())));
        }
    }
}

fn worded(passage: &Passage, findings: &mut Findings) {
    for found in WORDED.captures_iter(&passage.text) {
        let Some(whole) = found.get(0).filter(|whole| !is_copied(passage, whole.start())) else { continue };
        let typed = whole.as_str();
        if found.name("per").is_some() {
            let right = typed.replace("公斤", "千克").replace('／', "/");
            findings.mark(passage, whole.range(), format!("“{typed}”应当写成“{right}”")).hint(format!("改为“{right}”"));
        } else if found.name("split").is_some() {
            let number = typed.trim_start_matches("摄氏").trim_end_matches('度').trim();
            findings
                .mark(passage, whole.range(), "“摄氏度”是一个单位，不能拆开")
                .hint(format!("改为“{number} ℃”或“{number} 摄氏度”"));
        } else {
            findings.mark(passage, whole.range(), "“市斤”不是法定计量单位").hint("改用千克（公斤）或克");
        }
    }
}

/// Whether the legal unit stands in the same sentence: 少3.5 kg，正好7斤.
fn is_gloss(text: &str, at: usize) -> bool {
    let sentence = around(text, at);
    ["kg", "克", "公斤"].iter().any(|unit| sentence.contains(unit))
}

/// Whether a number is one of its own, and no part of a model: not 20KG in CL-20KG or A20KG.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let is_part = before.ends_with(|sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_'));
    let model = before
        .strip_suffix(['-', '/', '×', 'Φ'])
        .is_some_and(|rest| rest.ends_with(|sign: char| sign.is_ascii_alphabetic()));
    !is_part && !model
}

/// Whether letters, figures or a hyphen go on behind what looked like a unit.
fn is_word(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    rest.starts_with(|sign: char| sign.is_alphanumeric() && !is_cjk(sign) || sign == '_')
        || rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_alphanumeric()))
}

/// Labels in quotation marks and code are shown as they are.
fn is_copied(passage: &Passage, at: usize) -> bool {
    passage.is_code(at) || is_quoted(&passage.text, at)
}

/// Half of a number of 斤.
fn kilograms(number: &str) -> String {
    number.parse::<f64>().map_or_else(|_| "…".to_owned(), |jin| format!("{}", jin / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::{assert_marks, marked_in};

    #[test]
    fn wrong_units_are_found() {
        assert_marks(
            &RULE,
            &[
                ("重 5KG，长 30CM。", &["5KG", "30CM"]),
                ("容量 500ML，电池 2500MAH。", &["500ML", "2500MAH"]),
                ("接 220v 市电，10KV 线路。", &["220v", "10KV"]),
                ("水压 0.3 Mpa，噪声 60db。", &["0.3 Mpa", "60db"]),
                ("能量 100W.h，耗电 2KWh。", &["100W.h", "2KWh"]),
                ("截面 2.5mm2，面积 20平米。", &["2.5mm2", "20平米"]),
                ("镉含量 75ppm。", &["75ppm"]),
                ("高 30公分，重 3 斤。", &["30公分", "3 斤"]),
                ("限值 200 毫克/公斤。", &["毫克/公斤"]),
                ("加热到摄氏60度。", &["摄氏60度"]),
                ("每袋二市斤。", &["市斤"]),
                ("|项目|实测|\n|-|-|\n|质量|12KG|", &["12KG"]),
            ],
        );
    }

    #[test]
    fn right_units_and_names_pass() {
        assert_marks(
            &RULE,
            &[
                ("5 kg、30cm、500mL、500ml、2500mAh、74Wh、12km。", &[]),
                ("220V、10kV、7kW、400kVA、0.3MPa、50Hz、2.4GHz、60dB。", &[]),
                ("磁通量指数大于 50 kG²mm²，0.5 kG；2.5mm²、100m、65℃、20 °C、3.3×10⁻⁶/K、0.888kg/m。", &[]),
                ("型号 CL-60G、SC-20KG、X20KG、Φ8mm、TK-88L。", &[]),
                ("重 50 公斤，远 3 公里，90 多度，55 英寸。", &[]),
                ("包装上印着“净重 5KG”，形如 `12V 5KG`。", &[]),
                ("论斤卖的不要买，斤斤计较，少了几斤；少3.5 kg，正好7斤，1斤装约500克。", &[]),
                ("4S 店、5G 手机、24H、16G 内存、30M 网速。", &[]),
                ("执行 GB 4943.1-2022、DB 14/T 100-2020。", &[]),
                ("|型号|数量|\n|-|-|\n|20KG|3|", &[]),
            ],
        );
        let model = Part::Front("products:\n  - {name: 秤, model: 20KG 30CM, batch: 5KV}");
        assert_eq!(marked_in(&RULE, &[model]), [""; 0]);
    }

    #[test]
    fn jin_is_converted() {
        assert_eq!((kilograms("3"), kilograms("4"), kilograms("2.5")), ("1.5".into(), "2".into(), "1.25".into()));
    }
}
