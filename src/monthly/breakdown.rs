//! Events counted: all of them, and by kind, level, category and hazard.
//!
//! In: the events of a month and the vocabularies. Out: lines in the order of the vocabulary. Kinds and levels are listed
//! also where they have none, for a form that looks the same every month; whatever belongs to no term has a line of its
//! own, so that the lines that are no part of another sum up to all. Hazards alone do not: a notice may have several.

use super::Entry;
use crate::notice::{Notice, Status};
use crate::vocabulary::{Term, Vocabularies, Vocabulary};

/// How often something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// First publications.
    pub published: u32,
    /// Corrections.
    pub corrected: u32,
    /// Withdrawals.
    pub withdrawn: u32,
}

impl Counts {
    /// The counts of some events.
    pub fn of<'a, 'b: 'a>(entries: impl IntoIterator<Item = &'a Entry<'b>>) -> Self {
        entries.into_iter().fold(Self::default(), |counts, entry| match entry.notice.status {
            Status::Current => Self { published: counts.published + 1, ..counts },
            Status::Corrected => Self { corrected: counts.corrected + 1, ..counts },
            Status::Withdrawn => Self { withdrawn: counts.withdrawn + 1, ..counts },
        })
    }

    /// All together.
    pub fn total(self) -> u32 {
        self.published + self.corrected + self.withdrawn
    }
}

/// A line: a term and what happened to its notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The term.
    pub name: String,
    /// Whether it is a part of the line above that is none.
    pub is_part: bool,
    /// What happened.
    pub counts: Counts,
}

/// The events by the terms of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// A permanent name for machines.
    pub id: &'static str,
    /// The title.
    pub title: &'static str,
    /// How it is to be read, or empty.
    pub note: &'static str,
    /// The lines.
    pub lines: Vec<Line>,
}

pub(super) fn all(entries: &[Entry<'_>], vocabularies: &Vocabularies) -> Vec<Breakdown> {
    let Vocabularies { kind, risk_level, category, hazard, .. } = vocabularies;
    let level = |notice: &Notice, term: &Term| notice.risk_level.as_deref() == Some(term);
    let levels =
        lines(entries, risk_level, level).chain(rest(entries, "没有定等级", |notice| notice.risk_level.is_none()));
    let hazards = lines(entries, hazard, |notice, term| notice.hazards.iter().any(|hazard| **hazard == *term));
    vec![
        Breakdown {
            id: "kinds",
            title: "按类型",
            note: "",
            lines: lines(entries, kind, |notice, term| *notice.kind == *term).collect(),
        },
        Breakdown { id: "levels", title: "按风险等级", note: "", lines: levels.collect() },
        Breakdown {
            id: "categories",
            title: "按产品类别",
            note: "“其中”已经算在上面的类别里",
            lines: categories(entries, category),
        },
        Breakdown {
            id: "hazards",
            title: "按危害",
            note: "一条可能有几种危害，各种都算一次",
            lines: hazards.filter(|line| line.counts.total() > 0).collect(),
        },
    ]
}

/// A line for each term.
fn lines(
    entries: &[Entry<'_>],
    vocabulary: &Vocabulary,
    is_of: impl Fn(&Notice, &Term) -> bool,
) -> impl Iterator<Item = Line> {
    vocabulary.terms().iter().map(move |term| {
        let counts = Counts::of(entries.iter().filter(|entry| is_of(entry.notice, term)));
        Line { name: term.name.clone(), is_part: term.group.is_some(), counts }
    })
}

/// A line for what belongs to no term, if there is any.
fn rest(entries: &[Entry<'_>], name: &str, is_of: impl Fn(&Notice) -> bool) -> Option<Line> {
    let counts = Counts::of(entries.iter().filter(|entry| is_of(entry.notice)));
    (counts.total() > 0).then(|| Line { name: name.to_owned(), is_part: false, counts })
}

/// Each group with its lines below it, wherever the site has added terms.
fn categories(entries: &[Entry<'_>], vocabulary: &Vocabulary) -> Vec<Line> {
    let is_of = |notice: &Notice, term: &Term| {
        let category = notice.category.as_deref();
        category.is_some_and(|own| own == term || own.group.as_deref() == Some(term))
    };
    let mut found: Vec<(usize, usize, Line)> = lines(entries, vocabulary, is_of)
        .zip(vocabulary.terms())
        .filter(|(line, _)| line.counts.total() > 0)
        .map(|(line, term)| (term.group.as_ref().map_or(term.rank, |group| group.rank), term.rank, line))
        .collect();
    found.sort_by_key(|(group, own, line)| (*group, line.is_part, *own));
    let none = rest(entries, "没有写产品类别", |notice| notice.category.is_none());
    found.into_iter().map(|(.., line)| line).chain(none).collect()
}
