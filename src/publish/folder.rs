//! A target that is a folder of this machine, or one that another machine lends.
//!
//! A file is written beside its place, forced to the disk and renamed into it, so that nobody ever reads half a file. Two
//! runs at once would take each other's files for their own: the folder is locked, where the system can do that.

use super::plan::Plan;
use super::{foreign, unreachable};
use crate::diag::{Code, Diagnostic};
use crate::digest::Digest;
use crate::disk::{self, SiteDir, if_there};
use crate::output::{self, MANIFEST, Manifest, SIGNATURE, Sealed, is_vacant, real_place};
use std::fs::{self, File};
use std::io::ErrorKind::{DirectoryNotEmpty as NotEmpty, ResourceBusy};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Where a file is written before it is renamed into its place; what follows the name is of each run its own.
const ASIDE: &str = ".jingshi-new";

/// How many files are written aside before they are forced to the disk together.
const BATCH: usize = 256;

/// A folder, looked at and found to be outside the site.
pub(super) struct Folder<'a> {
    target: &'a str,
    from: &'a Path,
    to: PathBuf,
}

impl<'a> Folder<'a> {
    /// The folder, absolute or relative to the site.
    ///
    /// # Errors
    /// It is the output, or lies in the site where it would be taken for content, or holds the site.
    pub(super) fn find(
        site: &SiteDir,
        target: &'a str,
        (from, folder): (&'a Path, &Path),
    ) -> Result<Self, Box<Diagnostic>> {
        let real = |path: &Path| real_place(path).map_err(|error| unreachable(target, error.to_string()));
        let to = real(&site.root().join(folder))?;
        let root = real(site.root())?;
        let own = ["content", "themes"].map(|folder| root.join(folder));
        let inside = to.starts_with(from) || own.iter().any(|own| to.starts_with(own));
        if inside || root.starts_with(&to) || from.starts_with(&to) {
            let message = format!("发布目标“{target}”不能是网站文件夹本身、它的上级、public/、content/ 或 themes/");
            return Err(Box::new(
                Diagnostic::error(Code::ConfigValue, message)
                    .in_file(crate::config::FILE)
                    .hint("请写网页服务器的文件夹，例如 /var/www/fxjs"),
            ));
        }
        Ok(Self { target, from, to })
    }

    /// Keeps other runs away until it is dropped, and makes the folder if need be.
    ///
    /// # Errors
    /// Another run is at work, or the folder cannot be made.
    pub(super) fn lock(&self) -> Result<Option<File>, Box<Diagnostic>> {
        fs::create_dir_all(&self.to).map_err(|error| self.failed(&self.to, &error))?;
        // Not every system, and not every machine that lends a folder, can lock one.
        let folder = match File::open(&self.to) {
            Ok(folder) => folder,
            Err(error) if cfg!(unix) => return Err(self.failed(&self.to, &error)),
            Err(_) => return Ok(None),
        };
        match folder.try_lock() {
            Err(fs::TryLockError::WouldBlock) => {
                let message = format!("另一个 jingshi publish 正在送往发布目标“{}”", self.target);
                Err(Box::new(Diagnostic::error(Code::OutputLocked, message).hint("请等它结束再运行")))
            }
            _ => Ok(Some(folder)),
        }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.to
    }

    /// The manifest of what is there; none where nothing is.
    pub(super) fn sealed(&self) -> Result<Option<Sealed>, Box<Diagnostic>> {
        match output::sealed_before(&self.to) {
            Ok(Some(sealed)) => Ok(Some(sealed)),
            Ok(None) => Err(foreign(self.target, "里面的 manifest.json 不是本程序写的")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match is_vacant(&self.to) {
                Ok(true) => Ok(None),
                Ok(false) => Err(foreign(self.target, "里面有别的文件，没有本程序的 manifest.json")),
                Err(error) => Err(self.failed(&self.to, &error)),
            },
            Err(error) => Err(self.failed(&self.to.join(MANIFEST), &error)),
        }
    }

    /// Files of others where ours are to stand, and links that lead out of the folder.
    pub(super) fn refuse_strangers(&self, plan: &Plan, before: Option<&Manifest>) -> Result<(), Box<Diagnostic>> {
        let touched = plan.waves.iter().flatten().chain(&plan.summary.removed);
        for path in touched {
            let folders = path.match_indices('/').map(|(end, _)| self.to.join(&path[..end]));
            let is_link = |folder: &PathBuf| {
                let found = if_there(folder.symlink_metadata()).map_err(|error| self.failed(folder, &error))?;
                Ok::<bool, Box<Diagnostic>>(found.is_some_and(|found| found.is_symlink()))
            };
            for folder in folders {
                if is_link(&folder)? {
                    return Err(foreign(self.target, format!("“{}”是一个快捷链接（符号链接）", folder.display())));
                }
            }
            let is_ours = before.is_some_and(|before| before.files.contains_key(path));
            let there = self.to.join(path);
            let is_there = || disk::is_there(&there).map_err(|error| self.failed(&there, &error));
            let is_same =
                || disk::is_same_file(&there, &self.from.join(path)).map_err(|error| self.failed(&there, &error));
            if !is_ours && is_there()? && !is_same()? {
                return Err(foreign(self.target, format!("已有别人的文件“{path}”，本次也要写同名文件")));
            }
        }
        Ok(())
    }

    /// Sends what the plan says, removes what it says, and lets the manifest say so. Its signature goes first and comes
    /// last, so that none ever stands beside a manifest it is not over.
    pub(super) fn send(&self, plan: &Plan, next: &Sealed) -> Result<(), Box<Diagnostic>> {
        let sent = self.send_all(plan, next);
        // What was written aside may fill a disk, and would be of no use: the next run begins with its own.
        sent.inspect_err(|_| drop(self.clear_aside()))
    }

    fn send_all(&self, plan: &Plan, next: &Sealed) -> Result<(), Box<Diagnostic>> {
        self.clear_aside().map_err(|error| self.failed(&self.to, &error))?;
        self.remove(SIGNATURE)?;
        disk::sync_folder(&self.to).map_err(|error| self.failed(&self.to, &error))?;
        if let Some(underway) = &plan.underway {
            self.put_alone(MANIFEST, &underway.to_bytes())?;
        }
        for batch in plan.waves.iter().flat_map(|wave| wave.chunks(BATCH)) {
            self.put(batch, next)?;
        }
        plan.summary.removed.iter().try_for_each(|path| self.remove(path))?;
        disk::sync_tree(&self.to).map_err(|error| self.failed(&self.to, &error))?;
        self.put_alone(MANIFEST, &next.bytes)?;
        next.signature.as_ref().map_or(Ok(()), |signature| self.put_alone(SIGNATURE, signature))
    }

    /// Removes what an interrupted run left aside. From a run of another machine it takes the file away that it is about to
    /// rename: that run fails, and goes on when it is started again.
    fn clear_aside(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.to)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(ASIDE) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Puts files of the output in their places: all written aside, then forced to the disk, then renamed.
    fn put(&self, paths: &[String], next: &Sealed) -> Result<(), Box<Diagnostic>> {
        let mut written = Vec::new();
        for (number, path) in paths.iter().enumerate() {
            let from = self.from.join(path);
            let bytes = fs::read(&from).map_err(|error| self.failed(&from, &error))?;
            let vouched = next.manifest.files.get(path).is_some_and(|entry| entry.is_of(Digest::of(&bytes)));
            if !vouched {
                return Err(unreachable(self.target, format!("public/{path} 在发布过程中被改动")));
            }
            written.push((self.write_aside((path, number), &bytes)?, self.to.join(path)));
        }
        disk::sync_tree(&self.to).map_err(|error| self.failed(&self.to, &error))?;
        written.iter().try_for_each(|(aside, place)| self.rename(aside, place))
    }

    /// Puts one file at the root and forces it to the disk, before anything that rests on it is done.
    fn put_alone(&self, name: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
        let (aside, place) = (self.write_aside((name, 0), bytes)?, self.to.join(name));
        let synced = File::options().write(true).open(&aside).and_then(|file| file.sync_all());
        synced.map_err(|error| self.failed(&place, &error))?;
        self.rename(&aside, &place)?;
        disk::sync_folder(&self.to).map_err(|error| self.failed(&place, &error))
    }

    /// Writes a file aside and makes the folder in which it is to stand.
    fn write_aside(&self, (path, number): (&str, usize), bytes: &[u8]) -> Result<PathBuf, Box<Diagnostic>> {
        let (aside, place) = (self.to.join(format!("{ASIDE}.{}.{number}", std::process::id())), self.to.join(path));
        let written = place.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
            // A link that somebody laid there is not followed.
            let _ = fs::remove_file(&aside);
            File::create_new(&aside)?.write_all(bytes)
        });
        written.map(|()| aside).map_err(|error| self.failed(&place, &error))
    }

    fn rename(&self, aside: &Path, place: &Path) -> Result<(), Box<Diagnostic>> {
        fs::rename(aside, place).map_err(|error| self.failed(place, &error))
    }

    /// Removes a file, and the folders that are empty without it.
    fn remove(&self, path: &str) -> Result<(), Box<Diagnostic>> {
        let place = self.to.join(path);
        match fs::remove_file(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(self.failed(&place, &error)),
            _ => {}
        }
        for folder in place.ancestors().skip(1).take_while(|folder| *folder != self.to) {
            match fs::remove_dir(folder) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) if matches!(error.kind(), NotEmpty | ResourceBusy) => break,
                Err(error) => return Err(self.failed(folder, &error)),
            }
        }
        Ok(())
    }

    fn failed(&self, path: &Path, error: &io::Error) -> Box<Diagnostic> {
        unreachable(self.target, format!("{}：{error}", path.display()))
    }
}
