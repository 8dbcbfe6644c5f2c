//! Reads ordinary files, and nothing that only looks like one: a pipe would never answer, a device never end.
//!
//! In: a path and the most bytes it may have. Out: the bytes, or an error in words that people are shown.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// The bytes of an ordinary file; a link to one counts as one.
///
/// # Errors
/// It cannot be read, is no ordinary file, or is larger.
pub fn read_plain(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    open_plain(path, largest).map(|(_, bytes)| bytes)
}

/// The same, with the file, still open: who reads of it later reads of the same.
///
/// # Errors
/// It cannot be read, is no ordinary file, or is larger.
pub(super) fn open_plain(path: &Path, largest: u64) -> io::Result<(File, Vec<u8>)> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("这不是普通文件"));
    }
    if metadata.len() > largest {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "文件太大"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    // It may grow while it is read.
    let file = File::open(path)?;
    (&file).take(largest).read_to_end(&mut bytes)?;
    Ok((file, bytes))
}

/// Whether two ordinary files, no links, have the same bytes.
///
/// # Errors
/// One of them cannot be read.
pub fn is_same_file(one: &Path, other: &Path) -> io::Result<bool> {
    let plain = |path: &Path| fs::symlink_metadata(path).map(|found| found.is_file().then_some(found.len()));
    match (plain(one)?, plain(other)?) {
        (Some(length), Some(same)) if length == same => Ok(read_plain(one, length)? == read_plain(other, length)?),
        _ => Ok(false),
    }
}
