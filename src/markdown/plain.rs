//! The text of a body without markup. Nearly all of it stands in the HTML, too, and thousands of bodies are kept until the
//! end of a build: so it is kept as pieces of the HTML, with what stands between them.

use serde::{Deserialize, Serialize};

/// A text as pieces of another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Plain {
    pieces: Vec<Piece>,
    /// What stands before, between and after the pieces.
    between: String,
}

/// In bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    /// How much of `between` comes before it.
    before: u32,
    /// Where it stands in the HTML.
    at: u32,
    length: u32,
}

impl Plain {
    /// The text; its pieces are those of this HTML.
    pub(super) fn text(&self, html: &str) -> String {
        let (mut text, mut rest) = (String::with_capacity(self.length()), self.between.as_str());
        for Piece { before, at, length } in &self.pieces {
            let (own, after) = rest.split_at_checked(*before as usize).unwrap_or((rest, ""));
            text.push_str(own);
            text.push_str(html.get(*at as usize..*at as usize + *length as usize).unwrap_or_default());
            rest = after;
        }
        text.push_str(rest);
        text
    }

    /// How long the text is.
    pub(super) fn length(&self) -> usize {
        self.between.len() + self.pieces.iter().map(|piece| piece.length as usize).sum::<usize>()
    }
}

/// A text while it is written beside the HTML.
#[derive(Debug, Default)]
pub(super) struct Writing {
    text: String,
    copies: Vec<Copy>,
}

/// A part of the text that stands in the HTML.
#[derive(Debug, Clone)]
struct Copy {
    /// Where in the text.
    start: usize,
    /// Where in the HTML.
    at: usize,
    length: usize,
}

impl Writing {
    /// What is written so far.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Adds what does not stand in the HTML as it is.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds what stands in the HTML, from there on.
    pub(super) fn copy(&mut self, text: &str, at: usize) {
        let (start, length) = (self.text.len(), text.len());
        self.text.push_str(text);
        match self.copies.last_mut() {
            Some(last) if last.start + last.length == start && last.at + last.length == at => last.length += length,
            _ => self.copies.push(Copy { start, at, length }),
        }
    }

    /// Ends the line.
    pub(super) fn end_line(&mut self) {
        self.trim();
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn trim(&mut self) {
        let length = self.text.trim_end().len();
        self.text.truncate(length);
        while let Some(last) = self.copies.last_mut().filter(|last| last.start + last.length > length) {
            last.length = length.saturating_sub(last.start);
            if last.length == 0 {
                self.copies.pop();
            }
        }
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> Plain {
        self.trim();
        let (mut plain, mut done) = (Plain::default(), 0);
        for Copy { start, at, length } in &self.copies {
            let small = |number: usize| u32::try_from(number).ok();
            // What no number reaches is kept as it is.
            let Some(((before, at), length)) = small(start - done).zip(small(*at)).zip(small(*length)) else { break };
            plain.pieces.push(Piece { before, at, length });
            plain.between.push_str(&self.text[done..*start]);
            done = start + length as usize;
        }
        plain.between.push_str(&self.text[done..]);
        plain.pieces.shrink_to_fit();
        plain.between.shrink_to_fit();
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What happens to a text, and to the HTML beside it.
    #[derive(Debug, Clone)]
    enum Step {
        Markup(String),
        Own(String),
        Copied(String),
        EndOfLine,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            "[<pb/>]{0,4}".prop_map(Step::Markup),
            "[ \\t&甲]{0,4}".prop_map(Step::Own),
            "[ 乙a\\n]{0,6}".prop_map(Step::Copied),
            Just(Step::EndOfLine),
        ]
    }

    proptest! {
        #[test]
        fn the_pieces_make_the_text(steps in proptest::collection::vec(step(), 0..40)) {
            let (mut html, mut expected, mut writing) = (String::new(), String::new(), Writing::default());
            for step in steps {
                match step {
                    Step::Markup(markup) => html.push_str(&markup),
                    Step::Own(text) => {
                        expected.push_str(&text);
                        writing.push(&text);
                    }
                    Step::Copied(text) => {
                        expected.push_str(&text);
                        writing.copy(&text, html.len());
                        html.push_str(&text);
                    }
                    Step::EndOfLine => {
                        expected.truncate(expected.trim_end().len());
                        if !expected.is_empty() {
                            expected.push('\n');
                        }
                        writing.end_line();
                    }
                }
                prop_assert_eq!(writing.as_str(), &expected);
            }
            let plain = writing.finish();
            prop_assert_eq!(plain.text(&html), expected.trim_end());
            prop_assert_eq!(plain.length(), expected.trim_end().len());
        }
    }

    #[test]
    fn what_stands_in_the_html_is_not_kept_again() {
        let mut writing = Writing::default();
        writing.copy("甲乙", 3);
        writing.copy("丙", 9);
        writing.end_line();
        writing.copy("丁 ", 20);
        let plain = writing.finish();
        assert_eq!(plain.text("<p>甲乙丙</p>\n<p>丁 </p>"), "甲乙丙\n丁");
        assert_eq!((plain.pieces.len(), plain.between.as_str()), (2, "\n"));
    }
}
