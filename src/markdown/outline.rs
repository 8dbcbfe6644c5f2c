//! What must be known of a body before its HTML is written: the headings with their ids, and the footnotes.

use super::{emphasis::Events, flow};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// A heading of a body.
#[derive(Debug)]
pub(super) struct Heading {
    /// 2 to 6: the title of the page is the only heading of level 1.
    pub(super) level: u8,
    /// The id in the HTML, unique in the body.
    pub(super) id: String,
    /// The text without markup.
    pub(super) text: String,
}

/// A footnote.
#[derive(Debug)]
pub(super) struct Note {
    /// The events between its start and end.
    pub(super) events: Range<usize>,
    /// How many references in the body lead to it.
    pub(super) references: usize,
}

/// The headings and footnotes of a body.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The headings in the order of the source.
    pub(super) headings: Vec<Heading>,
    /// The index in `headings` by the index of the event that starts it.
    pub(super) heading_at: BTreeMap<usize, usize>,
    /// The footnotes in the order of their definitions.
    pub(super) notes: Vec<Note>,
    /// The index in `notes` by [`label_key`].
    pub(super) note_of: BTreeMap<String, usize>,
    /// The index in `notes` by the index of the event that starts it.
    pub(super) note_at: BTreeMap<usize, usize>,
    /// The ids of the headings.
    pub(super) ids: BTreeSet<String>,
}

/// Labels of footnotes are compared without regard to case.
pub(super) fn label_key(label: &str) -> String {
    label.to_lowercase()
}

impl Outline {
    /// Reads the events of a body.
    pub(super) fn of(events: &Events<'_>) -> Self {
        let mut outline = Self::default();
        let mut ids = Ids::default();
        let (mut heading, mut open_notes) = (None, Vec::new());
        let mut references: BTreeMap<String, usize> = BTreeMap::new();
        for (index, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(index),
                Event::End(TagEnd::Heading(level)) => {
                    let Some(start) = heading.take() else { continue };
                    let text = flow::text(&events[start + 1..index]);
                    let id = ids.make(&text);
                    outline.heading_at.insert(start, outline.headings.len());
                    outline.headings.push(Heading { level: (*level as u8).max(2), id, text });
                }
                Event::Start(Tag::FootnoteDefinition(label)) => open_notes.push((label_key(label), index)),
                Event::End(TagEnd::FootnoteDefinition) => {
                    let Some((label, start)) = open_notes.pop() else { continue };
                    outline.add_note(label, start, index);
                }
                Event::FootnoteReference(label) => *references.entry(label_key(label)).or_default() += 1,
                _ => {}
            }
        }
        outline.ids = ids.used;
        for (label, count) in references {
            if let Some(note) = outline.note_of.get(&label).and_then(|&index| outline.notes.get_mut(index)) {
                note.references = count;
            }
        }
        outline
    }

    fn add_note(&mut self, label: String, start: usize, end: usize) {
        self.note_at.insert(start, self.notes.len());
        self.note_of.entry(label).or_insert(self.notes.len());
        self.notes.push(Note { events: start + 1..end, references: 0 });
    }
}

/// Makes ids and keeps them apart.
#[derive(Default)]
struct Ids {
    used: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Ids {
    fn make(&mut self, text: &str) -> String {
        let base = slug(text);
        let mut id = base.clone();
        while !self.used.insert(id.clone()) {
            let number = self.next.entry(base.clone()).or_insert(2);
            id = format!("{base}-{number}");
            *number += 1;
        }
        id
    }
}

/// The text as an id: NFC, letters and digits of every script, `-` for spaces; never empty, and no footnote's id.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.nfc() {
        if character.is_alphanumeric() || character == '_' {
            slug.push(character.to_ascii_lowercase());
        } else if (character.is_whitespace() || character == '-') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    match slug {
        "" => "section".to_owned(),
        _ if slug.starts_with("fn-") || slug.starts_with("fnref-") => format!("section-{slug}"),
        _ => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_unicode_and_stay_apart() {
        let mut ids = Ids::default();
        let made: Vec<_> = [
            "一、误吞 磁力珠！",
            "USB 插头",
            "USB  插头",
            "USB-插头 2",
            "USB 插头",
            "！？",
            "…",
            "fn 1",
            "Cafe\u{301}",
        ]
        .iter()
        .map(|text| ids.make(text))
        .collect();
        let expected = [
            "一误吞-磁力珠",
            "usb-插头",
            "usb-插头-2",
            "usb-插头-2-2",
            "usb-插头-3",
            "section",
            "section-2",
            "section-fn-1",
            "café",
        ];
        assert_eq!(made, expected);
    }
}
