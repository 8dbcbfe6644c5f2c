//! Folders as values: what lies below one, copied, compared and laid down again.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Thing {
    Folder,
    File(Vec<u8>),
    Link(PathBuf),
}

/// What lies below a folder, by path with `/`.
pub type Tree = BTreeMap<String, Thing>;

/// What lies below a folder; none where there is no folder.
pub fn tree(folder: &Path) -> Option<Tree> {
    folder.is_dir().then(|| {
        let entries = WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
        entries
            .map(|entry| {
                let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                let thing = match entry.file_type() {
                    kind if kind.is_dir() => Thing::Folder,
                    kind if kind.is_symlink() => Thing::Link(fs::read_link(entry.path()).unwrap()),
                    _ => Thing::File(fs::read(entry.path()).unwrap()),
                };
                (name, thing)
            })
            .collect()
    })
}

/// Copies a folder, in order of path, so that every copy is made by the same steps.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in WalkDir::new(from).min_depth(1).sort_by_file_name().into_iter().map(Result::unwrap) {
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type() {
            kind if kind.is_dir() => fs::create_dir(place).unwrap(),
            kind if kind.is_symlink() => symlink(fs::read_link(entry.path()).unwrap(), place).unwrap(),
            _ => drop(fs::copy(entry.path(), place).unwrap()),
        }
    }
}

/// Puts a copy of one folder in the place of another.
pub fn replace(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_dir_all(to).unwrap();
    }
    copy(from, to);
}

/// The part of a tree below a folder of it; none where it has no such folder.
pub fn below(tree: &Tree, folder: &str) -> Option<Tree> {
    tree.get(folder).filter(|thing| **thing == Thing::Folder)?;
    let start = format!("{folder}/");
    Some(tree.iter().filter_map(|(path, thing)| Some((path.strip_prefix(&start)?.to_owned(), thing.clone()))).collect())
}

/// The files of a tree.
pub fn files(tree: &Tree) -> impl Iterator<Item = (&str, &[u8])> {
    tree.iter().filter_map(|(path, thing)| match thing {
        Thing::File(bytes) => Some((path.as_str(), bytes.as_slice())),
        _ => None,
    })
}

/// A number that two trees share only if they are the same.
pub fn fingerprint(tree: &Tree) -> u64 {
    let mut hasher = DefaultHasher::new();
    tree.hash(&mut hasher);
    hasher.finish()
}

/// The paths in which two trees differ, for a message.
pub fn difference(one: &Tree, other: &Tree) -> String {
    let paths: Vec<&str> = one
        .keys()
        .chain(other.keys().filter(|path| !one.contains_key(*path)))
        .filter(|path| one.get(*path) != other.get(*path))
        .map(String::as_str)
        .collect();
    format!("{} paths differ: {}", paths.len(), paths.iter().take(6).copied().collect::<Vec<_>>().join(", "))
}
