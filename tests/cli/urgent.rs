//! Danger to life does not wait for three desks: the urgent path, visible and completed later.

use crate::samples::{MARKER, notice};
use crate::site::{Run, Site};

const TITLE: &str = "煤气阀漏气";

fn urgent(site: &Site, stage: &str, by: &str, id: &str) -> Run {
    let words = ["review", "sign", "--stage", stage, "--by", by, "--urgent", "--reason", "已有人中毒", id];
    site.run(&words)
}

/// A site with 2024-001 published urgently at 9:00 on 1 June.
fn published() -> Site {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", TITLE));
    urgent(&site, "终审", "终审员", "2024-001").exits(0);
    site
}

#[test]
fn an_urgent_warning_is_public_at_once_and_says_what_is_missing() {
    let site = published();
    site.build().exits(0).says("紧急发布，待补审：初审、复审").says("已有人中毒");
    for page in ["n/2024-001/index.html", "feed.xml", "index.html"] {
        let text = site.read(&format!("public/{page}"));
        assert!(text.contains(TITLE) && text.contains("待补审"), "{page}");
    }
    assert!(site.read("public/n/2024-001/index.html").contains(MARKER));
    assert!(site.read("public/feed.xml").contains(&format!("<title>【紧急发布，待补审】{TITLE}</title>")));
    assert!(site.read("content/ledger.csv").contains(",2024-001,1,紧急发布,"));
    assert!(site.read("public/ledger/index.html").contains("紧急发布"));
    let status = site.run(&["review", "status"]).exits(0);
    assert!(status.stdout.contains("2024-001 v1 煤气阀漏气\n  紧急发布，待补审：初审、复审"), "{}", status.stdout);
}

#[test]
fn later_sign_offs_complete_an_urgent_warning_in_order() {
    let site = published();
    site.build().exits(0);
    site.clock("2024-06-01T10:00:00+08:00").sign("复审", "2024-001").exits(3).says("现在应当由初审签署");
    site.sign("初审", "2024-001").exits(0);
    site.build().exits(0).says("紧急发布，待补审：复审");
    let last = site.clock("2024-06-01T11:00:00+08:00").sign("复审", "2024-001").exits(0);
    assert_eq!(last.stdout, "2024-001\tv1\t补审完成\n");
    let run = site.build().exits(0);
    assert!(!run.stderr.contains("补审"), "{}", run.stderr);
    let ledger = site.read("content/ledger.csv");
    let events: Vec<&str> = ledger.lines().skip(1).map(|line| line.split(',').nth(4).unwrap()).collect();
    assert_eq!(events, ["紧急发布", "补审"]);
    assert!(site.public_with("待补审").is_empty(), "{:?}", site.public_with("待补审"));
    let feed = site.read("public/feed.xml");
    assert_eq!(feed.matches("<item>").count(), 1, "the same item, no second one");
    assert!(feed.contains("<pubDate>Sat, 1 Jun 2024 09:00:00 +0800</pubDate>"), "published when it was published");
    site.run(&["review", "verify"]).exits(0);
    assert_eq!(site.sign("复审", "2024-001").exits(0).stdout, "2024-001\tv1\t补审完成\n");
    assert_eq!(site.read("content/ledger.csv"), ledger, "recorded once");
}

#[test]
fn an_urgent_warning_that_was_never_completed_stays_public_and_is_nagged_about() {
    let site = published();
    site.clock("2024-06-02T09:00:00+08:00").build().exits(0).says("紧急发布，待补审：初审、复审");
    let on_time = site.tree();
    for day in ["2024-06-02T09:00:01+08:00", "2025-06-01T09:00:00+08:00"] {
        site.clock(day).build().exits(0).says("紧急发布已过补审时限，仍缺初审、复审");
        assert_eq!(site.tree(), on_time);
    }
}

#[test]
fn the_urgent_path_is_for_the_last_stage_and_needs_a_reason() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", TITLE));
    let before = site.files("content");
    urgent(&site, "初审", "初审员", "2024-001").exits(3).says("只有终审可以紧急发布");
    urgent(&site, "终审", "复审员", "2024-001").exits(3).says("无权签署终审");
    let words = ["review", "sign", "--stage", "终审", "--by", "终审员", "--urgent", "2024-001"];
    site.run(&words).exits(2).says("--reason");
    let blank = ["review", "sign", "--stage", "终审", "--by", "终审员", "--urgent", "--reason", " ", "2024-001"];
    site.run(&blank).exits(2);
    assert!(before == site.files("content"));
}

#[test]
fn an_urgent_sign_off_after_all_others_is_an_ordinary_one() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", TITLE));
    site.sign("初审", "2024-001").exits(0);
    site.sign("复审", "2024-001").exits(0);
    urgent(&site, "终审", "终审员", "2024-001").exits(0);
    assert!(site.read("content/ledger.csv").contains(",2024-001,1,发布,"));
    let run = site.build().exits(0);
    assert!(!run.stderr.contains("补审"), "{}", run.stderr);
}

#[test]
fn an_urgent_sign_off_after_the_first_waits_for_the_second_only() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", TITLE));
    site.sign("初审", "2024-001").exits(0);
    site.clock("2024-06-01T10:00:00+08:00");
    urgent(&site, "终审", "终审员", "2024-001").exits(0);
    site.build().exits(0).says("紧急发布，待补审：复审");
    site.clock("2024-06-01T11:00:00+08:00").sign("复审", "2024-001").exits(0);
    site.build().exits(0);
    site.run(&["review", "verify"]).exits(0);
}

#[test]
fn an_urgent_correction_and_an_urgent_withdrawal_are_recorded_as_such() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", TITLE)).publish("2024-001");
    site.clock("2024-06-02T09:00:00+08:00").run(&["revise", "2024-001", "--what", "甲", "--why", "乙"]).exits(0);
    urgent(&site, "终审", "终审员", "2024-001").exits(0);
    site.clock("2024-06-03T09:00:00+08:00").run(&["withdraw", "2024-001", "--reason", "有误"]).exits(0);
    urgent(&site, "终审", "终审员", "2024-001").exits(0);
    let ledger = site.read("content/ledger.csv");
    let events: Vec<&str> = ledger.lines().skip(1).map(|line| line.split(',').nth(4).unwrap()).collect();
    assert_eq!(events, ["发布", "紧急更正", "紧急撤销"]);
    site.build().exits(0);
}

#[test]
fn a_live_urgent_warning_whose_text_changed_cannot_be_completed() {
    let site = published();
    site.edit("content/notices/2024-001/index.md", MARKER, "换了一句");
    site.sign("初审", "2024-001").exits(3).says("签署后内容已改动");
    site.build_refused(3);
}
