//! Makes the files of a plan: into the standby tree, or in memory.

use super::manifest::Entry;
use super::parts::{self, Before};
use super::records::{PartRecord, Record, Records};
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

/// The files of a tree that was written, in order of path.
pub(super) type Tree<'p> = Vec<(&'p str, Made)>;

/// What the manifest says of them.
pub(super) fn entries<'p>(tree: &Tree<'p>) -> impl Iterator<Item = (&'p str, Entry)> + Clone {
    tree.iter().map(|(path, made)| (*path, made.entry()))
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

/// Completes the tree of which this is known to lie there. What stands untouched in the output gets a second name in it: nothing in either tree is ever written
/// into that has two, see [`Sink`].
pub(super) fn write_tree<'p>(
    plan: &'p PublicPlan<'_>,
    site: &SiteDir,
    lying: &Records,
    standing: &mut Records,
) -> Result<Tree<'p>, Vec<Diagnostic>> {
    let next = lying.folder();
    let paths = plan.artifacts().iter().map(|artifact| artifact.path.as_str());
    standby::prepare(next, paths).map_err(|error| failed(next, &error)).map_err(alone)?;
    let made: Tree<'p> = make_all(plan.artifacts(), |artifact| {
        let name = artifact.path.as_str();
        if let Some(known) = lying.standing(name, artifact.key) {
            return Ok(Made::Marked(known.clone()));
        }
        let path = next.join(name);
        if let Some(record) = shared(standing, artifact, &path) {
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
        let record = Mark::of(&file).map(|mark| Record::new(artifact.key, (digest, parts), mark));
        Ok(record.map_or(Made::Unmarked(Entry::new(digest, bytes)), Made::Marked))
    })?;
    let records = made.iter().filter_map(|(path, made)| Some((*path, made.record()?)));
    records.for_each(|(path, record)| standing.learn(path, record));
    Ok(made)
}

/// A second name for a file that stands in the output as it was made; what is known of it from then on.
fn shared(standing: &Records, artifact: &Artifact<'_>, path: &Path) -> Option<Record> {
    let known = standing.standing(artifact.path.as_str(), artifact.key)?;
    let file = share(&standing.folder().join(artifact.path.as_str()), path)?;
    known.under_another_name(&file)
}

/// Makes every artifact, in parallel and as their turns come; what was made, in order of path, or all errors.
pub(super) fn make_all<'p, 'a, T: Send>(
    artifacts: &'p [Artifact<'a>],
    make: impl Fn(&Artifact<'a>) -> Result<T, Box<Diagnostic>> + Sync,
) -> Result<Vec<(&'p str, T)>, Vec<Diagnostic>> {
    let mut order: Vec<&'p Artifact<'a>> = artifacts.iter().collect();
    order.sort_by_key(|artifact| artifact.turn);
    let (mut files, mut errors) = (Vec::with_capacity(artifacts.len()), Vec::new());
    let stages = order.chunk_by(|one, next| !one.turn.ends_before(next.turn));
    for stage in stages {
        let made: Vec<_> = stage.par_iter().map(|artifact| (artifact.path.as_str(), make(artifact))).collect();
        for (path, made) in made {
            match made {
                Ok(made) => files.push((path, made)),
                Err(error) => errors.push((path, *error)),
            }
        }
    }
    files.sort_unstable_by_key(|(path, _)| *path);
    errors.sort_by_key(|(path, _)| *path);
    if errors.is_empty() { Ok(files) } else { Err(errors.into_iter().map(|(_, error)| error).collect()) }
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
        Content::Render(render) => sink.write_all(&render()?)?,
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
