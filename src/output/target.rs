//! The output folder: whose it is, what stands there, and who may write to it.

use super::manifest::{LARGEST_MANIFEST, MANIFEST, Manifest, Sealed};
use super::seal;
use crate::diag::{Code, Diagnostic};
use crate::disk::{self, Mark, read_failed, write_failed};
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

/// The output folder, looked at and found usable.
pub struct Target {
    folder: PathBuf,
    previous: Option<Manifest>,
    /// Held from before anything is read until the target is dropped: what one build has read, no other build may overtake.
    lock: Option<File>,
}

impl Target {
    /// Takes an output folder for publishing: one that is absent, empty (hidden files aside) or ours can be used. No other
    /// build can take it until this one is dropped.
    ///
    /// # Errors
    /// It belongs to somebody else, another build has it, or it cannot be read.
    pub fn take(folder: &Path) -> Result<Self, Box<Diagnostic>> {
        let seen = marked(folder);
        let target = Self::inspect(folder)?;
        let lock = Some(disk::lock(&target.workshop().join("lock"))?);
        // What stood there before the lock was taken may be out of date.
        let is_same = seen.is_some() && seen == marked(&target.folder);
        let previous = if is_same { target.previous } else { Self::inspect(&target.folder)?.previous };
        Ok(Self { folder: target.folder, previous, lock })
    }

    /// Looks at an output folder without taking it.
    ///
    /// # Errors
    /// It belongs to somebody else, or it cannot be read.
    pub fn inspect(folder: &Path) -> Result<Self, Box<Diagnostic>> {
        let name = folder.display().to_string();
        let failed = |error: io::Error| Box::new(write_failed(&name, &error));
        let folder = real_place(folder).map_err(failed)?;
        if disk::if_there(fs::metadata(&folder)).map_err(failed)?.is_some_and(|found| !found.is_dir()) {
            return Err(foreign(&name, "它是一个文件，不是文件夹"));
        }
        let manifest = folder.join(MANIFEST);
        let unread = |error| Box::new(read_failed(&manifest.display().to_string(), &error));
        let previous = match disk::if_there(disk::read_plain(&manifest, LARGEST_MANIFEST)).map_err(unread)? {
            Some(bytes) => {
                Some(Manifest::parse(&bytes).ok_or_else(|| foreign(&name, "里面的 manifest.json 不是本程序写的"))?)
            }
            None if is_vacant(&folder).map_err(failed)? => None,
            None => return Err(foreign(&name, "里面有别的文件，没有本程序的 manifest.json")),
        };
        Ok(Self { folder, previous, lock: None })
    }

    /// Whether no other build can take it.
    pub(super) fn is_taken(&self) -> bool {
        self.lock.is_some()
    }

    /// The manifest of what is published there.
    pub fn previous(&self) -> Option<&Manifest> {
        self.previous.as_ref()
    }

    /// The folder, absolute, with links followed.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where trees are completed before they are exchanged, on the same file system.
    pub fn workshop(&self) -> PathBuf {
        workshop_of(&self.folder)
    }
}

/// The marks of the manifest of an output.
fn marked(folder: &Path) -> Option<Mark> {
    Mark::of(&fs::symlink_metadata(folder.join(MANIFEST)).ok()?)
}

/// The workshop of an output.
pub(super) fn workshop_of(folder: &Path) -> PathBuf {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    folder.with_file_name(format!(".{name}.jingshi"))
}

/// The manifest that stands in a folder, with its signature; none where it is not one of ours.
///
/// # Errors
/// There is none, or it cannot be read.
pub fn sealed(folder: &Path) -> io::Result<Option<Sealed>> {
    let manifest = disk::read_plain(&folder.join(MANIFEST), LARGEST_MANIFEST)?;
    Ok(Sealed::read(manifest, seal::standing(folder)?))
}

/// The same of a place that is to become another: a signature that cannot be read is there all the same, and goes with the
/// others.
///
/// # Errors
/// There is no manifest, or it cannot be read.
pub fn sealed_before(folder: &Path) -> io::Result<Option<Sealed>> {
    let manifest = disk::read_plain(&folder.join(MANIFEST), LARGEST_MANIFEST)?;
    Ok(Sealed::read(manifest, seal::standing(folder).unwrap_or_else(|_| Some(Vec::new()))))
}

/// The absolute place of a folder with links followed, so that the folder is exchanged that is served, not the link to it.
///
/// # Errors
/// It leads through what is not there and back, or cannot be looked at.
pub fn real_place(folder: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(folder)?;
    if disk::is_there(&absolute)? {
        return absolute.canonicalize();
    }
    let mut existing = absolute.as_path();
    while !disk::is_there(existing)?
        && let Some(parent) = existing.parent()
    {
        existing = parent;
    }
    let rest = absolute.strip_prefix(existing).unwrap_or(Path::new(""));
    // Where `..` after a folder that is not there would lead, nobody can say.
    if rest.components().any(|part| part == Component::ParentDir) {
        return Err(io::Error::from(io::ErrorKind::NotFound));
    }
    Ok(existing.canonicalize()?.join(rest))
}

fn foreign(name: &str, fact: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::OutputForeign, format!("输出文件夹“{name}”不是本程序的，不能覆盖"))
            .fact(fact)
            .hint("请用 --output 另选一个空文件夹；确认里面的文件都不要了，再自己清空它"),
    )
}

/// Whether a folder is absent, or has nothing in it but hidden files.
///
/// # Errors
/// It cannot be read.
pub fn is_vacant(folder: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        entries => entries?,
    };
    for entry in entries {
        if !entry?.file_name().to_string_lossy().starts_with('.') {
            return Ok(false);
        }
    }
    Ok(true)
}
