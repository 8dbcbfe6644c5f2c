//! The tree beside the output: that of the build before the last, brought to the new one by writing only what differs.
//!
//! Nothing in it is believed: a file is kept when its bytes are those that were to be written, or when `records` knows that
//! they are and the file system says that nobody has touched it; everything that does not belong to the new tree goes. So
//! it does not matter who or what has been there, or where a run was interrupted. A file that has another name too, the
//! output's, a backup's or a stranger's, is never written into but replaced.

use super::shape::parents;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use walkdir::WalkDir;

/// Leaves of a folder the files of these paths and the folders they lie in, and makes the folders that are missing.
///
/// # Errors
/// Something cannot be looked at, removed or made.
pub(super) fn prepare<'a>(folder: &Path, paths: impl Iterator<Item = &'a str>) -> io::Result<()> {
    let files: BTreeSet<&str> = paths.collect();
    let folders: BTreeSet<&str> = files.iter().flat_map(|path| parents(path)).collect();
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
        Ok(found) if !found.is_dir() => fs::remove_file(folder)?,
        Ok(_) => clear(folder, &files, &folders)?,
    }
    fs::create_dir_all(folder)?;
    // A folder stands before those in it.
    folders.iter().try_for_each(|name| match fs::create_dir(folder.join(name)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    })
}

fn clear(folder: &Path, files: &BTreeSet<&str>, folders: &BTreeSet<&str>) -> io::Result<()> {
    for entry in WalkDir::new(folder).min_depth(1).contents_first(true) {
        let entry = entry?;
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let kind = entry.file_type();
        match (kind.is_dir(), kind.is_file()) {
            (true, _) if folders.contains(name.as_str()) => {}
            (true, _) => fs::remove_dir(entry.path())?,
            (_, true) if files.contains(name.as_str()) => {}
            _ => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}
