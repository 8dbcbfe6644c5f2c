//! A site in a temporary folder, and the command run on it.

use crate::samples;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The clock of a site, until a test moves it.
pub const NOW: &str = "2024-06-01T09:00:00+08:00";

/// Files by path, below some folder.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// A site. Its folder goes when it is dropped.
pub struct Site {
    folder: TempDir,
    root: PathBuf,
    clock: RefCell<String>,
    variables: RefCell<BTreeMap<String, String>>,
}

/// What a run of the command left.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Exit code and messages, for a snapshot.
    pub fn report(&self) -> String {
        let stdout = if self.stdout.is_empty() { String::new() } else { format!("{}\n", self.stdout.trim_end()) };
        format!("退出码 {}\n{stdout}{}", self.code, self.stderr)
    }

    /// Asserts the exit code; the messages are in the failure.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.report());
        self
    }

    /// Asserts that the standard error contains a text.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no “{text}” in:\n{}", self.report());
        self
    }
}

impl Site {
    /// A new site with three reviewers without keys and nothing to be warned of.
    pub fn new() -> Self {
        Self::with_config(samples::CONFIG)
    }

    /// A new site with this `site.yaml`.
    pub fn with_config(config: &str) -> Self {
        let site = Self::fresh();
        site.run(&["init", &site.root.display().to_string()]).exits(0);
        site.file("site.yaml", config)
    }

    /// A folder for a site, and no site in it yet.
    pub fn fresh() -> Self {
        let folder = tempfile::Builder::new().prefix("site-").tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("网站");
        let clock = RefCell::new(NOW.to_owned());
        Self { folder, root, clock, variables: RefCell::default() }
    }

    /// A place in the site.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The folder around the site.
    pub fn outside(&self) -> &Path {
        self.folder.path()
    }

    /// Moves the clock.
    pub fn clock(&self, now: &str) -> &Self {
        now.clone_into(&mut self.clock.borrow_mut());
        self
    }

    /// Sets an environment variable for all later runs.
    pub fn variable(&self, name: &str, value: &str) -> &Self {
        self.variables.borrow_mut().insert(name.to_owned(), value.to_owned());
        self
    }

    /// Writes a file.
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    /// Writes a file.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Writes a file, where nothing follows.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.write(path, bytes);
    }

    /// Writes a draft.
    pub fn draft(&self, id: &str, text: &str) -> &Self {
        self.write(&format!("content/drafts/{id}/index.md"), text)
    }

    /// Reads a file.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    /// Reads a file.
    #[track_caller]
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether a file or folder is there.
    pub fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Replaces one part of a file, which must be there exactly once.
    #[track_caller]
    pub fn edit(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "“{from}” in {path}");
        self.write(path, text.replace(from, to))
    }

    /// The command, ready to run in the site, with no environment but what a test gives it.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jingshi"));
        command.env_clear().envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "LLVM_PROFILE_FILE"));
        command.envs(self.variables.borrow().iter());
        command.current_dir(if self.root.is_dir() { &self.root } else { self.folder.path() });
        let clocked = arguments.contains(&"--now");
        if !clocked {
            command.args(["--now", &self.clock.borrow()]);
        }
        command.args(arguments);
        command
    }

    /// Runs the command in the site; temporary paths read `SITE` and `TMP`.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        let folder = self.folder.path().canonicalize().unwrap();
        let clean = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            let text = text.replace(&self.root.display().to_string(), "SITE");
            text.replace(&folder.display().to_string(), "TMP")
        };
        let code = output.status.code().unwrap_or(-1);
        Run { code, stdout: clean(&output.stdout), stderr: clean(&output.stderr) }
    }

    /// Runs `build`.
    pub fn build(&self) -> Run {
        self.run(&["build"])
    }

    /// Signs at a stage as the person of that stage.
    pub fn sign(&self, stage: &str, what: &str) -> Run {
        self.run(&["review", "sign", "--stage", stage, "--by", &samples::person(stage), what])
    }

    /// Signs at all three stages.
    #[track_caller]
    pub fn publish(&self, id: &str) -> &Self {
        for stage in samples::STAGES {
            self.sign(stage, id).exits(0);
        }
        self
    }

    /// The files of `public/`, each with its SHA-256.
    pub fn tree(&self) -> BTreeMap<String, String> {
        digests(&self.path("public"))
    }

    /// All files below a folder of the site.
    pub fn files(&self, folder: &str) -> Tree {
        files(&self.path(folder))
    }

    /// The paths in `public/` of files that contain a text.
    pub fn public_with(&self, text: &str) -> Vec<String> {
        let contains = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        let found = self.files("public").into_iter().filter(|(path, bytes)| path.contains(text) || contains(bytes));
        found.map(|(path, _)| path).collect()
    }

    /// Asserts that a build is refused with this exit code and changes no byte of `public/`.
    #[track_caller]
    pub fn build_refused(&self, code: i32) -> Run {
        let before = self.files("public");
        let run = self.build().exits(code).says("未改动");
        assert!(before == self.files("public"), "public/ changed");
        run
    }
}

/// All files below a folder but lock files, by path with `/`; none where there is no folder.
pub fn files(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if !entry.file_type().is_dir() && entry.file_name() != ".lock" {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            tree.insert(path, fs::read(entry.path()).unwrap_or_default());
        }
    }
    tree
}

/// All files below a folder, each with its SHA-256.
pub fn digests(folder: &Path) -> BTreeMap<String, String> {
    files(folder).into_iter().map(|(path, bytes)| (path, sha256(&bytes))).collect()
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
