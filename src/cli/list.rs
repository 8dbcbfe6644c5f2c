//! `list`: what is being written, what is public, what waits, what has run out.

use super::args::{ListArgs, Scope};
use super::{Report, Session};
use crate::artifact::Edition;
use crate::diag::{Diagnostic, Outcome, alone};
use crate::inputs::{Bundle, Shelf};
use crate::lint::{self, Subject};
use crate::moment::Moment;
use crate::read::{self, Manuscript};
use crate::site;
use crate::workspace;
use rayon::prelude::*;
use serde_json::json;
use std::fmt::Write as _;

/// Lists notices.
pub(super) fn run(session: &Session, args: &ListArgs) -> Report {
    match listed(session, args.scope) {
        Ok(Outcome { value, diagnostics }) => listing(&value, diagnostics),
        Err(diagnostics) => Report::refused(diagnostics, ""),
    }
}

/// A notice, and why it is listed where that is not plain.
struct Listed {
    manuscript: Manuscript,
    reasons: Vec<String>,
}

fn listed(session: &Session, scope: Scope) -> Result<Outcome<Vec<Listed>>, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let configuration = workspace::configuration(&site);
    let Some(config) = configuration.value else { return Err(configuration.diagnostics) };
    let (wanted, edition) = match scope {
        Scope::Drafts => (Shelf::Draft, Edition::Preview),
        _ => (Shelf::Live, Edition::Public),
    };
    let Outcome { value: inputs, mut diagnostics } = site.load(edition);
    // No list is made of it; but where it cannot be read, something is wrong with the folders.
    diagnostics.extend(site.ledger().err().map(|error| *error));
    let standards = workspace::standards(&site).drain_into(&mut diagnostics);
    let check = lint::Scope { config: &config, standards: &standards, now: session.now };
    let bundles = inputs.bundles.par_iter().filter(|bundle| bundle.shelf == wanted);
    let read: Vec<_> = bundles
        .map(|bundle| match scope {
            Scope::Due => with_reasons(bundle, &check),
            _ => read::manuscript(bundle, &config.vocabularies).map(|manuscript| Some(without_reasons(manuscript?))),
        })
        .collect();
    let all = read.into_iter().filter_map(|outcome| outcome.drain_into(&mut diagnostics));
    let chosen = all.filter(|listed| is_in(listed, scope, session.now)).collect();
    Ok(Outcome::new(chosen, diagnostics))
}

fn without_reasons(manuscript: Manuscript) -> Listed {
    Listed { manuscript, reasons: Vec::new() }
}

/// A notice, and why somebody must look at it again.
fn with_reasons(bundle: &Bundle, scope: &lint::Scope<'_>) -> Outcome<Option<Listed>> {
    read::study(bundle, &scope.config.vocabularies).map(|study| {
        let reasons = lint::recheck(&Subject { bundle, study: &study }, scope);
        study.manuscript.map(|manuscript| Listed { manuscript, reasons })
    })
}

fn is_in(listed: &Listed, scope: Scope, now: Moment) -> bool {
    let notice = &listed.manuscript.notice;
    let future = notice.publish_at.is_some_and(|at| at > now);
    match scope {
        Scope::Drafts => true,
        Scope::Live => !future,
        Scope::Future => future,
        Scope::Expired => site::has_expired(notice, now.day()),
        Scope::Due => !listed.reasons.is_empty(),
    }
}

fn listing(all: &[Listed], diagnostics: Vec<Diagnostic>) -> Report {
    let mut output = String::new();
    for Listed { manuscript, reasons } in all {
        let notice = &manuscript.notice;
        let level = notice.risk_level.as_ref().map_or("", |level| &level.name);
        let reasons = if reasons.is_empty() { String::new() } else { format!("\t{}", reasons.join("；")) };
        // Writing to a String cannot fail.
        let _ = writeln!(
            output,
            "{}\tv{}\t{}\t{}\t{level}\t{}{reasons}",
            notice.id,
            notice.version,
            notice.status.name(),
            notice.kind.name,
            notice.title
        );
    }
    let data = all.iter().map(|Listed { manuscript, reasons }| {
        let notice = &manuscript.notice;
        json!({
            "id": notice.id.as_str(), "version": notice.version, "status": notice.status.name(), "kind": notice.kind.name,
            "risk_level": notice.risk_level.as_ref().map(|level| &level.name), "title": notice.title, "folder": manuscript.folder.as_str(),
            "reasons": reasons,
        })
    });
    Report {
        data: data.collect(),
        conclusion: format!("共 {} 条。", all.len()),
        output,
        diagnostics,
        ..Report::default()
    }
}
