//! Which days people work on in China: weekends, the holidays (休) and the weekends worked instead (班) of the State
//! Council's yearly notices.
//!
//! In: the table in the binary, a site's own table as text. Out: whether a day is worked, and the next day that is. A
//! year for which not every holiday is listed is not known, and no day of it is guessed: a date moved wrongly is a report
//! that comes too late.

mod read;

pub use read::COLUMNS;

use crate::diag::Outcome;
use crate::moment::Day;
use std::collections::BTreeMap;

/// A site's own table, beside `site.yaml`.
pub const FILE: &str = "holidays.csv";

/// The table in the binary, named in its own diagnostics only.
const BUNDLED: (&str, &str) = ("src/workdays/holidays.csv", include_str!("holidays.csv"));

/// The holidays of 《全国年节及纪念日放假办法》 for everybody. A year is known when all of them are listed: one row that
/// somebody added does not make it so.
const HOLIDAYS: [&str; 7] = ["元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆"];

/// What a notice says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 休: nobody works, whatever day of the week it is.
    Rest,
    /// 班: a weekend on which people work.
    Work,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Rest, Self::Work];

    /// The word in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rest => "休",
            Self::Work => "班",
        }
    }
}

/// A day on which the week does not decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whether people work.
    pub kind: Kind,
    /// The holiday.
    pub name: String,
    /// The notice that says so.
    pub source: String,
}

/// A year of which the table does not know every holiday.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("节假日表里没有 {year} 年的{}", .missing.join("、"))]
pub struct YearUnknown {
    /// The year.
    pub year: i32,
    /// The holidays it lacks.
    pub missing: Vec<&'static str>,
}

/// The first day worked on from some day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workday {
    /// The day.
    pub day: Day,
    /// The days before it on which nobody works, each with the reason: a holiday or the day of the week.
    pub passed: Vec<(Day, String)>,
}

/// Holidays and worked weekends by day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    entries: BTreeMap<Day, Entry>,
}

impl Calendar {
    /// What the program knows by itself. A test holds the table to be without fault.
    pub fn bundled() -> Self {
        Self::default().extend(BUNDLED.0, BUNDLED.1).value
    }

    /// Adds a table; its row of a day takes the place of the one that is there. A row with a fault is left out and
    /// reported with its line.
    pub fn extend(mut self, file: &str, text: &str) -> Outcome<Self> {
        read::read(file, text, &self).map(|entries| {
            self.entries.extend(entries);
            self
        })
    }

    /// What a notice says of a day, if any says something.
    pub fn find(&self, day: Day) -> Option<&Entry> {
        self.entries.get(&day)
    }

    /// The first day worked on that is not before a day.
    ///
    /// # Errors
    /// It depends on a year that is not known.
    pub fn workday_from(&self, first: Day) -> Result<Workday, YearUnknown> {
        let mut passed = Vec::new();
        let mut day = first;
        loop {
            self.knows(day.year())?;
            match self.rest(day) {
                None => return Ok(Workday { day, passed }),
                Some(reason) => passed.push((day, reason)),
            }
            day = day.next();
        }
    }

    /// Why nobody works on a day; none where people do.
    fn rest(&self, day: Day) -> Option<String> {
        match self.find(day) {
            Some(Entry { kind: Kind::Rest, name, .. }) => Some(name.clone()),
            Some(Entry { kind: Kind::Work, .. }) => None,
            None => day.is_weekend().then(|| day.weekday().to_owned()),
        }
    }

    fn knows(&self, year: i32) -> Result<(), YearUnknown> {
        let of_year = |entry: &(&Day, &Entry)| entry.0.year() == year && entry.1.kind == Kind::Rest;
        let names: Vec<&str> = self.entries.iter().filter(of_year).map(|(_, entry)| entry.name.as_str()).collect();
        let missing: Vec<&str> =
            HOLIDAYS.into_iter().filter(|holiday| !names.iter().any(|name| name.contains(holiday))).collect();
        if missing.is_empty() { Ok(()) } else { Err(YearUnknown { year, missing }) }
    }
}

#[cfg(test)]
mod tests;
