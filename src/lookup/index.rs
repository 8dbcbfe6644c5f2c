//! The data of the look-up, dealt to its files.
//!
//! In: notices. Out: which files there are, and the text of each when it is asked for. Planning sorts what stands under
//! which key; nothing is written twice, and nothing before it is needed.

use super::batches::Written;
use super::card::card;
use super::posting::{self, Posting};
use super::{FORMAT, ROWS, Subject, keys, prefix, shard};
use crate::artifact::Key;
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::json::script_safe;
use rayon::prelude::*;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A file of the look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    /// The keys of this number.
    Keys(u32),
    /// A notice, by its place in the order of answers, and which part of its products.
    Notice(usize, usize),
}

/// What stands under keys, and what beginnings offer: each in order.
#[derive(Debug)]
struct Gathered {
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
#[derive(Debug)]
pub(crate) struct Index<'a> {
    subjects: Vec<Subject<'a>>,
    /// The ids, with `!` before those that no longer hold.
    names: Vec<String>,
    shards: u32,
    /// What stands in the files of keys, made when the first of them is asked for: a fourth of what it is made of.
    keys: OnceLock<Result<Vec<String>, Box<Diagnostic>>>,
    /// Of each subject, and of all that keys are made of.
    digests: Vec<Digest>,
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
    pub(crate) fn of(subjects: Vec<Subject<'a>>) -> Self {
        let mut subjects: Vec<Subject<'a>> =
            subjects.into_iter().filter(|subject| !subject.products.is_empty()).collect();
        subjects.sort_by(|one, other| {
            let order = |subject: &Subject<'a>| (subject.is_live, subject.entry.published.iso.clone(), subject.id);
            order(other).cmp(&order(one))
        });
        let mark = |subject: &Subject<'a>| if subject.is_live { "" } else { "!" };
        let names: Vec<String> = subjects.iter().map(|subject| format!("{}{}", mark(subject), subject.id)).collect();
        let shards = shard::count(subjects.iter().flat_map(|subject| subject.products).map(shard::room).sum());
        let (digests, keyed) = (digests(&subjects), keyed(&subjects, shards));
        Self { subjects, names, shards, keys: OnceLock::new(), digests, keyed }
    }

    fn keys(&self, number: u32) -> Result<&str, Box<Diagnostic>> {
        let make = || {
            let dealt = Dealt::of(Gathered::of(&self.subjects), self.shards);
            (0..self.shards).map(|number| script_safe(&dealt.values(number, &self.names))).collect()
        };
        let keys = self.keys.get_or_init(make).as_ref().map_err(Clone::clone)?;
        Ok(keys.get(number as usize).map_or("{}", String::as_str))
    }

    /// How many files hold keys.
    pub(crate) fn shard_count(&self) -> u32 {
        self.shards
    }

    /// Changes whenever a file does: a digest of all that files are made of.
    pub(crate) fn stamp(&self) -> String {
        let digests = self.digests.iter().map(Digest::to_string);
        Digest::of(std::iter::once(FORMAT.to_owned()).chain(digests).collect::<Vec<_>>().join("\n").as_bytes()).short()
    }

    /// What a file is made of.
    pub(crate) fn parts(&self, file: File) -> Key {
        match file {
            File::Keys(_) => self.keyed,
            File::Notice(place, _) => Key::of(self.digests.get(place).map(Digest::bytes)),
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
        let (name, json) = match file {
            File::Keys(number) => (format!("{address}/{}", self.shards), Cow::Borrowed(self.keys(number)?)),
            File::Notice(place, part) => {
                let cards = self.subjects.get(place).into_iter();
                let mut cards = cards.flat_map(|subject| {
                    subject.products.chunks(ROWS).skip(part).take(1).map(move |products| card(subject, products))
                });
                (address, Cow::Owned(script_safe(&cards.next())?))
            }
        };
        Ok(format!("jingshiLookup.take(\"{name}\",{json});\n"))
    }
}

fn digests(subjects: &[Subject<'_>]) -> Vec<Digest> {
    let of = |Subject { id, entry, is_live, actions, products }: &Subject<'_>| {
        // The view itself, so that it is not prepared for templates here.
        digest(&(id, &**entry, is_live, actions, products))
    };
    subjects.par_iter().map(of).collect()
}

/// The digest of a value as JSON. What has no such form is not written into a file either.
fn digest<T: Serialize>(value: &T) -> Digest {
    Digest::of(&serde_json::to_vec(value).unwrap_or_default())
}

/// How a notice is shown is not for the keys: a new title changes one file.
fn keyed(subjects: &[Subject<'_>], shards: u32) -> Key {
    let part = |subject: &Subject<'_>| digest(&(subject.id, subject.is_live, subject.products));
    let parts: Vec<Digest> = subjects.par_iter().map(part).collect();
    Key::of(parts.iter().map(Digest::bytes).chain([digest(&(FORMAT, shards)).bytes()]))
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
            keys.push((shard::of(&group[0].key, shards), start));
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
            Some((&*group[0].key, Value::Rows(posting::written(group, names))))
        });
        let offers = of_file(&self.beginnings, number).filter_map(|at| self.gathered.offers.get(at));
        rows.chain(offers.map(|(key, texts)| (key.as_str(), Value::Offers(texts)))).collect()
    }
}

impl Gathered {
    fn of(subjects: &[Subject<'_>]) -> Self {
        let (mut postings, mut printed) = (Vec::new(), Vec::new());
        for (notice, subject) in (0_u32..).zip(subjects) {
            let mut written = Written::default();
            for (row, product) in (0_u32..).zip(subject.products) {
                let keys = keys::of(product, &mut written);
                let found = keys.found.into_iter();
                postings.extend(found.map(|(key, column)| Posting { key: key.into(), notice, column, row }));
                printed.extend(keys.printed);
            }
        }
        postings.sort_unstable();
        postings.dedup();
        // Of several spellings the first in order, whatever notice it comes from: nothing else may change it.
        printed.sort_unstable();
        printed.dedup_by(|later, first| later.0 == first.0);
        let offers = prefix::of(&printed).into_iter();
        let offers = offers.map(|(key, texts)| (key, texts.into_iter().map(str::to_owned).collect())).collect();
        Self { postings, offers }
    }

    /// The postings of each key.
    fn groups(&self) -> impl Iterator<Item = &[Posting]> {
        self.postings.chunk_by(|one, other| one.key == other.key)
    }
}
