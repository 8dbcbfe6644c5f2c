//! What `sign` lets through, `build` accepts: nothing enters `notices/` that would stop the site for good; and what was
//! accepted under the rules of its time stays accepted.

use crate::samples::{self, PIXEL, keyed_config, keys, notice};
use crate::site::Site;
use std::fs;

fn published(id: &str) -> Site {
    let site = Site::new();
    site.draft(id, &notice(id, "磁力珠会被误吞")).publish(id);
    site.build().exits(0);
    site
}

/// Signs the first two stages, and expects the last one to be refused with nothing moved.
fn refused_at_the_end(site: &Site, id: &str) -> String {
    site.sign("初审", id).exits(0);
    site.sign("复审", id).exits(0);
    let before = site.files("content");
    let run = site.sign("终审", id);
    assert_ne!(run.code, 0, "{}", run.report());
    assert!(before == site.files("content"), "content changed");
    site.build().exits(0);
    run.stderr
}

#[test]
fn ids_that_differ_in_case_only_cannot_both_be_published() {
    let site = published("ab-1");
    site.draft("AB-1", &notice("AB-1", "另一条"));
    assert!(refused_at_the_end(&site, "AB-1").contains("output-collision"));
}

#[test]
fn files_that_differ_in_case_only_cannot_both_be_published() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "甲"));
    site.write("content/drafts/2024-001/a.png", PIXEL).write("content/drafts/2024-001/A.png", PIXEL);
    assert!(refused_at_the_end(&site, "2024-001").contains("output-collision"));
}

#[test]
fn a_damaged_live_version_is_not_archived_by_its_successor() {
    for damage in ["edited", "deleted"] {
        let site = published("2024-001");
        site.run(&["revise", "2024-001", "--what", "甲", "--why", "乙"]).exits(0);
        if damage == "edited" {
            site.edit("content/notices/2024-001/index.md", "放在孩子够不到的地方", "放在哪里都行");
        } else {
            fs::remove_dir_all(site.path("content/notices/2024-001")).unwrap();
        }
        site.sign("初审", "2024-001").exits(0);
        site.sign("复审", "2024-001").exits(0);
        let before = site.files("content");
        site.sign("终审", "2024-001").exits(3);
        assert!(before == site.files("content"), "{damage}");
    }
}

#[test]
fn a_fault_of_another_notice_keeps_no_warning_back() {
    let site = published("2024-001");
    site.edit("content/notices/2024-001/index.md", "放在孩子够不到的地方", "放在哪里都行");
    site.draft("2024-002", &notice("2024-002", "另一条")).publish("2024-002");
    assert!(site.has("content/notices/2024-002/index.md"));
}

#[test]
fn a_quoted_review_key_is_seen() {
    let site = Site::new();
    let text = notice("2024-001", "甲").replacen("---\n\n", "\"review\": []\n---\n\n", 1);
    site.draft("2024-001", &text);
    site.sign("初审", "2024-001").exits(1).says("key-order");
}

#[test]
fn a_ledger_with_a_life_no_notice_can_have_is_refused() {
    let site = published("2024-001");
    let withdrawn = site.run(&["withdraw", "2024-001", "--reason", "样品有误 <b>"]).exits(0);
    assert!(withdrawn.stdout.contains("2024-001"));
    site.publish("2024-001");
    site.build().exits(0);
    // A third version, signed by hand, would bring the tombstone back to life.
    let text = notice("2024-001", "磁力珠会被误吞").replacen(
        "---\n\n",
        "version: 3\nstatus: 更正\nchange: {what: 甲, why: 乙}\n---\n\n",
        1,
    );
    site.draft("2024-001", &text);
    site.sign("初审", "2024-001").exits(3).says("已经撤销");
}

#[test]
fn a_stage_that_is_added_later_does_not_undo_what_was_published() {
    let site = published("2024-001");
    let four =
        "  stages: [初审, 复审, 终审, 签发]\n  earlier:\n    - {until: 2024-06-01, stages: [初审, 复审, 终审]}\n";
    site.edit("site.yaml", "  stages: [初审, 复审, 终审]\n", four);
    site.clock("2024-06-02T09:00:00+08:00");
    site.build().exits(0);
    site.draft("2024-002", &notice("2024-002", "乙"));
    site.publish("2024-002");
    assert!(!site.has("content/notices/2024-002"), "the new stage has yet to sign");
}

#[test]
fn a_key_that_is_registered_later_does_not_undo_what_was_published() {
    let site = published("2024-001");
    let key = &keys()[0].public;
    let keyed = format!("    - name: 初审员\n      keys: [\"{key}\"]\n");
    site.edit("site.yaml", "    - name: 初审员\n", &keyed);
    site.build_refused(3).says("缺少“初审员”的 SSH 签名");
    site.edit("site.yaml", &keyed, &format!("{keyed}      signed_from: 2024-06-02\n"));
    site.build().exits(0);
    site.clock("2024-06-02T09:00:00+08:00").draft("2024-002", &notice("2024-002", "乙"));
    site.sign("初审", "2024-002").exits(3).says("必须使用私钥");
    assert!(keyed_config().contains(key.trim()), "the same keys as everywhere");
}

#[test]
fn an_urgent_version_that_was_overtaken_waits_for_nobody() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "甲"));
    let last = samples::person("终审");
    site.run(&["review", "sign", "--stage", "终审", "--by", &last, "--urgent", "--reason", "已有人受伤", "2024-001"])
        .exits(0);
    site.run(&["revise", "2024-001", "--what", "甲", "--why", "乙"]).exits(0);
    site.publish("2024-001").clock("2024-07-01T09:00:00+08:00");
    site.build().exits(0);
    site.run(&["review", "verify"]).exits(0);
    assert!(site.read("public/n/2024-001/v1/index.html").contains("未及初审、复审签署即被新版本取代"));
}

#[test]
fn a_version_withdrawn_before_its_publication_time_never_appears() {
    let site = Site::new();
    let text = notice("2024-001", "甲").replacen("---\n\n", "publish_at: 2030-01-01T08:00:00+08:00\n---\n\n", 1);
    site.draft("2024-001", &text).publish("2024-001");
    site.run(&["withdraw", "2024-001", "--reason", "样品有误"]).exits(0);
    site.publish("2024-001").clock("2030-02-01T09:00:00+08:00");
    site.build().exits(0);
    assert!(!site.has("public/n/2024-001/v1") && !site.has("public/years/2030"));
    assert!(!site.read("public/feed.xml").contains("【已撤销】"));
}

#[test]
fn a_notice_does_not_refer_to_one_that_is_not_public_yet() {
    let site = Site::new();
    let later = notice("2024-001", "甲").replacen("---\n\n", "publish_at: 2024-06-10T08:00:00+08:00\n---\n\n", 1);
    site.draft("2024-001", &later).publish("2024-001");
    let text = format!("{}\n见[上一条](../2024-001/)。\n", notice("2024-002", "乙"));
    site.draft("2024-002", &text);
    assert!(refused_at_the_end(&site, "2024-002").contains("没有编号为“2024-001”的已发布信息"));
    site.clock("2024-06-10T08:00:00+08:00").sign("终审", "2024-002").exits(0);
    site.build().exits(0);
}

#[test]
fn a_page_about_the_site_does_not_link_to_a_notice_that_is_not_there() {
    let site = published("2024-001");
    let page = |id: &str| format!("---\ntitle: 关于\n---\n\n见[这一条](../notices/{id}/)。\n");
    site.write("content/pages/about.md", page("2024-001")).build().exits(0);
    site.write("content/pages/about.md", page("2024-010"));
    site.build_refused(1).says("content/pages/about.md:5:2").says("您是不是想写“2024-001”？");
}

#[test]
fn a_withdrawal_does_not_wait_with_the_notice_it_withdraws() {
    let site = Site::new();
    let text = notice("2024-001", "甲").replacen("---\n\n", "publish_at: 2030-01-01T08:00:00+08:00\n---\n\n", 1);
    site.draft("2024-001", &text).publish("2024-001");
    site.run(&["withdraw", "2024-001", "--reason", "样品有误"]).exits(0);
    assert!(!site.read("content/drafts/2024-001/index.md").contains("publish_at"));
    // Kept by hand, the two would appear at the same moment.
    site.edit(
        "content/drafts/2024-001/index.md",
        "version: 2\n",
        "publish_at: 2030-01-01T08:00:00+08:00\nversion: 2\n",
    );
    site.publish("2024-001").clock("2030-02-01T09:00:00+08:00");
    site.build().exits(0);
    assert_eq!(site.public_with(samples::MARKER), Vec::<String>::new());
}

#[test]
fn an_urgent_release_is_completed_by_the_stages_of_its_day() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "甲"));
    let last = samples::person("终审");
    site.run(&["review", "sign", "--stage", "终审", "--by", &last, "--urgent", "--reason", "已有人受伤", "2024-001"])
        .exits(0);
    let four = "  stages: [拟稿, 终审, 签发]\n  earlier:\n    - {until: 2024-06-01, stages: [初审, 复审, 终审]}\n";
    site.edit("site.yaml", "  stages: [初审, 复审, 终审]\n", four);
    site.clock("2024-06-02T09:00:00+08:00");
    for stage in ["初审", "复审"] {
        site.sign(stage, "2024-001").exits(0);
        site.build().exits(0);
    }
    site.run(&["review", "verify"]).exits(0);
}

#[test]
fn a_notice_may_be_scheduled_before_one_it_refers_to_without_stopping_the_site() {
    let site = Site::new();
    let at = |id: &str, day: &str| {
        notice(id, id).replacen("---\n\n", &format!("publish_at: 2024-06-{day}T08:00:00+08:00\n---\n\n"), 1)
    };
    site.draft("2024-001", &at("2024-001", "20")).publish("2024-001");
    let early = at("2024-002", "10").replacen("actions:", "related: [2024-001]\nactions:", 1);
    site.draft("2024-002", &early).publish("2024-002");
    site.clock("2024-06-11T09:00:00+08:00").build().exits(0).says("提醒[notice-link]");
    site.clock("2024-06-21T09:00:00+08:00").build().exits(0);
    assert!(site.read("public/n/2024-002/index.html").contains("n/2024-001/index.html"));
}
