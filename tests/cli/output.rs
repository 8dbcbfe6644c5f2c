//! Writing: what is not ours stays, and whatever goes wrong, `public/` is one complete site.

use crate::samples::notice;
use crate::site::{Site, files};
use std::fs::{self, File};
use std::process::Stdio;
use std::time::Duration;

fn built() -> Site {
    let site = Site::new();
    site.write("content/pages/about.md", "---\ntitle: 关于\n---\n本站。\n");
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").build().exits(0);
    site
}

/// One more notice, signed: the next build has something to write.
fn grow(site: &Site) {
    site.draft("2024-002", &notice("2024-002", "水晶泥")).publish("2024-002");
}

#[test]
fn what_others_put_into_public_stays_and_what_is_stale_goes() {
    let site = built();
    site.write("public/.git/config", "[core]").write("public/portal/头条.html", "门户");
    #[cfg(unix)]
    std::os::unix::fs::symlink("portal", site.path("public/link")).unwrap();
    assert!(site.has("public/about/index.html"));
    fs::remove_file(site.path("content/pages/about.md")).unwrap();
    grow(&site);
    site.build().exits(0).says("去掉 1");
    assert_eq!(site.read("public/.git/config"), "[core]");
    assert_eq!(site.read("public/portal/头条.html"), "门户");
    #[cfg(unix)]
    assert_eq!(fs::read_link(site.path("public/link")).unwrap().to_str(), Some("portal"));
    assert!(!site.has("public/about") && site.has("public/n/2024-002/index.html"));
    let manifest = site.read("public/manifest.json");
    assert!(!manifest.contains("portal") && !manifest.contains(".git"));
}

#[test]
fn the_manifest_tells_the_truth_about_every_file() {
    let site = built();
    let manifest: serde_json::Value = serde_json::from_str(&site.read("public/manifest.json")).unwrap();
    let listed = manifest["files"].as_object().unwrap();
    let mut tree = site.tree();
    tree.remove("manifest.json").unwrap();
    assert_eq!(listed.keys().collect::<Vec<_>>(), tree.keys().collect::<Vec<_>>());
    for (path, digest) in tree {
        assert_eq!(listed[&path]["sha256"], digest, "{path}");
    }
    assert_eq!(manifest["ledger"]["rows"], 1);
}

#[test]
fn a_file_of_others_in_our_way_is_not_overwritten() {
    let site = built();
    site.write("public/n/2024-002/index.html", "别人的");
    grow(&site);
    site.build_refused(2).says("n/2024-002/index.html");
    assert_eq!(site.read("public/n/2024-002/index.html"), "别人的");
}

#[test]
fn a_folder_that_is_not_ours_is_not_touched() {
    let site = Site::new();
    site.write("public/index.html", "别人的首页");
    site.build_refused(2).says("不是本程序的，不能覆盖");
    site.write("public/manifest.json", "{\"name\": \"别的程序\"}");
    site.build_refused(2).says("manifest.json 不是本程序写的");
    site.write("别处/.git/config", "[core]");
    site.run(&["build", "--output", "别处"]).exits(0);
    assert!(site.has("别处/.git/config") && site.has("别处/index.html"));
}

#[test]
fn the_site_itself_is_no_output_folder() {
    let site = Site::new();
    let before = site.files("content");
    for output in ["content/drafts", "themes/x", ".", "content", "themes", "..", "/"] {
        assert_eq!(site.run(&["build", "--output", output]).code, 2, "{output}");
    }
    assert!(before == site.files("content"));
    assert!(site.has("site.yaml") && !site.has("index.html") && !site.has("content/index.html"));
}

#[test]
fn two_builds_keep_apart() {
    let site = built();
    grow(&site);
    let lock = File::options().write(true).open(site.path(".public.jingshi/lock")).unwrap();
    lock.lock().unwrap();
    site.build_refused(4).says("另一个 jingshi 命令正在处理同一个网站");
    drop(lock);
    site.build().exits(0);
}

#[test]
fn two_signings_keep_apart() {
    let site = built();
    site.draft("2024-002", &notice("2024-002", "水晶泥"));
    let lock = File::create(site.path("content/.lock")).unwrap();
    lock.lock().unwrap();
    site.sign("初审", "2024-002").exits(4).says("另一个 jingshi 命令正在处理同一个网站");
    site.run(&["revise", "2024-001"]).exits(4);
    site.run(&["new", "消费提示", "甲"]).exits(4);
    drop(lock);
    site.sign("初审", "2024-002").exits(0);
}

#[test]
fn what_cannot_be_written_leaves_public_as_it_was() {
    let site = built();
    grow(&site);
    // A file stands where the new tree is to be made.
    fs::remove_dir_all(site.path(".public.jingshi")).unwrap();
    site.write(".public.jingshi", "挡路");
    site.build_refused(4).says("无法写入");
    fs::remove_file(site.path(".public.jingshi")).unwrap();
    site.build().exits(0);
    for output in ["/proc/public", "site.yaml/public"] {
        site.run(&["build", "--output", output]).exits(4).says("无法写入");
    }
}

/// Runs `build` in a shell that limits the size of the files it may write; `trap` says what a full disk does: with it
/// writing fails, without it the program is killed in the middle of its work.
#[cfg(unix)]
fn build_with_little_room(site: &Site, trap: &str) -> std::process::Output {
    let script = format!("{trap} ulimit -f 8; exec \"$@\"");
    let inner = site.command(&["build"]);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script, "sh"]).arg(inner.get_program()).args(inner.get_args());
    command.current_dir(site.path("")).output().unwrap()
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_public_as_it_was() {
    let site = built();
    grow(&site);
    let before = site.files("public");
    let output = build_with_little_room(&site, "trap '' XFSZ;");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{stderr}");
    assert!(stderr.contains("无法写入") && stderr.contains("public/ 未改动"), "{stderr}");
    assert!(before == site.files("public"));
    site.build().exits(0);
}

#[test]
#[cfg(unix)]
fn a_build_that_is_killed_leaves_one_complete_site() {
    let site = built();
    let old = site.files("public");
    grow(&site);
    let output = build_with_little_room(&site, "");
    assert_eq!(output.status.code(), None, "it was to be killed");
    assert!(old == site.files("public"));
    let twin = site.path("twin");
    site.run(&["build", "--output", twin.to_str().unwrap()]).exits(0);
    let new = files(&twin);
    for milliseconds in (5..100).step_by(12) {
        let mut command = site.command(&["build"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = site.files("public");
        assert!(found == old || found == new, "killed after {milliseconds} ms");
    }
    site.build().exits(0);
    assert!(site.files("public") == new);
}

#[test]
fn a_picture_that_cannot_be_read_refuses_the_build() {
    let site = built();
    fs::create_dir(site.path("content/ledger")).unwrap();
    fs::remove_file(site.path("content/ledger.csv")).unwrap();
    fs::rename(site.path("content/ledger"), site.path("content/ledger.csv")).unwrap();
    site.build_refused(4).says("无法读取");
}

#[cfg(unix)]
#[test]
fn the_folder_behind_a_link_is_published_not_the_link() {
    let site = built();
    fs::rename(site.path("public"), site.path("www")).unwrap();
    std::os::unix::fs::symlink("www", site.path("public")).unwrap();
    site.draft("2024-009", &crate::samples::notice("2024-009", "新的一条")).publish("2024-009");
    site.build().exits(0);
    assert!(site.path("public").is_symlink());
    assert!(site.has("www/n/2024-009/index.html"));
}

#[test]
fn folders_of_others_are_kept_even_empty() {
    let site = built();
    fs::create_dir_all(site.path("public/.git/refs/heads")).unwrap();
    fs::create_dir_all(site.path("public/portal/empty")).unwrap();
    site.build().exits(0);
    assert!(site.has("public/.git/refs/heads") && site.has("public/portal/empty"));
    site.write("public/portal/page.html", "<p>门户</p>");
    site.build().exits(0);
    assert_eq!(site.read("public/portal/page.html"), "<p>门户</p>");
}

#[test]
fn the_site_itself_is_no_output() {
    let site = built();
    for output in [".", "..", "content", "content/pages", "themes"] {
        let run = site.run(&["build", "--output", output]);
        assert_eq!(run.code, 2, "{}", run.report());
    }
    for output in ["gone/../content/new/deep", "content/new/deep"] {
        assert_ne!(site.run(&["build", "--output", output]).code, 0, "{output}");
        assert!(!site.has("content/new"), "{output}");
    }
    site.run(&["build", "--dry-run", "--output", "content"]).exits(2);
    site.write("a-file", "x");
    site.run(&["build", "--output", "a-file"]).exits(2).says("不是文件夹");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_the_ledger_does_not_hang() {
    let site = built();
    fs::remove_file(site.path("content/ledger.csv")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(site.path("content/ledger.csv")).status().unwrap();
    assert!(made.success());
    site.build_refused(4).says("不是普通文件");
}

/// Another text on a page: the next build has something to write, and leaves a standby.
fn turn(site: &Site) -> &Site {
    site.write("content/pages/about.md", "---\ntitle: 关于\n---\n本站已改版。\n")
}

/// The standby: the tree of the build before the last.
const STANDBY: &str = ".public.jingshi/next";

#[test]
fn what_is_as_it_was_is_not_written_again() {
    let site = built();
    turn(&site).build().exits(0);
    let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in site.files(STANDBY).keys() {
        let file = File::options().write(true).open(site.path(STANDBY).join(path)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    grow(&site);
    site.build().exits(0).says("不变");
    let is_old = |path: &str| fs::metadata(site.path("public").join(path)).unwrap().modified().unwrap() == long_ago;
    assert!(is_old("n/2024-001/index.html") && is_old("robots.txt"));
    assert!(!is_old("feed.xml") && !is_old("n/2024-002/index.html") && !is_old("manifest.json"));
    let twin = site.path("twin");
    site.run(&["build", "--output", twin.to_str().unwrap()]).exits(0);
    assert!(site.files("public") == files(&twin), "steps lead where one build leads");
}

#[test]
#[cfg(unix)]
fn nothing_in_the_standby_is_believed() {
    let site = built();
    let (about, twin) = (site.read("content/pages/about.md"), site.files("public"));
    turn(&site).build().exits(0);
    let standby = |path: &str| site.path(&format!("{STANDBY}/{path}"));
    // A flipped byte, a link, a folder and a stranger in the place of files, a file in the place of a folder.
    let page = fs::read_to_string(standby("n/2024-001/index.html")).unwrap();
    fs::write(standby("n/2024-001/index.html"), page.replacen('力', "刀", 1)).unwrap();
    fs::write(site.path("outside.xml"), fs::read(standby("feed.xml")).unwrap()).unwrap();
    fs::remove_file(standby("feed.xml")).unwrap();
    std::os::unix::fs::symlink(site.path("outside.xml"), standby("feed.xml")).unwrap();
    fs::remove_file(standby("robots.txt")).unwrap();
    fs::create_dir_all(standby("robots.txt/x")).unwrap();
    fs::remove_dir_all(standby("assets")).unwrap();
    fs::write(standby("assets"), "x").unwrap();
    fs::write(standby("n/2024-001/stranger.html"), "x").unwrap();
    fs::remove_file(standby("sitemap.xml")).unwrap();
    fs::hard_link(site.path("public/sitemap.xml"), standby("sitemap.xml")).unwrap();
    // Back to the site that the standby was.
    site.write("content/pages/about.md", about).build().exits(0);
    assert!(site.files("public") == twin);
    assert!(!site.path("public/feed.xml").is_symlink() && site.read("public/feed.xml").contains("磁力珠"));
    // What was public and altered there is healed by the build after.
    fs::write(site.path("public/index.html"), "改过的").unwrap();
    site.build().exits(0);
    site.build().exits(0);
    assert!(site.files("public") == twin);
}

#[test]
fn what_was_of_others_and_became_ours_goes_with_us() {
    let site = built();
    let page = "content/pages/extra.md";
    site.write(page, "---\ntitle: 附页\n---\n附页。\n").run(&["build", "--output", "twin"]).exits(0);
    // In a folder of theirs the very file that we are about to make, and one that stays theirs.
    site.write("public/extra/index.html", site.read("twin/extra/index.html")).write("public/extra/note.txt", "门户");
    site.build().exits(0);
    fs::remove_file(site.path(page)).unwrap();
    for round in 0..3 {
        turn(&site).write("content/pages/more.md", format!("---\ntitle: 又一页\n---\n{round}\n")).build().exits(0);
        assert!(!site.has("public/extra/index.html"), "{round}");
        assert_eq!(site.read("public/extra/note.txt"), "门户", "{round}");
    }
}

#[test]
fn what_others_take_away_does_not_come_back_from_the_standby() {
    let site = built();
    site.write("public/portal/头条.html", "门户");
    site.build().exits(0);
    site.build().exits(0);
    assert_eq!(site.read("public/portal/头条.html"), "门户");
    fs::remove_dir_all(site.path("public/portal")).unwrap();
    site.build().exits(0);
    site.build().exits(0);
    assert!(!site.has("public/portal"));
}
