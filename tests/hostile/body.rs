//! Bodies: Markdown on which parsers have been known to take for ever.

use crate::case::{Case, body, run};

/// The case with this piece again and again, up to nearly the limit of a body.
fn again(name: &'static str, piece: &'static str, expected: &'static str) -> Case {
    body(name, move || piece.repeat(250_000 / piece.len()), expected)
}

/// One after another, then each closed.
fn around(name: &'static str, open: &'static str, close: &'static str, expected: &'static str) -> Case {
    body(name, move || format!("{}甲{}\n", open.repeat(10_000), close.repeat(10_000)), expected)
}

#[test]
fn nesting() {
    run(vec![
        around("quotes", "> ", "", "1 markdown-limit"),
        around("quotes without spaces", ">", "", "1 markdown-limit"),
        around("lists in a line", "- ", "", "1 markdown-limit"),
        around("numbered lists in a line", "1. ", "", "1 markdown-limit"),
        body(
            "lists, each deeper",
            || (0..1_000).map(|depth| format!("{}- 甲\n", "  ".repeat(depth))).collect(),
            "1 markdown-limit",
        ),
        body(
            "quotes, each deeper",
            || (0..1_000).map(|depth| format!("{}甲\n\n", "> ".repeat(depth))).collect(),
            "1 markdown-limit",
        ),
        around("emphasis", "*甲 ", " 甲*", "1 markdown-limit"),
        around("emphasis of both kinds", "*a **b ", " c** d*", "1"),
        around("brackets", "[", "]", "0"),
        around("links in links", "[", "](a)", "1"),
        around("pictures in pictures", "![", "](a.png)", "1"),
        around("footnotes in footnotes", "[^1", "]", "0"),
        around("parentheses of an address", "[a](", ")", "1"),
        around("strikes", "~~", "~~", "1 body-empty"),
        around("code", "`", "`", "0"),
        around("raw elements", "<b>", "</b>", "1 markdown-html"),
    ]);
}

#[test]
fn repetition() {
    run(vec![
        again("parentheses", "(a)", "0"),
        again("addresses in parentheses", "(http://a)", "0"),
        again("open brackets", "[", "0"),
        again("open pictures", "![", "0"),
        again("closed brackets", "]", "0"),
        again("a link never closed", "[a](", "0"),
        again("a link with a title never closed", "[a](b \"", "0"),
        again("an address in points never closed", "[a](<b", "0"),
        again("a reference never met", "[a][b]", "0"),
        again("a footnote never met", "[^a]", "0"),
        again("stars", "*", "1 body-empty"),
        again("stars and spaces", "* ", "1 markdown-limit"),
        again("stars and letters", "*a", "0"),
        again("stars, letters, underscores", "*a_", "0"),
        again("double stars and signs", "**甲，", "0"),
        again("stars of three kinds", "*a **a ", "0"),
        again("strikes and letters", "~a", "0"),
        again("backticks", "`", "1 body-empty"),
        body("backticks, ever more", || (1..700).map(|count| format!("{}a", "`".repeat(count))).collect(), "0"),
        again("backslashes", "\\", "0"),
        again("ampersands", "&", "0"),
        again("entities", "&amp;", "0"),
        again("entities never closed", "&#x", "0"),
        again("points", "<", "0"),
        again("comments never closed", "<!--", "1 markdown-html"),
        again("instructions never closed", "<?", "1"),
        again("declarations never closed", "<!A", "1 markdown-html"),
        again("character data never closed", "<![CDATA[", "1"),
        again("elements never closed", "<a b=\"", "0"),
        again("mailboxes never closed", "<a@b.", "0"),
        again("raw elements never closed", "<b>", "1 markdown-html"),
        again("hard breaks", "a  \n", "0"),
        again("rules", "***\n\n", "1 body-empty"),
        again("lines of one sign", "a\n", "0"),
        again("paragraphs of one sign", "a\n\n", "0"),
        again("underlines", "a\n-\n", "1 body-empty"),
        again("headings", "## 甲\n", "1 body-empty"),
        again("empty headings", "##\n", "1 markdown-heading"),
        again("headings too high", "# 甲\n", "1 markdown-heading"),
        again("quotes, one under the other", "> 甲\n", "0"),
        again("quotes and paragraphs", "> 甲\n\n", "0"),
        again("items", "- 甲\n", "0"),
        again("items far apart", "- 甲\n\n\n", "0"),
        again("tasks", "- [ ] 甲\n", "0"),
        again("fences", "```\n", "1 body-empty"),
        again("tabs", "\t", "1 markdown-limit"),
        again("spaces", " ", "1"),
        again("carriage returns", "\r", "1 body-empty"),
        again("control characters", "\u{1}", "1 markdown-char"),
        again("bidi controls", "\u{202e}", "1 markdown-char"),
        again("control characters as numbers", "&#1;", "1"),
        again("signs that combine", "e\u{301}\u{301}\u{301}", "0"),
        again("emoji families", "👨\u{200d}👩\u{200d}👧", "0"),
        again("Chinese quotes", "“", "0"),
        again("Chinese brackets", "（", "0"),
        again("book titles", "《", "0"),
        again("a long Chinese sentence", "危险品", "0"),
        again("digits", "1", "0"),
        again("mobile numbers", "13812345678，", "1"),
        again("full-width numbers", "１３８", "0"),
        again("numbers with units", "3千克", "0"),
        again("addresses of homes", "家住光明小区3号楼2单元", "1 personal-address"),
        again("addresses of homes with rooms", "家住光明小区3号楼2单元501室。", "1 personal-address"),
        again("links without protocol", "www.a", "0"),
        again("mailboxes", "a@b.cn ", "0"),
        again("one mailbox", "a@", "0"),
        again("standards", "GB 4806.7-2016、", "0"),
        again("standards cut off", "GB ", "0"),
        again("wrong words", "帐户", "0"),
        again("secret marks", "机密★", "1 secret-mark"),
        again("commas of both kinds", "甲,乙，", "0"),
    ]);
}

#[test]
fn links_notes_and_tables() {
    run(vec![
        body(
            "references, each defined and used",
            || (0..4_000).map(|index| format!("[甲][a{index}]\n\n[a{index}]: https://a.cn/{index}\n\n")).collect(),
            "0",
        ),
        body(
            "a long reference used again and again",
            || format!("[a]: https://a.cn/{}\n\n{}", "b".repeat(20_000), "[甲][a] ".repeat(22_000)),
            "0",
        ),
        body(
            "a long title used again and again",
            || format!("[a]: https://a.cn/ \"{}\"\n\n{}", "b".repeat(20_000), "[甲][a] ".repeat(22_000)),
            "0",
        ),
        body(
            "definitions never used",
            || (0..17_000).map(|index| format!("[a{index}]: b\n")).collect(),
            "1 body-empty",
        ),
        body("one definition again and again", || "[a]: b\n".repeat(35_000), "1 body-empty"),
        body(
            "footnotes, each defined and used",
            || (0..7_000).map(|index| format!("甲[^{index}]\n\n[^{index}]: 乙\n\n")).collect(),
            "0",
        ),
        body("a footnote used again and again", || format!("[^1]: 乙\n\n{}", "甲[^1]".repeat(30_000)), "0"),
        body("a footnote in itself", || "甲[^1]\n\n[^1]: 乙[^1]\n".to_owned(), "0"),
        body(
            "footnotes in a ring",
            || (0..10_000).map(|index| format!("[^{index}]: 乙[^{}]\n\n", (index + 1) % 10_000)).collect(),
            "0",
        ),
        body("footnotes never used", || (0..14_000).map(|index| format!("[^{index}]: 乙\n\n")).collect(), "0"),
        body("headings of one name", || "## 甲\n\n".repeat(30_000), "1 body-empty"),
        body("headings of one long name", || format!("## {}\n\n", "甲".repeat(10_000)).repeat(8), "1 body-empty"),
        body(
            "anchors never met",
            || (0..8_000).map(|index| format!("[甲](#a{index})\n\n## b{index}\n\n")).collect(),
            "1 markdown-anchor",
        ),
        body(
            "notices never met",
            || (0..8_000).map(|index| format!("[甲](../2030-{index:03}/index.md)\n\n")).collect(),
            "0",
        ),
        body(
            "files never met",
            || (0..8_000).map(|index| format!("[甲](a{index}.pdf)\n\n")).collect(),
            "1 file-missing",
        ),
        body("one picture again and again", || "![甲](a.png)\n\n".repeat(15_000), "1"),
        body("scripts as addresses", || "[甲](javascript:alert(1))\n\n".repeat(8_000), "1 markdown-url"),
        body("one long address", || format!("[甲](https://a.cn/{})", "%2e".repeat(80_000)), "0"),
        body(
            "a table of many columns",
            || format!("|{}\n|{}\n|{}\n", "a|".repeat(20_000), "-|".repeat(20_000), "1|".repeat(20_000)),
            "1 markdown-limit",
        ),
        body(
            "a table of many columns and short rows",
            || format!("|{}\n|{}\n{}", "a|".repeat(10_000), "-|".repeat(10_000), "|1|\n".repeat(50_000)),
            "1 markdown-limit",
        ),
        body("a table of many rows", || format!("|a|b|\n|-|-|\n{}", "|1|2|\n".repeat(40_000)), "0"),
        body("a table of empty cells", || format!("|a|b|\n|-|-|\n{}", "|||\n".repeat(60_000)), "0"),
        body("tables without end", || "|a|\n|-|\n|1|\n\n".repeat(18_000), "0"),
        body(
            "a table of homes",
            || {
                format!(
                    "|住址|{}\n|-|{}\n|光明小区3号楼2单元501室|{}\n",
                    "a|".repeat(6_000),
                    "-|".repeat(6_000),
                    "光明小区3号楼2单元501室|".repeat(6_000)
                )
            },
            "1 markdown-limit",
        ),
        body(
            "a line with a thousand findings",
            || format!("{}{}", "甲".repeat(70_000), "见13812345678，".repeat(1_000)),
            "1 personal-mobile",
        ),
    ]);
}
