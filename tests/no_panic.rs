//! Whatever stands in a file, reading it ends with a value or a message: never with a panic.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use jingshi::import::{self, Source};
use jingshi::inputs::{Bundle, BundleFile, FileContent, PageFile, Shelf};
use jingshi::review::Ledger;
use jingshi::route::RelPath;
use jingshi::vocabulary::Vocabularies;
use jingshi::{config, digest::Digest, read, ssh};
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
