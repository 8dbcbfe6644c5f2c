//! Whether an output has the shape in which it was published, beside the bytes of its files.
//!
//! In: a folder and the paths of its files. Out: a yes, or that something else lies in the place of a folder, of the manifest
//! or of a signature: behind a link, files look as untouched as in their place.

use super::manifest::{MANIFEST, SIGNATURE};
use crate::disk::is_there;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::Path;

/// Whether the folders of files are folders, the manifest is a file, and there is no signature but one that is.
pub(super) fn is_kept<'a>(folder: &Path, paths: impl Iterator<Item = &'a str>) -> bool {
    let kind = |name: &str| fs::symlink_metadata(folder.join(name)).ok();
    let folders: BTreeSet<&str> = paths.flat_map(parents).collect();
    kind(MANIFEST).is_some_and(|found| found.is_file())
        && (is_unsigned(folder) || kind(SIGNATURE).is_some_and(|found| found.is_file()))
        && folders.par_iter().all(|name| kind(name).is_some_and(|found: Metadata| found.is_dir()))
}

/// Whether it is certain that nothing stands in the place of a signature.
pub(super) fn is_unsigned(folder: &Path) -> bool {
    is_there(&folder.join(SIGNATURE)).is_ok_and(|is_there| !is_there)
}

/// The folders in which a file lies, from the root on.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}
