//! The site, assembled: every notice with its versions, every list with its notices, every event in order of time.
//!
//! In: cleared notices. Out: a read-only [`Site`]. Lists hold indices, nothing is copied.

mod channel;

pub use channel::{Channel, Format, terms};

use crate::artifact::{Key, Validity};
use crate::config::Config;
use crate::diag::{Diagnostic, Outcome, Severity};
use crate::moment::{Day, Moment};
use crate::notice::{Notice, NoticeId, Status};
use crate::read::Prose;
use crate::review::{Cleared, Ledger, Standing};
use crate::vocabulary::{Term, Vocabularies, Vocabulary};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// All versions of one notice that the public may see, oldest first; never empty.
#[derive(Debug, Clone)]
pub struct Dossier {
    versions: Vec<Cleared>,
    facts: Key,
}

impl Dossier {
    /// The versions, oldest first.
    pub fn versions(&self) -> &[Cleared] {
        &self.versions
    }

    /// The version that holds.
    pub fn current(&self) -> &Cleared {
        // Made by `assemble` only, never empty.
        &self.versions[self.versions.len() - 1]
    }

    /// The permanent name.
    pub fn id(&self) -> &NoticeId {
        &self.current().manuscript().notice.id
    }

    /// A digest of everything that can be known of it: its versions with their files, their sign-offs and standing, and
    /// what of it has expired on the day of the build.
    pub fn facts(&self) -> Key {
        self.facts
    }

    /// When the first version was published.
    pub fn first_published(&self) -> Moment {
        self.versions[0].published()
    }

    /// Whether it was withdrawn.
    pub fn is_withdrawn(&self) -> bool {
        self.current().manuscript().notice.status == Status::Withdrawn
    }

    /// Whether it still asks for something to be done: it was not withdrawn and has not expired.
    pub fn is_live(&self, today: Day) -> bool {
        !self.is_withdrawn() && !has_expired(&self.current().manuscript().notice, today)
    }
}

/// Whether a notice's last day has passed.
pub fn has_expired(notice: &Notice, today: Day) -> bool {
    notice.expires.is_some_and(|expires| expires < today)
}

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// 类型.
    Kind,
    /// 产品类别.
    Category,
    /// 人群.
    Audience,
    /// 危害.
    Hazard,
    /// 风险等级.
    Level,
    /// 年份.
    Year,
}

impl Dimension {
    /// All of them, in the order pages show them.
    pub const ALL: [Self; 6] = [Self::Kind, Self::Category, Self::Audience, Self::Hazard, Self::Level, Self::Year];

    /// The Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "类型",
            Self::Category => "产品类别",
            Self::Audience => "人群",
            Self::Hazard => "危害",
            Self::Level => "风险等级",
            Self::Year => "年份",
        }
    }

    /// The folder of its lists, with `/` at the end; kinds lie at the root.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Kind => "",
            Self::Category => "categories/",
            Self::Audience => "audience/",
            Self::Hazard => "hazards/",
            Self::Level => "levels/",
            Self::Year => "years/",
        }
    }
}

/// A list of notices; never empty.
#[derive(Debug, Clone)]
pub struct List {
    /// What it is of.
    pub dimension: Dimension,
    /// Its name.
    pub title: String,
    /// Its folder in the output, with `/` at the end.
    pub folder: String,
    /// The term, unless it is of a year.
    pub term: Option<Arc<Term>>,
    /// Indices of the dossiers, in order of first publication.
    pub members: Vec<usize>,
}

/// A publication, correction or withdrawal: what feeds carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The index of the dossier.
    pub dossier: usize,
    /// The index of the version in it.
    pub version: usize,
    /// When.
    pub at: Moment,
    /// How many others happened within the same second before it.
    pub ordinal: usize,
}

/// The site as it is to be rendered.
#[derive(Debug)]
pub struct Site<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The ledger.
    pub ledger: &'a Ledger,
    /// The day of the build, for what has expired.
    pub today: Day,
    /// How long it is the site that the same content makes.
    pub validity: Validity,
    /// In order of first publication, then id.
    pub dossiers: Vec<Dossier>,
    /// In the order of [`Dimension::ALL`] and of the vocabulary.
    pub lists: Vec<List>,
    /// Newest first.
    pub events: Vec<Event>,
    /// What can be subscribed to: the whole site, then term by term in the order of [`Dimension::ALL`].
    pub channels: Vec<Channel>,
    /// Pages about the site, in order of slug.
    pub prose: Vec<Prose>,
    index: HashMap<NoticeId, usize>,
}

impl Site<'_> {
    /// The dossier of an id.
    pub fn find(&self, id: &NoticeId) -> Option<&Dossier> {
        self.place(id).map(|place| &self.dossiers[place])
    }

    /// Its place among the dossiers.
    pub fn place(&self, id: &NoticeId) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// The list of a dimension and term, if it is not empty.
    pub fn list(&self, dimension: Dimension, slug: &str) -> Option<&List> {
        self.lists
            .iter()
            .find(|list| list.dimension == dimension && list.term.as_ref().is_some_and(|term| term.slug == slug))
    }
}

/// Assembles what may be shown at a moment. Versions whose `publish_at` lies ahead wait: until then the one before stays.
pub fn assemble<'a>(
    config: &'a Config,
    ledger: &'a Ledger,
    now: Moment,
    cleared: Vec<Cleared>,
    prose: Vec<Prose>,
) -> Outcome<Site<'a>> {
    let is_shown = |version: &Cleared| version.published() <= now || *version.standing() == Standing::Draft;
    let (shown, waiting): (Vec<Cleared>, Vec<Cleared>) = cleared.into_iter().partition(is_shown);
    let due = waiting.iter().map(Cleared::published).min();
    let dossiers = dossiers(shown, now.day());
    let index = dossiers.iter().enumerate().map(|(index, dossier)| (dossier.id().clone(), index)).collect();
    let events = || {
        let events = events(&dossiers);
        (channel::channels(config, &dossiers, &events), events)
    };
    let (lists, (channels, events)) = rayon::join(|| lists(config, &dossiers), events);
    let validity = Validity { from: now, due };
    let mut site = Site { config, ledger, today: now.day(), validity, dossiers, lists, events, channels, prose, index };
    site.prose.sort_by(|a, b| a.slug.cmp(&b.slug));
    let diagnostics = references(&site, &waiting);
    Outcome::new(site, diagnostics)
}

/// The versions of each notice together.
fn dossiers(mut shown: Vec<Cleared>, today: Day) -> Vec<Dossier> {
    shown.sort_by(|one, other| {
        let (one, other) = (&one.manuscript().notice, &other.manuscript().notice);
        one.id.cmp(&other.id).then(one.version.cmp(&other.version))
    });
    let mut dossiers: Vec<Vec<Cleared>> = Vec::new();
    for version in shown {
        match dossiers.last_mut().filter(|last| last[0].manuscript().notice.id == version.manuscript().notice.id) {
            Some(versions) => versions.push(version),
            None => dossiers.push(vec![version]),
        }
    }
    let dossiers = dossiers.into_par_iter().map(|versions| {
        let versions = ever_public(versions);
        Dossier { facts: facts(&versions, today), versions }
    });
    let mut dossiers: Vec<Dossier> = dossiers.collect();
    dossiers.sort_by(|a, b| a.first_published().cmp(&b.first_published()).then_with(|| a.id().cmp(b.id())));
    dossiers
}

/// References that lead nowhere. Old versions are as they were signed: only the version that holds is asked.
fn references(site: &Site<'_>, waiting: &[Cleared]) -> Vec<Diagnostic> {
    let is_public = |id: &str| site.index.contains_key(id);
    let lead_on = || site.dossiers.par_iter().all(|dossier| dossier.current().manuscript().leads_on(is_public));
    if site.prose.iter().all(|prose| prose.references.notice_links.iter().all(|id| is_public(&id.value))) && lead_on() {
        return Vec::new();
    }
    let among = |ids: &BTreeSet<&str>| -> Vec<Diagnostic> {
        let manuscripts =
            site.dossiers.par_iter().flat_map_iter(|dossier| dossier.current().manuscript().dangling(ids));
        let mut found: Vec<Diagnostic> = manuscripts.collect();
        found.extend(site.prose.iter().flat_map(|prose| prose.dangling(ids)));
        found
    };
    let public: BTreeSet<&str> = site.index.keys().map(NoticeId::as_str).collect();
    let recorded = site.ledger.rows().iter().map(|row| row.entry.id.as_str());
    let waiting = waiting.iter().map(|version| version.manuscript().notice.id.as_str());
    let known: BTreeSet<&str> = recorded.chain(waiting).chain(public.iter().copied()).collect();
    let mut diagnostics = among(&known);
    // A link to what waits for its time leads nowhere until then: no reason to keep everything else back.
    let waiting = if known == public { Vec::new() } else { among(&public) };
    let waiting = waiting.into_iter().filter(|found| !diagnostics.iter().any(|hard| hard.place == found.place));
    let waiting: Vec<Diagnostic> = waiting.map(|found| Diagnostic { severity: Severity::Warning, ..found }).collect();
    diagnostics.extend(waiting);
    diagnostics
}

/// What [`Dossier::facts`] digests. The content digest covers text and files; the rest is what the ledger, the clock and the
/// `review` block say.
fn facts(versions: &[Cleared], today: Day) -> Key {
    let time = |at: Moment| i64::from(at).to_le_bytes();
    Key::of(versions.iter().map(|version| {
        let manuscript = version.manuscript();
        let (standing, published) = (format!("{:?}", version.standing()), time(version.published()));
        let is_over = [u8::from(has_expired(&manuscript.notice, today))];
        let own = [manuscript.digest.bytes().as_slice(), standing.as_bytes(), &published, &is_over];
        let signed: Vec<_> = manuscript.sign_offs.iter().map(|sign_off| (&sign_off.stage, time(sign_off.at))).collect();
        let signed = signed.iter().flat_map(|(stage, at)| [stage.as_bytes(), at]);
        Key::of(own.into_iter().chain([manuscript.folder.as_str().as_bytes()]).chain(signed))
    }))
}

/// A version overtaken before its `publish_at` was never public, and never will be.
fn ever_public(versions: Vec<Cleared>) -> Vec<Cleared> {
    let published: Vec<Moment> = versions.iter().map(Cleared::published).collect();
    let deferred: Vec<bool> = versions.iter().map(|version| version.manuscript().notice.publish_at.is_some()).collect();
    let before =
        |later: Moment, index: usize| later < published[index] || (deferred[index] && later == published[index]);
    let overtaken = |index: usize| published[index + 1..].iter().any(|later| before(*later, index));
    let draft = |version: &Cleared| *version.standing() == Standing::Draft;
    let kept = versions.into_iter().enumerate().filter(|(index, version)| draft(version) || !overtaken(*index));
    kept.map(|(_, version)| version).collect()
}

fn lists(config: &Config, dossiers: &[Dossier]) -> Vec<List> {
    let mut members: HashMap<(Dimension, &str), Vec<usize>> = HashMap::new();
    let mut years: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for (index, dossier) in dossiers.iter().enumerate() {
        for (dimension, term) in terms(&dossier.current().manuscript().notice) {
            members.entry((dimension, &term.slug)).or_default().push(index);
        }
        years.entry(dossier.first_published().day().year()).or_default().push(index);
    }
    let mut lists = Vec::new();
    for dimension in Dimension::ALL {
        let folder = dimension.folder();
        match vocabulary(&config.vocabularies, dimension) {
            Some(vocabulary) => lists.extend(vocabulary.terms().iter().filter_map(|term| {
                let members = members.remove(&(dimension, &term.slug))?;
                let folder = format!("{folder}{}/", term.slug);
                Some(List { dimension, title: term.name.clone(), folder, term: Some(Arc::clone(term)), members })
            })),
            None => lists.extend(std::mem::take(&mut years).into_iter().rev().map(|(year, members)| List {
                dimension,
                title: format!("{year}年"),
                folder: format!("{folder}{year}/"),
                term: None,
                members,
            })),
        }
    }
    lists
}

/// The terms of a dimension; years have none.
fn vocabulary(vocabularies: &Vocabularies, dimension: Dimension) -> Option<&Vocabulary> {
    match dimension {
        Dimension::Kind => Some(&vocabularies.kind),
        Dimension::Category => Some(&vocabularies.category),
        Dimension::Audience => Some(&vocabularies.audience),
        Dimension::Hazard => Some(&vocabularies.hazard),
        Dimension::Level => Some(&vocabularies.risk_level),
        Dimension::Year => None,
    }
}

fn events(dossiers: &[Dossier]) -> Vec<Event> {
    let versions = dossiers.iter().enumerate().flat_map(|(dossier, entry)| {
        let published = entry.versions().iter().map(Cleared::published).enumerate();
        published.map(move |(version, at)| Event { dossier, version, at, ordinal: 0 })
    });
    let mut events: Vec<Event> = versions.collect();
    events.sort_by_key(|event| (event.at, event.dossier, event.version));
    for index in 1..events.len() {
        if events[index].at == events[index - 1].at {
            events[index].ordinal = events[index - 1].ordinal + 1;
        }
    }
    events.reverse();
    events
}
