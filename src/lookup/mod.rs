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
//!
//! No file of another edition is believed: all are asked for with one stamp, and a file of keys hands itself over under a
//! name with the number of such files. Keys are gathered when the first of their files is asked for.

mod batches;
mod card;
mod form;
mod gathered;
mod gtin;
mod index;
mod keys;
mod posting;
mod prefix;
mod shard;
#[cfg(test)]
mod tests;

pub(crate) use index::Index;

use crate::artifact::Key;
use crate::moment::Moment;
use crate::notice::Product;
use crate::view::EntryView;

/// How many products stand in one file of a notice.
const ROWS: usize = 20;

/// Changes with what the program makes of notices, so that no old file is taken for a new one.
const FORMAT: &str = concat!(env!("CARGO_PKG_VERSION"), " 3");

/// The form in which names, models and batches are compared; empty where there is none.
pub fn normal_form(text: &str) -> String {
    form::normal(text)
}

/// How a notice is shown in a list, by its place among all notices.
pub(crate) type Shown<'a> = Box<dyn Fn(usize) -> EntryView + Send + Sync + 'a>;

/// A notice.
#[derive(Debug, Clone)]
pub(crate) struct Subject<'a> {
    /// Its permanent name.
    pub id: &'a str,
    /// Changes with anything below.
    pub facts: Key,
    /// Its place among all notices.
    pub place: usize,
    /// When it was first published.
    pub published: Moment,
    /// Whether it still asks for something to be done.
    pub is_live: bool,
    /// What to do, the most urgent first.
    pub actions: &'a [String],
    /// The products meant by the version that holds.
    pub products: &'a [Product],
}
