//! Footnotes: numbered by first reference, gathered at the end, with a way back for each reference.

use super::{
    flow,
    html::{SlotKind, Writer},
    outline::label_key,
};
use crate::diag::{Code, Diagnostic};
use std::collections::BTreeMap;

/// The footnotes referred to so far.
#[derive(Default)]
pub(super) struct Numbers {
    /// The index of the note, by number less one.
    order: Vec<usize>,
    /// The number, and the references written so far, by the index of the note.
    known: BTreeMap<usize, (usize, usize)>,
}

impl Numbers {
    /// The number of a note, and which reference to it this is.
    fn refer(&mut self, note: usize) -> (usize, usize) {
        let entry = self.enter(note);
        entry.1 += 1;
        *entry
    }

    /// Gives a note its number, if it has none yet.
    fn enter(&mut self, note: usize) -> &mut (usize, usize) {
        let order = &mut self.order;
        self.known.entry(note).or_insert_with(|| {
            order.push(note);
            (order.len(), 0)
        })
    }
}

fn reference_id(number: usize, count: usize) -> String {
    if count == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{count}") }
}

impl Writer<'_, '_> {
    /// Writes a reference to a footnote.
    pub(super) fn note_reference(&mut self, label: &str) {
        let Some(&note) = self.outline.note_of.get(&label_key(label)) else { return };
        let (number, count) = self.numbers.refer(note);
        self.push("<sup class=\"footnote\"><a href=\"");
        self.push_address(Some(SlotKind::Own), &format!("#fn-{number}"));
        let id = reference_id(number, count);
        self.push(&format!("\" id=\"{id}\" role=\"doc-noteref\" aria-label=\"脚注 {number}\">{number}</a></sup>"));
    }

    /// Reports what is wrong with a definition; its text is written at the end.
    pub(super) fn check_note(&mut self, start: usize, label: &str) {
        let (at, index) = (self.events[start].1.start, self.outline.note_at.get(&start));
        if index != self.outline.note_of.get(&label_key(label)) {
            let problem = Diagnostic::error(Code::MarkdownAnchor, format!("脚注 [^{label}] 写了两次"));
            self.report.push(at, problem.hint("合并两处，或给其中一处另起名称"));
        } else if index.and_then(|&index| self.outline.notes.get(index)).is_some_and(|note| note.references == 0) {
            let problem = Diagnostic::warning(Code::MarkdownAnchor, format!("正文没有引用脚注 [^{label}]"));
            self.report.push(at, problem.hint(format!("在需要注释的地方写 [^{label}]，或删去这条脚注")));
        }
    }

    /// Reports what looks like a reference to a footnote that does not exist, and would be shown as it is written.
    pub(super) fn check_literal_note(&mut self, start: usize, end: usize) {
        for (offset, _) in self.source[start..end].match_indices('[') {
            let at = start + offset;
            let Some(rest) = self.source[at..].strip_prefix("[^") else { continue };
            let label =
                rest.split(|character: char| character.is_whitespace() || character == ']').next().unwrap_or("");
            let is_closed = rest[label.len()..].starts_with(']');
            if is_closed && !label.is_empty() && !self.source[..at].ends_with('\\') {
                let problem = Diagnostic::warning(Code::MarkdownAnchor, format!("没有脚注 [^{label}]，它会原样显示"));
                self.report.push(at, problem.hint(format!("在文末另起一段写脚注：[^{label}]: 脚注内容")));
            }
        }
    }

    /// Writes the footnotes: those referred to in their order, then the others, so that nothing is lost.
    pub(super) fn write_notes(&mut self) {
        if self.outline.notes.is_empty() {
            return;
        }
        self.push("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"脚注\">\n<ol>\n");
        let mut written = 0;
        self.write_numbered(&mut written);
        for note in 0..self.outline.notes.len() {
            self.numbers.enter(note);
            self.write_numbered(&mut written);
        }
        self.push("</ol>\n</section>\n");
    }

    /// Writes the notes that have a number; a note may refer to another one, so the list grows while it is written.
    fn write_numbered(&mut self, written: &mut usize) {
        while let Some(&note) = self.numbers.order.get(*written) {
            *written += 1;
            self.write_note(note, *written);
        }
    }

    fn write_note(&mut self, note: usize, number: usize) {
        let Some(note) = self.outline.notes.get(note) else { return };
        self.push(&format!("<li id=\"fn-{number}\">"));
        self.span(note.events.clone());
        let is_paragraph = self.html.text.ends_with("</p>\n");
        if is_paragraph {
            self.html.text.truncate(self.html.text.len() - "</p>\n".len());
        }
        for count in 1..=note.references {
            let place = if count == 1 { String::new() } else { format!("（第 {count} 处）") };
            self.push(" <a href=\"");
            self.push_address(Some(SlotKind::Own), &format!("#{}", reference_id(number, count)));
            self.push(&format!("\" class=\"back\" role=\"doc-backlink\" aria-label=\"返回正文{place}\">↩</a>"));
        }
        self.push(if is_paragraph { "</p>\n</li>\n" } else { "</li>\n" });
    }

    /// The event after the definition that starts at an event.
    pub(super) fn after_note(&self, start: usize) -> usize {
        let known = self.outline.note_at.get(&start).and_then(|&index| self.outline.notes.get(index));
        known.map_or_else(|| flow::end_of(self.events, start), |note| note.events.end) + 1
    }
}
