//! The functional core, whole: from inputs to a plan of every file of the output.

use crate::artifact::{Artifact, Basis, Edition, Plan};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Outcome, Severity};
use crate::inputs::{Bundle, Inputs, PageFile, Shelf};
use crate::lint::{self, Scope, Subject, Survey, Verdict};
use crate::moment::Moment;
use crate::pages::{self, Frame};
use crate::read::{self, Manuscript, Spool};
use crate::review::{self, Docket, Ledger};
use crate::route::BaseUrl;
use crate::site::{self, Site};
use crate::{cap, data, feed, notice::NoticeId};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// What a build is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The clock.
    pub now: Moment,
    /// For whom.
    pub edition: Edition,
    /// The public address.
    pub base_url: BaseUrl,
}

/// A notice that was read now, and what was noticed of it.
pub struct Fresh(Outcome<Read>);

type Read = Result<Arc<Manuscript>, Unreadable>;

/// A notice that could not be read.
struct Unreadable {
    shelf: Shelf,
    id: String,
    index: String,
}

impl Fresh {
    /// Reads a notice; its narrative is put aside where there is a place for it.
    pub fn read(bundle: &Bundle, config: &Config, spool: Option<&dyn Spool>) -> Self {
        let read = read::manuscript(bundle, &config.vocabularies);
        let aside = |manuscript: Manuscript| match spool {
            Some(spool) => Manuscript { narrative: manuscript.narrative.aside(spool), ..manuscript },
            None => manuscript,
        };
        Self(read.map(|manuscript| reading(bundle, manuscript.map(aside))))
    }

    fn shelf(&self) -> Shelf {
        self.0.value.as_ref().map_or_else(|unreadable| unreadable.shelf, |manuscript| manuscript.shelf)
    }
}

fn reading(bundle: &Bundle, manuscript: Option<Manuscript>) -> Read {
    let unreadable = || Unreadable { shelf: bundle.shelf, id: bundle.id.clone(), index: bundle.index_path() };
    manuscript.map(Arc::new).ok_or_else(unreadable)
}

/// Everything that was read of a site.
pub struct Readings {
    /// What was read now.
    pub fresh: Vec<Fresh>,
    /// What need not be read again.
    pub known: Vec<Arc<Manuscript>>,
    /// The pages about the site.
    pub pages: Vec<PageFile>,
}

impl Readings {
    /// Reads what was loaded. The bytes of a notice are let go as soon as it is read.
    pub fn of(inputs: Inputs, config: &Config) -> Self {
        let fresh = inputs.bundles.into_par_iter().map(|bundle| Fresh::read(&bundle, config, None)).collect();
        Self { fresh, known: Vec::new(), pages: inputs.pages }
    }
}

/// Clears what was read, and assembles the site.
pub fn site<'a>(
    config: &'a Config,
    Readings { fresh, known, pages }: Readings,
    ledger: &'a Ledger,
    options: &Options,
) -> Outcome<Site<'a>> {
    // Drafts are not for the public: their errors must not keep a warning back.
    let wanted = |shelf: Shelf| options.edition == Edition::Preview || shelf != Shelf::Draft;
    let mut diagnostics = Vec::new();
    let fresh = fresh.into_iter().filter(|fresh| wanted(fresh.shelf()));
    let fresh = fresh.map(|Fresh(read)| read.drain_into(&mut diagnostics)).collect();
    let known = known.into_iter().filter(|manuscript| wanted(manuscript.shelf)).collect();
    let site = assemble((config, ledger, options), (fresh, known), &pages);
    diagnostics.extend(site.diagnostics);
    Outcome::new(site.value, diagnostics)
}

fn assemble<'a>(
    (config, ledger, options): (&'a Config, &'a Ledger, &Options),
    (fresh, known): (Vec<Read>, Vec<Arc<Manuscript>>),
    pages: &[PageFile],
) -> Outcome<Site<'a>> {
    let mut diagnostics = Vec::new();
    let mut manuscripts = known;
    let mut unreadable = BTreeSet::new();
    for reading in fresh {
        match reading {
            Ok(manuscript) => manuscripts.push(manuscript),
            Err(notice) => {
                diagnostics.extend(altered(&notice));
                unreadable.insert(notice.id);
            }
        }
    }
    manuscripts.sort_by(|one, other| one.folder.cmp(&other.folder));
    let prose: Vec<_> = pages.iter().filter_map(|page| read::prose(page).drain_into(&mut diagnostics)).collect();
    let docket = Docket { manuscripts: &manuscripts, unreadable, ledger, rules: &config.review, now: options.now };
    let (cleared, duplicates) = rayon::join(|| review::clear(docket), || duplicates(&manuscripts));
    diagnostics.extend(duplicates);
    let cleared = cleared.drain_into(&mut diagnostics);
    // A notice that is refused would make every link to it look wrong.
    let refused = crate::diag::has_errors(&diagnostics);
    let assembled = site::assemble(config, ledger, options.now, cleared, prose);
    let Outcome { value: site, diagnostics: links } = assembled;
    diagnostics.extend(links.into_iter().filter(|link| !refused || link.severity == Severity::Error));
    Outcome::new(site, diagnostics)
}

/// Checks all of the site: whatever a build would report, and what the rules of the check find in drafts and live
/// notices. What is archived can no longer be changed and is not judged anew.
pub fn examine(inputs: &Inputs, ledger: &Ledger, scope: &Scope<'_>, options: &Options) -> Verdict {
    let config = scope.config;
    let studied: Vec<_> = inputs.bundles.par_iter().map(|bundle| (bundle, studied(bundle, scope))).collect();
    let mut verdict = Verdict::default();
    verdict.diagnostics.extend(lint::settings(&config.check));
    let mut read = Vec::new();
    for (bundle, (manuscript, found)) in studied {
        verdict.extend(found);
        read.push(reading(bundle, manuscript));
    }
    let manuscripts = read.iter().flatten().map(Arc::as_ref);
    let manuscripts: Vec<&Manuscript> = manuscripts.filter(|manuscript| manuscript.shelf != Shelf::Archived).collect();
    verdict.extend(lint::site(&Survey { manuscripts: &manuscripts, ledger, pages: &inputs.pages }, scope));
    for (bundle, study) in inputs.pages.iter().map(read::study_page) {
        verdict.extend(lint::notice(&Subject { bundle: &bundle, study: &study }, scope));
    }
    verdict.diagnostics.extend(assemble((config, ledger, options), (read, Vec::new()), &inputs.pages).diagnostics);
    verdict
}

/// Reads a notice with all its passages, and checks it; the passages are let go at once.
pub fn studied(bundle: &Bundle, scope: &Scope<'_>) -> (Option<Manuscript>, Verdict) {
    let Outcome { value: study, diagnostics } = read::study(bundle, &scope.config.vocabularies);
    let mut verdict = Verdict { diagnostics, ..Verdict::default() };
    if bundle.shelf != Shelf::Archived {
        verdict.extend(lint::notice(&Subject { bundle, study: &study }, scope));
    }
    (study.manuscript, verdict)
}

/// A published notice that can no longer be read is not what was signed, whatever else is wrong with it.
fn altered(notice: &Unreadable) -> Option<Diagnostic> {
    let message = "已发布的信息读不出来，与签署时不一致";
    (notice.shelf != Shelf::Draft).then(|| {
        Diagnostic::error(Code::LedgerMismatch, message)
            .in_file(&notice.index)
            .hint("已发布的文件不能手工改动：请从备份或版本库恢复；要修改请恢复后用 jingshi revise")
    })
}

/// Two folders of one shelf that claim one id and version.
fn duplicates(manuscripts: &[Arc<Manuscript>]) -> Vec<Diagnostic> {
    let mut seen: HashMap<(&NoticeId, u32, Shelf), &Manuscript> = HashMap::with_capacity(manuscripts.len());
    let mut found = Vec::new();
    for manuscript in manuscripts {
        let key = (&manuscript.notice.id, manuscript.notice.version, manuscript.shelf);
        if let Some(other) = seen.insert(key, manuscript) {
            found.push(
                manuscript
                    .error(Code::NoticeDuplicate, format!("编号“{}”用了两次", manuscript.notice.id))
                    .fact(format!("另一处在 {}", other.folder))
                    .hint("每条信息有自己的编号：请改掉其中一条的编号和文件夹名"),
            );
        }
    }
    found
}

/// Plans every file of the output.
pub fn plan<'a>(frame: &'a Frame<'a>, edition: Edition) -> Outcome<Plan<'a>> {
    let others = [feed::artifacts, data::artifacts, cap::artifacts];
    let others = || others.par_iter().map(|kind| kind(frame)).collect::<Vec<_>>();
    let (mut kinds, others) = rayon::join(|| pages::artifacts(frame), others);
    kinds.extend(others);
    // Listed once: half a million files of a large site.
    let mut artifacts: Vec<Artifact<'a>> = Vec::with_capacity(kinds.iter().map(Vec::len).sum());
    kinds.into_iter().for_each(|kind| artifacts.extend(kind));
    let basis = Basis { ledger: frame.site.ledger.head(), validity: frame.site.validity };
    Plan::new(edition, basis, artifacts)
}
