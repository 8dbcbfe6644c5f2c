//! By what one sees, without reading it, that a file is still the one that was read or written.

use serde::{Deserialize, Serialize};
use std::fs::{self, Metadata};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What a file system says of a file. Whoever writes into a file or replaces it changes the last two numbers, and no
/// ordinary means sets them back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    bytes: u64,
    inode: u64,
    mode: u32,
    /// Nanoseconds since 1970, as the next.
    modified: i64,
    changed: i64,
}

/// In nanoseconds.
#[cfg(unix)]
const SECOND: i64 = 1_000_000_000;

/// How long after its last change a file is looked at as one that may be changed again within the same tick of the file
/// system's clock, which two marks could not tell apart.
const TICK: Duration = Duration::from_secs(2);

impl Mark {
    /// The marks of an ordinary file, the same under each name it has. None where a system has no such marks: then nothing
    /// is ever taken as known.
    pub fn of(file: &Metadata) -> Option<Self> {
        Self::told(file).filter(|_| file.is_file())
    }

    /// The marks of a folder: they tell of whatever is added to it, renamed in it, or taken from it.
    pub fn of_folder(folder: &Metadata) -> Option<Self> {
        // How long a folder is says nothing.
        Self::told(folder).filter(|_| folder.is_dir()).map(|mark| Self { bytes: 0, ..mark })
    }

    fn told(found: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let time = |seconds: i64, rest: i64| seconds.saturating_mul(SECOND).saturating_add(rest);
            Some(Self {
                bytes: found.len(),
                inode: found.ino(),
                mode: found.mode(),
                modified: time(found.mtime(), found.mtime_nsec()),
                changed: time(found.ctime(), found.ctime_nsec()),
            })
        }
        #[cfg(not(unix))]
        {
            let _ = found;
            None
        }
    }

    /// Whether the file is the one that bore another mark, and nobody has written into it since; it may have got or lost a
    /// name.
    pub fn is_of_same_bytes(self, other: Self) -> bool {
        self == Self { changed: self.changed, ..other }
    }

    /// The length of the file.
    pub fn bytes(self) -> u64 {
        self.bytes
    }

    /// Whether the file of a path bears this mark.
    pub fn stands_at(self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|file| Self::of(&file) == Some(self))
    }

    /// Whether the file of a path has other permissions than it had, of which its bytes do not tell.
    pub fn has_other_permissions(self, path: &Path) -> bool {
        let found = fs::symlink_metadata(path).ok().and_then(|file| Self::of(&file));
        found.is_some_and(|found| found.mode != self.mode)
    }

    /// Whether the last change lies long enough before a moment for the mark to tell of every later one.
    pub fn is_settled(self, now: SystemTime) -> bool {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        // One before 1970 is none that a clock told.
        let last = u64::try_from(self.changed.max(self.modified)).unwrap_or(u64::MAX);
        Duration::from_nanos(last).checked_add(TICK).is_some_and(|settled| settled < now)
    }
}

/// What a folder holds: the paths of its files, in order of path, with their marks. Several keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing(pub(super) Arc<[(String, Mark)]>);

impl From<Vec<(String, Mark)>> for Listing {
    fn from(mut files: Vec<(String, Mark)>) -> Self {
        files.sort();
        Self(files.into())
    }
}

impl Listing {
    /// Whether all marks tell of every change after a moment.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        self.0.iter().all(|(_, mark)| mark.is_settled(now))
    }
}
