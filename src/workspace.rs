//! A site read from disk, ready for the core: configuration, theme, inputs and ledger.

use crate::artifact::{Edition, Plan};
use crate::compose::{self, Options};
use crate::config::{self, Config};
use crate::diag::{Class, Outcome, Severity};
use crate::disk::SiteDir;
use crate::inputs::Inputs;
use crate::review::Ledger;
use crate::standards::{self, Register};
use crate::theme::Theme;
use crate::workdays::{self, Calendar};

/// Everything the core needs, read.
pub struct Workspace {
    /// `site.yaml`.
    pub config: Config,
    /// The compiled theme.
    pub theme: Theme,
    /// The content.
    pub inputs: Inputs,
    /// The ledger.
    pub ledger: Ledger,
}

impl Workspace {
    /// Reads a site. None where the configuration or the theme is unusable, or something could not be read: then the
    /// diagnostics say why, and as much of the rest as can be known.
    pub fn open(site: &SiteDir, edition: Edition) -> Outcome<Option<Self>> {
        let mut diagnostics = Vec::new();
        let config = configuration(site).drain_into(&mut diagnostics);
        let Some(config) = config else { return Outcome::new(None, diagnostics) };
        let theme = match site.theme(&config.theme) {
            Ok(files) => Theme::compile(&config.theme, files).drain_into(&mut diagnostics),
            Err(errors) => {
                diagnostics.extend(errors);
                None
            }
        };
        let inputs = site.load(edition).drain_into(&mut diagnostics);
        let ledger = Ledger::read(inputs.ledger.as_deref()).drain_into(&mut diagnostics);
        // What could not be read would only look like something that vanished.
        let unread =
            diagnostics.iter().any(|found| found.severity == Severity::Error && found.code.class() == Class::Io);
        let workspace = theme.filter(|_| !unread).map(|theme| Self { config, theme, inputs, ledger });
        Outcome::new(workspace, diagnostics)
    }

    /// Composes the site and hands the plan to a function; the plan borrows from the workspace.
    pub fn compose<R>(&self, options: &Options, then: impl FnOnce(Outcome<Plan<'_>>) -> R) -> R {
        let Outcome { value: site, mut diagnostics } = compose::site(&self.config, &self.inputs, &self.ledger, options);
        let frame = crate::pages::Frame::new(&site, &self.theme, &options.base_url, options.edition);
        let plan = compose::plan(&frame, options.edition).drain_into(&mut diagnostics);
        then(Outcome::new(plan, diagnostics))
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
