//! Blocks that take more than a tag: paragraphs that are figures, headings, code, lists and tables.

use super::{
    address::Place,
    flow,
    html::{Writer, escape},
};
use crate::diag::{Code, Diagnostic};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

/// The table being written.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The column of the next cell, from 0.
    pub(super) column: usize,
    /// Whether its head is being written, or nothing came after it.
    pub(super) is_head: bool,
    /// What ends the cell being written.
    pub(super) cell_tag: &'static str,
}

impl Writer<'_, '_> {
    /// Starts a paragraph, or writes a figure, and says which event is next.
    pub(super) fn paragraph(&mut self, index: usize) -> usize {
        if let Some((Event::Start(Tag::Image { dest_url, title, .. }), _)) = self.events.get(index + 1) {
            let end = flow::end_of(self.events, index + 1);
            if matches!(self.events.get(end + 1), Some((Event::End(TagEnd::Paragraph), _))) {
                self.image(index + 1, dest_url, title, Place::Figure);
                return end + 2;
            }
        }
        self.push("<p>");
        index + 1
    }

    /// Starts a heading, and reports one that breaks the order of levels.
    pub(super) fn heading(&mut self, level: HeadingLevel, index: usize) {
        let at = self.events[index].1.start;
        let Some(heading) = self.outline.heading_at.get(&index).and_then(|&place| self.outline.headings.get(place))
        else {
            return;
        };
        if level == HeadingLevel::H1 {
            let problem = Diagnostic::warning(Code::MarkdownHeading, "正文里用了一级标题“#”，已按二级标题处理");
            self.report.push(at, problem.hint("一级标题是本篇的标题，正文请从“##”用起"));
        } else if heading.level > self.last_level + 1 {
            let message = format!("标题从第 {} 级跳到了第 {} 级", self.last_level, heading.level);
            let hint =
                format!("改用“{}”，逐级使用标题，读屏软件靠它理解结构", "#".repeat(usize::from(self.last_level) + 1));
            self.report.push(at, Diagnostic::warning(Code::MarkdownHeading, message).hint(hint));
        }
        if heading.text.is_empty() {
            let problem = Diagnostic::warning(Code::MarkdownHeading, "标题没有文字");
            self.report.push(at, problem.hint("写上标题文字，或删去这一行的“#”"));
        }
        self.last_level = heading.level;
        self.push(&format!("<h{} id=\"{}\">", heading.level, escape(&heading.id)));
    }

    /// Starts a block of code.
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.is_code = true;
        self.start_line();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '+');
        // A block may be wider than the page: whoever has no mouse must be able to reach and scroll it.
        match !language.is_empty() && language.chars().all(is_name) {
            true => self.push(&format!("<pre tabindex=\"0\"><code class=\"language-{language}\">")),
            false => self.push("<pre tabindex=\"0\"><code>"),
        }
    }

    /// Starts a list.
    pub(super) fn open_list(&mut self, tag: &str) {
        self.start_line();
        self.push(tag);
    }

    /// Starts an item of a list.
    pub(super) fn item(&mut self, index: usize) {
        let is_task = |index: usize| matches!(self.events.get(index), Some((Event::TaskListMarker(_), _)));
        let is_loose = matches!(self.events.get(index + 1), Some((Event::Start(Tag::Paragraph), _)));
        let tag = if is_task(index + 1) || is_loose && is_task(index + 2) { "<li class=\"task\">" } else { "<li>" };
        self.push(tag);
    }

    /// A sign with a name instead of an `<input>`: feeds drop form elements, and it needs no style.
    pub(super) fn task(&mut self, is_done: bool) {
        let (name, sign) = if is_done { ("已完成", '☑') } else { ("未完成", '☐') };
        self.push(&format!("<span role=\"img\" aria-label=\"{name}\">{sign}</span> "));
    }

    /// Starts a table.
    pub(super) fn open_table(&mut self, alignments: &[Alignment]) {
        self.tables += 1;
        self.table = Table { alignments: alignments.to_vec(), is_head: true, ..Table::default() };
        self.start_line();
        // Two regions of one name could not be told apart by ear.
        let number = if self.tables == 1 { String::new() } else { format!(" {}", self.tables) };
        let tag = format!("<section class=\"table\" tabindex=\"0\" aria-label=\"表格{number}\"><table>\n");
        self.push(&tag);
    }

    /// Starts a cell of a table.
    pub(super) fn cell(&mut self, index: usize) {
        // A heading without text is read out as nothing.
        let is_empty = matches!(self.events.get(index + 1), Some((Event::End(_), _)));
        let (open, close) = match self.table.is_head && !is_empty {
            true => ("<th scope=\"col\"", "</th>"),
            false => ("<td", "</td>"),
        };
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        self.table.column += 1;
        self.table.cell_tag = close;
        self.push(&format!("{open}{class}>"));
    }
}
