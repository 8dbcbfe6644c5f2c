//! `personal-mobile`: mobile telephone numbers.

use super::number::{Called, Number, called, numbers};
use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "personal-mobile",
    title: "出现手机号码",
    severity: Severity::Error,
    what: "正文、信息栏、表格、图片说明、链接和文件名里 11 位的手机号码（1 开头，第二位 3 至 9）；全角数字、前面带 86 或 +86、中间隔着空格、横线或点的也算。已打星号的（138****8000）不算；批号、条码、单号、证书编号等编号栏里的和这些字样后面的不算；更长的数字里的一段不算；400、95 开头的电话和座机不算；site.yaml 的 check.allow 里写明的不算。",
    why: "手机号码是个人信息，公开要有本人同意或法律依据（《个人信息保护法》第十三条、第二十五条）；发布以后收不回来。",
    how: "删去，或把中间四位改成星号；要留联系方式的，写 12315 或单位的座机。单位公开的值班手机，写进 site.yaml 的 check.allow。",
    check: Check::Notice(check),
    bad: &[Part::Body("退货请联系负责人，电话 13800138000。")],
    good: &[Part::Body("退货请拨打 12315；投诉人电话 138****8000 已记录；订单号 13800138000。")],
};

static TELEPHONE: Pattern = Pattern::new(|| {
    pattern(r"电话|手机|联系|拨打|请打|可打|打给|致电|微信|短信|热线|机主|加[vV]|(?i-u:tel|phone|mobile)")
});

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    for passage in &subject.study.passages {
        let mut end = 0;
        for number in numbers(&passage.text, 11..=15) {
            // With and without the code of the country it is one number.
            let Some(bare) = bare(&number).filter(|_| number.range.start >= end) else { continue };
            let called = called(subject, passage, number.range.start, &TELEPHONE);
            let is_usual = is_usual(&number) || (number.alone && called == Called::ByName);
            if called == Called::Code || !is_usual || scope.allows(bare) || scope.allows(&number.digits) {
                continue;
            }
            end = number.range.end;
            let masked = format!("{}****{}", &bare[..3], &bare[7..]);
            findings
                .mark(passage, number.range, "有手机号码")
                .hint(format!("请删去，或写成 {masked} 的样子；公开电话用 12315 或单位座机"));
        }
    }
}

/// The eleven digits, without the code of the country.
fn bare(number: &Number) -> Option<&str> {
    let digits = number.digits.as_str();
    let bare = match digits.len() {
        11 => digits,
        12 => digits.strip_prefix('0')?,
        13 => digits.strip_prefix("86")?,
        15 => digits.strip_prefix("0086")?,
        _ => return None,
    };
    let is_mobile = bare.starts_with('1') && matches!(bare.as_bytes().get(1), Some(b'3'..=b'9'));
    // What an @ follows is an address of e-mail.
    (is_mobile && !bare.ends_with('X') && number.next != Some('@')).then_some(bare)
}

/// Whether the groups are those in which a telephone number is usually written.
fn is_usual(number: &Number) -> bool {
    let code = number.digits.len() - 11;
    let (mut groups, mut between) = (number.groups.clone(), number.between.as_str());
    match groups.first_mut() {
        Some(first) if *first == code => {
            groups.remove(0);
            between = between.get(1..).unwrap_or_default();
        }
        Some(first) => *first -= code.min(*first),
        None => return false,
    }
    let is_even = between.chars().all(|sign| between.starts_with(sign));
    match groups.as_slice() {
        [11] => true,
        [3, 4, 4] => is_even && number.alone,
        [3, 8] | [7, 4] | [4, 3, 4] | [4, 4, 3] => is_even && number.alone && !between.starts_with('.'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn telephone_numbers_in_every_form_are_found() {
        for (text, number) in [
            ("请打 13800138000。", "13800138000"),
            ("请打138-0013-8000。", "138-0013-8000"),
            ("请打 138 0013 8000", "138 0013 8000"),
            ("请打 138.0013.8000", "138.0013.8000"),
            ("请打 138·0013·8000", "138·0013·8000"),
            ("请打 +86 138 0013 8000", "86 138 0013 8000"),
            ("请打 +86-13800138000", "86-13800138000"),
            ("请打 8613800138000", "8613800138000"),
            ("请打 008613800138000", "008613800138000"),
            ("外地请打 013800138000", "013800138000"),
            ("手机１３８００１３８０００（微信同号）", "１３８００１３８０００"),
            ("手机１３８－００１３－８０００", "１３８－００１３－８０００"),
            ("请打 1**3800**138000。", "1**3800**138000"),
            ("手机 13 80 01 38 00 0", "13 80 01 38 00 0"),
            ("Tel:13800138000", "13800138000"),
            ("联系电话Tel13800138000", "13800138000"),
            ("订单号 20240418001，电话 13800138000", "13800138000"),
            ("13800138000/12315", "13800138000"),
        ] {
            assert_eq!(marked(&RULE, text), [number], "{text}");
        }
        assert_eq!(marked(&RULE, "13800138000、13900139000"), ["13800138000", "13900139000"]);
        assert_eq!(marked(&RULE, "138****8000/13900139000"), ["13900139000"]);
    }

    #[test]
    fn other_numbers_pass() {
        for text in [
            "138\\*\\*\\*\\*8000",
            "请拨打 12315、12345、95598 或 400-000-0000",
            "0350-0000000",
            "条码 2010000010075、6913800138000",
            "批号 19031500012",
            "订单号：13800138000",
            "证书编号 13800138000",
            "型号 A13800138000、13800138000B、X-13800138000",
            "流水 2024041813800138000",
            "批次 C14-13800138000",
            "https://www.example.cn/13800138000.html",
            "共 15 000 000 000 元，即 150.00000000 亿元",
            "10800138000 和 12800138000",
            "2013-8001-3800",
            "13800138000-01",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let table = "| 批号 | 电话 |\n|---|---|\n| 19031500012 | 13800138000 |";
        assert_eq!(marked(&RULE, table), ["13800138000"]);
        let turned = "| 项目 | 内容 |\n|---|---|\n| 批号 | 19031500012 |";
        assert_eq!(marked(&RULE, turned), [""; 0]);
    }

    #[test]
    fn every_place_is_looked_at() {
        let front = Part::Front("products:\n  - {name: 甲, batch: \"13800138000\", sold: 店主 13900139000}");
        assert_eq!(marked_in(&RULE, &[front]), ["13900139000"]);
        let picture = [Part::Body("![值班电话 13800138000](a.png)"), Part::File("a.png", "")];
        assert_eq!(marked_in(&RULE, &picture), ["13800138000"]);
        assert_eq!(marked(&RULE, "[打电话](tel:13800138000)"), ["[打电话](tel:1"]);
        let table = Part::File("a.csv", "批号,联系人电话\n19031500012,13800138000\n");
        assert_eq!(marked_in(&RULE, &[table]), ["13800138000"]);
        let name = "content/drafts/T1/名单_13800138000.xlsx";
        assert_eq!(marked_in(&RULE, &[Part::File("名单_13800138000.xlsx", "")]), [name]);
        let allowed = Part::Site("check: {allow: [\"138-0013-8000\"]}");
        assert_eq!(marked_in(&RULE, &[Part::Body("请打 +86 138 0013 8000"), allowed]), [""; 0]);
    }
}
