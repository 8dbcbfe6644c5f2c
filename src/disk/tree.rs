//! What lies in a tree, looked at on all processors: at ten thousand notices an output has seventy thousand files and folders.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

/// Something in a tree.
#[derive(Debug)]
pub struct Inside {
    /// Its path in the tree.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
}

impl Inside {
    /// Its path with `/` between names; what is no Unicode stands in it as a replacement character.
    pub fn name(&self) -> Cow<'_, str> {
        let name = self.path.to_string_lossy();
        if cfg!(unix) { name } else { name.replace(std::path::MAIN_SEPARATOR, "/").into() }
    }
}

/// What something in a tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A folder.
    Folder,
    /// An ordinary file.
    File,
    /// Anything else; a link is a link.
    Other,
}

impl From<FileType> for Kind {
    fn from(kind: FileType) -> Self {
        match kind {
            kind if kind.is_dir() => Self::Folder,
            kind if kind.is_file() => Self::File,
            _ => Self::Other,
        }
    }
}

/// Everything below a folder, whatever is in it; a folder stands before what lies in it.
///
/// # Errors
/// A folder cannot be read.
pub fn below(folder: &Path) -> io::Result<Vec<Inside>> {
    let mut all = Vec::new();
    let mut level = inside(folder)?;
    while !level.is_empty() {
        let folders: Vec<&Inside> = level.iter().filter(|inside| inside.kind == Kind::Folder).collect();
        let below: Vec<_> = folders.par_iter().map(|parent| listed(folder, &parent.path)).collect();
        let next = below.into_iter().collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect();
        all.append(&mut level);
        level = next;
    }
    Ok(all)
}

/// What lies in a folder itself.
///
/// # Errors
/// It cannot be read.
pub fn inside(folder: &Path) -> io::Result<Vec<Inside>> {
    listed(folder, Path::new(""))
}

fn listed(folder: &Path, parent: &Path) -> io::Result<Vec<Inside>> {
    let entries = fs::read_dir(folder.join(parent))?.map(|entry| {
        let entry = entry?;
        Ok(Inside { path: parent.join(entry.file_name()), kind: entry.file_type()?.into() })
    });
    entries.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_found_and_no_link_followed() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        fs::create_dir_all(place("甲/乙/丙")).unwrap();
        ["a", "甲/.b", "甲/乙/丙/c"].into_iter().for_each(|name| fs::write(place(name), "").unwrap());
        #[cfg(unix)]
        std::os::unix::fs::symlink("..", place("甲/乙/d")).unwrap();
        let found = below(folder.path()).unwrap();
        let at = |name: &str| found.iter().position(|inside| inside.name() == name);
        assert!(["甲", "甲/乙", "甲/乙/丙", "甲/乙/丙/c"].map(at).is_sorted() && at("甲").is_some());
        assert!(found.iter().all(|inside| inside.path == Path::new(&*inside.name())));
        assert_eq!(found.len(), if cfg!(unix) { 7 } else { 6 });
        assert!(below(&place("e")).is_err());
    }
}
