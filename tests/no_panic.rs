//! Whatever stands in a file, reading it ends with a value or a message: never with a panic.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use jingshi::import::{self, Source};
use jingshi::inputs::{Bundle, BundleFile, FileContent, PageFile, Shelf};
use jingshi::lint::Scope;
use jingshi::metadata::{self, Entry};
use jingshi::moment::Moment;
use jingshi::review::Ledger;
use jingshi::route::RelPath;
use jingshi::standards::Register;
use jingshi::vocabulary::Vocabularies;
use jingshi::{compose, config, digest::Digest, read, ssh};
use proptest::prelude::*;

/// Pieces of which broken files are made: signs that mean something to YAML, Markdown, CSV or us, and Chinese text.
const PIECES: &[&str] = &[
    "---\n",
    "---",
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    " ",
    "\t",
    "　",
    ":",
    "：",
    "- ",
    "－",
    "#",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "，",
    "|",
    ">",
    "&a",
    "*a",
    "!!str ",
    "%",
    "@",
    "`",
    "~",
    "id: 2024-001\n",
    "编号: 2024-001\n",
    "kind: 风险警示\n",
    "title: 甲\n",
    "summary: 乙\n",
    "risk_level: 高风险\n",
    "review:\n",
    "\"review\":\n",
    "审签:\n",
    "  - stage: 初审\n",
    "    by: 丙\n",
    "    digest: ",
    "products:\n  - name: 丁\n",
    "findings: {file: a.csv, caption: 戊}\n",
    "image: {file: a.png, alt: 己}\n",
    "version: 2\n",
    "status: 更正\n",
    "change: {what: 庚, why: 辛}\n",
    "expires: 2024-13-40\n",
    "publish_at: 9999-12-31T23:59:59Z\n",
    "sampling: {batches: 99999999999, failed: -1}\n",
    "**",
    "__",
    "[^1]",
    "[^1]: 注\n",
    "![](a.png)",
    "[甲](../2024-002/)",
    "<b>",
    "|a|b|\n|-|-|\n",
    "- [ ] ",
    "```\n",
    "\\",
    "&#0;",
    "\u{0}",
    "\u{202e}",
    "😀",
    "é",
    "甲",
    "。",
    "0",
];

/// Pieces of web pages, most of them never closed.
const TAGS: &[&str] = &[
    "<h1>一、甲",
    "</h1>",
    "<p align=center>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "<a href='https://a.cn/'>",
    "</a>",
    "<ol start=3>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td colspan=9>",
    "<td rowspan=999999999>",
    "</table>",
    "<img src=a.png>",
    "<sup>2",
    "<br>",
    "<blockquote>",
    "<pre>",
    "<script>",
    "<div hidden>",
    "# 甲\n\n",
    "2026年3月5日\n\n",
    "PK\u{3}\u{4}",
    "（一）乙",
    "1.丙<p>2.丁",
];

/// What rules look for, in pieces.
const WORDS: &[&str] = &[
    "138",
    "0013",
    "8000",
    "１３８",
    "００１３",
    "－",
    " ",
    "-",
    ".",
    "*",
    "X",
    "ｘ",
    "140981",
    "19000101",
    "004",
    "6222",
    "晋H",
    "晋",
    "D12345",
    "护照",
    "E12345678",
    "家住",
    "光明小区",
    "3号楼",
    "２单元",
    "501室",
    "姓名：",
    "张三",
    "患者",
    "，男，",
    "身份证",
    "批号",
    "电话",
    "+86",
    "a@qq.com",
    "＠",
    "《",
    "》",
    "帐",
    "户",
    "工商局",
    "拨打",
    "12135",
    "机密",
    "★",
    "（内部资料）",
    "征求意见稿",
    "|",
    "\n\n",
    "https://www.",
    "。",
];

/// A configuration with words of its own.
const SITE: &str = "title: 示例网站
description: 示例
base_url: https://www.example.gov.cn/fxjs/
tag: \"www.example.gov.cn,2024\"
bureau: {name: 示例局}
portal: {site_name: 甲, site_domain: www.example.gov.cn, site_id_code: \"0000000000\", column_name: 乙, column_description: 丙, column_keywords: 丁, column_type: 戊}
footer: {sponsor: 甲, contact: \"12315\", icp: 乙, police: 丙, government_mark_url: https://www.example.gov.cn/, error_report_url: https://www.example.gov.cn/}
check: {allow: [13800138000], words: [{word: 光明}]}
";

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![8 => text().prop_map(String::into_bytes), 1 => prop::collection::vec(any::<u8>(), 0..200)]
}

fn notice(index: Vec<u8>, csv: Vec<u8>) -> Bundle {
    let file = |name: &str, content| BundleFile {
        path: RelPath::parse(name).unwrap(),
        len: 1,
        digest: Digest::of(b"x"),
        content,
        metadata: Default::default(),
    };
    Bundle {
        shelf: Shelf::Draft,
        folder: RelPath::parse("content/drafts/2024-001").unwrap(),
        id: "2024-001".to_owned(),
        version: None,
        index: Some(index),
        files: vec![file("a.csv", FileContent::Csv(csv)), file("a.png", FileContent::Image(1, 1))],
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_notice_panics(front in text(), body in bytes(), csv in bytes()) {
        let vocabularies = Vocabularies::default();
        let framed = [format!("---\n{front}\n---\n").as_bytes(), &body].concat();
        let sound = "---\nid: 2024-001\nkind: 消费提示\ntitle: 甲\nsummary: 乙\nfindings: {file: a.csv, caption: 丙}\n";
        let sound = [format!("{sound}---\n").as_bytes(), &body].concat();
        for index in [sound, framed, [front.as_bytes(), &body].concat(), body] {
            let outcome = read::manuscript(&notice(index, csv.clone()), &vocabularies);
            prop_assert!(outcome.value.is_some() || outcome.has_errors(), "nothing is dropped without a word");
        }
    }

    #[test]
    fn no_rule_of_the_check_panics(pieces in prop::collection::vec(prop::sample::select(WORDS), 0..40), note in text()) {
        let config = config::read(SITE).value.unwrap();
        let standards = Register::bundled();
        let scope = Scope { config: &config, standards: &standards, now: Moment::parse("2026-06-01T09:00:00+08:00").unwrap() };
        let body = pieces.concat();
        let head = "---\nid: 2024-001\nkind: 消费提示\ntitle: 甲\nsummary: 乙\n---\n";
        let table = format!("甲,身份证\n{},\"{}\"\n", body.replace([',', '"', '\n'], ""), body.replace('"', ""));
        let mut bundle = notice(format!("{head}{body}\n\n{note}").into_bytes(), table.into_bytes());
        let entry = Entry { kind: metadata::Kind::Text, name: "备注".to_owned(), value: format!("{body}{note}") };
        bundle.files[1].metadata.entries.push(entry);
        let _ = compose::studied(&bundle, &scope);
    }

    #[test]
    fn no_configuration_ledger_page_or_signature_panics(bytes in bytes()) {
        let text = String::from_utf8_lossy(&bytes);
        let outcome = config::read(&text);
        prop_assert!(outcome.value.is_some() || outcome.has_errors());
        let _ = Ledger::read(Some(&bytes));
        let _ = ssh::canonical(&text);
        let page = PageFile { path: RelPath::parse("content/pages/about.md").unwrap(), bytes: bytes.clone() };
        let outcome = read::prose(&page);
        prop_assert!(outcome.value.is_some() || outcome.has_errors());
    }

    #[test]
    fn no_file_to_import_panics(bytes in bytes(), tags in prop::collection::vec(prop::sample::select(TAGS), 0..40)) {
        let page = [tags.concat().into_bytes(), bytes.clone()].concat();
        for name in ["a.md", "a.html", "a.docx"] {
            let source = Source { name, bytes: page.clone(), beside: &|_| Some(b"\x89PNG\r\n\x1a\n".to_vec()) };
            let outcome = import::read(source);
            prop_assert!(outcome.value.is_some() || outcome.has_errors(), "nothing is dropped without a word");
        }
    }
}
