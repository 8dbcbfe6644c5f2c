//! What is known of the files of a tree: under which key each was made, what it holds, and by which marks of the file
//! system one sees that nobody has touched it since.
//!
//! They lie beside the output, not in it, in a file named after the tree's own number, which it keeps when trees are
//! exchanged. They only save work: what they do not know, or what bears other marks, is made and compared anew, and a
//! missing or damaged file of records means that all is. Where a system has no such marks, nothing is taken as known.

use super::manifest::Entry;
use crate::artifact::Key;
use crate::digest::{Checksum, Digest};
use crate::disk::{Mark, keep, kept};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Changes with the form of the file.
const FORM: &str = "jingshi-records-6\n";

/// The largest file of records that is read, in bytes: that of a hundred thousand notices is half of it.
const LARGEST: u64 = 256 << 20;

/// A file that was written, or found as it was to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    key: Key,
    sha256: Digest,
    mark: Mark,
    /// Of a file that was made part by part.
    parts: Box<[PartRecord]>,
}

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartRecord {
    pub(super) key: Key,
    /// Of its bytes: what is taken from the output is published again, and must not be what a disk has made of it.
    pub(super) sum: Checksum,
    /// How long it is.
    pub(super) bytes: u64,
}

impl Record {
    /// A file made under a key, if its marks are known.
    pub(super) fn new(key: Key, (sha256, parts): (Digest, Vec<PartRecord>), mark: Mark) -> Self {
        Self { key, sha256, mark, parts: parts.into() }
    }

    /// The same file with another name more, which changes one of its marks; none where it is another one by now.
    pub(super) fn under_another_name(&self, file: &Metadata) -> Option<Self> {
        let mark = Mark::of(file).filter(|mark| mark.is_of_same_bytes(self.mark))?;
        Some(Self { mark, ..self.clone() })
    }

    /// The digest of its bytes.
    pub(super) fn digest(&self) -> Digest {
        self.sha256
    }

    /// Its length.
    pub(super) fn bytes(&self) -> u64 {
        self.mark.bytes()
    }

    /// What the manifest says of it.
    pub(super) fn entry(&self) -> Entry {
        Entry::new(self.digest(), self.bytes())
    }
}

/// The records of a tree, by path.
#[derive(Debug, Default)]
pub(super) struct Records {
    folder: PathBuf,
    /// In order of path.
    by_path: Vec<(String, Record)>,
    /// Whether it is no longer what was read.
    is_renewed: bool,
}

impl Records {
    /// What is known of a tree; nothing where it is not there.
    pub(super) fn of_tree(workshop: &Path, folder: &Path) -> Self {
        let by_path = place(workshop, folder).and_then(|place| kept(&place, FORM, LARGEST)).unwrap_or_default();
        Self { folder: folder.to_owned(), by_path, is_renewed: false }
    }

    /// Learns other marks of a file of which another tree has a record, if it is the same file.
    pub(super) fn learn(&mut self, path: &str, record: &Record) {
        let Ok(place) = self.place(path) else { return };
        let Some((_, own)) = self.by_path.get_mut(place) else { return };
        if own.mark != record.mark && own.mark.is_of_same_bytes(record.mark) {
            own.mark = record.mark;
            self.is_renewed = true;
        }
    }

    /// Where the record of a path is, or would be.
    fn place(&self, path: &str) -> Result<usize, usize> {
        self.by_path.binary_search_by(|(known, _)| known.as_str().cmp(path))
    }

    fn find(&self, path: &str) -> Option<&Record> {
        let (_, record) = self.by_path.get(self.place(path).ok()?)?;
        Some(record)
    }

    /// The tree.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The record of a file that was made under this key.
    pub(super) fn made(&self, path: &str, key: Key) -> Option<&Record> {
        self.find(path).filter(|record| record.key == key)
    }

    /// The same, where the file has not been touched since.
    pub(super) fn standing(&self, path: &str, key: Key) -> Option<&Record> {
        self.made(path, key).filter(|record| record.mark.stands_at(&self.folder.join(path)))
    }

    /// The parts of a file that has not been touched since it was made of them, whatever it is to hold now.
    pub(super) fn parts(&self, path: &str) -> Option<&[PartRecord]> {
        let record = self.find(path).filter(|record| !record.parts.is_empty())?;
        record.mark.stands_at(&self.folder.join(path)).then_some(&record.parts)
    }

    /// The paths of the files.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.iter().map(|(path, _)| path.as_str())
    }

    /// Whether no file has been touched since.
    pub(super) fn all_stand(&self) -> bool {
        self.by_path.par_iter().all(|(path, record)| record.mark.stands_at(&self.folder.join(path)))
    }

    /// Whether somebody has changed the permissions of a file since it was written.
    pub(super) fn has_other_permissions(&self, path: &str) -> bool {
        self.find(path).is_some_and(|record| record.mark.has_other_permissions(&self.folder.join(path)))
    }

    /// Keeps what is known of a new tree and of this one, and nothing of any other.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn keep<'p>(
        &self,
        workshop: &Path,
        tree: &Path,
        records: impl Iterator<Item = (&'p str, &'p Record)> + Send,
    ) -> io::Result<()> {
        let Some(place) = place(workshop, tree) else { return Ok(()) };
        let own = self::place(workshop, &self.folder);
        let kept = [Some(&place), own.as_ref()];
        for entry in fs::read_dir(workshop)? {
            let path = entry?.path();
            let is_ours = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(NAME));
            if is_ours && !kept.iter().flatten().any(|kept| **kept == path) {
                fs::remove_file(path)?;
            }
        }
        let renewed = || own.filter(|_| self.is_renewed).map_or(Ok(()), |own| keep(&own, FORM, &self.by_path));
        let (renewed, kept) = rayon::join(renewed, || keep(&place, FORM, &records.collect::<Vec<_>>()));
        renewed.and(kept)
    }
}

/// What the names of files of records begin with.
const NAME: &str = "records-";

/// Where the records of a tree lie; none where trees have no numbers.
fn place(workshop: &Path, folder: &Path) -> Option<PathBuf> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let number = fs::symlink_metadata(folder).ok().filter(Metadata::is_dir)?.ino();
        Some(workshop.join(format!("{NAME}{number}")))
    }
    #[cfg(not(unix))]
    {
        let _ = (workshop, folder);
        None
    }
}
