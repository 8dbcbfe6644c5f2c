//! Postings as they are written, growing side by side: each in chunks of one piece of memory, the next larger than the one
//! before. Hundreds of thousands that had a place of their own would leave half of the memory in gaps.

use crate::search::record::CLASSES;
use std::iter;

/// Digits of numbers in postings: every printable sign of ASCII that needs no escape in a script. A number is written
/// with leading digits (base 29) and a last one (base 64), so that it says itself where it ends.
const LAST: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-";
const LEADING: &[u8; 29] = b" !#$%&'()*,./:;<=>?@[]^_`{|}~";

/// The sizes of chunks: most postings are of a few notices, some of thousands.
const SMALLEST: usize = 8;
const LARGEST: usize = 256;

/// Behind a chunk stands where the next one is; 0 where there is none, since no next one is the first of all.
const LINK: usize = size_of::<usize>();

/// How large the chunk after one of a size is.
fn after(size: usize) -> usize {
    (2 * size).clamp(SMALLEST, LARGEST)
}

/// A posting that grows.
#[derive(Clone, Copy, Default)]
pub(super) struct Posting {
    /// The last notice, counted from 1; 0 for none.
    last: u32,
    /// How much of the last chunk is free, and how large that is.
    free: u16,
    size: u16,
    start: usize,
    end: usize,
}

impl Posting {
    /// Whether this notice is in it; none may come that is before another.
    pub(super) fn has(&self, notice: u32) -> bool {
        self.last > notice
    }

    /// Whether none is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.last == 0
    }

    /// Where it begins.
    pub(super) fn start(&self) -> usize {
        self.start
    }
}

/// All postings of an index.
#[derive(Default)]
pub(super) struct Postings(Vec<u8>);

impl Postings {
    /// Adds a notice to a posting, after those before.
    pub(super) fn add(&mut self, posting: &mut Posting, notice: u32, class: u8) {
        // Most places are of the last class, which is to be the smallest number.
        let number = (notice - posting.last) * u32::from(CLASSES) + u32::from(CLASSES - 1 - class);
        posting.last = notice + 1;
        let (digits, first) = written(number);
        digits[first..].iter().for_each(|digit| self.push(posting, *digit));
    }

    /// A posting of these notices, in order, all of the last class.
    pub(super) fn of(&mut self, notices: impl IntoIterator<Item = u32>) -> Posting {
        let mut posting = Posting::default();
        notices.into_iter().for_each(|notice| self.add(&mut posting, notice, CLASSES - 1));
        posting
    }

    fn push(&mut self, posting: &mut Posting, digit: u8) {
        if posting.free == 0 {
            let (size, start) = (after(usize::from(posting.size)), self.0.len());
            match posting.size {
                0 => posting.start = start,
                _ => self.0[posting.end..posting.end + LINK].copy_from_slice(&start.to_le_bytes()),
            }
            self.0.resize(start + size + LINK, 0);
            posting.end = start;
            // At most `LARGEST`.
            (posting.size, posting.free) = (size as u16, size as u16);
        }
        self.0[posting.end] = digit;
        posting.end += 1;
        posting.free -= 1;
    }

    /// The digits of the posting that begins at a place, piece by piece.
    pub(super) fn read(&self, start: usize) -> impl Iterator<Item = &[u8]> {
        let first = (start, SMALLEST);
        let chunks = iter::successors(Some(first), |(start, size)| {
            let next = self.0.get(start + size..)?.first_chunk().copied().map(usize::from_le_bytes)?;
            (next > 0).then(|| (next, after(*size)))
        });
        chunks.map(|(start, size)| {
            let chunk = self.0.get(start..start + size).unwrap_or_default();
            // What is free is at the end, and zero.
            &chunk[..chunk.iter().position(|digit| *digit == 0).unwrap_or(size)]
        })
    }
}

/// The digits of a number, at the end of these, from this place on.
fn written(number: u32) -> ([u8; 8], usize) {
    let mut digits = [0; 8];
    let mut first = digits.len() - 1;
    digits[first] = LAST[(number % 64) as usize];
    let mut leading = number / 64;
    // Leading digits count from 1, so that none stands for nothing.
    while let Some(rest) = leading.checked_sub(1) {
        first -= 1;
        digits[first] = LEADING[(rest % 29) as usize];
        leading = rest / 29;
    }
    (digits, first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(postings: &Postings, posting: &Posting) -> String {
        String::from_utf8(postings.read(posting.start()).flatten().copied().collect()).unwrap()
    }

    /// What was written, read again.
    fn numbers(text: &str) -> Vec<u32> {
        let (mut numbers, mut leading) = (Vec::new(), 0);
        for digit in text.bytes() {
            if let Some(value) = LEADING.iter().position(|known| *known == digit) {
                leading = leading * 29 + value as u32 + 1;
            } else {
                numbers.push(leading * 64 + LAST.iter().position(|known| *known == digit).unwrap() as u32);
                leading = 0;
            }
        }
        numbers
    }

    #[test]
    fn a_number_says_where_it_ends() {
        let text = |number| {
            let (digits, first) = written(number);
            String::from_utf8(digits[first..].to_vec()).unwrap()
        };
        let texts = [0, 63, 64, 64 * 29 + 63, 64 * 30, 1 << 20].map(text);
        assert_eq!(texts, ["0", "-", " 0", "~-", "  0", "?/}0"]);
        assert_eq!(numbers(&text(u32::MAX)), [u32::MAX]);
    }

    proptest! {
        #[test]
        fn postings_that_grow_side_by_side_are_read_as_they_were_written(
            added in prop::collection::vec((0_usize..3, 0_u32..5000, 0..CLASSES), 0..2000),
        ) {
            let (mut postings, mut notice) = (Postings::default(), 0);
            let mut growing = [Posting::default(); 3];
            let mut expected = vec![Vec::new(); 3];
            let mut next = [0; 3];
            for (which, gap, class) in added {
                notice += gap;
                if growing[which].has(notice) {
                    continue;
                }
                postings.add(&mut growing[which], notice, class);
                expected[which].push((notice - next[which]) * u32::from(CLASSES) + u32::from(CLASSES - 1 - class));
                next[which] = notice + 1;
            }
            for (posting, expected) in growing.iter().zip(expected).filter(|(posting, _)| !posting.is_empty()) {
                prop_assert_eq!(numbers(&read(&postings, posting)), expected);
            }
        }
    }
}
