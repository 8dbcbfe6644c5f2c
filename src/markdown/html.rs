//! Writes the HTML of a body from its events, and gathers what else there is to know.

use super::{
    Body, Context, Html, References, Rendered, address::Place, blocks::Table, emphasis::Events, flow, limits,
    notes::Numbers, outline::Outline, raw, report::Report,
};
use crate::diag::{Code, Diagnostic};
use pulldown_cmark::{Event, Tag, TagEnd};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, ops::Range};

/// Which prefix an address gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum SlotKind {
    /// That of the notice's own page.
    Own,
    /// That of the site's root.
    Root,
}

/// Where a prefix is inserted into the HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The byte offset.
    pub(super) at: usize,
    /// Which prefix.
    pub(super) kind: SlotKind,
}

/// Escapes text for HTML, between tags and in quoted attributes.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

/// Writes a body.
pub(super) fn write(source: &str, events: &Events<'_>, context: &Context<'_>, report: &mut Report<'_>) -> Body {
    let outline = Outline::of(events);
    let mut writer = Writer {
        source,
        events,
        outline: &outline,
        context,
        report,
        html: Html { text: String::with_capacity(source.len() * 2), slots: Vec::new() },
        references: References::default(),
        numbers: Numbers::default(),
        table: Table::default(),
        plain: String::with_capacity(source.len()),
        tables: 0,
        links: Vec::new(),
        is_code: false,
        last_level: 1,
    };
    writer.span(0..events.len());
    writer.write_notes();
    trim_end(&mut writer.plain);
    let Writer { mut html, references, mut plain, .. } = writer;
    // Thousands of bodies may be kept until the end of a build.
    html.text.shrink_to_fit();
    plain.shrink_to_fit();
    Body { rendered: Rendered { html, plain }, references }
}

/// The state of writing one body.
pub(super) struct Writer<'a, 'r> {
    pub(super) source: &'a str,
    pub(super) events: &'a Events<'a>,
    pub(super) outline: &'a Outline,
    pub(super) context: &'a Context<'a>,
    pub(super) report: &'a mut Report<'r>,
    pub(super) html: Html,
    pub(super) references: References,
    /// The text without markup.
    pub(super) plain: String,
    pub(super) numbers: Numbers,
    pub(super) table: Table,
    /// How many tables there are so far.
    pub(super) tables: usize,
    /// Where the content of each open link begins; none for one that is not written.
    pub(super) links: Vec<Option<usize>>,
    pub(super) is_code: bool,
    /// The level of the last heading.
    pub(super) last_level: u8,
}

impl Writer<'_, '_> {
    /// Writes a range of events.
    pub(super) fn span(&mut self, range: Range<usize>) {
        let mut index = range.start;
        while index < range.end {
            index = self.event(index);
        }
    }

    /// Writes an event, and says which is next.
    fn event(&mut self, index: usize) -> usize {
        let events = self.events;
        let (event, range) = &events[index];
        match event {
            Event::Start(tag) => return self.start(tag, index),
            Event::End(tag) => self.end(*tag, range.start),
            Event::Text(text) => self.text(text, range.clone()),
            Event::Code(code) => {
                self.push("<code>");
                self.push_text(code);
                self.push("</code>");
            }
            Event::Html(_) | Event::InlineHtml(_) => raw::refuse(self.source, range.start, self.report),
            Event::FootnoteReference(label) => self.note_reference(label),
            Event::SoftBreak if flow::is_seamless(&self.plain, &events[index + 1..]) => {}
            Event::SoftBreak => {
                self.push("\n");
                self.plain.push(' ');
            }
            Event::HardBreak => {
                self.push("<br>\n");
                self.plain.push(' ');
            }
            Event::Rule => self.push("<hr>\n"),
            Event::TaskListMarker(is_done) => self.task(*is_done),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        index + 1
    }

    fn start(&mut self, tag: &Tag<'_>, index: usize) -> usize {
        let at = self.events[index].1.start;
        match tag {
            Tag::Paragraph => return self.paragraph(index),
            Tag::Heading { level, .. } => self.heading(*level, index),
            Tag::BlockQuote(_) => self.push("<blockquote>\n"),
            Tag::CodeBlock(kind) => self.code_block(kind),
            Tag::HtmlBlock => {
                raw::refuse(self.source, at, self.report);
                return flow::end_of(self.events, index) + 1;
            }
            Tag::List(None) => self.open_list("<ul>\n"),
            Tag::List(Some(1)) => self.open_list("<ol>\n"),
            Tag::List(Some(first)) => self.open_list(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.item(index),
            Tag::FootnoteDefinition(label) => {
                self.check_note(index, label);
                return self.after_note(index);
            }
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => self.push("<thead>\n<tr>"),
            Tag::TableRow => {
                self.table.column = 0;
                self.push(if self.table.is_head { "<tbody>\n<tr>" } else { "<tr>" });
                self.table.is_head = false;
            }
            Tag::TableCell => self.cell(index),
            Tag::Emphasis => {
                self.check_product_sign(at);
                self.push("<em>");
            }
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let content = self.start_link(*link_type, dest_url, title, at);
                self.links.push(content);
            }
            Tag::Image { dest_url, title, .. } => {
                self.image(index, dest_url, title, Place::Inline);
                return flow::end_of(self.events, index) + 1;
            }
            // Extensions that are not switched on.
            _ => {}
        }
        index + 1
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Paragraph => self.close("</p>\n"),
            TagEnd::Heading(level) => self.close(&format!("</h{}>\n", (level as u8).max(2))),
            TagEnd::BlockQuote(_) => self.push("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.is_code = false;
                self.close("</code></pre>\n");
            }
            TagEnd::List(true) => self.close("</ol>\n"),
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::Item => self.close("</li>\n"),
            TagEnd::Table => {
                self.close(if self.table.is_head { "</table></section>\n" } else { "</tbody>\n</table></section>\n" })
            }
            TagEnd::TableHead => self.close("</tr>\n</thead>\n"),
            TagEnd::TableRow => self.close("</tr>\n"),
            TagEnd::TableCell => {
                self.push(self.table.cell_tag);
                // Unlike a space, it cannot stand in a sentence: cells stay apart.
                self.plain.push('\t');
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Link => self.end_link(at),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.check_decoded(text, range.clone());
        if !self.is_code {
            self.check_literal_note(range.start, range.end);
        }
        self.push_text(text);
    }

    /// Adds text to the HTML and to the text without markup.
    pub(super) fn push_text(&mut self, text: &str) {
        self.plain.push_str(text);
        self.push(&escape(text));
    }

    /// Reports refused characters that were written as entities; as themselves they are reported already.
    pub(super) fn check_decoded(&mut self, text: &str, range: Range<usize>) {
        let written = self.source.get(range.clone()).unwrap_or_default();
        if text == written {
            return;
        }
        for character in text.chars().filter(|&character| limits::is_refused(character)) {
            if !written.contains(character) {
                limits::report_character(range.start, character, self.report);
            }
        }
    }

    /// Warns of `10*20*30`, where both signs vanish and a number is emphasised.
    fn check_product_sign(&mut self, at: usize) {
        let bytes = self.source.as_bytes();
        let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        if bytes.get(at) == Some(&b'*') && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) {
            let problem = Diagnostic::warning(Code::MarkdownChar, "数字之间的“*”被当作强调记号，不会显示");
            self.report.push(at, problem.hint("乘号请写“×”；要显示“*”，在它前面加反斜杠：10\\*20"));
        }
    }

    /// Adds HTML.
    pub(super) fn push(&mut self, html: &str) {
        self.html.text.push_str(html);
    }

    /// Adds an address, with a place for its prefix.
    pub(super) fn push_address(&mut self, kind: Option<SlotKind>, address: &str) {
        self.html.slots.extend(kind.map(|kind| Slot { at: self.html.text.len(), kind }));
        self.push(&escape(address));
    }

    /// Ends a block in the HTML and in the plain text.
    fn close(&mut self, html: &str) {
        self.push(html);
        self.end_line();
    }

    /// Begins a block that may follow text, in a list without paragraphs.
    pub(super) fn start_line(&mut self) {
        if !self.html.text.is_empty() && !self.html.text.ends_with('\n') {
            self.push("\n");
        }
        self.end_line();
    }

    /// Ends a line of the plain text.
    pub(super) fn end_line(&mut self) {
        trim_end(&mut self.plain);
        if !self.plain.is_empty() {
            self.plain.push('\n');
        }
    }
}

fn trim_end(text: &mut String) {
    text.truncate(text.trim_end().len());
}
