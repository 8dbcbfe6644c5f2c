//! A notice's folder, read for the check: the manuscript, and beside it every passage with its place.

use super::{Manuscript, Sight, observed};
use crate::diag::{Outcome, Position};
use crate::front_matter::{self, Text};
use crate::inputs::{Bundle, FileContent, PageFile, Shelf};
use crate::markdown::{self, Address, Anatomy};
use crate::metadata::Entry;
use crate::passage::{Kind, Passage};
use crate::route::RelPath;
use crate::standards::{self, Mention};
use crate::vocabulary::Vocabularies;
use crate::yaml::{self, Source};
use std::collections::{BTreeMap, BTreeSet};

/// A notice's folder, read for the check.
#[derive(Debug)]
pub struct Study {
    /// The file of the text, relative to the site.
    pub file: String,
    /// The manuscript; none where it has errors.
    pub manuscript: Option<Manuscript>,
    /// Front matter, body, tables, names of files and what these say about themselves, as far as they can be read.
    pub passages: Vec<Passage>,
    /// The addresses in the body.
    pub addresses: Vec<Address>,
    /// The standard numbers in the passages, in their order.
    pub citations: Vec<Citation>,
    cells: Cells,
}

/// The rows of tables, by the file, the table of the body and the row: which passages are their cells.
type Cells = BTreeMap<String, BTreeMap<(Option<usize>, usize), Vec<usize>>>;

impl Study {
    /// What is known of a text by its passages, without a manuscript.
    fn of(file: String, passages: Vec<Passage>, addresses: Vec<Address>) -> Self {
        let passages: Vec<Passage> = passages.into_iter().flat_map(Passage::pieces).collect();
        let (citations, cells) = (citations(&passages), rows(&passages));
        Self { file, manuscript: None, passages, addresses, citations, cells }
    }

    /// The cells of the row in which a cell stands, with itself; none for what is no cell.
    pub fn row(&self, cell: &Passage) -> impl Iterator<Item = &Passage> {
        self.cells_of(cell, |row| row)
    }

    /// The head of the table in which a cell stands; none for what is no cell.
    pub fn head_row(&self, cell: &Passage) -> impl Iterator<Item = &Passage> {
        self.cells_of(cell, |_| 0)
    }

    /// What stands over the column of a cell; none for the head itself and for what is no cell.
    pub fn head(&self, cell: &Passage) -> Option<&Passage> {
        let (table, _, column) = cell.kind.cell().filter(|(_, row, _)| *row > 0)?;
        let row = self.cells.get(&cell.file)?.get(&(table, 0))?;
        let is_before = |index: &usize| self.column(*index).is_some_and(|other| other < column);
        let index = row.get(row.partition_point(is_before))?;
        self.passages.get(*index).filter(|_| self.column(*index) == Some(column))
    }

    fn column(&self, index: usize) -> Option<usize> {
        self.passages.get(index)?.kind.cell().map(|(.., column)| column)
    }

    fn cells_of(&self, cell: &Passage, which: impl Fn(usize) -> usize) -> impl Iterator<Item = &Passage> {
        let place = cell.kind.cell().map(|(table, row, _)| (table, which(row)));
        let row = place.and_then(|place| self.cells.get(&cell.file)?.get(&place));
        row.into_iter().flatten().filter_map(|index| self.passages.get(*index))
    }
}

/// A standard number in a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The index of the passage.
    pub passage: usize,
    /// The number, and where it stands.
    pub mention: Mention,
}

/// Reads a bundle with all its passages.
pub fn study(bundle: &Bundle, vocabularies: &Vocabularies) -> Outcome<Study> {
    let (mut passages, mut addresses) = (Vec::new(), Vec::new());
    let outcome = observed(bundle, vocabularies, &mut |sight: &Sight<'_>| {
        passages.extend(sight.node.into_iter().flat_map(|node| front_matter::passages(node, sight.yaml)));
        let context = markdown::Context { file: sight.file, first_line: sight.parts.body_line, assets: &|_| None };
        let anatomy = markdown::take_apart(sight.parts.body, &context);
        passages.extend(anatomy.passages);
        passages.extend(contacts(sight.file, &anatomy.addresses, &passages));
        addresses = anatomy.addresses;
    });
    for file in &bundle.files {
        let path = format!("{}/{}", bundle.folder, file.path);
        passages.push(Passage::of_file(&path, Kind::FileName, file.path.as_str()));
        passages.extend(file.metadata.entries.iter().filter_map(|entry| described(&path, entry)));
        if let FileContent::Csv(bytes) = &file.content {
            cells(&path, bytes, &mut passages);
        }
    }
    let file = bundle.index_path();
    outcome.map(|manuscript| Study { manuscript, ..Study::of(file, passages, addresses) })
}

/// Reads a page about the site with all its passages: a live text without files, of which there is no manuscript. What
/// cannot be read is reported where the page is made.
pub fn study_page(page: &PageFile) -> (Bundle, Study) {
    let file = page.path.as_str().to_owned();
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", &file));
    let bundle = Bundle {
        shelf: Shelf::Live,
        folder: RelPath::parse(folder).unwrap_or_else(|_| page.path.clone()),
        id: name.trim_end_matches(".md").to_owned(),
        version: None,
        index: Some(page.bytes.clone()),
        files: Vec::new(),
    };
    let anatomy = page_anatomy(&file, &page.bytes).unwrap_or_default();
    let mut passages = anatomy.passages;
    passages.extend(contacts(&file, &anatomy.addresses, &passages));
    (bundle, Study::of(file, passages, anatomy.addresses))
}

fn page_anatomy(file: &str, bytes: &[u8]) -> Option<Anatomy> {
    let text = Text::decode(file, bytes).ok()?;
    let parts = front_matter::split(file, &text).ok()?;
    let source = Source { file, text: parts.yaml, lines_before: 1 };
    let context = markdown::Context { file, first_line: parts.body_line, assets: &|_| None };
    let mut anatomy = markdown::take_apart(parts.body, &context);
    let node = yaml::read(source, &front_matter::is_key).value;
    let fields = node.iter().flat_map(|node| front_matter::passages(node, source));
    anatomy.passages = fields.chain(anatomy.passages).collect();
    Some(anatomy)
}

fn rows(passages: &[Passage]) -> Cells {
    let mut cells = Cells::new();
    for (index, passage) in passages.iter().enumerate() {
        let Some((table, row, _)) = passage.kind.cell() else { continue };
        if !cells.contains_key(&passage.file) {
            cells.insert(passage.file.clone(), BTreeMap::new());
        }
        cells.get_mut(&passage.file).into_iter().for_each(|rows| rows.entry((table, row)).or_default().push(index));
    }
    cells
}

/// Found once for all the rules that ask.
fn citations(passages: &[Passage]) -> Vec<Citation> {
    let mentioned = passages.iter().enumerate().map(|(passage, found)| (passage, standards::mentions(&found.text)));
    mentioned
        .flat_map(|(passage, mentions)| mentions.into_iter().map(move |mention| Citation { passage, mention }))
        .collect()
}

/// What a file says about itself, where that is text.
fn described(path: &str, entry: &Entry) -> Option<Passage> {
    use crate::metadata::Kind as About;
    let is_text = match entry.kind {
        About::Text | About::Person | About::Company | About::Hidden | About::Name => true,
        About::Position | About::Device | About::Software | About::Time => false,
    };
    is_text.then(|| Passage::of_file(path, Kind::Metadata(entry.name.clone()), &entry.value))
}

/// Mailboxes and telephones behind links whose text does not show them.
fn contacts(file: &str, addresses: &[Address], shown: &[Passage]) -> Vec<Passage> {
    let is_outside = |sign: char| !sign.is_ascii_alphanumeric() && !matches!(sign, '@' | '+' | '-' | '_' | '.');
    let words = shown.iter().flat_map(|passage| passage.text.split(is_outside));
    let words: BTreeSet<&str> = words.map(|word| word.trim_matches(['.', '-', '_'])).collect();
    let contact = |link: &Address| {
        let (scheme, contact) = link.address.split_once(':')?;
        let is_contact = scheme.eq_ignore_ascii_case("mailto") || scheme.eq_ignore_ascii_case("tel");
        let mut passage = Passage::new(file, Kind::Address);
        passage.push(contact, link.at);
        (is_contact && !words.contains(contact)).then_some(passage)
    };
    addresses.iter().filter_map(contact).collect()
}

/// The cells of a CSV; what cannot be read has been said where the table was.
fn cells(path: &str, bytes: &[u8], passages: &mut Vec<Passage>) {
    if super::table::too_large(path, bytes).is_some() {
        return;
    }
    let Ok(text) = Text::decode(path, bytes) else { return };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_str().as_bytes());
    for (row, record) in reader.records().filter_map(Result::ok).enumerate() {
        let Some(position) = record.position() else { continue };
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let mut written = text.as_str().get(start..).unwrap_or_default();
        let mut at = Position::new(u32::try_from(position.line()).unwrap_or(u32::MAX), 1);
        for (column, cell) in record.iter().enumerate() {
            let mut passage = Passage::new(path, Kind::CsvCell { row, column });
            let read = passage.push_decoded(cell, written, at);
            let (before, after) = written.split_at(read);
            // The next cell stands behind the separator; behind the last one the line ends.
            let (gap, rest) = after.split_at(after.find([',', '\n']).map_or(after.len(), |sign| sign + 1));
            at = before.chars().chain(gap.chars()).fold(at, Position::after);
            written = rest;
            passages.push(passage);
        }
    }
}
