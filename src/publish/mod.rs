//! `publish`: brings the built site to where the public finds it, and tells the hub.
//!
//! In: the output with its manifest, a target of `site.yaml`, what the target has. Out: the target with the same files.
//! Nothing is sent that the manifest does not vouch for, nothing is removed that the target's own manifest did not own,
//! and no site goes over one that rests on more of the ledger.

mod folder;
mod hub;
pub mod plan;
mod rsync;

pub use hub::{failed_pings, ping};

use crate::config::{Destination, PublishTarget};
use crate::diag::{Code, Diagnostic, alone};
use crate::disk::{SiteDir, read_failed};
use crate::output::{self, Difference, Manifest, Sealed, Target, differences};
use crate::review::{Ledger, ledger};
use crate::ssh::PublicKey;
use crate::verify::{self, Question};
use plan::{Extent, Plan, plan};
use rsync::Standing;
use std::fs::File;
use std::path::Path;

/// The most differences that are listed one by one.
const LISTED: usize = 20;

/// What is brought where.
pub struct Job<'a> {
    /// The site.
    pub site: &'a SiteDir,
    /// The target.
    pub target: &'a PublishTarget,
    /// The key whose signature the manifest should bear.
    pub key: Option<&'a PublicKey>,
    /// How much of it.
    pub extent: Extent,
    /// Whether it is done, or only said.
    pub act: Act,
}

/// Whether something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It is done.
    Send,
    /// It is only said.
    Rehearse,
}

/// The output, taken and found to be what its manifest says. No build can change it until this is dropped.
pub struct Verified {
    output: Target,
    sealed: Sealed,
}

impl Verified {
    /// The manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.sealed.manifest
    }
}

/// What was done, or would be.
pub struct Done {
    /// What was sent and removed.
    pub plan: Plan,
    /// What the target was found to be afterwards, where it can be looked at: what keeps it from being the site.
    pub noticed: Vec<Diagnostic>,
}

/// Brings the output to the target; what was done, or would be. A folder is verified when all is there.
///
/// # Errors
/// The output is not what its manifest says, the target belongs to others or has a later site, or it cannot be reached.
/// What was sent until then stays, and the next run goes on.
pub fn run(job: &Job<'_>) -> Result<Done, Vec<Diagnostic>> {
    let output = verified(job.site, job.key)?;
    let place = Place::of(job, &output).map_err(alone)?;
    let _lock = if job.act == Act::Send { place.lock().map_err(alone)? } else { None };
    let sealed = place.sealed().map_err(alone)?;
    let before = sealed.as_ref().map(|sealed| &sealed.manifest);
    if let Some(rewound) = before.and_then(|before| rewound(job.site, before, output.manifest())) {
        return Err(vec![rewound]);
    }
    let plan = plan(before, output.manifest(), job.extent);
    place.refuse_strangers(&plan, before).map_err(alone)?;
    if job.act == Act::Rehearse {
        return Ok(Done { plan, noticed: Vec::new() });
    }
    // The ledger may have gone on without a change to any file, and a signature may have come.
    if !plan.is_empty() || sealed.as_ref() != Some(&output.sealed) {
        place.send(&plan, &output.sealed, sealed.as_ref()).map_err(alone)?;
    }
    let noticed = place.verify(&output.sealed, job.key).map_err(alone)?;
    Ok(Done { plan, noticed })
}

/// Takes the output and compares it with its manifest.
///
/// # Errors
/// There is none, a build is at work, files differ from the manifest, or its signature is not that of the key. One without
/// a signature may go: a warning does not wait for a key.
pub fn verified(site: &SiteDir, key: Option<&PublicKey>) -> Result<Verified, Vec<Diagnostic>> {
    if !site.has_folder("public").map_err(alone)? {
        return Err(vec![unbuilt()]);
    }
    let output = Target::take(&site.join("public")).map_err(alone)?;
    let failed = |error| vec![read_failed("public", &error)];
    // It is there and ours, or the target could not have been taken.
    let sealed = output.previous().map(|_| output::sealed(output.folder())).transpose().map_err(failed)?.flatten();
    let Some(sealed) = sealed else { return Err(vec![unbuilt()]) };
    let found = differences(output.folder(), &sealed.manifest).map_err(failed)?;
    if !found.is_empty() {
        return Err(differing(&found));
    }
    if sealed.signature.is_some() && key.is_some_and(|key| !sealed.is_signed_by(key)) {
        return Err(vec![
            Diagnostic::error(
                Code::ManifestSignature,
                "public/ 的清单签名无效：不是网站的私钥签的，或者签名以后清单或签名被改动",
            )
            .hint("请用网站的私钥重新生成：jingshi build --key 私钥；不是自己人改的，请先查明"),
        ]);
    }
    Ok(Verified { output, sealed })
}

fn unbuilt() -> Diagnostic {
    Diagnostic::error(Code::OutputMissing, "public/ 里还没有生成好的网站").hint("请先运行 jingshi build")
}

/// Why an output is not what its manifest says, and what of it cannot be compared.
fn differing(found: &[Difference]) -> Vec<Diagnostic> {
    let (mut unread, mut told) = (Vec::new(), Vec::new());
    for difference in found {
        match difference {
            Difference::Missing(path) => told.push(format!("缺少：{path}")),
            Difference::Altered(path) => told.push(format!("被改动：{path}")),
            Difference::Unknown(path) => told.push(format!("多出：{path}")),
            Difference::Unread(path, why) => unread.push(format!("读不出来：{path}（{why}）")),
        }
    }
    let message = format!("public/ 有 {} 个文件读不出来，无法与清单（manifest.json）核对，不能发布", unread.len());
    let failed =
        Diagnostic::error(Code::ReadFailed, message).hint("请检查磁盘是否有故障、文件是否有读取权限，再运行一次");
    let failed = (!unread.is_empty()).then(|| listed(failed, &unread));
    failed.into_iter().chain((!told.is_empty()).then(|| altered(found, &told))).collect()
}

/// Names the first, and says how many more there are.
fn listed(error: Diagnostic, told: &[String]) -> Diagnostic {
    let error = told.iter().take(LISTED).cloned().fold(error, Diagnostic::fact);
    let more = told.len().saturating_sub(LISTED);
    if more == 0 { error } else { error.fact(format!("还有 {more} 处")) }
}

fn altered(found: &[Difference], told: &[String]) -> Diagnostic {
    let message = format!("public/ 与它的清单（manifest.json）有 {} 处不一致，不能发布", told.len());
    let error = listed(Diagnostic::error(Code::OutputAltered, message), told);
    let unknown = found.iter().any(|difference| matches!(difference, Difference::Unknown(_)));
    let error = if unknown { error.hint("多出的文件请移走：build 不会删别人的文件") } else { error };
    error.hint("请重新运行 jingshi build，再发布；不是自己人改的，请先查明")
}

/// A site that rests on less of the ledger than the one that is public would take warnings away.
fn rewound(site: &SiteDir, before: &Manifest, next: &Manifest) -> Option<Diagnostic> {
    let (old, new) = (before.ledger()?, next.ledger()?);
    let ledger = match site.ledger() {
        Ok(bytes) => Ledger::read(bytes.as_deref()).value,
        Err(error) => return Some(*error),
    };
    if old.seq <= new.seq && ledger.continues(old) && ledger.continues(new) {
        return None;
    }
    let facts = format!("那里的网站依据台账前 {} 行（{}…），这里的依据前 {} 行", old.seq, old.hash.short(), new.seq);
    Some(
        Diagnostic::error(Code::LedgerRewound, "发布目标上的网站比这里的新，或者是另一个网站，不能覆盖")
            .in_file(ledger::FILE)
            .fact(facts)
            .hint("请先取得最新的 content/，运行 jingshi build，再发布；要换成另一个网站，请换一个文件夹"),
    )
}

/// A target with what is known of how to reach it.
enum Place<'a> {
    Folder(folder::Folder<'a>),
    Remote(rsync::Remote<'a>),
}

impl<'a> Place<'a> {
    fn of(job: &'a Job<'_>, output: &'a Verified) -> Result<Self, Box<Diagnostic>> {
        let from = output.output.folder();
        let name = job.target.name.as_str();
        match &job.target.to {
            Destination::Folder(folder) => {
                folder::Folder::find(job.site, name, (from, Path::new(folder))).map(Self::Folder)
            }
            Destination::Remote { host, folder } => {
                Ok(Self::Remote(rsync::Remote::new((host, folder), name, (from, output.output.workshop()))))
            }
        }
    }

    /// Keeps other runs away until it is dropped, where that can be done.
    fn lock(&self) -> Result<Option<File>, Box<Diagnostic>> {
        match self {
            Self::Folder(folder) => folder.lock(),
            Self::Remote(_) => Ok(None),
        }
    }

    /// The manifest of what is there; none where nothing is.
    fn sealed(&self) -> Result<Option<Sealed>, Box<Diagnostic>> {
        match self {
            Self::Folder(folder) => folder.sealed(),
            Self::Remote(remote) => remote.sealed(),
        }
    }

    fn refuse_strangers(&self, plan: &Plan, before: Option<&Manifest>) -> Result<(), Box<Diagnostic>> {
        match self {
            Self::Folder(folder) => folder.refuse_strangers(plan, before),
            // To look at every file there would take as long as sending it.
            Self::Remote(_) => Ok(()),
        }
    }

    fn send(&self, plan: &Plan, next: &Sealed, before: Option<&Sealed>) -> Result<(), Box<Diagnostic>> {
        match self {
            Self::Folder(folder) => folder.send(plan, next),
            Self::Remote(remote) => {
                let is_signed = before.is_some_and(|before| before.signature.is_some());
                remote.send(plan, next, if is_signed { Standing::Signed } else { Standing::Unsigned })
            }
        }
    }

    /// What keeps the target from being what was sent. To look at every file of another machine would take as long as
    /// sending it: that is for `verify` with the public address.
    fn verify(&self, sent: &Sealed, key: Option<&PublicKey>) -> Result<Vec<Diagnostic>, Box<Diagnostic>> {
        let Self::Folder(folder) = self else { return Ok(unsigned(sent, key).into_iter().collect()) };
        let verdict = verify::folder(folder.path(), Question { key: None, ledger: None })?;
        let found = verify::Verdict { doubts: unsigned(sent, key).into_iter().collect(), ..verdict };
        Ok(verify::diagnostics(
            &found,
            &folder.path().display().to_string(),
            "服务器上的文件被人动过：先查明，再用 jingshi publish --all 全部重新送；多出的文件请自己移走",
        ))
    }
}

/// A site that has a key, and went out without its signature.
fn unsigned(sent: &Sealed, key: Option<&PublicKey>) -> Option<Diagnostic> {
    (key.is_some() && sent.signature.is_none()).then(|| {
        Diagnostic::warning(Code::ManifestUnsigned, "已发布的清单没有签名：别人没法核对公开的网站是不是您发布的")
            .hint("请签名后再发布一次：jingshi build --key 私钥")
    })
}

/// A target that holds what is not ours.
fn foreign(target: &str, fact: impl Into<String>) -> Box<Diagnostic> {
    let message = format!("发布目标“{target}”不是本程序的，不能覆盖");
    Box::new(
        Diagnostic::error(Code::OutputForeign, message)
            .fact(fact)
            .hint("请在 site.yaml 的 targets 里换一个空文件夹；确认里面的文件都不要了，再自己清空它"),
    )
}

/// A target that could not be read or written.
fn unreachable(target: &str, fact: impl Into<String>) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::PublishFailed, format!("送往发布目标“{target}”没有成功"))
            .fact(fact)
            .hint("排除故障后再运行一次，会接着送；在那以前，公众看到的可能新旧都有，但不会有打不开的链接"),
    )
}
