//! Cases with their expected HTML, the examples of CommonMark, and a comparison with comrak, which knows the amended
//! rule, over random text.

use super::{
    wide::{is_ideographic_selector, is_selector, is_wide},
    *,
};
use proptest::prelude::*;
use pulldown_cmark::html::push_html;

const CASES: &str = include_str!("../../../tests/fixtures/markdown/emphasis.txt");
const COMMONMARK: &str = include_str!("../../../tests/fixtures/markdown/commonmark-0.31.json");

/// Pieces of random text: markers, all kinds of neighbours, and what emphasis must not look into.
const PIECES: &[&str] = &[
    "*",
    "**",
    "**",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "`",
    "警",
    "示",
    "あ",
    "カ",
    "한",
    "𠮟",
    "。",
    "，",
    "、",
    "：",
    "！",
    "「",
    "」",
    "（",
    "）",
    "《",
    "》",
    "—",
    "…",
    "·",
    "“",
    "”",
    "‘",
    "’",
    "!",
    "(",
    ")",
    ",",
    ".",
    "\"",
    "&",
    "¥",
    "￥",
    "a",
    "Bc",
    "9",
    " ",
    " ",
    "\u{3000}",
    "\n",
    "😀",
    "⚠",
    "\u{FE0E}",
    "\u{FE0F}",
    "\u{FE00}",
    "\u{FE01}",
    "\u{E0100}",
    "é",
    "e\u{301}",
    "〽",
    "㊗",
    "[",
    "]",
    "[",
    "](x)",
    "[甲](乙)",
    "![图](x)",
    "\\",
    "`码`",
    "&amp;",
    "<https://a.cn/*b*>",
];

fn html(events: Events<'_>) -> String {
    let mut html = String::new();
    push_html(&mut html, events.into_iter().map(|(event, _)| event));
    html.replace("&quot;", "\"")
}

fn amended(source: &str) -> String {
    html(parse(source, &OnceCell::new()))
}

fn plain(source: &str) -> String {
    html(Parser::new_ext(source, OPTIONS).into_offset_iter().collect())
}

fn comrak(source: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.strikethrough = true;
    comrak::markdown_to_html(source, &options).replace("&quot;", "\"")
}

/// Where the two parsers differ for reasons that have nothing to do with Chinese text: pulldown-cmark lets `~~` open
/// inside a Latin word and counts it as punctuation beside `*`, also with a selector between, comrak looks through it; a
/// selector after a selector; a line break in a code span; unmatched backticks and `[]`, which comrak loses track of;
/// `~` beside an escaped one.
fn is_comparable(source: &str) -> bool {
    let characters: Vec<char> = source.chars().collect();
    let selector =
        |character: char| is_selector(character) || is_ideographic_selector(character) || character == '\u{FE0F}';
    let marker = |character: char| matches!(character, '*' | '_' | '~');
    let doubled = characters.windows(2).any(|pair| pair.iter().all(|&character| selector(character)));
    let broken_code = source.contains('`') && source.contains('\n') || source.contains("``") || source.contains("[]");
    let escaped_tilde = source.contains("\\~");
    let latin_tildes = source.match_indices("~~").any(|(at, run)| {
        let [before, after] = [source[..at].chars().next_back(), source[at + run.len()..].chars().next()];
        let [before, after] = [before.unwrap_or(' '), after.unwrap_or(' ')];
        marker(before)
            || marker(after)
            || selector(after)
            || !(is_wide(before) || is_wide(after) || before.is_whitespace())
    });
    !doubled && !escaped_tilde && !broken_code && !latin_tildes
}

#[test]
fn emphasis_stands_beside_chinese_punctuation() {
    for case in CASES.lines() {
        let (source, expected) = case.split_once('\t').unwrap();
        assert_eq!(amended(source).trim(), format!("<p>{expected}</p>"), "{source}");
    }
}

#[test]
fn commonmark_examples_are_unchanged() {
    let examples: Vec<String> = serde_json::from_str(COMMONMARK).unwrap();
    assert_eq!(examples.len(), 652);
    for example in examples {
        assert_eq!(amended(&example), plain(&example), "{example}");
    }
}

#[test]
fn ranges_point_into_the_source() {
    let source = "甲**乙。**丙[丁](戊)";
    let (buffer, mut texts) = (OnceCell::new(), Vec::new());
    for (event, range) in parse(source, &buffer) {
        if let Event::Text(text) = event {
            assert_eq!(&*text, &source[range], "{source}");
            texts.push(text.into_string());
        }
    }
    assert!(buffer.get().is_some(), "a second parse was needed");
    assert_eq!(texts, ["甲", "乙。", "丙", "丁"]);
}

#[test]
fn second_parse_only_where_the_rules_differ() {
    for source in
        ["**plain** text", "甲**乙**丙", "**甲。** 乙", "`甲**。**乙`", "    甲**。**乙", "<https://甲**。**乙>"]
    {
        let buffer = OnceCell::new();
        parse(source, &buffer);
        assert!(buffer.get().is_none(), "{source}");
    }
}

#[test]
fn link_text_still_finds_its_definition() {
    let source = "[甲**乙。**丙]\n\n[甲**乙。**丙]: https://a.cn \"题\"\n";
    assert_eq!(amended(source).trim(), "<p><a href=\"https://a.cn\" title=\"题\">甲<strong>乙。</strong>丙</a></p>");
}

#[test]
fn cells_of_a_table_are_borders() {
    let source = "|甲|乙|\n|-|-|\n|**「丙」**丁|戊**己。**|\n";
    assert!(amended(source).contains("<td><strong>「丙」</strong>丁</td><td>戊<strong>己。</strong></td>"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_096) })]

    #[test]
    fn agrees_with_comrak(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 2..14)) {
        // A letter in front keeps random markers from becoming lists and headings.
        let source = format!("x{}", pieces.concat());
        if is_comparable(&source) {
            prop_assert_eq!(amended(&source), comrak(&source), "{}", source);
        }
    }

    #[test]
    fn no_sentinel_and_no_wrong_range_comes_out(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        let source = pieces.concat();
        for (event, range) in parse(&source, &OnceCell::new()) {
            prop_assert!(source.get(range).is_some());
            let shown = format!("{event:?}");
            prop_assert!(!shown.contains(SENTINEL));
        }
    }
}
