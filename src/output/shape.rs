//! Whether an output has the shape in which it was published, beside the bytes of its files.
//!
//! In: a folder and the paths of its files. Out: a yes, or that something else lies in the place of a folder, of the manifest
//! or of a signature: behind a link, files look as untouched as in their place.

use super::manifest::{MANIFEST, SIGNATURE};
use crate::disk::is_there;
use rayon::prelude::*;
use std::fs::{self, Metadata};
use std::path::Path;

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
