//! Who may sign what, when, and in which order.

use crate::samples::{CONFIG, MARKER, STAGES, notice, open_config};
use crate::site::{NOW, Run, Site};
use std::time::{Duration, Instant};

const DRAFT: &str = "content/drafts/2024-001/index.md";

fn with_draft() -> Site {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠"));
    site
}

fn sign(site: &Site, stage: &str, by: &str, more: &[&str]) -> Run {
    let words = [&["review", "sign", "--stage", stage, "--by", by, "2024-001"], more].concat();
    site.run(&words)
}

/// Asserts that a signing is refused and changes nothing.
#[track_caller]
fn refused(site: &Site, code: i32, sign: impl Fn(&Site) -> Run) -> String {
    let before = site.files("content");
    let run = sign(site).exits(code).says("没有签署任何一篇");
    assert!(before == site.files("content"), "something was written");
    run.report()
}

#[test]
fn what_may_not_be_signed_is_refused_and_nothing_is_written() {
    let config = CONFIG.replace(
        "    - name: 终审员\n",
        "    - name: 离任者\n      stages: [初审]\n      until: 2024-05-31\n    - name: 多面手\n      stages: [初审, 复审, 终审]\n    - name: 终审员\n",
    );
    let site = Site::with_config(&config);
    site.draft("2024-001", &notice("2024-001", "磁力珠"));
    let mut report = String::new();
    let mut case = |name: &str, text: String| report.push_str(&format!("## {name}\n{text}\n"));
    case("复审在初审之前", refused(&site, 3, |site| sign(site, "复审", "复审员", &[])));
    case("没有这个环节", refused(&site, 3, |site| sign(site, "末审", "终审员", &[])));
    case("名单里没有这个人", refused(&site, 3, |site| sign(site, "初审", "路人", &[])));
    case("这个人管别的环节", refused(&site, 3, |site| sign(site, "初审", "终审员", &[])));
    case("权限已截止", refused(&site, 3, |site| sign(site, "初审", "离任者", &[])));
    case("将来的时间", refused(&site, 3, |site| sign(site, "初审", "初审员", &["--at", "2024-06-01T09:00:01+08:00"])));
    case("时间写法不对", refused(&site, 2, |site| sign(site, "初审", "初审员", &["--at", "2024-06-01"])));
    case("姓名首尾有空格", refused(&site, 2, |site| sign(site, "初审", " 初审员", &[])));
    case(
        "没有这篇稿件",
        refused(&site, 2, |site| site.run(&["review", "sign", "--stage", "初审", "--by", "初审员", "2024-009"])),
    );
    sign(&site, "初审", "多面手", &[]).exits(0);
    case("同一人签两个环节", refused(&site, 3, |site| sign(site, "复审", "多面手", &[])));
    case("别人签过的环节", refused(&site, 3, |site| sign(site, "初审", "初审员", &[])));
    case(
        "早于前一个签署",
        refused(&site, 3, |site| sign(site, "复审", "复审员", &["--at", "2024-06-01T08:59:59+08:00"])),
    );
    insta::assert_snapshot!(report);
}

#[test]
fn the_last_day_of_a_permission_is_still_good() {
    let site = Site::with_config(&CONFIG.replace("stages: [初审]\n", "stages: [初审]\n      until: 2024-06-01\n"));
    site.draft("2024-001", &notice("2024-001", "磁力珠"));
    site.clock("2024-06-01T23:59:59+08:00").sign("初审", "2024-001").exits(0);
    site.draft("2024-002", &notice("2024-002", "水晶泥"));
    site.clock("2024-06-02T00:00:00+08:00").sign("初审", "2024-002").exits(3).says("已截止");
    site.publish_rest("2024-001");
    site.clock("2025-06-01T09:00:00+08:00").build().exits(0);
}

impl Site {
    fn publish_rest(&self, id: &str) {
        self.sign("复审", id).exits(0);
        self.sign("终审", id).exits(0);
    }
}

#[test]
fn nobody_signs_before_the_last_row_of_the_ledger() {
    let site = with_draft();
    site.publish("2024-001").draft("2024-002", &notice("2024-002", "水晶泥"));
    let before = site.files("content");
    let words =
        ["review", "sign", "--stage", "初审", "--by", "初审员", "--at", "2024-06-01T08:00:00+08:00", "2024-002"];
    site.run(&words).exits(3).says("不能倒签");
    assert!(before == site.files("content"));
    site.run(&[&words[..7], &[NOW, "2024-002"]].concat()).exits(0);
}

#[test]
fn without_a_list_any_name_signs_and_every_build_says_so() {
    let site = Site::with_config(&open_config());
    site.draft("2024-001", &notice("2024-001", "磁力珠"));
    for (stage, by) in STAGES.iter().zip(["甲", "乙: #1", "丙“\"'"]) {
        sign(&site, stage, by, &[]).exits(0);
    }
    site.build().exits(0).says("没有登记审签人员");
    site.run(&["review", "verify"]).exits(0);
}

#[test]
fn a_draft_changed_after_a_sign_off_begins_again() {
    let site = with_draft();
    sign(&site, "初审", "初审员", &[]).exits(0);
    sign(&site, "复审", "复审员", &[]).exits(0);
    site.edit(DRAFT, MARKER, "改过的句子");
    let status = site.run(&["review", "status"]).exits(3);
    assert!(status.stdout.contains("已失效"), "{}", status.stdout);
    refused(&site, 3, |site| sign(site, "终审", "终审员", &[]));
    sign(&site, "初审", "初审员", &[]).exits(0).says("先前的初审、复审已作废");
    assert_eq!(site.read(DRAFT).matches("- stage:").count(), 1);
    site.publish_rest("2024-001");
    site.build().exits(0);
}

#[test]
fn a_file_added_after_a_sign_off_voids_it() {
    let site = with_draft();
    sign(&site, "初审", "初审员", &[]).exits(0);
    site.write("content/drafts/2024-001/图.png", crate::samples::PIXEL);
    sign(&site, "复审", "复审员", &[]).exits(3).says("现在应当由初审签署");
    sign(&site, "初审", "初审员", &[]).exits(0).says("已作废");
}

#[test]
fn a_review_block_edited_in_a_draft_is_refused() {
    let site = with_draft();
    sign(&site, "初审", "初审员", &[]).exits(0);
    site.edit(DRAFT, "by: 初审员", "by:  初审员");
    sign(&site, "复审", "复审员", &[]).exits(3).says("审签记录被手工改动");
}

#[test]
fn signing_twice_signs_once() {
    let site = with_draft();
    sign(&site, "初审", "初审员", &[]).exits(0);
    let signed = site.files("content");
    let again = site.clock("2024-06-01T10:00:00+08:00");
    assert_eq!(sign(again, "初审", "初审员", &[]).exits(0).stdout, "2024-001\tv1\t早已签署\n");
    assert!(signed == site.files("content"));
    site.publish_rest("2024-001");
    let live = site.files("content");
    assert_eq!(sign(&site, "终审", "终审员", &[]).exits(0).stdout, "2024-001\tv1\t早已签署\n");
    assert!(live == site.files("content"));
}

#[test]
fn a_draft_with_faults_is_not_signed() {
    let site = with_draft();
    site.edit(DRAFT, "高风险", "极高风险");
    refused(&site, 1, |site| sign(site, "初审", "初审员", &[]));
}

#[test]
fn one_refusal_in_a_folder_refuses_the_folder() {
    let site = with_draft();
    site.draft("2024-002", &notice("2024-002", "水晶泥").replace("高风险", "极高风险"));
    let before = site.files("content");
    site.sign("初审", "content/drafts").exits(1);
    assert!(before == site.files("content"));
}

#[test]
fn a_folder_is_signed_for_those_that_wait_for_the_stage() {
    let site = with_draft();
    sign(&site, "初审", "初审员", &[]).exits(0);
    site.draft("2024-002", &notice("2024-002", "水晶泥"));
    let run = site.sign("复审", "content/drafts").exits(0).says("跳过 1 篇（不在这个环节）");
    assert_eq!(run.stdout, "2024-001\tv1\t已签署\n");
    assert_eq!(site.read("content/drafts/2024-002/index.md").matches("stage:").count(), 0);
}

#[test]
fn a_notice_is_not_released_with_a_link_to_nowhere() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠").replace("---\n\n", "related: [2024-002]\n---\n\n"));
    site.sign("初审", "2024-001").exits(0);
    site.sign("复审", "2024-001").exits(0);
    site.sign("终审", "2024-001").exits(1).says("没有编号为“2024-002”的已发布信息");
    site.draft("2024-002", &notice("2024-002", "水晶泥"));
    // The other one stands in the same folder, but waits for another stage: it does not go public with this run.
    site.sign("终审", "content/drafts").exits(1).says("没有编号为“2024-002”的已发布信息");
    site.sign("初审", "2024-002").exits(0);
    site.sign("复审", "2024-002").exits(0);
    site.sign("终审", "content/drafts").exits(0).says("其中 2 篇可以发布");
    site.build().exits(0);
}

#[test]
fn a_live_notice_copied_back_to_drafts_is_not_released_twice() {
    let site = with_draft();
    site.publish("2024-001");
    let live = site.read("content/notices/2024-001/index.md");
    site.draft("2024-001", &live);
    let before = site.files("content");
    site.clock("2024-06-02T09:00:00+08:00").sign("终审", "2024-001").exits(3).says("不能接着发布");
    assert!(before == site.files("content"));
    site.build().exits(0);
}

#[test]
fn an_id_is_used_once() {
    let site = with_draft();
    site.publish("2024-001").draft("2024-001", &notice("2024-001", "别的"));
    site.sign("初审", "2024-001").exits(3).says("编号不能重复使用");
}

#[test]
fn two_thousand_drafts_are_signed_with_one_command() {
    let site = Site::new();
    for number in 1..=2000 {
        let id = format!("2024-{number:04}");
        site.draft(&id, &notice(&id, &format!("第{number}号")));
    }
    let begin = Instant::now();
    for stage in STAGES {
        site.sign(stage, "content/drafts").exits(0).says("签署 2000 篇");
    }
    assert!(begin.elapsed() < Duration::from_secs(600), "{:?}", begin.elapsed());
    assert_eq!(site.read("content/ledger.csv").lines().count(), 2001);
    site.run(&["review", "verify"]).exits(0).says("核对 2000 个版本");
}

#[test]
fn who_is_refused_hears_that_the_text_was_changed_after_it_was_signed() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).sign("初审", "2024-001").exits(0);
    site.edit("content/drafts/2024-001/index.md", "摘要。", "摘要改过。");
    site.sign("复审", "2024-001").exits(3).says("还轮不到复审").says("改动");
}
