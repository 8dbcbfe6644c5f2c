//! Gathers the problems of one body and turns byte offsets into lines and columns of its file.

use super::Context;
use crate::diag::{Diagnostic, Position};
use std::cell::Cell;

/// The most problems listed for one body; the rest is counted.
const MOST: usize = 200;

/// The problems found so far.
pub(super) struct Report<'a> {
    source: &'a str,
    context: &'a Context<'a>,
    line_starts: Vec<usize>,
    /// The offset that was asked for last, and how many characters stand before it in its line: most come in order.
    last: Cell<(usize, usize)>,
    diagnostics: Vec<Diagnostic>,
    unlisted: usize,
}

impl<'a> Report<'a> {
    /// A report on a body with nothing in it yet.
    pub(super) fn new(source: &'a str, context: &'a Context<'a>) -> Self {
        let line_starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, context, line_starts, last: Cell::default(), diagnostics: Vec::new(), unlisted: 0 }
    }

    /// The position in the file of a byte offset in the body.
    pub(super) fn position(&self, offset: usize) -> Position {
        let row = self.line_starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = self.line_starts.get(row).copied().unwrap_or(0);
        let (known, before) = self.last.get();
        let (from, before) = if (start..=offset).contains(&known) { (known, before) } else { (start, 0) };
        let before = before + self.source.get(from..offset).unwrap_or("").chars().count();
        self.last.set((offset, before));
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position::new(self.context.first_line.saturating_add(number(row)), number(before + 1))
    }

    /// Adds a problem at a byte offset.
    pub(super) fn push(&mut self, offset: usize, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MOST {
            let position = self.position(offset);
            self.diagnostics.push(diagnostic.at(self.context.file, position));
        } else {
            self.unlisted += 1;
        }
    }

    /// All that was found, in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.place.as_ref().map(|place| place.at));
        if let Some(last) = self.diagnostics.last_mut().filter(|_| self.unlisted > 0) {
            last.notes.push(format!("此外还有 {} 处问题没有列出", self.unlisted));
        }
        self.diagnostics
    }
}
