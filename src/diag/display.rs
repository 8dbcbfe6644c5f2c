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

/// The most bytes of a line that is shown: every finding in it takes as long as the line.
const LONGEST: usize = 20_000;

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

/// The line of a position, and the bytes in it that are marked; none where the text has no such line, or it is too long. A line is cut around
/// the mark: of what is itself too long for the terminal only the beginning is marked.
fn span(source: &str, at: Position, length: u32, width: usize) -> Option<(&str, Range<usize>)> {
    let line = source.split('\n').nth((at.line as usize).checked_sub(1)?).filter(|line| line.len() <= LONGEST)?;
    let length = if line.chars().count() * 2 > width { (length as usize).min(width / 3) } else { length as usize };
    let byte = |column: usize| line.char_indices().nth(column).map_or(line.len(), |(byte, _)| byte);
    let first = (at.column as usize).saturating_sub(1);
    let start = byte(first);
    let end = byte(first.saturating_add(length));
    Some((line, start..end.max(start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn a_line_that_is_too_long_is_named_by_its_place_alone() {
        let look = Look { coloured: false, width: 80 };
        let diagnostic = Diagnostic::error(Code::Usage, "太长").at("a.md", Position { line: 2, column: 3 });
        let shown = |line: &str| render(&diagnostic, Some(&format!("一\n{line}\n")), look);
        assert!(shown("危险").contains("2 | 危险"));
        let long = shown(&"危".repeat(LONGEST));
        assert!(long.contains("--> a.md:2:3") && !long.contains('危') && long.len() < 200, "{long}");
    }
}
