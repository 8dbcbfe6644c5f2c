//! Makes a new site: its files are written aside and put in their place one by one, what makes it a site last.
//!
//! In: a folder that is absent, empty, or left by an interrupted run of the same kind; the files. Out: the folder with them.
//! Nothing that is there is ever written over.

use super::write::{sync_folder, write_files};
use super::{is_folder, is_there, read_failed, write_failed};
use crate::config;
use crate::diag::Diagnostic;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// Where the files of a new site are written first, and the sign of a run that was interrupted; what kind of site it makes
/// follows, so that no run goes on with another's.
const ASIDE: &str = ".jingshi-new-";

/// Whether a new site can be made of a folder: it is absent, empty, or what an interrupted run of this kind left.
///
/// # Errors
/// It is no folder, or cannot be read.
pub fn is_vacant(folder: &Path, kind: &str) -> Result<bool, Box<Diagnostic>> {
    let is_vacant = || -> io::Result<bool> {
        let mut entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            entries => entries?,
        };
        Ok(entries.next().transpose()?.is_none() || is_folder(&folder.join(format!("{ASIDE}{kind}")))?)
    };
    is_vacant().map_err(|error| Box::new(read_failed(&folder.display().to_string(), &error)))
}

/// Makes a new site of a vacant folder.
///
/// # Errors
/// It cannot be written; another run goes on.
pub fn create(folder: &Path, kind: &str, files: &[(String, Vec<u8>)]) -> Result<(), Box<Diagnostic>> {
    let aside = folder.join(format!("{ASIDE}{kind}"));
    fill(folder, &aside, files).map_err(|error| Box::new(write_failed(&folder.display().to_string(), &error)))
}

fn fill(folder: &Path, aside: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    if is_there(aside)? {
        fs::remove_dir_all(aside)?;
    }
    write_files(aside, files)?;
    let tops: BTreeSet<&str> = files.iter().filter_map(|(path, _)| path.split('/').next()).collect();
    let (last, first): (Vec<&str>, Vec<&str>) = tops.into_iter().partition(|top| *top == config::FILE);
    for tops in [first, last] {
        for top in tops {
            if !is_there(&folder.join(top))? {
                fs::rename(aside.join(top), folder.join(top))?;
            }
        }
        sync_folder(folder)?;
    }
    fs::remove_dir_all(aside)
}
