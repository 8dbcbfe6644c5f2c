//! False alarms: over 200 ordinary notices, written with care, no rule may find an error. What is found at all is kept as a
//! snapshot, so that whoever changes a rule reads each finding as a reviewer would.

use crate::samples::CONFIG;
use crate::site::Site;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A site with every notice of the corpus as a draft.
fn site() -> (Site, usize) {
    // The corpus is of one office's making and cites fictitious data on purpose: its site says so.
    let site = Site::with_config(&format!("{CONFIG}banner: 示例网站：全部内容为演示而编写。\n"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corpus");
    let mut notices = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let id = path.file_stem().unwrap().to_str().unwrap().to_uppercase();
        site.draft(&id, &text);
        notices += 1;
    }
    (site, notices)
}

#[test]
fn ordinary_notices_raise_no_error_and_hardly_a_warning() {
    let (site, notices) = site();
    let run = site.clock("2026-06-01T09:00:00+08:00").run(&["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut findings = String::new();
    for found in report["diagnostics"].as_array().unwrap() {
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        *counts.entry((text("severity"), text("code"))).or_default() += 1;
        let id = text("file").split('/').nth(2).unwrap_or_default().to_owned();
        writeln!(findings, "{id}:{}:{} {} {}", found["line"], found["column"], text("code"), text("message")).unwrap();
    }
    let table: String =
        counts.iter().map(|((severity, code), count)| format!("{severity} {code}: {count}\n")).collect();
    println!("{notices} notices\n{table}");
    assert_eq!(notices, 200);
    insta::assert_snapshot!(format!("{table}\n{findings}"));
    assert!(counts.keys().all(|(severity, _)| severity != "error"), "{table}");
    let warnings: usize =
        counts.iter().filter(|((severity, _), _)| severity == "warning").map(|(_, count)| count).sum();
    assert!(warnings * 20 <= notices, "more than one warning in twenty notices\n{table}");
}
