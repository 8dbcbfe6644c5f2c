//! `publish`: what a web server and a hub get to see.

mod hub;
#[cfg(unix)]
mod remote;

use crate::samples::{CONFIG, PIXEL, notice};
use crate::site::{Run, Site, Tree, files};
use std::fs;
use std::time::Duration;

const FOLDER: &str = "targets:\n  - {name: 官网, to: ../www/fxjs}\n";

/// A built site with this added to its `site.yaml`.
fn built(more: &str) -> Site {
    let site = Site::with_config(&format!("{CONFIG}{more}"));
    site.draft(
        "2024-001",
        &notice("2024-001", "磁力珠").replace("actions:", "image: {file: 图.png, alt: 磁力珠}\nactions:"),
    );
    site.write("content/drafts/2024-001/图.png", PIXEL).publish("2024-001").build().exits(0);
    site
}

/// One more notice, in a category and of a hazard of its own.
fn grow(site: &Site) {
    site.clock("2024-06-02T09:00:00+08:00");
    site.draft("2024-002", &notice("2024-002", "水晶泥").replace("[窒息]", "[火灾]"))
        .publish("2024-002")
        .build()
        .exits(0);
}

fn publish(site: &Site) -> Run {
    site.run(&["publish"])
}

/// What the public sees; the target lies beside the site.
fn there(site: &Site) -> Tree {
    files(&site.outside().join("www/fxjs"))
}

fn ours(site: &Site) -> Tree {
    site.files("public")
}

#[test]
fn the_first_time_everything_is_brought_then_what_differs() {
    let site = built(FOLDER);
    publish(&site).exits(0).says("已发布到“官网”");
    assert!(there(&site) == ours(&site));
    publish(&site).exits(0).says("新增 0 个文件，改变 0，去掉 0");
    grow(&site);
    let untouched = site.outside().join("www/fxjs/n/2024-001/图.png");
    let before = fs::metadata(&untouched).unwrap().modified().unwrap();
    let run = site.run(&["publish", "官网", "--format", "json"]).exits(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(report["result"]["added"].as_array().unwrap().contains(&"n/2024-002/index.html".into()));
    assert!(there(&site) == ours(&site));
    assert_eq!(fs::metadata(&untouched).unwrap().modified().unwrap(), before);
}

#[test]
fn a_rehearsal_says_what_would_be_done_and_does_nothing() {
    let site = built(FOLDER);
    let run = site.run(&["publish", "--dry-run"]).exits(0).says("未改动");
    assert!(run.stdout.contains("+ n/2024-001/index.html\n"));
    assert!(there(&site).is_empty());
    publish(&site).exits(0);
    grow(&site);
    let before = there(&site);
    let run = site.run(&["publish", "--dry-run"]).exits(0);
    assert!(run.stdout.contains("~ feed.xml\n") && !run.stdout.contains("2024-001"), "{}", run.stdout);
    assert!(there(&site) == before);
}

#[test]
fn what_goes_is_removed_and_what_others_put_there_stays() {
    let site = built(FOLDER);
    site.write("content/pages/gone.md", "---\ntitle: 旧页\n---\n\n旧。\n").build().exits(0);
    let www = site.outside().join("www/fxjs");
    publish(&site).exits(0);
    fs::create_dir_all(www.join("portal")).unwrap();
    fs::write(www.join("portal/头条.html"), "门户").unwrap();
    fs::write(www.join("CNAME"), "www.example.gov.cn").unwrap();
    fs::remove_file(site.path("content/pages/gone.md")).unwrap();
    site.build().exits(0);
    assert!(www.join("gone/index.html").exists());
    publish(&site).exits(0).says("去掉 1");
    assert!(!www.join("gone").exists(), "an empty folder is left");
    assert!(www.join("portal/头条.html").exists() && www.join("CNAME").exists());
}

#[cfg(unix)]
#[test]
fn pages_come_after_their_parts_and_removals_come_last() {
    let site = built(FOLDER);
    site.write("content/pages/gone.md", "---\ntitle: 旧页\n---\n\n旧。\n").build().exits(0);
    publish(&site).exits(0);
    fs::remove_file(site.path("content/pages/gone.md")).unwrap();
    grow(&site);
    let www = site.outside().join("www/fxjs");
    // Lists cannot be written: what they lead to is there already, what they led to is still there, and nothing is announced.
    fs::remove_file(www.join("feed.xml")).unwrap();
    fs::create_dir(www.join("feed.xml")).unwrap();
    fs::write(www.join("feed.xml/x"), "").unwrap();
    publish(&site).exits(4).says("publish-failed").says("没有发布完");
    assert!(www.join("n/2024-002/index.html").exists() && www.join("gone/index.html").exists());
    // The obstacle removed, the next run goes on where this one stopped.
    fs::remove_dir_all(www.join("feed.xml")).unwrap();
    publish(&site).exits(0).says("去掉 1");
    assert!(there(&site) == ours(&site));
}

#[cfg(unix)]
#[test]
fn two_runs_do_not_work_at_one_folder() {
    let site = built(FOLDER);
    let www = site.outside().join("www/fxjs");
    fs::create_dir_all(&www).unwrap();
    let other = fs::File::open(&www).unwrap();
    other.lock().unwrap();
    publish(&site).exits(4).says("output-locked").says("官网");
    assert!(there(&site).is_empty());
    site.run(&["publish", "--dry-run"]).exits(0);
    drop(other);
    // What a run left that was killed is no file of others, and does not stay.
    fs::write(www.join(".jingshi-new.1"), "half of").unwrap();
    publish(&site).exits(0);
    assert!(there(&site) == ours(&site));
}

#[test]
fn a_first_copy_that_was_interrupted_goes_on() {
    let site = built(FOLDER);
    publish(&site).exits(0);
    let www = site.outside().join("www/fxjs");
    // As a run leaves it that was killed at once after its first file: nothing but the manifest of what is to come.
    let manifest: serde_json::Value = serde_json::from_str(&site.read("public/manifest.json")).unwrap();
    let mut underway = manifest.clone();
    for entry in underway["files"].as_object_mut().unwrap().values_mut() {
        *entry = serde_json::json!({ "sha256": "", "bytes": 0 });
    }
    fs::remove_dir_all(&www).unwrap();
    fs::create_dir_all(www.join("assets")).unwrap();
    fs::write(www.join("manifest.json"), underway.to_string()).unwrap();
    let asset = manifest["files"].as_object().unwrap().keys().find(|path| path.starts_with("assets/")).unwrap();
    fs::write(www.join(asset), "half of").unwrap();
    publish(&site).exits(0);
    assert!(there(&site) == ours(&site));
}

#[test]
fn a_copy_that_is_killed_leaves_what_the_next_run_completes() {
    let site = built(FOLDER);
    for milliseconds in (5..60).step_by(11) {
        let _ = fs::remove_dir_all(site.outside().join("www"));
        let mut child = site.command(&["publish"]).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        publish(&site).exits(0);
        assert!(there(&site) == ours(&site), "killed after {milliseconds} ms");
    }
}

#[test]
fn a_folder_of_others_is_refused() {
    let site = built(FOLDER);
    let www = site.outside().join("www/fxjs");
    fs::create_dir_all(&www).unwrap();
    fs::write(www.join("index.html"), "别人的").unwrap();
    publish(&site).exits(2).says("output-foreign").says("不是本程序的");
    fs::write(www.join("manifest.json"), "{\"name\": \"别的程序\"}").unwrap();
    publish(&site).exits(2).says("manifest.json 不是本程序写的");
    assert_eq!(there(&site).len(), 2);
    fs::remove_dir_all(&www).unwrap();
    publish(&site).exits(0);
    fs::create_dir_all(www.join("n/2024-002")).unwrap();
    fs::write(www.join("n/2024-002/index.html"), "别人的").unwrap();
    grow(&site);
    let before = there(&site);
    publish(&site).exits(2).says("n/2024-002/index.html");
    assert!(there(&site) == before);
}

#[test]
fn a_manifest_that_leads_outside_removes_nothing() {
    let site = built(FOLDER);
    publish(&site).exits(0);
    let www = site.outside().join("www/fxjs");
    fs::write(site.outside().join("www/precious"), "x").unwrap();
    let text = fs::read_to_string(www.join("manifest.json")).unwrap();
    fs::write(
        www.join("manifest.json"),
        text.replacen("\"files\": {", "\"files\": {\"../precious\": {\"sha256\": \"\", \"bytes\": 1},", 1),
    )
    .unwrap();
    publish(&site).exits(2).says("output-foreign");
    assert!(site.outside().join("www/precious").exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_the_target_leads_nowhere() {
    let site = built(FOLDER);
    publish(&site).exits(0);
    let www = site.outside().join("www/fxjs");
    let elsewhere = site.outside().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::remove_dir_all(www.join("n")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, www.join("n")).unwrap();
    grow(&site);
    publish(&site).exits(2).says("符号链接");
    assert!(files(&elsewhere).is_empty());
}

#[test]
fn what_the_manifest_does_not_vouch_for_is_not_published() {
    let site = built(FOLDER);
    let refused = |what: &str| {
        publish(&site).exits(3).says("output-altered").says(what);
        assert!(there(&site).is_empty());
        site.build().exits(0);
    };
    site.edit("public/index.html", "磁力珠</", "没有危险</");
    refused("被改动：index.html");
    fs::remove_file(site.path("public/feed.xml")).unwrap();
    refused("缺少：feed.xml");
    site.write("public/n/2024-666/index.html", "<p>假的");
    publish(&site).exits(3).says("多出：n/2024-666/index.html");
    fs::remove_dir_all(site.path("public/n/2024-666")).unwrap();
    // What others put beside our folders is theirs, and what systems leave lying about nobody's: it is not sent.
    site.write("public/portal/x.html", "门户").write("public/CNAME", "x").write("public/n/.DS_Store", "x");
    publish(&site).exits(0);
    assert!(!there(&site).contains_key("CNAME") && !there(&site).contains_key("portal/x.html"));
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_is_not_published() {
    let site = built(FOLDER);
    fs::rename(site.path("public/feed.xml"), site.path("feed.xml")).unwrap();
    std::os::unix::fs::symlink("../feed.xml", site.path("public/feed.xml")).unwrap();
    publish(&site).exits(3).says("被改动：feed.xml");
}

#[test]
fn nothing_is_published_before_it_is_built() {
    let site = Site::with_config(&format!("{CONFIG}{FOLDER}"));
    publish(&site).exits(2).says("output-missing").says("jingshi build");
}

#[test]
fn an_older_site_does_not_go_over_a_newer_one() {
    let site = built(FOLDER);
    let old = site.files("");
    grow(&site);
    publish(&site).exits(0);
    let before = there(&site);
    for folder in ["content", "public"] {
        fs::remove_dir_all(site.path(folder)).unwrap();
    }
    for (path, bytes) in old {
        site.write(&path, bytes);
    }
    publish(&site).exits(3).says("ledger-rewound").says("content/ledger.csv");
    assert!(there(&site) == before);
}

#[test]
fn a_target_is_named_or_the_only_one() {
    let site = built("");
    publish(&site).exits(2).says("没有写发布目标");
    let site = built("发布目标:\n  - {名称: 甲, 位置: ../www/fxjs}\n  - {name: 乙, to: ../www2}\n");
    publish(&site).exits(2).says("甲、乙");
    site.run(&["publish", "丙"]).exits(2).says("没有名为“丙”的发布目标").says("甲、乙");
    site.run(&["publish", "甲"]).exits(0);
    assert!(there(&site) == ours(&site) && !site.outside().join("www2").exists());
}

#[test]
fn the_site_itself_is_no_target() {
    for to in ["public", "public/x", ".", "..", "content/drafts", "content/pages/x", "themes/x", "/"] {
        let site = built(&format!("targets: [{{name: 甲, to: \"{to}\"}}]\n"));
        let before = site.files("");
        publish(&site).exits(2);
        assert!(site.files("") == before, "{to}");
    }
}

#[test]
fn no_target_is_an_option_or_a_command() {
    for to in
        ["-oProxyCommand=touch x:/a", "a b:/www", "host:www", "host:/", "https://www.example.gov.cn/", "host:/a/../b"]
    {
        let site = Site::with_config(&format!("{CONFIG}targets: [{{name: 甲, to: \"{to}\"}}]\n"));
        publish(&site).exits(2).says("config-value").says("site.yaml");
    }
}

#[test]
fn everything_can_be_sent_again() {
    let site = built(FOLDER);
    publish(&site).exits(0);
    let page = site.outside().join("www/fxjs/index.html");
    fs::write(&page, "被人改过").unwrap();
    publish(&site).exits(3).says("被改动：index.html").says("jingshi publish --all");
    site.run(&["publish", "--all"]).exits(0).says("重新送全部");
    assert!(there(&site) == ours(&site));
}
