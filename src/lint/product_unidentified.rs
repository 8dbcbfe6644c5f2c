//! `product-unidentified`: products of a risk warning that a reader cannot recognise.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::vocabulary::RISK_WARNING;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "product-unidentified",
    title: "风险警示点了产品的名，却认不出是哪一种",
    severity: Severity::Error,
    what: "风险警示的 products 里，每个产品除名称外至少要有品牌、型号、批号、条码中的一项。",
    why: "读者手里拿着东西，要能对上是不是这一种；只有名称，人人都会疑心自己的那一件，或者都以为不是。",
    how: "照包装补上品牌、型号、批号或条码；说的是一类产品而不是某几种时，不写 products，在正文里说明。",
    check: Check::Notice(check),
    bad: &[Part::Front("products:\n  - name: 移动电源")],
    good: &[Part::Front("products:\n  - name: 移动电源\n    brand: 品牌甲\n    model: X-1")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let Some(notice) = subject.manuscript().map(|manuscript| &manuscript.notice) else { return };
    if notice.kind.slug != RISK_WARNING {
        return;
    }
    for (product, name) in notice.products.iter().zip(subject.fields("products.name")) {
        let marks = [&product.brand, &product.model, &product.batch, &product.barcode];
        if marks.iter().all(|mark| mark.is_empty()) {
            findings
                .whole(name, format!("“{}”没有品牌、型号、批号或条码，读者认不出是哪一种", product.name))
                .hint("请照包装补上其中至少一项");
        }
    }
}
