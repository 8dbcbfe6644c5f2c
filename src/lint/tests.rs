//! Every rule against its own examples.

use super::*;
use crate::config::{self, Config};
use crate::diag::{Code, Diagnostic};
use crate::digest::Digest;
use crate::inputs::{Bundle, BundleFile, FileContent, Shelf};
use crate::metadata::{Entry, Metadata};
use crate::moment::Moment;
use crate::read::{self, Study};
use crate::review::Ledger;
use crate::route::RelPath;
use crate::standards::Register;
use std::collections::BTreeSet;

/// An ordinary notice, in which no rule finds anything.
const FRONT: &str = "id: T1
kind: 风险警示
title: 移动电源充电时过热（示例）
summary: 示例：这种移动电源充电时会过热。请停止使用。
risk_level: 较高风险
category: 移动电源
audience: [所有消费者]
hazards: [火灾, 烧烫伤]
actions:
  - 立即停止使用
  - 核对型号和批号
sources: [消费者投诉举报]
measures: [发布警示提示]
";
const BODY: &str = "本文为示例。\n\n## 为什么危险\n\n过热会引燃周围的物品。\n\n";
const NOW: &str = "2026-06-01T09:00:00+08:00";
const SITE: &str = "title: 示例网站
description: 示例
banner: 示例网站
base_url: https://www.example.gov.cn/fxjs/
tag: \"www.example.gov.cn,2024\"
bureau: {name: 示例局}
portal: {site_name: 甲, site_domain: www.example.gov.cn, site_id_code: \"0000000000\", column_name: 乙, column_description: 丙, column_keywords: 丁, column_type: 戊}
footer: {sponsor: 甲, contact: \"12315\", icp: 乙, police: 丙, government_mark_url: https://www.example.gov.cn/, error_report_url: https://www.example.gov.cn/}
";

/// Lines of YAML in which those of the same key replace earlier ones.
fn merge(base: &str, more: &str) -> String {
    let mut entries: Vec<(&str, String)> = Vec::new();
    for line in base.lines().chain(more.lines()) {
        let is_key = !line.starts_with([' ', '-']);
        let key = line.split(':').next().unwrap();
        match entries.last_mut() {
            Some((_, lines)) if !is_key => *lines += &format!("{line}\n"),
            _ => {
                entries.retain(|(known, _)| *known != key);
                entries.push((key, format!("{line}\n")));
            }
        }
    }
    entries.into_iter().map(|(_, lines)| lines).collect()
}

fn bundle(shelf: Shelf, front: &str, body: &str, files: &[(&str, &str)]) -> Bundle {
    let id = front.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
    let parent = if shelf == Shelf::Draft { "drafts" } else { "notices" };
    let file = |(name, text): &(&str, &str)| {
        let content =
            if name.ends_with(".csv") { FileContent::Csv(text.as_bytes().to_vec()) } else { FileContent::Other };
        let path = RelPath::parse(name).unwrap();
        let (len, digest) = (text.len() as u64, Digest::of(text.as_bytes()));
        BundleFile { path, len, digest, content, metadata: Metadata::default() }
    };
    Bundle {
        shelf,
        folder: RelPath::parse(&format!("content/{parent}/{id}")).unwrap(),
        id,
        version: None,
        index: Some(format!("---\n{front}---\n{body}").into_bytes()),
        files: files.iter().map(file).collect(),
    }
}

fn picture(name: &str, side: u32, len: u64) -> BundleFile {
    let content = FileContent::Image(side, side / 2);
    let digest = Digest::of(name.as_bytes());
    BundleFile { path: RelPath::parse(name).unwrap(), len, digest, content, metadata: Metadata::default() }
}

/// The `review` block of a notice that was signed on a day.
fn sign_off(day: &str) -> String {
    let digest = Digest::of(b"");
    format!("review:\n  - stage: 终审\n    by: 终审员\n    at: {day}T09:00:00+08:00\n    digest: {digest}\n")
}

/// A check of a small site.
pub(super) struct Trial {
    config: Config,
    bundles: Vec<Bundle>,
    now: Moment,
}

impl Trial {
    pub(super) fn of(parts: &[Part]) -> Self {
        let (mut front, mut body, mut site) = (FRONT.to_owned(), BODY.to_owned(), SITE.to_owned());
        let (mut files, mut bundles, mut described) = (Vec::new(), Vec::new(), Vec::new());
        let (mut signed, mut pictures) = (None, Vec::new());
        let mut unreadable = Vec::new();
        let mut now = Moment::parse(NOW).unwrap();
        for part in parts {
            match part {
                Part::Body(text) => body += &format!("{text}\n"),
                Part::Front(lines) => front = merge(&front, lines),
                Part::OnlyBody(text) => body = format!("{text}\n"),
                Part::File(name, text) => files.push((*name, *text)),
                Part::Image(name) => files.push((*name, "")),
                Part::Described(name, kind, label, value) => {
                    if !files.iter().any(|(other, _)| other == name) {
                        files.push((*name, ""));
                    }
                    let entry = Entry { kind: *kind, name: (*label).to_owned(), value: (*value).to_owned() };
                    described.push((*name, entry));
                }
                Part::Unreadable(name) => {
                    files.push((*name, ""));
                    unreadable.push(*name);
                }
                Part::Picture(name, side, bytes) => pictures.push(picture(name, *side, *bytes)),
                Part::Other(lines) => bundles.push(bundle(Shelf::Live, &merge(FRONT, lines), BODY, &[])),
                Part::Signed(day) => signed = Some(*day),
                Part::Site(lines) => site = merge(&site, lines),
                Part::Day(day) => now = Moment::parse(&format!("{day}T09:00:00+08:00")).unwrap(),
            }
        }
        let (shelf, review) = signed.map_or((Shelf::Draft, String::new()), |day| (Shelf::Live, sign_off(day)));
        let mut draft = bundle(shelf, &(front + &review), &body, &files);
        draft.files.extend(pictures);
        described.into_iter().for_each(|(name, entry)| {
            let named = draft.files.iter_mut().find(|file| file.path.as_str() == name);
            named.unwrap().metadata.entries.push(entry);
        });
        let is_unreadable = |file: &&mut BundleFile| unreadable.contains(&file.path.as_str());
        draft.files.iter_mut().filter(is_unreadable).for_each(|file| file.metadata.unreadable = true);
        bundles.insert(0, draft);
        Self::of_bundles(bundles, &site, now)
    }

    fn of_bundles(bundles: Vec<Bundle>, site: &str, now: Moment) -> Self {
        let config = config::read(site);
        assert_eq!(config.diagnostics, [], "{site}");
        Self { config: config.value.unwrap(), bundles, now }
    }

    pub(super) fn run(&self) -> Verdict {
        let standards = Register::bundled();
        let scope = Scope { config: &self.config, standards: &standards, now: self.now };
        let mut verdict = Verdict::default();
        let mut studies: Vec<Study> = Vec::new();
        for bundle in &self.bundles {
            let read = read::study(bundle, &self.config.vocabularies);
            let errors: Vec<&Diagnostic> = read.diagnostics.iter().collect();
            assert!(errors.is_empty(), "the example itself cannot be read: {errors:#?}");
            studies.push(read.value);
        }
        for (bundle, study) in self.bundles.iter().zip(&studies) {
            verdict.extend(notice(&Subject { bundle, study }, &scope));
        }
        let manuscripts: Vec<_> = studies.iter().filter_map(|study| study.manuscript.as_ref()).collect();
        verdict
            .extend(site(&Survey { manuscripts: &manuscripts, ledger: &Ledger::read(None).value, pages: &[] }, &scope));
        verdict
    }
}

/// The words that one rule marks, each with the signs between as they stand in the file; of a file as a whole its path.
pub(super) fn marked_in(rule: &'static Rule, parts: &[Part]) -> Vec<String> {
    let trial = Trial::of(parts);
    let text = |file: &str| {
        let same = |bundle: &&Bundle| file.starts_with(bundle.folder.as_str());
        let bundle = trial.bundles.iter().find(same).unwrap();
        let beside = bundle.files.iter().find(|other| file.ends_with(other.path.as_str()));
        match beside.map(|file| &file.content) {
            None => bundle.index.clone().unwrap(),
            Some(FileContent::Csv(bytes)) => bytes.clone(),
            Some(_) => panic!("{file} has no text"),
        }
    };
    let found = trial.run().diagnostics.into_iter().filter(|found| found.code.id() == rule.code);
    let words = found.map(|found| {
        let place = found.place.unwrap();
        let Some(at) = place.at else { return place.file };
        let text = String::from_utf8(text(&place.file)).unwrap();
        let line = text.lines().nth(at.line as usize - 1).unwrap();
        line.chars().skip(at.column as usize - 1).take(place.length as usize).collect()
    });
    words.collect()
}

/// The words that one rule marks in a body.
pub(super) fn marked(rule: &'static Rule, body: &'static str) -> Vec<String> {
    marked_in(rule, &[Part::Body(body)])
}

/// Asserts what a rule marks in each of several bodies.
pub(super) fn assert_marks(rule: &'static Rule, table: &[(&'static str, &[&str])]) {
    for (body, expected) in table {
        assert_eq!(marked(rule, body), *expected, "{body}");
    }
}

/// The codes of everything found in an example.
pub(super) fn codes(parts: &[Part]) -> Vec<&'static str> {
    Trial::of(parts).run().diagnostics.iter().map(|found| found.code.id()).collect()
}

#[test]
fn an_ordinary_notice_is_clean() {
    assert_eq!(Trial::of(&[]).run().diagnostics, []);
}

#[test]
fn every_rule_finds_its_bad_example_and_passes_its_good_one() {
    for rule in RULES {
        assert!(codes(rule.bad).contains(&rule.code), "{}: nothing found in the bad example", rule.code);
        let good = Trial::of(rule.good).run().diagnostics;
        assert!(good.iter().all(|found| found.code.id() != rule.code), "{}: {good:#?}", rule.code);
    }
}

#[test]
fn every_rule_is_documented() {
    let mut seen = BTreeSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.code), "{} stands twice", rule.code);
        assert!(Code::ALL.iter().all(|code| code.id() != rule.code), "{} is a code already", rule.code);
        assert!(rule.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.code);
        for text in [rule.title, rule.what, rule.why, rule.how] {
            assert!(text.chars().count() >= 6, "{}: “{text}” says too little", rule.code);
        }
        assert!(!rule.title.ends_with('。') && rule.what.ends_with('。') && rule.how.ends_with('。'), "{}", rule.code);
        assert!(!rule.bad.is_empty() && !rule.good.is_empty(), "{}", rule.code);
    }
}

#[test]
fn a_file_of_a_rule_is_named_after_its_code() {
    for rule in RULES {
        let path = format!("{}/src/lint/{}.rs", env!("CARGO_MANIFEST_DIR"), rule.code.replace('-', "_"));
        assert!(std::path::Path::new(&path).is_file(), "{path}");
    }
}

const PHONE: Part = Part::Body("请打 13800138000。");

#[test]
fn site_yaml_switches_a_rule_off_and_lowers_it() {
    assert_eq!(codes(&[PHONE]), ["personal-mobile"]);
    assert_eq!(codes(&[PHONE, Part::Site("check: {rules: [{rule: personal-mobile, level: 关}]}")]), [""; 0]);
    let lowered = Trial::of(&[PHONE, Part::Site("check: {rules: [{rule: personal-mobile, level: 说明}]}")]).run();
    assert_eq!(lowered.diagnostics[0].severity, crate::diag::Severity::Note);
    assert_eq!(codes(&[PHONE, Part::Site("check: {allow: [138 0013 8000]}")]), [""; 0]);
    let trial = Trial::of(&[Part::Site("check: {rules: [{rule: personal-mobil, level: 关}]}")]);
    let wrong = settings(&trial.config.check);
    assert_eq!(
        (wrong[0].code, wrong[0].hints.as_slice()),
        (Code::ConfigValue, ["您是不是想写“personal-mobile”？".to_owned()].as_slice())
    );
}

#[test]
fn an_exception_lets_one_place_stand_and_says_why() {
    let excused = Part::Front("exceptions:\n  - {rule: personal-mobile, text: 请打 138, reason: 单位值班手机}");
    let verdict = Trial::of(&[PHONE, excused]).run();
    assert_eq!(verdict.diagnostics, []);
    assert_eq!(verdict.excused[0].reason, "单位值班手机");
    let whole = Part::Front("exceptions:\n  - {rule: personal-mobile, text: 请打 13800138000, reason: 单位值班手机}");
    assert_eq!(Trial::of(&[PHONE, whole]).run().excused.len(), 1, "an exception is not itself looked at");
    let other = Trial::of(&[Part::Body("也可打 13900139000。"), excused]).run();
    let codes: Vec<_> = other.diagnostics.iter().map(|found| found.code.id()).collect();
    assert_eq!(codes, ["personal-mobile", "exception-unused"]);
}

#[test]
fn a_table_of_thousands_of_rows_and_a_paragraph_without_end_are_checked_at_once() {
    let rows: String = (0..3000).map(|row| format!("|{row}|GB 4943.1-2011|13800138000|ABC|\n")).collect();
    let table = format!("见下表。\n\n|序号|标准|电话|代号|\n|-|-|-|-|\n{rows}\n");
    let body: &'static str = Box::leak((table + &"按GB 4943.1-2011，".repeat(5_000)).into_boxed_str());
    let started = std::time::Instant::now();
    let verdict = Trial::of(&[Part::Body(body)]).run();
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    let mut numbers = verdict.diagnostics.iter().filter(|found| found.code.id() == "personal-mobile");
    let last = numbers.next_back().unwrap();
    assert_eq!(last.message, "同样的问题还有 2800 处，没有一一列出");
}

#[test]
fn numbers_too_large_for_a_notice_overflow_nothing() {
    let table = "见下表。\n\n|项目|抽样批次|\n|-|-|\n|甲|4000000000|\n|乙|4000000000|\n|合计|9|\n\n";
    let share = "抽样999999批次，999999批次不合格，占比为九百九百九百九百九百九百九百分之一。\n";
    let body: &'static str = Box::leak(format!("{table}{share}").into_boxed_str());
    assert!(codes(&[Part::Body(body)]).contains(&"number-mismatch"));
}
