//! Word documents (.docx), as WPS and Word write them: the library's model into ours. The only user of the Office library.

mod inventory;
mod marks;
mod run;

use super::Source;
use super::document::{Block, Document, Inline, Paragraph, apart, text, tidy};
use super::losses::{Loss, Losses};
use super::picture::{Pictures, image};
use super::table::{self, Cell};
use crate::diag::{Code, Diagnostic};
use crate::text::printable;
use marks::{Counters, Number};
use office_oxide::docx::formatting::{Justification, ParagraphProperties};
use office_oxide::docx::table::MergeType;
use office_oxide::docx::{BlockElement, DocxDocument, paragraph as word, table as grid};
use office_oxide::limits::Limits;
use office_oxide::options::ParseOptions;
use office_oxide::{Document as Office, DocumentFormat};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// How deep tables and text boxes may stand in one another.
const DEPTH: usize = 10;

/// Reads a document.
///
/// # Errors
/// It is no Word document, is damaged, or would take too much memory.
pub(super) fn read(source: Source<'_>, losses: &mut Losses) -> Result<Document, Box<Diagnostic>> {
    if !source.bytes.starts_with(b"PK") {
        return Err(foreign(source.name, &source.bytes));
    }
    let mut options = ParseOptions::default();
    options.limits = Limits::strict();
    let office = Office::from_reader_with(Cursor::new(source.bytes.clone()), DocumentFormat::Docx, &options)
        .map_err(|error| damaged(source.name, &error.to_string()))?;
    let Some(document) = office.as_docx() else { return Err(damaged(source.name, "no word document")) };
    inventory::count(source.bytes, document, &options, losses);
    for damage in office.damage().iter().filter(|damage| damage.is_loss()) {
        losses.add(Loss::Unreadable, &damage.to_string());
    }
    let mut reader = Reader {
        document,
        losses,
        counters: Counters::default(),
        pictures: Pictures::default(),
        placed: BTreeSet::new(),
    };
    let mut blocks = reader.blocks(&document.body.elements, 0);
    reader.place_rest(&mut blocks);
    let notes = reader.notes();
    reader.leave_out();
    let title = document.core_properties.as_ref().and_then(|properties| properties.title.clone());
    let title = title.filter(|title| super::official::reads_like_a_title(title));
    Ok(Document { blocks, notes, files: reader.pictures.into_files(), title })
}

/// An old or protected document, or something else under this name.
fn foreign(name: &str, bytes: &[u8]) -> Box<Diagnostic> {
    let (message, hint) = match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, ..] => (
            "这是老格式（.doc、.wps）或加了密码的文件，只是名字叫 .docx",
            "请在 WPS 里打开，去掉密码，“另存为”，类型选“Word 文档（*.docx）”，再导入",
        ),
        [] => ("文件是空的", "请重新下载或复制"),
        _ => ("这不是 Word 文档（.docx）", "请在 WPS 里打开，“另存为”，类型选“Word 文档（*.docx）”，再导入"),
    };
    Box::new(Diagnostic::error(Code::ImportFormat, message).in_file(name).hint(hint))
}

fn damaged(name: &str, reason: &str) -> Box<Diagnostic> {
    let message = if reason.contains("limit") {
        "文件展开以后太大，没有读"
    } else {
        "文件已损坏，读不出来"
    };
    Box::new(
        Diagnostic::error(Code::ImportFormat, message)
            .in_file(name)
            .fact(format!("原因：{}", printable(reason)))
            .hint("请在 WPS 里打开，“另存为”一个新的 .docx；打不开就请对方重新发送"),
    )
}

struct Reader<'a> {
    document: &'a DocxDocument,
    losses: &'a mut Losses,
    counters: Counters,
    pictures: Pictures,
    /// The relationships of the pictures that have their place.
    placed: BTreeSet<String>,
}

impl Reader<'_> {
    fn blocks(&mut self, elements: &[BlockElement], depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        if depth > DEPTH {
            self.losses.add(Loss::Unreadable, "");
            return blocks;
        }
        for element in elements {
            match element {
                BlockElement::Paragraph(paragraph) => self.paragraph(paragraph, depth, &mut blocks),
                BlockElement::Table(table) => {
                    let rows = self.rows(table, depth);
                    blocks.extend(table::unfold(rows, self.losses));
                }
            }
        }
        blocks
    }

    /// A paragraph, then the pictures and text boxes that are anchored in it.
    fn paragraph(&mut self, source: &word::Paragraph, depth: usize, blocks: &mut Vec<Block>) {
        let properties = self.properties(source);
        let style = properties.style_id.as_deref().unwrap_or_default();
        let sheet = self.document.styles.as_ref().and_then(|sheet| sheet.styles.get(style));
        let name = sheet.and_then(|style| style.name.clone()).unwrap_or_default().to_lowercase();
        let line = self.line(source, &properties);
        if name.starts_with("toc ") {
            self.losses.add(Loss::Contents, &text(&line.content));
            return;
        }
        let (mut content, images) = apart(line.content);
        let level = properties.outline_level.filter(|level| *level < 9).map(|level| level + 1);
        let is_title = name == "title" || style.eq_ignore_ascii_case("title");
        let is_empty = tidy(content.clone()).is_empty();
        let number = properties.numbering_ref.as_ref().filter(|_| !is_empty);
        let number = number.and_then(|number| self.counters.next(self.document.numbering.as_ref()?, number));
        if let Some(Number::Label(label)) = &number {
            content.insert(0, Inline::plain(label.clone()));
        }
        let is_centred = matches!(properties.justification, Some(Justification::Center));
        let paragraph = Paragraph { content, is_title, is_centred, size: line.size };
        blocks.push(match (level, number) {
            _ if is_title => Block::Paragraph(paragraph),
            (Some(level), _) if !is_empty => Block::Heading { level, content: paragraph.content },
            (_, Some(Number::Bullet(level))) => Block::Item { level, number: None, content: paragraph.content },
            (_, Some(Number::Item(level, number))) => {
                Block::Item { level, number: Some(number), content: paragraph.content }
            }
            _ => Block::Paragraph(paragraph),
        });
        if is_empty && !images.is_empty() {
            blocks.pop();
        }
        let alone = |image| Block::Paragraph(Paragraph { content: vec![image], is_centred, ..Paragraph::default() });
        blocks.extend(images.into_iter().map(alone));
        for content in line.boxes {
            let inside = self.blocks(content, depth + 1);
            if inside.iter().any(|block| !matches!(block, Block::Paragraph(paragraph) if paragraph.content.is_empty()))
            {
                self.losses.add(Loss::TextBox, &inside.iter().map(super::official::words).collect::<String>());
            }
            blocks.extend(inside);
        }
    }

    fn properties(&self, source: &word::Paragraph) -> ParagraphProperties {
        match &self.document.styles {
            Some(sheet) => {
                let mut properties = sheet.effective_paragraph_properties(source.properties.as_ref());
                let style = properties.style_id.clone();
                let style = style.or_else(|| source.properties.as_ref()?.style_id.clone());
                let level = style.as_deref().and_then(|style| sheet.resolve_outline_level(style));
                properties.outline_level = properties.outline_level.or(level);
                properties.style_id = style;
                properties
            }
            None => source.properties.clone().unwrap_or_default(),
        }
    }

    /// A picture by its relationship.
    fn picture(&mut self, relationship: &str, alt: &str) -> Option<Inline> {
        self.placed.insert(relationship.to_owned());
        let Some((bytes, kind)) = self.document.images.get(relationship) else {
            self.losses.add(Loss::Picture, alt);
            return None;
        };
        let name = self.pictures.add(bytes);
        if name.is_none() {
            let kind = kind.as_deref().unwrap_or("未知格式");
            self.losses.add(Loss::Picture, &format!("{kind} {alt}"));
        }
        name.map(|name| image(name, alt))
    }

    /// The rows of a table, cells that run down told once.
    fn rows(&mut self, table: &grid::Table, depth: usize) -> Vec<Vec<Cell>> {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        // The cell that runs down, by its first column: its row and its place in it.
        let mut open: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            let mut column = 0_usize;
            for cell in &row.cells {
                let properties = cell.properties.as_ref();
                if properties.is_some_and(|properties| properties.deleted) {
                    self.losses.add(Loss::Deleted, "");
                    continue;
                }
                let columns = properties.and_then(|properties| properties.grid_span).unwrap_or(1);
                let columns = usize::try_from(columns).unwrap_or(1).clamp(1, 1000);
                let content = self.cell(cell, depth);
                let above = open.get(&column).copied();
                match (properties.and_then(|properties| properties.vertical_merge), above) {
                    (Some(MergeType::Continue), Some((y, x))) => {
                        rows[y][x].rows += 1;
                        rows[y][x].content.extend(content);
                    }
                    (merge, _) => {
                        open.remove(&column);
                        if merge.is_some() {
                            open.insert(column, (rows.len(), cells.len()));
                        }
                        cells.push(Cell { content, columns, rows: 1 });
                    }
                }
                column += columns;
            }
            rows.push(cells);
        }
        rows
    }

    /// The lines of a cell.
    fn cell(&mut self, cell: &grid::TableCell, depth: usize) -> Vec<Vec<Inline>> {
        let blocks = self.blocks(&cell.content, depth + 1);
        blocks.into_iter().flat_map(table::lines).filter(|line| !tidy(line.clone()).is_empty()).collect()
    }

    fn notes(&mut self) -> Vec<(String, Vec<Inline>)> {
        let document = self.document;
        let feet = document.footnotes.iter().map(|note| (format!("f{}", note.id), note));
        let ends = document.endnotes.iter().map(|note| (format!("e{}", note.id), note));
        let mut notes = Vec::new();
        for (label, note) in feet.chain(ends) {
            let lines = self.blocks(&note.content, 1).into_iter().flat_map(table::lines);
            let lines: Vec<Vec<Inline>> = lines.collect();
            notes.push((label, tidy(lines.join(&Inline::plain(" ")))));
        }
        notes
    }

    /// Pictures that no paragraph placed.
    fn place_rest(&mut self, blocks: &mut Vec<Block>) {
        let document = self.document;
        let rest: BTreeSet<&String> = document.images.keys().filter(|key| !self.placed.contains(*key)).collect();
        for relationship in rest {
            if let Some(image) = self.picture(relationship, "") {
                self.losses.add(Loss::Placeless, "");
                blocks.push(Block::Paragraph(Paragraph { content: vec![image], ..Paragraph::default() }));
            }
        }
    }

    /// Tells what a draft has no place for.
    fn leave_out(&mut self) {
        let document = self.document;
        for comment in &document.comments {
            let words = self.words(&comment.content);
            self.losses.add(Loss::Comment, &words);
        }
        for margin in document.headers_footers.iter().filter(|margin| margin.active) {
            let words = self.words(&margin.content);
            // Page numbers are nothing that could be missed.
            if words.chars().any(|sign| sign.is_alphabetic() && !"第页共".contains(sign)) {
                self.losses.add(Loss::Margin, &words);
            }
        }
    }

    fn words(&mut self, elements: &[BlockElement]) -> String {
        // Read with losses of its own: what is lost as a whole is not lost in parts.
        let mut reader = Reader {
            document: self.document,
            losses: &mut Losses::default(),
            counters: Counters::default(),
            pictures: Pictures::default(),
            placed: BTreeSet::new(),
        };
        let words = reader.blocks(elements, 1).iter().map(super::official::words).collect::<Vec<_>>();
        words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
    }
}
