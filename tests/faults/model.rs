//! What a loss of power may take: everything that was written and not forced to the disk.
//!
//! A small model of a file system, fed with the calls of a run. The bytes of a file are unsynced from its first write until
//! it, or all, is synced; that something is there, until its folder, or all, is synced. Nothing may be put in its place
//! while anything of it is unsynced, and nothing that rests on it may follow before it is sure that it stands there. How it
//! is synced is of no matter: file by file, or all at once.

use super::call::Call;
use std::collections::BTreeSet;

/// What a path is to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is looked at by nobody: what is on its way to its place, and locks.
    Aside,
    /// It is seen. Between what has one number and what has another lies a sync.
    Seen(u8),
}

/// What is not on the disk yet.
#[derive(Debug, Default, Clone)]
pub struct Unsynced {
    /// Files whose bytes may be lost.
    pub files: BTreeSet<String>,
    /// Paths of which it may be lost that they are there, or are no longer.
    pub entries: BTreeSet<String>,
}

impl Unsynced {
    /// What a run left unsynced.
    pub fn after(calls: &[Call]) -> Self {
        let mut unsynced = Self::default();
        calls.iter().for_each(|call| unsynced.take(call));
        unsynced
    }

    /// Goes on by a call.
    fn take(&mut self, call: &Call) {
        if !call.succeeded() {
            return;
        }
        let paths = call.paths();
        match (call.name.as_str(), paths.as_slice()) {
            ("openat" | "open" | "creat", _) if call.changes() => self.opened(call),
            ("write" | "pwrite64" | "writev" | "pwritev" | "pwritev2" | "ftruncate" | "fallocate" | "fchmod", _) => {
                self.files.extend(call.open_path().filter(|path| path.starts_with('/') && !path.starts_with("/dev/")));
            }
            ("copy_file_range" | "sendfile", _) => self.files.extend(copied_to(call)),
            ("truncate", [path, ..]) => drop(self.files.insert(path.clone())),
            ("rename" | "renameat" | "renameat2", [from, to]) if call.has("RENAME_EXCHANGE") => self.exchange(from, to),
            ("rename" | "renameat" | "renameat2", [from, to]) => self.rename(from, to),
            ("mkdir" | "mkdirat" | "symlink" | "symlinkat" | "link" | "linkat", [.., made]) => {
                self.entries.insert(made.clone());
            }
            ("unlink" | "unlinkat" | "rmdir", [gone, ..]) => self.gone(&beside(call, gone)),
            ("fsync" | "fdatasync", _) => self.synced(&call.open_path().unwrap_or_default()),
            ("syncfs" | "sync", _) => *self = Self::default(),
            _ => {}
        }
    }

    fn opened(&mut self, call: &Call) {
        let Some(path) = call.opened() else { return };
        if call.has("O_CREAT") {
            self.entries.insert(path.clone());
        }
        if call.has("O_TRUNC") || call.has("O_EXCL") {
            self.files.insert(path);
        }
    }

    fn synced(&mut self, path: &str) {
        self.files.remove(path);
        self.entries.retain(|entry| parent(entry) != path);
    }

    fn gone(&mut self, path: &str) {
        for set in [&mut self.files, &mut self.entries] {
            set.retain(|other| !within(other, path));
        }
        self.entries.insert(path.to_owned());
    }

    fn rename(&mut self, from: &str, to: &str) {
        for set in [&mut self.files, &mut self.entries] {
            set.retain(|path| !within(path, to));
            *set = std::mem::take(set).into_iter().map(|path| moved(&path, from, to)).collect();
        }
        self.entries.extend([from.to_owned(), to.to_owned()]);
    }

    fn exchange(&mut self, from: &str, to: &str) {
        for set in [&mut self.files, &mut self.entries] {
            let there = |path: String| if within(&path, to) { moved(&path, to, from) } else { moved(&path, from, to) };
            *set = std::mem::take(set).into_iter().map(there).collect();
        }
        self.entries.extend([from.to_owned(), to.to_owned()]);
    }

    /// What is unsynced of a file, or in a folder.
    fn of(&self, place: &str) -> Option<&str> {
        let inside = self.entries.iter().find(|path| *path != place && within(path, place));
        self.files.iter().find(|path| within(path, place)).or(inside).map(String::as_str)
    }

    /// Whether it may be lost that something was put into its place.
    fn may_lose(&self, place: &str) -> bool {
        self.entries.iter().any(|entry| within(place, entry))
    }
}

/// Everything that a loss of power could take from a run, or turn round.
pub fn faults(calls: &[Call], role: impl Fn(&str) -> Role) -> Vec<String> {
    let mut unsynced = Unsynced::default();
    let mut placed: Vec<(u8, String)> = Vec::new();
    let mut faults = BTreeSet::new();
    for call in calls {
        if let Some((place, rank)) = place(call, &role) {
            let before = placed.iter().find(|(other, place)| *other != rank && unsynced.may_lose(place));
            faults.extend(before.map(|(_, before)| format!("{} before {before} lasts", call.short())));
            faults.extend(hasty(call, &unsynced, &role));
            // What moves on with its folder is no longer looked for where it was.
            let from = call.paths().into_iter().next().filter(|_| call.name.starts_with("rename"));
            placed.retain(|(_, place)| !from.as_ref().is_some_and(|from| within(place, from)));
            placed.push((rank, place));
        }
        unsynced.take(call);
    }
    let lost = placed.iter().filter(|(_, place)| unsynced.may_lose(place));
    faults.extend(lost.map(|(_, place)| format!("{place} does not last")));
    faults.into_iter().collect()
}

/// The path that a call changes for all to see, and its rank.
fn place(call: &Call, role: &impl Fn(&str) -> Role) -> Option<(String, u8)> {
    if !call.succeeded() || !call.changes() || call.is_message() {
        return None;
    }
    let path = match call.name.as_str() {
        "rename" | "renameat" | "renameat2" | "link" | "linkat" => call.paths().pop(),
        "unlink" | "unlinkat" => call.paths().pop().map(|path| beside(call, &path)),
        "openat" | "open" | "creat" => call.opened(),
        "write" | "pwrite64" | "ftruncate" => call.open_path(),
        _ => None,
    }?;
    match role(&path) {
        Role::Seen(rank) => Some((path, rank)),
        Role::Aside => None,
    }
}

/// What is the matter with how something is put into its place.
fn hasty(call: &Call, unsynced: &Unsynced, role: &impl Fn(&str) -> Role) -> Option<String> {
    match call.name.as_str() {
        "rename" | "renameat" | "renameat2" | "link" | "linkat" => {
            let from = call.paths().into_iter().next().unwrap_or_default();
            // What stood in its place before and only moves was judged when it got there.
            let inside = unsynced.of(&from).filter(|path| role(&from) == Role::Aside || unsynced.files.contains(*path));
            inside.map(|path| format!("{} before {path} is synced", call.short()))
        }
        "unlink" | "unlinkat" => None,
        _ => Some(format!("{}: written where all see it", call.short())),
    }
}

/// A path that is named beside an open folder.
fn beside(call: &Call, path: &str) -> String {
    let folder = call.open_path().filter(|_| !path.starts_with('/') && call.name.ends_with("at"));
    folder.map_or_else(|| path.to_owned(), |folder| format!("{folder}/{path}"))
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn moved(path: &str, from: &str, to: &str) -> String {
    if within(path, from) { format!("{to}{}", &path[from.len()..]) } else { path.to_owned() }
}

/// The file to which `copy_file_range` or `sendfile` copies.
fn copied_to(call: &Call) -> Option<String> {
    let word = if call.name == "sendfile" { call.words.first() } else { call.words.get(2) }?;
    Some(word.split_once('<')?.1.strip_suffix('>')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(log: &str) -> Vec<String> {
        let calls: Vec<Call> = log.lines().map(|line| Call::parse(&format!("1 {line}")).unwrap()).collect();
        faults(&calls, |path| match path {
            path if path.starts_with("/s/aside") => Role::Aside,
            path if path.ends_with("ledger") => Role::Seen(2),
            path if path.starts_with("/s/notices") => Role::Seen(3),
            _ => Role::Seen(1),
        })
    }

    const WRITTEN: &str = r#"openat(AT_FDCWD</s>, "/s/aside/x", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3</s/aside/x>
write(3</s/aside/x>, "1", 1) = 1"#;

    #[test]
    fn either_way_of_syncing_will_do() {
        let one =
            format!("{WRITTEN}\nfsync(3</s/aside/x>) = 0\nrename(\"/s/aside/x\", \"/s/a\") = 0\nfsync(4</s>) = 0");
        assert_eq!(found(&one), [""; 0]);
        let all = format!("{WRITTEN}\nsyncfs(3</s>) = 0\nrename(\"/s/aside/x\", \"/s/a\") = 0\nsyncfs(4</s>) = 0");
        assert_eq!(found(&all), [""; 0]);
    }

    #[test]
    fn what_is_put_in_its_place_too_soon_is_found() {
        let rename = "rename(\"/s/aside/x\", \"/s/a\") = 0";
        assert_eq!(
            found(&format!("{WRITTEN}\n{rename}\nfsync(4</s>) = 0")),
            ["rename /s/a before /s/aside/x is synced"]
        );
        assert_eq!(found(&format!("{WRITTEN}\nfsync(3</s/aside/x>) = 0\n{rename}")), ["/s/a does not last"]);
        assert_eq!(found("write(3</s/a>, \"1\", 1) = 1\nfsync(3</s/a>) = 0"), ["write /s/a: written where all see it"]);
    }

    #[test]
    fn a_folder_is_put_in_its_place_with_all_that_is_in_it() {
        let made = r#"mkdir("/s/aside/f", 0777) = 0
openat(AT_FDCWD</s>, "/s/aside/f/x", O_WRONLY|O_CREAT, 0666) = 3</s/aside/f/x>
write(3</s/aside/f/x>, "1", 1) = 1
fsync(3</s/aside/f/x>) = 0"#;
        let exchange =
            "renameat2(AT_FDCWD</s>, \"/s/aside/f\", AT_FDCWD</s>, \"/s/a\", RENAME_EXCHANGE) = 0\nfsync(4</s>) = 0";
        assert_eq!(found(&format!("{made}\n{exchange}")), ["renameat2 /s/a before /s/aside/f/x is synced"]);
        assert_eq!(found(&format!("{made}\nfsync(4</s/aside/f>) = 0\n{exchange}")), [""; 0]);
    }

    #[test]
    fn what_rests_on_something_comes_when_that_is_on_the_disk() {
        let ledger = format!("{WRITTEN}\nfsync(3</s/aside/x>) = 0\nrename(\"/s/aside/x\", \"/s/ledger\") = 0");
        let folder = "rename(\"/s/drafts/a\", \"/s/notices/a\") = 0\nsyncfs(3</s>) = 0";
        assert_eq!(found(&format!("{ledger}\n{folder}")), ["rename /s/notices/a before /s/ledger lasts"]);
        assert_eq!(found(&format!("{ledger}\nfsync(4</s>) = 0\n{folder}")), [""; 0]);
    }
}
