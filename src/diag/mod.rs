//! Diagnostics as data: what is wrong, where, how grave, and what to do next.
//!
//! Every stage of the core returns an [`Outcome`]: its value and all that was noticed on the way. Nothing here prints;
//! `cli::report` turns diagnostics into text.

mod code;
mod display;
mod fold;

pub use code::{Class, Code};
pub use display::{Look, render};

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The most bytes of one text of a message.
const LONGEST: usize = 2_000;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Stops the publication.
    Error,
    /// Somebody should look at it; the publication goes on.
    Warning,
    /// For information only.
    Note,
}

impl Severity {
    /// The word in front of a message.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "提醒",
            Self::Note => "说明",
        }
    }
}

/// A position in a text: line and column from 1, the column counted in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Position {
    /// The beginning of a file.
    pub const START: Self = Self { line: 1, column: 1 };

    /// A position of line and column, both from 1.
    pub fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }

    /// The position of a byte offset in a text.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count()) + 1;
        Self { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
    }

    /// The position after a character that stands here.
    #[must_use]
    pub fn after(self, character: char) -> Self {
        match character {
            '\n' => Self::new(self.line.saturating_add(1), 1),
            _ => Self { column: self.column.saturating_add(1), ..self },
        }
    }

    /// This position, moved down by a number of lines.
    pub fn down(self, lines: u32) -> Self {
        Self { line: self.line.saturating_add(lines), ..self }
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file.
    pub at: Position,
}

impl<T> Located<T> {
    /// A value with its position.
    pub fn new(value: T, at: Position) -> Self {
        Self { value, at }
    }
}

/// Where a finding stands: a file (path relative to the site, `/` between the parts) and, where there is one, a position.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The position in it, if the finding concerns one.
    pub at: Option<Position>,
    /// How many characters of the line are meant; 1 where only the position is known.
    pub length: u32,
}

/// One finding. A finding of a rule can be put down, but not read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How grave.
    pub severity: Severity,
    /// What kind; permanent, ASCII.
    pub code: Code,
    /// The message, one sentence in Chinese.
    pub message: String,
    /// Where; none for what concerns no file.
    pub place: Option<Place>,
    /// Facts that explain the message.
    pub notes: Vec<String>,
    /// Next steps.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note.
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// A finding, as grave as said.
    pub fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self { severity, code, message: shortened(message.into()), place: None, notes: Vec::new(), hints: Vec::new() }
    }

    /// Adds the file and position.
    #[must_use]
    pub fn at(mut self, file: impl Into<String>, position: Position) -> Self {
        self.place = Some(Place { file: file.into(), at: Some(position), length: 1 });
        self
    }

    /// Says how many characters from the position on are meant.
    #[must_use]
    pub fn spanning(mut self, characters: u32) -> Self {
        self.place.iter_mut().for_each(|place| place.length = characters.max(1));
        self
    }

    /// Adds the file, without a position.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.place = Some(Place { file: file.into(), at: None, length: 1 });
        self
    }

    /// Adds a fact that explains the message.
    #[must_use]
    pub fn fact(mut self, fact: impl Into<String>) -> Self {
        self.notes.push(shortened(fact.into()));
        self
    }

    /// Adds a next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(shortened(hint.into()));
        self
    }
}

/// A value with everything that was noticed while it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<T> {
    /// The value; where there are errors, the best that could be made.
    pub value: T,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value with nothing to say about it.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// A value with its diagnostics.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }

    /// Moves the diagnostics into a list and returns the value.
    pub fn drain_into(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }

    /// Applies a function to the value.
    pub fn map<U>(self, function: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome { value: function(self.value), diagnostics: self.diagnostics }
    }
}

/// A single error as the list that commands report; for `map_err`.
#[expect(clippy::boxed_local, reason = "errors travel boxed: a result with a whole diagnostic in it would be large")]
pub fn alone(error: Box<Diagnostic>) -> Vec<Diagnostic> {
    vec![*error]
}

/// Whether anything could not be read. To whoever goes on, it would look like something that is gone.
pub fn is_unread(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|found| found.severity == Severity::Error && found.code.class() == Class::Io)
}

/// Whether any diagnostic is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// A text of a message, which may quote what it found: nobody reads a megabyte of it.
fn shortened(mut text: String) -> String {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
        text.shrink_to_fit();
    }
    text
}

/// Sorts diagnostics for the report (by file and position, then gravity), folds exact duplicates, and counts what is too
/// much to be listed: see `fold`.
pub fn arrange(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        compare_places(a.place.as_ref(), b.place.as_ref())
            .then(a.severity.cmp(&b.severity))
            .then_with(|| a.code.id().cmp(b.code.id()))
            .then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
    fold::fold(diagnostics);
}

fn compare_places(a: Option<&Place>, b: Option<&Place>) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        // What concerns no file concerns everything: it is read first.
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(a), Some(b)) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_characters_not_bytes() {
        assert_eq!(Position::of("标题: 甲\n正文乙", "标题: 甲\n正文".len()), Position::new(2, 3));
    }

    #[test]
    fn duplicates_are_folded_and_files_sorted() {
        let one = Diagnostic::error(Code::YamlSyntax, "甲").at("b", Position::new(2, 1));
        let two = Diagnostic::note(Code::YamlSyntax, "乙").at("a", Position::new(9, 1));
        let mut list = vec![one.clone(), two.clone(), one.clone()];
        arrange(&mut list);
        assert_eq!(list, [two, one]);
    }
}
