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
use crate::text::{is_deceptive, printable};
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

/// The most bytes of a line that is shown: every finding in it takes as long as the line.
const LONGEST: usize = 4_000;

/// A diagnostic as text, ending with a line feed; `source` are the lines of the file it is about, where they are at hand.
pub fn render(diagnostic: &Diagnostic, source: Option<&[&str]>, look: Look) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = on_one_line(&diagnostic.message);
    let title = level.with_name(diagnostic.severity.label()).primary_title(message).id(diagnostic.code.id());
    let mut group = Group::with_title(title);
    if let Some(place) = &diagnostic.place {
        let path = on_one_line(&place.file);
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
    let remarks = diagnostic.notes.iter().map(|note| on_one_line(note));
    let hints = diagnostic.hints.iter().map(|hint| format!("提示：{}", on_one_line(hint)));
    let remarks = remarks.chain(hints).map(|remark| Element::from(Level::NOTE.no_name().message(remark)));
    let report = [group.elements(remarks)];
    let renderer = if look.coloured { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.term_width(look.width).render(&report);
    text.push('\n');
    text
}

/// A text that a name may stand in: its line break would look like the beginning of another message.
fn on_one_line(text: &str) -> String {
    printable(text).replace('\n', "\\u{a}")
}

fn origin(path: String, at: Position) -> Origin<'static> {
    Origin::path(path).line(at.line as usize).char_column(at.column as usize)
}

/// The line of a position, and the bytes in it that are marked; none where the text has no such line, or it is too long. A
/// line is cut around the mark: of what is itself too long for the terminal only the beginning is marked.
fn span(source: &[&str], at: Position, length: u32, width: usize) -> Option<(String, Range<usize>)> {
    let line = source.get((at.line as usize).checked_sub(1)?).filter(|line| line.len() <= LONGEST)?;
    // Sign for sign, so that columns stay what they are.
    let line: String = line.chars().map(|sign| if is_deceptive(sign) { '\u{fffd}' } else { sign }).collect();
    let length = if line.chars().count() * 2 > width { (length as usize).min(width / 3) } else { length as usize };
    let byte = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte);
    let first = (at.column as usize).saturating_sub(1);
    let start = byte(first);
    let end = byte(first.saturating_add(length)).max(start);
    Some((line, start..end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn a_line_that_is_too_long_is_named_by_its_place_alone() {
        let look = Look { coloured: false, width: 80 };
        let diagnostic = Diagnostic::error(Code::Usage, "太长").at("a.md", Position { line: 2, column: 3 });
        let shown = |line: &str| render(&diagnostic, Some(&["一", line]), look);
        assert!(shown("危险").contains("2 | 危险"));
        assert!(shown("危\u{9b}2J\u{202e}险\r").contains("2 | 危\u{fffd}2J\u{fffd}险"));
        let long = shown(&"危".repeat(LONGEST));
        assert!(long.contains("--> a.md:2:3") && !long.contains('危') && long.len() < 200, "{long}");
    }
}
