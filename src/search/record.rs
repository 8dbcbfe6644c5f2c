//! What is searched of a notice: its text by how much a word in it weighs, and what a result shows.
//!
//! Both the index and the page read the same texts: what the index knows, the page can confirm and mark.

use crate::diag::Diagnostic;
use crate::notice::{Notice, Product, Status};
use crate::read::Manuscript;
use crate::site::Dossier;
use crate::view::EntryView;
use crate::vocabulary::Term;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A notice as the search page knows it. The texts are pieces, one a line: no word reaches from one into the next.
#[derive(Serialize)]
pub(super) struct Record {
    /// Its entry in a list, with title and summary.
    entry: EntryView,
    /// Number, products and standards.
    products: String,
    /// What to do.
    actions: String,
    /// Everything else.
    text: String,
}

/// How many classes of weight there are: title; products and standards; summary and actions; the rest.
pub(super) const CLASSES: u8 = 4;

/// The record of a notice.
///
/// # Errors
/// Its text cannot be read.
pub(super) fn record(entry: EntryView, dossier: &Dossier) -> Result<Record, Box<Diagnostic>> {
    let body = dossier.current().manuscript().plain()?;
    let [_, products, actions, text] = pieces(dossier, &body);
    // The entry brings the summary.
    Ok(Record { entry, products: lines(&products), actions: lines(&actions[1..]), text: lines(&text) })
}

fn lines(pieces: &[&str]) -> String {
    let mut seen = BTreeSet::new();
    let fresh: Vec<&str> = pieces.iter().copied().filter(|piece| !piece.is_empty() && seen.insert(*piece)).collect();
    fresh.join("\n")
}

/// The texts of the version that holds, by class: what its page shows. Of a withdrawn notice that is its title, why it
/// was withdrawn and its text, which comes from outside; the summary stands in lists.
pub(super) fn pieces<'a>(dossier: &'a Dossier, body: &'a str) -> [Vec<&'a str>; CLASSES as usize] {
    let manuscript = dossier.current().manuscript();
    let notice = &manuscript.notice;
    let mut products = vec![notice.id.as_str()];
    let mut advice = vec![notice.summary.as_str()];
    let mut rest = vec![body];
    rest.extend(terms(notice).map(|term| term.name.as_str()));
    if let Some(change) = &notice.change {
        rest.extend([change.what.as_str(), &change.why]);
    }
    if notice.status != Status::Withdrawn {
        products.extend(notice.products.iter().flat_map(fields));
        products.extend(notice.standards.iter().map(String::as_str));
        advice.extend(notice.actions.iter().map(String::as_str));
        rest.extend(supplements(manuscript));
    }
    [vec![&notice.title], products, advice, rest]
}

fn fields(product: &Product) -> [&str; 7] {
    let Product { name, brand, model, batch, barcode, maker, sold } = product;
    [name, brand, model, batch, barcode, maker, sold]
}

fn terms(notice: &Notice) -> impl Iterator<Item = &Arc<Term>> {
    let group = notice.category.iter().flat_map(|line| line.group.iter().chain([line]));
    let terms = std::iter::once(&notice.kind).chain(&notice.risk_level).chain(group);
    terms.chain(&notice.audience).chain(&notice.hazards)
}

/// What stands around the text of a notice that holds.
fn supplements(manuscript: &Manuscript) -> impl Iterator<Item = &str> {
    let notice = &manuscript.notice;
    let caption = notice.findings.iter().map(|findings| findings.caption.as_str());
    let cells = manuscript.findings.iter().flat_map(|table| table.head.iter().chain(table.rows.iter().flatten()));
    let measures = notice.measures.iter().chain(&notice.sources).map(|term| term.name.as_str());
    let origin = notice.origin.iter().map(|origin| origin.source.as_str());
    let attachments = notice.attachments.iter().map(|attachment| attachment.title.as_str());
    caption.chain(cells.map(String::as_str)).chain(measures).chain(origin).chain(attachments)
}
