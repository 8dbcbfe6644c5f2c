//! `batch-notation`: batches that the look-up could not write out.

use super::rule::{Check, Findings, Part, Rule, Scope};
use crate::diag::Severity;
use crate::notice::batch::expand;
use crate::passage::Passage;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "batch-notation",
    title: "批号的写法没法逐个查对",
    severity: Severity::Warning,
    what: "产品的批号（batch）：写成一句话的（“见包装”“2024年1月至3月”），首尾对不上的，缺一半的，看不出是一个还是几个的，一次写了 1000 个以上的。可以写：单个批号或日期；用逗号、顿号隔开的几个；“A01～A05”“20240101-20240131”这样的一段；“C14-P6/P7”这样只换末尾的几个。全角、小写都可以。",
    why: "读者输入自己那件的批号来查，程序要把批号逐个展开；展不开的，就查不到。",
    how: "照提示改写；确实说不清的，这一项留空，在正文里说明怎样辨认。",
    check: Check::Passage(check),
    bad: &[Part::Front("products:\n  - {name: 移动电源, brand: 品牌甲, batch: 2024年1月至3月}")],
    good: &[Part::Front("products:\n  - {name: 移动电源, brand: 品牌甲, batch: \"C14-P6/P7,20240101-20240131\"}")],
};

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    if passage.field() != Some("products.batch") {
        return;
    }
    if let Err(error) = expand(&passage.text) {
        findings.whole(passage, error.to_string()).hint(error.hint());
    }
}
