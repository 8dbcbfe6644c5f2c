//! Where the files of a report go: never into the site's own folders, never over a workbook that somebody has changed, nor
//! over a file that is no report. A CSV cannot tell who changed it.

use crate::diag::{Code, Diagnostic};
use crate::disk::{self, SiteDir, if_there, read_failed, write_failed};
use crate::{monthly, sheet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Refuses a folder whose files are taken for content or are public.
pub(super) fn outside(site: &SiteDir, folder: &Path) -> Result<(), Box<Diagnostic>> {
    let unread = |error| Box::new(read_failed(&folder.display().to_string(), &error));
    let place = absolute(folder).map_err(unread)?;
    match site.folder_around(&place, &["content", "themes", "public"])? {
        None => Ok(()),
        Some(inside) => Err(Box::new(
            Diagnostic::error(Code::Usage, format!("月报不能放在网站的 {inside}/ 里"))
                .hint("请用 --output 另选文件夹，例如 --output ../月报"),
        )),
    }
}

/// A folder that may not be there yet, with the links followed of what is. Other than for an output, `..` after what is not
/// there may lead anywhere: only what is surely inside is refused.
fn absolute(folder: &Path) -> io::Result<PathBuf> {
    let whole = std::env::current_dir()?.join(folder);
    for part in whole.ancestors() {
        if let Some(found) = if_there(part.canonicalize())? {
            return Ok(found.join(whole.strip_prefix(part).unwrap_or(Path::new(""))));
        }
    }
    Ok(whole)
}

/// Writes the files and returns their paths. Looks at all of them before the first is written.
///
/// # Errors
/// One of them is there and is not what the program left, or cannot be written.
pub(super) fn put(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<String>, Vec<Diagnostic>> {
    let paths: Vec<_> = files.iter().map(|(name, bytes)| (folder.join(name), bytes)).collect();
    let faults: Vec<Diagnostic> =
        paths.iter().filter_map(|(path, bytes)| spoken_for(path, bytes).map(|fault| *fault)).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    fs::create_dir_all(folder).map_err(|error| vec![write_failed(&folder.display().to_string(), &error)])?;
    for (path, bytes) in &paths {
        disk::replace_file(path, bytes).map_err(|error| vec![*error])?;
    }
    Ok(paths.iter().map(|(path, _)| path.display().to_string()).collect())
}

/// Why a file may not be replaced: it is not what an earlier report left.
fn spoken_for(path: &Path, bytes: &[u8]) -> Option<Box<Diagnostic>> {
    let name = path.display().to_string();
    match disk::is_there(path) {
        Ok(true) => {}
        Ok(false) => return None,
        Err(error) => return Some(Box::new(read_failed(&name, &error))),
    }
    let there = match disk::read_file(path, &name) {
        Ok(there) => there,
        Err(error) => return Some(error),
    };
    let ours = there == bytes || sheet::is_untouched_xlsx(&there) || monthly::is_csv(&there);
    (!ours).then(|| {
        let message = "已经有一个同名文件，不是程序生成的，或者在表格软件里改过，没有覆盖";
        Box::new(
            Diagnostic::error(Code::ReportForeign, message)
                .in_file(crate::text::printable(&name))
                .hint("要留的请改个名字，不要的请删去，再运行一次；也可以用 --output 另选文件夹"),
        )
    })
}
