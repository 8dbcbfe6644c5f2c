//! Where the bytes of a file go: into its place in the standby tree, unless they stand there already.
//!
//! Bytes come piece by piece, so that a file of any size takes no memory. They are compared with what stands there; from the
//! first difference on they are written. Whatever is there afterwards has just these bytes.

use crate::digest::{Digest, Hasher};
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;

/// A file on its way into its place.
pub(super) struct Sink {
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
    /// Opens the place of a file. What has another name too, or is no ordinary file, is removed first: it may be another's.
    ///
    /// # Errors
    /// The place cannot be used.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let usable = match fs::symlink_metadata(path) {
            Ok(found) if found.is_file() && has_one_name(&found) => {
                File::options().read(true).write(true).open(path).ok()
            }
            _ => None,
        };
        let there = match usable {
            Some(file) => There::Equal(file),
            None => {
                if path.symlink_metadata().is_ok() {
                    fs::remove_file(path)?;
                }
                There::Written(File::create(path)?)
            }
        };
        Ok(Self { there, hasher: Hasher::default(), bytes: 0, buffer: Vec::new() })
    }

    /// The file is complete.
    ///
    /// # Errors
    /// It cannot be cut to its length.
    pub(super) fn finish(self) -> io::Result<Placed> {
        let (There::Equal(file) | There::Written(file)) = self.there;
        let mut found = file.metadata()?;
        if found.len() != self.bytes {
            file.set_len(self.bytes)?;
            found = file.metadata()?;
        }
        Ok(Placed { digest: self.hasher.finish(), bytes: self.bytes, file: found })
    }

    /// Whether the next bytes of what stands there are these.
    fn goes_on(file: &mut File, buffer: &mut Vec<u8>, bytes: &[u8]) -> io::Result<bool> {
        buffer.clear();
        file.take(bytes.len() as u64).read_to_end(buffer)?;
        Ok(buffer == bytes)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        match &mut self.there {
            There::Written(file) => file.write_all(bytes)?,
            There::Equal(file) => {
                if !Self::goes_on(file, &mut self.buffer, bytes)? {
                    file.seek(SeekFrom::Start(self.bytes))?;
                    file.write_all(bytes)?;
                    self.there = There::Written(file.try_clone()?);
                }
            }
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

/// Nobody says: then it is replaced.
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
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("f");
            if let Some(before) = &before {
                fs::write(&path, before).unwrap();
            }
            let whole = pieces.concat();
            let modified = fs::metadata(&path).and_then(|found| found.modified()).ok();
            let placed = put(&path, &pieces);
            prop_assert_eq!(fs::read(&path).unwrap(), whole.clone());
            prop_assert_eq!((placed.digest, placed.bytes), (Digest::of(&whole), whole.len() as u64));
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
