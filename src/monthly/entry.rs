//! An event of the month, with what its row says.

use crate::data::count_batches;
use crate::moment::{Day, Moment};
use crate::notice::{Notice, Sampling};
use crate::pages::notice_href;
use crate::review::{Event as Recorded, Standing};
use crate::route::OutPath;
use crate::site::{Event, Site};
use crate::statistics::Counted;

/// A publication, correction or withdrawal.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// When.
    pub at: Moment,
    /// The version that was published.
    pub notice: &'a Notice,
    /// How the late review stands; none unless it was urgent.
    pub late_review: Option<LateReview<'a>>,
    /// The stages that have signed, in the order in which they did.
    pub stages: Vec<&'a str>,
    /// What counts for sampling and days: the notice as it stood at the end of the month, on its first publication.
    pub counted: Option<Counted<'a>>,
    /// The permanent address.
    pub address: String,
}

/// How the late review (补审) of an urgent publication stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LateReview<'a> {
    /// All stages have signed.
    Completed(Option<Day>),
    /// These have not.
    Waits(&'a [String]),
    /// A later version has taken its place before they had.
    Overtaken,
}

impl<'a> Entry<'a> {
    /// What an event of the site is in a report that counts up to a day.
    pub(super) fn of(site: &'a Site<'_>, event: Event, until: Day) -> Option<Self> {
        let dossier = site.dossiers.get(event.dossier)?;
        let version = dossier.versions().get(event.version)?;
        let manuscript = version.manuscript();
        let notice = &manuscript.notice;
        let mut sign_offs: Vec<_> = manuscript.sign_offs.iter().collect();
        sign_offs.sort_by_key(|sign_off| sign_off.at);
        let is_current = dossier.current().manuscript().notice.version == notice.version;
        let urgent = sign_offs.iter().any(|sign_off| sign_off.urgent.is_some());
        let late_review = urgent.then(|| match version.standing() {
            Standing::Urgent { missing } if is_current => LateReview::Waits(missing),
            Standing::Urgent { .. } => LateReview::Overtaken,
            _ => LateReview::Completed(completed(site, notice)),
        });
        Some(Self {
            at: event.at,
            notice,
            late_review,
            stages: sign_offs.iter().map(|sign_off| sign_off.stage.as_str()).collect(),
            counted: (event.version == 0).then(|| Counted::on(dossier, until)).flatten(),
            address: site.config.base_url.join(&OutPath::known(notice_href(&notice.id))),
        })
    }

    /// `发布`, `紧急更正` …: the word of the ledger.
    pub fn event(&self) -> &'static str {
        Recorded::Published { status: self.notice.status, urgent: self.late_review.is_some() }.name()
    }

    /// `初审、复审、终审`, and how the late review stands.
    pub fn reviewed(&self) -> String {
        let stages = self.stages.join("、");
        match &self.late_review {
            None => stages,
            Some(late) => format!("{stages}（{}）", late.words()),
        }
    }

    /// What counts of the batches sampled, once for each notice.
    pub fn sampling(&self) -> Option<Sampling> {
        self.counted.and_then(Counted::sampling)
    }

    /// What counts of the monitoring, once for each notice: the day, and the days to the publication.
    pub fn delay(&self) -> Option<(Day, u32)> {
        self.counted.and_then(Counted::delay)
    }

    /// How many products are meant.
    pub fn products(&self) -> u32 {
        u32::try_from(self.notice.products.len()).unwrap_or(u32::MAX)
    }

    /// How many batches the products name, as the open data list them.
    pub fn batches(&self) -> u32 {
        u32::try_from(count_batches(self.notice)).unwrap_or(u32::MAX)
    }

    /// The group of products, and the line within it; empty where there is none.
    pub fn category(&self) -> (&'a str, &'a str) {
        match self.notice.category.as_deref() {
            None => ("", ""),
            Some(category) => match category.group.as_deref() {
                None => (&category.name, ""),
                Some(group) => (&group.name, &category.name),
            },
        }
    }
}

impl LateReview<'_> {
    /// `补审完成于2024年6月2日`
    pub fn words(&self) -> String {
        match self {
            Self::Completed(Some(day)) => format!("{}补审完成", day.to_chinese()),
            Self::Completed(None) => "已补审".to_owned(),
            Self::Waits(missing) => format!("待补审：{}", missing.join("、")),
            Self::Overtaken => "未补审即被新版本代替".to_owned(),
        }
    }
}

fn completed(site: &Site<'_>, notice: &Notice) -> Option<Day> {
    let rows = site.ledger.of(&notice.id);
    rows.filter(|row| row.entry.version == notice.version && row.entry.event == Recorded::Completed)
        .map(|row| row.entry.time.day())
        .next()
}
