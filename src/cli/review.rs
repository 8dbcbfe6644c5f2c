//! `review`: who has signed what, and signing.

mod rehearse;
mod sign;
mod verify;

pub(super) use sign::sign;
pub(super) use verify::verify;

use super::args::{PathsArgs, StatementArgs, WhatArgs};
use super::select::{self, Chosen};
use super::{Report, Session};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Outcome, Severity, alone};
use crate::disk::SiteDir;
use crate::inputs::Shelf;
use crate::moment::Moment;
use crate::read::Manuscript;
use crate::review::desk::{Desk, Request, Signer};
use crate::review::{Ledger, Progress, check};
use crate::workspace;
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The site, its configuration and its ledger.
struct Office {
    site: SiteDir,
    config: Config,
    ledger: Ledger,
}

impl Office {
    fn open(session: &Session) -> Result<Self, Vec<Diagnostic>> {
        let site = session.site().map_err(alone)?;
        let Outcome { value: config, mut diagnostics } = workspace::configuration(&site);
        let ledger = workspace::ledger(&site).drain_into(&mut diagnostics);
        match config {
            Some(config) if !crate::diag::has_errors(&diagnostics) => Ok(Self { site, config, ledger }),
            _ => Err(diagnostics),
        }
    }

    fn desk(&self, now: Moment, known: BTreeSet<crate::notice::NoticeId>) -> Desk<'_> {
        Desk { known, rules: &self.config.review, ledger: &self.ledger, now }
    }
}

/// A build must go on when an urgent publication is overdue; an audit and a check must not pass.
pub(super) fn overdue_is_an_error(found: &mut Diagnostic) {
    if found.code == Code::ReviewOverdue {
        found.severity = Severity::Error;
    }
}

/// How far the reviews have come.
pub(super) fn status(session: &Session, args: &PathsArgs) -> Report {
    let office = match Office::open(session) {
        Ok(office) => office,
        Err(diagnostics) => return Report::refused(diagnostics, ""),
    };
    let everything = ["content/drafts".to_owned(), "content/notices".to_owned()];
    let paths = if args.paths.is_empty() { &everything[..] } else { &args.paths };
    let Outcome { value: chosen, mut diagnostics } = select::manuscripts(&office.site, &office.config, paths);
    let mut output = String::new();
    let mut data = Vec::new();
    let mut shown = 0;
    for Chosen { manuscript, .. } in &chosen {
        let (progress, faults) = check::check(manuscript, &office.config.review, session.now);
        // Unasked, only what waits for somebody is listed.
        if args.paths.is_empty() && manuscript.shelf == Shelf::Live && progress.is_complete() && faults.is_empty() {
            continue;
        }
        shown += 1;
        describe(&mut output, manuscript, &progress);
        data.push(to_json(manuscript, &progress));
        diagnostics.extend(faults);
    }
    Report { output, data: data.into(), conclusion: format!("共 {shown} 篇。"), diagnostics, ..Report::default() }
}

fn describe(output: &mut String, manuscript: &Manuscript, progress: &Progress) {
    let notice = &manuscript.notice;
    let state = match (manuscript.shelf, progress.missing.first()) {
        (Shelf::Live | Shelf::Archived, None) => "已发布".to_owned(),
        (Shelf::Live | Shelf::Archived, Some(_)) => format!("紧急发布，待补审：{}", progress.missing.join("、")),
        (Shelf::Draft, None) => "已签完，等待发布（请再运行一次最后的签署）".to_owned(),
        (Shelf::Draft, Some(next)) => format!("等待{next}"),
    };
    // Writing to a String cannot fail.
    let _ = writeln!(output, "{} v{} {}\n  {state}", notice.id, notice.version, notice.title);
    for sign_off in &manuscript.sign_offs {
        let urgent = sign_off.urgent.as_ref().map(|reason| format!("（紧急：{reason}）")).unwrap_or_default();
        let stale = if sign_off.digest == manuscript.digest { "" } else { "，之后内容有改动，已失效" };
        let _ = writeln!(output, "  {}：{}，{}{urgent}{stale}", sign_off.stage, sign_off.by, sign_off.at.to_minute());
    }
}

fn to_json(manuscript: &Manuscript, progress: &Progress) -> serde_json::Value {
    let sign_offs = manuscript.sign_offs.iter().map(|sign_off| {
        json!({ "stage": sign_off.stage, "by": sign_off.by, "at": sign_off.at.to_string(), "urgent": sign_off.urgent, "stale": sign_off.digest != manuscript.digest })
    });
    json!({
        "id": manuscript.notice.id.as_str(), "version": manuscript.notice.version, "title": manuscript.notice.title,
        "folder": manuscript.folder.as_str(), "digest": manuscript.digest.to_string(), "sign_offs": sign_offs.collect::<Vec<_>>(), "missing": progress.missing,
    })
}

/// Prints the statement that `ssh-keygen -Y sign -n jingshi` is to sign.
pub(super) fn statement(session: &Session, args: &StatementArgs) -> Report {
    let statement = match make_statement(session, &args.what) {
        Ok(statement) => statement,
        Err(diagnostics) => return Report::refused(diagnostics, ""),
    };
    let data = json!({ "statement": statement });
    let Some(path) = &args.output else { return Report { data, output: statement, ..Report::default() } };
    let name = path.display().to_string();
    match std::fs::write(path, &statement) {
        Ok(()) => Report {
            data,
            conclusion: format!("陈述已写入“{name}”：用 ssh-keygen -Y sign -n jingshi 签名。"),
            ..Report::default()
        },
        Err(error) => Report::refused(vec![crate::disk::write_failed(&name, &error)], ""),
    }
}

fn make_statement(session: &Session, args: &WhatArgs) -> Result<String, Vec<Diagnostic>> {
    let office = Office::open(session)?;
    let chosen = select::manuscripts(&office.site, &office.config, &args.paths);
    if crate::diag::has_errors(&chosen.diagnostics) {
        return Err(chosen.diagnostics);
    }
    let [Chosen { manuscript, .. }] = &chosen.value[..] else {
        return Err(vec![Diagnostic::error(Code::Usage, "陈述一次只能导出一篇").hint("请写一篇稿件的编号或路径")]);
    };
    let request = request(args, session.now, Signer::None).map_err(alone)?;
    Ok(office.desk(session.now, BTreeSet::new()).statement(manuscript, &request))
}

fn request<'a>(args: &'a WhatArgs, now: Moment, signer: Signer<'a>) -> Result<Request<'a>, Box<Diagnostic>> {
    let at = match &args.at {
        None => now,
        Some(text) => Moment::parse(text).ok_or_else(|| {
            Box::new(Diagnostic::error(Code::Usage, "--at 的时间无法识别").hint("例如 2024-04-22T09:00:00+08:00"))
        })?,
    };
    let clean = |text: &str| !text.trim().is_empty() && text.trim() == text && !text.chars().any(char::is_control);
    if !clean(&args.by) || args.reason.as_deref().is_some_and(|reason| !clean(reason)) {
        return Err(Box::new(Diagnostic::error(Code::Usage, "姓名和理由不能为空，首尾不能有空格，不能换行")));
    }
    Ok(Request { stage: &args.stage, by: &args.by, at, urgent: args.reason.as_deref(), signer })
}

/// Whether a finding is about one of these notices, or about none alone: the ledger, a shelf, the site as a whole.
fn concerns(found: &Diagnostic, ids: &[&str]) -> bool {
    let notice = found.place.as_ref().and_then(|place| place.file.split('/').nth(2));
    notice.is_none_or(|id| ids.contains(&id))
}
