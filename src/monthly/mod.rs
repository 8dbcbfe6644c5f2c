//! The monthly report (月报): what was published, corrected and withdrawn in a month, for the superior office (原市监发
//! 〔2024〕41号 五（二）: every county reports by the 20th of each month).
//!
//! In: the site, assembled, and a month. Out: a [`Monthly`] as plain data, and of it a workbook, a CSV and a sentence;
//! [`due`] the day on which it is to be sent. Only what the review gate has cleared is counted, and a month that has
//! ended keeps its numbers: notices count as they stood at its end. It never names a reviewer.

mod book;
mod breakdown;
pub mod due;
mod entry;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use book::book;
pub use breakdown::{Breakdown, Counts, Line};
pub use entry::{Entry, LateReview};
pub use table::{csv, is_csv};
pub use words::sentence;

use crate::moment::{Day, Month};
use crate::site::Site;
use crate::statistics::{Days, Sampled};

/// The report of a month.
#[derive(Debug)]
pub struct Monthly<'a> {
    /// Who reports.
    pub bureau: &'a str,
    /// The month.
    pub month: Month,
    /// The last day counted: the end of the month or, while it lasts, today.
    pub until: Day,
    /// Every publication, correction and withdrawal, oldest first.
    pub entries: Vec<Entry<'a>>,
    /// All of them.
    pub counts: Counts,
    /// By kind, level, category and hazard.
    pub breakdowns: Vec<Breakdown>,
    /// The samplings of the notices published in the month, as they stood at its end.
    pub sampled: Sampled,
    /// The days from monitoring to publication of the same; none where no notice says.
    pub days: Option<Days>,
}

/// A month of which the site knows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoReport {
    /// It has not begun.
    #[error("{0} 还没有到，没有可报的")]
    Ahead(Month),
    /// It ended before anything was published.
    #[error("{month} 在本站第一次发布（{first}）以前，本站不知道当时的情况")]
    Before {
        /// The month.
        month: Month,
        /// The day of the first publication.
        first: Day,
    },
    /// It is over, and nothing has been published to this day.
    #[error("本站还没有发布过信息，不知道 {0} 的情况")]
    Never(Month),
}

impl<'a> Monthly<'a> {
    /// Counts a month.
    ///
    /// # Errors
    /// The month lies ahead, or before the site knows anything.
    pub fn of(site: &'a Site<'_>, month: Month) -> Result<Self, NoReport> {
        let this_month = Month::of(site.today);
        let first = site.dossiers.first().map(|dossier| dossier.first_published().day());
        match first {
            _ if month > this_month => return Err(NoReport::Ahead(month)),
            Some(first) if month < Month::of(first) => return Err(NoReport::Before { month, first }),
            None if month < this_month => return Err(NoReport::Never(month)),
            _ => {}
        }
        let until = month.last().min(site.today);
        let events = site.events.iter().rev().filter(|event| Month::of(event.at.day()) == month);
        let entries: Vec<Entry<'a>> = events.filter_map(|event| Entry::of(site, *event, until)).collect();
        let counted = || entries.iter().filter_map(|entry| entry.counted);
        Ok(Self {
            bureau: &site.config.bureau.name,
            month,
            until,
            counts: Counts::of(&entries),
            breakdowns: breakdown::all(&entries, &site.config.vocabularies),
            sampled: Sampled::of(counted()),
            days: Days::of(counted()),
            entries,
        })
    }

    /// Whether the month is over.
    pub fn is_whole(&self) -> bool {
        self.until == self.month.last()
    }

    /// What its files are called, without extension.
    pub fn name(&self) -> String {
        format!("report-{}", self.month)
    }

    /// The urgent ones.
    pub fn urgent(&self) -> impl Iterator<Item = (&Entry<'a>, &LateReview<'a>)> {
        self.entries.iter().filter_map(|entry| entry.late_review.as_ref().map(|late| (entry, late)))
    }
}
