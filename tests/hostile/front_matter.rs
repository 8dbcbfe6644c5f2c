//! Front matter: YAML that explodes, nests, never ends, or is no text.

use crate::case::ID;
use crate::case::{draft, front_matter, run};
use crate::samples::notice;
use std::fmt::Write as _;

fn good() -> String {
    notice(ID, "水晶泥")
}

fn many(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, index| {
        writeln!(text, "{}", line(index)).unwrap();
        text
    })
}

/// Ten aliases of ten aliases …: nine levels are a billion.
fn laughs() -> String {
    let level = |index: usize| {
        let inner = if index == 0 { "甲".to_owned() } else { format!("*a{}", index - 1) };
        format!("a{index}: &a{index} [{}]", vec![inner; 10].join(","))
    };
    many(10, level)
}

#[test]
fn yaml_that_explodes_or_nests() {
    let deep = |open: &'static str, close: &'static str| {
        move || format!("actions: {}甲{}", open.repeat(10_000), close.repeat(10_000))
    };
    run(vec![
        front_matter("a billion laughs", laughs, "1 yaml-alias"),
        front_matter("laughs in blocks", || laughs().replace("&a", "\n  &a"), "1"),
        front_matter("an anchor that holds itself", || "related: &a [*a]".to_owned(), "1 yaml-alias"),
        front_matter("a merge key", || "<<: {title: 甲}".to_owned(), "1 key-unknown"),
        front_matter(
            "a hundred thousand anchors",
            || many(10_000, |index| format!("k{index}: &a{index} 甲")),
            "1 yaml-alias",
        )
        .heavy(),
        front_matter("brackets in brackets", deep("[", "]"), "1 yaml-syntax"),
        front_matter("brackets never closed", deep("[", ""), "1 yaml-syntax"),
        front_matter("a million brackets", || format!("actions: {}", "[".repeat(250_000)), "1 yaml-syntax"),
        front_matter("braces in braces", deep("{a: ", "}"), "1 yaml-syntax"),
        front_matter("braces never closed", deep("{", ""), "1 yaml-syntax"),
        front_matter("blocks in blocks", || many(700, |index| format!("{}k:", " ".repeat(index))), "1 yaml-syntax"),
        front_matter("dashes in dashes", || format!("actions:\n  {}甲", "- ".repeat(10_000)), "1 yaml-syntax"),
        front_matter("questions in questions", || format!("actions:\n  {}甲", "? ".repeat(10_000)), "1 yaml-syntax"),
        front_matter("tags", || format!("summary2: {}甲", "!!str ".repeat(10_000)), "1"),
        draft(
            "a title that would be a ledger's line",
            || good().replace("title: 水晶泥", &format!("title: {}", "水晶泥".repeat(10_000))).into_bytes(),
            "1 value-type",
        ),
        front_matter("too long", || format!("source: {}", "甲".repeat(100_000)), "1 yaml-limit"),
        front_matter("documents", || "--- \n".repeat(100_000), "1 markdown-limit"),
        front_matter("a list of a million", || format!("related: [{}]", "甲,".repeat(60_000)), "1 notice-id|1"),
        front_matter("a block list of a quarter million", || format!("related:\n{}", "- 甲\n".repeat(40_000)), "1"),
        front_matter("products without end", || format!("products:\n{}", "- name: 甲\n".repeat(20_000)), "1").heavy(),
    ]);
}

#[test]
fn yaml_that_is_wrong_in_every_line() {
    run(vec![
        front_matter("full-width colons", || many(16_000, |index| format!("键{index}：甲")), "1 yaml-full-width")
            .heavy(),
        front_matter("tabs in the front matter", || format!("actions2:\n{}", "\t- 甲\n".repeat(35_000)), "1 yaml-tab"),
        front_matter("colons in values", || many(18_000, |index| format!("k{index}: a: b")), "1 yaml-quote").heavy(),
        front_matter("comments", || many(18_000, |index| format!("k{index}: a #b")), "1 yaml-comment").heavy(),
        front_matter("unknown keys", || many(18_000, |index| format!("titel{index}: a")), "1 key-unknown").heavy(),
        front_matter("one key again and again", || "title: 甲\n".repeat(22_000), "1 yaml-duplicate"),
        front_matter("one long unknown key", || format!("{}: 甲", "t".repeat(250_000)), "1"),
        front_matter("one long unquoted line", || format!("source: {}", "a: ".repeat(80_000)), "1"),
        front_matter("one long title", || format!("titel: {}", "甲".repeat(80_000)), "1 key-unknown"),
        front_matter("quotes never closed", || format!("x: \"{}", "甲\n".repeat(60_000)), "1"),
        front_matter("quotes opened in every line", || many(20_000, |index| format!("k{index}: \"甲")), "1"),
        front_matter("escapes", || format!("x: \"{}\"", "\\x41".repeat(60_000)), "1 key-unknown"),
        front_matter(
            "unknown words",
            || format!("hazards2: [{}]\naudience2: [{}]", "爆裂,".repeat(30_000), "老人们,".repeat(5)),
            "1",
        ),
        front_matter("blank lines", || "\n".repeat(250_000), "0"),
        front_matter("half a review", || format!("review:\n{}", "  - stage: 初审\n".repeat(12_000)), "3 review-edited"),
        front_matter(
            "reviews without end",
            || {
                format!(
                    "review:\n{}",
                    "  - stage: 初审\n    by: 甲\n    at: 2024-05-01T09:00:00+08:00\n    digest: 3f9c\n".repeat(2_500)
                )
            },
            "3 review-edited",
        ),
        front_matter(
            "a folded text with a sign of its own",
            || "unit: \"甲\n  > 乙\n  | 丙\"".to_owned(),
            "1 key-unknown",
        ),
    ]);
}

#[test]
fn files_that_are_no_text() {
    let utf16 = |big: bool| {
        move || {
            let units = good()
                .encode_utf16()
                .flat_map(move |unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect::<Vec<_>>();
            [if big { [0xfe, 0xff] } else { [0xff, 0xfe] }.as_slice(), &units].concat()
        }
    };
    run(vec![
        draft("nothing", Vec::new, "1 front-matter-missing"),
        draft("zeros", || vec![0; 2 << 20], "1 front-matter-missing"),
        draft("a zero in the middle", || good().replace("收好", "收\0好").into_bytes(), "1"),
        draft("a zero in the body", || good().replace("放在", "放\0在").into_bytes(), "1 markdown-char"),
        draft("UTF-16, little end first", utf16(false), "1 encoding"),
        draft("UTF-16, big end first", utf16(true), "1 encoding"),
        draft("UTF-16 without a mark", || good().encode_utf16().flat_map(u16::to_le_bytes).collect(), "1"),
        draft("UTF-32", || good().chars().flat_map(|sign| u32::from(sign).to_le_bytes()).collect(), "1"),
        draft("bytes that are nothing", || vec![0xff; 2 << 20], "1 encoding"),
        draft("an overlong slash", || [good().as_bytes(), &[0xc0, 0xaf]].concat(), "1 encoding"),
        draft("half a surrogate", || [good().as_bytes(), &[0xed, 0xa0, 0x80]].concat(), "1 encoding"),
        draft(
            "a late wrong byte",
            || [good().as_bytes(), "甲".repeat(600_000).as_bytes(), &[0xff]].concat(),
            "1 encoding",
        ),
        draft("one mark after another", || format!("\u{feff}\u{feff}{}", good()).into_bytes(), "1"),
        draft("old line ends", || good().replace('\n', "\r").into_bytes(), "1"),
        draft(
            "a right-to-left title",
            || good().replace("title: 水晶泥", "title: 水晶\u{202e}gpj.泥").into_bytes(),
            "1 markdown-char",
        ),
        draft(
            "a terminal's orders as a key",
            || good().replace("title: 水晶泥", "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}2J: 水晶泥").into_bytes(),
            "1",
        ),
        draft(
            "a terminal's orders as values",
            || good().replace("高风险", "\u{1b}[31m\u{202e}高\u{85}\u{9b}2J").into_bytes(),
            "1",
        ),
        draft("a first line without end", || "-".repeat(2 << 20).into_bytes(), "1 front-matter-missing"),
        draft("a front matter never closed", || good().replacen("---\n\n", "\n", 1).repeat(2_000).into_bytes(), "1"),
        draft(
            "two megabytes and a byte",
            || format!("{}{}", good(), "\n".repeat(2 << 20)).into_bytes(),
            "1 file-too-large",
        ),
    ]);
}
