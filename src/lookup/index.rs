//! The data of the look-up, dealt to its files.
//!
//! In: notices. Out: which files there are, and the text of each when it is asked for: nothing is written before it is
//! needed.

use super::card::card;
use super::gathered::Gathered;
use super::{FORMAT, ROWS, Shown, Subject, shard};
use crate::artifact::{Key, Shared};
use crate::diag::Diagnostic;
use crate::json::script_safe;
use crate::notice::Product;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::convert::Infallible;

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

/// The data of the look-up.
pub(crate) struct Index<'a> {
    subjects: Vec<Subject<'a>>,
    shown: Shown<'a>,
    /// The ids, with `!` before those that no longer hold.
    names: Vec<String>,
    shards: u32,
    /// What stands in the files of keys.
    keys: Shared<Gathered>,
    /// Of all that keys are made of.
    keyed: Key,
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
                let Ok(keys) = self.keys.get(|| Ok::<_, Infallible>(Gathered::of(&self.subjects, self.shards)));
                written(&format!("{address}/{}", self.shards), &script_safe(&keys.values(number, &self.names))?)
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
