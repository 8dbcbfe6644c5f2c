//! The desk at which notices are signed: one sign-off is added, and what follows from it is worked out.
//!
//! Pure: the shell writes what comes out, in an order that can be interrupted anywhere and run again.

use super::check::{self, authority};
use super::ledger::{Entry, Event, Ledger};
use super::sign_off::{self, NAMESPACE, SignOff};
use crate::config::ReviewRules;
use crate::diag::{Code, Diagnostic, alone, has_errors};
use crate::front_matter::{self, Text};
use crate::inputs::Shelf;
use crate::moment::Moment;
use crate::notice::{NoticeId, Status};
use crate::read::Manuscript;
use crate::ssh::{self, PrivateKey};
use std::collections::BTreeSet;

/// A wish to sign.
pub struct Request<'a> {
    /// The stage.
    pub stage: &'a str,
    /// Who signs.
    pub by: &'a str,
    /// When.
    pub at: Moment,
    /// Publish at once, before the other stages have signed, for this reason.
    pub urgent: Option<&'a str>,
    /// How the SSH signature is made.
    pub signer: Signer<'a>,
}

/// How the SSH signature of a sign-off is made.
pub enum Signer<'a> {
    /// No signature: for reviewers without a key.
    None,
    /// With this private key.
    Key(&'a PrivateKey),
    /// Made elsewhere with `ssh-keygen -Y sign` over the statement.
    Made(&'a str),
}

/// What a sign-off leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The sign-off was there before; nothing is left to do.
    Already,
    /// The text with the sign-off; other stages have yet to sign.
    Pending(String),
    /// The text with the sign-off that releases it, and the ledger's record of it. Then the folder moves to `notices/`.
    Released(String, Box<Entry>),
    /// The text with the last missing sign-off of an urgent publication, and the ledger's record of it.
    Completed(String, Box<Entry>),
}

/// Rules and records a sign-off is checked against.
pub struct Desk<'a> {
    /// Notices that are public, or become so with this run: what a released notice may refer to.
    pub known: BTreeSet<NoticeId>,
    /// The rules.
    pub rules: &'a ReviewRules,
    /// The ledger.
    pub ledger: &'a Ledger,
    /// The clock.
    pub now: Moment,
}

impl Desk<'_> {
    /// The stages by which a manuscript is judged; never empty.
    fn stages(&self, manuscript: &Manuscript) -> &[String] {
        check::stages(manuscript, self.rules, self.now)
    }

    /// Whether a manuscript waits for this stage (so that a whole folder can be signed at once).
    pub fn awaits(&self, manuscript: &Manuscript, stage: &str) -> bool {
        let fresh = !manuscript.is_stale();
        let (progress, _) = check::check(manuscript, self.rules, self.now);
        let interrupted = fresh
            && (self.is_unrecorded(manuscript, &progress)
                || (manuscript.shelf == Shelf::Draft && progress.may_publish()));
        if interrupted {
            return manuscript.sign_offs.last().is_some_and(|last| last.stage == stage);
        }
        let next = if fresh { progress.missing.first() } else { self.stages(manuscript).first() };
        next.is_some_and(|next| next == stage)
    }

    /// The statement that a sign-off of this request covers.
    pub fn statement(&self, manuscript: &Manuscript, request: &Request<'_>) -> String {
        self.sign_off(manuscript, request).statement(&manuscript.notice.id, manuscript.notice.version)
    }

    fn sign_off(&self, manuscript: &Manuscript, request: &Request<'_>) -> SignOff {
        let others_signed = self.stages(manuscript)[..self.stages(manuscript).len() - 1]
            .iter()
            .all(|stage| manuscript.sign_offs.iter().any(|sign_off| sign_off.stage == *stage));
        SignOff {
            stage: request.stage.to_owned(),
            by: request.by.to_owned(),
            at: request.at,
            digest: manuscript.digest,
            // Where nobody is passed over, the sign-off is an ordinary one.
            urgent: request.urgent.filter(|_| !others_signed).map(str::to_owned),
            signature: None,
        }
    }

    /// Adds a sign-off to a manuscript whose `index.md` has these bytes.
    ///
    /// # Errors
    /// Everything that speaks against it.
    pub fn sign(
        &self,
        manuscript: &Manuscript,
        index: &[u8],
        request: &Request<'_>,
    ) -> Result<(Step, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut notes = Vec::new();
        let manuscript = self.without_stale(manuscript, &mut notes);
        let manuscript = self.without_unrecorded(manuscript, request);
        let (progress, faults) = check::check(&manuscript, self.rules, self.now);
        if has_errors(&faults) {
            return Err(faults);
        }
        if let Some(step) = self.repeated(&manuscript, index, request, &progress)? {
            return Ok((step, notes));
        }
        let mut refusals = self.refusals(&manuscript, request, &progress);
        let mut sign_off = self.sign_off(&manuscript, request);
        match self.signature(&manuscript, &sign_off, request) {
            Ok(signature) => sign_off.signature = signature,
            Err(refusal) => refusals.push(*refusal),
        }
        if !refusals.is_empty() {
            // Who is refused must hear that the text was changed after it was signed.
            notes.extend(refusals);
            return Err(notes);
        }
        let mut signed = manuscript;
        signed.sign_offs.push(sign_off);
        let step = self.step(&signed, index)?;
        self.check_step(&signed, &step)?;
        let known = || self.known.iter().map(NoticeId::as_str).collect();
        let dangling = if matches!(step, Step::Released(..)) { signed.dangling(&known()) } else { Vec::new() };
        if dangling.is_empty() { Ok((step, notes)) } else { Err(dangling) }
    }

    /// A draft whose text changed after sign-offs begins again; a live notice never does.
    fn without_stale(&self, manuscript: &Manuscript, notes: &mut Vec<Diagnostic>) -> Manuscript {
        let mut manuscript = manuscript.clone();
        if manuscript.is_stale() && manuscript.shelf == Shelf::Draft {
            let stages: Vec<&str> = manuscript.sign_offs.iter().map(|sign_off| sign_off.stage.as_str()).collect();
            notes.push(
                Diagnostic::warning(Code::ReviewStale, format!("签署后内容有改动，先前的{}已作废", stages.join("、")))
                    .in_file(manuscript.index_path())
                    .hint("各环节需要重新签署"),
            );
            manuscript.sign_offs.clear();
        }
        manuscript
    }

    /// Whether the sign-offs suffice for an event that the ledger does not have: a run was interrupted before it.
    fn is_unrecorded(&self, manuscript: &Manuscript, progress: &check::Progress) -> bool {
        let notice = &manuscript.notice;
        let recorded = |completed: bool| {
            let mut rows = self.ledger.of(&notice.id).filter(|row| row.entry.version == notice.version);
            rows.any(|row| (row.entry.event == Event::Completed) == completed)
        };
        match manuscript.shelf {
            Shelf::Draft => progress.may_publish() && !recorded(false),
            Shelf::Live => progress.is_complete() && progress.urgent.is_some() && !recorded(true),
            Shelf::Archived => false,
        }
    }

    /// A sign-off whose run was interrupted before the ledger has led to nothing yet. It is made again, and checked again:
    /// others may have been published in the meantime, and times in the ledger never decrease.
    fn without_unrecorded(&self, mut manuscript: Manuscript, request: &Request<'_>) -> Manuscript {
        let (progress, _) = check::check(&manuscript, self.rules, self.now);
        let own = |last: &SignOff| last.stage == request.stage && last.by == request.by;
        if manuscript.sign_offs.last().is_some_and(own) && self.is_unrecorded(&manuscript, &progress) {
            manuscript.sign_offs.pop();
        }
        manuscript
    }

    /// No event enters the ledger with a time before its last row.
    fn check_step(&self, manuscript: &Manuscript, step: &Step) -> Result<(), Vec<Diagnostic>> {
        let (Step::Released(_, entry) | Step::Completed(_, entry)) = step else { return Ok(()) };
        let (progress, _) = check::check(manuscript, self.rules, self.now);
        match self.ledger.last_time() {
            Some(last) if entry.time < last && self.is_unrecorded(manuscript, &progress) => {
                let message = format!("签署时间 {} 早于台账最后一次发布的 {last}，不能倒签", entry.time);
                let hint = "先前的签署没有完成发布：请删去草稿里的审签记录（review），重新送审";
                Err(vec![manuscript.error(Code::ReviewTime, message).hint(hint)])
            }
            _ => Ok(()),
        }
    }

    /// A sign-off that is there already: nothing to do, or the rest of an interrupted run.
    fn repeated(
        &self,
        manuscript: &Manuscript,
        index: &[u8],
        request: &Request<'_>,
        progress: &check::Progress,
    ) -> Result<Option<Step>, Vec<Diagnostic>> {
        let Some(earlier) = manuscript.sign_offs.iter().find(|sign_off| sign_off.stage == request.stage) else {
            return Ok(None);
        };
        if earlier.by != request.by {
            let message = format!("{}已由“{}”签署", earlier.stage, earlier.by);
            return Err(vec![manuscript.error(Code::ReviewOrder, message).hint("每个环节只签一次")]);
        }
        let unfinished_release = manuscript.shelf == Shelf::Draft && progress.may_publish();
        let unfinished_completion =
            manuscript.shelf == Shelf::Live && progress.is_complete() && progress.urgent.is_some();
        if unfinished_release || unfinished_completion {
            let step = self.step(manuscript, index)?;
            self.check_step(manuscript, &step)?;
            return Ok(Some(step));
        }
        Ok(Some(Step::Already))
    }

    /// Everything that speaks against a new sign-off.
    fn refusals(&self, manuscript: &Manuscript, request: &Request<'_>, progress: &check::Progress) -> Vec<Diagnostic> {
        let mut refusals = Vec::new();
        let mut refuse =
            |code, message: String, hint: String| refusals.push(manuscript.error(code, message).hint(hint));
        // Who may no longer sign today may not sign for an earlier day either.
        let refused = [request.at, self.now]
            .into_iter()
            .find_map(|at| authority(request.stage, request.by, at, (self.rules, self.stages(manuscript))));
        if let Some(message) = refused {
            refuse(
                Code::ReviewUnknown,
                message,
                format!("可用的环节：{}；人员在 site.yaml 的 review 里登记", self.stages(manuscript).join("、")),
            );
        }
        if let Some(other) = manuscript.sign_offs.iter().find(|sign_off| sign_off.by == request.by) {
            refuse(
                Code::ReviewPerson,
                format!("“{}”已签署{}，不能再签{}", other.by, other.stage, request.stage),
                "三审须由不同的人完成".to_owned(),
            );
        }
        let last = &self.stages(manuscript)[self.stages(manuscript).len() - 1];
        let next = progress.missing.first().map_or("", String::as_str);
        if request.urgent.is_some() && request.stage != last {
            refuse(Code::ReviewOrder, format!("只有{last}可以紧急发布"), format!("请由{last}的审签人签署"));
        } else if request.urgent.is_none()
            && request.stage != next
            && self.stages(manuscript).iter().any(|stage| stage == request.stage)
        {
            refuse(
                Code::ReviewOrder,
                format!("现在应当由{next}签署，还轮不到{}", request.stage),
                format!("请按顺序签署：{}", self.stages(manuscript).join("、")),
            );
        }
        if manuscript.shelf == Shelf::Archived || (manuscript.shelf == Shelf::Live && progress.urgent.is_none()) {
            refuse(
                Code::NoticeState,
                "已经发布的版本不再签署".to_owned(),
                format!("要修改请用 jingshi revise {}", manuscript.notice.id),
            );
        }
        self.check_time(manuscript, request, &mut refuse);
        self.check_version(manuscript, &mut refuse);
        refusals
    }

    /// Nobody signs for the future, before the sign-off before, or before what the ledger has recorded.
    fn check_time(
        &self,
        manuscript: &Manuscript,
        request: &Request<'_>,
        refuse: &mut impl FnMut(Code, String, String),
    ) {
        let hint = || "签署时间通常不写，由程序填写当前时间".to_owned();
        if request.at > self.now {
            refuse(Code::ReviewTime, format!("签署时间 {} 晚于现在 {}", request.at, self.now), hint());
        }
        if let Some(earlier) = manuscript.sign_offs.last().filter(|earlier| earlier.at > request.at) {
            refuse(Code::ReviewTime, format!("签署时间 {} 早于{}的 {}", request.at, earlier.stage, earlier.at), hint());
        }
        if let Some(last) = self.ledger.last_time().filter(|last| *last > request.at) {
            refuse(
                Code::ReviewTime,
                format!("签署时间 {} 早于台账最后一次发布的 {last}，不能倒签", request.at),
                hint(),
            );
        }
    }

    /// A draft is the version after the last one published.
    fn check_version(&self, manuscript: &Manuscript, refuse: &mut impl FnMut(Code, String, String)) {
        if manuscript.shelf != Shelf::Draft {
            return;
        }
        let notice = &manuscript.notice;
        let last = self.ledger.of(&notice.id).filter(|row| row.entry.event != Event::Completed).last();
        let published = last.map_or(0, |row| row.entry.version);
        // An interrupted release of this very version goes on.
        let resumed =
            last.is_some_and(|row| row.entry.version == notice.version && row.entry.digest == manuscript.digest);
        if published.checked_add(1) != Some(notice.version) && !resumed {
            let message = format!("台账里“{}”已发布到第 {published} 版，这份草稿是第 {} 版", notice.id, notice.version);
            let hint = if published == 0 {
                "新稿从第 1 版开始".to_owned()
            } else {
                format!("编号不能重复使用；要修改已发布的信息请用 jingshi revise {}", notice.id)
            };
            refuse(Code::NoticeState, message, hint);
        }
        if last.is_some_and(|row| matches!(row.entry.event, Event::Published { status: Status::Withdrawn, .. }))
            && !resumed
        {
            refuse(
                Code::NoticeState,
                format!("“{}”已经撤销，不能再发布新版本", notice.id),
                "请用 jingshi new 另发一条，并在 related 里写上这个编号".to_owned(),
            );
        }
    }

    fn signature(
        &self,
        manuscript: &Manuscript,
        sign_off: &SignOff,
        request: &Request<'_>,
    ) -> Result<Option<String>, Box<Diagnostic>> {
        let statement = sign_off.statement(&manuscript.notice.id, manuscript.notice.version);
        let keys = self.rules.reviewer(request.by).map(|reviewer| reviewer.keys.as_slice()).unwrap_or_default();
        let refuse =
            |message: String, hint: &str| Box::new(manuscript.error(Code::ReviewSignature, message).hint(hint));
        let signature = match (&request.signer, keys) {
            (Signer::None, []) => return Ok(None),
            (Signer::None, _) => {
                let message = format!("“{}”登记了公钥，签署时必须使用私钥", request.by);
                return Err(refuse(
                    message,
                    "请加上 --key 私钥文件；私钥有口令时，用 review statement 导出陈述，以 ssh-keygen -Y sign 签名后用 --signature 交回",
                ));
            }
            (_, []) => {
                let message = format!("site.yaml 里没有“{}”的公钥，签名无法核对", request.by);
                return Err(refuse(message, "请先在 site.yaml 的 review.reviewers 里登记公钥"));
            }
            (Signer::Key(key), _) => key.sign(NAMESPACE, statement.as_bytes()),
            (Signer::Made(made), _) => ssh::canonical(made),
        };
        let signature = signature.map_err(|error| refuse(error.to_string(), "请检查所用的私钥或签名文件"))?;
        if !keys.iter().any(|key| key.verifies(NAMESPACE, statement.as_bytes(), &signature)) {
            let message = format!("签名与“{}”登记的公钥对不上", request.by);
            return Err(refuse(message, "请检查是否用错了私钥，或签名之后陈述有变（时间、内容）"));
        }
        Ok(Some(signature))
    }

    /// What follows from the sign-offs a manuscript now has.
    fn step(&self, manuscript: &Manuscript, index: &[u8]) -> Result<Step, Vec<Diagnostic>> {
        let text = with_sign_offs(&manuscript.index_path(), index, &manuscript.sign_offs).map_err(alone)?;
        let (progress, _) = check::check(manuscript, self.rules, self.now);
        let notice = &manuscript.notice;
        let entry = |event, sign_offs: &[SignOff]| {
            Box::new(Entry {
                time: sign_offs.last().map_or(self.now, |last| last.at),
                id: notice.id.clone(),
                version: notice.version,
                event,
                title: notice.title.clone(),
                digest: manuscript.digest,
                sign_offs: sign_off::seal(&notice.id, notice.version, sign_offs),
            })
        };
        Ok(match (manuscript.shelf, progress.is_complete()) {
            (Shelf::Draft, _) if progress.urgent.is_some() => {
                let urgent: Vec<SignOff> =
                    manuscript.sign_offs.iter().filter(|sign_off| sign_off.urgent.is_some()).cloned().collect();
                Step::Released(text, entry(Event::Published { status: notice.status, urgent: true }, &urgent))
            }
            (Shelf::Draft, true) => Step::Released(
                text,
                entry(Event::Published { status: notice.status, urgent: false }, &manuscript.sign_offs),
            ),
            (Shelf::Live, true) => Step::Completed(text, entry(Event::Completed, &manuscript.sign_offs)),
            _ => Step::Pending(text),
        })
    }
}

/// The text of `index.md` with these sign-offs in place of its `review` block.
fn with_sign_offs(file: &str, index: &[u8], sign_offs: &[SignOff]) -> Result<String, Box<Diagnostic>> {
    let text = Text::decode(file, index)?;
    let parts = front_matter::split(file, &text)?;
    let whole = text.as_str();
    Ok(format!("{}{}{}", &whole[..parts.review.start], sign_off::write(sign_offs), &whole[parts.review.end..]))
}
