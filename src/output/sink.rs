//! Where the bytes of a file go: into its place in the standby tree, unless they stand there already.
//!
//! Bytes come piece by piece, so that a file of any size takes no memory. They are compared with what stands there; from the
//! first difference on they are written, into a new file where the old one has a second name. Whatever is there afterwards
//! has just these bytes, and what has another name is as it was.

use crate::digest::{Digest, Hasher};
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A file on its way into its place.
pub(super) struct Sink {
    place: PathBuf,
    there: There,
    hasher: Hasher,
    bytes: u64,
    /// What was read to be compared; kept, since most files come in one piece.
    buffer: Vec<u8>,
}

/// What stands in the place of a file.
enum There {
    /// The bytes so far.
    Equal(File),
    /// The same, in a file that has another name too and may be another's.
    Shared(File),
    /// Something else, or nothing; it is written.
    Written(File),
}

/// What became of a file.
pub(super) struct Placed {
    /// The digest of its bytes.
    pub digest: Digest,
    /// How many there are.
    pub bytes: u64,
    /// What the file system says of it.
    pub file: Metadata,
}

impl Sink {
    /// Opens the place of a file. What is no ordinary file is removed first.
    ///
    /// # Errors
    /// The place cannot be used.
    pub(super) fn open(place: &Path) -> io::Result<Self> {
        // In a tree that is new, nothing is there.
        let there = match File::create_new(place) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match standing(place) {
                Some(there) => there,
                None => {
                    fs::remove_file(place)?;
                    There::Written(File::create_new(place)?)
                }
            },
            made => There::Written(made?),
        };
        Ok(Self { place: place.to_owned(), there, hasher: Hasher::default(), bytes: 0, buffer: Vec::new() })
    }

    /// The file is complete.
    ///
    /// # Errors
    /// It cannot be cut to its length.
    pub(super) fn finish(mut self) -> io::Result<Placed> {
        let mut found = self.file().metadata()?;
        if found.len() != self.bytes {
            let bytes = self.bytes;
            self.begin_writing()?.set_len(bytes)?;
            found = self.file().metadata()?;
        }
        Ok(Placed { file: found, digest: self.hasher.finish(), bytes: self.bytes })
    }

    fn file(&self) -> &File {
        let (There::Equal(file) | There::Shared(file) | There::Written(file)) = &self.there;
        file
    }

    /// Whether the next bytes of what stands there are these.
    fn goes_on(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let (There::Equal(file) | There::Shared(file)) = &mut self.there else { return Ok(false) };
        self.buffer.clear();
        file.take(bytes.len() as u64).read_to_end(&mut self.buffer)?;
        Ok(self.buffer == bytes)
    }

    /// The file, to be written from where the bytes so far end.
    fn begin_writing(&mut self) -> io::Result<&mut File> {
        let written = match &mut self.there {
            There::Written(_) => None,
            There::Equal(file) => {
                file.seek(SeekFrom::Start(self.bytes))?;
                Some(file.try_clone()?)
            }
            There::Shared(file) => {
                file.seek(SeekFrom::Start(0))?;
                fs::remove_file(&self.place)?;
                let mut written = File::create_new(&self.place)?;
                io::copy(&mut file.take(self.bytes), &mut written)?;
                Some(written)
            }
        };
        if let Some(written) = written {
            self.there = There::Written(written);
        }
        let (There::Equal(file) | There::Shared(file) | There::Written(file)) = &mut self.there;
        Ok(file)
    }
}

/// What stands in a place and can be compared.
fn standing(place: &Path) -> Option<There> {
    let found = fs::symlink_metadata(place).ok().filter(Metadata::is_file)?;
    match has_one_name(&found) {
        true => File::options().read(true).write(true).open(place).ok().map(There::Equal),
        false => File::open(place).ok().map(There::Shared),
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        if !self.goes_on(bytes)? {
            self.begin_writing()?.write_all(bytes)?;
        }
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Gives a file of another tree a second name, in the place of whatever lies there; none where that cannot be done.
pub(super) fn share(from: &Path, to: &Path) -> Option<Metadata> {
    if to.symlink_metadata().is_ok() {
        fs::remove_file(to).ok()?;
    }
    fs::hard_link(from, to).ok()?;
    fs::symlink_metadata(to).ok()
}

#[cfg(unix)]
fn has_one_name(file: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(file) == 1
}

/// Nobody says: then it is not written into.
#[cfg(not(unix))]
fn has_one_name(_: &Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn put(path: &Path, pieces: &[Vec<u8>]) -> Placed {
        let mut sink = Sink::open(path).unwrap();
        pieces.iter().for_each(|piece| sink.write_all(piece).unwrap());
        sink.finish().unwrap()
    }

    proptest! {
        #[test]
        fn whatever_stood_there_the_file_has_just_these_bytes(
            before in prop::option::of(prop::collection::vec(0_u8..2, 0..12)),
            pieces in prop::collection::vec(prop::collection::vec(0_u8..2, 0..5), 0..4),
            has_another_name in any::<bool>(),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("f");
            let other = folder.path().join("g");
            if let Some(before) = &before {
                fs::write(&path, before).unwrap();
                if has_another_name {
                    fs::hard_link(&path, &other).unwrap();
                }
            }
            let whole = pieces.concat();
            let modified = fs::metadata(&path).and_then(|found| found.modified()).ok();
            let placed = put(&path, &pieces);
            prop_assert_eq!(fs::read(&path).unwrap(), whole.clone());
            prop_assert_eq!((placed.digest, placed.bytes), (Digest::of(&whole), whole.len() as u64));
            if has_another_name {
                prop_assert_eq!(fs::read(&other).ok(), before.clone(), "what has another name is as it was");
            }
            if before == Some(whole) {
                prop_assert_eq!(placed.file.modified().ok(), modified, "what is equal is not written");
            }
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_file_with_another_name_is_replaced_and_never_written_into() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("f"), folder.path().join("g"));
        fs::write(&other, "old").unwrap();
        fs::hard_link(&other, &path).unwrap();
        put(&path, &[b"new".to_vec()]);
        assert_eq!((fs::read(&path).unwrap(), fs::read(&other).unwrap()), (b"new".to_vec(), b"old".to_vec()));
    }
}
