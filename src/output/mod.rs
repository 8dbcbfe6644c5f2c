//! Publishes a plan: at every instant the output folder is one complete site, the old or the new.
//!
//! The new tree is completed and synced beside the output, then the two are exchanged in one step; the old one stays as
//! standby, so that the next build writes only what differs from it. A lock keeps two builds apart; files in the output
//! that the manifest does not own are kept; a folder that is not ours is refused.

mod compare;
mod exchange;
mod manifest;
mod parts;
mod receipt;
mod records;
mod seal;
mod shape;
mod sink;
mod standby;
mod target;
mod tree;

pub use compare::{Difference, Summary, differences, strangers};
pub use manifest::{Entry, LARGEST_MANIFEST, LARGEST_SIGNATURE, MANIFEST, Manifest, NAMESPACE, SIGNATURE, Sealed};
pub use receipt::{Receipt, standing};
pub use seal::Seal;
pub use target::{Target, is_vacant, real_place, sealed, sealed_before};
pub use tree::bytes_of;

use crate::artifact::{Artifact, PublicPlan};
use crate::diag::{Code, Diagnostic, alone};
use crate::disk::{self, Inside, SiteDir, write_failed};
use crate::review::ledger::Head;
use rayon::prelude::*;
use records::{Known, Record, Records};
use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use tree::{Tree, make_all, write_tree};

/// What publishing would do; writes nothing.
///
/// # Errors
/// Everything that would keep the plan from being published.
pub fn rehearse(plan: &PublicPlan<'_>, site: &SiteDir, target: &Target) -> Result<Summary, Vec<Diagnostic>> {
    let standing = Records::of_tree(&target.workshop(), target.folder());
    let paths = || plan.artifacts().iter().map(|artifact| artifact.path.as_str());
    let known = standing.along(paths());
    let made = make_all(plan.artifacts(), |place, artifact| {
        match known[place].and_then(|known| known.of_key(artifact.key)) {
            Some(record) => Ok(record.entry()),
            None => bytes_of(artifact, site).map(|bytes| Entry::of(&bytes)),
        }
    })?;
    Ok(Summary::between(target.previous(), paths().zip(made)))
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// What it changed.
    pub summary: Summary,
    /// Whether the manifest bears the signature of the site's key.
    pub is_signed: bool,
}

/// Publishes a plan; where the site has a key, with the signature of the manifest.
///
/// # Errors
/// Everything that kept the plan from being published; the output is as it was.
pub fn publish(
    plan: &PublicPlan<'_>,
    site: &SiteDir,
    target: &Target,
    seal: Option<&Seal<'_>>,
) -> Result<Published, Vec<Diagnostic>> {
    if !target.is_taken() {
        return Err(vec![Diagnostic::error(Code::OutputLocked, "输出文件夹没有锁定，不能写入")]);
    }
    let (workshop, next) = (target.workshop(), target.workshop().join("next"));
    let (mut standing, lying) =
        rayon::join(|| Records::of_tree(&workshop, target.folder()), || Records::of_tree(&workshop, &next));
    if let Some(published) = already(plan, target, &standing, seal).map_err(alone)? {
        return Ok(published);
    }
    let tree = write_tree(plan, site, &lying, &mut standing)?;
    drop(lying);
    let summary = Summary::between(target.previous(), tree.entries());
    let is_signed = complete((target, &standing), &next, (plan.basis().ledger, &tree), seal).map_err(alone)?;
    Ok(Published { summary, is_signed })
}

/// What publishing comes to where every file stands there already, untouched, with this manifest and signature: nothing is
/// written then.
fn already(
    plan: &PublicPlan<'_>,
    target: &Target,
    standing: &Records,
    seal: Option<&Seal<'_>>,
) -> Result<Option<Published>, Box<Diagnostic>> {
    let artifacts = plan.artifacts();
    let Some(previous) = target.previous().filter(|previous| previous.files.len() == artifacts.len()) else {
        return Ok(None);
    };
    if previous.ledger() != Some(plan.basis().ledger) {
        return Ok(None);
    }
    if !all_stand(artifacts, previous, standing) {
        return Ok(None);
    }
    let bytes = previous.to_bytes();
    // One that cannot be read is one to be made again.
    let Ok(signature) = seal::standing(target.folder()) else { return Ok(None) };
    if disk::read_plain(&target.folder().join(MANIFEST), LARGEST_MANIFEST).ok().as_ref() != Some(&bytes) {
        return Ok(None);
    }
    let wanted = seal.map_or(Ok(None), |seal| seal.over(&bytes, signature.as_deref()))?;
    let stands = match &wanted {
        Some(wanted) => signature.as_deref() == Some(wanted.as_bytes()),
        None => shape::is_unsigned(target.folder()),
    };
    let summary = Summary { unchanged: artifacts.len(), ..Summary::default() };
    Ok(stands.then(|| Published { summary, is_signed: wanted.is_some() }))
}

/// Whether the files of a manifest are just these, and stand there untouched.
fn all_stand(artifacts: &[Artifact<'_>], previous: &Manifest, standing: &Records) -> bool {
    let paths = || artifacts.iter().map(|artifact| artifact.path.as_str());
    let known = standing.along(paths());
    let is_as_before = |((artifact, known), (path, entry)): ((&Artifact<'_>, &Option<&Known>), (&String, &Entry))| {
        let made = known.and_then(|known| known.of_key(artifact.key)).map(Record::entry);
        artifact.path.as_str() == path && made == Some(*entry)
    };
    artifacts.iter().zip(&known).zip(&previous.files).all(is_as_before)
        && known.par_iter().flatten().all(|known| standing.is_untouched(known))
        && shape::is_kept(standing.folder(), paths())
}

/// Adds foreign files, the manifest and its signature, forces all to the disk, and exchanges the trees; whether it is signed.
fn complete(
    (target, standing): (&Target, &Records),
    next: &Path,
    (ledger, tree): (Head, &Tree<'_, '_>),
    seal: Option<&Seal<'_>>,
) -> Result<bool, Box<Diagnostic>> {
    keep_foreign(target, next)?;
    let (manifest, place) = (next.join(MANIFEST), next.join(SIGNATURE));
    let entries = tree.entries();
    let signature = match seal {
        None => write_manifest(&manifest, ledger, entries).map(|()| None).map_err(|error| failed(&manifest, &error))?,
        Some(seal) => {
            let mut bytes = Vec::new();
            let written = manifest::write(ledger, entries, &mut bytes).and_then(|()| fs::write(&manifest, &bytes));
            written.map_err(|error| failed(&manifest, &error))?;
            // A warning does not wait for one that cannot be read.
            seal.over(&bytes, seal::standing(target.folder()).ok().flatten().as_deref())?
        }
    };
    if let Some(signature) = &signature {
        fs::write(&place, signature).map_err(|error| failed(&place, &error))?;
    }
    disk::sync_tree(next).map_err(|error| failed(next, &error))?;
    // Only of what is on the disk. Without them the next build is slower, and no worse.
    let _ = standing.keep(&target.workshop(), next, tree.records());
    exchange::exchange(next, target.folder()).map_err(|error| failed(target.folder(), &error))?;
    Ok(signature.is_some())
}

/// Writes a manifest that nobody signs: of a hundred thousand notices it would fill 70 MB of memory.
fn write_manifest<'p>(
    place: &Path,
    ledger: Head,
    entries: impl Iterator<Item = (&'p str, Entry)> + Clone,
) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(64 << 10, File::create(place)?);
    manifest::write(ledger, entries, &mut file)?;
    file.flush()
}

/// Links files that are not ours from the old tree into the new one, and makes folders that are not ours anew.
fn keep_foreign(target: &Target, next: &Path) -> Result<(), Box<Diagnostic>> {
    if !disk::is_there(target.folder()).map_err(|error| failed(target.folder(), &error))? {
        return Ok(());
    }
    copy_mode(target.folder(), next).map_err(|error| failed(next, &error))?;
    let empty = BTreeMap::new();
    let owned = target.previous().map_or(&empty, |previous| &previous.files);
    let owned_folders: HashSet<&str> = shape::folders(owned.keys().map(String::as_str)).collect();
    let all = disk::below(target.folder()).map_err(|error| failed(target.folder(), &error))?;
    let is_foreign = |inside: &Inside| match inside.name.as_str() {
        MANIFEST | SIGNATURE => inside.kind.is_dir(),
        // An empty folder may matter too: git does not know a repository without its `refs`.
        name if inside.kind.is_dir() => !owned_folders.contains(name),
        name => !owned.contains_key(name),
    };
    let mut foreign: Vec<Inside> = all.into_par_iter().filter(is_foreign).collect();
    foreign.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    for Inside { path, name, kind } in foreign {
        let (from, copy) = (target.folder().join(&path), next.join(&path));
        if kind.is_dir() {
            let made = fs::create_dir_all(&copy).and_then(|()| copy_mode(&from, &copy));
            made.map_err(|error| failed(&copy, &error))?;
        } else {
            keep_file(&from, &copy, &name)?;
        }
    }
    Ok(())
}

fn keep_file(from: &Path, copy: &Path, name: &str) -> Result<(), Box<Diagnostic>> {
    if !disk::is_there(copy).map_err(|error| failed(copy, &error))? {
        let kept = copy.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| link(from, copy));
        return kept.map_err(|error| failed(copy, &error));
    }
    // The very bytes this build writes too are nobody else's.
    if disk::is_same_file(from, copy).map_err(|error| failed(from, &error))? {
        return Ok(());
    }
    Err(Box::new(
        Diagnostic::error(Code::OutputForeign, format!("输出文件夹里已有别人的文件“{name}”，本次也要写同名文件"))
            .hint("请把那个文件改名或移走"),
    ))
}

/// Who may read the output is for its owner to say, not for the program.
fn copy_mode(from: &Path, to: &Path) -> io::Result<()> {
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

fn link(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if from.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

fn failed(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    Box::new(write_failed(&path.display().to_string(), error))
}
