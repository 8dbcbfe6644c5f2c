//! Real disks: one that runs full at one point or another, and one that is read-only.

use super::enumerated::{asked, print};
use super::judge;
use super::scenario::{Gold, Scenario, site};
use super::strace::{Fault, plain, required};
use super::tree::tree;
use super::trial::{self, Known};
use super::world::{World, scratch};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A small file system in memory, of its own.
struct Mount {
    folder: TempDir,
}

impl Mount {
    /// None where this user may not mount: then nothing is shown, and that is said.
    fn new() -> Option<Self> {
        let folder = scratch("mount-");
        let mount = Self { folder };
        let output = Command::new("mount").args(["-t", "tmpfs", "-o", "size=16m", "tmpfs"]).arg(mount.path()).output();
        if output.as_ref().is_ok_and(|output| output.status.success()) {
            return Some(mount);
        }
        print(
            "\n!!! SKIPPED: no file system may be mounted here: full and read-only disks were NOT tried (root may)\n\n",
        );
        None
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn remount(&self, how: &str) {
        let done = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(self.path()).status().unwrap();
        assert!(done.success(), "remount,{how}");
    }

    /// Leaves so many bytes free.
    fn fill(&self, free: u64) -> PathBuf {
        let there = rustix::fs::statvfs(self.path()).unwrap();
        let ballast = self.path().join("ballast");
        let zeros = std::io::repeat(0).take((there.f_bavail * there.f_frsize).saturating_sub(free));
        std::io::copy(&mut { zeros }, &mut File::create(&ballast).unwrap()).unwrap();
        ballast
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = std::io::stdout().flush();
        let _ = Command::new("umount").arg(self.path()).stderr(Stdio::null()).status();
    }
}

/// The commands that are tried, with how they go undisturbed.
fn tried<'a>(scenarios: &'a [Scenario], place: &Path) -> Vec<(&'a Scenario, Gold)> {
    let wanted = [
        ("build", "standby"),
        ("build", "absent"),
        ("sign", "several"),
        ("sign", "first"),
        ("revise", "1"),
        ("import", "import"),
        ("check --fix", "mistakes"),
        ("init", "nothing"),
        ("publish", "target-old"),
        ("publish", "target-empty"),
    ];
    let scenarios = scenarios.iter().filter(|scenario| wanted.contains(&(scenario.command, scenario.start)));
    scenarios.map(|scenario| (scenario, scenario.gold(place))).collect()
}

#[test]
fn a_disk_that_runs_full_anywhere_leaves_old_or_new() {
    required();
    let Some(mount) = Mount::new() else { return };
    let (world, scratch) = (World::get(), scratch("faults-"));
    let scenarios = Scenario::all(&world);
    let known = Known::default();
    let (mut full, mut enough) = (0, 0);
    for (scenario, gold) in tried(&scenarios, &scratch.path().join("gold")) {
        let mut free = 0;
        while !fill(&mount, (scenario, &gold), &known, free) {
            full += 1;
            // Pages of memory: finely at first, and where somebody wants to know it exactly.
            free = match asked() {
                Some(_) if free < 1 << 20 => free + 4096 + free / 8 / 4096 * 4096,
                _ => (free * 2).max(4096),
            };
        }
        enough += 1;
    }
    print(&format!("a disk that runs full: {full} runs failed and were repaired, {enough} had room enough\n"));
    assert!(full > 20);
}

/// Tries it with so many bytes free; whether that was enough.
fn fill(mount: &Mount, (scenario, gold): (&Scenario, &Gold), known: &Known, free: u64) -> bool {
    let place = mount.path().join("place");
    scenario.lay(&place);
    let ballast = mount.fill(free);
    let ended = plain(&site(&place), &scenario.words);
    let state = tree(&place).unwrap();
    std::fs::remove_file(ballast).unwrap();
    let failed =
        |fault| panic!("{} from {} with {free} bytes free: {fault}\n{}", scenario.command, scenario.start, ended.said);
    judge::at_once(scenario, gold, &state).map(drop).unwrap_or_else(failed);
    judge::words(scenario, gold, (Fault::Error("ENOSPC"), &ended, &state)).unwrap_or_else(failed);
    if ended.code == Some(0) {
        return true;
    }
    let says_why = ended.said.contains("磁盘空间不足") || ended.said.contains("No space left");
    judge::require(says_why, || "it does not say why".to_owned()).unwrap_or_else(failed);
    trial::again(scenario, gold, (&place, &state), known).unwrap_or_else(failed);
    false
}

#[test]
fn a_disk_that_is_read_only_stays_as_it_is() {
    required();
    let Some(mount) = Mount::new() else { return };
    let (world, scratch) = (World::get(), scratch("faults-"));
    let scenarios = Scenario::all(&world);
    let place = mount.path().join("place");
    for (scenario, gold) in tried(&scenarios, &scratch.path().join("gold")) {
        scenario.lay(&place);
        mount.remount("ro");
        let ended = plain(&site(&place), &scenario.words);
        mount.remount("rw");
        let name = format!("{} from {}", scenario.command, scenario.start);
        assert!(tree(&place).unwrap() == gold.before, "{name}");
        assert!(ended.code == Some(4) && ended.said.contains("只读"), "{name}: {:?} {}", ended.code, ended.said);
        judge::again(scenario, &gold, &place).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    }
}
