//! What an answer shows of a notice.

use super::Subject;
use crate::notice::Product;
use crate::view::EntryView;
use serde::Serialize;

/// A notice, and some of its products.
#[derive(Serialize)]
pub(super) struct Card<'a> {
    href: &'a str,
    title: &'a str,
    kind: [&'a str; 2],
    /// Rank and name.
    level: Option<(usize, &'a str)>,
    /// For machines and for people.
    published: [&'a str; 2],
    /// Tone and label.
    marks: Vec<[&'a str; 2]>,
    /// What to do first; empty where it no longer holds.
    action: &'a str,
    /// The columns of [`Product`], without empty ones at the end.
    products: Vec<Vec<&'a str>>,
}

/// The card of a notice with these of its products.
pub(super) fn card<'a>(subject: &'a Subject<'_>, entry: &'a EntryView, products: &'a [Product]) -> Card<'a> {
    let action = subject.actions.first().filter(|_| subject.is_live);
    Card {
        href: &entry.href,
        title: &entry.title,
        kind: [&entry.kind.slug, &entry.kind.name],
        level: entry.level.as_ref().map(|level| (level.rank, level.name.as_str())),
        published: [&entry.published.iso, &entry.published.chinese],
        marks: entry.marks.iter().map(|mark| [mark.tone, mark.label]).collect(),
        action: action.map_or("", String::as_str),
        products: products.iter().map(columns).collect(),
    }
}

fn columns(product: &Product) -> Vec<&str> {
    let Product { name, brand, model, batch, barcode, maker, sold } = product;
    let mut columns = vec![name.as_str(), brand, model, batch, barcode, maker, sold];
    while columns.last() == Some(&"") {
        columns.pop();
    }
    columns
}
