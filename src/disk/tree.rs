//! What lies in a tree, looked at on all processors: at ten thousand notices an output has seventy thousand files and folders.

use rayon::prelude::*;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

/// Something in a tree.
#[derive(Debug)]
pub struct Inside {
    /// Its path in the tree.
    pub path: PathBuf,
    /// The same, with `/` between names; what is no Unicode stands in it as a replacement character.
    pub name: String,
    /// What it is; a link is a link.
    pub kind: FileType,
}

/// Everything below a folder, whatever is in it; a folder stands before what lies in it.
///
/// # Errors
/// A folder cannot be read.
pub fn below(folder: &Path) -> io::Result<Vec<Inside>> {
    let mut all = Vec::new();
    let mut level = inside(folder, None)?;
    while !level.is_empty() {
        let folders: Vec<&Inside> = level.iter().filter(|inside| inside.kind.is_dir()).collect();
        let below: Vec<_> = folders.par_iter().map(|parent| inside(folder, Some(parent))).collect();
        let next = below.into_iter().collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect();
        all.append(&mut level);
        level = next;
    }
    Ok(all)
}

fn inside(folder: &Path, parent: Option<&Inside>) -> io::Result<Vec<Inside>> {
    let place = parent.map_or_else(|| folder.to_owned(), |parent| folder.join(&parent.path));
    let entries = fs::read_dir(place)?.map(|entry| {
        let entry = entry?;
        let (own, kind) = (entry.file_name(), entry.file_type()?);
        let name = own.to_string_lossy();
        Ok(match parent {
            None => Inside { name: name.into_owned(), path: PathBuf::from(own), kind },
            Some(parent) => Inside { name: [&parent.name, "/", &name].concat(), path: parent.path.join(&own), kind },
        })
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
        let at = |name: &str| found.iter().position(|inside| inside.name == name);
        assert!(["甲", "甲/乙", "甲/乙/丙", "甲/乙/丙/c"].map(at).is_sorted() && at("甲").is_some());
        assert!(found.iter().all(|inside| inside.path == Path::new(&inside.name)));
        assert_eq!(found.len(), if cfg!(unix) { 7 } else { 6 });
        assert!(below(&place("e")).is_err());
    }
}
