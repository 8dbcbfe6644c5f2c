//! `personal-passport`: numbers of passports and of permits to travel to and from Hong Kong, Macao and Taiwan.

use super::number::{Called, called};
use super::pattern::{Pattern, pattern};
use super::plain::{Plain, has_digits};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "personal-passport",
    title: "出现护照或通行证号码",
    severity: Severity::Error,
    what: "“护照”“通行证”“回乡证”“台胞证”“旅行证”“居留证”等字样后面、或这样的栏里，一两个字母加 7 至 10 位数字的号码。没有这些字样的不算，所以 E12345678 这样的型号不会报；“护照夹”“护照包”等商品不算这些字样；打了星号的不算；site.yaml 的 check.allow 里写明的不算。",
    why: "护照和通行证号码是个人信息，能用来冒名订票、开户。",
    how: "删去；确需区分的，只留首字母和末四位，中间改成星号。",
    check: Check::Notice(check),
    bad: &[Part::Body("旅客持护照 E12345678 购买。")],
    good: &[Part::Body("旅客持护照购买；护照夹的型号为 E12345678。")],
};

static NUMBER: Pattern = Pattern::new(|| pattern(r"[A-Za-z]{1,2} ?[0-9]{7,10}"));
static TRAVEL: Pattern = Pattern::new(|| {
    pattern(
        r"护照(?:号码?)?|通行证(?:号码?)?|回乡证(?:号码?)?|台胞证(?:号码?)?|旅行证(?:号码?)?|居留证(?:号码?)?|居留身份证",
    )
});
static GOODS: Pattern = Pattern::new(|| pattern(r"护照[夹包套袋机阅相皮]"));

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for passage in subject.study.passages.iter().filter(|passage| has_digits(&passage.text, 7)) {
        let plain = Plain::of(&passage.text);
        for found in NUMBER.find_iter(plain.text()) {
            let range = plain.written(&found.range());
            let is_named = called(subject, passage, range.start, &TRAVEL) == Called::ByName;
            let is_goods = GOODS.is_match(&passage.text[..range.start]);
            if is_named && !is_goods && is_whole(plain.text(), found.range()) && !scope.allows(found.as_str()) {
                findings.mark(passage, range, "有护照或通行证号码").hint("请删去；确需区分的，写成 E****5678 的样子");
            }
        }
    }
}

fn is_whole(text: &str, range: std::ops::Range<usize>) -> bool {
    let joins = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '*' | '/');
    !text[..range.start].ends_with(joins) && !text[range.end..].starts_with(joins)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn numbers_said_to_be_of_a_passport_are_found() {
        for (text, number) in [
            ("持护照 E12345678 购买", "E12345678"),
            ("护照号码：EA1234567", "EA1234567"),
            ("护照号为e12345678", "e12345678"),
            ("港澳通行证C12345678", "C12345678"),
            ("往来港澳通行证号 CA1234567", "CA1234567"),
            ("台湾通行证号码 L12345678", "L12345678"),
            ("回乡证 H1234567890", "H1234567890"),
            ("护照（Ｅ１２３４５６７８）", "Ｅ１２３４５６７８"),
        ] {
            assert_eq!(marked(&RULE, text), [number], "{text}");
        }
        let table = "| 型号 | 护照号 |\n|---|---|\n| E12345678 | G12345678 |";
        assert_eq!(marked(&RULE, table), ["G12345678"]);
        assert_eq!(marked_in(&RULE, &[Part::File("a.csv", "甲,护照\n乙,E12345678\n")]), ["E12345678"]);
    }

    #[test]
    fn other_codes_pass() {
        for text in [
            "型号 E12345678",
            "E12345678",
            "护照夹 E12345678",
            "护照包，货号 E12345678",
            "护照机读区，型号 E12345678",
            "持护照入境。产品 E12345678 停用",
            "护照 E\\*\\*\\*\\*5678",
            "车辆通行证编号 2024041",
            "护照 AE-12345678",
            "护照 E123456",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let model = Part::Front("products:\n  - {name: 甲, model: E12345678}");
        assert_eq!(marked_in(&RULE, &[model]), [""; 0]);
    }
}
