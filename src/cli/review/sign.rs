//! `review sign`: adds sign-offs, and brings what is released into the ledger and to `notices/`.
//!
//! The order of the writes is what makes it safe to interrupt: sign-offs first, then the ledger, then the folders. Run
//! again with the same words, it finishes what was begun; nothing is signed, recorded or moved twice.

use super::super::args::SignArgs;
use super::super::select::{self, Chosen};
use super::super::{Report, Session, keys};
use super::rehearse::rehearse;
use super::{Office, request};
use crate::compose;
use crate::diag::{Code, Diagnostic, Outcome, Severity, alone};
use crate::inputs::Shelf;
use crate::lint::Scope;
use crate::read;
use crate::review::desk::{Signer, Step};
use crate::review::ledger::{self, Entry, Ledger};
use crate::standards::Register;
use crate::workspace;
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What to do with a key under a passphrase.
const LOCKED_KEY: &str = "有口令的私钥请这样用：review statement 导出陈述，ssh-keygen -Y sign -n jingshi -f 私钥 签名，再用 --signature 交回";

/// What is said where a write failed: something may have been written.
const UNFINISHED: &str = "没有签署完：排除故障后，请再运行一次同样的命令，会接着做完。";

/// Signs notices.
pub(in crate::cli) fn sign(session: &Session, args: &SignArgs) -> Report {
    match run(session, args) {
        Ok(report) => report,
        Err(diagnostics) => Report::refused(diagnostics, "没有签署任何一篇。"),
    }
}

/// A notice and what signing it leads to.
pub(super) struct Signed<'a> {
    /// The notice.
    pub chosen: &'a Chosen,
    /// What follows.
    pub step: Step,
}

fn run(session: &Session, args: &SignArgs) -> Result<Report, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let _lock = site.lock().map_err(alone)?;
    let office = Office::open(session)?;
    let key = args.key.as_deref().map(|path| keys::private(path, LOCKED_KEY)).transpose().map_err(alone)?;
    let made = args.signature.as_deref().map(keys::signature).transpose().map_err(alone)?;
    let signer = match (&key, &made) {
        (Some(key), _) => Signer::Key(key),
        (None, Some(made)) => Signer::Made(made),
        (None, None) => Signer::None,
    };
    let request = request(&args.what, session.now, signer).map_err(alone)?;
    let Outcome { value: chosen, diagnostics: mut noticed } =
        select::manuscripts(&office.site, &office.config, &args.what.paths);
    if crate::diag::has_errors(&noticed) {
        return Err(noticed);
    }
    let published: BTreeSet<_> = office.ledger.rows().iter().map(|row| row.entry.id.clone()).collect();
    let mut desk = office.desk(session.now, published);
    // Of a whole folder, those that wait for another stage are passed over.
    let (wanted, passed): (Vec<&Chosen>, Vec<&Chosen>) = chosen
        .iter()
        .partition(|chosen| chosen.named || request.urgent.is_some() || desk.awaits(&chosen.manuscript, request.stage));
    let standards = standards(&office, &mut noticed);
    // A text is judged by the day on which it is signed.
    let scope = Scope { config: &office.config, standards: &standards, now: request.at };
    noticed.extend(wanted.par_iter().flat_map_iter(|chosen| mistakes(chosen, &office, &scope)).collect::<Vec<_>>());
    if crate::diag::has_errors(&noticed) {
        return Err(noticed);
    }
    desk.known.extend(wanted.iter().map(|chosen| chosen.manuscript.notice.id.clone()));
    let results: Vec<_> =
        wanted.par_iter().map(|chosen| (*chosen, desk.sign(&chosen.manuscript, chosen.index(), &request))).collect();
    let mut signed = Vec::new();
    let mut refused = Vec::new();
    for (chosen, result) in results {
        match result {
            Ok((step, notes)) => {
                noticed.extend(notes);
                if let Step::Released(_, entry) = &step {
                    refused.extend(predecessor(&office, entry));
                }
                signed.push(Signed { chosen, step });
            }
            Err(refusals) => refused.extend(refusals),
        }
    }
    if !refused.is_empty() {
        noticed.extend(refused);
        return Err(noticed);
    }
    let recorded = recorded(&office.ledger, &signed);
    let refused = rehearse(&office, session.now, &signed, &recorded);
    if !refused.is_empty() {
        noticed.extend(refused);
        return Err(noticed);
    }
    if let Err(error) = write(&office, &signed, &recorded) {
        noticed.push(*error);
        return Ok(Report::refused(noticed, UNFINISHED));
    }
    Ok(report(&signed, passed.len(), noticed))
}

/// What the check finds in a draft. Signing is the moment at which a mistake can still be mended by whoever sees it: an
/// error is no more signed than published. What is live is not judged anew.
fn mistakes(chosen: &Chosen, office: &Office, scope: &Scope<'_>) -> Vec<Diagnostic> {
    if chosen.bundle.shelf != Shelf::Draft {
        return Vec::new();
    }
    let mut bundle = chosen.bundle.clone();
    let unread = office.site.describe(&mut bundle);
    let (_, verdict) = compose::studied(&bundle, scope);
    unread.into_iter().chain(verdict.diagnostics).filter(|found| found.severity != Severity::Note).collect()
}

/// The standards that are known. A slip in the site's table is no reason to keep a warning back.
fn standards(office: &Office, noticed: &mut Vec<Diagnostic>) -> Register {
    let Outcome { value, diagnostics } = workspace::standards(&office.site);
    noticed.extend(diagnostics.into_iter().map(|found| Diagnostic { severity: Severity::Warning, ..found }));
    value
}

fn write(office: &Office, signed: &[Signed<'_>], recorded: &Ledger) -> Result<(), Box<Diagnostic>> {
    let texts = signed.iter().filter_map(|signed| Some((signed.chosen, text(&signed.step)?)));
    let changed = texts.filter(|(chosen, text)| chosen.index() != text.as_bytes());
    let files: Vec<_> = changed.map(|(chosen, text)| (chosen.manuscript.index_path(), text.as_bytes())).collect();
    office.site.replace(&files)?;
    office.site.sync()?;
    record(office, recorded)?;
    for signed in signed {
        if let Step::Released(_, entry) = &signed.step {
            release(office, entry)?;
        }
    }
    office.site.sync()
}

fn text(step: &Step) -> Option<&str> {
    match step {
        Step::Already => None,
        Step::Pending(text) | Step::Released(text, _) | Step::Completed(text, _) => Some(text),
    }
}

/// The ledger with what is not in it yet.
fn recorded(ledger: &Ledger, signed: &[Signed<'_>]) -> Ledger {
    let known: BTreeSet<_> = ledger.rows().iter().map(|row| key(&row.entry)).collect();
    let entries = signed.iter().filter_map(|signed| match &signed.step {
        Step::Released(_, entry) | Step::Completed(_, entry) => Some(entry),
        Step::Already | Step::Pending(_) => None,
    });
    let mut fresh: Vec<_> = entries.filter(|entry| !known.contains(&key(entry))).collect();
    fresh.sort_by_key(|entry| entry.time);
    let mut recorded = ledger.clone();
    fresh.into_iter().for_each(|entry| recorded.append((**entry).clone()));
    recorded
}

fn record(office: &Office, recorded: &Ledger) -> Result<(), Box<Diagnostic>> {
    if recorded.head() == office.ledger.head() {
        return Ok(());
    }
    office.site.replace(&[(ledger::FILE.to_owned(), &recorded.to_csv()?)])?;
    office.site.sync()
}

/// What makes a row: a version goes public once, and is completed once.
fn key(entry: &Entry) -> (crate::notice::NoticeId, u32, bool) {
    (entry.id.clone(), entry.version, entry.event == ledger::Event::Completed)
}

/// Why what is live cannot make room for a new version: it is not the version before.
fn predecessor(office: &Office, entry: &Entry) -> Vec<Diagnostic> {
    let (id, version) = (&entry.id, entry.version);
    let live = format!("content/notices/{id}");
    match office.site.has_folder(&live) {
        Ok(true) => {}
        Ok(false) => return Vec::new(),
        Err(error) => return alone(error),
    }
    let mut diagnostics = Vec::new();
    let bundle = office.site.bundle(Shelf::Live, &live).drain_into(&mut diagnostics);
    let manuscript =
        bundle.and_then(|bundle| read::manuscript(&bundle, &office.config.vocabularies).drain_into(&mut diagnostics));
    if let Some(manuscript) = manuscript
        && manuscript.notice.version.checked_add(1) != Some(version)
    {
        let found = manuscript.notice.version;
        let message = format!("content/notices/ 里的“{id}”是第 {found} 版，草稿是第 {version} 版，不能接着发布");
        diagnostics.push(
            manuscript
                .error(Code::NoticeState, message)
                .hint(format!("请移走 content/drafts/{id}；要修改已发布的信息请用 jingshi revise {id}")),
        );
    }
    diagnostics.retain(|found| found.severity == Severity::Error);
    diagnostics
}

/// Moves the version before to the archive, and the new one to `notices/`.
fn release(office: &Office, entry: &Entry) -> Result<(), Box<Diagnostic>> {
    let id = &entry.id;
    let (draft, live) = (format!("content/drafts/{id}"), format!("content/notices/{id}"));
    if office.site.has_folder(&live)? {
        office.site.move_folder(&live, &format!("content/archive/{id}/v{}", entry.version.saturating_sub(1)))?;
    }
    office.site.move_folder(&draft, &live)
}

fn report(signed: &[Signed<'_>], passed: usize, diagnostics: Vec<Diagnostic>) -> Report {
    let mut output = String::new();
    let mut data = Vec::new();
    let mut published = 0;
    for Signed { chosen, step } in signed {
        let (state, word) = match step {
            Step::Already => ("already", "早已签署"),
            Step::Pending(_) => ("signed", "已签署"),
            Step::Released(..) => ("published", "已签署，进入已发布"),
            Step::Completed(..) => ("completed", "补审完成"),
        };
        published += usize::from(state == "published");
        let notice = &chosen.manuscript.notice;
        // Writing to a String cannot fail.
        let _ = writeln!(output, "{}\tv{}\t{word}", notice.id, notice.version);
        data.push(json!({ "id": notice.id.as_str(), "version": notice.version, "state": state }));
    }
    let mut conclusion = format!("签署 {} 篇", signed.len());
    if published > 0 {
        let _ = write!(conclusion, "，其中 {published} 篇可以发布：运行 jingshi build 生成网站");
    }
    if passed > 0 {
        let _ = write!(conclusion, "；跳过 {passed} 篇（不在这个环节）");
    }
    conclusion.push('。');
    Report { output, data: data.into(), conclusion, diagnostics, ..Report::default() }
}
