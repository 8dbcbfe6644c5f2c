//! Passages: the text of a notice as a reader takes it in, piece by piece, each character of which knows where it stands in
//! its file.
//!
//! Made by `markdown` from a body, by `front_matter` from its values, by `read` from tables and names; read by `lint`.

use crate::diag::{Code, Diagnostic, Position, Severity};
use std::ops::Range;

/// How far ahead a decoded character is looked for in its source: past quotes, escapes and the indentation of a line.
const AHEAD: usize = 80;
/// The most bytes of text that are looked at in one piece.
const LONGEST: usize = 8 << 10;

/// What a piece of text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A paragraph, or a part of a list item without paragraphs.
    Paragraph,
    /// A heading and its level as written, 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A cell of a table in the body, each counted from 0; row 0 is the head.
    Cell {
        /// Which table of the body.
        table: usize,
        /// Which row.
        row: usize,
        /// Which column.
        column: usize,
    },
    /// The description of a picture.
    Alt,
    /// Code, shown as typed.
    Code,
    /// A value of the front matter, by its keys in English: `title`, `products.batch`.
    Field(String),
    /// A cell of a CSV, each counted from 0; row 0 is the head.
    CsvCell {
        /// Which row.
        row: usize,
        /// Which column.
        column: usize,
    },
    /// The target of a link to a mailbox or a telephone, where it does not stand in the text.
    Address,
    /// The name of a file.
    FileName,
    /// What a file says about itself, by what that is called.
    Metadata(String),
}

impl Kind {
    /// Where a cell stands: which table of the body, or none for a CSV; row; column.
    pub fn cell(&self) -> Option<(Option<usize>, usize, usize)> {
        match *self {
            Self::Cell { table, row, column } => Some((Some(table), row, column)),
            Self::CsvCell { row, column } => Some((None, row, column)),
            _ => None,
        }
    }
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The file, relative to the site.
    pub file: String,
    /// What it is.
    pub kind: Kind,
    /// The text, without markup, escapes and line breaks inside Chinese text.
    pub text: String,
    /// From which byte of the text on which position of the file holds; each later character stands one column further.
    /// None: the file as a whole is meant.
    anchors: Vec<(usize, Position)>,
    /// Which bytes of the text were typed as code inside a sentence.
    code: Vec<Range<usize>>,
}

impl Passage {
    /// A passage without text yet.
    pub fn new(file: &str, kind: Kind) -> Self {
        Self { file: file.to_owned(), kind, text: String::new(), anchors: Vec::new(), code: Vec::new() }
    }

    /// Text that stands nowhere in particular: the name of a file.
    pub fn of_file(file: &str, kind: Kind, text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::new(file, kind) }
    }

    /// Adds text that stands in the file exactly like this from a position on.
    pub fn push(&mut self, text: &str, at: Position) {
        if !text.is_empty() {
            self.anchors.push((self.text.len(), at));
            self.text.push_str(text);
        }
    }

    /// Adds text that was decoded from a source (quotes, escapes, folded lines): each character is looked for in the
    /// source, in order, and stands where it is found. `at` is the position at which the source begins. Returns how many
    /// bytes of the source were read.
    pub fn push_decoded(&mut self, text: &str, source: &str, at: Position) -> usize {
        let mut rest = source.chars();
        let mut here = at;
        let mut expected = None;
        for (offset, wanted) in text.char_indices() {
            let Some(skipped) = rest.clone().take(AHEAD).position(|character| character == wanted) else { continue };
            let found = rest.by_ref().take(skipped).fold(here, Position::after);
            if expected != Some(found) {
                self.anchors.push((self.text.len() + offset, found));
            }
            rest.next();
            here = found.after(wanted);
            expected = Some(here);
        }
        if self.anchors.is_empty() {
            self.anchors.push((self.text.len(), at));
        }
        self.text.push_str(text);
        source.len() - rest.as_str().len()
    }

    /// Says that the text from a byte on was typed as code: as it stands on a product or a screen.
    pub fn mark_code(&mut self, from: usize) {
        self.code.push(from..self.text.len());
    }

    /// Whether a byte of the text was typed as code.
    pub fn is_code(&self, at: usize) -> bool {
        self.code.iter().any(|range| range.contains(&at))
    }

    /// The passage in pieces of bounded length, cut behind sentences where there are any: whoever reads a passage may look
    /// back and forth in it without asking how long it is. No text that is meant to be read is so long.
    pub fn pieces(self) -> Vec<Self> {
        if self.text.len() <= LONGEST {
            return vec![self];
        }
        let (mut pieces, mut start) = (Vec::new(), 0);
        while start < self.text.len() {
            let end = cut(&self.text, start);
            pieces.push(self.piece(start..end));
            start = end;
        }
        pieces
    }

    fn piece(&self, range: Range<usize>) -> Self {
        let inside = |at: usize| at.clamp(range.start, range.end) - range.start;
        let first = self.anchors.partition_point(|(offset, _)| *offset <= range.start).checked_sub(1);
        let last = self.anchors.partition_point(|(offset, _)| *offset < range.end);
        let begin = first.map(|index| (0, self.position(index, range.start)));
        let rest = self.anchors[first.map_or(0, |index| index + 1)..last].iter();
        Self {
            text: self.text.get(range.clone()).unwrap_or_default().to_owned(),
            anchors: begin.into_iter().chain(rest.map(|(offset, at)| (inside(*offset), *at))).collect(),
            code: self
                .code
                .iter()
                .map(|code| inside(code.start)..inside(code.end))
                .filter(|code| !code.is_empty())
                .collect(),
            ..Self::new(&self.file, self.kind.clone())
        }
    }

    /// Whether there is nothing to read.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The keys of a value of the front matter.
    pub fn field(&self) -> Option<&str> {
        match &self.kind {
            Kind::Field(keys) => Some(keys),
            _ => None,
        }
    }

    /// Whether it is running text, made of sentences.
    pub fn is_prose(&self) -> bool {
        match &self.kind {
            Kind::Paragraph | Kind::Item => true,
            Kind::Field(keys) => matches!(keys.as_str(), "summary" | "actions" | "change.what" | "change.why"),
            _ => false,
        }
    }

    /// Where a byte of the text stands, and how many characters of it stand on the same line in one run.
    fn place(&self, range: &Range<usize>) -> Option<(Position, u32)> {
        let index = self.anchors.partition_point(|(offset, _)| *offset <= range.start).checked_sub(1)?;
        let start = self.position(index, range.start);
        let last = self.text.get(range.clone()).and_then(|text| text.char_indices().next_back());
        let end = range.start + last.map_or(0, |(offset, _)| offset);
        let index = self.anchors.partition_point(|(offset, _)| *offset <= end).checked_sub(1)?;
        let end = self.position(index, end);
        let characters = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let length = if end.line == start.line && end.column >= start.column {
            end.column - start.column + 1
        } else {
            let next = self.anchors.iter().find(|(offset, at)| *offset > range.start && at.line != start.line);
            let stop = next.map_or(range.end, |(offset, _)| *offset).min(range.end);
            characters(self.text.get(range.start..stop).unwrap_or_default())
        };
        Some((start, length.max(1)))
    }

    fn position(&self, anchor: usize, offset: usize) -> Position {
        let (from, at) = self.anchors[anchor];
        let between = self.text.get(from..offset).map_or(0, |text| text.chars().count());
        Position { column: at.column.saturating_add(u32::try_from(between).unwrap_or(u32::MAX)), ..at }
    }

    /// A finding about a part of the text.
    pub fn finding(&self, severity: Severity, code: Code, range: &Range<usize>, message: String) -> Diagnostic {
        let diagnostic = Diagnostic::new(severity, code, message);
        match self.place(range) {
            Some((at, length)) => diagnostic.at(self.file.as_str(), at).spanning(length),
            None => diagnostic.in_file(self.file.as_str()),
        }
    }
}

/// Where a piece that begins at a byte ends.
fn cut(text: &str, start: usize) -> usize {
    let far = start.saturating_add(LONGEST);
    if far >= text.len() {
        return text.len();
    }
    let end = (start + 1..=far).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let sentences = text.get(start..end).and_then(|piece| piece.rfind(['。', '！', '？']));
    sentences.map_or(end, |at| start + at + '。'.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(passage: &Passage, part: &str) -> (u32, u32, u32) {
        let start = passage.text.find(part).unwrap();
        let (at, length) = passage.place(&(start..start + part.len())).unwrap();
        (at.line, at.column, length)
    }

    #[test]
    fn decoded_text_is_found_in_its_source() {
        let mut quoted = Passage::new("t", Kind::Field("title".to_owned()));
        quoted.push_decoded("甲\"乙\"丙", "\"甲\\\"乙\\\"丙\"", Position::new(3, 5));
        assert_eq!((place(&quoted, "甲"), place(&quoted, "丙")), ((3, 6, 1), (3, 12, 1)));
        let mut folded = Passage::new("t", Kind::Field("summary".to_owned()));
        folded.push_decoded("第一行 第二行\n", ">\n  第一行\n  第二行\nnext: 1", Position::new(3, 5));
        assert_eq!((place(&folded, "第一"), place(&folded, "二行")), ((4, 3, 2), (5, 4, 2)));
        assert_eq!(place(&folded, "行 第"), (4, 5, 1));
    }

    #[test]
    fn markup_in_between_counts_as_part_of_what_is_meant() {
        let mut passage = Passage::new("t", Kind::Paragraph);
        passage.push("请打", Position::new(7, 1));
        passage.push("123", Position::new(7, 5));
        passage.push("45", Position::new(7, 10));
        assert_eq!(place(&passage, "12345"), (7, 5, 7));
    }

    #[test]
    fn a_long_passage_is_read_in_pieces_that_know_their_place() {
        let text = format!("{}。“{}", "甲".repeat(LONGEST / 3 - 10), "乙".repeat(LONGEST));
        let mut long = Passage::new("t", Kind::Paragraph);
        long.push(&text, Position::new(3, 1));
        long.mark_code(text.len() - 3);
        let pieces = long.clone().pieces();
        assert!(pieces.iter().all(|piece| piece.text.len() <= LONGEST));
        assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
        assert!(pieces[0].text.ends_with('。'));
        let column = u32::try_from(LONGEST / 3 - 8).unwrap();
        assert_eq!(place(&pieces[1], "“"), (3, column, 1));
        let last = pieces.last().unwrap();
        assert!(last.is_code(last.text.len() - 1) && !pieces[0].is_code(0));
        assert_eq!(place(last, "乙").0, 3);
        assert_eq!(Passage::of_file("t", Kind::FileName, &text).pieces()[1].anchors, []);
    }
}
