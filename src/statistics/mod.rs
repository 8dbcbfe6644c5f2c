//! The statistics of the site: what was published over the years, what failed, how fast it went.
//!
//! In: the site, assembled. Out: [`Figure`]s, each with a finding in a sentence, charts, a table of the same numbers,
//! and facts to download. A figure without numbers is not made. Nothing asks for the time: the last period is that of
//! the newest publication, so a rebuild without news changes no byte.

mod delay;
mod download;
mod published;
mod sampling;
mod terms;
mod words;

pub use delay::Days;
pub use download::csv;
pub use sampling::Sampled;

use crate::chart::Chart;
use crate::moment::Day;
use crate::notice::{Notice, Sampling, Status};
use crate::review::{Cleared, Standing};
use crate::site::{Dossier, Site};
use crate::vocabulary::Vocabularies;

/// How many years the charts show; the tables have all.
const RECENT: usize = 5;

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its permanent name, for anchors.
    pub id: &'static str,
    /// What it is of.
    pub title: String,
    /// What it shows, in a sentence.
    pub finding: String,
    /// How it is to be read, or empty.
    pub note: String,
    /// The charts.
    pub panels: Vec<Panel>,
    /// The column heads of the table.
    pub head: Vec<String>,
    /// The rows of the table, each as long as the head.
    pub rows: Vec<Vec<String>>,
    /// The same, for machines.
    pub facts: Vec<Fact>,
}

/// A chart with its title, which is empty where the figure has only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// The title.
    pub title: String,
    /// What it shows, in a sentence.
    pub finding: String,
    /// The chart.
    pub chart: Chart,
}

/// A number with all that says what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// `2024` or `2024-05`.
    pub period: String,
    /// The term counted, or empty for all.
    pub item: String,
    /// `发布`, `其中已撤销`, `抽样` …
    pub measure: &'static str,
    /// The number.
    pub value: String,
    /// `条`, `批次`, `%`, `天`.
    pub unit: &'static str,
}

/// A notice as it is counted: the newest signed version, at the day of the first.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    notice: &'a Notice,
    first: Day,
}

impl<'a> Counted<'a> {
    /// A notice as it stood at the end of a day; none before its publication. Drafts, which a preview shows, are no
    /// publications.
    pub fn on(dossier: &'a Dossier, day: Day) -> Option<Self> {
        Self::among(dossier.versions().iter().filter(|version| version.published().day() <= day))
    }

    fn among(versions: impl DoubleEndedIterator<Item = &'a Cleared>) -> Option<Self> {
        let mut signed = versions.filter(|version| is_signed(version));
        let first = signed.next()?;
        let newest = signed.next_back().unwrap_or(first);
        Some(Self { notice: &newest.manuscript().notice, first: first.published().day() })
    }

    fn is_withdrawn(self) -> bool {
        self.notice.status == Status::Withdrawn
    }

    /// Whether its monitoring is the bureau's own and stands.
    fn is_own(self) -> bool {
        !self.is_withdrawn() && self.notice.origin.is_none()
    }

    /// The day on which its monitoring was completed and the days from it to the publication. What was withdrawn or
    /// taken over does not count, nor a correction that rests on monitoring after the first publication.
    pub fn delay(self) -> Option<(Day, u32)> {
        let monitored = self.notice.monitored_on.filter(|_| self.is_own())?;
        Some((monitored, u32::try_from(self.first.days_since(monitored)).ok()?))
    }

    /// How many batches were sampled and failed. What was withdrawn or taken over from another body does not count: its
    /// numbers do not hold, or are not the bureau's.
    pub fn sampling(self) -> Option<Sampling> {
        self.notice.sampling.filter(|_| self.is_own())
    }

    fn year(self) -> i32 {
        self.first.year()
    }
}

/// All figures, in the order of the page.
pub fn figures(site: &Site<'_>) -> Vec<Figure> {
    let all: Vec<Counted<'_>> =
        site.dossiers.iter().filter_map(|dossier| Counted::among(dossier.versions().iter())).collect();
    until(site).map(|until| count(&all, until, &site.config.vocabularies)).unwrap_or_default()
}

/// The day of the newest publication, correction or withdrawal: so far the numbers reach.
pub fn until(site: &Site<'_>) -> Option<Day> {
    let versions = site.dossiers.iter().flat_map(Dossier::versions);
    versions.filter(|version| is_signed(version)).map(|version| version.published().day()).max()
}

fn count(all: &[Counted<'_>], until: Day, vocabularies: &Vocabularies) -> Vec<Figure> {
    let Some(years) = years(all, until) else { return Vec::new() };
    let figures = [
        published::by_year(all, &years),
        published::by_month(all, &years, until),
        terms::by_kind(all, &years, &vocabularies.kind),
        terms::by_level(all, &years, &vocabularies.risk_level),
        terms::by_category(all, &years, &vocabularies.category),
        terms::by_hazard(all, &years, &vocabularies.hazard),
        sampling::failed(all, &years),
        delay::days(all, &years),
    ];
    figures.into_iter().flatten().collect()
}

/// Drafts, which a preview shows, are no publications.
fn is_signed(version: &Cleared) -> bool {
    *version.standing() != Standing::Draft
}

/// From the first year to the last, without a gap; none where nothing was published.
fn years(all: &[Counted<'_>], until: Day) -> Option<Vec<i32>> {
    Some((all.iter().map(|counted| counted.year()).min()?..=until.year()).collect())
}

/// Publications, and those of them that were withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tally {
    published: u32,
    withdrawn: u32,
}

impl Tally {
    fn of<'a>(counted: impl Iterator<Item = Counted<'a>>) -> Self {
        counted.fold(Self::default(), |tally, counted| Self {
            published: tally.published + 1,
            withdrawn: tally.withdrawn + u32::from(counted.is_withdrawn()),
        })
    }

    fn sum(tallies: &[Self]) -> Self {
        tallies.iter().fold(Self::default(), |sum, tally| Self {
            published: sum.published + tally.published,
            withdrawn: sum.withdrawn + tally.withdrawn,
        })
    }

    /// `12 条，撤销 1 条`
    fn words(self) -> String {
        match self.withdrawn {
            0 => format!("{} 条", self.published),
            withdrawn => format!("{} 条，撤销 {withdrawn} 条", self.published),
        }
    }

    fn facts(self, period: &str, item: &str) -> [Fact; 2] {
        let fact = |measure, value: u32| Fact {
            period: period.to_owned(),
            item: item.to_owned(),
            measure,
            value: value.to_string(),
            unit: "条",
        };
        [fact("发布", self.published), fact("其中已撤销", self.withdrawn)]
    }
}

/// The only chart of a figure.
fn single(finding: &str, chart: Option<Chart>) -> Vec<Panel> {
    chart.map(|chart| Panel { title: String::new(), finding: finding.to_owned(), chart }).into_iter().collect()
}

/// The last years, those that charts show.
fn recent<T>(all: &[T]) -> &[T] {
    &all[all.len().saturating_sub(RECENT)..]
}

#[cfg(test)]
mod tests;
