//! Finds in a Markdown text what a notice cannot have or must have beside it, for those who bring text from elsewhere.

use super::{Context, emphasis, flow, limits, report::Report};
use pulldown_cmark::{Event, HeadingLevel, Tag};
use std::cell::OnceCell;
use std::ops::Range;

/// A place in a Markdown text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// What stands there.
    pub what: Foreign,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Foreign {
    /// A block of raw HTML.
    Html,
    /// A tag or comment in a line.
    Tag,
    /// A heading of the first level, and its text.
    Title(String),
    /// A picture.
    Image {
        /// Where it lies.
        address: String,
        /// Its description.
        alt: String,
        /// Its caption.
        title: String,
    },
    /// A link.
    Link {
        /// Where it leads.
        address: String,
        /// The bytes of its text.
        inner: Range<usize>,
    },
}

/// The places of a text, in order, none in another; none where the text is too large or too deeply nested to be parsed.
pub fn foreign(source: &str) -> Option<Vec<Piece>> {
    let context = Context { file: "", first_line: 1, assets: &|_| None };
    let mut report = Report::new(source, &context);
    if limits::refuse(source, &mut report) {
        return None;
    }
    let buffer = OnceCell::new();
    let events = emphasis::parse(source, &buffer);
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, (event, range)) in events.iter().enumerate() {
        let inside = || &events[index + 1..flow::end_of(&events, index)];
        let what = match event {
            Event::Start(Tag::HtmlBlock) => Foreign::Html,
            Event::InlineHtml(_) => Foreign::Tag,
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => Foreign::Title(flow::text(inside())),
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                Foreign::Image { address: dest_url.to_string(), alt: flow::text(inside()), title: title.to_string() }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let ends = inside().first().zip(inside().last());
                let inner = ends.map_or(range.start..range.start, |((_, first), (_, last))| first.start..last.end);
                Foreign::Link { address: dest_url.to_string(), inner }
            }
            _ => continue,
        };
        // What stands in a heading or link that is replaced as a whole goes with it.
        if pieces.last().is_none_or(|last| last.range.end <= range.start) {
            pieces.push(Piece { range: range.clone(), what });
        }
    }
    Some(pieces)
}
