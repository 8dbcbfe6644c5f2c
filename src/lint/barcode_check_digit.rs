//! `barcode-check-digit`: bar codes that no scanner would accept.

use super::rule::{Check, Findings, Part, Rule, Scope};
use crate::diag::Severity;
use crate::passage::Passage;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "barcode-check-digit",
    title: "条码的位数或校验码不对",
    severity: Severity::Error,
    what: "产品的条码（barcode）：应当是 8、12、13 或 14 位数字，最后一位校验码算得对（GB 12904、GS1 通用规范）。",
    why: "读者扫码或输入条码来查；抄错一位，就永远查不到。",
    how: "对照实物重抄一遍；提示里给出按前几位算出的校验码，只供核对，不要直接照改。",
    check: Check::Passage(check),
    bad: &[Part::Front("products:\n  - {name: 移动电源, brand: 品牌甲, barcode: \"2010000010076\"}")],
    good: &[Part::Front("products:\n  - {name: 移动电源, brand: 品牌甲, barcode: \"2010000010075\"}")],
};

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    if passage.field() != Some("products.barcode") {
        return;
    }
    let code: String = passage.text.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
    let digits: Vec<u32> = code.chars().filter_map(|sign| sign.to_digit(10)).collect();
    let well_formed = digits.len() == code.chars().count() && matches!(digits.len(), 8 | 12 | 13 | 14);
    match digits.split_last().filter(|_| well_formed) {
        None => {
            findings
                .whole(passage, format!("条码应当是 8、12、13 或 14 位数字，这里是“{}”", passage.text.trim()))
                .hint("请对照实物重抄；有两个条码的，写成两个产品");
        }
        Some((last, body)) if check_digit(body) != *last => {
            findings
                .whole(passage, "条码的校验码不对，多半抄错了一位")
                .fact(format!("按前 {} 位计算，最后一位应当是 {}", body.len(), check_digit(body)))
                .hint("请对照实物重抄一遍");
        }
        Some(_) => {}
    }
}

/// The GS1 check digit: weights 3 and 1 in turn, from the right.
fn check_digit(body: &[u32]) -> u32 {
    let sum: u32 = body.iter().rev().enumerate().map(|(index, digit)| digit * if index % 2 == 0 { 3 } else { 1 }).sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::super::tests::marked_in;
    use super::*;

    #[test]
    fn check_digits_are_those_of_gs1() {
        assert_eq!(check_digit(&[6, 2, 9, 1, 0, 4, 1, 5, 0, 0, 2, 1]), 3);
        assert_eq!(check_digit(&[9, 6, 3, 8, 5, 0, 7]), 4);
    }

    #[test]
    fn forms_of_bar_codes() {
        let found = |code: &str| {
            let front = format!("products:\n  - {{name: 甲, brand: 乙, barcode: \"{code}\"}}").leak();
            !marked_in(&RULE, &[Part::Front(front)]).is_empty()
        };
        for bad in ["2010000010076", "201000001007", "20100000100755", "201-0000", "2010000010075/6", "条码不清"] {
            assert!(found(bad), "{bad}");
        }
        for good in ["2010000010075", "96385074", "614141000036", "10614141000415", "2010000 010075"] {
            assert!(!found(good), "{good}");
        }
    }
}
