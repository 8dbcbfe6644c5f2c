//! A diagnostic as people read it, after the template of the project: code, message, place, the line itself with a mark
//! under what is meant, facts, next steps.
//!
//! ```text
//! 错误[yaml-full-width]: “标题”后面是全角冒号
//!  --> content/drafts/2024-017/index.md:3:3
//!   |
//! 3 | 标题：磁力珠
//!   |     ^^
//!   |
//!   = 提示：…
//! ```

use super::{Diagnostic, Position, Severity};
use crate::text::printable;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// How a diagnostic is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether the terminal shows colours.
    pub coloured: bool,
    /// Columns of the terminal: a longer line is cut around what is meant.
    pub width: usize,
}

/// A diagnostic as text, ending with a line feed; `source` is the text of the file it is about, where that is at hand.
pub fn render(diagnostic: &Diagnostic, source: Option<&str>, look: Look) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = printable(&diagnostic.message);
    let title = level.with_name(diagnostic.severity.label()).primary_title(message).id(diagnostic.code.id());
    let mut group = Group::with_title(title);
    if let Some(place) = &diagnostic.place {
        let path = printable(&place.file);
        let line = place.at.and_then(|at| Some((at, span(source?, at, place.length, look.width)?)));
        group = match (line, place.at) {
            (Some((at, (line, range))), _) => {
                let mark = AnnotationKind::Primary.span(range);
                group
                    .element(Snippet::source(line).line_start(at.line as usize).path(path).fold(false).annotation(mark))
            }
            (None, Some(at)) => group.element(origin(path, at)),
            (None, None) => group.element(Origin::path(path)),
        };
    }
    let remarks = diagnostic.notes.iter().map(|note| printable(note));
    let hints = diagnostic.hints.iter().map(|hint| format!("提示：{}", printable(hint)));
    let remarks = remarks.chain(hints).map(|remark| Element::from(Level::NOTE.no_name().message(remark)));
    let report = [group.elements(remarks)];
    let renderer = if look.coloured { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.term_width(look.width).render(&report);
    text.push('\n');
    text
}

fn origin(path: String, at: Position) -> Origin<'static> {
    Origin::path(path).line(at.line as usize).char_column(at.column as usize)
}

/// The line of a position, and the bytes in it that are marked; none where the text has no such line. A line is cut around
/// the mark: of what is itself too long for the terminal only the beginning is marked.
fn span(source: &str, at: Position, length: u32, width: usize) -> Option<(&str, Range<usize>)> {
    let line = source.split('\n').nth((at.line as usize).checked_sub(1)?)?;
    let length = if line.chars().count() * 2 > width { (length as usize).min(width / 3) } else { length as usize };
    let byte = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte);
    let first = (at.column as usize).saturating_sub(1);
    let start = byte(first);
    let end = byte(first.saturating_add(length));
    Some((line, start..end.max(start)))
}
