//! Reads a site from disk; [`mod@write`] changes it, [`fresh`] makes a new one.
//!
//! Every read error is a diagnostic; nothing is skipped in silence but hidden files and what Office leaves lying about.
//! Symbolic links are refused, so that nothing outside the site can be published.

mod found;
pub mod fresh;
mod kept;
mod load;
mod mark;
mod plain;
mod spool;
mod survey;
mod there;
mod tree;
pub mod write;

pub use found::content_of;
pub use kept::{keep, keep_with_tail, kept, kept_with_tail};
pub use load::{Folders, Loaded, Seen};
pub use mark::{Listing, Mark};
pub use plain::{is_same_file, read_plain};
pub use spool::{Lying, Shape, Slice, SpoolFile, packed, read_at};
pub use survey::Survey;
pub use there::{if_there, is_folder, is_there};
pub use tree::{Inside, below};
pub use write::{lock, replace_file, sync_files, sync_folder, sync_tree, write_failed};

use crate::diag::{Code, Diagnostic};
use crate::review::ledger;
use crate::standards;
use crate::workdays;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The largest text and the largest other file that is read, in bytes.
const LARGEST_TEXT: u64 = 2 << 20;
const LARGEST_FILE: u64 = 50 << 20;

/// A site's root folder.
#[derive(Debug, Clone)]
pub struct SiteDir {
    root: PathBuf,
}

impl SiteDir {
    /// The root named, or the nearest folder upward from the working folder that holds a `site.yaml`.
    ///
    /// # Errors
    /// There is none, or it cannot be looked for.
    pub fn find(named: Option<&Path>) -> Result<Self, Box<Diagnostic>> {
        let missing = |place: String| {
            Box::new(
                Diagnostic::error(Code::SiteMissing, format!("{place}没有 site.yaml"))
                    .hint("请先进入网站文件夹，或用 --site 指明；新建网站用 jingshi init 文件夹"),
            )
        };
        if let Some(root) = named {
            let none = || missing(format!("文件夹“{}”里", root.display()));
            return Self::at(root)?.ok_or_else(none);
        }
        let here = std::env::current_dir().unwrap_or_default();
        for folder in here.ancestors() {
            if let Some(site) = Self::at(folder)? {
                return Ok(site);
            }
        }
        Err(missing("这里和上级文件夹里都".to_owned()))
    }

    /// The site whose root this is.
    fn at(root: &Path) -> Result<Option<Self>, Box<Diagnostic>> {
        let place = root.join(crate::config::FILE);
        let found =
            if_there(fs::metadata(&place)).map_err(|error| read_failed(&place.display().to_string(), &error))?;
        Ok(found.filter(fs::Metadata::is_file).map(|_| Self { root: root.to_owned() }))
    }

    /// The root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The place of a file of the site.
    pub fn join(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The root, absolute, with links followed.
    ///
    /// # Errors
    /// It cannot be told.
    pub fn real_root(&self) -> Result<PathBuf, Box<Diagnostic>> {
        self.root.canonicalize().map_err(|error| Box::new(read_failed(&self.root.display().to_string(), &error)))
    }

    /// Which of these folders of the site a place lies in or is; the place is absolute, with links followed.
    ///
    /// # Errors
    /// It cannot be told where the site lies.
    pub fn folder_around(
        &self,
        place: &Path,
        folders: &[&'static str],
    ) -> Result<Option<&'static str>, Box<Diagnostic>> {
        let root = self.real_root()?;
        Ok(folders.iter().copied().find(|folder| place.starts_with(root.join(folder))))
    }

    /// The text of `site.yaml`.
    ///
    /// # Errors
    /// It cannot be read or is not UTF-8.
    pub fn config(&self) -> Result<String, Box<Diagnostic>> {
        let bytes = bounded(&self.join(crate::config::FILE), crate::config::FILE, LARGEST_TEXT)?;
        String::from_utf8(bytes).map_err(|_| {
            Box::new(
                Diagnostic::error(Code::ConfigValue, "site.yaml 的编码不是 UTF-8")
                    .in_file(crate::config::FILE)
                    .hint("请用 UTF-8 编码另存"),
            )
        })
    }

    /// The bytes of a file of the site.
    ///
    /// # Errors
    /// It cannot be read, is no ordinary file, or is too large.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        read_file(&self.join(path), path)
    }

    /// What the ledger's file bears; none where there is none, or it needs a closer look.
    pub fn ledger_mark(&self) -> Option<Mark> {
        fs::symlink_metadata(self.join(ledger::FILE)).ok().and_then(|file| Mark::of(&file))
    }

    /// The ledger's bytes, where there is one.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn ledger(&self) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
        self.read_if_there(ledger::FILE, LARGEST_FILE)
    }

    /// The site's own table of standards, where there is one.
    ///
    /// # Errors
    /// It is there and cannot be read, or is not UTF-8.
    pub fn standards(&self) -> Result<Option<String>, Box<Diagnostic>> {
        self.table(standards::FILE, (Code::StandardsTable, "标准登记表"))
    }

    /// The site's own table of holidays, where there is one.
    ///
    /// # Errors
    /// It is there and cannot be read, or is not UTF-8.
    pub fn holidays(&self) -> Result<Option<String>, Box<Diagnostic>> {
        self.table(workdays::FILE, (Code::HolidaysTable, "节假日表"))
    }

    fn table(&self, file: &str, (code, name): (Code, &str)) -> Result<Option<String>, Box<Diagnostic>> {
        let Some(bytes) = self.read_if_there(file, LARGEST_TEXT)? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|_| {
            Box::new(
                Diagnostic::error(code, format!("{name}的编码不是 UTF-8"))
                    .in_file(file)
                    .hint("请在 WPS 或 Excel 里另存为“CSV UTF-8（逗号分隔）”"),
            )
        })
    }

    fn read_if_there(&self, path: &str, largest: u64) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
        let found = if_there(fs::symlink_metadata(self.join(path))).map_err(|error| read_failed(path, &error))?;
        match found {
            None => Ok(None),
            Some(found) if found.is_symlink() => Err(Box::new(symlink(path))),
            Some(_) => bounded(&self.join(path), path, largest).map(Some),
        }
    }

    /// Whether a folder of the site is there, or anything in its place.
    ///
    /// # Errors
    /// It cannot be told.
    pub fn has(&self, path: &str) -> Result<bool, Box<Diagnostic>> {
        is_there(&self.join(path)).map_err(|error| Box::new(read_failed(path, &error)))
    }

    /// Whether a folder of the site is there.
    ///
    /// # Errors
    /// It cannot be told.
    pub fn has_folder(&self, path: &str) -> Result<bool, Box<Diagnostic>> {
        is_folder(&self.join(path)).map_err(|error| Box::new(read_failed(path, &error)))
    }
}

fn symlink(path: &str) -> Diagnostic {
    Diagnostic::error(Code::FileSymlink, "这里是一个快捷链接（符号链接），不能发布")
        .in_file(crate::text::printable(path))
        .hint("请用真正的文件或文件夹代替它")
}

/// A read error as a diagnostic.
pub fn read_failed(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::ReadFailed, format!("无法读取：{}", reason(error)))
        .in_file(crate::text::printable(path))
        .hint("请检查文件是否被其他程序占用、是否有读取权限")
}

/// The bytes of a file that the program was told to read: an ordinary one, of no more than 50 MB.
///
/// # Errors
/// It cannot be read, is no ordinary file, or is too large.
pub fn read_file(path: &Path, name: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    bounded(path, name, LARGEST_FILE)
}

fn bounded(path: &Path, name: &str, largest: u64) -> Result<Vec<u8>, Box<Diagnostic>> {
    let failed = |error: io::Error| Box::new(read_failed(name, &error));
    let metadata = fs::metadata(path).map_err(failed)?;
    // A pipe or a device would never end.
    if !metadata.is_file() {
        return Err(Box::new(
            Diagnostic::error(Code::ReadFailed, "无法读取：这不是普通文件")
                .in_file(name)
                .hint("请移走，或换成真正的文件"),
        ));
    }
    if metadata.len() > largest {
        let message = format!("文件太大（{} MB，上限 {} MB）", metadata.len() >> 20, largest >> 20);
        return Err(Box::new(
            Diagnostic::error(Code::FileTooLarge, message).in_file(name).hint("请压缩或拆分后再放入"),
        ));
    }
    read_plain(path, largest).map_err(failed)
}

/// The system's reason in words a clerk understands.
pub(crate) fn reason(error: &io::Error) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => "找不到文件",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::AlreadyExists => "已经存在",
        io::ErrorKind::StorageFull => "磁盘空间不足",
        io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        _ => return error.to_string(),
    };
    known.to_owned()
}
