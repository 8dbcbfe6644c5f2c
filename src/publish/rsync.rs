//! A target on another machine, reached by the system's `rsync` over SSH.
//!
//! No shell reads a word of it: the program is called with a list of words, the names of files go in by its standard
//! input, and `--protect-args` keeps the remote shell away from the folder's name.

use super::plan::Plan;
use super::{foreign, unreachable};
use crate::diag::Diagnostic;
use crate::disk::if_there;
use crate::output::{self, MANIFEST, SIGNATURE, Sealed};
use crate::text::printable;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Seconds without a byte after which the connection is given up.
const TIMEOUT: &str = "--timeout=120";

/// The most characters that are quoted of what rsync says.
const QUOTED: usize = 600;

/// Its exit code when it was there and did not find, or could not write, something.
const NOT_ALL: i32 = 23;

/// What its exit codes mean here: what the other side says of itself does not always arrive.
const CODES: [(i32, &str); 7] = [
    (3, "找不到文件夹，或没有权限"),
    (10, "网络连接断了"),
    (11, "目标文件夹的上一级不存在，没有写的权限，或磁盘满了"),
    (12, "连不上或连接断了：请核对主机、用户和密钥，先用 ssh 命令试一试；对方也要装有 rsync"),
    (NOT_ALL, "有的文件没有送到：可能没有写的权限"),
    (30, "对方两分钟没有回音"),
    (255, "连不上：请核对主机、用户和密钥，先用 ssh 命令试一试"),
];

/// Whether a signature stands at the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Signed,
    Unsigned,
}

/// A folder of another machine.
pub(super) struct Remote<'a> {
    target: &'a str,
    /// `host:/folder/`
    place: String,
    from: &'a Path,
    /// A folder for what is fetched and for manifests that are sent.
    desk: PathBuf,
}

impl<'a> Remote<'a> {
    /// The folder of a host; files come from one folder, and what is not the site's own passes through another.
    pub(super) fn new((host, folder): (&str, &str), target: &'a str, (from, workshop): (&'a Path, PathBuf)) -> Self {
        Self { target, place: format!("{host}:{folder}/"), from, desk: workshop.join("publish") }
    }

    /// The manifest of what is there; none where nothing is.
    pub(super) fn sealed(&self) -> Result<Option<Sealed>, Box<Diagnostic>> {
        let desk = self.clear_desk()?;
        let ours = ["--include=/manifest.json", "--include=/manifest.json.sig", "--exclude=*"];
        let fetch = [&["--dirs"][..], &ours, &["--", &self.place, "./"]].concat();
        let output = self.rsync(&desk, &fetch, &[])?;
        // ssh says the same of a key that it does not find, and of much else, when it does not get there at all.
        if output.status.code() == Some(NOT_ALL) && says(&output).contains("No such file or directory") {
            return Ok(None);
        }
        self.succeeded(output)?;
        match if_there(output::sealed_before(&desk)).map_err(|error| self.failed(&error))? {
            Some(Some(sealed)) => Ok(Some(sealed)),
            Some(None) => Err(foreign(self.target, "里面的 manifest.json 不是本程序写的")),
            None => self.is_vacant(&desk).map(|()| None),
        }
    }

    /// Nothing but hidden files lies there.
    fn is_vacant(&self, desk: &Path) -> Result<(), Box<Diagnostic>> {
        let output = self.succeeded(self.rsync(desk, &["--dirs", "--list-only", "--", &self.place], &[])?)?;
        let listing = String::from_utf8_lossy(&output.stdout).into_owned();
        // Mode, length, day, time, and the name to the end of the line.
        let names = listing.lines().filter_map(|line| {
            let mut rest = line;
            for _ in 0..4 {
                rest = rest.trim_start().split_once(' ')?.1;
            }
            Some(rest.trim_start())
        });
        match names.into_iter().find(|name| !name.starts_with('.')) {
            None => Ok(()),
            Some(_) => Err(foreign(self.target, "里面有别的文件，没有本程序的 manifest.json")),
        }
    }

    /// Sends what the plan says, removes what it says, and lets the manifest say so. Its signature, where there is one, goes
    /// first and comes last, so that none ever stands beside a manifest it is not over.
    pub(super) fn send(&self, plan: &Plan, next: &Sealed, standing: Standing) -> Result<(), Box<Diagnostic>> {
        let desk = self.clear_desk()?;
        if standing == Standing::Signed {
            self.remove(&desk, &[SIGNATURE.to_owned()])?;
        }
        if let Some(underway) = &plan.underway {
            self.send_beside(&desk, (MANIFEST, &underway.to_bytes()))?;
        }
        for wave in plan.waves.iter().filter(|wave| !wave.is_empty()) {
            let words =
                ["--times", "--ignore-times", "--delay-updates", "--from0", "--files-from=-", "--", "./", &self.place];
            self.succeeded(self.rsync(self.from, &words, names(wave).as_bytes())?)?;
        }
        if !plan.summary.removed.is_empty() {
            self.remove(&desk, &plan.summary.removed)?;
        }
        self.send_beside(&desk, (MANIFEST, &next.bytes))?;
        next.signature.as_ref().map_or(Ok(()), |signature| self.send_beside(&desk, (SIGNATURE, signature)))
    }

    fn remove(&self, desk: &Path, paths: &[String]) -> Result<(), Box<Diagnostic>> {
        let without = self.folders_without(desk, paths)?;
        let words = ["--delete-missing-args", "--from0", "--files-from=-", "--", "./", &self.place];
        self.succeeded(self.rsync(&without, &words, names(paths).as_bytes())?).map(drop)
    }

    /// A tree with the folders of some files and without the files: rsync removes what it is told to send and does not
    /// find, where it finds the folder.
    fn folders_without(&self, desk: &Path, paths: &[String]) -> Result<PathBuf, Box<Diagnostic>> {
        let tree = desk.join("without");
        let folders = paths.iter().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| tree.join(folder));
        let mut folders = std::iter::once(tree.clone()).chain(folders);
        folders.try_for_each(fs::create_dir_all).map_err(|error| self.failed(&error))?;
        Ok(tree)
    }

    /// Sends a file that is not of the output's tree.
    fn send_beside(&self, desk: &Path, (name, bytes): (&str, &[u8])) -> Result<(), Box<Diagnostic>> {
        fs::write(desk.join(name), bytes).map_err(|error| self.failed(&error))?;
        let from = format!("./{name}");
        let words = ["--ignore-times", "--", &from, &self.place];
        self.succeeded(self.rsync(desk, &words, &[])?).map(drop)
    }

    /// An empty folder beside the output, for manifests on their way.
    fn clear_desk(&self) -> Result<PathBuf, Box<Diagnostic>> {
        let _ = fs::remove_dir_all(&self.desk);
        fs::create_dir_all(&self.desk).map_err(|error| self.failed(&error))?;
        Ok(self.desk.clone())
    }

    /// Runs rsync in a folder, so that no name of this machine can be taken for one of another.
    fn rsync(&self, folder: &Path, words: &[&str], input: &[u8]) -> Result<Output, Box<Diagnostic>> {
        let mut command = Command::new("rsync");
        command
            .current_dir(folder)
            .args(["--protect-args", "--8-bit-output", TIMEOUT])
            .args(words.iter().map(OsStr::new));
        let output = feed(command, input);
        output.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => unreachable(
                self.target,
                "这台电脑上没有 rsync 命令：请安装（各 Linux 发行版都有，Windows 上用 WSL），或改用文件夹作为发布目标",
            ),
            _ => self.failed(&error),
        })
    }

    fn succeeded(&self, output: Output) -> Result<Output, Box<Diagnostic>> {
        if output.status.success() {
            return Ok(output);
        }
        let code = output.status.code();
        let named = code.map_or_else(|| "被中断".to_owned(), |code| format!("退出码 {code}"));
        let likely =
            CODES.iter().find(|(known, _)| Some(*known) == code).map_or("没有说原因", |(_, likely)| likely);
        let said: String = printable(says(&output).trim()).chars().take(QUOTED).collect();
        let error = unreachable(self.target, format!("rsync（{named}）：{likely}"));
        Err(if said.is_empty() { error } else { Box::new(error.fact(format!("原话：{said}"))) })
    }

    fn failed(&self, error: &io::Error) -> Box<Diagnostic> {
        unreachable(self.target, error.to_string())
    }
}

fn names(paths: &[String]) -> String {
    paths.iter().map(|path| format!("./{path}\0")).collect()
}

fn says(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).replace('\r', "")
}

/// Runs a command with what it is to read; writing and reading go on at the same time.
fn feed(mut command: Command, input: &[u8]) -> io::Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let pipe = child.stdin.take();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that has failed no longer reads; what it says tells why.
            let _ = pipe.map(|mut pipe| pipe.write_all(input));
        });
        child.wait_with_output()
    })
}
