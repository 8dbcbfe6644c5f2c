//! The numbers that a word processor counts itself.

use crate::import::numbering::formatted;
use office_oxide::docx::formatting::NumberingRef;
use office_oxide::docx::numbering::{NumberFormat, NumberingDefinitions, NumberingLevel};
use std::collections::BTreeMap;

/// The levels a list can have.
const LEVELS: usize = 9;

/// What a paragraph is in its list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// A bulleted item of a level.
    Bullet(u8),
    /// An item of a level, with its number.
    Item(u8, u64),
    /// A number that Markdown has no list for, as text: `一、`, `（一）`, `1.1`, `a)`.
    Label(String),
}

/// How far every list has counted.
#[derive(Debug, Default)]
pub(super) struct Counters(BTreeMap<(bool, u32), [u64; LEVELS]>);

impl Counters {
    /// Counts a paragraph; none where it has no number.
    pub(super) fn next(&mut self, lists: &NumberingDefinitions, reference: &NumberingRef) -> Option<Number> {
        let level = usize::from(reference.ilvl).min(LEVELS - 1);
        let depth = u8::try_from(level).unwrap_or(0);
        let definition = lists.resolve_level(reference.num_id, depth).filter(|_| reference.num_id != 0)?;
        let instance = lists.instances.get(&reference.num_id)?;
        // Lists of one pattern count on from one to the other, unless one says where it begins.
        let key = match instance.start_overrides.is_empty() {
            true => (false, instance.abstract_num_id),
            false => (true, reference.num_id),
        };
        let counter = self.0.entry(key).or_default();
        let start = |level: usize| {
            let level = u8::try_from(level).unwrap_or(0);
            u64::from(lists.resolve_start(reference.num_id, level).unwrap_or(1))
        };
        counter[level] = if counter[level] == 0 { start(level) } else { counter[level].saturating_add(1) };
        counter[level + 1..].fill(0);
        let number = counter[level];
        match &definition.format {
            NumberFormat::Bullet => Some(Number::Bullet(depth)),
            NumberFormat::None => None,
            NumberFormat::Decimal if is_single(definition, level) => Some(Number::Item(depth, number)),
            _ => {
                let value = |level: usize| if counter[level] == 0 { start(level) } else { counter[level] };
                let format = |level: usize| {
                    let found = u8::try_from(level).ok().and_then(|level| lists.resolve_level(reference.num_id, level));
                    found.map_or("decimal", |level| name(&level.format))
                };
                let label = (0..LEVELS).fold(definition.level_text.clone(), |label, level| {
                    let place = format!("%{}", level + 1);
                    if label.contains(&place) {
                        label.replace(&place, &formatted(value(level), format(level)))
                    } else {
                        label
                    }
                });
                (!label.trim().is_empty()).then(|| Number::Label(spaced(label)))
            }
        }
    }
}

/// Whether a level shows its own number alone: `%1.`, `%1、`, `（%1）`.
fn is_single(definition: &NumberingLevel, level: usize) -> bool {
    let rest = definition.level_text.replace(&format!("%{}", level + 1), "");
    rest.chars().all(|sign| matches!(sign, '.' | '．' | '、' | ')' | '(' | '）' | '（' | ' '))
}

/// A space after a label that ends in a letter or digit, as the word processor leaves one.
fn spaced(label: String) -> String {
    let ends_open = label.chars().next_back().is_some_and(|sign| sign.is_ascii());
    if ends_open { format!("{label} ") } else { label }
}

fn name(format: &NumberFormat) -> &str {
    match format {
        NumberFormat::LowerLetter => "lowerLetter",
        NumberFormat::UpperLetter => "upperLetter",
        NumberFormat::LowerRoman => "lowerRoman",
        NumberFormat::UpperRoman => "upperRoman",
        NumberFormat::Other(name) => name,
        NumberFormat::Decimal | NumberFormat::Bullet | NumberFormat::None => "decimal",
    }
}
