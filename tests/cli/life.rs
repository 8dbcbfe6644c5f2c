//! The life of a notice: written, signed, published, corrected, withdrawn.

use crate::samples::{MARKER, STAGES, notice, person};
use crate::site::Site;
use std::fs;

const TITLE: &str = "磁力珠误吞警示";

/// Signs an id at every stage, one hour apart, from this hour of a day on; builds.
fn sign_on(site: &Site, day: &str, id: &str) {
    for (hour, stage) in STAGES.iter().enumerate() {
        site.clock(&format!("{day}T1{hour}:00:00+08:00")).sign(stage, id).exits(0);
    }
    site.build().exits(0);
}

/// A site with one published notice, 2024-001, built on 1 June.
fn published() -> Site {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", TITLE));
    sign_on(&site, "2024-06-01", "2024-001");
    site
}

fn guids(site: &Site) -> Vec<String> {
    let feed = site.read("public/feed.xml");
    let items = feed.split("<guid isPermaLink=\"false\">").skip(1);
    items.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

fn item_titles(site: &Site) -> Vec<String> {
    let feed = site.read("public/feed.xml");
    let titles = feed.split("<item>").skip(1).filter_map(|item| item.split("<title>").nth(1));
    titles.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

#[test]
fn a_site_begins_in_an_empty_folder_and_builds_at_once() {
    let site = Site::fresh();
    let root = site.path("");
    site.run(&["init", root.to_str().unwrap()]).exits(0);
    let run = site.build().exits(0);
    assert!(!run.stderr.contains("yaml-comment"), "a new site is warned of its own comments:\n{}", run.stderr);
    assert!(site.has("public/index.html") && site.has("public/feed.xml"));
    site.run(&["init", root.to_str().unwrap()]).exits(2).says("不是空的");
    let file = root.join("site.yaml");
    site.run(&["init", file.to_str().unwrap()]).exits(4).says("无法读取").says("没有新建");
    assert!(file.is_file());
}

/// A disk that fails must not look like a place where there is no site, in which much less is asked.
#[test]
#[cfg(unix)]
fn a_site_that_cannot_be_read_is_no_missing_one() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").build().exits(0);
    fs::remove_file(site.path("site.yaml")).unwrap();
    // A link to itself can be read by nobody, not even by an administrator.
    std::os::unix::fs::symlink("site.yaml", site.path("site.yaml")).unwrap();
    for words in [&["verify", "public"][..], &["schema"], &["report", "--due"], &["build"], &["list", "live"]] {
        site.run(words).exits(4).says("无法读取");
    }
}

#[test]
fn the_sample_site_builds_from_the_binary_alone() {
    let site = Site::fresh();
    let root = site.path("");
    site.run(&["init", "--sample", root.to_str().unwrap()]).exits(0);
    site.clock("2030-01-01T00:00:00+08:00").build().exits(0);
    site.run(&["review", "verify"]).exits(0).says("一致");
    assert!(site.public_with("2026-901").is_empty(), "a draft of the sample is public");
}

#[test]
fn a_new_draft_is_filled_in_signed_and_published() {
    let site = Site::new();
    let made = site.run(&["new", "风险警示", TITLE]).exits(0);
    assert_eq!(made.stdout.trim(), "SITE/content/drafts/2024-001/index.md");
    let draft = "content/drafts/2024-001/index.md";
    site.sign("初审", "2024-001").exits(1);
    site.edit(draft, "摘要: \"\"", "摘要: 磁力珠误吞会伤肠。")
        .edit(draft, "风险等级: \"\"", "风险等级: 高风险")
        .edit(draft, "人群: []", "人群: [儿童]")
        .edit(draft, "\n危害: []", "\n危害: [磁体误吞]")
        .edit(draft, "\n应对措施: []", "\n应对措施: [收好]");
    write_what_is_marked(&site, draft);
    sign_on(&site, "2024-06-01", "2024-001");
    assert!(!site.has("content/drafts/2024-001") && site.has("content/notices/2024-001/index.md"));
    assert_eq!(site.read("content/ledger.csv").lines().count(), 2);
    for page in ["index.html", "risk-warnings/index.html", "levels/high/index.html", "years/2024/index.html"] {
        assert!(site.read(&format!("public/{page}")).contains(TITLE), "{page}");
    }
    assert!(site.read("public/n/2024-001/index.html").contains(MARKER));
    assert!(site.read("public/feed.xml").contains(MARKER));
    assert!(site.read("public/sitemap.xml").contains("https://www.example.gov.cn/fxjs/n/2024-001/"));
    assert!(site.read("public/manifest.json").contains("n/2024-001/index.html"));
}

#[test]
fn a_fresh_draft_says_what_is_still_to_be_written() {
    let site = Site::new();
    let mut report = String::new();
    for (kind, id) in [("风险警示", "2024-001"), ("消费提示", "2024-002")] {
        site.run(&["new", kind, TITLE, "--category", "其他玩具"]).exits(0);
        report += &site.run(&["review", "status", id]).exits(1).report();
        let draft = format!("content/drafts/{id}/index.md");
        site.edit(&draft, "摘要: \"\"", "摘要: 磁力珠误吞会伤肠。");
        site.sign("初审", id).exits(1);
        write_what_is_marked(&site, &draft);
        if kind == "风险警示" {
            site.sign("初审", id).exits(1).says("“风险等级”（risk_level）还没有填");
            site.edit(&draft, "风险等级: \"\"", "风险等级: 高风险");
        }
        let filled = site.run(&["review", "status", id]).exits(0);
        assert!(filled.stderr.starts_with("共 1 篇"), "{}", filled.report());
    }
    insta::assert_snapshot!(report);
}

/// Puts a sentence into every place of a fresh draft that asks for one.
fn write_what_is_marked(site: &Site, draft: &str) {
    let text = site.read(draft);
    let lines =
        text.lines().map(|line| if line.starts_with("【请写：") { format!("{MARKER}。") } else { line.to_owned() });
    site.write(draft, lines.map(|line| format!("{line}\n")).collect::<String>());
}

#[test]
fn nothing_of_a_draft_is_public_before_its_last_sign_off() {
    let site = published();
    site.draft("2024-777", &notice("2024-777", "水晶泥").replace(MARKER, "只在草稿里的句子"));
    site.write("content/drafts/2024-777/照片.png", crate::samples::PIXEL);
    let before = site.tree();
    for stage in STAGES {
        site.build().exits(0);
        for secret in ["2024-777", "水晶泥", "只在草稿里的句子", "照片.png", "%E7%85%A7"] {
            assert_eq!(site.public_with(secret), [""; 0], "before {stage}");
        }
        assert_eq!(site.tree(), before);
        site.sign(stage, "2024-777").exits(0);
    }
    site.build().exits(0);
    assert!(site.read("public/n/2024-777/index.html").contains("只在草稿里的句子"));
}

#[test]
fn a_faulty_draft_keeps_no_warning_back() {
    let site = published();
    site.draft("2024-002", "没有信息栏").draft("2024-003", &notice("2024-001", "编号写错"));
    site.write("content/drafts/散落.txt", "x");
    site.build().exits(0);
}

#[test]
fn a_correction_is_public_only_when_all_have_signed_it() {
    let site = published();
    let old = guids(&site);
    site.clock("2024-06-02T09:00:00+08:00");
    let revised = site.run(&["revise", "2024-001", "--what", "改了措施", "--why", "更清楚"]).exits(0);
    assert_eq!(revised.stdout.trim(), "SITE/content/drafts/2024-001/index.md");
    site.run(&["revise", "2024-001"]).exits(3).says("已经有一份草稿");
    let draft = "content/drafts/2024-001/index.md";
    assert!(!site.read(draft).contains("review:"), "a revision has no sign-offs");
    site.edit(draft, MARKER, "新的说法");
    let before = site.tree();
    for stage in STAGES {
        site.build().exits(0);
        assert_eq!(site.tree(), before, "before {stage}");
        site.sign(stage, "2024-001").exits(0);
    }
    site.build().exits(0);
    assert!(site.has("content/archive/2024-001/v1/index.md") && !site.has(draft));
    let (now, then) = (site.read("public/n/2024-001/index.html"), site.read("public/n/2024-001/v1/index.html"));
    assert!(now.contains("新的说法") && !now.contains(MARKER) && now.contains("改了措施") && now.contains("更清楚"));
    assert!(then.contains(MARKER) && !then.contains("新的说法") && then.contains("noindex"));
    assert_eq!(guids(&site), ["tag:www.example.gov.cn,2024:2024-001/v2".to_owned(), old[0].clone()]);
    assert_eq!(item_titles(&site), [format!("【更正】{TITLE}"), format!("【已更正】{TITLE}")]);
    assert!(!site.read("public/sitemap.xml").contains("/v1/"), "old versions are not for search engines");
}

#[test]
fn a_withdrawal_leaves_a_tombstone_and_the_old_text() {
    let site = published();
    let old = guids(&site);
    site.clock("2024-06-03T09:00:00+08:00");
    site.run(&["withdraw", "2024-001", "--reason", "样品拿错了"]).exits(0);
    site.build().exits(0);
    assert!(site.read("public/n/2024-001/index.html").contains(MARKER), "public until the withdrawal is signed");
    sign_on(&site, "2024-06-03", "2024-001");
    let tombstone = site.read("public/n/2024-001/index.html");
    assert!(tombstone.contains("撤销") && tombstone.contains("样品拿错了") && !tombstone.contains(MARKER));
    assert!(site.read("public/n/2024-001/v1/index.html").contains(MARKER));
    assert_eq!(item_titles(&site), [format!("【撤销】{TITLE}"), format!("【已撤销】{TITLE}")]);
    assert_eq!(guids(&site)[1..], old[..]);
    assert!(site.read("content/ledger.csv").contains(",2024-001,2,撤销,"));
    site.run(&["revise", "2024-001"]).exits(3).says("已经撤销，不能再改");
    site.run(&["withdraw", "2024-001", "--reason", "再撤一次"]).exits(3).says("已经撤销，不能再改");
    site.run(&["new", "风险警示", "换个说法", "--id", "2024-001"]).exits(2).says("已经用过");
}

#[test]
fn a_withdrawn_notice_does_not_come_back_as_a_hand_made_draft() {
    let site = published();
    site.clock("2024-06-03T09:00:00+08:00").run(&["withdraw", "2024-001", "--reason", "样品拿错了"]).exits(0);
    sign_on(&site, "2024-06-03", "2024-001");
    let again =
        notice("2024-001", TITLE).replace("---\n\n", "version: 3\nstatus: 更正\nchange: {what: 甲, why: 乙}\n---\n\n");
    site.draft("2024-001", &again).clock("2024-06-04T09:00:00+08:00");
    site.sign("初审", "2024-001").exits(3).says("已经撤销，不能再发布新版本");
    let skipped = again.replace("version: 3", "version: 5");
    site.draft("2024-001", &skipped).sign("初审", "2024-001").exits(3);
}

#[test]
fn a_signed_notice_waits_for_its_publication_time() {
    let site = Site::new();
    let text = notice("2024-001", TITLE).replace("---\n\n", "publish_at: 2024-06-10T08:00:00+08:00\n---\n\n");
    site.draft("2024-001", &text);
    sign_on(&site, "2024-06-01", "2024-001");
    for secret in [TITLE, "2024-001", MARKER] {
        assert_eq!(site.public_with(secret), [""; 0]);
    }
    assert!(site.run(&["list", "future"]).exits(0).stdout.contains("2024-001"));
    assert!(!site.run(&["list", "live"]).exits(0).stdout.contains("2024-001"));
    site.clock("2024-06-10T07:59:59+08:00").build().exits(0);
    assert_eq!(site.public_with(MARKER), [""; 0]);
    site.clock("2024-06-10T08:00:00+08:00").build().exits(0);
    assert!(site.read("public/n/2024-001/index.html").contains("2024-06-10 08:00"));
    assert!(site.read("public/feed.xml").contains("<pubDate>Mon, 10 Jun 2024 08:00:00 +0800</pubDate>"));
    assert!(site.run(&["list", "live"]).exits(0).stdout.contains("2024-001"));
}

#[test]
fn the_earlier_version_stays_until_the_publication_time_of_the_next() {
    let site = published();
    site.clock("2024-06-02T09:00:00+08:00").run(&["revise", "2024-001", "--what", "甲", "--why", "乙"]).exits(0);
    let draft = "content/drafts/2024-001/index.md";
    site.edit(draft, MARKER, "新的说法").edit(draft, "version: 2", "publish_at: 2024-06-10T08:00:00+08:00\nversion: 2");
    let before = site.tree();
    sign_on(&site, "2024-06-02", "2024-001");
    assert_eq!(site.public_with("新的说法"), [""; 0]);
    let waiting = site.tree();
    let differing: Vec<_> = before.keys().filter(|path| before.get(*path) != waiting.get(*path)).collect();
    assert_eq!(differing, ["manifest.json"], "only the head of the ledger moved");
    site.clock("2024-06-10T08:00:00+08:00").build().exits(0);
    assert!(site.read("public/n/2024-001/index.html").contains("新的说法"));
    assert!(site.read("public/n/2024-001/v1/index.html").contains(MARKER));
}

#[test]
fn list_tells_the_shelves_apart() {
    let site = published();
    let dated = |id: &str, title: &str, line: &str| notice(id, title).replace("---\n\n", &format!("{line}\n---\n\n"));
    site.draft("2024-002", &dated("2024-002", "过期的", "expires: 2024-06-05"))
        .draft("2024-003", &dated("2024-003", "待复核的", "review_by: 2024-06-05"))
        .draft("2024-004", &dated("2024-004", "将来的", "publish_at: 2025-01-01T00:00:00+08:00"));
    for stage in STAGES {
        site.clock("2024-06-02T09:00:00+08:00").sign(stage, "content/drafts").exits(0);
    }
    site.draft("2024-005", &notice("2024-005", "草稿"));
    site.clock("2024-06-05T23:59:59+08:00");
    let list = |scope: &str| {
        let run = site.run(&["list", scope]).exits(0);
        run.stdout.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list("expired"), [""; 0], "the last day is still valid");
    assert_eq!(list("due"), [""; 0]);
    site.clock("2024-06-06T00:00:00+08:00");
    assert_eq!(list("drafts"), ["2024-005"]);
    assert_eq!(list("live"), ["2024-001", "2024-002", "2024-003"]);
    assert_eq!(list("future"), ["2024-004"]);
    assert_eq!(list("expired"), ["2024-002"]);
    assert_eq!(list("due"), ["2024-003"]);
    site.run(&["list", "lvie"]).exits(2);
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let site = published();
    site.draft("2024-002", &notice("2024-002", "新的一条")).publish("2024-002");
    let before = site.files("");
    let run = site.run(&["build", "--dry-run"]).exits(0);
    assert!(run.stdout.contains("+ n/2024-002/index.html\n"), "{}", run.stdout);
    assert!(run.stdout.contains("~ index.html\n") && run.stdout.contains("~ feed.xml\n"), "{}", run.stdout);
    assert!(before == site.files(""), "a dry run wrote");
    let told = run.stdout.lines().filter(|line| line.starts_with("+ ")).count();
    let tree = site.tree();
    site.build().exits(0).says(&format!("新增 {told} 个文件"));
    assert_ne!(site.tree(), tree);
    assert_eq!(site.run(&["build", "--dry-run"]).exits(0).stdout, "");
}

#[test]
fn json_reports_carry_code_place_and_exit_code() {
    let site = published();
    site.draft("2024-002", &notice("2024-002", "甲").replace("高风险", "极高"));
    let person = person("初审");
    let run =
        site.run(&["review", "sign", "--stage", "初审", "--by", &person, "--format", "json", "2024-002"]).exits(1);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(run.stderr, "");
    assert_eq!(report["exit_code"], 1);
    assert_eq!(report["diagnostics"][0]["code"], "value-unknown");
    assert_eq!(report["diagnostics"][0]["line"], 6);
    assert_eq!(report["diagnostics"][0]["file"], "content/drafts/2024-002/index.md");
}
