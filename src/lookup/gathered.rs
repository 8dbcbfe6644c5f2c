//! What stands under which key, of all notices together.
//!
//! In: notices, and how many files there are. Out: what stands in each file. A large site has millions of keys: they lie one
//! behind the other in one piece of memory, and what they lead to is put in order there.

use super::batches::Written;
use super::posting::{self, Posting};
use super::{Subject, keys, prefix, shard};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// Keys with what stands under them.
#[derive(Debug)]
pub(super) struct Gathered {
    texts: String,
    /// In order of file, of key, and of answers.
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

/// A key, and what is printed that has it.
struct Printed {
    key: Range<usize>,
    text: Range<usize>,
}

impl Gathered {
    /// What products of notices lead to, dealt to so many files.
    pub(super) fn of(subjects: &[Subject<'_>], files: u32) -> Self {
        let (mut texts, mut postings, mut printed) = (String::new(), Vec::new(), Vec::new());
        let put = |texts: &mut String, text: &str| {
            let start = texts.len();
            texts.push_str(text);
            start..texts.len()
        };
        for (notice, subject) in (0_u32..).zip(subjects) {
            let mut written = Written::default();
            for (row, product) in (0_u32..).zip(subject.products) {
                let keys = keys::of(product, &mut written);
                postings.extend(keys.found.into_iter().map(|(key, column)| {
                    let file = shard::of(&key, files);
                    Posting { key: put(&mut texts, &key), file, notice, column, row }
                }));
                let looks = keys.printed.into_iter();
                printed.extend(
                    looks.map(|(key, text)| Printed { key: put(&mut texts, &key), text: put(&mut texts, &text) }),
                );
            }
        }
        let offers = offers(&texts, printed, files);
        let order = |posting: &Posting| (posting.notice, posting.column, posting.row);
        postings.par_sort_unstable_by(|one, other| {
            let by_key = || texts[one.key.clone()].cmp(&texts[other.key.clone()]);
            one.file.cmp(&other.file).then_with(by_key).then_with(|| order(one).cmp(&order(other)))
        });
        postings
            .dedup_by(|one, other| order(one) == order(other) && texts[one.key.clone()] == texts[other.key.clone()]);
        Self { texts, postings, offers }
    }

    /// What stands in a file; the names are those of the notices.
    pub(super) fn values(&self, file: u32, names: &[String]) -> BTreeMap<&str, Value<'_>> {
        let key = |posting: &Posting| &self.texts[posting.key.clone()];
        let rows = of_file(&self.postings, file, |posting| posting.file).chunk_by(|one, other| key(one) == key(other));
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

/// What beginnings of what is printed offer. Of several spellings the first in order, whatever notice it comes from: nothing
/// else may change it.
fn offers(texts: &str, printed: Vec<Printed>, files: u32) -> Vec<(u32, String, Vec<String>)> {
    let both = |Printed { key, text }: Printed| (&texts[key], &texts[text]);
    let mut printed: Vec<(&str, &str)> = printed.into_iter().map(both).collect();
    printed.par_sort_unstable();
    printed.dedup_by(|other, first| other.0 == first.0);
    let offers = prefix::of(&printed).into_iter().map(|(beginning, texts)| {
        let texts = texts.into_iter().map(str::to_owned).collect();
        (shard::of(&beginning, files), beginning, texts)
    });
    let mut offers: Vec<_> = offers.collect();
    offers.sort_by_key(|(file, ..)| *file);
    offers
}
