//! The review gate (三审三校): only what this module clears can be rendered for the public.
//!
//! In: manuscripts, the ledger, the rules. Out: [`Cleared`] notices, and a refusal for everything that is not exactly
//! what was signed and recorded. The proof is in the type: no other module can make a [`Cleared`].
//!
//! ```compile_fail
//! use jingshi::review::{Cleared, Standing};
//! fn smuggle(manuscript: std::sync::Arc<jingshi::read::Manuscript>, at: jingshi::moment::Moment) -> Cleared {
//!     Cleared { manuscript, standing: Standing::Signed, published: at }
//! }
//! ```

pub mod check;
pub mod desk;
pub mod digest;
pub mod ledger;
pub mod revise;
pub mod sign_off;

pub use check::Progress;
pub use ledger::{Event, Ledger};
pub use sign_off::SignOff;

use crate::config::ReviewRules;
use crate::diag::{Code, Diagnostic, Outcome, Position};
use crate::inputs::Shelf;
use crate::moment::Moment;
use crate::notice::{NoticeId, Status};
use crate::read::Manuscript;
use ledger::Row;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// On what ground a notice may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// All stages have signed.
    Signed,
    /// Published urgently; these stages have yet to sign.
    Urgent {
        /// The stages.
        missing: Vec<String>,
    },
    /// A draft, in a preview only.
    Draft,
}

/// A version of a notice that may be rendered: exactly what was signed and recorded, or a draft in a preview.
#[derive(Debug, Clone)]
pub struct Cleared {
    manuscript: Arc<Manuscript>,
    standing: Standing,
    published: Moment,
}

impl Cleared {
    /// The manuscript.
    pub fn manuscript(&self) -> &Manuscript {
        &self.manuscript
    }

    /// The manuscript, to be kept.
    pub fn shared(&self) -> &Arc<Manuscript> {
        &self.manuscript
    }

    /// On what ground it is shown.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// When it is published: the sign-off that released it, or a later `publish_at`.
    pub fn published(&self) -> Moment {
        self.published
    }
}

/// What the gate looks at.
pub struct Docket<'a> {
    /// Live notices, their archived versions and, for a preview, drafts.
    pub manuscripts: &'a [Arc<Manuscript>],
    /// The ids of live notices that could not be read; their absence is reported elsewhere already.
    pub unreadable: BTreeSet<String>,
    /// The ledger.
    pub ledger: &'a Ledger,
    /// The rules.
    pub rules: &'a ReviewRules,
    /// The clock.
    pub now: Moment,
}

/// Clears what may be shown. Any error means that the public edition as a whole is refused: a warning that does not
/// match its record may be forged, and one that is missing may have been removed.
pub fn clear(docket: Docket<'_>) -> Outcome<Vec<Cleared>> {
    let looked: Vec<Looked<'_>> = docket.manuscripts.par_iter().map(|manuscript| look(manuscript, &docket)).collect();
    let mut cleared = Vec::with_capacity(looked.len());
    let mut diagnostics = Vec::new();
    let mut shown = vec![false; docket.ledger.rows().len()];
    for Looked { rows, verdict } in looked {
        rows.iter().for_each(|row| shown[row.seq as usize - 1] = true);
        match verdict {
            Ok((one, warnings)) => {
                cleared.push(one);
                diagnostics.extend(warnings);
            }
            Err(refusals) => diagnostics.extend(refusals),
        }
    }
    diagnostics.par_extend(docket.ledger.lives().filter_map(|rows| unlawful(&rows)));
    diagnostics.extend(vanished(docket.ledger, &shown, &docket.unreadable));
    if docket.rules.reviewers.is_empty() && !docket.manuscripts.is_empty() {
        diagnostics.push(
            Diagnostic::warning(Code::ReviewOpen, "site.yaml 没有登记审签人员，任何名字都可以签署")
                .in_file(crate::config::FILE)
                .hint("请在 review.reviewers 里登记各环节的审签人员，最好同时登记公钥"),
        );
    }
    Outcome::new(cleared, diagnostics)
}

/// What becomes of a manuscript.
struct Looked<'a> {
    /// The rows of the ledger that record it, cleared or not.
    rows: Vec<&'a Row>,
    /// Cleared, with what is to be said of it nevertheless; or all that speaks against it.
    verdict: Result<(Cleared, Vec<Diagnostic>), Vec<Diagnostic>>,
}

fn look<'a>(manuscript: &Arc<Manuscript>, docket: &Docket<'a>) -> Looked<'a> {
    if manuscript.shelf == Shelf::Draft {
        return Looked { rows: Vec::new(), verdict: Ok((draft(manuscript, docket.now), Vec::new())) };
    }
    let life: Vec<&Row> = docket.ledger.of(&manuscript.notice.id).collect();
    let of_version = |row: &&&Row| row.entry.version == manuscript.notice.version;
    let rows: Vec<&Row> = life.iter().filter(of_version).copied().collect();
    let verdict = clear_one(manuscript, (&life, &rows), docket);
    Looked { rows, verdict }
}

fn draft(manuscript: &Arc<Manuscript>, now: Moment) -> Cleared {
    Cleared { manuscript: Arc::clone(manuscript), standing: Standing::Draft, published: now }
}

/// Clears one live or archived version, or says everything that speaks against it; given the rows of all its notice's
/// life, and its own.
fn clear_one(
    manuscript: &Arc<Manuscript>,
    (life, own): (&[&Row], &[&Row]),
    docket: &Docket<'_>,
) -> Result<(Cleared, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (progress, mut refusals) = check::check(manuscript, docket.rules, docket.now);
    if !progress.may_publish() {
        refusals.push(
            manuscript
                .error(Code::ReviewMissing, format!("还缺{}签署，不能发布", progress.missing.join("、")))
                .hint("未审签的稿件放在 content/drafts/；请移回那里送审"),
        );
    }
    refusals.extend(mismatches(manuscript, &progress, own));
    refusals.extend(wrong_shelf(manuscript, life));
    let Some(first) = own.first().filter(|_| refusals.is_empty()) else {
        return Err(refusals);
    };
    let published = manuscript.notice.publish_at.map_or(first.entry.time, |at| at.max(first.entry.time));
    let overdue = docket.now > published.plus_hours(docket.rules.urgent_hours);
    let standing = match progress.is_complete() {
        true => Standing::Signed,
        false => Standing::Urgent { missing: progress.missing.clone() },
    };
    // A version that was overtaken cannot be signed any more: the one that holds answers for it.
    let waits = manuscript.shelf == Shelf::Live && standing != Standing::Signed;
    let warnings = waits.then(|| pending(manuscript, &progress, overdue)).into_iter().collect();
    Ok((Cleared { manuscript: Arc::clone(manuscript), standing, published }, warnings))
}

/// An urgent publication that still waits for sign-offs: reported, and after the time allowed graver, but never taken
/// down.
fn pending(manuscript: &Manuscript, progress: &Progress, overdue: bool) -> Diagnostic {
    let missing = progress.missing.join("、");
    let (code, message) = match overdue {
        true => (Code::ReviewOverdue, format!("紧急发布已过补审时限，仍缺{missing}")),
        false => (Code::ReviewUrgent, format!("紧急发布，待补审：{missing}")),
    };
    let next = progress.missing.first().map_or("", String::as_str);
    Diagnostic::warning(code, message)
        .in_file(manuscript.index_path())
        .fact(format!("紧急发布的理由：{}", progress.urgent.as_deref().unwrap_or_default()))
        .hint(format!("请尽快补签：jingshi review sign --stage {next} --by 姓名 {}", manuscript.notice.id))
}

/// What a version and its ledger rows do not agree on.
fn mismatches(manuscript: &Manuscript, progress: &Progress, own: &[&Row]) -> Vec<Diagnostic> {
    let notice = &manuscript.notice;
    let restore = "请从备份或版本库恢复这条信息的文件夹和台账";
    let Some(first) = own.first() else {
        return vec![
            manuscript
                .error(Code::LedgerUnknown, format!("台账里没有第 {} 版的发布记录", notice.version))
                .hint("信息只能由 jingshi review sign 的最后一次签署进入 notices/；请移回 content/drafts/ 送审"),
        ];
    };
    let differs = |what: &str| {
        manuscript.error(Code::LedgerMismatch, format!("{what}与台账第 {} 行不一致", first.seq)).hint(restore)
    };
    let mut found = Vec::new();
    let entry = &first.entry;
    // Where the sign-offs already are of another text, the ledger can only say so again.
    let stale = manuscript.is_stale();
    if !stale && entry.digest != manuscript.digest {
        let digests = format!("台账摘要 {}…，现摘要 {}…", entry.digest.short(), manuscript.digest.short());
        found.push(differs("内容").fact(digests));
    }
    if !stale && entry.title != notice.title {
        found.push(differs("标题"));
    }
    let urgent = matches!(entry.event, Event::Published { urgent: true, .. });
    if !stale && !matches!(entry.event, Event::Published { status, .. } if status == notice.status) {
        found.push(differs("状态"));
    }
    // An urgent row seals the one sign-off on which it happened; the others are sealed when they are complete.
    let released = || manuscript.sign_offs.iter().filter(|sign_off| !urgent || sign_off.urgent.is_some());
    let sealed = sign_off::seal(&notice.id, notice.version, released()) == entry.sign_offs;
    if !sealed || released().next_back().is_none_or(|last| last.at != entry.time) {
        found.push(differs("审签记录"));
    }
    let completed = own.iter().find(|row| row.entry.event == Event::Completed);
    let whole = || sign_off::seal(&notice.id, notice.version, &manuscript.sign_offs);
    if completed.is_some_and(|row| row.entry.sign_offs != whole() || (!stale && row.entry.digest != manuscript.digest))
        || (urgent && progress.is_complete() && completed.is_none())
    {
        found.push(differs("补审记录"));
    }
    found
}

/// The latest version of the ledger is live, earlier ones are archived.
fn wrong_shelf(manuscript: &Manuscript, rows: &[&Row]) -> Option<Diagnostic> {
    let latest = rows.iter().map(|row| row.entry.version).max()?;
    let version = manuscript.notice.version;
    let right = if version == latest { Shelf::Live } else { Shelf::Archived };
    (manuscript.shelf != right && version <= latest).then(|| {
        let message = if version == latest {
            format!("第 {version} 版是现行版本，不应当在归档里")
        } else {
            format!("台账里最新是第 {latest} 版，这里是第 {version} 版")
        };
        manuscript
            .error(Code::LedgerMismatch, message)
            .hint("如果签署时曾中断，请再运行一次同样的 jingshi review sign；否则请从备份恢复")
    })
}

/// A life no notice can have: versions count up from 1, a withdrawal is the last word, 补审 follows an urgent publication.
fn unlawful(rows: &[&Row]) -> Option<Diagnostic> {
    let mut last: Option<&ledger::Entry> = None;
    let mut withdrawn = false;
    for row in rows {
        let entry = &row.entry;
        let lawful = match (last, entry.event) {
            (None, Event::Published { status, .. }) => entry.version == 1 && status == Status::Current,
            (Some(last), Event::Published { status, .. }) => {
                entry.version == last.version + 1 && status != Status::Current && !withdrawn
            }
            (Some(last), Event::Completed) => {
                entry.version == last.version && matches!(last.event, Event::Published { urgent: true, .. })
            }
            (None, Event::Completed) => false,
        };
        withdrawn |= matches!(entry.event, Event::Published { status: Status::Withdrawn, .. });
        if !lawful {
            let message =
                format!("台账第 {} 行不合规矩：“{}”第 {} 版{}", row.seq, entry.id, entry.version, entry.event);
            return Some(
                Diagnostic::error(Code::LedgerMismatch, message)
                    .at(ledger::FILE, Position::new(row.seq.saturating_add(1), 1))
                    .fact("版本从 1 起逐一递增，撤销之后不再有新版本，补审只跟在紧急发布之后")
                    .hint("请从备份或版本库恢复 content/"),
            );
        }
        last = Some(entry);
    }
    None
}

/// Versions that the ledger records and nobody can show: none of the manuscripts is what such a row tells of.
fn vanished(ledger: &Ledger, shown: &[bool], unreadable: &BTreeSet<String>) -> Vec<Diagnostic> {
    let missing = ledger.rows().iter().zip(shown).filter(|(_, shown)| !**shown).map(|(row, _)| &row.entry);
    let missing = missing.filter(|entry| !unreadable.contains(entry.id.as_str()));
    let versions: BTreeSet<(&NoticeId, u32)> = missing.map(|entry| (&entry.id, entry.version)).collect();
    let of_version = |(id, version): (&NoticeId, u32)| {
        let latest = ledger.of(id).map(|row| row.entry.version).max();
        let folder = if Some(version) == latest {
            format!("{}/{id}", Shelf::Live.folder())
        } else {
            format!("{}/{id}/v{version}", Shelf::Archived.folder())
        };
        Diagnostic::error(Code::LedgerVanished, format!("台账里已发布的“{id}”第 {version} 版不见了"))
            .in_file(folder)
            .hint("已发布的信息不能删除：请从备份或版本库恢复；要撤销请恢复后用 jingshi withdraw")
            .hint("如果签署时曾中断，请再运行一次同样的 jingshi review sign")
    };
    versions.into_iter().map(of_version).collect()
}
