//! What distinguishes one published tree from another, and a folder from its manifest.

use super::manifest::{Entry, MANIFEST, Manifest, SIGNATURE};
use crate::digest::{Digest, Hasher};
use crate::disk::reason;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// What a publication did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files that are new.
    pub added: Vec<String>,
    /// Files whose bytes change.
    pub changed: Vec<String>,
    /// Files that go.
    pub removed: Vec<String>,
    /// How many files stay as they are.
    pub unchanged: usize,
}

impl Summary {
    /// What has to be done where one manifest holds, so that these files, in order of path, stand there.
    pub fn between<'p>(previous: Option<&Manifest>, next: impl Iterator<Item = (&'p str, Entry)>) -> Self {
        let mut before = previous.into_iter().flat_map(|previous| &previous.files).peekable();
        let mut summary = Self::default();
        for (path, entry) in next {
            while let Some((gone, _)) = before.next_if(|(old, _)| old.as_str() < path) {
                summary.removed.push(gone.clone());
            }
            match before.next_if(|(old, _)| *old == path) {
                None => summary.added.push(path.to_owned()),
                Some((_, old)) if *old != entry => summary.changed.push(path.to_owned()),
                Some(_) => summary.unchanged += 1,
            }
        }
        summary.removed.extend(before.map(|(gone, _)| gone.clone()));
        summary
    }
}

/// How a folder differs from its manifest, by the path of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The manifest has it, the folder not.
    Missing(String),
    /// It has other bytes, or is no ordinary file.
    Altered(String),
    /// It stands in a folder of ours, and the manifest does not know it.
    Unknown(String),
    /// It is there and cannot be read, for this reason in words: whether it differs nobody knows.
    Unread(String, String),
}

/// How a folder differs from a manifest, in order of path. What lies at the root or in folders of the root that the
/// manifest does not have belongs to others, and hidden files are nobody's: neither is told.
///
/// # Errors
/// Something cannot be read.
pub fn differences(folder: &Path, manifest: &Manifest) -> io::Result<Vec<Difference>> {
    let own = own_folders(manifest);
    let mut there = BTreeSet::new();
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.map_err(io::Error::from)?;
        let name = name_in(folder, &entry);
        let known = manifest.files.contains_key(&name);
        if known && entry.file_type().is_file() {
            there.insert(name);
        } else if known {
            found.push(Difference::Altered(name));
        } else if !entry.file_type().is_dir() && is_intruder(&name, &own) {
            found.push(Difference::Unknown(name));
        }
    }
    let compared = |path: &String| match holds(&folder.join(path), manifest.files.get(path)?) {
        Ok(true) => None,
        Ok(false) => Some(Difference::Altered(path.clone())),
        Err(error) => Some(Difference::Unread(path.clone(), reason(&error))),
    };
    found.par_extend(there.par_iter().filter_map(compared));
    let told: BTreeSet<String> = found.iter().map(|difference| difference.path().to_owned()).collect();
    let missing = manifest.files.keys().filter(|path| !there.contains(*path) && !told.contains(*path));
    found.extend(missing.cloned().map(Difference::Missing));
    found.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(found)
}

/// Files in a folder that the manifest does not know and that lie at the root or in folders of others, in order of path:
/// `build` and `publish` keep them. Hidden ones are left out, but for those by which web servers are told what to do.
///
/// # Errors
/// Something cannot be read.
pub fn strangers(folder: &Path, manifest: &Manifest) -> io::Result<Vec<String>> {
    let own = own_folders(manifest);
    let mut found = Vec::new();
    // Repositories and what else is hidden may be large, and nobody is served from them.
    let is_looked_into = |entry: &DirEntry| {
        !(entry.depth() > 0 && entry.file_type().is_dir() && entry.file_name().to_string_lossy().starts_with('.'))
    };
    for entry in WalkDir::new(folder).min_depth(1).into_iter().filter_entry(is_looked_into) {
        let entry = entry.map_err(io::Error::from)?;
        let name = name_in(folder, &entry);
        let is_ours = name == MANIFEST || name == SIGNATURE || manifest.files.contains_key(&name);
        let last = name.rsplit('/').next().unwrap_or_default();
        let is_hidden = is_litter(last) && !matches!(last, ".htaccess" | ".user.ini");
        if !entry.file_type().is_dir() && !is_ours && !is_hidden && !is_intruder(&name, &own) {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

impl Difference {
    /// The file.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing(path) | Self::Altered(path) | Self::Unknown(path) | Self::Unread(path, _) => path,
        }
    }
}

/// The folders of the root in which the manifest has files.
fn own_folders(manifest: &Manifest) -> BTreeSet<&str> {
    manifest.files.keys().filter_map(|path| path.split_once('/')).map(|(top, _)| top).collect()
}

/// The path of what was found in a folder, with `/`.
fn name_in(folder: &Path, entry: &DirEntry) -> String {
    let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// What is hidden, and what systems leave in every folder that somebody opens.
fn is_litter(name: &str) -> bool {
    name.starts_with('.') || name == "Thumbs.db" || name == "desktop.ini"
}

/// Whether a file lies in one of our folders without being ours.
fn is_intruder(name: &str, own: &BTreeSet<&str>) -> bool {
    let top = name.split_once('/').map(|(top, _)| top);
    top.is_some_and(|top| own.contains(top)) && !name.split('/').any(is_litter)
}

/// Read piece by piece: what stands there need not be as small as it should be.
fn holds(path: &Path, entry: &Entry) -> io::Result<bool> {
    Ok(fs::metadata(path)?.len() == entry.bytes && entry.is_of(digest_of(path)?))
}

fn digest_of(path: &Path) -> io::Result<Digest> {
    let mut file = File::open(path)?;
    let (mut hasher, mut piece) = (Hasher::default(), vec![0; 64 << 10]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hasher.finish()),
            read => hasher.update(&piece[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::ledger::Head;
    use std::collections::BTreeMap;

    #[test]
    fn what_is_added_changed_and_removed_is_told_wherever_it_stands() {
        let of = |files: &str| -> BTreeMap<String, Entry> {
            files.split_whitespace().map(|file| (file[..1].to_owned(), Entry::of(file.as_bytes()))).collect()
        };
        let head = Head { seq: 0, hash: Digest::of(b"") };
        for (before, after, [added, changed, removed], unchanged) in [
            ("", "", ["", "", ""], 0),
            ("", "a b", ["ab", "", ""], 0),
            ("a b", "", ["", "", "ab"], 0),
            ("a b c", "a b c", ["", "", ""], 3),
            ("a c e", "b c d", ["bd", "", "ae"], 1),
            ("a b c", "a b2 d", ["d", "b", "c"], 1),
            ("c", "a b d", ["abd", "", "c"], 0),
            ("a b d", "c", ["c", "", "abd"], 0),
        ] {
            let (previous, next) = (Manifest::new(head, of(before)), of(after));
            let next = next.iter().map(|(path, entry)| (path.as_str(), *entry));
            let summary = Summary::between(Some(&previous), next);
            let told = [summary.added.concat(), summary.changed.concat(), summary.removed.concat()];
            assert_eq!((told, summary.unchanged), ([added, changed, removed].map(str::to_owned), unchanged), "{after}");
        }
    }
}
