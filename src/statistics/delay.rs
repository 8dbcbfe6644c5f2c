//! How many days lie between the end of the monitoring and the publication, by year.
//!
//! In: counted notices. Out: a figure of those that say when their monitoring was completed.

use super::{Counted, Fact, Figure, recent, single, words};
use crate::chart::{self, Mark, Row};

/// Days from monitoring to publication, in order; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days(Vec<u32>);

impl Days {
    /// Those of the notices that say.
    pub fn of<'a>(all: impl Iterator<Item = Counted<'a>>) -> Option<Self> {
        let mut days: Vec<u32> = all.filter_map(|counted| Some(counted.delay()?.1)).collect();
        days.sort_unstable();
        (!days.is_empty()).then_some(Self(days))
    }

    /// How many notices say.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The fewest days.
    pub fn least(&self) -> u32 {
        self.0[0]
    }

    /// The most days.
    pub fn most(&self) -> u32 {
        self.0[self.0.len() - 1]
    }

    /// The double of the median.
    pub fn twice_median(&self) -> u32 {
        let (low, high) = (self.0[(self.0.len() - 1) / 2], self.0[self.0.len() / 2]);
        low.saturating_add(high)
    }

    /// The median: `21`, `21.5`.
    pub fn median(&self) -> String {
        words::halved(self.twice_median())
    }

    /// `中位数 22 天，14 到 27 天`
    fn words(&self) -> String {
        match self.0.len() {
            1 => format!("{} 天", self.least()),
            _ => format!("中位数 {} 天，{} 到 {} 天", self.median(), self.least(), self.most()),
        }
    }

    /// `2 条信息有一半在 22 天以内，最短 14 天，最长 27 天`
    fn spread(&self) -> String {
        match self.0.len() {
            1 => format!("1 条信息用了 {} 天", self.most()),
            many => format!(
                "{many} 条信息有一半在 {} 天以内，最短 {} 天，最长 {} 天",
                self.median(),
                self.least(),
                self.most()
            ),
        }
    }

    fn row(&self, name: String) -> Vec<String> {
        let count = self.0.len().to_string();
        vec![name, count, self.median(), self.least().to_string(), self.most().to_string()]
    }

    fn facts(&self, year: i32) -> [Fact; 4] {
        let fact =
            |measure, value: String, unit| Fact { period: year.to_string(), item: String::new(), measure, value, unit };
        [
            fact("有监测日期的信息", self.0.len().to_string(), "条"),
            fact("用时中位数", self.median(), "天"),
            fact("最短用时", self.least().to_string(), "天"),
            fact("最长用时", self.most().to_string(), "天"),
        ]
    }
}

pub(super) fn days(all: &[Counted<'_>], years: &[i32]) -> Option<Figure> {
    let total = Days::of(all.iter().copied())?;
    let of_year = |year: &i32| Some((*year, Days::of(all.iter().copied().filter(|one| one.year() == *year))?));
    let days: Vec<(i32, Days)> = years.iter().filter_map(of_year).collect();
    let finding = format!("从监测完成到发布，{}。", total.spread());
    let ranges: Vec<Row> = recent(&days)
        .iter()
        .map(|(year, days)| Row {
            label: words::year(*year),
            value: days.words(),
            mark: Mark::Range { least: days.least(), twice_median: days.twice_median(), most: days.most() },
        })
        .collect();
    let rows = days.iter().map(|(year, days)| days.row(words::year(*year)));
    let without = all.len() - total.0.len();
    Some(Figure {
        id: "days",
        title: "从监测到发布用几天".to_owned(),
        panels: single(&finding, chart::rows(&ranges, None)),
        finding,
        note: format!(
            "算了 {} 条；没写监测日期的、转载的、已撤销的，以及监测晚于首次发布的，共 {without} 条，不在内。图中圆点是中位数：一半比它快，一半比它慢；横条从最短到最长。",
            total.0.len()
        ),
        head: ["年份", "信息（条）", "中位数（天）", "最短（天）", "最长（天）"].map(str::to_owned).to_vec(),
        rows: rows.chain([total.row("合计".to_owned())]).collect(),
        facts: days.iter().flat_map(|(year, days)| days.facts(*year)).collect(),
    })
}
