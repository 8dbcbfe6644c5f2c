//! `personal-id`: numbers of identity cards.

use super::number::{Called, Number, called, numbers};
use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::moment::Day;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "personal-id",
    title: "出现公民身份号码",
    severity: Severity::Error,
    what: "18 位的公民身份号码：前两位是省份，第 7 至 14 位是已经过去的日期，末位校验码（0 至 9 或 X、x）算得上；中间隔着空格、横线，用全角数字的也算。15 位的老号码只在“身份证”“证件号”等字样后面或这样的栏里才算。批号、报告编号等编号栏里的，“出生”不满 16 年的不算（那是生产或报告的日期）。打了星号的不算；site.yaml 的 check.allow 里写明的不算。",
    why: "公民身份号码是个人信息里最要紧的一种，凭它能冒名办事；政府网站公开身份号码，检查时按泄露个人隐私处理。",
    how: "删去；确需区分同名的人，留前两位和末四位，中间改成星号。",
    check: Check::Notice(check),
    bad: &[Part::Body("领取人身份证号 14098119000101004X。")],
    good: &[Part::Body("领取人身份证号 14**************04X；批号 202404180001000123。")],
};

static IDENTITY: Pattern = Pattern::new(|| pattern(r"身份证|身份号码|证件号|居民证|身份证明"));

/// The weights of GB 11643-1999, and the check signs by remainder.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// Whoever bears a certificate is older; a younger “birth” in a number of a batch is the day of its making.
const GROWN_UP: i32 = 16;

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for passage in &subject.study.passages {
        for number in numbers(&passage.text, 15..=18) {
            let Some(born) = born(&number, scope.today()) else { continue };
            let called = called(subject, passage, number.range.start, &IDENTITY);
            let is_young = born.year() + GROWN_UP > scope.today().year();
            let is_other = match number.digits.len() {
                18 => called == Called::Code && is_young,
                _ => called != Called::ByName,
            };
            if is_other || scope.allows(&number.digits) {
                continue;
            }
            let digits = &number.digits;
            let masked = format!("{}{}{}", &digits[..2], "*".repeat(digits.len() - 6), &digits[digits.len() - 4..]);
            findings
                .mark(passage, number.range, "有公民身份号码")
                .hint(format!("请删去；确需区分同名的人，写成 {masked} 的样子"));
        }
    }
}

/// The day of birth in a number that is an identity number.
fn born(number: &Number, today: Day) -> Option<Day> {
    let digits = number.digits.as_str();
    let date = match digits.len() {
        15 if !digits.ends_with('X') => format!("19{}", &digits[6..12]),
        18 if has_check_sign(digits) => digits[6..14].to_owned(),
        _ => return None,
    };
    let day = Day::parse(&format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]))?;
    (is_region(digits) && day <= today).then_some(day)
}

fn has_check_sign(digits: &str) -> bool {
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    digits.as_bytes().last() == CHECKS.get(sum as usize % 11)
}

/// Whether a number begins with a province and a city, as GB/T 2260 numbers them.
fn is_region(digits: &str) -> bool {
    let province = matches!(
        &digits[..2],
        "11" | "12"
            | "13"
            | "14"
            | "15"
            | "21"
            | "22"
            | "23"
            | "31"
            | "32"
            | "33"
            | "34"
            | "35"
            | "36"
            | "37"
            | "41"
            | "42"
            | "43"
            | "44"
            | "45"
            | "46"
            | "50"
            | "51"
            | "52"
            | "53"
            | "54"
            | "61"
            | "62"
            | "63"
            | "64"
            | "65"
            | "71"
            | "81"
            | "82"
            | "83"
    );
    province && (&digits[2..4] <= "90" && &digits[2..4] != "00" || matches!(&digits[..2], "71" | "81" | "82" | "83"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn identity_numbers_in_every_form_are_found() {
        for (text, number) in [
            ("身份证14098119000101004X。", "14098119000101004X"),
            ("号码 14098119000101004x", "14098119000101004x"),
            ("140981 19000101 004X", "140981 19000101 004X"),
            ("140981-19000101-004X", "140981-19000101-004X"),
            ("1409 8119 0001 0100 15", "1409 8119 0001 0100 15"),
            ("140981190001010015", "140981190001010015"),
            ("１４０９８１１９０００１０１００１５", "１４０９８１１９０００１０１００１５"),
            ("１４０９８１１９０００１０１００４Ｘ", "１４０９８１１９０００１０１００４Ｘ"),
            ("健康证编号 140981190001010015", "140981190001010015"),
            ("1 140981190001010015 甲", "140981190001010015"),
            ("身份证号 140981190101001", "140981190101001"),
            ("140981190001010015_甲.jpg", "140981190001010015"),
        ] {
            assert_eq!(marked(&RULE, text), [number], "{text}");
        }
        let table = "| 编号 | 身份证号码 |\n|---|---|\n| 1 | 140981190101001 |";
        assert_eq!(marked(&RULE, table), ["140981190101001"]);
        assert_eq!(marked_in(&RULE, &[Part::File("140981190001010015.png", "")]).len(), 1);
    }

    #[test]
    fn other_numbers_pass() {
        for text in [
            "14\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*004X",
            "140981\\*\\*\\*\\*\\*\\*\\*\\*004X",
            "140981190001010016",
            "140981190013010015",
            "990981190001010019",
            "批号 202404180001000123",
            "检验报告 140981202403150016",
            "报告编号：140900202403150018",
            "条码 140981190101001",
            "共 140981190101001 次",
            "A14098119000101004X",
            "14098119000101004XB",
            "6217000000000000004",
            "https://www.example.cn/140981190001010015",
            "2024 0418 0001 0001 23",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let batch = Part::Front("products:\n  - {name: 甲, batch: \"140981202403150016\"}");
        assert_eq!(marked_in(&RULE, &[batch]), [""; 0]);
        let allowed = Part::Site("check: {allow: [\"14098119000101004X\"]}");
        assert_eq!(marked_in(&RULE, &[Part::Body("140981 19000101 004x"), allowed]), [""; 0]);
    }
}
