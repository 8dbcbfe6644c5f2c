//! The visible text of inline markup, and what a line break in the source means for it.

use super::emphasis::Events;
use crate::text::is_cjk;
use pulldown_cmark::Event;
use std::ops::Range;

/// The text of some events, without markup.
pub(super) fn text(events: &[(Event<'_>, Range<usize>)]) -> String {
    let mut text = String::new();
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
            Event::SoftBreak if !is_seamless(&text, &events[index + 1..]) => text.push(' '),
            Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

/// Whether a line break between the text written so far and the events that follow stands inside Chinese text, where no
/// space belongs. Markup in between is looked through.
pub(super) fn is_seamless(before: &str, after: &[(Event<'_>, Range<usize>)]) -> bool {
    // A variation selector belongs to the character before it.
    let selector = |character: &char| matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    let last = before.chars().rev().find(|character| !selector(character));
    match (last, first_visible(after)) {
        (Some(last), Some(first)) => {
            is_cjk(last) && (is_cjk(first) || is_shared(first)) || is_shared(last) && is_cjk(first)
        }
        _ => false,
    }
}

/// Punctuation that Chinese shares with other scripts: no space belongs between it and a Chinese character.
fn is_shared(character: char) -> bool {
    matches!(character, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

fn first_visible(events: &[(Event<'_>, Range<usize>)]) -> Option<char> {
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) if text.is_empty() => {}
            Event::Text(text) | Event::Code(text) => return text.chars().next(),
            Event::Start(tag) if !matches!(tag, pulldown_cmark::Tag::Image { .. }) => {}
            Event::End(_) | Event::FootnoteReference(_) => {}
            _ => return None,
        }
    }
    None
}

/// The index of the event that ends what the event at `start` starts.
pub(super) fn end_of(events: &Events<'_>, start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    events.len()
}
