//! The inverted index of a segment: for every sign, every pair of signs and every three of ASCII side by side the notices
//! in which they stand, with the class of the weightiest place. Pairs of digits and letters alone would tell little: there
//! are few, and numbers of standards, models and bar codes are made of nothing else.
//!
//! In: the signs of notices, in order of number. Out: for each shard its entries, ready to be written, in a fixed order.
//! Notices are added one by one and posted at once in the form in which they are written, so that an index takes little
//! more memory than its files; a shard is put together when it is asked for.

mod postings;

use super::normal::BREAK;
use postings::{Posting, Postings};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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

/// The index of a segment that is being made.
#[derive(Default)]
pub(super) struct Builder {
    /// Of single signs, by their number; those beyond stand in `others`.
    singles: Vec<Posting>,
    others: HashMap<Token, Posting, BuildHasherDefault<Spread>>,
    written: Postings,
}

/// Signs below are looked up by number: half of all look-ups.
const SINGLES: usize = 0x1_0000;

impl Builder {
    /// Adds signs of a notice. Notices come in order, the texts of a notice in order of class, the weightiest first.
    pub(super) fn add(&mut self, notice: u32, class: u8, signs: &[char]) {
        self.singles.resize(SINGLES, Posting::default());
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
        let posting = single.unwrap_or_else(|| self.others.entry(token).or_default());
        // Most signs stand in a notice more than once. A notice that was added already has a weightier class.
        if !posting.has(notice) {
            self.written.add(posting, notice, class);
        }
    }

    /// The index of all that was added, with the filters of lists, cut into so many shards.
    pub(super) fn finish(self, count: u32, filters: impl Iterator<Item = (String, Vec<u32>)>) -> Index {
        let Self { singles, others, mut written } = self;
        let postings = (0..).zip(singles).filter(|(_, posting)| !posting.is_empty()).chain(others);
        let place = |(token, posting): (Token, Posting)| (shard(signs(token), count), token, posting.start());
        let mut tokens: Vec<_> = postings.map(place).collect();
        tokens.sort_unstable();
        let filters = filters.map(|(filter, notices)| {
            let posting = written.of(notices).start();
            (shard(filter.chars(), count), filter, posting)
        });
        let filters = filters.collect();
        Index { tokens, filters, written }
    }
}

/// The index of a segment.
pub(super) struct Index {
    /// The shard, the token, and where its posting is; in order.
    tokens: Vec<(u32, Token, u32)>,
    /// The same of filters, in the order of lists.
    filters: Vec<(u32, String, u32)>,
    written: Postings,
}

impl Index {
    /// The entries of a shard: `"充电":"…"` with commas between them.
    pub(super) fn shard(&self, shard: u32) -> String {
        let start = self.tokens.partition_point(|(other, ..)| *other < shard);
        let tokens = self.tokens[start..].iter().take_while(|(other, ..)| *other == shard);
        let filters = self.filters.iter().filter(|(other, ..)| *other == shard);
        let mut entries = String::new();
        tokens.for_each(|(_, token, posting)| self.enter(signs(*token), *posting, &mut entries));
        filters.for_each(|(_, filter, posting)| self.enter(filter.chars(), *posting, &mut entries));
        entries
    }

    fn enter(&self, key: impl Iterator<Item = char>, posting: u32, entries: &mut String) {
        entries.push_str(if entries.is_empty() { "\"" } else { ",\"" });
        entries.extend(key);
        entries.push_str("\":\"");
        self.written.read(posting).for_each(|digits| entries.extend(digits.iter().map(|digit| char::from(*digit))));
        entries.push('"');
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
fn shard(signs: impl Iterator<Item = char>, count: u32) -> u32 {
    let hash = signs.fold(0x811c_9dc5_u32, |hash, sign| (hash ^ u32::from(sign)).wrapping_mul(0x0100_0193));
    (hash ^ hash >> 15) % count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(notices: &[&str]) -> String {
        let mut index = Builder::default();
        for (number, text) in (0_u32..).zip(notices) {
            let (title, rest) = text.split_once('|').unwrap_or(("", text));
            index.add(number, 0, &title.chars().collect::<Vec<_>>());
            index.add(number, 3, &rest.chars().collect::<Vec<_>>());
        }
        index.finish(1, std::iter::empty()).shard(0)
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
    fn every_entry_stands_in_the_shard_that_is_asked_for_it_and_in_no_other() {
        let texts = ["甲乙丙abc123", "丁戊己", "甲丁x"];
        let build = |count: u32| {
            let mut index = Builder::default();
            (0..).zip(texts).for_each(|(number, text)| index.add(number, 3, &text.chars().collect::<Vec<_>>()));
            let filters = [("kind:a", vec![0, 2]), ("year:2024", vec![1])];
            index.finish(count, filters.into_iter().map(|(filter, notices)| (filter.to_owned(), notices)))
        };
        let entries = |shard: String| shard.split(',').map(str::to_owned).collect::<Vec<_>>();
        let mut whole = entries(build(1).shard(0));
        assert!(
            whole.contains(&r#""kind:a":"04""#.to_owned()) && whole.contains(&r#""甲":"04""#.to_owned()),
            "{whole:?}"
        );
        let index = build(7);
        let mut dealt = Vec::new();
        for number in 0..7 {
            let own = entries(index.shard(number)).into_iter().filter(|entry| !entry.is_empty());
            for entry in own {
                let key = entry.split('"').nth(1).unwrap();
                assert_eq!(shard(key.chars(), 7), number, "{entry}");
                dealt.push(entry);
            }
        }
        whole.sort();
        dealt.sort();
        assert_eq!(dealt, whole);
        assert_eq!(index.shard(7), "", "there is no such shard");
    }

    #[test]
    fn a_posting_counts_the_gap_and_keeps_the_weightiest_class() {
        // Number 0 in the title, 2 in the rest, 40 in the title.
        let texts: Vec<&str> = (0..41)
            .map(|number| ["甲|甲", "", "甲"].get(number).copied().unwrap_or(if number == 40 { "甲|" } else { "" }))
            .collect();
        assert_eq!(index(&texts), r#""甲":"34!N""#);
    }
}
