//! What of a Word document the library's model has no word for, found by the marks it leaves in the file.

use crate::import::losses::{Loss, Losses};
use office_oxide::core::opc::{OpcReader, PartName};
use office_oxide::docx::paragraph::{ParagraphContent, Run, RunContent};
use office_oxide::docx::{BlockElement, DocxDocument};
use office_oxide::options::ParseOptions;
use office_oxide::{Document as Office, DocumentFormat};
use std::io::Cursor;

/// Counts tracked changes, formulas and embedded objects.
pub(super) fn count(bytes: Vec<u8>, document: &DocxDocument, options: &ParseOptions, losses: &mut Losses) {
    let Ok(mut package) = OpcReader::new(Cursor::new(bytes.as_slice())) else { return };
    let embedded = package.part_names().iter().filter(|name| name.as_str().starts_with("/word/embeddings/")).count();
    losses.add_many(Loss::Embedded, embedded);
    let part = PartName::new("/word/document.xml").and_then(|name| package.read_part(&name)).unwrap_or_default();
    let part = String::from_utf8_lossy(&part);
    let ends = |tags: [&str; 2]| tags.iter().map(|tag| part.matches(tag).count()).sum();
    losses.add_many(Loss::Inserted, ends(["</w:ins>", "</w:moveTo>"]));
    losses.add_many(Loss::Formula, part.matches("</m:oMath>").count());
    let deleted = ends(["</w:del>", "</w:moveFrom>"]);
    losses.add_many(Loss::Deleted, deleted);
    if deleted > 0 {
        show_deleted(bytes, document, options.clone(), losses);
    }
}

/// Reads the document once more with what was deleted, and shows where the two differ.
fn show_deleted(bytes: Vec<u8>, document: &DocxDocument, mut options: ParseOptions, losses: &mut Losses) {
    options.include_deleted_text = true;
    let Ok(office) = Office::from_reader_with(Cursor::new(bytes), DocumentFormat::Docx, &options) else { return };
    let Some(whole) = office.as_docx() else { return };
    let (now, before) = (&document.body.elements, &whole.body.elements);
    if now.len() != before.len() {
        return;
    }
    for (now, before) in now.iter().zip(before) {
        let (now, before) = (words(now), words(before));
        if now != before {
            losses.show(Loss::Deleted, &difference(&now, &before));
        }
    }
}

/// What a longer text has in its midst.
fn difference(short: &str, long: &str) -> String {
    let start = short.chars().zip(long.chars()).take_while(|(one, other)| one == other).count();
    let rest = |text: &str| text.chars().skip(start).collect::<Vec<char>>();
    let (short, long) = (rest(short), rest(long));
    let end = short.iter().rev().zip(long.iter().rev()).take_while(|(one, other)| one == other).count();
    long[..long.len() - end].iter().collect()
}

/// The text of an element, tables cell by cell.
fn words(element: &BlockElement) -> String {
    let run = |run: &Run| {
        let texts = run.content.iter().filter_map(|part| match part {
            RunContent::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<String>()
    };
    match element {
        BlockElement::Paragraph(paragraph) => {
            let parts = paragraph.content.iter().map(|part| match part {
                ParagraphContent::Run(part) => run(part),
                ParagraphContent::Hyperlink(link) => link.runs.iter().map(run).collect(),
            });
            parts.collect()
        }
        BlockElement::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.flat_map(|cell| &cell.content).map(words).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_deleted_is_what_the_longer_text_has() {
        assert_eq!(difference("近期有儿童误食。", "近期有儿童因好奇误食。"), "因好奇");
        assert_eq!(difference("甲", "甲甲"), "甲");
        assert_eq!(difference("甲", "甲"), "");
    }
}
