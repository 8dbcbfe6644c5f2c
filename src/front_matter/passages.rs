//! The passages of a front matter: every text in it but sign-offs and exceptions, each character with its place in the file.

use crate::diag::Position;
use crate::notice::keys;
use crate::passage::{Kind, Passage};
use crate::yaml::{Key, Node, Source, Value};

/// Takes the values of a front matter apart.
pub fn passages(node: &Node, source: Source<'_>) -> Vec<Passage> {
    let starts = std::iter::once(0).chain(source.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let last = (Position::START.down(source.lines_before), 0);
    let mut reader = Reader { source, starts, last, passages: Vec::new() };
    if let Value::Map(entries) = &node.value {
        for (key, value) in entries {
            // An exception quotes what stands elsewhere, and is not for the public.
            let is_text = |known: &&Key| ![keys::REVIEW.name, "exceptions"].contains(&known.name);
            if let Some(known) = find(&key.value, keys::NOTICE).filter(is_text) {
                reader.read(value, known.name, known.inner());
            }
        }
    }
    reader.passages
}

fn find(typed: &str, keys: &'static [Key]) -> Option<&'static Key> {
    keys.iter().find(|key| key.spellings().contains(&typed))
}

struct Reader<'a> {
    source: Source<'a>,
    /// The offset of each line.
    starts: Vec<usize>,
    /// The position that was looked for last, and where it lies.
    last: (Position, usize),
    passages: Vec<Passage>,
}

impl Reader<'_> {
    fn read(&mut self, node: &Node, field: &str, inner: &'static [Key]) {
        match &node.value {
            Value::Null => {}
            Value::Text(text) => self.text(text, node, field),
            Value::List(items) => items.iter().for_each(|item| self.read(item, field, inner)),
            Value::Map(entries) => {
                for (key, value) in entries {
                    if let Some(known) = find(&key.value, inner) {
                        self.read(value, &format!("{field}.{}", known.name), known.inner());
                    }
                }
            }
        }
    }

    /// Where a position lies in the text. Most come in order, also those of a line that holds thousands.
    fn offset(&mut self, at: Position) -> usize {
        let (known, offset) = self.last;
        let is_behind = known.line == at.line && known.column <= at.column;
        let line = at.line.saturating_sub(self.source.lines_before + 1) as usize;
        let start = || self.starts.get(line).copied().unwrap_or(self.source.text.len());
        let (from, column) = if is_behind { (offset, known.column) } else { (start(), 1) };
        let rest = self.source.text.get(from..).unwrap_or_default();
        let skipped = rest.char_indices().nth(at.column.saturating_sub(column) as usize);
        let offset = from + skipped.map_or(rest.len(), |(skipped, _)| skipped);
        self.last = (at, offset);
        offset
    }

    fn text(&mut self, text: &str, node: &Node, field: &str) {
        let written = self.source.text.get(self.offset(node.at)..).unwrap_or_default();
        let mut passage = Passage::new(self.source.file, Kind::Field(field.to_owned()));
        passage.push_decoded(text, written, node.at);
        if !passage.is_blank() {
            self.passages.push(passage);
        }
    }
}
