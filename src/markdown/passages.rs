//! The passages and addresses of a body, each character with its place in the file; for the check.

use super::{Context, emphasis, emphasis::Events, flow, limits, report::Report};
use crate::diag::Position;
use crate::passage::{Kind, Passage};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::cell::OnceCell;
use std::ops::Range;

/// An address that a body links to or shows a picture from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The address, as typed.
    pub address: String,
    /// Where the link begins.
    pub at: Position,
}

/// What a body says, for the check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anatomy {
    /// The passages in the order of the text.
    pub passages: Vec<Passage>,
    /// The addresses in the order of the text.
    pub addresses: Vec<Address>,
}

/// Takes a body apart. Empty where the body is beyond the limits: then rendering it has said so.
pub fn take_apart(source: &str, context: &Context<'_>) -> Anatomy {
    let mut report = Report::new(source, context);
    if limits::refuse(source, &mut report) {
        return Anatomy::default();
    }
    let buffer = OnceCell::new();
    let events = emphasis::parse(source, &buffer);
    if limits::refuse_depth(&events, &mut report) {
        return Anatomy::default();
    }
    let mut reader = Reader {
        source,
        file: context.file,
        report: &report,
        blocks: Vec::new(),
        current: None,
        cell: (0, 0, 0),
        anatomy: Anatomy::default(),
    };
    reader.read(&events);
    reader.anatomy
}

struct Reader<'a> {
    source: &'a str,
    file: &'a str,
    report: &'a Report<'a>,
    /// What text is in the blocks that are open, the innermost last.
    blocks: Vec<Kind>,
    current: Option<Passage>,
    /// Table, row and column of the next cell.
    cell: (usize, usize, usize),
    anatomy: Anatomy,
}

impl Reader<'_> {
    fn read(&mut self, events: &Events<'_>) {
        let mut index = 0;
        while let Some((event, range)) = events.get(index) {
            match event {
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let end = flow::end_of(events, index);
                    self.address(dest_url, range.start);
                    self.alt(&events[index + 1..end.min(events.len())]);
                    index = end;
                }
                Event::Start(tag) => self.start(tag, range.start),
                Event::End(tag) => self.end(*tag),
                Event::Text(text) => self.text(text, range.clone()),
                Event::Code(code) => self.code(code, range.clone()),
                Event::SoftBreak => {
                    let before = self.current.as_ref().map_or("", |passage| passage.text.as_str());
                    if !flow::is_seamless(before, &events[index + 1..]) {
                        self.text(" ", range.clone());
                    }
                }
                Event::HardBreak => self.text(" ", range.clone()),
                _ => {}
            }
            index += 1;
        }
        self.flush();
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        let kind = match tag {
            Tag::Paragraph if matches!(self.blocks.last(), Some(Kind::Item)) => Kind::Item,
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { level, .. } => Kind::Heading(*level as u8),
            Tag::Item => Kind::Item,
            Tag::CodeBlock(_) => Kind::Code,
            Tag::TableCell => {
                let (table, row, column) = self.cell;
                self.cell.2 += 1;
                Kind::Cell { table, row, column }
            }
            Tag::TableHead | Tag::TableRow => {
                self.cell.2 = 0;
                return;
            }
            Tag::Link { dest_url, .. } => return self.address(dest_url, at),
            Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => return self.flush(),
            _ => return,
        };
        self.flush();
        // A cell is there even when nothing stands in it.
        if matches!(kind, Kind::Cell { .. }) {
            let mut cell = Passage::new(self.file, kind.clone());
            cell.push_decoded("", "", self.report.position(at));
            self.current = Some(cell);
        }
        self.blocks.push(kind);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableCell => {
                self.flush();
                self.blocks.pop();
            }
            TagEnd::TableHead | TagEnd::TableRow => self.cell.1 += 1,
            TagEnd::Table => self.cell = (self.cell.0 + 1, 0, 0),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let kind = self.blocks.last().cloned().unwrap_or(Kind::Paragraph);
        let passage = self.current.get_or_insert_with(|| Passage::new(self.file, kind));
        let at = self.report.position(range.start);
        match self.source.get(range) {
            Some(written) if written != text && !written.is_empty() => drop(passage.push_decoded(text, written, at)),
            _ => passage.push(text, at),
        }
    }

    fn code(&mut self, code: &str, range: Range<usize>) {
        let from = self.current.as_ref().map_or(0, |passage| passage.text.len());
        self.text(code, self.inside(code, range));
        self.current.iter_mut().for_each(|passage| passage.mark_code(from));
    }

    /// The bytes of code without its backticks.
    fn inside(&self, code: &str, range: Range<usize>) -> Range<usize> {
        let written = self.source.get(range.clone()).unwrap_or_default();
        written.find(code).map_or(range.clone(), |start| range.start + start..range.start + start + code.len())
    }

    /// The description of a picture is a passage of its own.
    fn alt(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        let before = self.current.take();
        self.blocks.push(Kind::Alt);
        for (event, range) in events {
            if let Event::Text(text) | Event::Code(text) = event {
                self.text(text, range.clone());
            }
        }
        self.flush();
        self.blocks.pop();
        self.current = before;
    }

    fn address(&mut self, address: &str, at: usize) {
        self.anatomy.addresses.push(Address { address: address.to_owned(), at: self.report.position(at) });
    }

    fn flush(&mut self) {
        let passage = self.current.take();
        self.anatomy.passages.extend(passage.filter(|passage| !passage.is_blank() || is_cell(&passage.kind)));
    }
}

fn is_cell(kind: &Kind) -> bool {
    matches!(kind, Kind::Cell { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every passage and where each of its words stands.
    fn shown(source: &str) -> Vec<String> {
        let context = Context { file: "t.md", first_line: 10, assets: &|_| None };
        let anatomy = take_apart(source, &context);
        let passages = anatomy.passages.iter().map(|passage| {
            let words = passage.text.split([' ', '，']).filter(|word| !word.is_empty()).map(|word| {
                let start = word.as_ptr() as usize - passage.text.as_ptr() as usize;
                let found = passage.finding(
                    crate::diag::Severity::Note,
                    crate::diag::Code::Usage,
                    &(start..start + word.len()),
                    String::new(),
                );
                let place = found.place.unwrap();
                let at = place.at.unwrap();
                format!("{word}@{}:{}+{}", at.line, at.column, place.length)
            });
            format!("{:?} {}", passage.kind, words.collect::<Vec<_>>().join(" "))
        });
        let addresses =
            anatomy.addresses.iter().map(|link| format!("{} {}:{}", link.address, link.at.line, link.at.column));
        passages.chain(addresses).collect()
    }

    #[test]
    fn code_inside_a_sentence_is_known() {
        let context = Context { file: "t.md", first_line: 1, assets: &|_| None };
        let anatomy = take_apart("形如 `C14-P6` 的。", &context);
        let passage = &anatomy.passages[0];
        let code: String = passage.text.char_indices().filter(|(at, _)| passage.is_code(*at)).map(|(_, c)| c).collect();
        assert_eq!(code, "C14-P6");
    }

    #[test]
    fn every_block_is_a_passage_whose_words_know_their_place() {
        let source = "## 为**什**么\n\n第一行，请打\n123**45**6。\n\n- 甲\n  - 乙，`丙`\n- [丁](https://x.cn)戊\n\n|己|庚|\n|-|-|\n|辛||\n\n![图 一](a.png)\n\n> 引&amp;文\\*\n";
        insta::assert_snapshot!(shown(source).join("\n"), @r"
        Heading(2) 为什么@10:4+7
        Paragraph 第一行@12:1+3 请打@12:5+2 123456。@13:1+11
        Item 甲@15:3+1
        Item 乙@16:5+1 丙@16:8+1
        Item 丁戊@17:4+17
        Cell { table: 0, row: 0, column: 0 } 己@19:2+1
        Cell { table: 0, row: 0, column: 1 } 庚@19:4+1
        Cell { table: 0, row: 1, column: 0 } 辛@21:2+1
        Cell { table: 0, row: 1, column: 1 } 
        Alt 图@23:3+1 一@23:5+1
        Paragraph 引&文*@25:3+9
        https://x.cn 17:3
        a.png 23:1
        ");
    }
}
