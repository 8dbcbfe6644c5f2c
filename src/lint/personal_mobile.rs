//! `personal-mobile`: mobile telephone numbers.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope};
use crate::diag::Severity;
use crate::passage::Passage;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "personal-mobile",
    title: "出现手机号码",
    severity: Severity::Error,
    what: "正文、信息栏、表格、图片说明和文件名里 11 位的手机号码；中间隔着空格或横线的也算。已打星号的（138****1234）不算，site.yaml 的 check.allow 里写明的不算。",
    why: "手机号码是个人信息，公开要有本人同意或法律依据；发布以后收不回来。",
    how: "删去，或把中间四位改成星号；要留联系方式的，写 12315 或单位的座机。",
    check: Check::Passage(check),
    bad: &[Part::Body("退货请联系负责人，电话 13800138000。")],
    good: &[Part::Body("退货请拨打 12315；投诉人电话 138****8000 已记录。")],
};

static MOBILE: Pattern = Pattern::new(|| pattern(r"(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}"));

fn check(passage: &Passage, scope: &Scope<'_>, findings: &mut Findings) {
    for found in MOBILE.find_iter(&passage.text) {
        if is_apart(&passage.text, found.range()) && !scope.allows(found.as_str()) {
            findings
                .mark(passage, found.range(), "有手机号码")
                .hint("请删去，或写成 138****8000 的样子；公开电话用 12315");
        }
    }
}

/// Whether digits are a number of their own: no letter, digit or sign of a longer code touches them.
pub(super) fn is_apart(text: &str, range: std::ops::Range<usize>) -> bool {
    let joins = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.' | '_' | '*' | '/');
    !text[..range.start].ends_with(joins)
        && !text[range.end..].starts_with(|sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '*' | '_'))
}
