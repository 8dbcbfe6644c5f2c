//! The inverted index of a segment: for every sign, every pair of signs and every three of ASCII side by side the notices
//! in which they stand, with the class of the weightiest place. Pairs of digits and letters alone would tell little: there
//! are few, and numbers of standards, models and bar codes are made of nothing else.
//!
//! In: the signs of notices, in order of number. Out: for each shard its entries, ready to be written, in a fixed order.
//! Notices are added one by one and posted at once in the form in which they are written, so that an index takes little
//! more memory than its files.

use super::normal::BREAK;
use super::record::CLASSES;
use smallvec::SmallVec;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Digits of numbers in postings: every printable sign of ASCII that needs no escape in a script. A number is written
/// with leading digits (base 29) and a last one (base 64), so that it says itself where it ends.
const LAST: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-";
const LEADING: &[u8; 29] = b" !#$%&'()*,./:;<=>?@[]^_`{|}~";

/// The numbers of notices, growing, as they are written.
#[derive(Default)]
struct Posting {
    /// The last notice, counted from 1; 0 for none.
    last: u32,
    /// Digits of ASCII. Most are so few that they need no place of their own: there are hundreds of thousands of postings.
    written: SmallVec<[u8; 16]>,
}

impl Posting {
    /// Adds a notice after those before.
    fn add(&mut self, notice: u32, class: u8) {
        // Most places are of the last class, which is to be the smallest number.
        write((notice - self.last) * u32::from(CLASSES) + u32::from(CLASSES - 1 - class), &mut self.written);
        self.last = notice + 1;
    }
}

fn write(number: u32, written: &mut SmallVec<[u8; 16]>) {
    let (leading, last) = (number / 64, number % 64);
    lead(leading, written);
    written.push(LAST[last as usize]);
}

/// Leading digits count from 1, so that none stands for nothing.
fn lead(leading: u32, written: &mut SmallVec<[u8; 16]>) {
    if let Some(rest) = leading.checked_sub(1) {
        lead(rest / 29, written);
        written.push(LEADING[(rest % 29) as usize]);
    }
}

/// One sign, two or three, 21 bits each, the last one lowest.
type Token = u64;

/// As many bits as a sign has.
const SIGN: Token = (1 << 21) - 1;

/// Spreads tokens; the order of the map is never seen.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// Where the posting of a token is.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Counted from 1; 0 for none.
    posting: u32,
    /// The last notice, again: most signs stand in a notice more than once, and then no posting is touched.
    last: u32,
}

/// The index of a segment.
#[derive(Default)]
pub(super) struct Index {
    /// Of single signs, by their number; those beyond stand in `places`.
    singles: Vec<Place>,
    places: HashMap<Token, Place, BuildHasherDefault<Spread>>,
    postings: Vec<Posting>,
}

/// The bytes of an entry around its key and its posting.
const AROUND: usize = r#","":"""#.len();

/// Signs below are looked up by number: half of all look-ups.
const SINGLES: usize = 0x1_0000;

impl Index {
    /// Adds signs of a notice. Notices come in order, the texts of a notice in order of class, the weightiest first.
    pub(super) fn add(&mut self, notice: u32, class: u8, signs: &[char]) {
        self.singles.resize(SINGLES, Place::default());
        // The signs of the run so far, the last lowest; older ones have left at the top.
        let mut run: Token = 0;
        for &sign in signs {
            if sign == BREAK {
                run = 0;
                continue;
            }
            run = (run << 21 | Token::from(u32::from(sign))) & (SIGN << 42 | SIGN << 21 | SIGN);
            self.post(run & SIGN, notice, class);
            if run > SIGN {
                self.post(run & (SIGN << 21 | SIGN), notice, class);
            }
            if run >> 42 > 0 && is_ascii(run) {
                self.post(run, notice, class);
            }
        }
    }

    fn post(&mut self, token: Token, notice: u32, class: u8) {
        let single = usize::try_from(token).ok().and_then(|token| self.singles.get_mut(token));
        let place = single.unwrap_or_else(|| self.places.entry(token).or_default());
        // A notice that was added already has a weightier class.
        if place.last > notice {
            return;
        }
        place.last = notice + 1;
        if place.posting == 0 {
            self.postings.push(Posting::default());
            place.posting = self.postings.len() as u32;
        }
        self.postings[place.posting as usize - 1].add(notice, class);
    }

    /// The entries of each shard: `"充电":"…"` with commas between them.
    pub(super) fn shards(mut self, count: u32) -> Vec<String> {
        let singles = (0..).zip(self.singles).filter(|(_, place)| place.posting > 0);
        let mut tokens: Vec<(u32, Token, u32)> = singles
            .chain(self.places)
            .map(|(token, place)| (shard(signs(token), count), token, place.posting - 1))
            .collect();
        tokens.sort_unstable();
        let mut sizes = vec![0; count as usize];
        for (shard, token, place) in &tokens {
            let key: usize = signs(*token).map(char::len_utf8).sum();
            sizes[*shard as usize] += key + self.postings[*place as usize].written.len() + AROUND;
        }
        let mut shards: Vec<String> = sizes.into_iter().map(String::with_capacity).collect();
        for (shard, token, place) in tokens {
            let entries = &mut shards[shard as usize];
            entries.push_str(if entries.is_empty() { "\"" } else { ",\"" });
            entries.extend(signs(token));
            entries.push_str("\":\"");
            // Let go one by one: together they are as large as what is made of them.
            let posting = std::mem::take(&mut self.postings[place as usize]);
            entries.extend(posting.written.iter().map(|digit| char::from(*digit)));
            entries.push('"');
        }
        shards
    }
}

fn is_ascii(token: Token) -> bool {
    const BEYOND: Token = SIGN & !0x7F;
    token & (BEYOND << 42 | BEYOND << 21 | BEYOND) == 0
}

fn signs(token: Token) -> impl Iterator<Item = char> {
    let codes = [token >> 42, token >> 21 & SIGN, token & SIGN].into_iter().filter(|code| *code > 0);
    codes.filter_map(|code| u32::try_from(code).ok().and_then(char::from_u32))
}

/// The shard of a token: FNV-1a over its characters, mixed once more.
pub(super) fn shard(signs: impl Iterator<Item = char>, count: u32) -> u32 {
    let hash = signs.fold(0x811c_9dc5_u32, |hash, sign| (hash ^ u32::from(sign)).wrapping_mul(0x0100_0193));
    (hash ^ hash >> 15) % count
}

/// The entry of a filter: numbers of notices in order.
pub(super) fn entry(notices: impl Iterator<Item = u32>) -> String {
    let mut posting = Posting::default();
    notices.for_each(|notice| posting.add(notice, CLASSES - 1));
    posting.written.iter().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(notices: &[&str]) -> String {
        let mut index = Index::default();
        for (number, text) in (0_u32..).zip(notices) {
            let (title, rest) = text.split_once('|').unwrap_or(("", text));
            index.add(number, 0, &title.chars().collect::<Vec<_>>());
            index.add(number, 3, &rest.chars().collect::<Vec<_>>());
        }
        index.shards(1).remove(0)
    }

    #[test]
    fn signs_pairs_and_three_of_ascii_are_posted_and_no_break_is_bridged() {
        let expected =
            [r#""1":"0""#, r#""甲":"0""#, r#""12":"0""#, r#""2":"0""#, r#""3":"0""#, r#""乙":"0""#, r#""23":"0""#];
        let entries = index(&["甲123\n乙"]);
        for entry in expected {
            assert!(entries.contains(entry), "{entry} in {entries}");
        }
        assert!(entries.contains(r#""123":"0""#) && entries.contains(r#""甲1":"0""#));
        assert!(!entries.contains("3乙") && !entries.contains("甲12"), "{entries}");
    }

    #[test]
    fn a_posting_counts_the_gap_and_keeps_the_weightiest_class() {
        // Number 0 in the title, 2 in the rest, 40 in the title.
        let texts: Vec<&str> = (0..41)
            .map(|number| ["甲|甲", "", "甲"].get(number).copied().unwrap_or(if number == 40 { "甲|" } else { "" }))
            .collect();
        assert_eq!(index(&texts), r#""甲":"34!N""#);
        let mut written = SmallVec::new();
        [0, 63, 64, 64 * 29 + 63, 64 * 30, 1 << 20].into_iter().for_each(|number| write(number, &mut written));
        assert_eq!(written.as_slice(), b"0- 0~-  0?/}0");
    }
}
