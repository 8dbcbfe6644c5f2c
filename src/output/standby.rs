//! The tree beside the output: that of the build before the last, brought to the new one by writing only what differs.
//!
//! Nothing in it is believed: a file is kept when its bytes are those that were to be written, or when `records` knows that
//! they are and the file system says that nobody has touched it; everything that does not belong to the new tree goes. So
//! it does not matter who or what has been there, or where a run was interrupted. A file that has another name too, the
//! output's, a backup's or a stranger's, is never written into but replaced.

use super::shape;
use crate::disk::{below, if_there};
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

/// Leaves of a folder the files of these paths, which are in order, and the folders they lie in, and makes those that are
/// missing.
///
/// # Errors
/// Something cannot be looked at, removed or made.
pub(super) fn prepare<'a>(folder: &Path, paths: impl Iterator<Item = &'a str> + Clone) -> io::Result<()> {
    let files: HashSet<&str> = paths.clone().collect();
    let folders: Vec<&str> = shape::folders(paths).collect();
    let kept = match if_there(fs::symlink_metadata(folder))? {
        None => HashSet::new(),
        Some(found) if !found.is_dir() => {
            fs::remove_file(folder)?;
            HashSet::new()
        }
        Some(_) => clear(folder, &files, &folders.iter().copied().collect())?,
    };
    fs::create_dir_all(folder)?;
    // A folder stands before those in it. Where capitals are as good as small letters, two of them may be one.
    let missing = folders.iter().filter(|name| !kept.contains(**name));
    missing.map(|name| folder.join(name)).try_for_each(|place| match fs::create_dir(&place) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && place.is_dir() => Ok(()),
        made => made,
    })
}

/// Removes what is none of these; the folders that stay.
fn clear(folder: &Path, files: &HashSet<&str>, folders: &HashSet<&str>) -> io::Result<HashSet<String>> {
    let (stays, goes): (Vec<_>, Vec<_>) = below(folder)?.into_par_iter().partition(|inside| {
        let name = inside.name.as_str();
        if inside.kind.is_dir() { folders.contains(name) } else { inside.kind.is_file() && files.contains(name) }
    });
    // What lies in a folder goes before the folder.
    goes.into_iter().rev().try_for_each(|inside| {
        let path = folder.join(&inside.path);
        if inside.kind.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) }
    })?;
    Ok(stays.into_iter().filter(|inside| inside.kind.is_dir()).map(|inside| inside.name).collect())
}
