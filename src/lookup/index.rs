//! The data of the look-up, dealt to its files.
//!
//! In: notices. Out: which files there are, and the text of each when it is asked for. Planning sorts what stands under
//! which key; nothing is written twice, and nothing before it is needed.

use super::batches::Written;
use super::card::card;
use super::posting::{self, Posting};
use super::{FORMAT, ROWS, Shown, Subject, keys, prefix, shard};
use crate::artifact::{Key, Shared};
use crate::diag::Diagnostic;
use crate::json::script_safe;
use crate::notice::Product;
use rayon::prelude::*;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A file of the look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    /// The keys of this number.
    Keys(u32),
    /// A notice, by its place in the order of answers, and which part of its products.
    Notice(usize, usize),
}

impl File {
    /// Whether it shares with others all keys of the site, which are kept until the last of them is written.
    pub(crate) fn is_of_keys(self) -> bool {
        matches!(self, Self::Keys(_))
    }
}

/// What stands under keys, and what beginnings offer: each in order.
#[derive(Debug)]
struct Gathered {
    keys: Vec<String>,
    postings: Vec<Posting>,
    offers: Vec<(String, Vec<String>)>,
}

/// What was gathered, dealt to files.
#[derive(Debug)]
struct Dealt {
    gathered: Gathered,
    /// Which file, and where in the postings its key begins; in order.
    keys: Vec<(u32, usize)>,
    /// Which file, and which offer; in order.
    beginnings: Vec<(u32, usize)>,
}

/// The data of the look-up.
pub(crate) struct Index<'a> {
    subjects: Vec<Subject<'a>>,
    shown: Shown<'a>,
    /// The ids, with `!` before those that no longer hold.
    names: Vec<String>,
    shards: u32,
    /// What stands in the files of keys: a fourth of what it is made of.
    keys: Shared<Vec<String>>,
    /// Of all that keys are made of.
    keyed: Key,
}

/// What stands under a key or a beginning.
#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Rows(String),
    Offers(&'a [String]),
}

impl<'a> Index<'a> {
    /// The data of notices. What still holds comes before what does not, then the newer before the older.
    pub(crate) fn of(subjects: Vec<Subject<'a>>, shown: Shown<'a>) -> Self {
        let mut subjects: Vec<Subject<'a>> =
            subjects.into_iter().filter(|subject| !subject.products.is_empty()).collect();
        subjects.sort_by_key(|subject| Reverse((subject.is_live, subject.published, subject.id)));
        let mark = |subject: &Subject<'a>| if subject.is_live { "" } else { "!" };
        let names: Vec<String> = subjects.iter().map(|subject| format!("{}{}", mark(subject), subject.id)).collect();
        let shards = shard::count(subjects.iter().flat_map(|subject| subject.products).map(shard::room).sum());
        let keyed = keyed(&subjects, shards);
        Self { subjects, shown, names, shards, keys: Shared::new(shards as usize), keyed }
    }

    fn keys(&self) -> Result<Arc<Vec<String>>, Box<Diagnostic>> {
        self.keys.get(|| {
            let dealt = Dealt::of(Gathered::of(&self.subjects), self.shards);
            (0..self.shards).map(|number| script_safe(&dealt.values(number, &self.names))).collect()
        })
    }

    /// How many files hold keys.
    pub(crate) fn shard_count(&self) -> u32 {
        self.shards
    }

    /// Changes whenever a file does, as far as notices go.
    pub(crate) fn stamp(&self) -> Key {
        let facts = self.subjects.iter().map(|subject| subject.facts);
        Key::of(std::iter::once(Key::of([FORMAT])).chain(facts))
    }

    /// What a file is made of.
    pub(crate) fn parts(&self, file: File) -> Key {
        match file {
            File::Keys(_) => self.keyed,
            File::Notice(place, _) => Key::of(self.subjects.get(place).map(|subject| subject.facts)),
        }
    }

    /// All files. Those without a key are there too, or a reader could not tell “nothing” from “not loaded”.
    pub(crate) fn files(&self) -> Vec<File> {
        let notices = self.subjects.iter().enumerate().flat_map(|(place, subject)| {
            (0..subject.products.len().div_ceil(ROWS)).map(move |part| File::Notice(place, part))
        });
        (0..self.shards).map(File::Keys).chain(notices).collect()
    }

    /// Where a file goes, relative to the root.
    pub(crate) fn path(&self, file: File) -> String {
        format!("lookup/{}.js", self.address(file))
    }

    fn address(&self, file: File) -> String {
        let id = |place: usize| self.subjects.get(place).map_or("", |subject| subject.id);
        match file {
            File::Keys(number) => format!("k/{number:x}"),
            File::Notice(place, 0) => format!("n/{}", id(place)),
            File::Notice(place, part) => format!("n/{}.{part}", id(place)),
        }
    }

    /// A file, as a script that hands its data over under its name. With another number of files a key would stand
    /// elsewhere: it is part of the name, and the page takes none of another.
    ///
    /// # Errors
    /// The data has no form in JSON.
    pub(crate) fn text(&self, file: File) -> Result<String, Box<Diagnostic>> {
        let address = self.address(file);
        let written = |name: &str, json: &str| format!("jingshiLookup.take(\"{name}\",{json});\n");
        Ok(match file {
            File::Keys(number) => {
                let keys = self.keys()?;
                written(&format!("{address}/{}", self.shards), keys.get(number as usize).map_or("{}", String::as_str))
            }
            File::Notice(place, part) => {
                let subject = self.subjects.get(place);
                let entry = subject.map(|subject| (self.shown)(subject.place));
                let products = subject.and_then(|subject| subject.products.chunks(ROWS).nth(part));
                let shown = subject.zip(entry.as_ref()).zip(products);
                let card = shown.map(|((subject, entry), products)| card(subject, entry, products));
                written(&address, &script_safe(&card)?)
            }
        })
    }
}

/// How a notice is shown is not for the keys: a new title changes one file.
fn keyed(subjects: &[Subject<'_>], shards: u32) -> Key {
    let part = |subject: &Subject<'_>| {
        let head = [subject.id, if subject.is_live { "" } else { "!" }];
        Key::of(head.into_iter().chain(subject.products.iter().flat_map(texts)))
    };
    let parts: Vec<Key> = subjects.par_iter().map(part).collect();
    Key::of(parts.into_iter().chain([Key::of([FORMAT.to_owned(), shards.to_string()])]))
}

/// All that a product is.
fn texts(product: &Product) -> [&str; 7] {
    let Product { name, brand, model, batch, barcode, maker, sold } = product;
    [name, brand, model, batch, barcode, maker, sold]
}

/// What is dealt to a file.
fn of_file(dealt: &[(u32, usize)], number: u32) -> impl Iterator<Item = usize> {
    let first = dealt.partition_point(|(file, _)| *file < number);
    dealt[first..].iter().take_while(move |(file, _)| *file == number).map(|(_, place)| *place)
}

impl Dealt {
    fn of(gathered: Gathered, shards: u32) -> Self {
        let mut keys = Vec::new();
        let mut start = 0;
        for group in gathered.groups() {
            keys.push((shard::of(gathered.key(group), shards), start));
            start += group.len();
        }
        let offers = gathered.offers.iter().enumerate();
        let mut beginnings: Vec<(u32, usize)> = offers.map(|(at, (key, _))| (shard::of(key, shards), at)).collect();
        keys.sort_unstable();
        beginnings.sort_unstable();
        Self { gathered, keys, beginnings }
    }

    /// What stands in a file.
    fn values(&self, number: u32, names: &[String]) -> BTreeMap<&str, Value<'_>> {
        let rows = of_file(&self.keys, number).filter_map(|start| {
            let group = self.gathered.postings[start..].chunk_by(|one, other| one.key == other.key).next()?;
            Some((self.gathered.key(group), Value::Rows(posting::written(group, names))))
        });
        let offers = of_file(&self.beginnings, number).filter_map(|at| self.gathered.offers.get(at));
        rows.chain(offers.map(|(key, texts)| (key.as_str(), Value::Offers(texts)))).collect()
    }
}

impl Gathered {
    fn of(subjects: &[Subject<'_>]) -> Self {
        // The order of the map is never seen.
        let (mut numbers, mut postings) = (HashMap::<String, u32>::new(), Vec::new());
        let mut printed = BTreeMap::<String, String>::new();
        for (notice, subject) in (0_u32..).zip(subjects) {
            let mut written = Written::default();
            for (row, product) in (0_u32..).zip(subject.products) {
                let keys = keys::of(product, &mut written);
                postings.extend(keys.found.into_iter().map(|(key, column)| {
                    let next = numbers.len() as u32;
                    Posting { key: *numbers.entry(key).or_insert(next), notice, column, row }
                }));
                keys.printed.into_iter().for_each(|(key, text)| keep_first(&mut printed, key, text));
            }
        }
        let keys = in_order(numbers, &mut postings);
        let printed: Vec<(String, String)> = printed.into_iter().collect();
        let offers = prefix::of(&printed).into_iter();
        let offers = offers.map(|(key, texts)| (key, texts.into_iter().map(str::to_owned).collect())).collect();
        Self { keys, postings, offers }
    }

    /// The key of its postings.
    fn key(&self, postings: &[Posting]) -> &str {
        postings.first().and_then(|posting| self.keys.get(posting.key as usize)).map_or("", String::as_str)
    }

    /// The postings of each key.
    fn groups(&self) -> impl Iterator<Item = &[Posting]> {
        self.postings.chunk_by(|one, other| one.key == other.key)
    }
}

/// Of several spellings the first in order, whatever notice it comes from: nothing else may change it.
fn keep_first(printed: &mut BTreeMap<String, String>, key: String, text: String) {
    match printed.entry(key) {
        Entry::Occupied(mut known) if text < *known.get() => drop(known.insert(text)),
        Entry::Occupied(_) => {}
        Entry::Vacant(place) => drop(place.insert(text)),
    }
}

/// The keys in order; postings, which had their numbers, get their places and are put in order, too.
fn in_order(numbers: HashMap<String, u32>, postings: &mut Vec<Posting>) -> Vec<String> {
    let mut keys: Vec<(String, u32)> = numbers.into_iter().collect();
    keys.sort_unstable();
    let mut places = vec![0; keys.len()];
    for (place, (_, number)) in (0_u32..).zip(&keys) {
        places[*number as usize] = place;
    }
    postings.iter_mut().for_each(|posting| posting.key = places[posting.key as usize]);
    postings.sort_unstable();
    postings.dedup();
    keys.into_iter().map(|(key, _)| key).collect()
}
