//! Entries as they are found: cleaned, each once, and no more of them than anybody would read.

use super::{Entry, Kind, Metadata};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// Entries of one name at most; the others are counted.
const OF_ONE_NAME: usize = 20;

/// Different names of entries at most.
const NAMES: usize = 200;

/// Characters of a value or a name at most.
const CHARACTERS: usize = 200;

/// Values looked at in one file at most: an honest file has hundreds, a hostile one makes millions of them.
const STEPS: usize = 200_000;

/// What was found so far.
#[derive(Default)]
pub(super) struct Gathered {
    entries: Vec<Entry>,
    seen: BTreeSet<(String, String)>,
    /// By name: its kind, entries taken, entries left out.
    counts: BTreeMap<String, (Kind, usize, usize)>,
    unreadable: bool,
    steps: usize,
    /// The inner files that are being read, outermost first.
    inside: Vec<String>,
}

impl Gathered {
    /// Notes an entry; empty values and repetitions are left out.
    pub fn note(&mut self, kind: Kind, name: &str, value: &str) {
        if !self.step(1) {
            return;
        }
        let value = line(value);
        if value.is_empty() {
            return;
        }
        let path: String = self.inside.iter().map(|inner| format!("{inner}：")).collect();
        let name = path + Some(line(name)).as_deref().filter(|name| !name.is_empty()).unwrap_or("（没有名称）");
        if self.counts.len() >= NAMES && !self.counts.contains_key(&name) {
            self.unreadable = true;
            return;
        }
        let (_, taken, left) = self.counts.entry(name.clone()).or_insert((kind, 0, 0));
        if self.seen.contains(&(name.clone(), value.clone())) {
            return;
        }
        if *taken == OF_ONE_NAME {
            *left += 1;
            return;
        }
        *taken += 1;
        self.seen.insert((name.clone(), value.clone()));
        self.entries.push(Entry { kind, name, value });
    }

    /// Counts work that is about to be done; whether it may be. After that the file counts as unreadable.
    pub fn step(&mut self, steps: usize) -> bool {
        self.steps = self.steps.saturating_add(steps);
        self.unreadable |= self.steps > STEPS;
        self.steps <= STEPS
    }

    /// Says that something could not be read.
    pub fn unreadable(&mut self) {
        self.unreadable = true;
    }

    /// Notes what a function finds, as standing in an inner file.
    pub fn within(&mut self, name: &str, read: impl FnOnce(&mut Self)) {
        self.inside.push(line(name));
        read(self);
        self.inside.pop();
    }

    /// All of it.
    pub fn finish(mut self) -> Metadata {
        for (name, (kind, _, left)) in self.counts {
            if left > 0 {
                self.entries.push(Entry { kind, name, value: format!("（另有 {left} 处）") });
            }
        }
        Metadata { entries: self.entries, unreadable: self.unreadable }
    }
}

/// One line of readable length.
fn line(value: &str) -> String {
    let visible: String =
        value.chars().take(10 * CHARACTERS).map(|sign| if sign == '\0' { ' ' } else { sign }).collect();
    text::excerpt(&visible, CHARACTERS)
}
