//! A site read from disk, ready for the core: configuration, theme, inputs and ledger.

mod known;

pub use known::{Known, Reading};

use known::{Beside, LedgerOf};

use crate::artifact::Edition;
use crate::compose::{self, Fresh, Options, Readings};
use crate::config::{self, Config};
use crate::diag::{Diagnostic, Outcome, is_unread};
use crate::disk::{Listing, Loaded, SiteDir};
use crate::inputs::{Bundle, Inputs, PageFile};
use crate::pages::Frame;
use crate::review::Ledger;
use crate::site::Site;
use crate::standards::{self, Register};
use crate::theme::Theme;
use crate::workdays::{self, Calendar};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::SystemTime;

/// Everything the core needs beside the content, read.
pub struct Workspace {
    /// `site.yaml`.
    pub config: Config,
    /// The compiled theme.
    pub theme: Arc<Theme>,
    /// The ledger.
    pub ledger: Arc<Ledger>,
    memory: Memory,
}

/// A workspace, with what was made of the notices that were read, and the pages.
type Opened<N> = (Workspace, Vec<N>, Vec<PageFile>);

/// What need not be read, and what to keep of what was.
struct Memory {
    /// What was read before.
    known: Known,
    /// The folders whose notices are known as they now are.
    still: Vec<String>,
    /// What the folders that were read hold.
    listings: BTreeMap<String, Listing>,
    /// What was read beside.
    beside: Beside,
    /// When reading began.
    began: SystemTime,
}

impl Workspace {
    /// Reads a site, and loads its content. None where the configuration or the theme is unusable, or something could not be
    /// read: then the diagnostics say why, and as much of the rest as can be known.
    pub fn open(site: &SiteDir, edition: Edition) -> Outcome<Option<(Self, Inputs)>> {
        let opened = Self::open_making(site, edition, Known::default(), |_, _, bundle| bundle);
        let inputs = |(workspace, notices, pages)| (workspace, Inputs { bundles: notices, pages });
        opened.map(|opened| opened.map(inputs))
    }

    /// Reads a site and its content, but for what is known of it. None where [`open`](Self::open) has none.
    pub fn open_knowing(site: &SiteDir, edition: Edition, known: Known) -> Outcome<Option<(Self, Readings)>> {
        let read = |config: &Config, known: &Known, bundle: Bundle| Fresh::read(&bundle, config, known.spool());
        Self::open_making(site, edition, known, read).map(|opened| {
            opened.map(|(workspace, fresh, pages)| {
                let Memory { known, still, .. } = &workspace.memory;
                let known = known.manuscripts(still).cloned().collect();
                (workspace, Readings { fresh, known, pages })
            })
        })
    }

    fn open_making<N: Send>(
        site: &SiteDir,
        edition: Edition,
        known: Known,
        make: impl Fn(&Config, &Known, Bundle) -> N + Sync,
    ) -> Outcome<Option<Opened<N>>> {
        let began = SystemTime::now();
        let mut diagnostics = Vec::new();
        let config = configuration(site).drain_into(&mut diagnostics);
        let Some(config) = config else { return Outcome::new(None, diagnostics) };
        let theme = theme(site, &config, &known);
        let clean = theme.value.clone().filter(|_| theme.diagnostics.is_empty());
        let theme = theme.drain_into(&mut diagnostics);
        let known = known.under(&config.vocabularies);
        let before = |folder: &str, listing: &dyn Fn() -> Option<Listing>| known.look(folder, listing);
        let make = |bundle: Bundle| make(&config, &known, bundle);
        let load = || site.load_unless(edition, known.folders(site), &before, make);
        let ((ledger, own), loaded) = rayon::join(|| known_ledger(site, &known, began), load);
        let ledger = ledger.drain_into(&mut diagnostics);
        let loaded = loaded.drain_into(&mut diagnostics);
        let Loaded { notices, pages, known: still, listings, folders } = loaded;
        let beside = Beside { folders, theme: clean, ledger: own };
        let workspace = theme.filter(|_| !is_unread(&diagnostics));
        let memory = Memory { known: known.looked(), still, listings, beside, began };
        let workspace = workspace.map(|theme| (Self { config, theme, ledger, memory }, notices, pages));
        Outcome::new(workspace, diagnostics)
    }

    /// A site that was read in another way.
    pub fn of(config: Config, theme: Theme, ledger: Ledger) -> Self {
        let (known, still, listings, beside) = Default::default();
        let memory = Memory { known, still, listings, beside, began: SystemTime::now() };
        Self { config, theme: Arc::new(theme), ledger: Arc::new(ledger), memory }
    }

    /// Composes the site of what was read and hands it to a function, ready to be planned; it borrows from the workspace.
    pub fn compose<R>(&self, readings: Readings, options: &Options, then: impl FnOnce(Outcome<&Frame<'_>>) -> R) -> R {
        let Outcome { value: site, diagnostics } = compose::site(&self.config, readings, &self.ledger, options);
        let frame = Frame::new(&site, &self.theme, &options.base_url, options.edition);
        then(Outcome::new(&frame, diagnostics))
    }

    /// What is known for the next run, where this is the site and all that was to be said of it.
    pub fn known(&self, site: &Site<'_>, diagnostics: &[Diagnostic]) -> Known {
        let Memory { known, still, beside, began, .. } = &self.memory;
        let mut known = known.clone();
        known.renew(still, (self.learnt(site, diagnostics), beside.clone()), *began);
        known
    }

    /// What was read without anything to be said of it.
    fn learnt(&self, site: &Site<'_>, diagnostics: &[Diagnostic]) -> Vec<(String, Reading)> {
        let noticed: BTreeSet<&str> =
            diagnostics.iter().filter_map(|found| Some(found.place.as_ref()?.file.as_str())).collect();
        let is_noticed = |folder: &str| noticed.range(folder..).next().is_some_and(|file| file.starts_with(folder));
        let versions = site.dossiers.iter().flat_map(|dossier| dossier.versions());
        let readings = versions.filter_map(|version| {
            let folder = version.manuscript().folder.as_str();
            let listing = self.memory.listings.get(folder).filter(|_| !is_noticed(folder))?.clone();
            Some((folder.to_owned(), Reading { listing, manuscript: Arc::clone(version.shared()) }))
        });
        readings.collect()
    }
}

/// The theme that the configuration names, compiled unless it is known.
fn theme(site: &SiteDir, config: &Config, known: &Known) -> Outcome<Option<Arc<Theme>>> {
    let files = match site.theme(&config.theme) {
        Ok(files) => files,
        Err(errors) => return Outcome::new(None, errors),
    };
    match known.theme(&config.theme, &files) {
        Some(theme) => Outcome::clean(Some(theme)),
        None => Theme::compile(&config.theme, files).map(|theme| theme.map(Arc::new)),
    }
}

/// The ledger, read unless it is known; and what is to be known of it, where nothing is to be said.
fn known_ledger(site: &SiteDir, known: &Known, now: SystemTime) -> (Outcome<Arc<Ledger>>, Option<LedgerOf>) {
    // It comes first: what changes while the file is read bears another mark then.
    let mark = site.ledger_mark();
    let ledger = match mark.and_then(|mark| known.ledger(mark)) {
        Some(ledger) => Outcome::clean(ledger),
        None => ledger(site).map(Arc::new),
    };
    let mark = mark.filter(|mark| ledger.diagnostics.is_empty() && mark.is_settled(now));
    let own = mark.map(|mark| (mark, Arc::clone(&ledger.value)));
    (ledger, own)
}

/// Reads the ledger; none is an empty one.
pub fn ledger(site: &SiteDir) -> Outcome<Ledger> {
    match site.ledger() {
        Ok(bytes) => Ledger::read(bytes.as_deref()),
        Err(error) => Outcome::new(Ledger::default(), vec![*error]),
    }
}

/// Reads `site.yaml`.
pub fn configuration(site: &SiteDir) -> Outcome<Option<Config>> {
    match site.config() {
        Ok(text) => config::read(&text),
        Err(error) => Outcome::new(None, vec![*error]),
    }
}

/// The standards that are known: those in the binary, and over them the site's own. What is wrong with the site's table
/// leaves out no more than the rows concerned.
pub fn standards(site: &SiteDir) -> Outcome<Register> {
    match site.standards() {
        Ok(Some(text)) => Register::bundled().extend(standards::FILE, &text),
        Ok(None) => Outcome::clean(Register::bundled()),
        Err(error) => Outcome::new(Register::bundled(), vec![*error]),
    }
}

/// The holidays that are known: those in the binary, and over them the site's own, without the rows that have a fault.
pub fn holidays(site: &SiteDir) -> Outcome<Calendar> {
    match site.holidays() {
        Ok(Some(text)) => Calendar::bundled().extend(workdays::FILE, &text),
        Ok(None) => Outcome::clean(Calendar::bundled()),
        Err(error) => Outcome::new(Calendar::bundled(), vec![*error]),
    }
}
