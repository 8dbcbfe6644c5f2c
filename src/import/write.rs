//! Writes a document as Markdown that shows exactly its text.
//!
//! Every block is read back by the project's own reader: what would show other text, or be refused, is written plainer.

use super::document::{Block, Document, Inline, Style, text, tidy};
use super::losses::{Loss, Losses};
use crate::diag::{Code, Diagnostic, Outcome, Severity};
use crate::markdown::{self, Asset, Body, Context};
use std::collections::BTreeMap;

/// How much markup a line gets.
#[derive(Debug, Clone, Copy)]
struct Markup {
    emphasis: bool,
    links: bool,
}

/// From the most markup to none.
const ATTEMPTS: [Markup; 4] = [
    Markup { emphasis: true, links: true },
    Markup { emphasis: false, links: true },
    Markup { emphasis: true, links: false },
    Markup { emphasis: false, links: false },
];

/// Writes a document; notes that nothing refers to are written as paragraphs.
pub(super) fn write(document: &Document, losses: &mut Losses) -> String {
    let mut writer = Writer { losses, numbers: BTreeMap::new(), notes: &document.notes, lists: Vec::new() };
    let mut body = String::new();
    for block in &document.blocks {
        let written = match block {
            Block::Item { level, number, content } => writer.item(*level, *number, content),
            other => {
                writer.lists.clear();
                Some(writer.block(other)).filter(|written| !written.is_empty()).map(|written| format!("\n{written}"))
            }
        };
        body.extend(written.map(|written| written + "\n"));
    }
    body + &writer.notes()
}

/// A list that is open.
struct List {
    level: u8,
    /// How far the text of its items is indented.
    indent: usize,
    is_numbered: bool,
    /// The number of the last item.
    number: u64,
    /// Another sign than the list before it has, or both would be one.
    is_other: bool,
}

struct Writer<'a> {
    losses: &'a mut Losses,
    /// The number of each note that was referred to.
    numbers: BTreeMap<String, usize>,
    notes: &'a [(String, Vec<Inline>)],
    lists: Vec<List>,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) -> String {
        match block {
            Block::Heading { level, content } => {
                let content = level_out(content);
                let lead = format!("{} ", "#".repeat(usize::from(*level).clamp(2, 6)));
                self.line(&lead, "", &content)
            }
            Block::Paragraph(paragraph) => self.line("", "", &paragraph.content),
            Block::Quote(content) => self.line("> ", "> ", content),
            Block::Item { content, .. } => self.line("- ", "  ", content),
            Block::Table(rows) => self.table(rows),
            Block::Code(code) => {
                let fence = "`".repeat(code.split(|sign| sign != '`').map(str::len).max().unwrap_or(0).max(2) + 1);
                format!("{fence}\n{}\n{fence}", code.trim_matches('\n'))
            }
            Block::Rule => "---".to_owned(),
        }
    }

    /// A block of one run of text: what stands before it, what before each further line of it.
    fn line(&mut self, lead: &str, indent: &str, content: &[Inline]) -> String {
        let content = tidy(content.to_vec());
        if content.is_empty() {
            return String::new();
        }
        let markup = self.markup(lead.trim_start(), &content);
        format!("{lead}{}", self.inlines(&content, markup, indent))
    }

    /// The most markup with which a run of text shows what it says.
    fn markup(&mut self, lead: &str, content: &[Inline]) -> Markup {
        let content: Vec<Inline> = content.iter().filter(|part| !matches!(part, Inline::Note(_))).cloned().collect();
        let expected = shown(&content);
        let fits =
            |markup: &&Markup| is_faithful(&format!("{lead}{}", inlines(&content, **markup, "", None)), &expected);
        let [most, .., least] = ATTEMPTS;
        let markup = ATTEMPTS.iter().find(fits).copied().unwrap_or(least);
        if most.emphasis && !markup.emphasis {
            self.losses.add(Loss::Emphasis, &text(&content));
        }
        if most.links && !markup.links {
            self.losses.add(Loss::Link, &text(&content));
        }
        markup
    }

    fn inlines(&mut self, content: &[Inline], markup: Markup, indent: &str) -> String {
        let notes = self.notes;
        let numbers = &mut self.numbers;
        let mut number = |label: &str| {
            notes.iter().any(|(known, _)| known == label).then(|| {
                let next = numbers.len() + 1;
                *numbers.entry(label.to_owned()).or_insert(next)
            })
        };
        inlines(content, markup, indent, Some(&mut number))
    }

    /// An item on a line below the last one; a list that begins leaves a line free where it would else be read as text.
    fn item(&mut self, level: u8, number: Option<u64>, content: &[Inline]) -> Option<String> {
        if tidy(content.to_vec()).is_empty() {
            return None;
        }
        while self.lists.last().is_some_and(|list| list.level > level) {
            self.lists.pop();
        }
        let is_nested = self.lists.last().is_some_and(|list| list.level < level);
        let same = if is_nested { None } else { self.lists.pop() };
        let goes_on = same.as_ref().is_some_and(|list| match number {
            Some(number) => list.is_numbered && number == list.number + 1,
            None => !list.is_numbered,
        });
        // The sign changes, or two lists would be one.
        let is_other = same.is_some_and(|list| list.is_other != (!goes_on && list.is_numbered == number.is_some()));
        let outer = self.lists.last().map_or(0, |list| list.indent);
        let sign = match (number, is_other) {
            (Some(number), false) => format!("{number}. "),
            (Some(number), true) => format!("{number}) "),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
        };
        let indent = outer + sign.len();
        let (is_numbered, number) = (number.is_some(), number.unwrap_or(1));
        self.lists.push(List { level, indent, is_numbered, number, is_other });
        let line = self.line(&format!("{}{sign}", " ".repeat(outer)), &" ".repeat(indent), content);
        let is_free = goes_on || is_nested && number == 1;
        Some(if is_free { line } else { format!("\n{line}") })
    }

    fn table(&mut self, rows: &[Vec<Vec<Inline>>]) -> String {
        let mut lines = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let mut line = String::from("|");
            for cell in row {
                let cell = level_out(cell);
                let written = if cell.is_empty() {
                    String::new()
                } else {
                    let markup = self.markup("", &cell);
                    self.inlines(&cell, markup, "")
                };
                line.push_str(&format!(" {written} |"));
            }
            lines.push(line);
            if index == 0 {
                lines.push(format!("|{}", "---|".repeat(row.len())));
            }
        }
        lines.join("\n")
    }

    /// The texts of the notes, in the order of their numbers.
    fn notes(mut self) -> String {
        let mut written = String::new();
        let mut done = 0;
        // A note may refer to another one.
        while let Some((label, number)) = self.numbers.iter().find(|(_, number)| **number == done + 1) {
            let (label, number) = (label.clone(), *number);
            done += 1;
            let note = self.notes.iter().find(|(known, _)| *known == label).map(|(_, content)| level_out(content));
            let line = self.line("", "", &note.unwrap_or_default());
            written.push_str(&format!("\n[^{number}]: {line}\n"));
        }
        for (label, content) in self.notes {
            if !self.numbers.contains_key(label) {
                let line = self.line("", "", content);
                written.push_str(&format!("\n{line}\n"));
            }
        }
        written
    }
}

/// A run of text on one line, without bold where all of it would be bold.
fn level_out(content: &[Inline]) -> Vec<Inline> {
    let is_bold = |part: &Inline| matches!(part, Inline::Text(_, Style { bold: true, .. }));
    let all = content.iter().all(|part| is_bold(part) || matches!(part, Inline::Break | Inline::Note(_)));
    let plain = content.iter().map(|part| match part {
        Inline::Break => Inline::plain(" "),
        Inline::Text(text, style) => Inline::Text(text.clone(), Style { bold: style.bold && !all, ..*style }),
        other => other.clone(),
    });
    tidy(plain.collect())
}

/// What a reader sees of a run of text: its text and the captions of its pictures.
fn shown(content: &[Inline]) -> String {
    let captions = content.iter().filter_map(|part| match part {
        Inline::Image { caption, .. } => Some(caption.as_str()),
        _ => None,
    });
    text(content) + &captions.collect::<String>()
}

/// Whether Markdown shows a text, and nothing in it is refused.
fn is_faithful(source: &str, expected: &str) -> bool {
    let outcome = render(source);
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    !outcome.diagnostics.iter().any(is_fault) && plain(&outcome.value.rendered.plain) == plain(expected)
}

fn render(source: &str) -> Outcome<Body> {
    let assets = |_: &str| Some(Asset::default());
    markdown::render(source, &Context { file: "", first_line: 1, assets: &assets })
}

/// A description that is still to be written is no fault of the Markdown.
fn is_fault(found: &Diagnostic) -> bool {
    found.severity == Severity::Error && found.code != Code::ImageAlt
}

/// What the reader refuses in a Markdown text.
pub(super) fn faults(source: &str) -> Vec<String> {
    render(source).diagnostics.into_iter().filter(is_fault).map(|found| found.message).collect()
}

/// Whether a link may lead to an address; files of the draft are not known here.
pub(super) fn is_allowed(address: &str) -> bool {
    let link = [Inline::Link { address: address.to_owned(), content: vec![Inline::plain("甲")] }];
    let is_elsewhere = address.starts_with('#') || address.contains(':');
    is_elsewhere && (address.starts_with('#') || faults(&line(&link)).is_empty())
}

/// A run of text with all its markup.
pub(super) fn line(content: &[Inline]) -> String {
    let [most, ..] = ATTEMPTS;
    inlines(content, most, "", None)
}

/// Finds the number of a note by its label.
type Numbering<'a> = &'a mut dyn FnMut(&str) -> Option<usize>;

fn inlines(content: &[Inline], markup: Markup, indent: &str, mut numbering: Option<Numbering<'_>>) -> String {
    let mut line = String::new();
    for part in content {
        let before = line.rsplit_once('\n').map_or(&*line, |(_, last)| last.strip_prefix(indent).unwrap_or(last));
        let before = before.to_owned();
        match part {
            Inline::Text(text, style) => line.push_str(&emphasised(text, *style, markup, &before)),
            Inline::Break => line.push_str(&format!("\\\n{indent}")),
            Inline::Note(label) => {
                let number = numbering.as_mut().and_then(|numbering| numbering(label));
                line.extend(number.map(|number| format!("[^{number}]")));
            }
            Inline::Link { address, content } => {
                let inner = inlines(content, markup, indent, None);
                let is_link = markup.links && !text(content).trim().is_empty();
                line.push_str(&if is_link { format!("[{inner}]({})", encoded(address)) } else { inner });
            }
            Inline::Image { file, alt, caption } => {
                let alt = escape(&alt.split_whitespace().collect::<Vec<_>>().join(" "), "!");
                let title = caption.replace('\\', "\\\\").replace('"', "\\\"");
                let title = if title.is_empty() { title } else { format!(" \"{title}\"") };
                line.push_str(&format!("![{alt}]({}{title})", encoded(file)));
            }
        }
    }
    line
}

/// Text in its style; white space stays outside of the signs, or they would not be read.
fn emphasised(text: &str, style: Style, markup: Markup, before: &str) -> String {
    let inner = text.trim();
    let signs = [(style.bold, "**"), (style.italic, "*"), (style.strike, "~~")];
    let signs: String = signs.iter().filter(|(is_on, _)| *is_on).map(|(_, sign)| *sign).collect();
    if signs.is_empty() || !markup.emphasis || inner.is_empty() {
        return escape(text, before);
    }
    let (space, after) = text.split_once(inner).unwrap_or_default();
    let close: String = if style.strike { format!("~~{}", signs.trim_end_matches('~')) } else { signs.clone() };
    format!("{space}{signs}{}{close}{after}", escape(inner, &signs))
}

/// Text as Markdown that means nothing but itself, after what stands before it on its line.
fn escape(text: &str, before: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let before = before.trim();
    let mut at_start = before.is_empty();
    let mut digits = !at_start && before.bytes().all(|byte| byte.is_ascii_digit());
    for (at, sign) in text.char_indices() {
        let rest = &text[at + sign.len_utf8()..];
        let needed = match sign {
            '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '<' | '>' | '|' | '#' => true,
            '&' => rest.starts_with(|next: char| next == '#' || next.is_ascii_alphanumeric()),
            '!' => rest.is_empty() || rest.starts_with('['),
            '-' | '+' | '=' | ':' => at_start,
            '.' | ')' => digits,
            _ => false,
        };
        if needed {
            escaped.push('\\');
        }
        escaped.push(sign);
        digits = sign.is_ascii_digit() && (at_start || digits);
        at_start = at_start && sign.is_whitespace();
    }
    escaped
}

/// An address as it can stand in round brackets and in a cell.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for sign in address.trim().chars() {
        match sign {
            '(' => encoded.push_str("%28"),
            ')' => encoded.push_str("%29"),
            ' ' => encoded.push_str("%20"),
            '<' => encoded.push_str("%3C"),
            '>' => encoded.push_str("%3E"),
            '|' => encoded.push_str("%7C"),
            '*' => encoded.push_str("%2A"),
            '&' => encoded.push_str("&amp;"),
            other => encoded.push(other),
        }
    }
    encoded
}

#[cfg(test)]
mod tests;
