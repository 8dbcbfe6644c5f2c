//! Everything that lies in some places, by marks: afterwards one sees without reading anything whether all is as it was.

use super::load::{DEPTH, is_hidden};
use super::{Listing, Mark, if_there};
use crate::inputs::Shelf;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// What some places below a folder bear, and all that lies in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey(Vec<(String, Seen)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Seen {
    /// Nothing is there, which is as certain as what is.
    Nothing,
    File(Mark),
    Folder(Mark),
}

impl Survey {
    /// Looks at these places, and at all below them. None where something bears no marks: a link, say.
    pub fn deep(root: &Path, places: impl IntoIterator<Item = String>) -> Option<Self> {
        let mut found = Vec::new();
        let mut level: Vec<String> = places.into_iter().collect();
        while !level.is_empty() {
            let looked: Option<Vec<_>> = level.par_iter().map(|place| below(root, place)).collect();
            let (seen, inside): (Vec<_>, Vec<_>) = looked?.into_iter().unzip();
            found.extend(level.into_iter().zip(seen));
            level = inside.into_iter().flatten().collect();
        }
        Some(Self(found))
    }

    /// Looks at these places alone.
    pub fn shallow(root: &Path, places: impl IntoIterator<Item = String>) -> Option<Self> {
        let places: Vec<String> = places.into_iter().collect();
        let looked: Option<Vec<_>> = places.par_iter().map(|place| look(root, place)).collect();
        Some(Self(places.into_iter().zip(looked?).collect()))
    }

    /// The folders of notices with what each holds; none where anything on the shelves needs a closer look.
    pub fn bundles(&self) -> Option<BTreeMap<String, (Shelf, Listing)>> {
        let mut bundles: BTreeMap<String, (Shelf, Vec<(String, Mark)>)> = BTreeMap::new();
        for (path, seen) in &self.0 {
            let Some(shelf) = Shelf::of(path) else { continue };
            let names: Vec<&str> = path.split('/').collect();
            // Of an archived notice: none for the folder of its versions, which is itself no version.
            let inside = names.len().checked_sub(shelf.depth());
            if names.iter().any(|name| is_hidden(name)) {
                continue;
            }
            match (seen, inside) {
                (Seen::Folder(_), Some(0)) => drop(bundles.insert(path.clone(), (shelf, Vec::new()))),
                (Seen::File(mark), Some(1..DEPTH)) => {
                    let (_, files) = bundles.get_mut(&names[..shelf.depth()].join("/"))?;
                    files.push((path.clone(), *mark));
                }
                // A file beside the folders, or one too deep below.
                (Seen::File(_), _) => return None,
                (Seen::Folder(_) | Seen::Nothing, _) => {}
            }
        }
        Some(bundles.into_iter().map(|(folder, (shelf, files))| (folder, (shelf, files.into()))).collect())
    }

    /// Whether all is as it was.
    pub fn stands(&self, root: &Path) -> bool {
        self.0.par_iter().all(|(place, seen)| look(root, place) == Some(*seen))
    }

    /// Whether the marks tell of every change after a moment.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        self.0.iter().all(|(_, seen)| match seen {
            Seen::Nothing => true,
            Seen::File(mark) | Seen::Folder(mark) => mark.is_settled(now),
        })
    }
}

/// What a place bears; none where that cannot be told.
fn look(root: &Path, place: &str) -> Option<Seen> {
    match if_there(fs::symlink_metadata(root.join(place))).ok()? {
        Some(found) if found.is_dir() => Mark::of_folder(&found).map(Seen::Folder),
        Some(found) => Mark::of(&found).map(Seen::File),
        None => Some(Seen::Nothing),
    }
}

/// The same, and what lies in it. The marks come first: what is added while it is looked at changes them.
fn below(root: &Path, place: &str) -> Option<(Seen, Vec<String>)> {
    let seen = look(root, place)?;
    let mut inside = Vec::new();
    if let Seen::Folder(_) = seen {
        for entry in fs::read_dir(root.join(place)).ok()? {
            inside.push(format!("{place}/{}", entry.ok()?.file_name().to_str()?));
        }
    }
    Some((seen, inside))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::fs::{create_dir_all, read, remove_file, rename, set_permissions, write};
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::time::Duration;

    /// Something done to a folder.
    type Change = fn(&Path);

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        create_dir_all(folder.path().join("content/notices/a")).unwrap();
        write(folder.path().join("content/notices/a/index.md"), "甲").unwrap();
        write(folder.path().join("site.yaml"), "乙").unwrap();
        folder
    }

    fn survey(folder: &Path) -> Option<Survey> {
        Survey::deep(folder, ["site.yaml", "content/notices", "themes/x"].map(str::to_owned))
    }

    #[test]
    fn every_change_is_seen() {
        let changes: [(&str, Change); 8] = [
            ("written", |site| write(site.join("content/notices/a/index.md"), "丙").unwrap()),
            ("replaced by the same", |site| {
                let path = site.join("site.yaml");
                write(site.join("new"), read(&path).unwrap()).unwrap();
                rename(site.join("new"), path).unwrap();
            }),
            ("added", |site| write(site.join("content/notices/a/b.csv"), "").unwrap()),
            ("a folder added", |site| create_dir_all(site.join("content/notices/b")).unwrap()),
            ("taken away", |site| remove_file(site.join("content/notices/a/index.md")).unwrap()),
            ("renamed", |site| rename(site.join("content/notices/a"), site.join("content/notices/b")).unwrap()),
            ("there at last", |site| create_dir_all(site.join("themes/x")).unwrap()),
            ("other permissions", |site| {
                set_permissions(site.join("site.yaml"), fs::Permissions::from_mode(0o600)).unwrap();
            }),
        ];
        for (name, change) in changes {
            let folder = site();
            let before = survey(folder.path()).unwrap();
            assert!(before.stands(folder.path()), "{name}");
            // A tick of the file system's clock.
            std::thread::sleep(Duration::from_millis(20));
            change(folder.path());
            assert!(!before.stands(folder.path()), "{name}");
        }
    }

    #[test]
    fn folders_of_notices_are_told_with_what_they_hold() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str| {
            let path = folder.path().join(path);
            create_dir_all(path.parent().unwrap()).unwrap();
            write(path, "").unwrap();
        };
        let told = || {
            let survey = Survey::deep(folder.path(), ["content/archive", "content/notices"].map(str::to_owned));
            let bundles = survey.unwrap().bundles()?.into_iter();
            let paths = |listing: Listing| listing.0.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>().join(" ");
            Some(bundles.map(|(folder, (shelf, listing))| format!("{folder} {shelf:?}: {}", paths(listing))).collect())
        };
        let is_told = |expected: &[&str]| {
            assert_eq!(told(), Some(expected.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>()))
        };
        is_told(&[]);
        for path in ["notices/a/index.md", "notices/a/图/b.png", "archive/a/v1/index.md", "notices/a/.x", "notices/~$b"]
        {
            put(&format!("content/{path}"));
        }
        create_dir_all(folder.path().join("content/notices/c")).unwrap();
        is_told(&[
            "content/archive/a/v1 Archived: content/archive/a/v1/index.md",
            "content/notices/a Live: content/notices/a/index.md content/notices/a/图/b.png",
            "content/notices/c Live: ",
        ]);
        for stray in ["notices/x.md", "archive/x.md", "archive/a/x.md", "notices/a/1/2/3/4/5/6/7/8/x.md"] {
            put(&format!("content/{stray}"));
            assert_eq!(told(), None, "{stray}");
            remove_file(folder.path().join("content").join(stray)).unwrap();
        }
    }

    #[test]
    fn a_link_bears_no_marks() {
        let folder = site();
        symlink("index.md", folder.path().join("content/notices/a/link.md")).unwrap();
        assert_eq!(survey(folder.path()), None);
    }

    #[test]
    fn what_changed_a_moment_ago_is_not_settled() {
        let folder = site();
        let found = survey(folder.path()).unwrap();
        assert!(!found.is_settled(SystemTime::now()));
        assert!(found.is_settled(SystemTime::now() + Duration::from_secs(4)));
    }
}
