//! `check` and `explain`: what a clerk is shown, what may stand, what is mended, and what is refused at the desk.

use crate::samples::notice;
use crate::site::Site;
use serde_json::Value;

/// A good notice with more in its body.
fn with_body(body: &str) -> String {
    notice("2024-002", "水晶泥") + body + "\n"
}

fn check(site: &Site) -> crate::site::Run {
    site.run(&["check", "2024-002"])
}

#[test]
fn marks_stand_under_what_is_meant_after_chinese_full_width_and_emoji() {
    let site = Site::new();
    let long = "请先停用，再联系销售者退货。".repeat(12);
    let body = format!(
        "\n电话 13800138000。\n\nＡＢ😀👨‍👩‍👧退货：13800138001；\t另一个 **138**00138002。\n\n{long}电话 13800138003。{long}\n\n| 姓名 | 电话 |\n|---|---|\n| 甲 | 13800138004 |\n"
    );
    let run = site.draft("2024-002", &with_body(&body)).run(&["check", "2024-002"]);
    insta::assert_snapshot!(run.exits(1).report());
}

#[test]
fn front_matter_tables_and_names_of_files_are_read_too() {
    let site = Site::new();
    let text = with_body("").replace("summary: 水晶泥，摘要。", "summary: \"水晶泥：“请打 13800138000”\"");
    site.draft("2024-002", &text);
    site.write(
        "content/drafts/2024-002/投诉13800138001.csv",
        "姓名,\"电话\"\n\"甲,乙\",\"13800138002\"\n丙,13800138003\n",
    );
    insta::assert_snapshot!(check(&site).exits(1).report());
}

#[test]
fn a_draft_with_an_error_is_not_signed_and_a_live_notice_is_not_judged_by_the_build() {
    let site = Site::new();
    site.draft("2024-002", &with_body("\n电话 13800138000。\n"));
    let refused = site.sign("初审", "2024-002").exits(1).says("personal-mobile");
    assert!(refused.stderr.contains("没有签署任何一篇"), "{}", refused.report());
    assert!(!site.read("content/drafts/2024-002/index.md").contains("review:"));
    let lowered = site.read("site.yaml") + "check: {rules: [{rule: personal-mobile, level: 关}]}\n";
    site.write("site.yaml", &lowered).publish("2024-002");
    site.write("site.yaml", lowered.replace("关", "错误")).build().exits(0);
    site.run(&["check"]).exits(1).says("personal-mobile");
}

#[test]
fn a_shelf_that_git_did_not_keep_is_empty_and_the_archive_is_named() {
    let site = Site::new();
    site.write("content/archive/2024-002/v1/index.md", "");
    for shelf in ["content/drafts", "content/notices"] {
        let _ = std::fs::remove_dir(site.path(shelf));
        site.run(&["check", shelf]).exits(0);
    }
    site.run(&["review", "status"]).exits(0);
    site.run(&["check", "content/archive/2024-002"]).exits(2).says("在存档里");
    site.run(&["check", "content/nowhere"]).exits(2).says("找不到稿件");
}

#[test]
fn an_exception_is_listed_with_its_reason() {
    let site = Site::new();
    let exception =
        "  - 收好\nexceptions:\n  - rule: personal-mobile\n    text: 值班手机\n    reason: 单位公开的值班手机\n";
    let text = with_body("\n值班手机 13800138000。\n").replace("  - 收好\n", exception);
    let run = check(site.draft("2024-002", &text)).exits(0);
    assert_eq!(
        run.stdout,
        "例外\tcontent/drafts/2024-002/index.md:23:6\tpersonal-mobile\t单位公开的值班手机\n",
        "{}",
        run.report()
    );
    let json: Value = serde_json::from_str(&site.run(&["check", "2024-002", "--format", "json"]).stdout).unwrap();
    assert_eq!(
        (&json["excused"][0]["reason"], &json["diagnostics"]),
        (&"单位公开的值班手机".into(), &Value::Array(vec![]))
    );
    site.publish("2024-002");
}

#[test]
fn what_is_certain_is_mended_and_what_is_signed_is_left() {
    let site = Site::new();
    let typed =
        notice("2024-002", "水晶泥").replace("title: ", "title：").replace('\n', " \r\n").replace("--- ", "---");
    site.write("content/drafts/2024-002/index.md", format!("\u{feff}{typed}"));
    site.draft("2024-003", &notice("2024-003", "磁力珠")).sign("初审", "2024-003").exits(0);
    let signed = site.read("content/drafts/2024-003/index.md").replace('\n', "\r\n");
    site.write("content/drafts/2024-003/index.md", &signed);
    let run = site.run(&["check", "--fix"]).exits(0);
    assert_eq!(
        run.stdout,
        "改好\tcontent/drafts/2024-002/index.md\t去掉开头的 BOM，换行改为 LF，整理信息栏的冒号和行末空格，去掉正文行末空格\n"
    );
    assert_eq!(site.read("content/drafts/2024-002/index.md"), notice("2024-002", "水晶泥"));
    assert_eq!(site.read("content/drafts/2024-003/index.md"), signed);
    assert_eq!(site.run(&["check", "--fix"]).exits(0).stdout, "");
}

#[test]
fn a_rule_and_a_code_are_explained_and_a_mistyped_one_is_guessed() {
    let site = Site::new();
    insta::assert_snapshot!(site.run(&["explain", "personal-mobile"]).exits(0).stdout);
    insta::assert_snapshot!(site.run(&["explain", "yaml-full-width"]).exits(0).stdout, @r"
    yaml-full-width：用了全角的冒号、逗号、横线或空格

    怎么办：照提示换成半角
    ");
    site.run(&["explain", "personal-mobil"]).exits(2).says("您是不是想写“personal-mobile”？");
    let list = site.run(&["explain"]).exits(0).stdout;
    assert!(list.lines().any(|line| line == "personal-mobile\t错误\t出现手机号码"), "{list}");
}

#[test]
fn pages_about_the_site_are_read_too() {
    let site = Site::new();
    site.write("content/pages/about.md", "---\ntitle: 关于\nsummary: 值班 13800138001\n---\n\n电话 13800138000。\n");
    let run = site.run(&["check"]).exits(1);
    for place in ["content/pages/about.md:3:13", "content/pages/about.md:6:4"] {
        assert!(run.stderr.contains(place), "{}", run.report());
    }
}

#[test]
fn the_sample_is_clean() {
    let site = Site::fresh();
    site.run(&["init", "--sample", &site.path("").display().to_string()]).exits(0);
    let run = site.clock("2026-11-20T09:00:00+08:00").run(&["check"]).exits(0);
    assert_eq!(run.stderr.trim(), "查了 32 篇，没有发现问题。");
}
