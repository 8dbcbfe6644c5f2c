//! Web pages, as browsers save them and as WPS exports them: what a notice can show of them. The only user of the HTML
//! library.

use super::Source;
use super::bounds;
use super::document::{Block, Document, Inline, Paragraph, Style, apart, tidy};
use super::encoding;
use super::losses::{Loss, Losses};
use super::picture::{Pictures, image};
use super::script::{SUBSCRIPT, SUPERSCRIPT, raised};
use super::table::{self, Cell};
use crate::diag::{Code, Diagnostic};
use crate::route::decode_path;
use crate::text::is_cjk;
use scraper::node::Element;
use scraper::{ElementRef, Html, Node};

/// How deep elements may stand in one another before their inside is read as text.
const NESTED: usize = 100;

/// Elements that show nothing, and those that are code.
const SILENT: &[&str] = &["head", "title", "meta", "link", "base", "template", "wbr", "col", "colgroup", "noscript"];
const CODE: &[&str] = &[
    "script", "style", "iframe", "object", "embed", "form", "input", "select", "button", "textarea", "video", "audio",
    "canvas", "svg", "math", "applet",
];
/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "ruby", "rb", "rp", "rt", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "br",
];

/// Colours that say nothing.
const DARK: &[&str] = &["black", "#000", "#000000", "#333", "#333333", "windowtext", "inherit", "rgb(0,0,0)"];

/// Reads a page.
///
/// # Errors
/// It cannot be decoded, is too large or too deeply nested.
pub(super) fn read(source: Source<'_>, losses: &mut Losses) -> Result<Document, Box<Diagnostic>> {
    let page = encoding::decode(source.name, &source.bytes)?;
    if bounds::is_too_much(&page) {
        let error = Diagnostic::error(Code::ImportFormat, "网页的标签嵌套太深，或一个标签里的属性太多，没有读");
        return Err(Box::new(error.in_file(source.name).hint("请在浏览器里打开，把正文复制到 WPS，存成 .docx 再导入")));
    }
    let html = Html::parse_document(&page);
    let mut pictures = Pictures::default();
    let mut reader = Reader::new(source.beside, losses, &mut pictures);
    let mut elements = html.root_element().descendent_elements();
    let title = elements.find(|element| element.value().name() == "title");
    let title = title.map(|title| words(title).trim().to_owned());
    reader.children(html.root_element(), Style::default(), 0);
    let blocks = reader.finish();
    let files = pictures.into_files();
    Ok(Document { blocks, notes: Vec::new(), files, title: title.filter(|title| !title.is_empty()) })
}

/// Reads a piece of a page that stands in another text.
pub(super) fn fragment(
    page: &str,
    beside: &dyn Fn(&str) -> Option<Vec<u8>>,
    pictures: &mut Pictures,
    losses: &mut Losses,
) -> Vec<Block> {
    if bounds::is_too_much(page) {
        losses.add(Loss::Code, page);
        return Vec::new();
    }
    let html = Html::parse_fragment(page);
    let mut reader = Reader::new(beside, losses, pictures);
    reader.children(html.root_element(), Style::default(), 0);
    reader.finish()
}

struct Reader<'a> {
    beside: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    losses: &'a mut Losses,
    pictures: &'a mut Pictures,
    blocks: Vec<Block>,
    /// The line that is being read.
    line: Vec<Inline>,
    /// What the line will be.
    part: Part,
    /// The level of the list, from 1; 0 outside.
    lists: u8,
}

/// What a line is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Paragraph { is_centred: bool },
    Heading(u8),
    Item { level: u8, number: Option<u64> },
    Quote,
}

const PLAIN: Part = Part::Paragraph { is_centred: false };

impl<'a> Reader<'a> {
    fn new(beside: &'a dyn Fn(&str) -> Option<Vec<u8>>, losses: &'a mut Losses, pictures: &'a mut Pictures) -> Self {
        Self { beside, losses, pictures, blocks: Vec::new(), line: Vec::new(), part: PLAIN, lists: 0 }
    }

    fn finish(&mut self) -> Vec<Block> {
        self.end_line();
        std::mem::take(&mut self.blocks)
    }

    /// Ends the line that is being read; what follows belongs to the same part.
    fn end_line(&mut self) {
        let content = tidy(std::mem::take(&mut self.line));
        if content.is_empty() {
            return;
        }
        match self.part {
            Part::Heading(level) => self.blocks.push(Block::Heading { level, content }),
            Part::Quote => self.blocks.push(Block::Quote(content)),
            Part::Item { level, number } => self.blocks.push(Block::Item { level, number, content }),
            Part::Paragraph { is_centred } => {
                let (content, images) = apart(content);
                let paragraph = |content| Paragraph { content, is_centred, ..Paragraph::default() };
                let images = images.into_iter().map(|image| paragraph(vec![image]));
                let text = (!content.is_empty()).then(|| paragraph(content));
                self.blocks.extend(text.into_iter().chain(images).map(Block::Paragraph));
            }
        }
    }

    fn children(&mut self, parent: ElementRef<'_>, style: Style, depth: usize) {
        for child in parent.children() {
            match child.value() {
                Node::Text(text) => self.line.push(Inline::Text(collapse(text), style)),
                Node::Element(element) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, element, style, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, child: ElementRef<'_>, element: &Element, style: Style, depth: usize) {
        let name = element.name();
        if SILENT.contains(&name) {
            return;
        }
        if CODE.contains(&name) {
            return self.losses.add(Loss::Code, &format!("<{name}>"));
        }
        if is_hidden(element) {
            return self.losses.add(Loss::Hidden, &words(child));
        }
        if depth > NESTED {
            return self.line.push(Inline::Text(words(child), style));
        }
        if INLINE.contains(&name) {
            return self.inline(child, element, style, depth);
        }
        self.end_line();
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.part(Part::Heading(level), child, Style::default(), depth);
            }
            "ul" | "ol" | "menu" | "dir" => self.list(child, depth),
            "table" => self.table(child, depth),
            "hr" => self.blocks.push(Block::Rule),
            "pre" => {
                let code: String = child.text().collect();
                self.blocks.push(Block::Code(code));
            }
            "blockquote" => self.part(Part::Quote, child, style, depth),
            _ if self.part == PLAIN => {
                self.part(Part::Paragraph { is_centred: is_centred(name, element) }, child, style, depth);
            }
            _ => {
                self.children(child, style, depth);
                self.end_line();
            }
        }
    }

    /// Reads what is inside of an element as a part of its own.
    fn part(&mut self, part: Part, child: ElementRef<'_>, style: Style, depth: usize) {
        let outer = std::mem::replace(&mut self.part, part);
        self.children(child, style, depth);
        self.end_line();
        self.part = outer;
    }

    fn inline(&mut self, child: ElementRef<'_>, element: &Element, style: Style, depth: usize) {
        let name = element.name();
        let css = element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let is_bold =
            matches!(name, "b" | "strong") || css.contains("font-weight:bold") || css.contains("font-weight:7");
        let inner = Style {
            bold: style.bold || is_bold,
            italic: style.italic || matches!(name, "i" | "em") || css.contains("font-style:italic"),
            strike: style.strike || matches!(name, "s" | "strike" | "del"),
        };
        match name {
            "br" => self.line.push(Inline::Break),
            "img" => self.image(element),
            "a" if element.attr("href").is_some() => {
                let outer = std::mem::take(&mut self.line);
                let blocks = self.blocks.len();
                self.children(child, inner, depth);
                let content = std::mem::replace(&mut self.line, outer);
                let address = element.attr("href").unwrap_or_default().to_owned();
                // A link around whole blocks cannot be written: its text stays.
                if self.blocks.len() > blocks
                    || content.iter().any(|part| matches!(part, Inline::Link { .. } | Inline::Image { .. }))
                {
                    self.line.extend(content);
                } else {
                    self.line.push(Inline::Link { address, content });
                }
            }
            "sub" | "sup" => {
                let words = words(child);
                self.losses.add(Loss::Script, &words);
                let signs = if name == "sup" { SUPERSCRIPT } else { SUBSCRIPT };
                self.line.push(Inline::Text(raised(&words, signs), inner));
            }
            "u" | "ins" => {
                self.losses.add(Loss::Underline, &words(child));
                self.children(child, inner, depth);
            }
            _ => {
                let colours =
                    css.split(';').filter_map(|rule| rule.strip_prefix("color:")).chain(element.attr("color"));
                if name == "mark" || colours.into_iter().any(|colour| !DARK.contains(&colour)) {
                    self.losses.add(Loss::Colour, &words(child));
                }
                self.children(child, inner, depth);
            }
        }
    }

    fn image(&mut self, element: &Element) {
        let address = element.attr("src").unwrap_or_default();
        let alt = element.attr("alt").unwrap_or_default();
        let path = decode_path(address).unwrap_or_else(|| address.to_owned());
        let bytes = (self.beside)(path.trim_start_matches("./"));
        match bytes.and_then(|bytes| self.pictures.add(&bytes)) {
            Some(name) => self.line.push(image(name, alt)),
            None => self.losses.add(Loss::Picture, address.split(',').next().unwrap_or_default()),
        }
    }

    fn list(&mut self, list: ElementRef<'_>, depth: usize) {
        let is_numbered = list.value().name() == "ol";
        let mut number = list.value().attr("start").and_then(|start| start.parse().ok()).unwrap_or(1_u64);
        let outer = self.part;
        self.lists = self.lists.saturating_add(1);
        for child in list.children() {
            match (child.value(), ElementRef::wrap(child)) {
                (Node::Element(element), Some(child)) if element.name() == "li" => {
                    self.part = Part::Item { level: self.lists - 1, number: is_numbered.then_some(number) };
                    self.children(child, Style::default(), depth);
                    self.end_line();
                    number = number.saturating_add(1);
                }
                (Node::Element(element), Some(child)) => self.element(child, element, Style::default(), depth),
                (Node::Text(text), _) => self.line.push(Inline::plain(collapse(text))),
                _ => {}
            }
        }
        self.end_line();
        self.lists -= 1;
        self.part = outer;
    }

    fn table(&mut self, source: ElementRef<'_>, depth: usize) {
        let mut rows = Vec::new();
        self.rows(source, depth, &mut rows);
        let blocks = table::unfold(rows, self.losses);
        self.blocks.extend(blocks);
    }

    /// The rows of a table; its caption stands before it.
    fn rows(&mut self, source: ElementRef<'_>, depth: usize, rows: &mut Vec<Vec<Cell>>) {
        for child in source.child_elements() {
            match child.value().name() {
                "thead" | "tbody" | "tfoot" => self.rows(child, depth + 1, rows),
                "tr" => {
                    let cells = child.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th"));
                    rows.push(cells.map(|cell| self.cell(cell, depth)).collect());
                }
                "caption" => self.part(Part::Paragraph { is_centred: true }, child, Style::default(), depth),
                _ => {}
            }
        }
    }

    fn cell(&mut self, source: ElementRef<'_>, depth: usize) -> Cell {
        let mut inside = Reader::new(self.beside, self.losses, self.pictures);
        inside.children(source, Style::default(), depth + 1);
        let blocks = inside.finish();
        let span = |name: &str| source.value().attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1_usize);
        Cell {
            content: blocks.into_iter().flat_map(table::lines).collect(),
            columns: span("colspan").max(1),
            rows: span("rowspan").max(1),
        }
    }
}

/// The text of an element.
fn words(element: ElementRef<'_>) -> String {
    collapse(&element.text().collect::<String>())
}

/// White space as a browser shows it; but a line break between two Chinese signs is nothing, and the space of Chinese
/// indentation is a sign.
fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    let (mut space, mut is_break) = (false, false);
    for sign in text.chars() {
        if matches!(sign, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            (space, is_break) = (true, is_break || sign == '\n');
            continue;
        }
        let is_chinese = is_cjk(sign) && collapsed.chars().next_back().is_some_and(is_cjk);
        if space && !(is_break && is_chinese) {
            collapsed.push(' ');
        }
        (space, is_break) = (false, false);
        collapsed.push(sign);
    }
    collapsed.extend(space.then_some(' '));
    collapsed
}

fn is_hidden(element: &Element) -> bool {
    let css = element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    element.attr("hidden").is_some() || css.contains("display:none") || css.contains("mso-hide:all")
}

fn is_centred(name: &str, element: &Element) -> bool {
    let css = element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    name == "center" || element.attr("align") == Some("center") || css.contains("text-align:center")
}
