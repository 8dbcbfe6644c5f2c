//! Signing that was cut short, at every point between its writes: run again, it finishes, and nothing is done twice.

use crate::samples::{notice, person};
use crate::site::{Site, Tree};
use std::fs;

const LEDGER: &str = "ledger.csv";

/// Puts these files in the place of `content/`.
fn restore(site: &Site, files: &Tree) {
    fs::remove_dir_all(site.path("content")).unwrap();
    for (path, bytes) in files {
        site.write(&format!("content/{path}"), bytes);
    }
}

/// The content before and after a last sign-off that releases a notice.
struct Release {
    site: Site,
    before: Tree,
    after: Tree,
}

impl Release {
    fn of_first_version() -> Self {
        let site = Site::new();
        site.draft("2024-001", &notice("2024-001", "磁力珠"));
        site.write("content/drafts/2024-001/图.png", crate::samples::PIXEL);
        Self::around_the_last_sign_off(site)
    }

    fn of_second_version() -> Self {
        let Self { site, .. } = Self::of_first_version();
        site.clock("2024-06-02T09:00:00+08:00").run(&["revise", "2024-001", "--what", "甲", "--why", "乙"]).exits(0);
        Self::around_the_last_sign_off(site)
    }

    fn around_the_last_sign_off(site: Site) -> Self {
        site.sign("初审", "2024-001").exits(0);
        site.sign("复审", "2024-001").exits(0);
        let before = site.files("content");
        site.sign("终审", "2024-001").exits(0);
        let after = site.files("content");
        Self { site, before, after }
    }

    /// The draft with the last sign-off in it.
    fn signed(&self) -> Vec<u8> {
        self.after["notices/2024-001/index.md"].clone()
    }

    /// Runs the same command again, at a later time and with this word for the draft; it must end where an uninterrupted
    /// run ended.
    fn resumes(&self, state: &Tree, word: &str) {
        restore(&self.site, state);
        self.site.sign("终审", word).exits(0);
        let ended = self.site.files("content");
        assert_eq!(ended.keys().collect::<Vec<_>>(), self.after.keys().collect::<Vec<_>>());
        assert!(ended == self.after);
        self.site.build().exits(0);
        self.site.run(&["review", "verify"]).exits(0);
    }
}

#[test]
fn signed_but_not_recorded() {
    for (release, word) in [
        (Release::of_first_version(), "2024-001"),
        (Release::of_first_version(), "content/drafts"),
        (Release::of_second_version(), "2024-001"),
        (Release::of_second_version(), "content/drafts"),
    ] {
        let mut state = release.before.clone();
        state.insert("drafts/2024-001/index.md".to_owned(), release.signed());
        release.resumes(&state, word);
    }
}

#[test]
fn recorded_but_not_moved() {
    for (release, word) in [
        (Release::of_first_version(), "2024-001"),
        (Release::of_first_version(), "content/drafts"),
        (Release::of_second_version(), "2024-001"),
        (Release::of_second_version(), "content/drafts"),
    ] {
        let mut state = release.before.clone();
        state.insert("drafts/2024-001/index.md".to_owned(), release.signed());
        state.insert(LEDGER.to_owned(), release.after[LEDGER].clone());
        restore(&release.site, &state);
        release.site.build().exits(3).says("请再运行一次同样的 jingshi review sign");
        release.resumes(&state, word);
    }
}

#[test]
fn old_version_archived_but_new_one_not_moved() {
    for word in ["2024-001", "content/drafts"] {
        let release = Release::of_second_version();
        let moved =
            |(path, bytes): (&String, &Vec<u8>)| (path.replace("notices/2024-001", "drafts/2024-001"), bytes.clone());
        let state: Tree = release.after.iter().map(moved).collect();
        restore(&release.site, &state);
        release.site.build().exits(3).says("请再运行一次同样的 jingshi review sign");
        release.resumes(&state, word);
    }
}

#[test]
fn a_release_that_others_overtook_is_recorded_after_them() {
    let release = Release::of_first_version();
    let site = &release.site;
    let mut state = release.before.clone();
    state.insert("drafts/2024-001/index.md".to_owned(), release.signed());
    restore(site, &state);
    site.clock("2024-06-03T09:00:00+08:00").draft("2024-002", &notice("2024-002", "水晶泥")).publish("2024-002");
    site.clock("2024-06-04T09:00:00+08:00").sign("终审", "2024-001").exits(0);
    let ledger = site.read("content/ledger.csv");
    let order: Vec<&str> = ledger.lines().skip(1).map(|line| line.split(',').nth(2).unwrap()).collect();
    assert_eq!(order, ["2024-002", "2024-001"]);
    assert!(ledger.contains("2,2024-06-04T09:00:00+08:00,2024-001,"), "published when it was: {ledger}");
    site.build().exits(0);
    site.run(&["review", "verify"]).exits(0);
}

#[test]
fn half_of_a_folder_was_recorded_and_a_quarter_moved() {
    let site = Site::new();
    for number in 1..=4 {
        let id = format!("2024-00{number}");
        site.draft(&id, &notice(&id, "磁力珠"));
    }
    site.sign("初审", "content/drafts").exits(0);
    site.sign("复审", "content/drafts").exits(0);
    let before = site.files("content");
    site.sign("终审", "content/drafts").exits(0);
    let after = site.files("content");
    let mut state = before.clone();
    for number in 1..=3 {
        let live = format!("notices/2024-00{number}/index.md");
        state.insert(live.replace("notices", "drafts"), after[&live].clone());
    }
    let moved = state.remove("drafts/2024-001/index.md").unwrap();
    state.insert("notices/2024-001/index.md".to_owned(), moved);
    let ledger = String::from_utf8(after[LEDGER].clone()).unwrap();
    let half = ledger.lines().take(3).map(|line| format!("{line}\n")).collect::<String>();
    state.insert(LEDGER.to_owned(), half.into_bytes());
    restore(&site, &state);
    site.sign("终审", "content/drafts").exits(0);
    assert!(site.files("content") == after);
    site.build().exits(0);
}

#[test]
fn a_completion_was_signed_but_not_recorded() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠"));
    let by = person("终审");
    let words = ["review", "sign", "--stage", "终审", "--by", &by, "--urgent", "--reason", "有人中毒", "2024-001"];
    site.run(&words).exits(0);
    site.sign("初审", "2024-001").exits(0);
    let ledger = site.bytes("content/ledger.csv");
    site.sign("复审", "2024-001").exits(0);
    let after = site.files("content");
    site.write("content/ledger.csv", &ledger);
    site.build().exits(3).says("补审记录");
    site.sign("复审", "2024-001").exits(0);
    assert!(site.files("content") == after);
    site.write("content/ledger.csv", &ledger);
    site.sign("复审", "content/notices").exits(0);
    assert!(site.files("content") == after);
}

#[test]
fn an_urgent_release_was_signed_but_not_recorded() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠"));
    let before = site.files("content");
    let by = person("终审");
    let words = ["review", "sign", "--stage", "终审", "--by", &by, "--urgent", "--reason", "有人中毒", "2024-001"];
    site.run(&words).exits(0);
    let after = site.files("content");
    let mut state = before;
    state.insert("drafts/2024-001/index.md".to_owned(), after["notices/2024-001/index.md"].clone());
    restore(&site, &state);
    site.run(&words).exits(0);
    assert!(site.files("content") == after);
    state.insert(LEDGER.to_owned(), after[LEDGER].clone());
    restore(&site, &state);
    site.run(&words).exits(0);
    assert!(site.files("content") == after);
}
