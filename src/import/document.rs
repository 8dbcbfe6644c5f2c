//! A document as its readers hand it over: blocks of text in order, with what a notice can show and nothing else.

/// A document that was read.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The text, in order.
    pub blocks: Vec<Block>,
    /// The footnotes: label and text.
    pub notes: Vec<(String, Vec<Inline>)>,
    /// The pictures: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// A title that stands outside the text.
    pub title: Option<String>,
}

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A heading; level from 1.
    Heading { level: u8, content: Vec<Inline> },
    /// A paragraph.
    Paragraph(Paragraph),
    /// An item of a list, nested by its level from 0; without a number it is a bulleted one.
    Item { level: u8, number: Option<u64>, content: Vec<Inline> },
    /// A table: rows of cells, of equal length.
    Table(Vec<Vec<Vec<Inline>>>),
    /// A paragraph that is quoted.
    Quote(Vec<Inline>),
    /// Preformatted text.
    Code(String),
    /// A line across the page.
    Rule,
}

/// A paragraph, and what its look says about its part in the document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Paragraph {
    /// The text.
    pub content: Vec<Inline>,
    /// Whether its style is that of a title.
    pub is_title: bool,
    /// Whether it stands in the middle of the line.
    pub is_centred: bool,
    /// The size of its letters in half points; 0 where unknown.
    pub size: u32,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inline {
    /// Text in one style.
    Text(String, Style),
    /// A link.
    Link { address: String, content: Vec<Inline> },
    /// A picture: a file, or (not yet read) an address; its description; its caption.
    Image { file: String, alt: String, caption: String },
    /// A reference to a footnote.
    Note(String),
    /// A break of the line.
    Break,
}

/// How text is set off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Struck through.
    pub strike: bool,
}

impl Inline {
    /// Text that is not set off.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::Text(text.into(), Style::default())
    }
}

/// The text of a line, without markup; pictures and notes have none, a break is a line break.
pub(super) fn text(content: &[Inline]) -> String {
    let mut all = String::new();
    for part in content {
        match part {
            Inline::Text(text, _) => all.push_str(text),
            Inline::Link { content, .. } => all.push_str(&self::text(content)),
            Inline::Break => all.push('\n'),
            Inline::Image { .. } | Inline::Note(_) => {}
        }
    }
    all
}

/// A run of text without its pictures, and the pictures: each is to stand alone.
pub(super) fn apart(content: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    content.into_iter().partition(|part| !matches!(part, Inline::Image { .. }))
}

/// Removes a number of bytes from the beginning of the text.
pub(super) fn cut(content: &mut Vec<Inline>, mut bytes: usize) {
    while let Some(Inline::Text(text, _)) = content.first_mut() {
        if text.len() > bytes {
            text.drain(..bytes);
            return;
        }
        bytes -= text.len();
        content.remove(0);
    }
}

/// Joins neighbours of one style, and drops white space and breaks at both ends, and links that show nothing.
pub(super) fn tidy(content: Vec<Inline>) -> Vec<Inline> {
    let mut tidied: Vec<Inline> = Vec::with_capacity(content.len());
    let shows = |content: &[Inline]| content.iter().any(|part| matches!(part, Inline::Image { .. }));
    let parts = content.into_iter().flat_map(|part| match part {
        Inline::Link { content, .. } if text(&content).trim().is_empty() && !shows(&content) => content,
        other => vec![other],
    });
    for part in parts {
        match (tidied.last_mut(), part) {
            (_, Inline::Text(text, _)) if text.is_empty() => {}
            (Some(Inline::Text(before, style)), Inline::Text(text, same)) if *style == same => before.push_str(&text),
            (_, part) => tidied.push(part),
        }
    }
    while matches!(tidied.first(), Some(Inline::Break)) || trim_start(tidied.first_mut()) {
        tidied.remove(0);
    }
    while matches!(tidied.last(), Some(Inline::Break)) || trim_end(tidied.last_mut()) {
        tidied.pop();
    }
    tidied
}

/// Trims text at its beginning; whether nothing is left.
fn trim_start(part: Option<&mut Inline>) -> bool {
    let Some(Inline::Text(text, _)) = part else { return false };
    *text = text.trim_start().to_owned();
    text.is_empty()
}

fn trim_end(part: Option<&mut Inline>) -> bool {
    let Some(Inline::Text(text, _)) = part else { return false };
    text.truncate(text.trim_end().len());
    text.is_empty()
}
