//! Parses Markdown so that emphasis works beside Chinese punctuation: `**误吞可致穿孔。**请…` is bold.
//!
//! CommonMark decides whether a run of `*`, `_` or `~~` opens or closes by looking for spaces and punctuation beside it,
//! which fails where no spaces are written (commonmark-spec#650). The amended rule is brought to the released parser from
//! outside: a first parse finds the runs in inline text; where the amended rule decides otherwise, a punctuation sign of a
//! dead script, the sentinel, is put beside the run, and the text is parsed again. No sentinel is left in what comes out,
//! and every range points into the text that came in.

mod run;
mod wide;

#[cfg(test)]
mod tests;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use run::Run;
use std::{cell::OnceCell, ops::Range};

/// Stands beside a run in the second parse: punctuation, but not Chinese (CORNISH VERSE DIVIDER). Refused in input.
pub(super) const SENTINEL: char = '\u{2E4F}';

/// What of Markdown is understood beside CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Events with the bytes of the source each comes from.
pub(super) type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// Parses a source; `buffer` keeps the text with sentinels alive, where one is needed.
pub(super) fn parse<'a>(source: &'a str, buffer: &'a OnceCell<String>) -> Events<'a> {
    if !may_differ(source) {
        return literal_tildes(source, Parser::new_ext(source, OPTIONS).into_offset_iter().collect());
    }
    let mut first = Parser::new_ext(source, OPTIONS).into_offset_iter();
    let inserts = sentinels(source, &Inline::of(source, first.by_ref()));
    if inserts.is_empty() {
        return literal_tildes(source, Parser::new_ext(source, OPTIONS).into_offset_iter().collect());
    }
    let marked = buffer.get_or_init(|| insert(source, &inserts));
    // A link's text may be its label too: `[甲**乙。**丙]` must still find its definition.
    let definition = |link: BrokenLink<'_>| {
        let label = link.reference.replace(SENTINEL, "");
        let found = first.reference_definitions().get(&label)?;
        let title = found.title.clone().unwrap_or(CowStr::Borrowed(""));
        Some((found.dest.clone().into_static(), title.into_static()))
    };
    let positions: Vec<usize> =
        inserts.iter().enumerate().map(|(index, at)| at + index * SENTINEL.len_utf8()).collect();
    let back = |offset: usize| {
        let before = positions.partition_point(|&position| position < offset);
        offset.saturating_sub(before * SENTINEL.len_utf8())
    };
    let second = Parser::new_with_broken_link_callback(marked, OPTIONS, Some(definition)).into_offset_iter();
    let events =
        second.filter_map(|(event, range)| Some((without_sentinels(event)?, back(range.start)..back(range.end))));
    literal_tildes(source, events.collect())
}

fn insert(source: &str, inserts: &[usize]) -> String {
    let mut marked = String::with_capacity(source.len() + inserts.len() * SENTINEL.len_utf8());
    let mut done = 0;
    for &at in inserts {
        marked.push_str(&source[done..at]);
        marked.push(SENTINEL);
        done = at;
    }
    marked.push_str(&source[done..]);
    marked
}

fn without_sentinels(event: Event<'_>) -> Option<Event<'_>> {
    match event {
        Event::Text(text) if text.contains(SENTINEL) => {
            let text = text.replace(SENTINEL, "");
            (!text.is_empty()).then(|| Event::Text(text.into()))
        }
        other => Some(other),
    }
}

/// Turns a strike-through by single tildes back into text: `10~20毫米，30~40毫米` gives two ranges of sizes, and a
/// warning must not strike a part of them.
fn literal_tildes<'a>(source: &str, mut events: Events<'a>) -> Events<'a> {
    if !source.contains('~') {
        return events;
    }
    for (event, range) in &mut events {
        let tilde = match event {
            Event::Start(Tag::Strikethrough) => range.start,
            Event::End(TagEnd::Strikethrough) => range.end.saturating_sub(1),
            _ => continue,
        };
        if !source[range.start..].starts_with("~~") {
            (*event, *range) = (Event::Text(CowStr::Borrowed("~")), tilde..tilde + 1);
        }
    }
    events
}

/// Whether any run may need a sentinel, going by its neighbours alone: a quick look that spares most bodies the first
/// parse.
fn may_differ(source: &str) -> bool {
    if source.is_ascii() {
        return false;
    }
    let markers = source.bytes().enumerate().filter(|(_, byte)| is_marker(*byte)).map(|(at, _)| at).collect();
    let everywhere = Inline { markers, ..Inline::default() };
    // An escaped tilde makes a run of three one of two.
    everywhere.runs(source).any(|run| run.sentinels(source, &everywhere) != [false; 2]) || source.contains(r"\~")
}

fn is_marker(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'~')
}

/// The offsets where sentinels go, ascending.
fn sentinels(source: &str, inline: &Inline) -> Vec<usize> {
    let mut offsets = Vec::new();
    for run in inline.runs(source) {
        let [before, after] = run.sentinels(source, inline);
        offsets.extend(before.then_some(run.range.start));
        offsets.extend(after.then_some(run.range.end));
    }
    offsets.dedup();
    offsets
}

/// Where inline text stands in the source.
#[derive(Default)]
struct Inline {
    /// Every `*`, `_` and `~` that may be markup, ascending.
    markers: Vec<usize>,
    /// Where the inline content of a line begins, ascending.
    line_starts: Vec<usize>,
    /// What lies in tables, ascending.
    tables: Vec<Range<usize>>,
}

impl Inline {
    fn of<'e>(source: &str, events: impl Iterator<Item = (Event<'e>, Range<usize>)>) -> Self {
        let mut inline = Self::default();
        // Text in code blocks and autolinks is no inline text.
        let (mut literal, mut line_begins) = (false, true);
        for (event, range) in events {
            match &event {
                Event::Start(Tag::Table(_)) => inline.tables.push(range.clone()),
                Event::Start(Tag::CodeBlock(_)) => literal = true,
                Event::End(TagEnd::CodeBlock) => literal = false,
                _ => {}
            }
            if is_inline(&event) {
                if std::mem::take(&mut line_begins) {
                    inline.line_starts.push(range.start);
                }
            } else {
                line_begins = true;
            }
            match &event {
                Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => literal = true,
                Event::End(TagEnd::Link) => literal = false,
                Event::Text(_) if !literal => inline.add_text(source, range.clone()),
                Event::Start(tag @ (Tag::Emphasis | Tag::Strong)) => inline.add_ends(tag, &range),
                Event::Start(tag @ Tag::Strikethrough) if source[range.start..].starts_with("~~") => {
                    inline.add_ends(tag, &range)
                }
                _ => {}
            }
        }
        inline.markers.sort_unstable();
        inline.markers.dedup();
        inline
    }

    fn add_text(&mut self, source: &str, range: Range<usize>) {
        let bytes = source.as_bytes();
        for at in range.clone().filter(|&at| is_marker(bytes[at])) {
            // Only the first character of an event can be escaped; the backslash itself is outside of it.
            let escaped =
                at == range.start && bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1;
            if !escaped {
                self.markers.push(at);
            }
        }
    }

    fn add_ends(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let width = if *tag == Tag::Emphasis { 1 } else { 2 };
        for step in 0..width {
            self.markers.push(range.start + step);
            self.markers.push(range.end - 1 - step);
        }
    }

    fn runs(&self, source: &str) -> impl Iterator<Item = Run> {
        let bytes = source.as_bytes();
        self.markers.chunk_by(move |&a, &b| a + 1 == b && bytes[a] == bytes[b]).filter_map(move |run| {
            let (first, last) = (*run.first()?, *run.last()?);
            Some(Run { marker: bytes[first], range: first..last + 1 })
        })
    }

    fn in_table(&self, at: usize) -> bool {
        let index = self.tables.partition_point(|table| table.end <= at);
        self.tables.get(index).is_some_and(|table| table.contains(&at))
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => true,
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
        }
        Event::End(tag) => {
            matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
        }
        _ => false,
    }
}
