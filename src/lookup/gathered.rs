//! What stands under which key, of all notices together.
//!
//! In: notices, and how many files there are. Out: what stands in each file. A large site has millions of keys: they lie one
//! behind the other in one piece of memory, and what they lead to is put in order there.

use super::batches::Written;
use super::keys::{self, Keys};
use super::posting::{self, Posting};
use super::{Subject, prefix, shard};
use serde::Serialize;
use std::collections::BTreeMap;

/// Keys with what stands under them.
#[derive(Debug)]
pub(super) struct Gathered {
    keys: String,
    /// In order of file.
    postings: Vec<Posting>,
    /// Beginnings with what they offer, and their files; in order of file.
    offers: Vec<(u32, String, Vec<String>)>,
}

/// What stands under a key or a beginning.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Value<'a> {
    Rows(String),
    Offers(&'a [String]),
}

impl Gathered {
    /// What products of notices lead to, dealt to so many files.
    pub(super) fn of(subjects: &[Subject<'_>], files: u32) -> Self {
        let (mut keys, mut postings, mut printed) = (String::new(), Vec::new(), Printed::default());
        for (notice, subject) in (0_u32..).zip(subjects) {
            let mut written = Written::default();
            for (row, product) in (0_u32..).zip(subject.products) {
                let Keys { found, printed: looks } = keys::of(product, &mut written);
                let first = postings.len();
                postings.extend(found.into_iter().map(|(key, column)| {
                    let (start, file) = (keys.len(), shard::of(&key, files));
                    keys.push_str(&key);
                    // Longer ones are no keys.
                    Posting { start, length: key.len() as u16, file, notice, column, row }
                }));
                looks.into_iter().for_each(|(key, text)| printed.add(first + key, &text));
            }
        }
        let offers = printed.offers(&keys, &postings, files);
        postings.sort_unstable_by_key(|posting| posting.file);
        Self { keys, postings, offers }
    }

    /// What stands in a file; the names are those of the notices.
    pub(super) fn values(&self, file: u32, names: &[String]) -> BTreeMap<&str, Value<'_>> {
        let key = |posting: &&Posting| posting.key(&self.keys);
        let order = |posting: &&Posting| (posting.notice, posting.column, posting.row);
        // Here and not for all files at once: of files, many are made at the same time.
        let mut rows: Vec<&Posting> = of_file(&self.postings, file, |posting| posting.file).iter().collect();
        rows.sort_unstable_by(|one, other| (key(one), order(one)).cmp(&(key(other), order(other))));
        rows.dedup_by(|one, other| (key(one), order(one)) == (key(other), order(other)));
        let rows = rows.chunk_by(|one, other| key(one) == key(other));
        let rows = rows.map(|rows| (key(&rows[0]), Value::Rows(posting::written(rows, names))));
        let offers = of_file(&self.offers, file, |(file, ..)| *file).iter();
        rows.chain(offers.map(|(_, beginning, texts)| (beginning.as_str(), Value::Offers(texts)))).collect()
    }
}

/// What is dealt to a file, of what is in order of file.
fn of_file<T>(dealt: &[T], number: u32, file: impl Fn(&T) -> u32) -> &[T] {
    let place = |number: u32| dealt.partition_point(|dealt| file(dealt) < number);
    &dealt[place(number)..place(number.saturating_add(1))]
}

/// What is printed on products, one behind the other.
#[derive(Default)]
struct Printed {
    texts: String,
    /// The place of the posting with its key, where it begins, and where it ends.
    places: Vec<(usize, usize, usize)>,
}

impl Printed {
    fn add(&mut self, posting: usize, text: &str) {
        let start = self.texts.len();
        self.texts.push_str(text);
        self.places.push((posting, start, self.texts.len()));
    }

    /// What beginnings of it offer. Of several spellings the first in order, whatever notice it comes from: nothing else may
    /// change it.
    fn offers(self, keys: &str, postings: &[Posting], files: u32) -> Vec<(u32, String, Vec<String>)> {
        let Self { texts, mut places } = self;
        let key = |(posting, ..): &(usize, usize, usize)| postings[*posting].key(keys);
        let text = |(_, start, end): &(usize, usize, usize)| &texts[*start..*end];
        places.sort_unstable_by(|one, other| (key(one), text(one)).cmp(&(key(other), text(other))));
        places.dedup_by(|other, first| key(other) == key(first));
        let printed: Vec<(&str, &str)> = places.iter().map(|place| (key(place), text(place))).collect();
        let offers = prefix::of(&printed).into_iter().map(|(beginning, texts)| {
            let texts = texts.into_iter().map(str::to_owned).collect();
            (shard::of(&beginning, files), beginning, texts)
        });
        let mut offers: Vec<_> = offers.collect();
        offers.sort_by_key(|(file, ..)| *file);
        offers
    }
}
