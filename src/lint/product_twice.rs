//! `product-twice`: one product in two notices that do not refer to each other.

use super::rule::{Check, Findings, Part, Rule, Scope, Survey};
use crate::diag::{Position, Severity};
use crate::inputs::Shelf;
use crate::notice::{NoticeId, Product, Status};
use crate::read::Manuscript;
use std::collections::BTreeMap;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "product-twice",
    title: "同一产品出现在两条互不引用的信息里",
    severity: Severity::Warning,
    what: "条码相同，或品牌、型号、批号都相同的产品出现在两条信息里，而两条的 related 都没有提到对方。",
    why: "读者查到一条，不知道还有另一条；两条的说法不一致时，无从判断以哪条为准。",
    how: "在较新的一条的 related 里写上另一条的编号；是重复发布的，撤下一条。",
    check: Check::Site(check),
    bad: &[
        Part::Front("products:\n  - {name: 移动电源, brand: 品牌甲, model: X-1, batch: N01}"),
        Part::Other("id: T2\nproducts:\n  - {name: 充电宝, brand: 品牌甲, model: X-1, batch: N01}"),
    ],
    good: &[
        Part::Front("related: [T2]\nproducts:\n  - {name: 移动电源, brand: 品牌甲, model: X-1, batch: N01}"),
        Part::Other("id: T2\nproducts:\n  - {name: 充电宝, brand: 品牌甲, model: X-1, batch: N01}"),
    ],
};

fn check(survey: &Survey<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let mut seen: BTreeMap<String, Vec<&Manuscript>> = BTreeMap::new();
    // The live version of a notice and the draft of its next one are one notice.
    let standing = survey.manuscripts.iter().filter(|manuscript| manuscript.notice.status != Status::Withdrawn);
    for manuscript in standing {
        for mark in manuscript.notice.products.iter().filter_map(mark) {
            let others = seen.entry(mark).or_default();
            let stranger = others.iter().find(|other| !are_related(manuscript, other));
            if let Some(other) = stranger {
                let (later, earlier) = in_order(manuscript, other);
                let message = format!("“{}”里也有这个产品，两条信息没有互相引用", earlier.notice.id);
                findings
                    .at(&later.index_path(), Position::START, message)
                    .hint(format!("请在 related 里写上“{}”", earlier.notice.id));
            }
            others.push(manuscript);
        }
    }
}

/// What makes a product the same; none where too little is known of it.
fn mark(product: &Product) -> Option<String> {
    let marks = [&product.brand, &product.model, &product.batch];
    match &product.barcode {
        code if !code.is_empty() => Some(code.clone()),
        _ => marks.iter().all(|mark| !mark.is_empty()).then(|| marks.map(String::as_str).join("\n")),
    }
}

fn are_related(one: &Manuscript, other: &Manuscript) -> bool {
    let names = |from: &Manuscript, to: &NoticeId| from.notice.related.iter().any(|id| id.value == *to);
    one.notice.id == other.notice.id || names(one, &other.notice.id) || names(other, &one.notice.id)
}

/// The one that can still be changed, or was read later, and the other.
fn in_order<'a>(one: &'a Manuscript, other: &'a Manuscript) -> (&'a Manuscript, &'a Manuscript) {
    if other.shelf == Shelf::Draft && one.shelf != Shelf::Draft { (other, one) } else { (one, other) }
}
