//! The inverted index of a segment: for every sign and every pair of signs the notices in which it stands, with the
//! class of the weightiest place.
//!
//! In: the signs of notices, in order of number. Out: for each shard its entries, ready to be written, in a fixed order.
//! Notices are added one by one and posted at once in the form in which they are written, so that an index takes little
//! more memory than its files.

use super::normal::BREAK;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Digits of numbers in postings: every printable sign of ASCII that needs no escape in a script. A number is written
/// with leading digits (base 29) and a last one (base 64), so that it says itself where it ends.
const LAST: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-";
const LEADING: &[u8; 29] = b" !#$%&'()*,./:;<=>?@[]^_`{|}~";

/// The numbers of notices, growing.
struct Posting {
    /// The last notice, counted from 1; 0 for none.
    last: u32,
    written: Vec<u8>,
}

impl Posting {
    /// Adds a notice, unless it was added already: then the class was a weightier one.
    fn add(&mut self, notice: u32, class: u8) {
        if self.last > notice {
            return;
        }
        // Most places are of the last class, which is to be the smallest number.
        let number =
            (notice - self.last) * u32::from(super::record::CLASSES) + u32::from(super::record::CLASSES - 1 - class);
        self.last = notice + 1;
        write(number, &mut self.written);
    }
}

fn write(number: u32, written: &mut Vec<u8>) {
    let (mut leading, last) = (number / 64, number % 64);
    let from = written.len();
    while leading > 0 {
        leading -= 1;
        written.push(LEADING[(leading % 29) as usize]);
        leading /= 29;
    }
    written[from..].reverse();
    written.push(LAST[last as usize]);
}

/// One sign, or two.
type Token = u64;

fn token(first: Option<char>, second: char) -> Token {
    u64::from(first.map_or(0, u32::from)) << 32 | u64::from(second)
}

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

/// The index of a segment.
#[derive(Default)]
pub(super) struct Index {
    places: HashMap<Token, u32, BuildHasherDefault<Spread>>,
    postings: Vec<Posting>,
}

impl Index {
    /// Adds signs of a notice. Notices come in order, the texts of a notice in order of class, the weightiest first.
    pub(super) fn add(&mut self, notice: u32, class: u8, signs: &[char]) {
        let mut before = None;
        for &sign in signs {
            if sign == BREAK {
                before = None;
                continue;
            }
            self.post(token(None, sign), notice, class);
            if before.is_some() {
                self.post(token(before, sign), notice, class);
            }
            before = Some(sign);
        }
    }

    fn post(&mut self, token: Token, notice: u32, class: u8) {
        let place = *self.places.entry(token).or_insert_with(|| {
            self.postings.push(Posting { last: 0, written: Vec::new() });
            self.postings.len() as u32 - 1
        });
        self.postings[place as usize].add(notice, class);
    }

    /// The entries of each shard: `"充电":"…"` with commas between them.
    pub(super) fn shards(self, count: u32) -> Vec<String> {
        let mut tokens: Vec<(u32, Token, u32)> =
            self.places.into_iter().map(|(token, place)| (shard(signs(token), count), token, place)).collect();
        tokens.sort_unstable();
        let mut shards = vec![String::new(); count as usize];
        for (shard, token, place) in tokens {
            let entries = &mut shards[shard as usize];
            entries.push_str(if entries.is_empty() { "\"" } else { ",\"" });
            entries.extend(signs(token));
            entries.push_str("\":\"");
            entries.extend(self.postings[place as usize].written.iter().map(|digit| char::from(*digit)));
            entries.push('"');
        }
        shards
    }
}

fn signs(token: Token) -> impl Iterator<Item = char> {
    [token >> 32, token & 0xFFFF_FFFF]
        .into_iter()
        .filter(|code| *code > 0)
        .filter_map(|code| char::from_u32(code as u32))
}

/// The shard of a token: FNV-1a over its characters, mixed once more.
pub(super) fn shard(signs: impl Iterator<Item = char>, count: u32) -> u32 {
    let hash = signs.fold(0x811c_9dc5_u32, |hash, sign| (hash ^ u32::from(sign)).wrapping_mul(0x0100_0193));
    (hash ^ hash >> 15) % count
}

/// The entry of a filter: numbers of notices in order.
pub(super) fn entry(notices: impl Iterator<Item = u32>) -> String {
    let mut posting = Posting { last: 0, written: Vec::new() };
    notices.for_each(|notice| posting.add(notice, super::record::CLASSES - 1));
    posting.written.into_iter().map(char::from).collect()
}
