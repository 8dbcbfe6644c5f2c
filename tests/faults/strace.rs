//! The program under strace: what it does, and what it does when a call fails or is its last.

use super::call::Call;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Every call that changes a file system, or makes it last; `?`: not every machine has all of them.
const CALLS: &str = "?openat,?open,?creat,?write,?pwrite64,?writev,?pwritev,?pwritev2,?rename,?renameat,?renameat2,?unlink,?unlinkat,?mkdir,?mkdirat,?rmdir,?link,?linkat,?symlink,?symlinkat,?truncate,?ftruncate,?fallocate,?fsync,?fdatasync,?sync,?syncfs,?sync_file_range,?chmod,?fchmod,?fchmodat,?chown,?fchown,?fchownat,?utimensat,?copy_file_range,?sendfile,?mknod,?mknodat,?setxattr,?fsetxattr";

/// Every call that reads of one, or asks it for something.
pub const READS: &str = "?read,?pread64,?readv,?preadv,?preadv2,?getdents64,?getdents,?stat,?lstat,?fstat,?newfstatat,?fstatat64,?statx,?readlink,?readlinkat,?access,?faccessat,?faccessat2";

/// What is done to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// `kill -9` as the call begins, which then does nothing. The same as after the call before.
    Kill,
    /// The same, and all that was written and not yet forced to the disk is lost.
    PowerLoss,
    /// The call fails for this reason.
    Error(&'static str),
    /// The call reads, and fails with EIO: a sector that cannot be read any more.
    Unreadable,
}

impl Fault {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kill => "kill -9",
            Self::PowerLoss => "power loss",
            Self::Error(reason) => reason,
            Self::Unreadable => "EIO on reading",
        }
    }
}

/// Where something is done to a run: at which invocation of which call, counted from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub call: Call,
    pub count: usize,
}

/// How a run ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// None: it was killed.
    pub code: Option<i32>,
    pub said: String,
}

/// Makes sure that there is something to test with.
pub fn required() {
    let works = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    let works = works.is_ok_and(|status| status.success());
    assert!(works, "strace is missing or may not trace (ptrace): nothing about faults can be shown without it");
}

/// Runs the program in a folder and writes down its calls.
pub fn trace(folder: &Path, words: &[String], log: &Path) -> (Ended, Vec<Call>) {
    let filter = format!("trace={CALLS},{READS}");
    let follow = ["-f", "--seccomp-bpf", "-y", "-s", "4096", "-o", log.to_str().unwrap(), "-e", &filter];
    let ended = run(folder, words, &follow);
    (ended, calls(log))
}

/// Runs the program and does something to it at a point; the calls it made until then, where they matter.
pub fn inject(folder: &Path, words: &[String], (fault, point): (Fault, &Point), log: &Path) -> (Ended, Vec<Call>) {
    let Point { call, count } = point;
    let name = &call.name;
    let act = match fault {
        Fault::Kill | Fault::PowerLoss => "signal=KILL".to_owned(),
        Fault::Error(reason) => format!("error={reason}"),
        Fault::Unreadable => "error=EIO".to_owned(),
    };
    let inject = format!("inject={name}:{act}:when={count}");
    if fault == Fault::PowerLoss {
        let filter = format!("trace={CALLS}");
        let ended = run(folder, words, &["-y", "-o", log.to_str().unwrap(), "-e", &filter, "-e", &inject]);
        return (ended, calls(log));
    }
    let filter = format!("trace={name}");
    (run(folder, words, &["-o", "/dev/null", "-e", &filter, "-e", &inject]), Vec::new())
}

fn calls(log: &Path) -> Vec<Call> {
    let text = String::from_utf8_lossy(&fs::read(log).unwrap()).into_owned();
    text.lines().filter_map(Call::parse).collect()
}

fn run(folder: &Path, words: &[String], options: &[&str]) -> Ended {
    let mut command = Command::new("strace");
    command.args(["-qq", "-e", "signal=none"]).args(options).arg("--");
    command.arg(env!("CARGO_BIN_EXE_jingshi")).args(words);
    finish(command, folder)
}

/// Runs the program as it is.
pub fn plain(folder: &Path, words: &[String]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jingshi"));
    command.args(words);
    finish(command, folder)
}

/// One thread, so that calls come in one order; no environment but what programs are found by.
pub fn surroundings(command: &mut Command, folder: &Path) {
    command.env_clear().envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "LLVM_PROFILE_FILE"));
    command.env("RAYON_NUM_THREADS", "1").current_dir(folder).stdin(Stdio::null());
}

fn finish(mut command: Command, folder: &Path) -> Ended {
    surroundings(&mut command, folder);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let code = output.status.code().filter(|_| output.status.signal().is_none());
    Ended { code, said }
}

/// Every point of a run: each of its calls that change the file system, or read of a place. They must all be made by its first
/// thread, the only one that [`inject`] follows: strace counts the calls of each thread for itself.
pub fn points(calls: &[Call], place: &Path) -> Vec<Point> {
    let mut counts = std::collections::BTreeMap::new();
    let mut points = Vec::new();
    let first = calls[0].thread;
    for call in calls {
        if call.thread != first {
            assert!(!call.changes(), "another thread than the first one changes the file system: {}", call.short());
            continue;
        }
        let count = counts.entry(call.name.clone()).or_insert(0);
        *count += 1;
        if call.changes() || call.is_about(place) {
            points.push(Point { call: call.clone(), count: *count });
        }
    }
    points
}
