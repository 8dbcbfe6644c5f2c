//! What is written shows the text of the source, whatever signs are in it.

use super::*;
use crate::import::document::Paragraph;
use proptest::prelude::*;

fn written(blocks: Vec<Block>) -> String {
    write(&Document { blocks, ..Document::default() }, &mut Losses::default())
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph { content, ..Paragraph::default() })
}

fn item(level: u8, number: Option<u64>, text: &str) -> Block {
    Block::Item { level, number, content: vec![Inline::plain(text)] }
}

#[test]
fn signs_of_markdown_stay_signs() {
    let lines =
        ["# 甲", "- 乙", "1. 丙", "X_1*2* <b> a|b [c](d) ![e](f) &amp; `g` ~~h~~ \\", "+ 丁", "====", "> 戊", "12) 己"];
    let body = written(lines.into_iter().map(|line| paragraph(vec![Inline::plain(line)])).collect());
    insta::assert_snapshot!(body);
}

#[test]
fn lists_keep_their_levels_and_numbers() {
    let blocks = vec![
        item(0, None, "甲"),
        item(1, Some(1), "乙"),
        item(1, Some(2), "丙"),
        item(0, None, "丁"),
        item(0, Some(9), "戊"),
        item(0, Some(10), "己"),
        item(3, None, "庚"),
        item(0, Some(1), "另一个列表"),
        item(0, Some(2), "辛"),
    ];
    insta::assert_snapshot!(written(blocks));
}

#[test]
fn an_address_cannot_leave_its_brackets() {
    let link = |address: &str| Inline::Link { address: address.to_owned(), content: vec![Inline::plain("链接")] };
    let body = written(vec![
        paragraph(vec![link("https://example.gov.cn/a(b)?c=1&copy;=2")]),
        paragraph(vec![link("javascript:alert(1)")]),
        paragraph(vec![link("")]),
        Block::Table(vec![vec![vec![link("https://example.gov.cn/a|b")], vec![Inline::plain("a|b")]]]),
    ]);
    insta::assert_snapshot!(body);
}

const PIECES: &[&str] = &[
    "甲",
    "乙。",
    "“丙”",
    "a",
    "1",
    ".",
    ")",
    " ",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "`",
    "#",
    "|",
    "\\",
    "<b>",
    "&",
    "&amp;",
    "&#35;",
    "!",
    "[",
    "]",
    "(",
    "[^1]",
    "- ",
    "+",
    "=",
    ":",
    ">",
    "—",
    "（",
    "）",
    "http://a.cn",
    "---",
    "1. ",
];

fn inline() -> impl Strategy<Value = Inline> {
    let text = prop::collection::vec(prop::sample::select(PIECES), 1..6).prop_map(|pieces| pieces.concat());
    prop_oneof![
        8 => (text.clone(), any::<bool>(), any::<bool>(), any::<bool>())
            .prop_map(|(text, bold, italic, strike)| Inline::Text(text, Style { bold, italic, strike })),
        1 => text.prop_map(|text| Inline::Link { address: "https://a.cn/".to_owned(), content: vec![Inline::plain(text)] }),
        1 => Just(Inline::Break),
    ]
}

fn line() -> impl Strategy<Value = Vec<Inline>> {
    prop::collection::vec(inline(), 1..5)
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        3 => line().prop_map(paragraph),
        1 => line().prop_map(|content| Block::Heading { level: 2, content }),
        1 => line().prop_map(Block::Quote),
        2 => (0..3_u8, prop::option::of(1..4_u64), line())
            .prop_map(|(level, number, content)| Block::Item { level, number, content }),
        1 => prop::collection::vec(line(), 2).prop_map(|row| {
            let row: Vec<Vec<Inline>> = row.into_iter()
                .map(|cell| cell.into_iter().filter(|part| *part != Inline::Break).collect()).collect();
            Block::Table(vec![row.clone(), row])
        }),
    ]
}

fn block_text(block: &Block) -> String {
    match block {
        Block::Heading { content, .. } | Block::Quote(content) | Block::Item { content, .. } => text(content),
        Block::Paragraph(paragraph) => text(&paragraph.content),
        Block::Table(rows) => rows.iter().flatten().map(|cell| text(cell)).collect(),
        Block::Code(code) => code.clone(),
        Block::Rule => String::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_markdown_of_any_document_shows_its_text(blocks in prop::collection::vec(block(), 1..5)) {
        let expected: String = blocks.iter().map(block_text).collect();
        let body = written(blocks);
        prop_assert!(is_faithful(&body, &expected), "{body}\n≠\n{expected}");
    }
}
