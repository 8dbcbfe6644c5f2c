//! Batches as keys: written out one by one, up to an end.
//!
//! In: the batches of a product. Out: their keys. Beyond the end a range is found as it is printed, and by its beginning.

use super::keys::{Column, Keys, listed};
use crate::notice::batch;

/// How many batches of a notice were written out so far. A thousand products with a thousand each would be a million keys,
/// and a site of thousands of files.
#[derive(Debug, Default)]
pub(super) struct Written(usize);

impl Written {
    /// The most of one notice.
    pub(super) const MOST: usize = 20_000;

    /// Counts so many more, if there is room.
    fn has_room(&mut self, more: usize) -> bool {
        let is_room = self.0 + more <= Self::MOST;
        self.0 += if is_room { more } else { 0 };
        is_room
    }
}

/// A field of batches: every code written out, each item as the package prints it, and the whole.
pub(super) fn add(keys: &mut Keys, text: &str, written: &mut Written) {
    let codes = batch::expand(text);
    let is_clear = codes.is_ok();
    let codes = codes.unwrap_or_default();
    if written.has_room(codes.len()) {
        for code in codes {
            keys.add_printed(&code, Column::Batch);
        }
    } else {
        add_items(keys, text, written);
    }
    for item in listed(text).chain([text]) {
        keys.add(item, Column::Batch);
    }
    if !is_clear {
        for word in listed(text).flat_map(str::split_whitespace) {
            keys.add_printed(word, Column::Batch);
        }
    }
}

/// A field of too many batches, item by item: what still fits is written out, the rest offered as it is printed.
fn add_items(keys: &mut Keys, text: &str, written: &mut Written) {
    for item in listed(text) {
        match batch::expand(item) {
            Ok(codes) if written.has_room(codes.len()) => {
                codes.iter().for_each(|code| keys.add_printed(code, Column::Batch));
            }
            _ => keys.add_printed(item, Column::Batch),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys;
    use super::*;
    use crate::notice::Product;

    #[test]
    fn beyond_the_most_of_a_notice_batches_are_found_as_printed() {
        let mut written = Written::default();
        let found: Vec<Vec<String>> = (0..40)
            .map(|row| {
                let batch = format!("P{row:02}A000～P{row:02}A899,Q{row:02}");
                let keys = keys::of(&Product { batch, ..Product::default() }, &mut written);
                keys.found.into_iter().map(|(key, _)| key).collect()
            })
            .collect();
        let codes = found.iter().flatten().filter(|key| key.len() == 7).count();
        assert!(codes > 15_000 && codes <= Written::MOST, "{codes}");
        let has = |row: usize, key: &str| found[row].iter().any(|found| found == key);
        assert!(has(0, "P00A500") && has(0, "Q00"));
        assert!(!has(39, "P39A500") && has(39, "P39A000P39A899") && has(39, "Q39"));
    }
}
