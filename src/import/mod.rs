//! Drafts from files that were written elsewhere: the bytes of a file come in; a title, a Markdown body, pictures, and
//! everything that was lost on the way go out.
//!
//! Each format has a reader that makes a `document::Document`; what an official document's form says is recognised in
//! it (`official`), and it is written so that the project's own reader shows exactly its text (`write`). Nothing here
//! touches the disk, and nothing is dropped without a word.

mod bounds;
mod document;
mod docx;
mod encoding;
mod html;
mod losses;
mod markdown_file;
mod numbering;
mod official;
mod outline;
mod picture;
mod script;
mod signature;
mod table;
mod write;

use crate::diag::{Code, Diagnostic, Outcome};
use crate::markdown;
use crate::moment::Day;
use document::{Block, Document, Inline};
use losses::{Loss, Losses};

/// The formats, as they are named to people.
pub const FORMATS: &str = ".docx、.md、.html";

/// A file to make a draft of.
pub struct Source<'a> {
    /// Its name, for messages; the extension says what it is.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// A file beside it, by a relative path, if it can be read.
    pub beside: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// What a file makes a draft of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// The title, or nothing where none was recognised.
    pub title: String,
    /// The date it was signed on (成文日期).
    pub date: Option<Day>,
    /// The number of the document (文号).
    pub document_number: Option<String>,
    /// Who issued it (落款).
    pub issuing_body: Option<String>,
    /// The Markdown body.
    pub body: String,
    /// The files that belong beside it: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The pictures that still want a description.
    pub undescribed: Vec<String>,
}

/// Reads a file. None where it cannot be read; what a draft does not carry of it is in the diagnostics.
pub fn read(source: Source<'_>) -> Outcome<Option<Imported>> {
    let mut losses = Losses::default();
    let name = source.name;
    let imported = match extension(name).as_str() {
        "docx" => docx::read(source, &mut losses).map(|document| finish(document, &mut losses)),
        "html" | "htm" | "xhtml" => html::read(source, &mut losses).map(|document| finish(document, &mut losses)),
        "md" | "markdown" => markdown_file::read(source, &mut losses),
        other => Err(unknown(name, other)),
    };
    match imported {
        Ok(imported) => Outcome::new(Some(imported), losses.finish(name)),
        Err(error) => Outcome::new(None, vec![*error]),
    }
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

fn unknown(name: &str, extension: &str) -> Box<Diagnostic> {
    let hint = match extension {
        "doc" | "wps" | "wpt" | "dot" | "rtf" | "odt" | "docm" | "ofd" | "pdf" => {
            "请在 WPS 或 Word 里打开，“另存为”，类型选“Word 文档（*.docx）”，再导入".to_owned()
        }
        _ => format!("能导入的文件：{FORMATS}"),
    };
    Box::new(
        Diagnostic::error(Code::ImportFormat, format!("不能导入这种文件（.{extension}）")).in_file(name).hint(hint),
    )
}

fn finish(mut document: Document, losses: &mut Losses) -> Imported {
    clean_document(&mut document, losses);
    let marks = official::recognise(&mut document, losses);
    let body = write::write(&document, losses);
    let mut missing = Vec::new();
    undescribed(&document, &mut missing);
    Imported {
        title: marks.title.unwrap_or_default(),
        date: marks.date,
        document_number: marks.document_number,
        issuing_body: marks.issuing_body,
        body,
        files: document.files,
        undescribed: missing,
    }
}

/// The pictures of a document that have no description.
fn undescribed(document: &Document, found: &mut Vec<String>) {
    document.blocks.iter().for_each(|block| find_undescribed(block, found));
}

fn find_undescribed(block: &Block, found: &mut Vec<String>) {
    let mut look = |content: &[Inline]| {
        for part in content {
            if let Inline::Image { file, alt, .. } = part
                && alt.trim().is_empty()
                && !found.contains(file)
            {
                found.push(file.clone());
            }
        }
    };
    match block {
        Block::Heading { content, .. } | Block::Item { content, .. } | Block::Quote(content) => look(content),
        Block::Paragraph(paragraph) => look(&paragraph.content),
        Block::Table(rows) => rows.iter().flatten().for_each(|cell| look(cell)),
        Block::Code(_) | Block::Rule => {}
    }
}

/// Takes out of all text what no page may carry.
fn clean_document(document: &mut Document, losses: &mut Losses) {
    for block in &mut document.blocks {
        match block {
            Block::Heading { content, .. } | Block::Item { content, .. } | Block::Quote(content) => {
                clean_line(content, losses);
            }
            Block::Paragraph(paragraph) => clean_line(&mut paragraph.content, losses),
            Block::Table(rows) => rows.iter_mut().flatten().for_each(|cell| clean_line(cell, losses)),
            Block::Code(code) => *code = clean(code, &['\n'], losses),
            Block::Rule => {}
        }
    }
    document.notes.iter_mut().for_each(|(_, content)| clean_line(content, losses));
    document.title = document.title.take().map(|title| clean(&title, &[], losses));
}

fn clean_line(content: &mut Vec<Inline>, losses: &mut Losses) {
    for part in std::mem::take(content) {
        match part {
            Inline::Text(text, style) => content.push(Inline::Text(clean(&text, &[], losses), style)),
            Inline::Link { address, content: mut inner } => {
                clean_line(&mut inner, losses);
                if write::is_allowed(&address) && !address.starts_with('#') {
                    content.push(Inline::Link { address, content: inner });
                } else {
                    losses.add(Loss::Link, &address);
                    content.append(&mut inner);
                }
            }
            Inline::Image { file, alt, caption } => {
                let (alt, caption) = (clean(&alt, &[], losses), clean(&caption, &[], losses));
                content.push(Inline::Image { file, alt, caption });
            }
            part @ (Inline::Note(_) | Inline::Break) => content.push(part),
        }
    }
}

/// White space becomes spaces, but for what is kept; what the reader refuses is left out.
fn clean(text: &str, kept: &[char], losses: &mut Losses) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            _ if kept.contains(&sign) => cleaned.push(sign),
            '\t' | '\n' | '\r' | '\u{a0}' => cleaned.push(' '),
            _ if markdown::is_refused(sign) => losses.add(Loss::Character, &format!("U+{:04X}", u32::from(sign))),
            _ => cleaned.push(sign),
        }
    }
    cleaned
}
