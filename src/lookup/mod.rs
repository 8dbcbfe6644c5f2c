//! 查我的产品: what a reader types or scans, and which products of which notices it names.
//!
//! In: notices with what an answer shows of them. Out: script files with the data; `lookup.js` adds those it needs to the
//! page, since a page opened from disk may not fetch. Two kinds:
//!
//! - `lookup/k/<n>.js`: keys (see `keys`) to rows (see `posting`), and beginnings to what they may mean (see `prefix`).
//!   The file of a key follows from its hash, see `shard`.
//! - `lookup/n/<id>.js`: what an answer shows of a notice, and its products; 20 in a file, the next in `<id>.1.js`.
//!
//! So a question costs one small file a word and one a notice shown, and a correction changes the notice's own file. Never
//! decides whether a product is safe: what is not found is unknown.

mod form;
mod gtin;
mod keys;
mod posting;
mod prefix;
mod shard;
#[cfg(test)]
mod tests;

use crate::notice::Product;
use crate::view::EntryView;
use posting::Posting;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many products stand in one file of a notice.
const ROWS: usize = 20;

/// A notice, and how it is shown in a list.
#[derive(Debug, Clone)]
pub(crate) struct Subject<'a> {
    /// Its permanent name.
    pub id: &'a str,
    /// How it is shown.
    pub entry: EntryView,
    /// What to do, the most urgent first.
    pub actions: &'a [String],
    /// The products meant by the version that holds.
    pub products: &'a [Product],
}

impl Subject<'_> {
    /// Whether it still asks for something to be done.
    fn is_live(&self) -> bool {
        !self.entry.marks.iter().any(|mark| matches!(mark.tone, "expired" | "withdrawn"))
    }
}

/// A file of the look-up: its path, and its text.
pub(crate) type File = (String, String);

/// The data of the look-up.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    subjects: Vec<Subject<'a>>,
    shards: BTreeMap<u32, BTreeMap<String, Value>>,
}

/// What stands under a key or a beginning.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Value {
    Rows(String),
    Offers(Vec<String>),
}

impl Value {
    fn len(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Offers(texts) => texts.iter().map(|text| text.len() + 3).sum(),
        }
    }
}

/// What an answer shows of a notice.
#[derive(Serialize)]
struct Card<'a> {
    href: &'a str,
    title: &'a str,
    kind: [&'a str; 2],
    /// Rank and name.
    level: Option<(usize, &'a str)>,
    published: &'a str,
    /// Tone and label.
    marks: Vec<[&'a str; 2]>,
    /// What to do first; empty where it no longer holds.
    action: &'a str,
    /// The columns of [`Product`], without empty ones at the end.
    products: Vec<Vec<&'a str>>,
}

impl<'a> Index<'a> {
    /// The data of notices. What still holds comes before what does not, then the newer before the older.
    pub(crate) fn of(subjects: Vec<Subject<'a>>) -> Self {
        let mut subjects: Vec<Subject<'a>> =
            subjects.into_iter().filter(|subject| !subject.products.is_empty()).collect();
        subjects.sort_by(|one, other| {
            let order = |subject: &Subject<'a>| (subject.is_live(), subject.entry.published.iso.clone(), subject.id);
            order(other).cmp(&order(one))
        });
        let values = values(&subjects);
        let bytes = values.iter().map(|(key, value)| key.len() + value.len() + 6).sum();
        Self { shards: shard::deal(values, shard::count(bytes)), subjects }
    }

    /// How many files hold keys.
    pub(crate) fn shard_count(&self) -> usize {
        self.shards.len()
    }

    /// All files.
    pub(crate) fn files(&self) -> Vec<File> {
        let shards = self.shards.iter().map(|(number, values)| file(format!("k/{number:x}"), values));
        let cards = self.subjects.iter().flat_map(|subject| {
            subject.products.chunks(ROWS).enumerate().map(move |(number, products)| {
                let id = subject.id;
                let name = if number == 0 { format!("n/{id}") } else { format!("n/{id}.{number}") };
                file(name, &card(subject, products))
            })
        });
        shards.chain(cards).collect()
    }
}

/// Everything that can be asked for.
fn values(subjects: &[Subject<'_>]) -> BTreeMap<String, Value> {
    let mut postings: BTreeMap<String, Posting> = BTreeMap::new();
    let mut printed: BTreeMap<String, String> = BTreeMap::new();
    for (number, subject) in subjects.iter().enumerate() {
        for (row, product) in subject.products.iter().enumerate() {
            let keys = keys::of(product);
            for (key, column) in keys.found {
                postings.entry(key).or_default().add(number, row, column);
            }
            // Of several spellings the first in order, whatever notice it comes from: nothing else may change it.
            for (key, text) in keys.printed {
                let text = std::cmp::min(printed.remove(&key).unwrap_or_else(|| text.clone()), text);
                printed.insert(key, text);
            }
        }
    }
    let ids: Vec<&str> = subjects.iter().map(|subject| subject.id).collect();
    let rows = postings.into_iter().map(|(key, posting)| (key, Value::Rows(posting.written(&ids))));
    let offers = prefix::of(&printed)
        .into_iter()
        .map(|(beginning, texts)| (beginning, Value::Offers(texts.into_iter().map(str::to_owned).collect())));
    rows.chain(offers).collect()
}

fn card<'a>(subject: &'a Subject<'_>, products: &'a [Product]) -> Card<'a> {
    let entry = &subject.entry;
    let action = subject.actions.first().filter(|_| subject.is_live());
    Card {
        href: &entry.href,
        title: &entry.title,
        kind: [&entry.kind.slug, &entry.kind.name],
        level: entry.level.as_ref().map(|level| (level.rank, level.name.as_str())),
        published: &entry.published.chinese,
        marks: entry.marks.iter().map(|mark| [mark.tone, mark.label]).collect(),
        action: action.map_or("", String::as_str),
        products: products.iter().map(columns).collect(),
    }
}

fn columns(product: &Product) -> Vec<&str> {
    let Product { name, brand, model, batch, barcode, maker, sold } = product;
    let mut columns = vec![name.as_str(), brand, model, batch, barcode, maker, sold];
    while columns.last() == Some(&"") {
        columns.pop();
    }
    columns
}

/// A script that hands its data over under its own name.
fn file(name: String, data: &impl Serialize) -> File {
    // Strings, numbers and lists of them: nothing that JSON could not hold.
    let json = serde_json::to_string(data).unwrap_or_default();
    let json = json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    (format!("lookup/{name}.js"), format!("jingshiLookup.take(\"{name}\",{json});\n"))
}
