//! How many of the sampled batches failed, by year.
//!
//! In: counted notices. Out: a figure, where any of the bureau's own says how many batches were sampled.

use super::{Counted, Fact, Figure, single, words};
use crate::chart::{self, Mark, Row};

/// Samplings, summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sampled {
    /// How many notices say how many batches were sampled.
    pub notices: u32,
    /// How many batches were sampled.
    pub batches: u32,
    /// How many of them failed.
    pub failed: u32,
}

impl Sampled {
    /// The sum of those of the notices.
    pub fn of<'a>(all: impl Iterator<Item = Counted<'a>>) -> Self {
        let samplings = all.filter_map(Counted::sampling);
        // What people type may be any number.
        samplings.fold(Self::default(), |sum, sampling| Self {
            notices: sum.notices + 1,
            batches: sum.batches.saturating_add(sampling.batches),
            failed: sum.failed.saturating_add(sampling.failed),
        })
    }

    fn share(self) -> String {
        words::per_cent(self.failed, self.batches)
    }

    fn row(self, name: String) -> Vec<String> {
        let numbers = [self.notices, self.batches, self.failed].map(|number| number.to_string());
        std::iter::once(name).chain(numbers).chain([format!("{}%", self.share())]).collect()
    }

    fn facts(self, year: i32) -> [Fact; 4] {
        let fact =
            |measure, value: String, unit| Fact { period: year.to_string(), item: String::new(), measure, value, unit };
        [
            fact("有抽样数的信息", self.notices.to_string(), "条"),
            fact("抽样", self.batches.to_string(), "批次"),
            fact("不合格", self.failed.to_string(), "批次"),
            fact("不合格比例", self.share(), "%"),
        ]
    }
}

pub(super) fn failed(all: &[Counted<'_>], years: &[i32]) -> Option<Figure> {
    let total = Sampled::of(all.iter().copied());
    let of_year = |year: &i32| (*year, Sampled::of(all.iter().copied().filter(|counted| counted.year() == *year)));
    let sampled: Vec<(i32, Sampled)> = years.iter().map(of_year).filter(|(_, sampled)| sampled.batches > 0).collect();
    let within: Vec<i32> = sampled.iter().map(|(year, _)| *year).collect();
    if sampled.is_empty() {
        return None;
    }
    let finding = format!(
        "{}，{} 条信息共抽样 {} 批次，{} 批次不合格，占 {}%。",
        words::span(&within),
        total.notices,
        total.batches,
        total.failed,
        total.share()
    );
    let bars: Vec<Row> = super::recent(&sampled)
        .iter()
        .map(|(year, sampled)| Row {
            label: words::year(*year),
            value: format!("{}%（{} 批次中 {} 批次）", sampled.share(), sampled.batches, sampled.failed),
            mark: Mark::Bar(per_mille(*sampled)),
        })
        .collect();
    let rows = sampled.iter().map(|(year, sampled)| sampled.row(words::year(*year)));
    Some(Figure {
        id: "sampling",
        title: "抽样不合格的比例".to_owned(),
        panels: single(&finding, chart::rows(&bars, Some(1000))),
        finding,
        note: "抽样挑的是风险较大的产品，比例不能说明市场上全部产品的情况。已撤销的、转载的不在内。".to_owned(),
        head: ["年份", "信息（条）", "抽样（批次）", "不合格（批次）", "不合格比例"].map(str::to_owned).to_vec(),
        rows: rows.chain([total.row("合计".to_owned())]).collect(),
        facts: sampled.iter().flat_map(|(year, sampled)| sampled.facts(*year)).collect(),
    })
}

fn per_mille(sampled: Sampled) -> u32 {
    let share = u64::from(sampled.failed) * 1000 / u64::from(sampled.batches.max(1));
    u32::try_from(share).unwrap_or(1000)
}
