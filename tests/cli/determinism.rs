//! The output depends on the content alone: not on place, zone, language, processors, or the order in which files were made.

use crate::site::Site;
use std::collections::BTreeMap;
use std::fs;

const CLOCK: &str = "2030-01-01T00:00:00+08:00";

/// The sample site, with its files made in this order.
fn sample(order: impl Fn(&mut Vec<(String, Vec<u8>)>)) -> Site {
    let made = Site::fresh();
    let root = made.path("");
    made.run(&["init", "--sample", root.to_str().unwrap()]).exits(0);
    let mut files: Vec<_> = made.files("").into_iter().collect();
    order(&mut files);
    let site = Site::fresh();
    for (path, bytes) in files {
        site.write(&path, bytes);
    }
    site.clock(CLOCK);
    site
}

fn built(site: &Site, words: &[&str]) -> BTreeMap<String, String> {
    site.run(&[&["build"], words].concat()).exits(0);
    site.tree()
}

#[test]
fn place_zone_language_processors_and_order_of_files_change_no_byte() {
    let first = sample(|_| ());
    let expected = built(&first, &[]);
    assert!(expected.len() > 100);
    let two = sample(|files| files.reverse());
    two.variable("TZ", "America/New_York").variable("LANG", "zh_CN.GBK").variable("LC_ALL", "tr_TR.UTF-8");
    assert!(built(&two, &["--jobs", "1"]) == expected);
    // Neighbours are torn apart, the same way every time.
    let three = sample(|files| files.sort_by_key(|(path, _)| crate::site::sha256(path.as_bytes())));
    three.variable("TZ", "Asia/Kolkata").variable("HOME", "/nowhere").variable("NO_COLOR", "1");
    assert!(built(&three, &["--jobs", "2"]) == expected);
}

#[test]
fn a_second_build_changes_nothing_and_says_so() {
    let site = sample(|_| ());
    let first = built(&site, &[]);
    let run = site.build().exits(0).says("新增 0 个文件，改变 0，去掉 0");
    assert!(run.stderr.contains(&format!("不变 {}", first.len() - 1)), "{}", run.stderr);
    assert!(site.tree() == first);
}

#[test]
fn the_clock_alone_changes_no_page() {
    let site = sample(|_| ());
    let first = built(&site, &[]);
    site.clock("2030-01-01T23:59:59+08:00");
    assert!(built(&site, &[]) == first);
}

#[test]
fn the_clock_can_come_from_the_environment() {
    let site = sample(|_| ());
    let expected = built(&site, &[]);
    let output = site.path("另一处");
    let mut command = site.command(&["--now", CLOCK, "build", "--output", output.to_str().unwrap()]);
    assert!(command.output().unwrap().status.success());
    assert!(crate::site::digests(&output) == expected);
    let run = |epoch: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jingshi"));
        command
            .arg("--site")
            .arg(site.path(""))
            .args(["build", "--output"])
            .arg(&output)
            .env("SOURCE_DATE_EPOCH", epoch);
        command.output().unwrap().status.code()
    };
    assert_eq!(run("1893427200"), Some(0));
    assert!(crate::site::digests(&output) == expected);
    assert_eq!(run("上个月"), Some(2));
}

#[test]
fn another_address_changes_only_what_is_absolute() {
    let site = sample(|_| ());
    let first = built(&site, &[]);
    site.run(&["build", "--base-url", "http://127.0.0.1:9/x"]).exits(0);
    let second = site.tree();
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    assert!(
        site.public_with("www.example.gov.cn/fxjs/n/").is_empty(),
        "{:?}",
        site.public_with("example.gov.cn/fxjs/n/")
    );
    site.run(&["build", "--base-url", "不是网址"]).exits(2).says("无法识别");
}

#[test]
fn every_link_inside_the_site_is_relative_and_leads_somewhere() {
    let site = sample(|_| ());
    let tree = built(&site, &[]);
    for path in tree.keys().filter(|path| path.ends_with(".html")) {
        let text = fs::read_to_string(site.path(&format!("public/{path}"))).unwrap();
        for attribute in [" href=\"", " src=\""] {
            for rest in text.split(attribute).skip(1) {
                let link = rest.split('"').next().unwrap();
                if path != "404.html" {
                    leads_somewhere(&tree, path, &link.replace("&amp;", "&"));
                }
            }
        }
    }
}

/// Asserts that a link of a page is absolute to another site or ends at a file of the tree.
fn leads_somewhere(tree: &BTreeMap<String, String>, page: &str, link: &str) {
    if ["https:", "http:", "mailto:", "tel:", "#", "data:"].iter().any(|scheme| link.starts_with(scheme)) {
        return;
    }
    assert!(!link.starts_with('/'), "{page}: {link}");
    let mut parts: Vec<String> = page.split('/').map(str::to_owned).collect();
    parts.pop();
    let path = link.split(['#', '?']).next().unwrap();
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().unwrap().into_owned();
    for part in decoded.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{page}: {link} leads out of the site"),
            "." | "" => {}
            name => parts.push(name.to_owned()),
        }
    }
    let target = parts.join("/");
    let folder = format!("{target}/index.html");
    let known = tree.contains_key(&target) || tree.contains_key(folder.trim_start_matches('/'));
    assert!(known, "{page}: {link} leads nowhere");
}
