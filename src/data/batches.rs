//! The batches of a notice one by one, for tables that can be filtered.
//!
//! In: a text as packages print it. Out: each batch, and whether it was written out; what cannot be read in one way only,
//! or is too much, stays as it is printed.

use crate::notice::batch;
use std::collections::BTreeSet;

/// The most batches that are written out of one notice, as in the look-up.
const MOST: usize = 20_000;

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Batch {
    /// The code, or what the package prints.
    pub text: String,
    /// Whether it is a single code.
    pub is_single: bool,
}

/// What is left of [`MOST`], for the products of one notice in turn.
#[derive(Debug)]
pub(super) struct Room(usize);

impl Room {
    /// All of it.
    pub(super) fn new() -> Self {
        Self(MOST)
    }

    /// The batches of a product, each once.
    pub(super) fn batches(&mut self, text: &str) -> Vec<Batch> {
        let mut seen = BTreeSet::new();
        let mut batches = Vec::new();
        for item in text.split([',', '，', '、', ';', '；', '\n']).map(str::trim).filter(|item| !item.is_empty()) {
            let codes = batch::expand(item).ok().filter(|codes| codes.len() <= self.0);
            self.0 -= codes.as_ref().map_or(0, Vec::len);
            let is_single = codes.is_some();
            let texts = codes.unwrap_or_else(|| vec![item.to_owned()]);
            let fresh = texts.into_iter().filter(|text| seen.insert(text.clone()));
            batches.extend(fresh.map(|text| Batch { text, is_single }));
        }
        batches
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(room: &mut Room, text: &str) -> Vec<(String, bool)> {
        room.batches(text).into_iter().map(|batch| (batch.text, batch.is_single)).collect()
    }

    #[test]
    fn each_batch_stands_alone_and_what_is_not_clear_as_it_is_printed() {
        let found = of(&mut Room::new(), "C14-P6/P7，详见包装、A01～A02；C14-P6");
        let expected = [("C14-P6", true), ("C14-P7", true), ("详见包装", false), ("A01", true), ("A02", true)];
        assert_eq!(found, expected.map(|(text, is_single)| (text.to_owned(), is_single)));
        assert_eq!(of(&mut Room::new(), ""), []);
    }

    #[test]
    fn beyond_the_most_of_a_notice_a_range_stays_a_range() {
        let mut room = Room::new();
        for row in 0..22 {
            assert_eq!(of(&mut room, &format!("P{row:02}A000～P{row:02}A899")).len(), 900);
        }
        assert_eq!(of(&mut room, "P99A000～P99A899"), [("P99A000～P99A899".to_owned(), false)]);
        assert_eq!(of(&mut room, "Q1～Q9").len(), 9);
    }
}
