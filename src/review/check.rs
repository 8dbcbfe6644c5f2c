//! Whether a manuscript's sign-offs hold: over this text, by these people, in this order, with these keys.

use super::sign_off::{NAMESPACE, SignOff};
use crate::config::ReviewRules;
use crate::diag::{Code, Diagnostic};
use crate::inputs::Shelf;
use crate::moment::Moment;
use crate::read::Manuscript;

/// How far the sign-offs of a manuscript have come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Stages that have not signed, in order.
    pub missing: Vec<String>,
    /// The reason of an urgent sign-off, if there is one.
    pub urgent: Option<String>,
}

impl Progress {
    /// Whether all stages have signed.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// Whether what is signed so far suffices to publish.
    pub fn may_publish(&self) -> bool {
        self.is_complete() || self.urgent.is_some()
    }
}

/// The stages by which a manuscript is judged: what is published by those of the day of its release, what is under review
/// by those of today. The missing sign-offs of an urgent release come later and do not change them.
pub(super) fn stages<'a>(manuscript: &Manuscript, rules: &'a ReviewRules, now: Moment) -> &'a [String] {
    let release = manuscript.release().filter(|_| manuscript.shelf != Shelf::Draft);
    rules.stages_on(release.map_or(now, |release| release.at).day())
}

/// Checks the sign-offs that are there. Stages that are missing are no error here: [`Progress`] tells of them.
pub fn check(manuscript: &Manuscript, rules: &ReviewRules, now: Moment) -> (Progress, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let stages = stages(manuscript, rules, now);
    diagnostics.extend(stale(manuscript));
    for (index, sign_off) in manuscript.sign_offs.iter().enumerate() {
        check_one(manuscript, sign_off, (rules, stages), now, &mut diagnostics);
        check_people(manuscript, index, &mut diagnostics);
    }
    check_order(manuscript, stages, &mut diagnostics);
    let signed = |stage: &String| manuscript.sign_offs.iter().any(|sign_off| sign_off.stage == *stage);
    let progress = Progress {
        missing: stages.iter().filter(|stage| !signed(stage)).cloned().collect(),
        urgent: manuscript.sign_offs.iter().find_map(|sign_off| sign_off.urgent.clone()),
    };
    (progress, diagnostics)
}

fn check_one(
    manuscript: &Manuscript,
    sign_off: &SignOff,
    (rules, stages): (&ReviewRules, &[String]),
    now: Moment,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let SignOff { stage, by, at, .. } = sign_off;
    if *at > now {
        diagnostics.push(
            manuscript
                .error(Code::ReviewTime, format!("{stage}的签署时间 {at} 晚于现在"))
                .hint("请检查电脑的日期和时间"),
        );
    }
    diagnostics.extend(authority(stage, by, *at, (rules, stages)).map(|message| {
        manuscript
            .error(Code::ReviewUnknown, message)
            .hint("审签环节和人员在 site.yaml 的 review 里登记；离任的人不要删去，给他写上 until（最后可签的日期）")
    }));
    if let Err(message) = signature(manuscript, sign_off, rules) {
        diagnostics.push(
            manuscript
                .error(Code::ReviewSignature, message)
                .hint("请由本人重新签署；如果怀疑被伪造，请立即核查这份文件的来源"),
        );
    }
}

/// One finding for all stages that signed another text.
fn stale(manuscript: &Manuscript) -> Option<Diagnostic> {
    let id = &manuscript.notice.id;
    let stale: Vec<&SignOff> = manuscript.stale_sign_offs().collect();
    let first = stale.first()?;
    let stages: Vec<&str> = stale.iter().map(|sign_off| sign_off.stage.as_str()).collect();
    let error = manuscript
        .error(Code::ReviewStale, format!("{}签署后内容已改动，签署失效", stages.join("、")))
        .fact(format!("签署摘要 {}…，现摘要 {}…", first.digest.short(), manuscript.digest.short()));
    Some(match manuscript.shelf {
        Shelf::Draft => error.hint("请从第一个环节起重新送审：重新签署会清除失效的签署"),
        _ => error.hint(format!("请恢复签署时的文件；确需修改时，恢复后用 jingshi revise {id} 生成新版本重新送审")),
    })
}

/// Why a person may not sign at a stage at that time.
pub(super) fn authority(
    stage: &str,
    by: &str,
    at: Moment,
    (rules, stages): (&ReviewRules, &[String]),
) -> Option<String> {
    if !stages.iter().any(|known| known == stage) {
        return Some(format!("没有“{stage}”这个审签环节"));
    }
    if rules.reviewers.is_empty() {
        return None;
    }
    match rules.reviewer(by) {
        None => Some(format!("“{by}”不在审签人员名单里")),
        Some(reviewer) if !reviewer.stages.iter().any(|known| known == stage) => Some(format!("“{by}”无权签署{stage}")),
        Some(reviewer) if reviewer.until.is_some_and(|until| at.day() > until) => {
            Some(format!("“{by}”的签署权限已截止"))
        }
        Some(_) => None,
    }
}

/// A reviewer with a key must have signed with it; a signature nobody can check is refused too.
fn signature(manuscript: &Manuscript, sign_off: &SignOff, rules: &ReviewRules) -> Result<(), String> {
    let SignOff { stage, by, signature, .. } = sign_off;
    let reviewer = rules.reviewer(by);
    let keys = reviewer.map(|reviewer| reviewer.keys.as_slice()).unwrap_or_default();
    let before_key = reviewer.and_then(|reviewer| reviewer.signed_from).is_some_and(|from| sign_off.at.day() < from);
    match (keys, signature) {
        ([], None) => Ok(()),
        (_, None) if before_key => Ok(()),
        ([], Some(_)) => Err(format!("{stage}带有签名，但 site.yaml 里没有“{by}”的公钥，无法核对")),
        (_, None) => Err(format!("{stage}缺少“{by}”的 SSH 签名")),
        (keys, Some(signature)) => {
            let statement = sign_off.statement(&manuscript.notice.id, manuscript.notice.version);
            let valid = keys.iter().any(|key| key.verifies(NAMESPACE, statement.as_bytes(), signature));
            valid.then_some(()).ok_or_else(|| format!("{stage}的签名与“{by}”的公钥对不上"))
        }
    }
}

/// Different people, different stages.
fn check_people(manuscript: &Manuscript, index: usize, diagnostics: &mut Vec<Diagnostic>) {
    let (earlier, this) = (&manuscript.sign_offs[..index], &manuscript.sign_offs[index]);
    if earlier.iter().any(|sign_off| sign_off.stage == this.stage) {
        diagnostics
            .push(manuscript.error(Code::ReviewOrder, format!("{}签了两次", this.stage)).hint("每个环节只签一次"));
    } else if let Some(other) = earlier.iter().find(|sign_off| sign_off.by == this.by) {
        diagnostics.push(
            manuscript
                .error(Code::ReviewPerson, format!("{}和{}由同一人（{}）签署", other.stage, this.stage, this.by))
                .hint("三审须由不同的人完成"),
        );
    }
}

/// In the order of the stages, each not before the one before; an urgent sign-off stands for the last stage and may
/// come first.
fn check_order(manuscript: &Manuscript, stages: &[String], diagnostics: &mut Vec<Diagnostic>) {
    let mut expected = 0;
    for (index, sign_off) in manuscript.sign_offs.iter().enumerate() {
        let Some(stage) = stages.iter().position(|stage| *stage == sign_off.stage) else { continue };
        if index > 0 && manuscript.sign_offs[index - 1].at > sign_off.at {
            let message = format!("{}的签署时间早于前一个签署", sign_off.stage);
            diagnostics.push(manuscript.error(Code::ReviewTime, message).hint("签署时间由程序填写，请勿更改"));
        }
        if sign_off.urgent.is_some() {
            if stage + 1 != stages.len() {
                let message = format!("只有{}可以紧急发布", stages[stages.len() - 1]);
                diagnostics.push(manuscript.error(Code::ReviewOrder, message).hint("请由最后一个环节的审签人签署"));
            }
            continue;
        }
        if stage != expected {
            let message = format!("{}签在了{}之前", sign_off.stage, stages.get(expected).map_or("", String::as_str));
            let hint = format!("请按顺序签署：{}", stages.join("、"));
            diagnostics.push(manuscript.error(Code::ReviewOrder, message).hint(hint));
        }
        expected = stage + 1;
    }
}
