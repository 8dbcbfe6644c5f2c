//! `check`: finds the mistakes of drafts, live notices and the site before the public sees them.

use super::args::CheckArgs;
use super::{Report, Session, review, select};
use crate::artifact::Edition;
use crate::compose::{self, Options};
use crate::config::Config;
use crate::diag::{Diagnostic, Outcome, alone};
use crate::disk::SiteDir;
use crate::front_matter::{self, Mended};
use crate::inputs::Shelf;
use crate::lint::{self, Excused, Scope, Verdict};
use crate::workspace::{self, Workspace};
use rayon::prelude::*;
use serde_json::json;
use std::fmt::Write as _;

/// Checks what is named, or all of the site.
pub(super) fn run(session: &Session, args: &CheckArgs) -> Report {
    let mended = if args.fix { fix(session, &args.paths) } else { Ok(Vec::new()) };
    let checked = mended.and_then(|mended| {
        let checked = if args.paths.is_empty() { everything(session) } else { named(session, &args.paths) };
        checked.map(|checked| (mended, checked))
    });
    match checked {
        Ok((mended, (notices, verdict))) => report(&mended, notices, verdict),
        Err(diagnostics) => Report::refused(diagnostics, "没有查完。"),
    }
}

/// Mends what is certain in drafts that nobody has signed, and returns a line on each.
fn fix(session: &Session, paths: &[String]) -> Result<Vec<String>, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let _lock = site.lock().map_err(alone)?;
    let drafts = ["content/drafts".to_owned()];
    let all = site.has_folder(&drafts[0]).map_err(alone)?;
    let folders = match paths {
        [] if all => select::folders(&site, &drafts)?,
        paths => select::folders(&site, paths)?,
    };
    let (mut mended, mut texts) = (Vec::new(), Vec::new());
    for (_, folder, _) in folders.iter().filter(|(shelf, ..)| *shelf == Shelf::Draft) {
        let path = format!("{folder}/index.md");
        // That it is missing is reported by the check.
        if !site.has(&path).map_err(alone)? {
            continue;
        }
        let bytes = site.read(&path).map_err(alone)?;
        if let Some(Mended { text, done }) = front_matter::mend(&path, &bytes) {
            mended.push(format!("改好\t{path}\t{}\n", done.join("，")));
            texts.push((path, text));
        }
    }
    let files: Vec<_> = texts.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
    site.replace(&files).map_err(alone)?;
    site.sync().map_err(alone)?;
    Ok(mended)
}

/// How many notices were checked, and what that came to.
type Checked = (usize, Verdict);

fn everything(session: &Session) -> Result<Checked, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let Outcome { value: workspace, mut diagnostics } = Workspace::open(&site, Edition::Preview);
    let Some((workspace, mut inputs)) = workspace else { return Err(diagnostics) };
    let described = inputs.bundles.par_iter_mut().flat_map_iter(|bundle| site.describe(bundle));
    diagnostics.extend(described.collect::<Vec<_>>());
    let base_url = workspace.config.base_url.clone();
    let options = Options { now: session.now, edition: Edition::Preview, base_url };
    let standards = workspace::standards(&site).drain_into(&mut diagnostics);
    diagnostics.extend(workspace::holidays(&site).diagnostics);
    let scope = Scope { config: &workspace.config, standards: &standards, now: session.now };
    let mut verdict = compose::examine(&inputs, &workspace.ledger, &scope, &options);
    verdict.diagnostics.extend(diagnostics);
    verdict.diagnostics.iter_mut().for_each(review::overdue_is_an_error);
    let judged = inputs.bundles.iter().filter(|bundle| bundle.shelf != Shelf::Archived);
    Ok((judged.count(), verdict))
}

fn named(session: &Session, paths: &[String]) -> Result<Checked, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let Outcome { value: config, diagnostics } = workspace::configuration(&site);
    let Some(config) = config else { return Err(diagnostics) };
    let folders = select::folders(&site, paths)?;
    let standards = workspace::standards(&site);
    let scope = Scope { config: &config, standards: &standards.value, now: session.now };
    let checked: Vec<_> = folders.par_iter().map(|folder| one(&site, folder, &scope)).collect();
    let mut verdict = Verdict::default();
    verdict.diagnostics.extend(settings(&config));
    verdict.diagnostics.extend(standards.diagnostics);
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

fn report(mended: &[String], notices: usize, verdict: Verdict) -> Report {
    let Verdict { diagnostics, excused } = verdict;
    let mut conclusion = format!("查了 {notices} 篇");
    if !excused.is_empty() {
        // Writing to a String cannot fail.
        let _ = write!(conclusion, "，按稿件写明的理由放过 {} 处", excused.len());
    }
    if diagnostics.is_empty() {
        conclusion.push_str("，没有发现问题");
    }
    conclusion.push('。');
    let output = mended.iter().cloned().chain(excused.iter().map(line)).collect();
    let conclusion = if mended.is_empty() { conclusion } else { format!("改好 {} 篇；{conclusion}", mended.len()) };
    Report { diagnostics, excused, output, data: json!({ "notices": notices, "mended": mended.len() }), conclusion }
}

fn line(excused: &Excused) -> String {
    let Excused { finding, reason } = excused;
    let place = finding.place.as_ref().map(|place| match place.at {
        Some(at) => format!("{}:{}:{}", place.file, at.line, at.column),
        None => place.file.clone(),
    });
    format!("例外\t{}\t{}\t{reason}\n", place.unwrap_or_default(), finding.code.id())
}
