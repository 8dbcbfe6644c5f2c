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
    sha256: Digest,
    mark: Mark,
    /// Of a file that was made part by part.
    parts: Box<[PartRecord]>,
}

/// A file of a tree: under which key it was made, and what is known of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Filed<P, R> {
    pub(super) path: P,
    pub(super) key: Key,
    pub(super) record: R,
}

/// A file of a tree that was read.
pub(super) type Known = Filed<String, Record>;

impl Known {
    /// The record, where the file was made under this key.
    pub(super) fn of_key(&self, key: Key) -> Option<&Record> {
        (self.key == key).then_some(&self.record)
    }
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
    /// A file that bears this mark.
    pub(super) fn new(sha256: Digest, parts: Vec<PartRecord>, mark: Mark) -> Self {
        Self { sha256, mark, parts: parts.into() }
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

    /// The parts of which it was made, and the mark that it bore then.
    pub(super) fn parts(&self) -> (&[PartRecord], Mark) {
        (&self.parts, self.mark)
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
    by_path: Vec<Known>,
    /// Whether it is no longer what was read.
    is_renewed: bool,
}

impl Records {
    /// What is known of a tree; nothing where it is not there.
    pub(super) fn of_tree(workshop: &Path, folder: &Path) -> Self {
        let by_path = place(workshop, folder).and_then(|place| kept(&place, FORM, LARGEST)).unwrap_or_default();
        Self { folder: folder.to_owned(), by_path, is_renewed: false }
    }

    /// Learns other marks of files of which another tree has records, in order of path, where they are the same files.
    pub(super) fn learn<'p>(&mut self, records: impl Iterator<Item = (&'p str, &'p Record)>) {
        let mut own = self.by_path.iter_mut().peekable();
        for (path, record) in records {
            while own.next_if(|own| own.path.as_str() < path).is_some() {}
            let Some(Filed { record: own, .. }) = own.next_if(|own| own.path == path) else { continue };
            if own.mark != record.mark && own.mark.is_of_same_bytes(record.mark) {
                own.mark = record.mark;
                self.is_renewed = true;
            }
        }
    }

    /// What is known of each of these paths, which are in order.
    pub(super) fn along<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Vec<Option<&Known>> {
        let mut own = self.by_path.iter().peekable();
        let known = |path: &str| {
            while own.next_if(|own| own.path.as_str() < path).is_some() {}
            own.next_if(|own| own.path == path)
        };
        paths.map(known).collect()
    }

    /// The tree.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a file has not been touched since.
    pub(super) fn is_untouched(&self, known: &Known) -> bool {
        known.record.mark.stands_at(&self.folder.join(&known.path))
    }

    /// What is known of a file, where it was made under this key and has not been touched since.
    pub(super) fn untouched<'r>(&self, known: Option<&'r Known>, key: Key) -> Option<&'r Record> {
        let known = known.filter(|known| known.key == key && self.is_untouched(known))?;
        Some(&known.record)
    }

    /// The paths of the files.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_path.iter().map(|known| known.path.as_str())
    }

    /// Whether no file has been touched since.
    pub(super) fn all_stand(&self) -> bool {
        self.by_path.par_iter().all(|known| self.is_untouched(known))
    }

    /// Whether somebody has changed the permissions of a file since it was written.
    pub(super) fn has_other_permissions(&self, known: &Known) -> bool {
        known.record.mark.has_other_permissions(&self.folder.join(&known.path))
    }

    /// Keeps what is known of a new tree and of this one, and nothing of any other.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn keep<'p>(
        &self,
        workshop: &Path,
        tree: &Path,
        records: impl Iterator<Item = Filed<&'p str, &'p Record>> + Send,
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

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::btree_set;
    use proptest::prelude::*;

    fn record(place: &Path) -> Record {
        Record::new(Digest::of("甲".as_bytes()), Vec::new(), Mark::of(&fs::metadata(place).unwrap()).unwrap())
    }

    fn written(folder: &tempfile::TempDir, name: &str) -> Record {
        let place = folder.path().join(name);
        fs::write(&place, "甲").unwrap();
        record(&place)
    }

    proptest! {
        #[test]
        fn of_each_path_is_told_what_is_known_of_it(
            known in btree_set("[ab/]{1,3}", 0..12), asked in btree_set("[ab/]{1,3}", 0..12),
        ) {
            let record = written(&tempfile::tempdir().unwrap(), "a");
            let filed = |path: String| Filed { key: Key::of([&path]), path, record: record.clone() };
            let by_path = known.iter().cloned().map(filed).collect();
            let records = Records { by_path, ..Records::default() };
            let told = records.along(asked.iter().map(String::as_str));
            let told: Vec<_> = told.into_iter().map(|known| known.map(|known| known.path.clone())).collect();
            let expected: Vec<_> = asked.iter().map(|path| known.get(path).cloned()).collect();
            prop_assert_eq!(told, expected);
        }
    }

    #[test]
    fn another_mark_of_the_same_bytes_is_learnt_and_that_of_other_bytes_not() {
        let folder = tempfile::tempdir().unwrap();
        let (before, other) = (written(&folder, "one"), written(&folder, "other"));
        // A tick of the file system's clock.
        std::thread::sleep(std::time::Duration::from_millis(20));
        fs::hard_link(folder.path().join("one"), folder.path().join("name")).unwrap();
        let later = record(&folder.path().join("one"));
        let filed = |path: &str| Filed { path: path.to_owned(), key: Key::of(["k"]), record: before.clone() };
        let mut records = Records { by_path: ["a", "b", "c"].map(filed).into(), ..Records::default() };
        records.learn([("0", &later), ("a", &before), ("c", &other), ("d", &later)].into_iter());
        assert!(!records.is_renewed);
        records.learn([("b", &later)].into_iter());
        let known: Vec<bool> = records.by_path.iter().map(|known| known.record == later).collect();
        assert!(records.is_renewed && known == [false, true, false]);
    }
}
