//! What `check` reports besides the mistakes of a text: the table of standards, the gate, the configuration; and what
//! waits for another look.

use crate::samples::{CONFIG, notice};
use crate::site::Site;

const HEAD: &str = "标准号,名称,性质,实施日期,被代替,废止日期,依据\n";

/// A site with a notice that cites a standard nobody knows, published on 1 June 2024.
fn citing() -> Site {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "头盔").replace("放在孩子", "依据 GB 99999-2020 检测。放在孩子"));
    site
}

#[test]
fn a_table_of_standards_beside_site_yaml_is_used() {
    let site = citing();
    site.run(&["check", "2024-001"]).exits(0).says("登记表里没有 GB 99999-2020");
    let row = "GB 99999-2020,甲,强制性,,GB 99999-2024,2024-05-01,公告\nGB 99999-2024,甲,强制性,2024-05-01,,,公告\n";
    site.write("standards.csv", format!("\u{feff}{HEAD}{row}"));
    site.run(&["check", "2024-001"]).exits(0).says("GB 99999-2020 自2024年5月1日起已被 GB 99999-2024 代替");
    site.run(&["check"]).exits(0).says("已被 GB 99999-2024 代替");
    site.sign("初审", "2024-001").exits(0).says("已被 GB 99999-2024 代替");
}

#[test]
fn a_fault_of_the_table_is_told_and_stops_neither_signing_nor_building() {
    let site = citing();
    site.write("standards.csv", format!("{HEAD}GB 99999,甲,强制性,,,,公告\nGB 99998-2020,乙,强制性,,,,公告\n"));
    for words in [&["check"][..], &["check", "2024-001"]] {
        let run = site.run(words).exits(2).says("错误[standards-table]: “GB 99999”不是带年份的标准号");
        assert!(run.stderr.contains("standards.csv:2:1") && run.stderr.matches("standards-table").count() == 1);
    }
    site.sign("初审", "2024-001").exits(0).says("提醒[standards-table]");
    site.sign("复审", "2024-001").exits(0);
    site.sign("终审", "2024-001").exits(0);
    let run = site.build().exits(0);
    assert!(!run.stderr.contains("standards-table"), "{}", run.stderr);
    site.write("standards.csv", [0xb1, 0xea]);
    site.run(&["check"]).exits(2).says("标准登记表的编码不是 UTF-8");
}

#[test]
fn what_waits_for_another_look_is_listed_with_the_reason() {
    let site = Site::new();
    let text = notice("2024-001", "童鞋").replace("放在孩子", "依据 GB 30585-2014 检测。放在孩子");
    site.draft("2024-001", &text.replace("---\n\n", "review_by: 2025-06-05\n---\n\n")).publish("2024-001");
    site.draft("2024-002", &text.replace("2024-001", "2024-002")).publish("2024-002");
    site.draft("2024-003", &notice("2024-003", "别的")).publish("2024-003");
    let due = |day: &str| site.clock(&format!("{day}T09:00:00+08:00")).run(&["list", "due"]).exits(0).stdout;
    assert_eq!(due("2025-05-31"), "");
    let replaced = "GB 30585-2014 自2025年6月1日起已被 GB 30585-2024 代替";
    let line = |id: &str, reason: &str| format!("{id}\tv1\t现行\t风险警示\t高风险\t童鞋\t{reason}\n");
    assert_eq!(due("2025-06-01"), line("2024-001", replaced) + &line("2024-002", replaced));
    let both = format!("2025年6月5日就该复核了；{replaced}");
    assert_eq!(due("2025-06-06"), line("2024-001", &both) + &line("2024-002", replaced));
    let json = site.run(&["list", "due", "--format", "json"]).exits(0).stdout;
    assert!(json.contains("\"reasons\"") && json.contains(replaced), "{json}");
    site.run(&["check"]).exits(0).says("提醒[recheck-standard]: 发布以后，GB 30585-2014").says("提醒[recheck-due]");
    // Whoever silences the rule keeps the list.
    site.write("site.yaml", format!("{CONFIG}check: {{rules: [{{rule: recheck-due, level: 关}}]}}\n"));
    assert_eq!(due("2025-06-06"), line("2024-001", &both) + &line("2024-002", replaced));
}

#[test]
fn a_broken_ledger_is_an_error_of_the_gate() {
    let site = citing();
    site.publish("2024-001");
    site.run(&["check"]).exits(0);
    site.edit("content/ledger.csv", ",头盔,", ",头盆,");
    site.run(&["check"]).exits(3).says("错误[ledger-broken]");
}

#[test]
fn what_was_changed_after_its_sign_offs_is_an_error_of_the_gate() {
    let site = citing();
    site.publish("2024-001");
    site.edit("content/notices/2024-001/index.md", "放在孩子", "放在大人");
    site.run(&["check"]).exits(3).says("错误[review-stale]");
}

#[test]
fn an_overdue_urgent_publication_is_nagged_about_and_then_an_error() {
    let site = citing();
    let words =
        ["review", "sign", "--stage", "终审", "--by", "终审员", "--urgent", "--reason", "已有人受伤", "2024-001"];
    site.run(&words).exits(0);
    site.run(&["check"]).exits(0).says("提醒[review-urgent]");
    site.clock("2024-06-03T09:00:00+08:00").run(&["check"]).exits(3).says("错误[review-overdue]");
    site.build().exits(0).says("提醒[review-overdue]");
}

#[test]
fn empty_tags_of_a_government_page_are_told_once() {
    let site = Site::with_config(&CONFIG.replace("  site_id_code: \"0000000000\"\n", "").replace("示例备0号", ""));
    let run =
        site.run(&["check"]).exits(0).says("页面标签（portal）缺少：网站标识码").says("页脚（footer）缺少：ICP备案号");
    assert_eq!(run.stderr.matches("config-empty").count(), 2, "{}", run.stderr);
    site.edit("site.yaml", "site_name: 示例门户", "site_name: 示例门户\n  site_id_code: \"123\"");
    site.run(&["check"]).exits(2).says("网站标识码应当是 10 位");
}
