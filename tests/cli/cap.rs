//! CAP alerts as a receiver takes them: valid against the schema of OASIS, and with the promises a schema cannot state.

mod index;
mod read;

use crate::samples::{CONFIG, MARKER, PIXEL, notice};
use crate::site::{Site, files};
use read::{Alert, alerts};
use std::collections::{BTreeMap, BTreeSet};

const SECTION: &str = "cap:\n  sender: fxjs@example.gov.cn\n  area: 示例县\n  geocode: '000000'\n";

/// A site with a `cap` section.
fn sending() -> Site {
    Site::with_config(&format!("{CONFIG}{SECTION}"))
}

/// The sample site with a `cap` section, built.
fn sample() -> Site {
    let site = Site::fresh();
    site.run(&["init", "--sample", site.path("").to_str().unwrap()]).exits(0);
    site.write("site.yaml", format!("{}{SECTION}", site.read("site.yaml")));
    site.clock("2030-01-01T00:00:00+08:00").build().exits(0);
    site
}

#[test]
fn every_event_of_the_sample_is_a_valid_alert() {
    let site = sample();
    let alerts = alerts(&site);
    let published = site.read("content/ledger.csv").lines().filter(|line| !line.contains(",补审,")).count() - 1;
    assert_eq!(alerts.len(), published);
    let kinds: BTreeSet<&str> = alerts.values().map(|alert| alert.one("msgType")).collect();
    assert_eq!(kinds, BTreeSet::from(["Alert", "Cancel", "Update"]));
    assert!(alerts.values().any(|alert| alert.has("uri")));
}

#[test]
fn without_the_section_there_are_no_alerts() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").build().exits(0);
    assert!(!site.has("public/cap"));
    assert!(site.public_with("urn:oasis:names:tc:emergency:cap").is_empty());
}

#[test]
fn drafts_are_not_sent() {
    let site = sending();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001");
    site.run(&["revise", "2024-001", "--what", "补充", "--why", "遗漏"]).exits(0);
    site.draft("2024-002", &notice("2024-002", "水晶泥")).build().exits(0);
    assert_eq!(alerts(&site).into_keys().collect::<Vec<_>>(), ["2024-001/v1.xml"]);
}

#[test]
fn only_what_happens_from_the_first_day_on_is_sent() {
    let site = life();
    correct(&site);
    withdraw(&site);
    let config = site.read("site.yaml");
    let from = |day: &str| {
        site.write("site.yaml", format!("{config}  since: {day}\n"));
        site.build().exits(0);
        let index = site.read("public/cap/atom.xml");
        let alerts = alerts(&site);
        assert_eq!(index.matches("<entry>").count(), alerts.len(), "{index}");
        alerts
    };
    assert_eq!(from("2024-06-01").len(), 3);
    let later = from("2024-06-03");
    assert_eq!(later.keys().collect::<Vec<_>>(), ["2024-001/v2.xml", "2024-001/v3.xml"]);
    let [first, second] = ["v2", "v3"].map(|version| &later[&format!("2024-001/{version}.xml")]);
    assert_eq!((first.one("msgType"), first.has("references")), ("Alert", false), "it corrects no alert");
    assert_eq!((second.one("msgType"), second.one("references")), ("Cancel", first.name().as_str()));
    site.write("site.yaml", format!("{config}  since: 2024-06-05\n")).build().exits(0);
    assert!(!site.has("public/cap/2024-001"), "nobody heard of it, so nothing is taken back");
    assert!(!site.read("public/cap/atom.xml").contains("<entry>"));
}

/// A warning that is corrected and withdrawn, with all a notice may carry.
fn life() -> Site {
    let site = sending();
    let text = notice("2024-001", "磁力珠会被误吞").replace(
        "actions:\n",
        "category: 其他玩具\nexpires: 2025-12-31\nsampling: {batches: 9, failed: 4}\nstandards: [GB 6675.2-2014]\n\
         products:\n  - {name: 磁力珠, brand: 甲牌, model: C-1, batch: 'A1、A2'}\nimage: {file: 图.png, alt: 一盒磁力珠}\n\
         attachments:\n  - {file: 附件.pdf, title: 批次表}\nactions:\n  - 停用\n",
    );
    site.draft("2024-001", &text);
    site.write("content/drafts/2024-001/图.png", PIXEL).write("content/drafts/2024-001/附件.pdf", "%PDF-1.4");
    site.publish("2024-001");
    site
}

fn correct(site: &Site) {
    site.clock("2024-06-03T10:00:00+08:00");
    site.run(&["revise", "2024-001", "--what", "批号 A2 改为 A3", "--why", "录入有误"]).exits(0);
    site.edit("content/drafts/2024-001/index.md", "A1、A2", "A1、A3").publish("2024-001");
}

fn withdraw(site: &Site) {
    site.clock("2024-06-05T10:00:00+08:00");
    site.run(&["withdraw", "2024-001", "--reason", "样品贴错标签"]).exits(0);
    site.publish("2024-001");
}

#[test]
fn an_alert_carries_what_receivers_sort_and_show() {
    let site = life();
    site.build().exits(0);
    insta::assert_snapshot!(site.read("public/cap/2024-001/v1.xml"));
    let alert = alerts(&site).remove("2024-001/v1.xml").unwrap();
    assert_eq!(["风险等级", "不合格批次"].map(|name| alert.parameter(name)), [Some("高风险"), Some("4")]);
}

#[test]
fn corrections_and_withdrawals_name_all_that_went_before() {
    let site = life();
    correct(&site);
    withdraw(&site);
    site.build().exits(0);
    let alerts = alerts(&site);
    let [first, second, third] = ["v1", "v2", "v3"].map(|version| &alerts[&format!("2024-001/{version}.xml")]);
    assert_eq!(second.one("references"), first.name());
    assert_eq!(third.one("references"), format!("{} {}", first.name(), second.name()));
    assert_eq!((second.one("headline"), second.one("msgType")), ("【更正】磁力珠会被误吞", "Update"));
    assert!(second.one("description").starts_with("更正内容：批号 A2 改为 A3\n更正原因：录入有误\n"));
    assert_eq!((third.one("headline"), third.one("msgType")), ("【撤销】磁力珠会被误吞", "Cancel"));
    assert_eq!(third.one("description"), "本信息已于2024年6月5日撤销，不再有效。撤销原因：样品贴错标签");
    for gone in ["instruction", "expires", "parameter", "uri", "responseType"] {
        assert!(!third.has(gone), "{gone}");
    }
    let whole = site.read("public/cap/2024-001/v3.xml");
    assert!(!whole.contains("停用") && !whole.contains("C-1") && !whole.contains("摘要"), "the old claim:\n{whole}");
}

#[test]
fn what_was_sent_is_never_changed() {
    let site = life();
    site.run(&["build"]).exits(0);
    let sent = |site: &Site| {
        files(&site.path("public/cap"))
            .into_iter()
            .filter(|(path, _)| !path.ends_with("atom.xml"))
            .collect::<BTreeMap<_, _>>()
    };
    let mut before = sent(&site);
    assert!(before.contains_key("2024-001/v1/图.png"));
    for step in [correct, withdraw] {
        step(&site);
        site.build().exits(0);
        let after = sent(&site);
        assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "an alert was changed");
        assert!(after.len() > before.len());
        before = after;
    }
    site.clock("2031-01-01T00:00:00+08:00").build().exits(0);
    assert!(sent(&site) == before);
}

#[test]
fn an_urgent_alert_stays_urgent_when_the_others_have_signed() {
    let site = sending();
    site.draft("2024-001", &notice("2024-001", "磁力珠").replace("高风险", "一般风险"));
    site.run(&[
        "review",
        "sign",
        "--stage",
        "终审",
        "--by",
        "终审员",
        "--urgent",
        "--reason",
        "已有人受伤",
        "2024-001",
    ])
    .exits(0);
    site.build().exits(0);
    let before = site.read("public/cap/2024-001/v1.xml");
    let alert = Alert::parse(&before);
    assert_eq!((alert.one("urgency"), alert.one("severity")), ("Immediate", "Moderate"));
    site.clock("2024-06-01T12:00:00+08:00");
    site.sign("初审", "2024-001").exits(0);
    site.sign("复审", "2024-001").exits(0);
    site.build().exits(0);
    assert_eq!(site.read("public/cap/2024-001/v1.xml"), before);
    alerts(&site);
}

#[test]
fn levels_kinds_and_samples_are_told_in_the_words_of_cap() {
    let told = |from: &str, to: &str| {
        let site = sending();
        site.draft("2024-001", &notice("2024-001", "甲").replace(from, to)).publish("2024-001").build().exits(0);
        let alert = alerts(&site).remove("2024-001/v1.xml").unwrap();
        let words = ["urgency", "severity", "certainty", "responseType"].map(|name| alert.one(name).to_owned());
        (words.join(" "), alert.all("category").collect::<Vec<_>>().join(" "))
    };
    let safety = "Safety".to_owned();
    assert_eq!(told("", ""), ("Immediate Severe Unknown Avoid".to_owned(), safety.clone()));
    assert_eq!(told("高风险", "较高风险"), ("Expected Moderate Unknown Avoid".to_owned(), safety.clone()));
    assert_eq!(told("高风险", "低风险"), ("Future Minor Unknown Avoid".to_owned(), safety.clone()));
    let tip = told("风险警示\ntitle", "消费提示\ntitle");
    assert_eq!(tip, ("Future Severe Unknown Prepare".to_owned(), safety.clone()));
    let plain = told(
        "风险警示\ntitle: 甲\nsummary: 甲，摘要。\nrisk_level: 高风险",
        "消费提示\ntitle: 甲\nsummary: 甲，摘要。",
    );
    assert_eq!(plain.0, "Future Unknown Unknown Prepare");
    let measured = told("hazards: [窒息]", "hazards: [微生物, 环境危害, 误食]\nsampling: {batches: 9, failed: 1}");
    assert_eq!(measured, ("Immediate Severe Observed Avoid".to_owned(), "Safety Health Env".to_owned()));
    let passed = told("hazards: [窒息]", "hazards: [火灾]\nsampling: {batches: 9, failed: 0}");
    assert_eq!(passed, ("Immediate Severe Unknown Avoid".to_owned(), safety));
}

#[test]
fn an_exercise_says_that_it_is_one() {
    let site = Site::with_config(&format!("{CONFIG}{SECTION}  status: 演练\n"));
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").build().exits(0);
    let alert = alerts(&site).remove("2024-001/v1.xml").unwrap();
    assert_eq!((alert.one("status"), alert.one("note")), ("Exercise", "演练，不是真实的警示。"));
}

#[test]
fn hostile_text_stays_text() {
    let titles =
        ["a ]]> b", "<b>粗</b> & 细 &amp; &#x4e00;", "‘引’ \"号\" 😀👨‍👩‍👧", "]]&gt;<!-- --><?x?>", "<5mg/kg 的 A&B"];
    let site = sending();
    for (number, title) in titles.iter().enumerate() {
        let quoted = format!("'{}'", title.replace('\'', "''"));
        let id = format!("2024-00{}", number + 1);
        let text =
            notice(&id, "占位").replace("占位，摘要。", &quoted).replace("占位", &quoted).replace("收好", &quoted);
        site.draft(&id, &text.replace(MARKER, "正文"));
        site.clock(&format!("2024-06-0{}T09:00:00+08:00", number + 1)).publish(&id);
    }
    site.build().exits(0);
    let alerts = alerts(&site);
    let found: Vec<_> =
        alerts.values().map(|alert| ["headline", "description", "instruction"].map(|name| alert.one(name))).collect();
    assert_eq!(found, titles.map(|title| [title; 3]));
}

#[test]
fn a_long_summary_is_not_cut() {
    let site = sending();
    let long = "热".repeat(1_900);
    let text = notice("2024-001", "甲").replace("甲，摘要", &long);
    site.draft("2024-001", &text).publish("2024-001").build().exits(0);
    assert!(alerts(&site)["2024-001/v1.xml"].one("description").starts_with(&long));
}
