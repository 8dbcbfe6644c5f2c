//! Writes to a site: files and folders are replaced, made and moved in single steps, so that an interruption leaves the old
//! or the new, never a half.
//!
//! What is on its way lies in one folder aside, and is on the disk before it is put in its place: a loss of power leaves the
//! old or the new, too. What an interrupted command left aside, the next one removes.

use super::{SiteDir, if_there, is_there, read_failed, reason};
use crate::diag::{Code, Diagnostic};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use walkdir::WalkDir;

/// Held by commands that change the site, and shared by those that read it for the public.
const LOCK: &str = "content/.lock";

/// Where things are made that are then put in their place. It belongs to whoever holds the lock.
const ASIDE: &str = "content/.jingshi-new";

impl SiteDir {
    /// Replaces files of the site, each in one step: written aside, forced to the disk, renamed into its place. Needs the
    /// [`lock`](Self::lock); [`sync`](Self::sync) makes it last.
    ///
    /// # Errors
    /// One cannot be written: it is as it was, and so are those after it.
    pub fn replace(&self, files: &[(String, &[u8])]) -> Result<(), Box<Diagnostic>> {
        if files.is_empty() {
            return Ok(());
        }
        let aside = self.join(ASIDE);
        let replaced = self.replace_through(&aside, files);
        // What cannot be removed now is removed by the next command.
        let _ = fs::remove_dir_all(&aside);
        replaced
    }

    fn replace_through(&self, aside: &Path, files: &[(String, &[u8])]) -> Result<(), Box<Diagnostic>> {
        let failed = |path: &str, error: &io::Error| Box::new(write_failed(path, error));
        let place = |number: usize| aside.join(number.to_string());
        fs::create_dir_all(aside).map_err(|error| failed(ASIDE, &error))?;
        for (number, (path, bytes)) in files.iter().enumerate() {
            let written = fs::write(place(number), bytes);
            let written = written.and_then(|()| keep_permissions(&self.join(path), &place(number)));
            written.map_err(|error| failed(path, &error))?;
        }
        sync_files(aside, files.len()).map_err(|error| failed(ASIDE, &error))?;
        for (number, (path, _)) in files.iter().enumerate() {
            fs::rename(place(number), self.join(path)).map_err(|error| failed(path, &error))?;
        }
        Ok(())
    }

    /// Moves a folder of the site to a place where there is none.
    ///
    /// # Errors
    /// The target exists, or the move fails.
    pub fn move_folder(&self, from: &str, to: &str) -> Result<(), Box<Diagnostic>> {
        let target = self.join(to);
        let moved = vacant(&target).and_then(|()| fs::create_dir_all(folder_of(&target)));
        let moved = moved.and_then(|()| fs::rename(self.join(from), &target));
        moved.map_err(|error| Box::new(write_failed(to, &error)))
    }

    /// Makes a new folder with these files in one step: written aside, forced to the disk, renamed into its place. Needs the
    /// [`lock`](Self::lock).
    ///
    /// # Errors
    /// It exists, or it cannot be written; then it is not there.
    pub fn create_folder(&self, path: &str, files: &[(String, Vec<u8>)]) -> Result<(), Box<Diagnostic>> {
        let aside = self.join(ASIDE);
        let result = create_folder(&self.join(path), files, &aside.join("folder"));
        let _ = fs::remove_dir_all(&aside);
        result.map_err(|error| Box::new(write_failed(path, &error)))
    }

    /// Forces what was written below `content/` to the disk.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn sync(&self) -> Result<(), Box<Diagnostic>> {
        sync_tree(&self.join("content")).map_err(|error| Box::new(write_failed("content", &error)))
    }

    /// Keeps commands that change the site away while it is read. A site that nobody may write to has no lock and needs none.
    ///
    /// # Errors
    /// A command that changes the site is at work.
    pub fn lock_reading(&self) -> Result<Option<File>, Box<Diagnostic>> {
        plain_or_absent(&self.join(LOCK))?;
        let failed = |error: io::Error| Box::new(read_failed(LOCK, &error));
        let file = match if_there(File::open(self.join(LOCK))) {
            Ok(Some(file)) => file,
            Ok(None) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(file)),
            Err(fs::TryLockError::WouldBlock) => Err(Box::new(busy())),
            Err(fs::TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Keeps two commands that change the site apart, until the file is dropped, and removes what an interrupted one left.
    ///
    /// # Errors
    /// Another command is at work, or the lock cannot be made.
    pub fn lock(&self) -> Result<File, Box<Diagnostic>> {
        let lock = lock(&self.join(LOCK))?;
        match fs::remove_dir_all(self.join(ASIDE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Box::new(write_failed(ASIDE, &error))),
            _ => Ok(lock),
        }
    }
}

/// Takes a lock file, made if need be.
///
/// # Errors
/// Somebody else holds it, or it cannot be made.
pub fn lock(path: &Path) -> Result<File, Box<Diagnostic>> {
    let name = path.display().to_string();
    plain_or_absent(path)?;
    // Nothing is cut off, whatever lies there.
    let open = path.parent().map_or(Ok(()), fs::create_dir_all);
    let open = open.and_then(|()| File::options().create(true).truncate(false).write(true).open(path));
    let failed = |error: io::Error| Box::new(write_failed(&name, &error));
    let file = open.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Box::new(busy())),
        Err(fs::TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// A pipe in place of a lock would never answer, and a link would lead elsewhere.
fn plain_or_absent(path: &Path) -> Result<(), Box<Diagnostic>> {
    let name = path.display().to_string();
    let found = if_there(fs::symlink_metadata(path)).map_err(|error| read_failed(&name, &error))?;
    match found {
        Some(found) if !found.is_file() => Err(Box::new(
            Diagnostic::error(Code::ReadFailed, "无法读取：这不是普通文件").in_file(name).hint("请删掉它，再运行一次"),
        )),
        _ => Ok(()),
    }
}

fn busy() -> Diagnostic {
    Diagnostic::error(Code::OutputLocked, "另一个 jingshi 命令正在处理同一个网站")
        .hint("请等它结束再运行；如果它已经中断，直接再运行一次即可")
}

/// Replaces a file anywhere in one step, and forces it to the disk. Until then it lies beside its place, under a name that
/// the next run takes again where this one is interrupted.
///
/// # Errors
/// It cannot be written, or another run is writing it; the old file is as it was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let name = || path.display().to_string();
    replace(path, bytes).map_err(|error| {
        Box::new(match error.kind() {
            io::ErrorKind::WouldBlock => busy().in_file(name()),
            // A device, which would be one no more.
            io::ErrorKind::InvalidInput => {
                Diagnostic::error(Code::WriteFailed, "无法写入：这不是普通文件").in_file(name()).hint("请换一个文件名")
            }
            _ => write_failed(&name(), &error),
        })
    })
}

fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays, and what it leads to is replaced.
    let target = &if_there(fs::canonicalize(target))?.unwrap_or_else(|| target.to_owned());
    if if_there(fs::metadata(target))?.is_some_and(|found| !found.is_file()) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let parent = folder_of(target);
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let aside = parent.join([OsStr::new("."), name, OsStr::new(".jingshi")].into_iter().collect::<OsString>());
    let mut file = alone_at(&aside)?;
    let written = file.set_len(0).and_then(|()| file.write_all(bytes));
    let written = written.and_then(|()| keep_permissions(target, &aside)).and_then(|()| file.sync_all());
    let replaced = written.and_then(|()| fs::rename(&aside, target));
    if replaced.is_err() {
        let _ = fs::remove_file(&aside);
    }
    replaced.and_then(|()| sync_folder(parent))
}

/// The file of a place, made if need be, and nobody else's until it is dropped.
fn alone_at(place: &Path) -> io::Result<File> {
    // Through a link, another file would be written.
    if if_there(fs::symlink_metadata(place))?.is_some_and(|found| !found.is_file()) {
        fs::remove_file(place)?;
    }
    let file = File::options().create(true).truncate(false).write(true).open(place)?;
    file.try_lock()?;
    // Whoever held it may have put it into its place meanwhile: it is theirs, and no longer aside.
    if is_at(&file, place)? { Ok(file) } else { Err(io::ErrorKind::WouldBlock.into()) }
}

#[cfg(unix)]
fn is_at(file: &File, place: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let (own, there) = (file.metadata()?, if_there(fs::symlink_metadata(place))?);
    Ok(there.is_some_and(|there| (there.dev(), there.ino()) == (own.dev(), own.ino())))
}

/// Where files that are open keep their names.
#[cfg(not(unix))]
fn is_at(_: &File, place: &Path) -> io::Result<bool> {
    is_there(place)
}

/// The folder of a file; a bare name lies in the working folder.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A new file gets the mode of the old one, or the usual one: a temporary file is readable by its owner only.
fn keep_permissions(target: &Path, file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if_there(fs::metadata(target))?.map_or(0o644, |metadata| metadata.permissions().mode());
        fs::set_permissions(file, fs::Permissions::from_mode(mode))?;
    }
    #[cfg(not(unix))]
    let _ = (target, file);
    Ok(())
}

/// An error where anything is there already.
fn vacant(place: &Path) -> io::Result<()> {
    if is_there(place)? { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(()) }
}

fn create_folder(target: &Path, files: &[(String, Vec<u8>)], aside: &Path) -> io::Result<()> {
    vacant(target)?;
    let parent = folder_of(target);
    fs::create_dir_all(parent)?;
    write_files(aside, files)?;
    fs::rename(aside, target)?;
    // What may not last is not there: who is told that it failed begins anew.
    sync_folder(parent).inspect_err(|_| drop(fs::rename(target, aside)))
}

/// Writes the files of a folder that nobody looks at yet, and forces them to the disk.
///
/// # Errors
/// It cannot be written.
pub(super) fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (path, bytes) in files {
        let file = folder.join(path);
        fs::create_dir_all(folder_of(&file))?;
        fs::write(file, bytes)?;
    }
    sync_files(folder, usize::MAX)
}

/// Forces what was written to the file system that holds a folder to the disk.
///
/// # Errors
/// The disk refuses.
pub fn sync_tree(folder: &Path) -> io::Result<()> {
    let folder = File::open(folder)?;
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(&folder)?;
    #[cfg(not(target_os = "linux"))]
    folder.sync_all()?;
    Ok(())
}

/// Forces the files of a folder to the disk, and the folders they lie in: few of them one by one; on Linux many at once,
/// with all that others have written there.
///
/// # Errors
/// The disk refuses.
pub fn sync_files(folder: &Path, count: usize) -> io::Result<()> {
    /// As many as are synced faster one by one.
    const FEW: usize = 4;
    if cfg!(target_os = "linux") && count > FEW {
        return sync_tree(folder);
    }
    for entry in WalkDir::new(folder).contents_first(true) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            sync_folder(entry.path())?;
        } else {
            File::options().write(true).open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

/// Forces the entries of a folder to the disk: what was renamed into it, or removed.
///
/// # Errors
/// The disk refuses.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened, and needs not be.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// A write error as a diagnostic.
pub fn write_failed(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::WriteFailed, format!("无法写入：{}", reason(error)))
        .in_file(crate::text::printable(path))
        .hint("请检查磁盘空间和文件夹权限，然后再运行一次")
}
