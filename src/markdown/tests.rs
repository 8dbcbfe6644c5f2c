//! Bodies as offices write them, and as nobody should.

use super::*;
use crate::diag::{Code, Diagnostic, Severity};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const ASSETS: &[&str] = &["图.png", "附件 1.pdf", "a.png"];

fn outcome(source: &str) -> Outcome<Body> {
    let assets = |path: &str| {
        let size = path.ends_with(".png").then_some((640, 480));
        ASSETS.contains(&path).then_some(Asset { size })
    };
    render(source, &Context { file: "content/drafts/2024-001/index.md", first_line: 11, assets: &assets })
}

/// The HTML of a body without problems.
fn page(source: &str) -> String {
    let outcome = outcome(source);
    assert_eq!(outcome.diagnostics, [], "{source}");
    outcome.value.rendered.html.with_prefixes("", "../../")
}

/// The problems of a body: code, line and column.
fn problems(source: &str) -> Vec<(Code, u32, u32)> {
    let place = |diagnostic: &Diagnostic| diagnostic.place.as_ref().unwrap().at.unwrap();
    let all = outcome(source).diagnostics;
    all.iter().map(|one| (one.code, place(one).line, place(one).column)).collect()
}

#[test]
fn line_break_between_chinese_characters_leaves_no_space() {
    for (source, expected) in [
        ("请停用\n并退货。", "请停用并退货。"),
        ("请**停用。**\n**并退货**", "请<strong>停用。</strong><strong>并退货</strong>"),
        ("见`型号`\n说明", "见<code>型号</code>说明"),
        ("他说“停用”\n并退货", "他说“停用”并退货"),
        ("use\nUSB", "use\nUSB"),
        ("停用\nUSB", "停用\nUSB"),
        ("葛\u{E0100}\n城", "葛\u{E0100}城"),
        ("停用  \n退货\\\n就医", "停用<br>\n退货<br>\n就医"),
    ] {
        assert_eq!(page(source), format!("<p>{expected}</p>\n"));
    }
    assert_eq!(
        page("[请\n停](https://a.cn/)\n用"),
        "<p><a href=\"https://a.cn/\" rel=\"noopener external\">请停</a>用</p>\n"
    );
}

#[test]
fn plain_text_has_a_line_for_each_block() {
    let body =
        outcome("## 怎么办？\n\n请**停用。**\n并退货 &lt;5mg。\n\n- 甲\n- 乙\n\n|丙|丁|\n|-|-|\n|戊|己|\n").value;
    assert_eq!(body.rendered.plain, "怎么办？\n请停用。并退货 <5mg。\n甲\n乙\n丙\t丁\n戊\t己");
}

#[test]
fn text_and_attributes_are_escaped() {
    assert_eq!(page("A&B <5mg \"甲\" `<b>&`"), "<p>A&amp;B &lt;5mg &quot;甲&quot; <code>&lt;b&gt;&amp;</code></p>\n");
    assert_eq!(
        page("[甲](https://a.cn/?a=1&b=2 '\"><script>')"),
        "<p><a href=\"https://a.cn/?a=1&amp;b=2\" title=\"&quot;&gt;&lt;script&gt;\" rel=\"noopener external\">甲</a></p>\n"
    );
    assert_eq!(
        page("```a\"b\n<x>\n```\n\n```json\n{}\n```"),
        "<pre tabindex=\"0\"><code>&lt;x&gt;\n</code></pre>\n<pre tabindex=\"0\"><code class=\"language-json\">{}\n</code></pre>\n"
    );
}

#[test]
fn headings_have_ids_and_links_to_them_are_checked() {
    let source =
        "## 误吞怎么办？\n\n[甲](#误吞怎么办) [乙](#%E8%AF%AF%E5%90%9E%E6%80%8E%E4%B9%88%E5%8A%9E)\n\n### 就 医\n";
    let body = outcome(source).value;
    assert_eq!(outcome(source).diagnostics, []);
    let html = body.rendered.html.with_prefixes("https://a.gov.cn/n/1/", "");
    assert!(html.starts_with("<h2 id=\"误吞怎么办\">误吞怎么办？</h2>\n"), "{html}");
    assert!(html.ends_with("<h3 id=\"就-医\">就 医</h3>\n"), "{html}");
    let encoded = "href=\"https://a.gov.cn/n/1/#%E8%AF%AF%E5%90%9E%E6%80%8E%E4%B9%88%E5%8A%9E\"";
    assert_eq!(html.matches(encoded).count(), 2, "{html}");
    let wrong = outcome("## 就医\n\n见[下](#就医?)").diagnostics;
    assert_eq!(wrong[0].code, Code::MarkdownAnchor);
    assert_eq!(wrong[0].hints, ["是否想写“#就医”"]);
}

#[test]
fn first_level_is_the_title_of_the_page() {
    let outcome = outcome("# 总标题 {#x}\n\n#### 跳级\n\n## \n");
    let html = outcome.value.rendered.html.with_prefixes("", "");
    assert!(html.starts_with("<h2 id=\"总标题-x\">总标题 {#x}</h2>\n<h4 "), "{html}");
    assert_eq!(html.matches("<h2 ").count(), 2, "{html}");
    assert!(
        outcome.diagnostics.iter().all(|one| one.severity == Severity::Warning && one.code == Code::MarkdownHeading)
    );
    assert_eq!(outcome.diagnostics.len(), 3);
}

#[test]
fn footnotes_are_numbered_by_reference_and_lead_back() {
    let source = "乙[^b]，甲[^甲]，再乙[^b]。\n\n[^甲]: 甲注。\n[^b]: 乙注[^c]。\n[^c]: 丙注。\n";
    let html = outcome(source).value.rendered.html.with_prefixes("https://a.cn/n/1/", "https://a.cn/");
    assert_eq!(outcome(source).diagnostics, []);
    insta::assert_snapshot!(html);
}

#[test]
fn wrong_footnotes_are_reported_and_nothing_is_lost() {
    let source = "见[^x]和\\[^y]。\n\n[^z]: 无人引用。\n";
    assert_eq!(problems(source), [(Code::MarkdownAnchor, 11, 2), (Code::MarkdownAnchor, 13, 1)]);
    let html = outcome(source).value.rendered.html.with_prefixes("", "");
    assert!(
        html.contains("<p>见[^x]和[^y]。</p>") && html.contains("<li id=\"fn-1\"><p>无人引用。</p>\n</li>"),
        "{html}"
    );
    let twice = outcome("见[^a]。\n\n[^a]: 一。\n\n[^a]: 二。\n");
    assert!(twice.has_errors());
    assert!(twice.value.rendered.html.with_prefixes("", "").contains("二。"));
}

#[test]
fn no_link_stands_in_a_link() {
    let definitions = "\n\n[b]: https://b.cn/\n\n[^1]: 注\n";
    for source in
        ["[甲[^1]](https://a.cn/)", "[甲[^1]][b]", "[甲 <https://c.cn/> 丁](https://a.cn/)", "[甲[b]](https://a.cn/)"]
    {
        let html = outcome(&format!("{source}{definitions}")).value.rendered.html.with_prefixes("", "");
        let open =
            html.match_indices("<a ").map(|(at, _)| (at, 1)).chain(html.match_indices("</a>").map(|(at, _)| (at, -1)));
        let mut order: Vec<(usize, i32)> = open.collect();
        order.sort_unstable();
        assert!(order.chunks(2).all(|pair| pair[0].1 == 1 && pair[1].1 == -1), "{html}");
    }
    assert_eq!(problems("[甲 <https://c.cn/>](https://a.cn/)"), [(Code::MarkdownUrl, 11, 4)]);
}

#[test]
fn pictures_need_a_description_and_a_file() {
    assert_eq!(
        page("![一枚**磁力珠**](图.png \"图 1\")"),
        "<figure><img src=\"%E5%9B%BE.png\" alt=\"一枚磁力珠\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\"><figcaption>图 1</figcaption></figure>\n"
    );
    let inline = outcome("见![珠](%E5%9B%BE.png)。");
    assert_eq!(inline.diagnostics, []);
    assert!(
        inline
            .value
            .rendered
            .html
            .with_prefixes("https://a.cn/n/1/", "")
            .starts_with("<p>见<img src=\"https://a.cn/n/1/%E5%9B%BE.png\" alt=\"珠\"")
    );
    assert_eq!(inline.value.references.images[0].value, Image { path: "图.png".to_owned(), alt: "珠".to_owned() });
    for (source, code) in [
        ("![](图.png)", Code::ImageAlt),
        ("![ ](图.png)", Code::ImageAlt),
        ("![甲](无.png)", Code::FileMissing),
        ("![甲](图.PNG)", Code::FileMissing),
        ("![甲](../x.png)", Code::FileOutside),
        ("![甲](%2E./x.png)", Code::FileOutside),
        ("![甲](/x.png)", Code::FileOutside),
        ("![甲](../2024-002)", Code::FileOutside),
        ("![甲](https://a.cn/x.png)", Code::MarkdownUrl),
        ("![甲](//a.cn/x.png)", Code::MarkdownUrl),
        ("![甲](data:image/png;base64,AAAA)", Code::MarkdownUrl),
    ] {
        assert_eq!(problems(&format!("甲乙 {source}")), [(code, 11, 4)], "{source}");
    }
}

#[test]
fn links_to_files_and_notices_get_prefixes() {
    let outcome = outcome("[甲](<附件 1.pdf#page=2>)、[乙](../2024-003/index.md#丙)");
    assert_eq!(outcome.diagnostics, []);
    assert_eq!(
        outcome.value.rendered.html.with_prefixes("", "../../"),
        "<p><a href=\"%E9%99%84%E4%BB%B6%201.pdf#page=2\">甲</a>、<a href=\"../../n/2024-003/index.html#%E4%B8%99\">乙</a></p>\n"
    );
    assert!(
        outcome
            .value
            .rendered
            .html
            .with_prefixes("https://a/?x&\"", "")
            .contains("href=\"https://a/?x&amp;&quot;%E9%99%84%E4%BB%B6%201.pdf")
    );
    assert_eq!(outcome.value.references.notice_links[0].value, "2024-003");
    assert_eq!(outcome.value.references.notice_links[0].at, crate::diag::Position::new(11, 24));
    assert_eq!(outcome.value.references.files[0].value, "附件 1.pdf");
}

#[test]
fn refused_addresses_are_not_written() {
    for address in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java&#115;cript:alert(1)",
        "java&Tab;script:alert(1)",
        "&#x1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "//evil.example",
        "/\\evil.example",
        "https://gov.cn@evil.example",
        "",
    ] {
        let outcome = outcome(&format!("[甲](<{address}>)"));
        assert!(outcome.has_errors(), "{address}");
        assert_eq!(outcome.value.rendered.html.with_prefixes("", ""), "<p>甲</p>\n", "{address}");
    }
    assert_eq!(problems("见 <javascript:alert(1)>"), [(Code::MarkdownUrl, 11, 3)]);
    assert_eq!(page("<a@b.cn>"), "<p><a href=\"mailto:a@b.cn\">a@b.cn</a></p>\n");
}

#[test]
fn raw_html_is_refused_where_it_stands() {
    let source = "甲<br>乙\n\n  <div>\n丙\n</div>\n\n<!-- 丁 -->\n\n甲**。**乙<b>戊</b>，<5mg、a<b\n";
    let html = |line, column| (Code::MarkdownHtml, line, column);
    assert_eq!(problems(source), [html(11, 2), html(13, 3), html(17, 1), html(19, 8), html(19, 12)]);
    let rendered = outcome(source).value.rendered.html.with_prefixes("", "");
    assert_eq!(rendered, "<p>甲乙</p>\n<p>甲<strong>。</strong>乙戊，&lt;5mg、a&lt;b</p>\n");
    assert_eq!(problems("![甲<b>乙](图.png)"), [html(11, 4)]);
    assert_eq!(outcome("甲<br/>乙").diagnostics[0].message, "正文不能含有 HTML 标签 <br>");
}

#[test]
fn tables_are_regions_with_heads() {
    let source = "|型号|数量|\n|:-|-:|\n|甲|1|\n|乙|\n\n|丙||\n|:-:|-|\n";
    insta::assert_snapshot!(page(source));
}

#[test]
fn lists_and_tasks() {
    let source = "3. 甲\n4. 乙\n   - 丙\n\n> 引\n\n- [x] 停用\n- [ ] 退货\n\n---\n\n- [x] 松\n\n- 散\n";
    insta::assert_snapshot!(page(source));
}

#[test]
fn sign_of_multiplication_is_not_lost_silently() {
    assert_eq!(problems("尺寸10*20*30毫米"), [(Code::MarkdownChar, 11, 5)]);
    assert_eq!(page("尺寸10\\*20\\*30毫米，10~20~30"), "<p>尺寸10*20*30毫米，10~20~30</p>\n");
}

#[test]
fn deceptive_characters_are_refused_in_every_disguise() {
    for (source, column) in [
        ("甲\u{202E}乙", 2),
        ("甲\u{0}乙", 2),
        ("甲&#x202e;乙", 2),
        ("甲&#27;乙", 2),
        ("甲\u{2E4F}乙", 2),
        ("甲&#x02E4f;乙", 2),
        ("甲&#11855;乙", 2),
        ("甲`\u{FFFE}`乙", 3),
        ("[甲](https://a.cn/ '&#x202e;')", 1),
        ("甲![&#x202e;](a.png)", 2),
    ] {
        let found = problems(source);
        assert!(found.contains(&(Code::MarkdownChar, 11, column)), "{source:?} {found:?}");
    }
}

#[test]
fn all_problems_are_reported_in_the_order_of_the_text() {
    let codes: Vec<_> =
        problems("# 甲\n\n<br>\n\n![](无.png)\n\n[乙](#丙) [丁](javascript:x)\n").iter().map(|one| one.0).collect();
    let expected = [
        Code::MarkdownHeading,
        Code::MarkdownHtml,
        Code::ImageAlt,
        Code::FileMissing,
        Code::MarkdownAnchor,
        Code::MarkdownUrl,
    ];
    assert_eq!(codes, expected);
    assert_eq!(outcome(&"<br>甲".repeat(500)).diagnostics.len(), 200);
}

#[test]
fn size_and_depth_are_bounded() {
    assert_eq!(problems(&"甲".repeat(100_000)), [(Code::MarkdownLimit, 11, 1)]);
    assert_eq!(problems(&format!("甲\n\n{}乙", ">".repeat(101))), [(Code::MarkdownLimit, 13, 1)]);
    let table = |columns: usize| format!("|{}\n|{}\n|1|\n", "甲|".repeat(columns), "-|".repeat(columns));
    assert_eq!(problems(&table(101)), [(Code::MarkdownLimit, 11, 1)]);
    assert_eq!(problems(&table(100)), []);
    assert_eq!(problems(&format!("{}乙", "> ".repeat(50))), []);
    for piece in [
        ">", "> ", "- ", "1. ", "* ", "+ - ", "[", "![", "*", "*a ", "_a ", "**a *", "~~a ", "[a](", "[^a]", "`", "<",
        "<a ", "&", "\\", "|", "a**b", "。**甲", "<!--", "[a]: ", "[^a]: ",
    ] {
        for source in [
            piece.repeat(10_000),
            format!("{}\n", piece.repeat(80)).repeat(100),
            format!("{}a{}", piece.repeat(5_000), "]".repeat(5_000)),
        ] {
            let start = Instant::now();
            outcome(&source);
            assert!(start.elapsed() < Duration::from_secs(2), "{piece:?}");
        }
    }
    let nested: String = (0..400).map(|depth| format!("{}- 甲\n", "  ".repeat(depth))).collect();
    assert_eq!(problems(&nested).len(), 1);
    let start = Instant::now();
    let long = "甲".repeat(20_000);
    assert_eq!(problems(&format!("## {long}\n\n[乙](#{long}丙)\n")), [(Code::MarkdownAnchor, 13, 1)]);
    outcome(&format!("{}\n{}", "- ".repeat(99), "\n".repeat(200_000)));
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

/// Pieces of random bodies.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "  ",
    "    ",
    "> ",
    "- ",
    "1. ",
    "- [ ] ",
    "# ",
    "## ",
    "---\n",
    "```\n",
    "|",
    "|-|-|\n",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "[",
    "](",
    ")",
    "![",
    "](图.png)",
    "](图.png \"题\")",
    "](https://a.cn/)",
    "](#甲)",
    "](../2024-003)",
    "](javascript:x)",
    "[^1]",
    "[^1]: ",
    "\n\n[^2]: ",
    "[^2]",
    "<b>",
    "</b>",
    "<!--",
    "<div>\n",
    "<https://a.cn>",
    "<",
    ">",
    "&",
    "&lt;",
    "&#x202e;",
    "\"",
    "'",
    "\\",
    "甲",
    "乙。",
    "「丙」",
    "a",
    "1",
    ":",
    "\u{2E4F}",
    "\u{202E}",
    "\u{0}",
    "😀",
    "\r\n",
    "\t",
];

/// Whether HTML is well-formed XML, once what HTML leaves open is closed.
fn is_well_formed(html: &str) -> bool {
    let closed =
        html.replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace("decoding=\"async\">", "decoding=\"async\"/>");
    let xml = format!("<body>{closed}</body>");
    let mut reader = quick_xml::Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return true,
            Ok(quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag)) => {
                if tag.attributes().any(|attribute| attribute.is_err()) {
                    return false;
                }
            }
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

#[test]
fn every_example_of_commonmark_becomes_well_formed_html() {
    let examples = include_str!("../../tests/fixtures/markdown/commonmark-0.31.json");
    for example in serde_json::from_str::<Vec<String>>(examples).unwrap() {
        let html = outcome(&example).value.rendered.html.with_prefixes("https://a.cn/n/1/", "https://a.cn/");
        assert!(is_well_formed(&html), "{example}\n{html}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_096) })]

    #[test]
    fn any_body_becomes_well_formed_html_of_our_own(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let source = pieces.concat();
        let outcome = outcome(&source);
        let html = outcome.value.rendered.html.with_prefixes("https://a.cn/n/1/", "https://a.cn/");
        prop_assert!(is_well_formed(&html), "{}", html);
        let ids: Vec<_> = html.split(" id=\"").skip(1).filter_map(|tail| tail.split('"').next()).collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        prop_assert!(unique.len() == ids.len(), "{}", html);
        for target in html.split("/#fn").skip(1).filter_map(|tail| tail.split('"').next()) {
            prop_assert!(ids.contains(&format!("fn{target}").as_str()), "{}", html);
        }
        for absent in ["<b>", "<div>", "javascript:x\"", "href=\"#", "src=\"图", "=\"n/"] {
            prop_assert!(!html.contains(absent), "{}: {}", absent, html);
        }
        prop_assert!(outcome.has_errors() || !html.contains(limits::is_refused));
        for diagnostic in &outcome.diagnostics {
            prop_assert!(diagnostic.place.as_ref().and_then(|place| place.at).is_some() && !diagnostic.hints.is_empty());
        }
    }
}
