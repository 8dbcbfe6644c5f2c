//! What stands under a key: which rows of which notices.
//!
//! `2026-005/l0,m0.2-4 2026-001/m1 +3`: of notice 2026-005 the first product by its batch, it and the third to fifth by
//! their model; then of 2026-001; three more notices are not named, because the key is too frequent to tell anything.

use super::keys::Column;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How many notices a key names. Who types something this frequent needs a second word, or the search.
pub(super) const MOST: usize = 24;

/// The rows of one key: by notice (its place in the order of answers) and column.
#[derive(Debug, Default)]
pub(super) struct Posting {
    rows: BTreeMap<usize, BTreeMap<Column, BTreeSet<usize>>>,
}

impl Posting {
    /// Adds a row of a notice.
    pub(super) fn add(&mut self, notice: usize, row: usize, column: Column) {
        self.rows.entry(notice).or_default().entry(column).or_default().insert(row);
    }

    /// As it stands in a shard; `ids` are those of the notices.
    pub(super) fn written(&self, ids: &[&str]) -> String {
        let notices = self.rows.iter().take(MOST).map(|(notice, columns)| {
            let columns = columns.iter().map(|(column, rows)| format!("{}{}", column.letter(), ranges(rows)));
            format!("{}/{}", ids[*notice], columns.collect::<Vec<_>>().join(","))
        });
        let mut written = notices.collect::<Vec<_>>().join(" ");
        if self.rows.len() > MOST {
            // Writing to a String cannot fail.
            let _ = write!(written, " +{}", self.rows.len() - MOST);
        }
        written
    }
}

/// `0.2-4`
fn ranges(rows: &BTreeSet<usize>) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    let runs = runs.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    runs.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_written_short_and_frequent_keys_are_cut() {
        let mut posting = Posting::default();
        for row in [0, 2, 3, 4] {
            posting.add(0, row, Column::Model);
        }
        posting.add(0, 0, Column::Batch);
        let ids: Vec<String> = (0..MOST + 3).map(|index| format!("T{index}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        assert_eq!(posting.written(&ids), "T0/m0.2-4,l0");
        for notice in 1..ids.len() {
            posting.add(notice, 0, Column::Name);
        }
        let written = posting.written(&ids);
        assert!(written.starts_with("T0/m0.2-4,l0 T1/n0 T2/n0 ") && written.ends_with("/n0 +3"), "{written}");
    }
}
