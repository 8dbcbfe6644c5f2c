//! What stands under a key: which rows of which notices.
//!
//! `2026-005/l0,m0.2-4 !2026-001/m1 +3`: of notice 2026-005 the first product by its batch, it and the third to fifth by
//! their model; then of 2026-001, which is over; three more notices are not named, because the key is too frequent to tell
//! anything.

use super::keys::Column;
use std::fmt::Write as _;

/// How many notices a key names. Who types something this frequent needs a second word, or the search.
pub(super) const MOST: usize = 24;

/// That a row stands under a key.
#[derive(Debug)]
pub(super) struct Posting {
    /// Where the key begins, and how many bytes it has.
    pub start: usize,
    pub length: u16,
    /// The number of its file.
    pub file: u32,
    /// The place of the notice in the order of answers.
    pub notice: u32,
    /// Where the key comes from.
    pub column: Column,
    /// The product of the notice.
    pub row: u32,
}

impl Posting {
    /// Its key, which stands among others.
    pub(super) fn key<'t>(&self, keys: &'t str) -> &'t str {
        keys.get(self.start..self.start + usize::from(self.length)).unwrap_or_default()
    }
}

/// The postings of one key, in order, as they stand in a shard; `names` are those of the notices.
pub(super) fn written(postings: &[&Posting], names: &[String]) -> String {
    let mut written = String::new();
    let mut more = 0;
    for (place, notice) in postings.chunk_by(|one, other| one.notice == other.notice).enumerate() {
        if place >= MOST {
            more += 1;
            continue;
        }
        // Here and below: writing to a String cannot fail.
        let name = names.get(notice[0].notice as usize).map_or("", String::as_str);
        let _ = write!(written, "{}{name}", if place == 0 { "" } else { " " });
        for (place, rows) in notice.chunk_by(|one, other| one.column == other.column).enumerate() {
            let _ = write!(written, "{}{}", if place == 0 { '/' } else { ',' }, rows[0].column.letter());
            write_ranges(rows, &mut written);
        }
    }
    if more > 0 {
        let _ = write!(written, " +{more}");
    }
    written
}

/// `0.2-4`
fn write_ranges(rows: &[&Posting], written: &mut String) {
    for (place, run) in rows.chunk_by(|one, other| one.row + 1 == other.row).enumerate() {
        let (first, last) = (run[0].row, run[run.len() - 1].row);
        let _ = write!(written, "{}{first}", if place == 0 { "" } else { "." });
        if first < last {
            let _ = write!(written, "-{last}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_written_short_and_frequent_keys_are_cut() {
        let posting = |notice, row, column| Posting { start: 0, length: 0, file: 0, notice, column, row };
        let mut postings: Vec<Posting> = [0, 2, 3, 4].map(|row| posting(0, row, Column::Model)).into();
        postings.push(posting(0, 0, Column::Batch));
        let names: Vec<String> = (0..MOST + 3).map(|index| format!("T{index}")).collect();
        let written = |postings: &[Posting]| super::written(&postings.iter().collect::<Vec<_>>(), &names);
        assert_eq!(written(&postings), "T0/m0.2-4,l0");
        postings.extend((1..27).map(|notice| posting(notice, 0, Column::Name)));
        assert!(postings.is_sorted_by_key(|posting| (posting.notice, posting.column, posting.row)));
        let written = written(&postings);
        assert!(written.starts_with("T0/m0.2-4,l0 T1/n0 T2/n0 ") && written.ends_with("/n0 +3"), "{written}");
    }
}
