//! Postings as they are written, growing side by side: each in chunks of one piece of memory, the next larger than the one
//! before. Hundreds of thousands that had a place of their own would leave half of the memory in gaps.

use crate::search::record::CLASSES;
use std::iter;

/// Digits of numbers in postings: every printable sign of ASCII that needs no escape in a script. A number is written
/// with leading digits (base 29) and a last one (base 64), so that it says itself where it ends.
const LAST: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-";
const LEADING: &[u8; 29] = b" !#$%&'()*,./:;<=>?@[]^_`{|}~";

/// The sizes of chunks, in bytes: most postings are of a few notices, some of thousands. Each is so many times the smallest,
/// by whose size places are counted.
const SMALLEST: usize = 16;
const LARGEST: usize = 256;

/// At the end of a chunk stands the place of the next one; 0 where there is none, since no next one is the first of all.
const LINK: usize = size_of::<u32>();

/// How large the chunk after one of a size is.
fn after(size: usize) -> usize {
    (2 * size).clamp(SMALLEST, LARGEST)
}

/// A posting that grows.
#[derive(Clone, Copy, Default)]
pub(super) struct Posting {
    /// The last notice, counted from 1; 0 for none.
    last: u32,
    /// The places of the first and of the last chunk.
    first: u32,
    chunk: u32,
    /// How large that is, and how much of it is taken.
    size: u16,
    taken: u16,
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
    pub(super) fn start(&self) -> u32 {
        self.first
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

    /// A posting of these notices, at least one, in order, all of the last class.
    pub(super) fn of(&mut self, notices: impl IntoIterator<Item = u32>) -> Posting {
        let mut posting = Posting::default();
        notices.into_iter().for_each(|notice| self.add(&mut posting, notice, CLASSES - 1));
        posting
    }

    fn push(&mut self, posting: &mut Posting, digit: u8) {
        if usize::from(posting.taken) + LINK >= usize::from(posting.size) {
            self.add_chunk(posting);
        }
        self.0[posting.chunk as usize * SMALLEST + usize::from(posting.taken)] = digit;
        posting.taken += 1;
    }

    fn add_chunk(&mut self, posting: &mut Posting) {
        let size = usize::from(posting.size);
        // A segment has some thousands of notices, each of bounded length: a hundredth of what can be counted.
        let place = u32::try_from(self.0.len() / SMALLEST).unwrap_or(u32::MAX);
        if size == 0 {
            posting.first = place;
        } else {
            let end = posting.chunk as usize * SMALLEST + size;
            self.0[end - LINK..end].copy_from_slice(&place.to_le_bytes());
        }
        self.0.resize(self.0.len() + after(size), 0);
        // At most `LARGEST`.
        (posting.chunk, posting.size, posting.taken) = (place, after(size) as u16, 0);
    }

    /// The digits of the posting that begins at a place, piece by piece.
    pub(super) fn read(&self, start: u32) -> impl Iterator<Item = &[u8]> {
        let chunk = |place: u32, size: usize| self.0.get(place as usize * SMALLEST..)?.get(..size)?.split_last_chunk();
        let first = chunk(start, SMALLEST).map(|chunk| (chunk, SMALLEST));
        let chunks = iter::successors(first, move |((_, link), size)| {
            let (next, size) = (u32::from_le_bytes(**link), after(*size));
            chunk(next, size).filter(|_| next > 0).map(|chunk| (chunk, size))
        });
        // What is free is at the end, and zero.
        chunks.map(|((digits, _), _)| &digits[..digits.iter().position(|digit| *digit == 0).unwrap_or(digits.len())])
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
