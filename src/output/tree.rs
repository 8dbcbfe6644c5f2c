//! Makes the files of a plan: into the standby tree, or in memory.

use super::manifest::Entry;
use super::parts::{self, Before};
use super::records::{Filed, Known, PartRecord, Record, Records};
use super::sink::{Placed, Sink, share};
use super::{failed, standby};
use crate::artifact::{Artifact, Content, PublicPlan};
use crate::diag::{Code, Diagnostic, alone};
use crate::digest::Digest;
use crate::disk::{Mark, SiteDir};
use rayon::prelude::*;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// The files of a tree that was written.
pub(super) struct Tree<'p, 'a> {
    artifacts: &'p [Artifact<'a>],
    /// In the same order.
    made: Vec<Made>,
}

impl<'p, 'a> Tree<'p, 'a> {
    fn files(&self) -> impl Iterator<Item = (&'p Artifact<'a>, &Made)> + Clone {
        self.artifacts.iter().zip(&self.made)
    }

    /// What the manifest says of them, in order of path.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'p str, Entry)> + Clone {
        self.files().map(|(artifact, made)| (artifact.path.as_str(), made.entry()))
    }

    /// What is to be remembered of them, in order of path.
    pub(super) fn records(&self) -> impl Iterator<Item = Filed<&'p str, &Record>> {
        self.files().filter_map(|(Artifact { path, key, .. }, made)| {
            Some(Filed { path: path.as_str(), key: *key, record: made.record()? })
        })
    }
}

/// A file that stands in its place.
pub(super) enum Made {
    /// One that is to be remembered.
    Marked(Record),
    /// One where the system has no marks to know it by.
    Unmarked(Entry),
}

impl Made {
    /// What the manifest says of it.
    pub(super) fn entry(&self) -> Entry {
        match self {
            Self::Marked(record) => record.entry(),
            Self::Unmarked(entry) => *entry,
        }
    }

    /// What is to be remembered of it.
    pub(super) fn record(&self) -> Option<&Record> {
        match self {
            Self::Marked(record) => Some(record),
            Self::Unmarked(_) => None,
        }
    }
}

/// Completes the tree of which this is known to lie there. What stands untouched in the output gets a second name in it:
/// nothing in either tree is ever written into that has two, see [`Sink`].
pub(super) fn write_tree<'p, 'a>(
    plan: &'p PublicPlan<'a>,
    site: &SiteDir,
    lying: &Records,
    standing: &mut Records,
) -> Result<Tree<'p, 'a>, Vec<Diagnostic>> {
    let (next, artifacts) = (lying.folder(), plan.artifacts());
    let paths = || artifacts.iter().map(|artifact| artifact.path.as_str());
    standby::prepare(next, paths()).map_err(|error| failed(next, &error)).map_err(alone)?;
    let (known_lying, known_standing) = (lying.along(paths()), standing.along(paths()));
    let made = make_all(artifacts, |place, artifact| {
        let untouched = |records: &Records, known: Option<&Known>| {
            let known = known.filter(|known| known.key == artifact.key && records.is_untouched(known))?;
            Some(known.record.clone())
        };
        if let Some(record) = untouched(lying, known_lying[place]) {
            return Ok(Made::Marked(record));
        }
        let (name, path) = (artifact.path.as_str(), next.join(artifact.path.as_str()));
        let shared = |record: Record| record.under_another_name(&share(&standing.folder().join(name), &path)?);
        if let Some(record) = untouched(standing, known_standing[place]).and_then(shared) {
            return Ok(Made::Marked(record));
        }
        let not_written = |error: io::Error| failed(&path, &error);
        if lying.has_other_permissions(name) {
            fs::remove_file(&path).map_err(not_written)?;
        }
        let mut sink = Sink::open(&path).map_err(not_written)?;
        let before = || Before::of(standing, name);
        let parts = make(artifact, site, before, &mut sink).map_err(|fault| fault.told(not_written))?;
        let Placed { digest, bytes, file } = sink.finish().map_err(not_written)?;
        let record = Mark::of(&file).map(|mark| Record::new(digest, parts, mark));
        Ok(record.map_or(Made::Unmarked(Entry::new(digest, bytes)), Made::Marked))
    })?;
    let tree = Tree { artifacts, made };
    standing.learn(tree.records().map(|Filed { path, record, .. }| (path, record)));
    Ok(tree)
}

/// Where what came of an artifact is put.
type Place<T> = Option<Result<T, Box<Diagnostic>>>;

/// Makes every artifact, in parallel and as their turns come; what was made, in their order, or all errors.
pub(super) fn make_all<'a, T: Send>(
    artifacts: &[Artifact<'a>],
    make: impl Fn(usize, &Artifact<'a>) -> Result<T, Box<Diagnostic>> + Sync,
) -> Result<Vec<T>, Vec<Diagnostic>> {
    // Into its place at once: half a million files are listed once, not once more for each turn.
    let mut made: Vec<Place<T>> = artifacts.iter().map(|_| None).collect();
    let mut order: Vec<(usize, &mut Place<T>)> = made.iter_mut().enumerate().collect();
    let turn = |place: usize| artifacts[place].turn;
    order.sort_by_key(|(place, _)| turn(*place));
    for stage in order.chunk_by_mut(|(one, _), (next, _)| !turn(*one).ends_before(turn(*next))) {
        stage.par_iter_mut().for_each(|(place, made)| **made = Some(make(*place, &artifacts[*place])));
    }
    let is_failed = |made: &Place<T>| matches!(made, Some(Err(_)));
    match made.iter().any(is_failed) {
        true => Err(made.into_iter().flatten().filter_map(Result::err).map(|error| *error).collect()),
        false => Ok(made.into_iter().filter_map(|made| made?.ok()).collect()),
    }
}

/// Why a file could not be made.
pub(super) enum Fault {
    /// Something is wrong with what it is made of.
    Content(Box<Diagnostic>),
    /// Its bytes were not taken.
    Sink(io::Error),
}

impl From<Box<Diagnostic>> for Fault {
    fn from(fault: Box<Diagnostic>) -> Self {
        Self::Content(fault)
    }
}

impl From<io::Error> for Fault {
    fn from(fault: io::Error) -> Self {
        Self::Sink(fault)
    }
}

impl Fault {
    /// As it is told.
    fn told(self, not_taken: impl Fn(io::Error) -> Box<Diagnostic>) -> Box<Diagnostic> {
        match self {
            Self::Content(diagnostic) => diagnostic,
            Self::Sink(error) => not_taken(error),
        }
    }
}

/// Makes the bytes of an artifact; of one in parts, of what stands in its place before, and what is to be remembered.
fn make(
    artifact: &Artifact<'_>,
    site: &SiteDir,
    before: impl Fn() -> Option<Before>,
    sink: &mut dyn Write,
) -> Result<Vec<PartRecord>, Fault> {
    match &artifact.content {
        Content::Render(render) => sink.write_all(&render(&artifact.path)?)?,
        Content::Parts(parts) => return parts::write(&**parts, before().as_ref(), sink),
        Content::Copy(from) => {
            let bytes = site.read(from.as_str())?;
            if Digest::of(&bytes) != artifact.key.digest() {
                let error = Diagnostic::error(Code::ReadFailed, "文件在生成过程中被改动").in_file(from.as_str());
                return Err(Box::new(error.hint("请等文件保存完毕，再运行一次")).into());
            }
            sink.write_all(&bytes)?;
        }
    }
    Ok(Vec::new())
}

/// The bytes of an artifact.
///
/// # Errors
/// It cannot be made, or its source is no longer what was read.
pub fn bytes_of(artifact: &Artifact<'_>, site: &SiteDir) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    let made = make(artifact, site, || None, &mut bytes);
    made.map_err(|fault| fault.told(|error| failed(Path::new(artifact.path.as_str()), &error)))?;
    Ok(bytes)
}
