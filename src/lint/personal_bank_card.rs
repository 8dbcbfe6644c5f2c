//! `personal-bank-card`: numbers of bank cards.

use super::number::{Called, Number, called, numbers};
use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "personal-bank-card",
    title: "出现银行卡号",
    severity: Severity::Error,
    what: "16 至 19 位、末位校验码（Luhn 算法）算得上的银行卡号：62 开头的，9558、4563、4367、6013 开头的 19 位的；在“银行卡”“卡号”“账号”“收款”“退款至”等字样后面或这样的栏里时，其他卡号也算；四位一组、全角数字的也算。批号、条码、证书编号、单号等编号栏里的和这些字样后面的不算；打了星号的不算；site.yaml 的 check.allow 里写明的不算。",
    why: "银行卡号是敏感个人信息（《个人信息保护法》第二十八条），公开了会被人盗用、诈骗；发布以后收不回来。",
    how: "删去，或只留末四位；单位收款的账户，请写清户名、开户行，并把账号写进 site.yaml 的 check.allow。",
    check: Check::Notice(check),
    bad: &[Part::Body("退款已打到 6217 0000 0000 0000 004。")],
    good: &[Part::Body("退款已打到尾号 0004 的银行卡；证书编号 6217000000000000004。")],
};

static CARD: Pattern = Pattern::new(|| {
    pattern(r"银行卡|卡号|[账帐][号户]|开户行|储蓄卡|信用卡|借记卡|收款|打款|汇款|转账|退款[至到]|退[至到]|打到")
});

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for passage in &subject.study.passages {
        for number in numbers(&passage.text, 16..=19) {
            if !has_check_digit(&number.digits) || !is_in_groups(&number) || scope.allows(&number.digits) {
                continue;
            }
            let is_card = match called(subject, passage, number.range.start, &CARD) {
                Called::ByName => matches!(number.digits.as_bytes()[0], b'3'..=b'6' | b'9'),
                Called::Nothing => is_usual(&number.digits),
                Called::Code => false,
            };
            if is_card {
                let last = &number.digits[number.digits.len() - 4..];
                let hint = format!("请删去，或写成“尾号 {last}”");
                findings.mark(passage, number.range, "有银行卡号").hint(hint);
            }
        }
    }
}

/// Whether a number begins like the cards of banks in China, so that it needs no word beside it.
fn is_usual(digits: &str) -> bool {
    let long = ["9558", "4563", "4367", "6013"];
    digits.starts_with("62") || (digits.len() == 19 && long.iter().any(|prefix| digits.starts_with(prefix)))
}

/// Whether a number stands in one run, or in groups of four of which the last may be another.
fn is_in_groups(number: &Number) -> bool {
    let [groups @ .., _] = number.groups.as_slice() else { return false };
    let is_even = number.between.chars().all(|sign| number.between.starts_with(sign) && sign != '.');
    groups.is_empty() || (number.alone && is_even && groups.iter().all(|group| matches!(group, 4 | 6)))
}

/// The check digit of ISO/IEC 7812-1.
fn has_check_digit(digits: &str) -> bool {
    let value = |(place, digit): (usize, u8)| match (place % 2, u32::from(digit - b'0')) {
        (0, digit) => digit,
        (_, digit) => digit * 2 / 10 + digit * 2 % 10,
    };
    !digits.ends_with('X') && digits.bytes().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn card_numbers_in_every_form_are_found() {
        for (text, number) in [
            ("已打到6217000000000000004。", "6217000000000000004"),
            ("6217 0000 0000 0000 004", "6217 0000 0000 0000 004"),
            ("6222-0200-0000-0007", "6222-0200-0000-0007"),
            ("６２２２０２０００００００００７", "６２２２０２０００００００００７"),
            ("６２２２　０２００　００００　０００７", "６２２２　０２００　００００　０００７"),
            ("9558800000000000000", "9558800000000000000"),
            ("4367420000000000001", "4367420000000000001"),
            ("信用卡号：4111111111111111", "4111111111111111"),
            ("退款至 4111 1111 1111 1111", "4111 1111 1111 1111"),
            ("订单号 2024041800010003，退款至 6222020000000007", "6222020000000007"),
        ] {
            assert_eq!(marked(&RULE, text), [number], "{text}");
        }
        let table = "| 证书编号 | 收款账号 |\n|---|---|\n| 6222020000000007 | 6222020000000007 |";
        assert_eq!(marked(&RULE, table), ["6222020000000007"]);
    }

    #[test]
    fn other_numbers_pass() {
        for text in [
            "6217000000000000005",
            "2024041800010003",
            "证书编号 2024010907000000、6222020000000007",
            "4111111111111111",
            "条码 6222020000000007",
            "尾号 0007 的银行卡",
            "6222\\*\\*\\*\\*\\*\\*\\*\\*0007",
            "62220200000000070000",
            "A6222020000000007",
            "账号 2024041800010003",
            "规格 62 22 02 00 00 00 00 07",
            "14098119000101004X",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let batch = Part::Front("products:\n  - {name: 甲, batch: \"6222020000000007\"}");
        assert_eq!(marked_in(&RULE, &[batch]), [""; 0]);
        let allowed = Part::Site("check: {allow: [6222 0200 0000 0007]}");
        assert_eq!(marked_in(&RULE, &[Part::Body("罚没款缴至 6222020000000007"), allowed]), [""; 0]);
    }
}
