//! The register of standards that notices cite: which is mandatory, from when, until when and replaced by what; and the
//! standard numbers in Chinese prose, well written or not.
//!
//! In: the table in the binary, a site's own table as text, any prose. Out: standards, their state on a day, mentions
//! with byte ranges. It knows no notice and judges none: what a rule makes of a mention is written elsewhere. A fact
//! nobody could show a source for is left out of the table: a wrong date would make a clerk publish a wrong correction.

mod folded;
mod mentions;
mod number;
mod read;
mod spelling;

pub use mentions::{Mention, What, mentions};
pub use number::Number;
pub use read::COLUMNS;

use crate::diag::Outcome;
use crate::moment::Day;
use std::collections::BTreeMap;

/// A site's own table, beside `site.yaml`.
pub const FILE: &str = "standards.csv";

/// The table in the binary, named in its own diagnostics only.
const BUNDLED: (&str, &str) = ("src/standards/standards.csv", include_str!("standards.csv"));

/// Whether a standard binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// 强制性: must be met.
    Mandatory,
    /// 推荐性: binds whoever declares it.
    Recommended,
}

impl Nature {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Mandatory, Self::Recommended];

    /// The Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mandatory => "强制性",
            Self::Recommended => "推荐性",
        }
    }

    /// What a number says of it: `/T` is recommended, a bare code mandatory; none for guidance (`/Z`), associations and
    /// enterprises.
    pub fn of(number: &Number) -> Option<Self> {
        match number.prefix() {
            prefix if prefix.starts_with("T/") || prefix.starts_with("Q/") || prefix.ends_with("/Z") => None,
            prefix if prefix.ends_with("/T") => Some(Self::Recommended),
            _ => Some(Self::Mandatory),
        }
    }
}

/// How well a row of the register is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Every fact of the row was read in the source it names, or a copy of it.
    Verified,
    /// A fact of the row is general knowledge and waits for somebody to look it up.
    Known,
}

impl Basis {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Verified, Self::Known];

    /// The word in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Known => "known",
        }
    }
}

/// One edition of a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// The number, always with its year.
    pub number: Number,
    /// The title.
    pub title: String,
    /// Whether it binds.
    pub nature: Nature,
    /// 实施日期; none where only the standard itself is certain.
    pub in_force: Option<Day>,
    /// What took its place; empty for an edition that holds or was abolished (废止) without successor.
    pub replaced_by: Vec<Number>,
    /// The first day on which it no longer holds; none for an edition not known to be replaced.
    pub replaced_on: Option<Day>,
    /// What a reader of these dates must know besides them, such as a transition; may be empty.
    pub note: String,
    /// Where the facts stand.
    pub source: String,
    /// How well they are founded.
    pub basis: Basis,
}

/// What an edition is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State<'a> {
    /// Published, not yet in force.
    NotYet(Day),
    /// In force, as far as is known.
    InForce,
    /// No longer in force.
    Replaced {
        /// The first day on which it no longer held.
        on: Day,
        /// What took its place, if anything.
        by: &'a [Number],
    },
}

impl Standard {
    /// What it is on a day.
    pub fn state_on(&self, day: Day) -> State<'_> {
        match (self.in_force, self.replaced_on) {
            (_, Some(on)) if on <= day => State::Replaced { on, by: &self.replaced_by },
            (Some(from), _) if day < from => State::NotYet(from),
            _ => State::InForce,
        }
    }
}

/// Editions of standards by their number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    standards: BTreeMap<Number, Standard>,
}

impl Register {
    /// What the program knows by itself. A test holds the table to be without fault.
    pub fn bundled() -> Self {
        Self::default().extend(BUNDLED.0, BUNDLED.1).value
    }

    /// Adds a table; its row of a number takes the place of the one that is there. A row with a fault is left out and
    /// reported with its line.
    pub fn extend(mut self, file: &str, text: &str) -> Outcome<Self> {
        read::read(file, text).map(|standards| {
            self.standards.extend(standards.into_iter().map(|standard| (standard.number.clone(), standard)));
            self
        })
    }

    /// The edition of a number.
    pub fn find(&self, number: &Number) -> Option<&Standard> {
        self.standards.get(number)
    }

    /// All editions of a number whatever its year, mandatory or recommended, the oldest first: `GB 1002-2024` and
    /// `GB/T 1002-2021` are editions of `GB 1002`.
    pub fn editions<'a>(&'a self, number: &'a Number) -> impl Iterator<Item = &'a Standard> {
        self.standards().filter(move |standard| standard.number.is_edition_of(number))
    }

    /// All standards, in the order of their numbers.
    pub fn standards(&self) -> impl Iterator<Item = &Standard> {
        self.standards.values()
    }
}

#[cfg(test)]
mod tests;
