//! `list`: what is being written, what is public, what waits, what has run out.

use super::args::{ListArgs, Scope};
use super::{Report, Session};
use crate::artifact::Edition;
use crate::diag::{Diagnostic, Outcome, alone};
use crate::inputs::Shelf;
use crate::moment::Moment;
use crate::notice::Status;
use crate::read::{self, Manuscript};
use crate::workspace;
use rayon::prelude::*;
use serde_json::json;
use std::fmt::Write as _;

/// Lists notices.
pub(super) fn run(session: &Session, args: &ListArgs) -> Report {
    match manuscripts(session, args.scope) {
        Ok(Outcome { value, diagnostics }) => listing(&value, diagnostics),
        Err(diagnostics) => Report::refused(diagnostics, ""),
    }
}

fn manuscripts(session: &Session, scope: Scope) -> Result<Outcome<Vec<Manuscript>>, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let configuration = workspace::configuration(&site);
    let Some(config) = configuration.value else { return Err(configuration.diagnostics) };
    let (wanted, edition) = match scope {
        Scope::Drafts => (Shelf::Draft, Edition::Preview),
        _ => (Shelf::Live, Edition::Public),
    };
    let Outcome { value: inputs, mut diagnostics } = site.load(edition);
    let read: Vec<_> = inputs
        .bundles
        .par_iter()
        .filter(|bundle| bundle.shelf == wanted)
        .map(|bundle| read::manuscript(bundle, &config.vocabularies))
        .collect();
    let all = read.into_iter().filter_map(|outcome| outcome.drain_into(&mut diagnostics));
    let chosen = all.filter(|manuscript| is_in(manuscript, scope, session.now)).collect();
    Ok(Outcome::new(chosen, diagnostics))
}

fn is_in(manuscript: &Manuscript, scope: Scope, now: Moment) -> bool {
    let notice = &manuscript.notice;
    let future = notice.publish_at.is_some_and(|at| at > now);
    let past = |day: Option<crate::moment::Day>| day.is_some_and(|day| day < now.day());
    match scope {
        Scope::Drafts => true,
        Scope::Live => !future,
        Scope::Future => future,
        Scope::Expired => past(notice.expires),
        Scope::Due => past(notice.review_by) && notice.status != Status::Withdrawn,
    }
}

fn listing(manuscripts: &[Manuscript], diagnostics: Vec<Diagnostic>) -> Report {
    let mut output = String::new();
    for manuscript in manuscripts {
        let notice = &manuscript.notice;
        let level = notice.risk_level.as_ref().map_or("", |level| &level.name);
        // Writing to a String cannot fail.
        let _ = writeln!(
            output,
            "{}\tv{}\t{}\t{}\t{level}\t{}",
            notice.id,
            notice.version,
            notice.status.name(),
            notice.kind.name,
            notice.title
        );
    }
    let data = manuscripts.iter().map(|manuscript| {
        let notice = &manuscript.notice;
        json!({
            "id": notice.id.as_str(), "version": notice.version, "status": notice.status.name(), "kind": notice.kind.name,
            "risk_level": notice.risk_level.as_ref().map(|level| &level.name), "title": notice.title, "folder": manuscript.folder.as_str(),
        })
    });
    Report {
        data: data.collect(),
        conclusion: format!("共 {} 条。", manuscripts.len()),
        output,
        diagnostics,
        ..Report::default()
    }
}
