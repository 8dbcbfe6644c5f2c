//! Sentences that speak of batches, and the shares in them.

use super::counts::{Count, Role, counts, general, numeral};
use super::pattern::{Pattern, pattern};
use super::rule::Findings;
use super::sentence::full_sentences;
use super::writing::is_worded;
use crate::notice::Sampling;
use crate::passage::{Kind, Passage};
use std::ops::Range;

/// Words that show that a sentence is about another sampling.
const ELSEWHERE: &[&str] = &[
    "去年",
    "上年",
    "上一年",
    "前年",
    "往年",
    "历年",
    "近年",
    "近三年",
    "近两年",
    "年以来",
    "同期",
    "上季度",
    "上次",
    "上一次",
    "全省",
    "全国",
    "全市",
    "省局",
    "总局",
    "外省",
    "复查",
    "复检",
    "自检",
    "跟踪抽查",
    "第二次",
    "累计",
];
/// Running text and titles; not tables.
pub(super) fn is_read(passage: &Passage) -> bool {
    is_worded(passage) && !matches!(passage.kind, Kind::Cell { .. } | Kind::CsvCell { .. } | Kind::Alt)
}

/// A sentence with numbers of batches or shares.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    /// Where it stands.
    pub passage: &'a Passage,
    /// The bytes of it.
    pub sentence: Range<usize>,
    /// Its numbers of batches.
    pub counts: Vec<Count>,
    /// How many batches were sampled, as a sentence before it in the same paragraph says.
    said: Option<u32>,
}

/// The sentences of a passage that speak of batches or shares of this sampling.
pub(super) fn statements(passage: &Passage) -> Vec<Statement<'_>> {
    let text = passage.text.as_str();
    if !["批次", "%", "％"].iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let is_here = |sentence: &Range<usize>| !ELSEWHERE.iter().any(|word| text[sentence.clone()].contains(word));
    let mut statements: Vec<Statement<'_>> = Vec::new();
    for sentence in full_sentences(text).filter(is_here) {
        let said = statements.last().filter(|last| !last.is_of_parts()).and_then(Statement::sampled);
        statements.push(Statement { passage, counts: counts(text, &sentence), sentence, said });
    }
    statements
}

/// `[（占][比]`, the fraction or the percentage behind it.
static SHARE: Pattern = Pattern::new(|| {
    pattern(concat!(
        r"(?P<kind>不合格(?:发现|检出)?率|合格率|占(?:比|到|了|抽样(?:批次)?(?:总数|总批次|数)?的)?)(?:为|是|达到?|：|约为?)? ?",
        r"(?:(?P<percent>[0-9]+(?:\.[0-9]+)?) ?[%％]|(?P<under>[一二三四五六七八九十百]+)分之(?P<over>[一二三四五六七八九十]+))",
    ))
});

impl Statement<'_> {
    /// The only number of a kind; none where there are several different ones.
    pub(super) fn only(&self, role: Role) -> Option<&Count> {
        let mut such = self.counts.iter().filter(|count| count.role == role);
        let first = such.next()?;
        such.all(|other| other.value == first.value).then_some(first)
    }

    /// How many batches were sampled, as far as this sentence or the one before says. A sentence that begins with a part
    /// goes on about that part.
    pub(super) fn sampled(&self) -> Option<u32> {
        let is_of_part = self.counts.first().is_some_and(|first| first.role == Role::Other);
        self.only(Role::Sampled).map(|count| count.value).or(self.said.filter(|_| !is_of_part))
    }

    /// Whether several samplings are spoken of.
    pub(super) fn is_of_parts(&self) -> bool {
        self.counts.iter().filter(|count| count.role == Role::Sampled).count() > 1
    }

    /// Whether it stands where only the whole is spoken of.
    pub(super) fn is_headline(&self) -> bool {
        matches!(self.passage.field(), Some("title" | "summary"))
    }

    /// Compares shares with the numbers from which they come.
    pub(super) fn shares(&self, sampling: Option<Sampling>, findings: &mut Findings) {
        let text = &self.passage.text;
        let start = self.sentence.start;
        let words = general(&text[self.sentence.clone()]);
        if !words.contains(['率', '占']) {
            return;
        }
        for found in SHARE.captures_iter(words) {
            let (Some(whole), Some(kind)) = (found.get(0), found.name("kind")) else { continue };
            let Some((part, all)) =
                self.parts(kind.as_str(), start + whole.start(), sampling).filter(|(_, all)| *all > 0)
            else {
                continue;
            };
            let exact = f64::from(part) * 100.0 / f64::from(all);
            let is_right = match (found.name("percent"), found.name("under"), found.name("over")) {
                (Some(percent), ..) => is_rounded(percent.as_str(), exact),
                (None, Some(under), Some(over)) => numeral(under.as_str())
                    .zip(numeral(over.as_str()))
                    .is_none_or(|(under, over)| u64::from(part) * u64::from(under) == u64::from(over) * u64::from(all)),
                _ => true,
            };
            if !is_right {
                findings
                    .mark(
                        self.passage,
                        start + whole.start()..start + whole.end(),
                        format!("{all} 批次里的 {part} 批次是 {}", shown(exact)),
                    )
                    .hint(format!("请核对批次数；批次数没有错的，改为 {}", shown(exact)));
            }
        }
    }

    /// The numbers behind a share: the part and the whole.
    fn parts(&self, kind: &str, at: usize, sampling: Option<Sampling>) -> Option<(u32, u32)> {
        let headline = sampling.filter(|_| self.is_headline());
        let all =
            self.sampled().or_else(|| headline.map(|sampling| sampling.batches)).filter(|_| !self.is_of_parts())?;
        let known = sampling.filter(|sampling| sampling.batches == all).map(|sampling| sampling.failed);
        let has = |role| self.counts.iter().any(|count| count.role == role);
        let failed = || if has(Role::Failed) { self.only(Role::Failed).map(|count| count.value) } else { known };
        match kind {
            "不合格率" | "不合格发现率" | "不合格检出率" => Some((failed()?, all)),
            "合格率" => match self.only(Role::Passed) {
                Some(passed) => Some((passed.value, all)),
                None => Some((all.checked_sub(failed()?)?, all)),
            },
            _ => {
                let nearest = self.counts.iter().rev().find(|count| count.range.end <= at)?;
                (nearest.role != Role::Sampled).then_some((nearest.value, all))
            }
        }
    }
}

/// Whether a percentage is a number rounded to the digits shown.
pub(super) fn is_rounded(shown: &str, exact: f64) -> bool {
    let digits = shown.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let step = 0.5 / 10_f64.powi(i32::try_from(digits).unwrap_or(0));
    shown.parse::<f64>().is_ok_and(|value| (value - exact).abs() <= step + 1e-9)
}

/// A percentage with one decimal, without a zero behind the point.
pub(super) fn shown(percent: f64) -> String {
    format!("{}%", (percent * 10.0).round() / 10.0)
}
