//! Makes the files of a plan: into the standby tree, or in memory.

use super::manifest::Entry;
use super::parts::{self, Before};
use super::records::{Filed, PartRecord, Record, Records};
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
        if let Some(record) = lying.untouched(known_lying[place], artifact.key) {
            return Ok(Made::Marked(record.clone()));
        }
        let (name, path) = (artifact.path.as_str(), next.join(artifact.path.as_str()));
        let stood = standing.untouched(known_standing[place], artifact.key);
        if let Some(record) =
            stood.and_then(|record| record.under_another_name(&share(&standing.folder().join(name), &path)?))
        {
            return Ok(Made::Marked(record));
        }
        if known_lying[place].is_some_and(|known| lying.has_other_permissions(known)) {
            fs::remove_file(&path).map_err(|error| failed(&path, &error))?;
        }
        write_file(artifact, site, &path, || Before::of(standing, known_standing[place]?))
    })?;
    let tree = Tree { artifacts, made };
    standing.learn(tree.records().map(|Filed { path, record, .. }| (path, record)));
    Ok(tree)
}

/// Makes a file and writes it into its place; of one in parts, what stands in the output is used again.
fn write_file(
    artifact: &Artifact<'_>,
    site: &SiteDir,
    path: &Path,
    before: impl Fn() -> Option<Before>,
) -> Result<Made, Box<Diagnostic>> {
    let not_written = |error: io::Error| failed(path, &error);
    let mut sink = Sink::open(path).map_err(not_written)?;
    let parts = make(artifact, site, before, &mut sink).map_err(|fault| fault.told(not_written))?;
    let Placed { digest, bytes, file } = sink.finish().map_err(not_written)?;
    let record = Mark::of(&file).map(|mark| Record::new(digest, parts, mark));
    Ok(record.map_or(Made::Unmarked(Entry::new(digest, bytes)), Made::Marked))
}

/// What came of an artifact, as soon as that is known.
type Slot<T> = Option<Result<T, Box<Diagnostic>>>;

/// Makes every artifact, in parallel and as their turns come; what was made, in their order, or all errors.
pub(super) fn make_all<'a, T: Send>(
    artifacts: &[Artifact<'a>],
    make: impl Fn(usize, &Artifact<'a>) -> Result<T, Box<Diagnostic>> + Sync,
) -> Result<Vec<T>, Vec<Diagnostic>> {
    // Into its place at once: half a million files are listed once, not once more for each turn.
    let mut made: Vec<Slot<T>> = artifacts.iter().map(|_| None).collect();
    let mut order: Vec<(usize, &mut Slot<T>)> = made.iter_mut().enumerate().collect();
    let turn = |place: usize| artifacts[place].turn;
    order.sort_by_key(|(place, _)| turn(*place));
    for stage in order.chunk_by_mut(|(one, _), (next, _)| !turn(*one).ends_before(turn(*next))) {
        stage.par_iter_mut().for_each(|(place, made)| **made = Some(make(*place, &artifacts[*place])));
    }
    let is_failed = |made: &Slot<T>| matches!(made, Some(Err(_)));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artifact::{Key, Turn};
    use crate::moment::Moment;
    use crate::route::OutPath;
    use std::sync::Mutex;

    #[test]
    fn all_are_made_as_their_turns_come_and_told_in_their_order() {
        let at = |day: u32| Moment::parse(&format!("2024-04-{day:02}T09:00:00+08:00")).unwrap();
        let turns =
            [Turn::Any, Turn::Last(at(2)), Turn::First(at(4)), Turn::Early, Turn::Last(at(1)), Turn::First(at(3))];
        let artifact = |(place, turn): (usize, Turn)| {
            let path = OutPath::parse(&place.to_string()).unwrap();
            Artifact { turn, ..Artifact::rendered(path, Key::of([""]), || Ok(Vec::new())) }
        };
        let artifacts: Vec<Artifact<'_>> = (0..60).zip(turns.into_iter().cycle()).map(artifact).collect();
        let order = Mutex::new(Vec::new());
        let made = make_all(&artifacts, |place, artifact| {
            order.lock().unwrap().push(artifact.turn);
            Ok((place, artifact.path.as_str().to_owned()))
        });
        let expected: Vec<(usize, String)> = (0..60).map(|place| (place, place.to_string())).collect();
        assert_eq!(made, Ok(expected));
        let order = order.into_inner().unwrap();
        assert!(order.iter().enumerate().all(|(at, turn)| order[at..].iter().all(|later| !later.ends_before(*turn))));
    }

    #[test]
    fn all_faults_are_told() {
        let path = |place: usize| OutPath::parse(&format!("{place:02}")).unwrap();
        let artifacts: Vec<Artifact<'_>> =
            (0..30).map(|place| Artifact::rendered(path(place), Key::of([""]), || Ok(Vec::new()))).collect();
        let made = make_all(&artifacts, |place, artifact| match place % 10 {
            3 => Err(Box::new(Diagnostic::error(Code::ReadFailed, artifact.path.as_str()))),
            _ => Ok(()),
        });
        let told: Vec<String> = made.unwrap_err().into_iter().map(|fault| fault.message).collect();
        assert_eq!(told, ["03", "13", "23"]);
    }
}
