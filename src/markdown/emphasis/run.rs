//! A run of markers, and what the amended rule decides about it.

use super::{
    Inline,
    wide::{is_full_width_quote, is_ideographic_selector, is_selector, is_wide},
};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// A run of one marker.
pub(super) struct Run {
    pub(super) marker: u8,
    pub(super) range: Range<usize>,
}

/// What stands before a run, as the amended rule sees it.
#[derive(PartialEq)]
enum Before {
    /// Chinese, also with a variation selector after it.
    Wide,
    /// Punctuation hidden from the parser by a variation selector.
    HiddenPunctuation,
    Other,
}

impl Run {
    /// Whether a sentinel goes before and after the run.
    ///
    /// Between a Chinese character and anything but a space `*` and `~~` both open and close, whatever is punctuation;
    /// punctuation on both sides makes the parser see it so. `_` needs punctuation outside, as everywhere.
    pub(super) fn sentinels(&self, source: &str, inline: &Inline) -> [bool; 2] {
        let [Some(before), Some(after)] = self.neighbours(source, inline) else { return [false; 2] };
        let kind = self.kind_before(source, before);
        match self.marker {
            b'_' => [self.is_punctuation_hidden(source, before), false],
            b'~' if self.range.len() != 2 => [false; 2],
            _ if kind == Before::Wide || is_wide(after) => [!is_decided(before, after); 2],
            _ => [kind == Before::HiddenPunctuation, false],
        }
    }

    /// The characters beside the run; none for a space and for an end of the line or of a table's cell.
    fn neighbours(&self, source: &str, inline: &Inline) -> [Option<char>; 2] {
        let (head, tail) = (&source[..self.range.start], &source[self.range.end..]);
        let at_start = inline.line_starts.binary_search(&self.range.start).is_ok();
        let cell_ends = tail.starts_with('|') && inline.in_table(self.range.start);
        let before = head.chars().next_back().filter(|before| !before.is_whitespace());
        let after = tail.chars().next().filter(|after| !after.is_whitespace());
        [before.filter(|_| !at_start), after.filter(|_| !cell_ends)]
    }

    fn kind_before(&self, source: &str, before: char) -> Before {
        if is_wide(before) || is_ideographic_selector(before) {
            return Before::Wide;
        }
        match self.second_before(source).filter(|_| is_selector(before)) {
            Some(base) if is_wide(base) || is_full_width_quote(base, before) => Before::Wide,
            Some(base) if is_sign(base) => Before::HiddenPunctuation,
            _ => Before::Other,
        }
    }

    fn is_punctuation_hidden(&self, source: &str, before: char) -> bool {
        is_selector(before) && self.second_before(source).is_some_and(is_sign)
    }

    fn second_before(&self, source: &str) -> Option<char> {
        source[..self.range.start].chars().rev().nth(1)
    }
}

/// Punctuation or a symbol, for characters that stand before a variation selector.
fn is_sign(character: char) -> bool {
    !character.is_alphanumeric()
        && !character.is_whitespace()
        && !character.is_control()
        && !is_combining_mark(character)
}

/// Whether the parser sees a run between these characters as opening and closing without help. Where that is uncertain
/// the answer is no, which costs a second parse and changes nothing.
fn is_decided(before: char, after: char) -> bool {
    let word = |character: char| character.is_alphanumeric();
    let punctuation = |character: char| {
        character.is_ascii_punctuation()
            || matches!(
                character,
                '、' | '。' | '〈'..='】' | '！' | '（' | '）' | '，' | '：' | '；' | '？' | '“' | '”'
            )
    };
    word(before) && word(after) || punctuation(before) && punctuation(after)
}
