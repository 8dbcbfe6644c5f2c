//! Writes to a site: files and folders are replaced, made and moved in single steps, so that an interruption leaves the old
//! or the new, never a half.

use super::{SiteDir, read_failed, reason};
use crate::diag::{Code, Diagnostic};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Held by commands that change the site, and shared by those that read it for the public.
const LOCK: &str = "content/.lock";

impl SiteDir {
    /// Replaces a file of the site in one step: written beside it, then renamed over it. [`sync`](Self::sync) makes it last.
    ///
    /// # Errors
    /// It cannot be written; the old file is as it was.
    pub fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
        replace(&self.join(path), bytes).map_err(|error| Box::new(write_failed(path, &error)))
    }

    /// Moves a folder of the site to a place where there is none.
    ///
    /// # Errors
    /// The target exists, or the move fails.
    pub fn move_folder(&self, from: &str, to: &str) -> Result<(), Box<Diagnostic>> {
        let target = self.join(to);
        let result = match target.parent() {
            _ if target.exists() => Err(io::Error::from(io::ErrorKind::AlreadyExists)),
            Some(parent) => fs::create_dir_all(parent).and_then(|()| fs::rename(self.join(from), &target)),
            None => Err(io::Error::from(io::ErrorKind::InvalidInput)),
        };
        result.map_err(|error| Box::new(write_failed(to, &error)))
    }

    /// Makes a new folder with these files in one step: written beside its place, then renamed.
    ///
    /// # Errors
    /// It exists, or it cannot be written; then nothing is left behind.
    pub fn create_folder(&self, path: &str, files: &[(String, Vec<u8>)]) -> Result<(), Box<Diagnostic>> {
        let target = self.join(path);
        let result = create_folder(&target, files);
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
        let Ok(file) = File::open(self.join(LOCK)) else { return Ok(None) };
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(file)),
            Err(fs::TryLockError::WouldBlock) => Err(Box::new(busy())),
            Err(fs::TryLockError::Error(error)) => Err(Box::new(read_failed(LOCK, &error))),
        }
    }

    /// Keeps two commands that change the site apart, until the file is dropped.
    ///
    /// # Errors
    /// Another command is at work, or the lock cannot be made.
    pub fn lock(&self) -> Result<File, Box<Diagnostic>> {
        lock(&self.join(LOCK))
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
    let file = open.map_err(|error| Box::new(write_failed(&name, &error)))?;
    file.try_lock().map_err(|_| Box::new(busy()))?;
    Ok(file)
}

/// A pipe in place of a lock would never answer, and a link would lead elsewhere.
fn plain_or_absent(path: &Path) -> Result<(), Box<Diagnostic>> {
    let name = path.display().to_string();
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => Err(Box::new(
            Diagnostic::error(Code::ReadFailed, "无法读取：这不是普通文件").in_file(name).hint("请删掉它，再运行一次"),
        )),
        _ => Ok(()),
    }
}

fn busy() -> Diagnostic {
    Diagnostic::error(Code::OutputLocked, "另一个 jingshi 命令正在处理同一个网站")
        .hint("请等它结束再运行；如果它已经中断，直接再运行一次即可")
}

/// Replaces a file anywhere in one step, and forces it to the disk.
///
/// # Errors
/// It cannot be written; the old file is as it was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let result = replace(path, bytes).and_then(|()| sync_tree(folder_of(path)));
    result.map_err(|error| Box::new(write_failed(&path.display().to_string(), &error)))
}

fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let parent = folder_of(target);
    fs::create_dir_all(parent)?;
    let mut file = tempfile::Builder::new().prefix(".jingshi-").tempfile_in(parent)?;
    file.write_all(bytes)?;
    keep_permissions(target, file.as_file())?;
    // On Linux one `syncfs` after many files does it (see `sync_tree`); elsewhere each file is forced to the disk itself.
    #[cfg(not(target_os = "linux"))]
    file.as_file().sync_all()?;
    file.persist(target)?;
    Ok(())
}

/// The folder of a file; a bare name lies in the working folder.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A temporary file is readable by its owner only: the new file gets the mode of the old one, or the usual one.
fn keep_permissions(target: &Path, file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(target).map_or(0o644, |metadata| metadata.permissions().mode());
        file.set_permissions(fs::Permissions::from_mode(mode))?;
    }
    #[cfg(not(unix))]
    let _ = (target, file);
    Ok(())
}

fn create_folder(target: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    if target.exists() {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists));
    }
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let staging = tempfile::Builder::new().prefix(".jingshi-").tempdir_in(parent)?;
    let inside = staging.path().join("folder");
    fs::create_dir(&inside)?;
    for (path, bytes) in files {
        let file = inside.join(path);
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(file, bytes)?;
    }
    fs::rename(&inside, target)
}

/// Whether a folder is absent or empty.
///
/// # Errors
/// It is no folder, or cannot be read.
pub fn is_empty_folder(folder: &Path) -> Result<bool, Box<Diagnostic>> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Box::new(read_failed(&folder.display().to_string(), &error))),
    }
}

/// Writes the files of a new folder.
///
/// # Errors
/// It cannot be written.
pub fn create_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Box<Diagnostic>> {
    let write = |(path, bytes): &(String, Vec<u8>)| {
        let file = folder.join(path);
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(file, bytes)
    };
    files.iter().try_for_each(write).map_err(|error| Box::new(write_failed(&folder.display().to_string(), &error)))
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

/// A write error as a diagnostic.
pub fn write_failed(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::WriteFailed, format!("无法写入：{}", reason(error)))
        .in_file(crate::text::printable(path))
        .hint("请检查磁盘空间和文件夹权限，然后再运行一次")
}
