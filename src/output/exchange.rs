//! Puts a finished folder in the place of another.

use crate::disk::is_there;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Puts `next` in the place of `current`; afterwards the old tree, if there was one, lies at `next`.
///
/// On Linux and macOS the two are exchanged by one system call: nobody ever sees a missing or half-made folder. Where the
/// file system or the system does not offer that, the old folder is renamed aside and the new one put in its place: two
/// steps, between which the folder is missing for an instant and after which it is whole.
///
/// # Errors
/// The system refuses; `current` is as it was.
pub(super) fn exchange(next: &Path, current: &Path) -> io::Result<()> {
    let is_first = !is_there(current)?;
    if is_first {
        current.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::rename(next, current)?;
    } else {
        either_way(next, current)?;
    }
    // Who is told that it failed is told that nothing was changed.
    sync_parent(current).inspect_err(|_| {
        let undone = if is_first { fs::rename(current, next) } else { either_way(next, current) };
        drop(undone);
    })
}

fn either_way(next: &Path, current: &Path) -> io::Result<()> {
    match swap(next, current) {
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {
            in_two_steps(next, current)
        }
        swapped => swapped,
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(next: &Path, current: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, next, CWD, current, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

fn in_two_steps(next: &Path, current: &Path) -> io::Result<()> {
    let aside = next.with_file_name("old");
    let _ = fs::remove_dir_all(&aside);
    fs::rename(current, &aside)?;
    match fs::rename(next, current) {
        Ok(()) => fs::rename(&aside, next),
        Err(error) => {
            fs::rename(&aside, current)?;
            Err(error)
        }
    }
}

/// Forces the exchange itself to the disk.
fn sync_parent(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(parent) = folder.parent() {
        File::open(parent)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
