//! `check`: finds the mistakes of drafts, live notices and the site before the public sees them.

use super::args::CheckArgs;
use super::{Report, Session, select};
use crate::artifact::Edition;
use crate::compose::{self, Options};
use crate::config::Config;
use crate::diag::{Diagnostic, Outcome, alone};
use crate::disk::SiteDir;
use crate::lint::{self, Excused, Scope, Verdict};
use crate::workspace::{self, Workspace};
use rayon::prelude::*;
use serde_json::json;
use std::fmt::Write as _;

/// Checks what is named, or all of the site.
pub(super) fn run(session: &Session, args: &CheckArgs) -> Report {
    let result = if args.paths.is_empty() { everything(session) } else { named(session, &args.paths) };
    match result {
        Ok((notices, verdict)) => report(notices, verdict),
        Err(diagnostics) => Report::refused(diagnostics, "没有查完。"),
    }
}

/// How many notices were checked, and what that came to.
type Checked = (usize, Verdict);

fn everything(session: &Session) -> Result<Checked, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let Outcome { value: workspace, mut diagnostics } = Workspace::open(&site, Edition::Preview);
    let Some(mut workspace) = workspace else { return Err(diagnostics) };
    let described = workspace.inputs.bundles.par_iter_mut().flat_map_iter(|bundle| site.describe(bundle));
    diagnostics.extend(described.collect::<Vec<_>>());
    let base_url = workspace.config.base_url.clone();
    let options = Options { now: session.now, edition: Edition::Preview, base_url };
    let mut verdict = compose::examine(&workspace.config, &workspace.inputs, &workspace.ledger, &options);
    verdict.diagnostics.extend(diagnostics);
    Ok((workspace.inputs.bundles.len(), verdict))
}

fn named(session: &Session, paths: &[String]) -> Result<Checked, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let Outcome { value: config, diagnostics } = workspace::configuration(&site);
    let Some(config) = config else { return Err(diagnostics) };
    let folders = select::folders(&site, paths)?;
    let scope = Scope { config: &config, now: session.now };
    let checked: Vec<_> = folders.par_iter().map(|folder| one(&site, folder, &scope)).collect();
    let mut verdict = Verdict::default();
    verdict.diagnostics.extend(settings(&config));
    checked.into_iter().for_each(|one| verdict.extend(one));
    Ok((folders.len(), verdict))
}

fn settings(config: &Config) -> Vec<Diagnostic> {
    lint::settings(&config.check)
}

fn one(site: &SiteDir, (shelf, folder, _): &select::Folder, scope: &Scope<'_>) -> Verdict {
    let Outcome { value: bundle, diagnostics } = site.bundle(*shelf, folder);
    let mut verdict = Verdict { diagnostics, ..Verdict::default() };
    if let Some(mut bundle) = bundle {
        verdict.diagnostics.extend(site.describe(&mut bundle));
        verdict.extend(compose::studied(&bundle, scope).1);
    }
    verdict
}

fn report(notices: usize, verdict: Verdict) -> Report {
    let Verdict { diagnostics, excused } = verdict;
    let mut output = String::new();
    for Excused { finding, reason } in &excused {
        let place = finding.place.as_ref().map(|place| match place.at {
            Some(at) => format!("{}:{}:{}", place.file, at.line, at.column),
            None => place.file.clone(),
        });
        // Writing to a String cannot fail.
        let _ = writeln!(output, "例外\t{}\t{}\t{reason}", place.unwrap_or_default(), finding.code.id());
    }
    let mut conclusion = format!("查了 {notices} 篇");
    if !excused.is_empty() {
        let _ = write!(conclusion, "，按稿件写明的理由放过 {} 处", excused.len());
    }
    conclusion.push('。');
    let data = excused.iter().map(|excused| {
        let place = excused.finding.place.as_ref();
        json!({ "code": excused.finding.code.id(), "file": place.map(|place| &place.file), "line": place.and_then(|place| place.at).map(|at| at.line), "reason": excused.reason })
    });
    let data = json!({ "notices": notices, "excused": data.collect::<Vec<_>>() });
    Report { diagnostics, output, data, conclusion }
}
