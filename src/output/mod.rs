//! Publishes a plan: at every instant the output folder is one complete site, the old or the new.
//!
//! The new tree is completed and synced beside the output, then the two are exchanged in one step; the old one stays as
//! standby, so that the next build writes only what differs from it. A lock keeps two builds apart; files in the output
//! that the manifest does not own are kept; a folder that is not ours is refused.

mod compare;
mod exchange;
mod manifest;
mod records;
mod seal;
mod shape;
mod sink;
mod standby;

pub use compare::{Difference, Summary, differences, strangers};
pub use manifest::{Entry, LARGEST_MANIFEST, LARGEST_SIGNATURE, MANIFEST, Manifest, NAMESPACE, SIGNATURE, Sealed};
pub use seal::Seal;

use crate::artifact::{Artifact, Content, Fault, PublicPlan};
use crate::diag::{Code, Diagnostic, alone};
use crate::digest::Digest;
use crate::disk::{self, Mark, SiteDir, write_failed};
use rayon::prelude::*;
use records::{Record, Records};
use sink::{Placed, Sink};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// The output folder, looked at and found usable.
pub struct Target {
    folder: PathBuf,
    previous: Option<Manifest>,
    /// Held from before anything is read until the target is dropped: what one build has read, no other build may overtake.
    lock: Option<File>,
}

impl Target {
    /// Takes an output folder for publishing: one that is absent, empty (hidden files aside) or ours can be used. No other
    /// build can take it until this one is dropped.
    ///
    /// # Errors
    /// It belongs to somebody else, another build has it, or it cannot be read.
    pub fn take(folder: &Path) -> Result<Self, Box<Diagnostic>> {
        let target = Self::inspect(folder)?;
        let lock = Some(disk::lock(&target.workshop().join("lock"))?);
        // What stood there before the lock was taken may be out of date.
        let previous = Self::inspect(&target.folder)?.previous;
        Ok(Self { folder: target.folder, previous, lock })
    }

    /// Looks at an output folder without taking it.
    ///
    /// # Errors
    /// It belongs to somebody else, or it cannot be read.
    pub fn inspect(folder: &Path) -> Result<Self, Box<Diagnostic>> {
        let name = folder.display().to_string();
        let folder = real_place(folder).map_err(|error| Box::new(write_failed(&name, &error)))?;
        if folder.exists() && !folder.is_dir() {
            return Err(foreign(&name, "它是一个文件，不是文件夹"));
        }
        let manifest = folder.join(MANIFEST);
        let previous = match disk::read_plain(&manifest, LARGEST_MANIFEST) {
            Ok(bytes) => {
                Some(Manifest::parse(&bytes).ok_or_else(|| foreign(&name, "里面的 manifest.json 不是本程序写的"))?)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if !is_vacant(&folder).map_err(|error| Box::new(write_failed(&name, &error)))? {
                    return Err(foreign(&name, "里面有别的文件，没有本程序的 manifest.json"));
                }
                None
            }
            Err(error) => return Err(Box::new(write_failed(&name, &error))),
        };
        Ok(Self { folder, previous, lock: None })
    }

    /// The manifest of what is published there.
    pub fn previous(&self) -> Option<&Manifest> {
        self.previous.as_ref()
    }

    /// The folder, absolute, with links followed.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where trees are completed before they are exchanged, on the same file system.
    pub fn workshop(&self) -> PathBuf {
        let name = self.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.folder.with_file_name(format!(".{name}.jingshi"))
    }
}

/// The manifest that stands in a folder, with its signature; none where it is not one of ours.
///
/// # Errors
/// There is none, or it cannot be read.
pub fn sealed(folder: &Path) -> io::Result<Option<Sealed>> {
    Ok(Sealed::read(disk::read_plain(&folder.join(MANIFEST), LARGEST_MANIFEST)?, seal::standing(folder)))
}

/// The absolute place of a folder with links followed, so that the folder is exchanged that is served, not the link to it.
///
/// # Errors
/// It leads through what is not there and back, or cannot be looked at.
pub fn real_place(folder: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(folder)?;
    if absolute.symlink_metadata().is_ok() {
        return absolute.canonicalize();
    }
    let existing = absolute.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(&absolute);
    let rest = absolute.strip_prefix(existing).unwrap_or(Path::new(""));
    // Where `..` after a folder that is not there would lead, nobody can say.
    if rest.components().any(|part| part == Component::ParentDir) {
        return Err(io::Error::from(io::ErrorKind::NotFound));
    }
    Ok(existing.canonicalize()?.join(rest))
}

fn foreign(name: &str, fact: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::OutputForeign, format!("输出文件夹“{name}”不是本程序的，不能覆盖"))
            .fact(fact)
            .hint("请用 --output 另选一个空文件夹；确认里面的文件都不要了，再自己清空它"),
    )
}

/// Whether a folder is absent, or has nothing in it but hidden files.
///
/// # Errors
/// It cannot be read.
pub fn is_vacant(folder: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        entries => entries?,
    };
    for entry in entries {
        if !entry?.file_name().to_string_lossy().starts_with('.') {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What publishing would do; writes nothing.
///
/// # Errors
/// Everything that would keep the plan from being published.
pub fn rehearse(plan: &PublicPlan<'_>, site: &SiteDir, target: &Target) -> Result<Summary, Vec<Diagnostic>> {
    let standing = Records::of_tree(&target.workshop(), &target.folder);
    let made = make_all(plan.artifacts(), |artifact| match standing.made(artifact.path.as_str(), artifact.key) {
        Some(known) => Ok(known.entry()),
        None => bytes_of(artifact, site).map(|bytes| entry_of(&bytes)),
    })?;
    Ok(Summary::between(target.previous(), &made))
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
    if target.lock.is_none() {
        return Err(vec![Diagnostic::error(Code::OutputLocked, "输出文件夹没有锁定，不能写入")]);
    }
    let standing = Records::of_tree(&target.workshop(), &target.folder);
    if let Some(published) = already(plan, target, &standing, seal).map_err(alone)? {
        return Ok(published);
    }
    let next = target.workshop().join("next");
    let tree = write_tree(plan, site, &next, &standing)?;
    let summary = Summary::between(target.previous(), &tree.entries);
    let manifest = Manifest::new(plan.ledger(), tree.entries);
    let is_signed = complete(target, &next, (&manifest, &tree.records), seal).map_err(alone)?;
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
    let of = |artifact: &Artifact<'_>| standing.made(artifact.path.as_str(), artifact.key).map(Record::entry);
    let Some(previous) = target.previous().filter(|previous| previous.files.len() == artifacts.len()) else {
        return Ok(None);
    };
    let made = artifacts.iter().map(|artifact| Some((artifact.path.to_string(), of(artifact)?)));
    let Some(made) = made.collect::<Option<BTreeMap<_, _>>>() else { return Ok(None) };
    let manifest = Manifest::new(plan.ledger(), made);
    let untouched = |artifact: &Artifact<'_>| standing.standing(artifact.path.as_str(), artifact.key).is_some();
    let paths = artifacts.iter().map(|artifact| artifact.path.as_str());
    if manifest != *previous || !artifacts.par_iter().all(untouched) || !shape::is_kept(&target.folder, paths) {
        return Ok(None);
    }
    let bytes = manifest.to_bytes();
    let signature = seal::standing(&target.folder);
    if disk::read_plain(&target.folder.join(MANIFEST), LARGEST_MANIFEST).ok().as_ref() != Some(&bytes) {
        return Ok(None);
    }
    let sealed = Sealed { manifest, bytes, signature };
    let wanted = seal.map_or(Ok(None), |seal| seal.over(&sealed))?;
    let stands = match &wanted {
        Some(wanted) => sealed.signature.as_deref() == Some(wanted.as_bytes()),
        None => shape::is_unsigned(&target.folder),
    };
    let summary = Summary { unchanged: artifacts.len(), ..Summary::default() };
    Ok(stands.then(|| Published { summary, is_signed: wanted.is_some() }))
}

/// A tree that was written: what its manifest says, and what is to be remembered.
struct Tree {
    entries: BTreeMap<String, Entry>,
    records: BTreeMap<String, Record>,
}

fn write_tree(plan: &PublicPlan<'_>, site: &SiteDir, next: &Path, standing: &Records) -> Result<Tree, Vec<Diagnostic>> {
    let paths = plan.artifacts().iter().map(|artifact| artifact.path.as_str());
    standby::prepare(next, paths).map_err(|error| failed(next, &error)).map_err(alone)?;
    let lying = Records::of_tree(next.parent().unwrap_or(next), next);
    let made = make_all(plan.artifacts(), |artifact| {
        let name = artifact.path.as_str();
        if let Some(known) = lying.standing(name, artifact.key) {
            return Ok((known.entry(), Some(known.clone())));
        }
        let path = next.join(name);
        let not_written = |error: io::Error| failed(&path, &error);
        if lying.has_other_permissions(name) {
            fs::remove_file(&path).map_err(not_written)?;
        }
        let mut sink = Sink::open(&path).map_err(not_written)?;
        match untouched(standing, artifact) {
            Some(bytes) => sink.write_all(&bytes).map_err(Fault::Sink),
            None => make(artifact, site, &mut sink),
        }
        .map_err(|fault| told(fault, not_written))?;
        let Placed { digest, bytes, file } = sink.finish().map_err(not_written)?;
        let record = Mark::of(&file).map(|mark| Record::new(artifact.key, digest, mark));
        Ok((Entry { sha256: digest.to_string(), bytes }, record))
    })?;
    let mut tree = Tree { entries: BTreeMap::new(), records: BTreeMap::new() };
    for (path, (entry, record)) in made {
        tree.records.extend(record.map(|record| (path.clone(), record)));
        tree.entries.insert(path, entry);
    }
    Ok(tree)
}

/// The bytes of a file that stands in the output as it was made.
fn untouched(standing: &Records, artifact: &Artifact<'_>) -> Option<Vec<u8>> {
    let known = standing.standing(artifact.path.as_str(), artifact.key)?;
    let bytes = fs::read(standing.folder().join(artifact.path.as_str())).ok()?;
    (Digest::of(&bytes) == known.digest()).then_some(bytes)
}

/// Makes every artifact, in parallel; gathers all errors.
fn make_all<'a, T: Send>(
    artifacts: &[Artifact<'a>],
    make: impl Fn(&Artifact<'a>) -> Result<T, Box<Diagnostic>> + Sync,
) -> Result<BTreeMap<String, T>, Vec<Diagnostic>> {
    let made: Vec<_> = artifacts.par_iter().map(|artifact| (artifact.path.to_string(), make(artifact))).collect();
    let mut entries = BTreeMap::new();
    let mut errors = Vec::new();
    for (path, result) in made {
        match result {
            Ok(entry) => drop(entries.insert(path, entry)),
            Err(error) => errors.push(*error),
        }
    }
    if errors.is_empty() { Ok(entries) } else { Err(errors) }
}

/// Makes the bytes of an artifact.
fn make(artifact: &Artifact<'_>, site: &SiteDir, sink: &mut dyn Write) -> Result<(), Fault> {
    match &artifact.content {
        Content::Render(render) => render(sink),
        Content::Copy { from, digest } => {
            let bytes = site.read(from.as_str())?;
            if Digest::of(&bytes) != *digest {
                let error = Diagnostic::error(Code::ReadFailed, "文件在生成过程中被改动").in_file(from.as_str());
                return Err(Box::new(error.hint("请等文件保存完毕，再运行一次")).into());
            }
            Ok(sink.write_all(&bytes)?)
        }
    }
}

/// Why a file could not be made, as it is told.
fn told(fault: Fault, not_taken: impl Fn(io::Error) -> Box<Diagnostic>) -> Box<Diagnostic> {
    match fault {
        Fault::Content(diagnostic) => diagnostic,
        Fault::Sink(error) => not_taken(error),
    }
}

/// The bytes of an artifact.
///
/// # Errors
/// It cannot be made, or its source is no longer what was read.
pub fn bytes_of(artifact: &Artifact<'_>, site: &SiteDir) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    let made = make(artifact, site, &mut bytes);
    made.map_err(|fault| told(fault, |error| failed(Path::new(artifact.path.as_str()), &error)))?;
    Ok(bytes)
}

fn entry_of(bytes: &[u8]) -> Entry {
    Entry { sha256: Digest::of(bytes).to_string(), bytes: bytes.len() as u64 }
}

/// Adds foreign files, the manifest and its signature, forces all to the disk, and exchanges the trees; whether it is signed.
fn complete(
    target: &Target,
    next: &Path,
    (manifest, records): (&Manifest, &BTreeMap<String, Record>),
    seal: Option<&Seal<'_>>,
) -> Result<bool, Box<Diagnostic>> {
    keep_foreign(target, next)?;
    let bytes = manifest.to_bytes();
    let write = |name: &str, bytes: &[u8]| {
        let path = next.join(name);
        fs::write(&path, bytes).map_err(|error| failed(&path, &error))
    };
    write(MANIFEST, &bytes)?;
    let sealed = Sealed { manifest: manifest.clone(), bytes, signature: seal::standing(&target.folder) };
    let signature = seal.map_or(Ok(None), |seal| seal.over(&sealed))?;
    if let Some(signature) = &signature {
        write(SIGNATURE, signature.as_bytes())?;
    }
    disk::sync_tree(next).map_err(|error| failed(next, &error))?;
    // Only of what is on the disk. Without them the next build is slower, and no worse.
    let _ = Records::keep(&target.workshop(), next, &target.folder, records);
    exchange::exchange(next, &target.folder).map_err(|error| failed(&target.folder, &error))?;
    Ok(signature.is_some())
}

/// Links files that are not ours from the old tree into the new one, and makes folders that are not ours anew.
fn keep_foreign(target: &Target, next: &Path) -> Result<(), Box<Diagnostic>> {
    if !target.folder.exists() {
        return Ok(());
    }
    copy_mode(&target.folder, next).map_err(|error| failed(next, &error))?;
    let empty = BTreeMap::new();
    let owned = target.previous().map_or(&empty, |previous| &previous.files);
    let owned_folders: BTreeSet<&str> = owned.keys().flat_map(|path| shape::parents(path)).collect();
    for entry in WalkDir::new(&target.folder).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| failed(&target.folder, &error.into()))?;
        let inside = entry.path().strip_prefix(&target.folder).unwrap_or(entry.path());
        let name = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let copy = next.join(inside);
        if entry.file_type().is_dir() {
            // An empty one may matter too: git does not know a repository without its `refs`.
            if !owned_folders.contains(name.as_str()) {
                let made = fs::create_dir_all(&copy).and_then(|()| copy_mode(entry.path(), &copy));
                made.map_err(|error| failed(&copy, &error))?;
            }
        } else if name != MANIFEST && name != SIGNATURE && !owned.contains_key(&name) {
            keep_file(entry.path(), &copy, &name)?;
        }
    }
    Ok(())
}

fn keep_file(from: &Path, copy: &Path, name: &str) -> Result<(), Box<Diagnostic>> {
    if copy.symlink_metadata().is_err() {
        let kept = copy.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| link(from, copy));
        return kept.map_err(|error| failed(copy, &error));
    }
    // The very bytes this build writes too are nobody else's.
    if disk::is_same_file(from, copy) {
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
