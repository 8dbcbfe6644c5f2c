//! Sites whose texts nobody thought of.

use super::super::published::Published;
use super::super::sites::BUREAU;
use crate::samples::{MARKER, STAGES, notice};
use crate::site::Site;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Pieces that mean something to XML, HTML, JSON, Markdown, YAML or a template, and characters that are rarely tried.
const PIECES: [&str; 44] = [
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<",
    ">",
    "&",
    "&amp;",
    "&#0;",
    "&lt;b&gt;",
    "<b>",
    "</title>",
    "\"",
    "'",
    "\\",
    "\\u0000",
    "\\n",
    "{{",
    "}}",
    "{%",
    "%}",
    "#}",
    "|",
    "*",
    "_",
    "`",
    "[x](y)",
    "?>",
    "<?",
    "：",
    "，",
    "。",
    "中文",
    "词",
    "a",
    "A&B",
    "5%",
    "😀",
    "👩‍👩‍👧",
    "e\u{301}",
    "𠮷",
    "\u{a0}",
    "\u{3000}",
    "שלום",
];

/// A text that begins and ends with a letter, so that nothing is trimmed.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES.as_slice()).prop_map(str::to_owned),
        1 => "[\u{21}-\u{7e}\u{a1}-\u{ff}\u{4e00}-\u{4e80}\u{1f600}-\u{1f640}]",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| format!("题{}末", pieces.concat()))
}

#[test]
fn all_parsers_agree_on_random_texts() {
    let mut runner =
        TestRunner::new(Config { cases: 2, failure_persistence: None, max_shrink_iters: 0, ..Config::default() });
    let notices = proptest::collection::vec((text(), text(), text()), 40);
    let agree = |notices: Vec<_>| {
        super::all_agree(&published(&notices));
        Ok(())
    };
    runner.run(&notices, agree).unwrap();
}

/// A site of these titles, summaries and texts.
fn published(notices: &[(String, String, String)]) -> Published {
    let site = Site::new();
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    for (number, (title, summary, body)) in notices.iter().enumerate() {
        let id = format!("2024-{:03}", number + 1);
        let text = notice(&id, "占位").replace("占位，摘要。", &quoted(summary)).replace("占位", &quoted(title));
        site.draft(&id, &text.replace(&format!("{MARKER}。"), &format!("```\n{body}\n```")));
    }
    for stage in STAGES {
        site.sign(stage, "content/drafts").exits(0);
    }
    Published::of(&site, BUREAU, "2024-07-01T00:00:00+08:00")
}
