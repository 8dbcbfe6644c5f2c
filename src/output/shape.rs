//! The shape of a tree: what lies in it beside the bytes of its files.
//!
//! In: a folder and the paths of its files. Out: whether an output still has the shape in which it was published (behind a
//! link in the place of a folder, files look as untouched as in their place), and what lies in a tree, without listing it,
//! where no folder of it has been touched since it was done.

use super::manifest::{MANIFEST, SIGNATURE};
use crate::disk::{self, Inside, Kind, Mark, is_there};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

/// What lay in a tree beside its own files when it was done.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Shape {
    /// The marks of the [`folders`] of its files, which tell of whatever is added, renamed or taken. The tree itself is none
    /// of them: it gets another mark when trees are exchanged.
    folders: Vec<Mark>,
    /// The folders of others; one stands before those in it.
    foreign_folders: Vec<(String, Mark)>,
    /// What else others have put there.
    foreign: Vec<(String, Kind)>,
}

impl Shape {
    /// That of a tree with these files, in order of path, and what others have put there. None where something bears no
    /// marks or has a name that is no Unicode.
    pub(super) fn of<'p>(
        tree: &Path,
        files: impl Iterator<Item = &'p str> + Clone,
        foreign: &[Inside],
    ) -> Option<Self> {
        // What was theirs may be ours by now, too.
        let own = || folders(files.clone()).chain(files.clone());
        let own: HashSet<&str> = if foreign.is_empty() { HashSet::new() } else { own().collect() };
        let named = |inside: &Inside| Some((inside.path.to_str().map(|_| inside.name().into_owned())?, inside.kind));
        let named: Vec<(String, Kind)> = foreign.iter().map(named).collect::<Option<_>>()?;
        let theirs = named.into_iter().filter(|(name, _)| !own.contains(name.as_str()));
        let (foreign_folders, foreign): (Vec<_>, Vec<_>) = theirs.partition(|(_, kind)| *kind == Kind::Folder);
        let folders: Vec<&str> = folders(files.clone()).collect();
        let mark = |name: &str| Mark::of_folder(&fs::symlink_metadata(tree.join(name)).ok()?);
        let foreign_folders = foreign_folders.into_iter().map(|(name, _)| mark(&name).map(|mark| (name, mark)));
        Some(Self {
            folders: folders.par_iter().map(|name| mark(name)).collect::<Option<_>>()?,
            foreign_folders: foreign_folders.collect::<Option<_>>()?,
            foreign,
        })
    }

    /// Whether nothing was added to a folder of the tree's files, renamed in it or taken from it since. Of the tree itself
    /// its marks do not tell.
    pub(super) fn stands<'p>(&self, tree: &Path, files: impl Iterator<Item = &'p str>) -> bool {
        let folders: Vec<&str> = folders(files).collect();
        let marked = folders.par_iter().zip(&self.folders);
        folders.len() == self.folders.len() && marked.all(|(name, mark)| mark.stands_at_folder(&tree.join(name)))
    }

    /// Everything in a tree that has these files, as it would be listed; none where it must be. Only the tree's own folder
    /// is listed.
    pub(super) fn inside<'p>(
        &'p self,
        tree: &Path,
        files: impl Iterator<Item = &'p str> + Clone,
    ) -> Option<Vec<Inside>> {
        let mut all = disk::inside(tree).ok()?;
        let there: BTreeSet<&Path> = all.iter().filter(|one| one.kind == Kind::Folder).map(|one| &*one.path).collect();
        let is_deep = |name: &&str| name.contains('/');
        let theirs = self.foreign_folders.iter().map(|(name, _)| name.as_str());
        let folders = || folders(files.clone()).chain(theirs.clone());
        let known: BTreeSet<&Path> = folders().filter(|name| !is_deep(name)).map(Path::new).collect();
        let mut marked = self.foreign_folders.iter();
        let are_theirs_kept = marked.all(|(name, mark)| mark.stands_at_folder(&tree.join(name)));
        if there != known || !are_theirs_kept || !self.stands(tree, files.clone()) {
            return None;
        }
        let of_kind = |kind| move |name: &str| Inside { path: PathBuf::from(name), kind };
        all.extend(folders().filter(is_deep).map(of_kind(Kind::Folder)));
        all.extend(files.clone().filter(is_deep).map(of_kind(Kind::File)));
        let foreign = self.foreign.iter().filter(|(name, _)| name.contains('/'));
        all.extend(foreign.map(|(name, kind)| of_kind(*kind)(name)));
        Some(all)
    }
}

/// Whether the folders of files are folders, the manifest is a file, and there is no signature but one that is.
pub(super) fn is_kept<'a>(folder: &Path, paths: impl Iterator<Item = &'a str>) -> bool {
    let kind = |name: &str| fs::symlink_metadata(folder.join(name)).ok();
    let folders: Vec<&str> = folders(paths).collect();
    kind(MANIFEST).is_some_and(|found| found.is_file())
        && (is_unsigned(folder) || kind(SIGNATURE).is_some_and(|found| found.is_file()))
        && folders.par_iter().all(|name| kind(name).is_some_and(|found: Metadata| found.is_dir()))
}

/// Whether it is certain that nothing stands in the place of a signature.
pub(super) fn is_unsigned(folder: &Path) -> bool {
    is_there(&folder.join(SIGNATURE)).is_ok_and(|is_there| !is_there)
}

/// The folders in which these files lie, each once; a folder stands before those in it. The paths are in order.
pub(super) fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut before = "";
    paths.flat_map(move |path| {
        // All that begins alike stands side by side: what was not met just before was never met.
        let last = std::mem::replace(&mut before, path);
        let alike = path.bytes().zip(last.bytes()).take_while(|(one, other)| one == other).count();
        path.match_indices('/').map(|(end, _)| &path[..end]).filter(move |folder| folder.len() >= alike)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// What may be done to a tree.
    type Change = fn(&Path);

    #[cfg(unix)]
    const CHANGES: [(&str, Change); 11] = [
        ("nothing", |_| {}),
        ("a file added", |tree| fs::write(tree.join("a/b/new"), "").unwrap()),
        ("a file added at the top", |tree| fs::write(tree.join("new"), "").unwrap()),
        ("a folder added", |tree| fs::create_dir(tree.join("a/new")).unwrap()),
        ("a folder added at the top", |tree| fs::create_dir(tree.join("new")).unwrap()),
        ("a file taken", |tree| fs::remove_file(tree.join("a/b/c")).unwrap()),
        ("a file renamed", |tree| fs::rename(tree.join("a/b/c"), tree.join("a/b/d")).unwrap()),
        ("a folder in place of a file", |tree| {
            fs::remove_file(tree.join("a/b/c")).unwrap();
            fs::create_dir(tree.join("a/b/c")).unwrap();
        }),
        ("a link in place of a folder", |tree| {
            fs::rename(tree.join("a"), tree.join("z")).unwrap();
            std::os::unix::fs::symlink("z", tree.join("a")).unwrap();
        }),
        ("a folder of others changed", |tree| fs::write(tree.join("theirs/new"), "").unwrap()),
        ("the tree itself renamed", |tree| {
            fs::rename(tree, tree.with_file_name("aside")).unwrap();
            fs::rename(tree.with_file_name("aside"), tree).unwrap();
        }),
    ];

    #[test]
    #[cfg(unix)]
    fn a_tree_is_told_as_it_would_be_listed_or_not_at_all() {
        let own = ["a/b/c", "a/d", "e", "ours/f"];
        // What was a folder of others with their file is one of ours by now.
        let foreign = ["a/b/x", "a/link", "ours", "ours/f", "theirs", "theirs/y", "theirs/y/z", "w"];
        for (what, change) in CHANGES {
            let folder = tempfile::tempdir().unwrap();
            let tree = folder.path().join("tree");
            ["a/b", "ours", "theirs/y"].iter().for_each(|name| fs::create_dir_all(tree.join(name)).unwrap());
            std::os::unix::fs::symlink("b", tree.join("a/link")).unwrap();
            let files = own.into_iter().chain(["a/b/x", "theirs/y/z", "w"]);
            files.for_each(|name| fs::write(tree.join(name), "").unwrap());
            let listed = || disk::below(&tree).unwrap();
            let foreign: Vec<Inside> =
                listed().into_iter().filter(|inside| foreign.contains(&&*inside.name())).collect();
            let shape = Shape::of(&tree, own.into_iter(), &foreign).unwrap();
            // A tick of the file system's clock.
            std::thread::sleep(std::time::Duration::from_millis(20));
            change(&tree);
            let sorted = |all: Vec<Inside>| {
                let mut told: Vec<_> =
                    all.into_iter().map(|inside| (inside.path, inside.kind == Kind::Folder)).collect();
                told.sort();
                told
            };
            let told = shape.inside(&tree, own.into_iter()).map(sorted);
            let is_at_top = ["nothing", "a file added at the top", "the tree itself renamed"].contains(&what);
            assert_eq!(told, is_at_top.then(|| sorted(listed())), "{what}");
            let is_ours = is_at_top || what == "a folder added at the top" || what == "a folder of others changed";
            assert_eq!(shape.stands(&tree, own.into_iter()), is_ours, "{what}");
        }
    }

    proptest! {
        #[test]
        fn each_folder_is_told_once_and_before_those_in_it(
            paths in prop::collection::btree_set("[ab](/[ab.]{1,2}){0,3}", 0..12),
        ) {
            let told: Vec<&str> = folders(paths.iter().map(String::as_str)).collect();
            let above = |path| str::match_indices(path, '/').map(|(end, _)| &path[..end]);
            let all: BTreeSet<&str> = paths.iter().flat_map(|path| above(path)).collect();
            prop_assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), all.clone());
            prop_assert_eq!(told.len(), all.len());
            let place = |folder: &str| told.iter().position(|told| *told == folder);
            for folder in &told {
                let above = folder.rsplit_once('/').map(|(above, _)| place(above).unwrap());
                prop_assert!(above < place(folder));
            }
        }
    }
}
