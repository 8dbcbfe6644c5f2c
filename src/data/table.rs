//! The tables, as CSV: one row a notice, a product, a batch, a standard.
//!
//! Rows are made of records, so they say nothing that the page does not; a withdrawn notice has no products and no
//! standards.

use super::batches::{Batch, Room};
use super::make;
use super::parts::{Named, ProductRecord, Term};
use super::record::NoticeRecord;
use super::rows::{BatchRow, NoticeRow, ProductRow, Row, StandardRow};
use crate::diag::Diagnostic;
use crate::moment::Moment;
use crate::pages::Frame;
use crate::sheet;
use serde_json::Value;

/// What ends a line for one program or another.
const BREAKS: [char; 8] = ['\n', '\r', '\t', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// What stands between two things in one cell.
const AND: &str = "；";

/// The beginning of a CSV: the heads of the schema of its rows.
pub(super) fn head(schema: &Value) -> Vec<u8> {
    let heads = schema["properties"].as_object().into_iter().flatten().map(|(head, _)| head.as_str());
    sheet::csv_head(&heads.collect::<Vec<_>>())
}

/// Rows of a CSV.
pub(super) fn rows<R: Row>(rows: impl IntoIterator<Item = R>) -> Vec<u8> {
    sheet::csv_rows(rows.into_iter().map(cells))
}

/// The cells of a row, each on one line, since some assistants for importing text begin a new row at every line.
fn cells<R: Row>(row: R) -> impl Iterator<Item = String> {
    row.cells().into_iter().map(on_one_line)
}

/// A space for every line break and tab, and for several in a row.
fn on_one_line(text: String) -> String {
    if !may_break(text.as_bytes()) || !text.contains(BREAKS) {
        return text;
    }
    text.split(BREAKS).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a text has bytes that stand in [`BREAKS`]: control characters, and the two last bytes of the others. The loops look
/// at every byte, so that they are made of instructions for many at a time.
fn may_break(text: &[u8]) -> bool {
    let has_control = text.iter().fold(false, |found, byte| found | (*byte < b' '));
    let is_end = |one: u8, next: u8| (one == 0xC2 && next == 0x85) || (one == 0x80 && matches!(next, 0xA8 | 0xA9));
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    has_control || pairs.fold(false, |found, (one, next)| found | is_end(*one, *next))
}

/// The row of a notice.
///
/// # Errors
/// Its text cannot be read.
pub(super) fn notice(frame: &Frame<'_>, dossier: usize) -> Result<NoticeRow, Box<Diagnostic>> {
    let dossier = &frame.site.dossiers[dossier];
    let record = make::outline(frame, dossier);
    let body = dossier.current().manuscript().plain()?;
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let minute = Moment::to_minute;
    Ok(NoticeRow {
        id: record.identifier.to_owned(),
        title: record.headline.to_owned(),
        kind: record.genre.name.clone(),
        level: record.risk_level.as_ref().map(|level| level.name.clone()).unwrap_or_default(),
        status: record.creative_work_status.to_owned(),
        version: record.version.to_string(),
        published: minute(dossier.first_published()),
        modified: minute(dossier.current().published()),
        expires: record.expires.clone(),
        summary: record.summary.to_owned(),
        categories: names(&record.categories),
        audience: names(&record.audience),
        hazards: names(&record.hazards),
        actions: record.actions.join(AND),
        products: record.about.len().to_string(),
        batches: number(record.sampling.as_ref().map(|sampling| sampling.batches)),
        failed: number(record.sampling.as_ref().map(|sampling| sampling.failed)),
        monitored: record.monitored_on.clone(),
        measures: record.measures.join(AND),
        standards: record.citation.join(AND),
        sources: record.sources.join(AND),
        origin: origin(&record),
        what: record.correction.as_ref().map(|change| change.what.to_owned()).unwrap_or_default(),
        why: record.correction.as_ref().map(|change| change.why.to_owned()).unwrap_or_default(),
        marks: joined(record.marks.iter().map(|mark| mark.description.as_str())),
        body: body.trim().to_owned(),
        attachments: joined(record.associated_media.iter().map(|file| format!("{} {}", file.name, file.content_url))),
        publisher: record.publisher.name.clone(),
        url: record.url.clone(),
    })
}

fn joined<T: AsRef<str>>(texts: impl Iterator<Item = T>) -> String {
    let mut joined = String::new();
    for text in texts {
        if !joined.is_empty() {
            joined.push_str(AND);
        }
        joined.push_str(text.as_ref());
    }
    joined
}

fn names(terms: &[Term]) -> String {
    joined(terms.iter().map(|term| term.name.as_str()))
}

fn origin(record: &NoticeRecord<'_>) -> String {
    let Some(original) = &record.is_based_on else { return String::new() };
    let parts = [&original.publisher.name, &original.date_published, &original.url];
    joined(parts.into_iter().filter(|part| !part.is_empty()))
}

/// One row a product of a notice that holds.
pub(super) fn products(frame: &Frame<'_>, dossier: usize) -> Vec<ProductRow> {
    let record = make::outline(frame, &frame.site.dossiers[dossier]);
    let mut room = Room::new();
    let numbered = record.about.iter().enumerate();
    numbered.map(|(index, each)| product(&record, index, each, &room.batches(each.batch))).collect()
}

fn product(record: &NoticeRecord<'_>, index: usize, product: &ProductRecord<'_>, batches: &[Batch]) -> ProductRow {
    let named = |named: &Option<Named>| named.as_ref().map(|named| named.name.clone()).unwrap_or_default();
    let is_clear = !batches.is_empty() && batches.iter().all(|batch| batch.is_single);
    let all = joined(batches.iter().map(|batch| batch.text.as_str()));
    let fits = sheet::fits(&all);
    ProductRow {
        id: record.identifier.to_owned(),
        number: (index + 1).to_string(),
        name: product.name.to_owned(),
        brand: named(&product.brand),
        model: product.model.to_owned(),
        batch: product.batch.to_owned(),
        count: if is_clear { batches.len().to_string() } else { String::new() },
        batches: match (is_clear, fits) {
            (true, true) => all,
            (true, false) => format!("共 {} 个，见 batches.csv", batches.len()),
            (false, _) => String::new(),
        },
        barcode: format!("{}{}", product.gtin, product.barcode),
        maker: named(&product.manufacturer),
        sold: product.sold.to_owned(),
        level: record.risk_level.as_ref().map(|level| level.name.clone()).unwrap_or_default(),
        expires: record.expires.clone(),
        title: record.headline.to_owned(),
        url: record.url.clone(),
    }
}

/// One row a batch of a product of a notice that holds.
pub(super) fn batches(frame: &Frame<'_>, dossier: usize) -> Vec<BatchRow> {
    let record = make::outline(frame, &frame.site.dossiers[dossier]);
    let mut room = Room::new();
    let mut rows = Vec::new();
    for (index, product) in record.about.iter().enumerate() {
        let batches = room.batches(product.batch).into_iter();
        rows.extend(batches.map(|each| batch(&record, index, product, each)));
    }
    rows
}

fn batch(record: &NoticeRecord<'_>, index: usize, product: &ProductRecord<'_>, batch: Batch) -> BatchRow {
    BatchRow {
        code: batch.text,
        form: if batch.is_single { "逐个" } else { "照原文" }.to_owned(),
        id: record.identifier.to_owned(),
        number: (index + 1).to_string(),
        name: product.name.to_owned(),
        brand: product.brand.as_ref().map(|brand| brand.name.clone()).unwrap_or_default(),
        model: product.model.to_owned(),
        url: record.url.clone(),
    }
}

/// One row a standard cited by a notice that holds.
pub(super) fn standards(frame: &Frame<'_>, dossier: usize) -> Vec<StandardRow> {
    let record = make::outline(frame, &frame.site.dossiers[dossier]);
    let row = |standard: &String| StandardRow {
        standard: standard.clone(),
        id: record.identifier.to_owned(),
        title: record.headline.to_owned(),
        url: record.url.clone(),
    };
    record.citation.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_ends_a_line_becomes_a_space_and_nothing_else_does() {
        for sign in '\0'..=char::MAX {
            let text = format!("甲{sign}乙");
            let expected = if BREAKS.contains(&sign) { "甲 乙" } else { &text };
            assert_eq!(on_one_line(text.clone()), expected);
        }
    }
}
