//! `import`: files that were written elsewhere, or made to do harm.

use crate::case::{Case, case, run};
use crate::media::zip;
use crate::site::Site;

fn import(
    name: &'static str,
    file: &'static str,
    bytes: impl Fn() -> Vec<u8> + 'static,
    expected: &'static str,
) -> Case {
    let make = move |site: &Site| site.put(file, bytes());
    let command: &[&str] = match file {
        "甲.html" => &["import", "甲.html", "--kind", "风险警示"],
        "甲.md" => &["import", "甲.md", "--kind", "风险警示"],
        _ => &["import", "甲.docx", "--kind", "风险警示"],
    };
    case(name, make).run(command, expected)
}

fn html(name: &'static str, page: impl Fn() -> String + 'static, expected: &'static str) -> Case {
    import(name, "甲.html", move || page().into_bytes(), expected)
}

fn markdown(name: &'static str, text: impl Fn() -> String + 'static, expected: &'static str) -> Case {
    import(name, "甲.md", move || text().into_bytes(), expected)
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A document with this inside its body.
fn docx(name: &'static str, inside: impl Fn() -> String + 'static, expected: &'static str) -> Case {
    let bytes = move || {
        let document = format!(
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{}</w:body></w:document>",
            inside()
        );
        zip(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", RELS.as_bytes()),
            ("word/document.xml", document.as_bytes()),
        ])
    };
    import(name, "甲.docx", bytes, expected)
}

#[test]
fn pages() {
    let nested = |open: &'static str, close: &'static str, times: usize| {
        move || format!("{}甲{}", open.repeat(times), close.repeat(times))
    };
    run(vec![
        html("an empty page", String::new, "0"),
        html("a page of zeros", || "\0".repeat(1 << 20), "1 import-format"),
        html("elements in elements", nested("<div>", "</div>", 10_000), "1 import-format"),
        html("elements in elements, nearly too deep", nested("<div>", "</div>", 4_900), "0"),
        html("bold in bold", nested("<b>", "</b>", 4_900), "0"),
        html("links in links of a page", nested("<a href=x>", "</a>", 4_900), "0"),
        html("fonts in fonts", nested("<font><p>", "</font>", 4_900), "0"),
        html("paragraphs never closed", || "<p>甲".repeat(200_000), "0"),
        html("bold never closed", || "<b><p>甲".repeat(2_000), "0"),
        html("formatting never closed", || "<b><i><u><s><p>".repeat(1_000), "0"),
        html("tables in tables", nested("<table><tr><td>", "</table>", 1_500), "0"),
        html("tables in tables that leave them", nested("<table><div>", "", 2_000), "0"),
        html("lists in lists of a page", nested("<ul><li>", "</ul>", 2_000), "0"),
        html(
            "a cell of many rows",
            || "<table><tr><td rowspan=999999999 colspan=999999999>甲<tr><td>乙</table>".to_owned(),
            "0",
        ),
        html(
            "cells of many rows",
            || format!("<table>{}</table>", "<tr><td rowspan=65534 colspan=1000>甲".repeat(2_000)),
            "0",
        ),
        html("a million cells", || format!("<table>{}</table>", "<tr><td>1<td>2".repeat(130_000)), "0"),
        html("a row of many cells", || format!("<table><tr>{}<tr><td>1</table>", "<td>1".repeat(200_000)), "0"),
        html("points in a page", || "<".repeat(1_900_000), "0"),
        html("open elements", || "<a ".repeat(600_000), "1 import-format"),
        html(
            "attributes",
            || format!("<p {}>甲", (0..100_000).map(|index| format!("a{index}=b ")).collect::<String>()),
            "1 import-format",
        ),
        html("entities in a page", || "&amp;&#x202e;&#0;".repeat(90_000), "0"),
        html("comments never closed of a page", || "<!--".repeat(500_000), "0"),
        html("scripts", || "<script>alert(1)</script><p onclick=x>甲".repeat(50_000), "0"),
        html(
            "pictures as data",
            || format!("<img src=\"data:image/png;base64,{}\">", "A".repeat(10 << 20)),
            "1 import-format",
        ),
        html(
            "pictures outside",
            || "<img src=../../../etc/passwd><img src=/etc/passwd><img src=file:///etc/passwd>".repeat(20_000),
            "0",
        ),
        html("a title of orders", || "<h1>\u{1b}[2J\u{202e}甲\u{9b}2J</h1><p>乙".to_owned(), "0"),
        html("a long title", || format!("<h1>{}</h1>", "甲".repeat(600_000)), "0"),
        html("ten megabytes of text of a page", || "危险品".repeat(1_100_000), "1 import-format"),
        import("a page that is no text", "甲.html", || vec![0xff; 1 << 20], "1 import-format"),
    ]);
}

#[test]
fn texts() {
    run(vec![
        markdown("an empty text", String::new, "0"),
        markdown("quotes in quotes of a text", || ">".repeat(10_000), "1 import-format"),
        markdown("brackets in a text", || "[".repeat(250_000), "0"),
        markdown("pages in a text", || "<b>甲\n\n".repeat(25_000), "0"),
        markdown("one page in a text, deep", || "<div>".repeat(10_000), "0"),
        markdown("parentheses in a text", || "(a)".repeat(80_000), "0"),
        markdown("stars and letters in a text", || "**甲，".repeat(25_000), "0"),
        markdown(
            "a table of many columns in a text",
            || format!("|{}\n|{}\n{}", "a|".repeat(90), "-|".repeat(90), "|1|\n".repeat(10_000)),
            "0",
        ),
        markdown("ten megabytes of text", || "危险品".repeat(1_100_000), "1 import-format"),
        markdown("a front matter of laughs", || "---\na: &a [x]\nb: [*a,*a]\n---\n甲\n".to_owned(), "0"),
        import("a text that is no text", "甲.md", || vec![0xff; 1 << 20], "1 import-format"),
    ]);
}

#[test]
fn documents() {
    let nested = |open: &'static str, close: &'static str, times: usize| {
        move || format!("{}<w:p><w:r><w:t>甲</w:t></w:r></w:p>{}", open.repeat(times), close.repeat(times))
    };
    run(vec![
        import("an empty document", "甲.docx", Vec::new, "1 import-format"),
        import("a document of zeros", "甲.docx", || vec![0; 10 << 20], "1 import-format"),
        import("an archive that is no document", "甲.docx", || zip(&[("a.txt", b"x")]), "1 import-format"),
        import(
            "a document that is a bomb",
            "甲.docx",
            || {
                zip(&[
                    ("[Content_Types].xml", TYPES.as_bytes()),
                    ("_rels/.rels", RELS.as_bytes()),
                    ("word/document.xml", &vec![b' '; 200 << 20]),
                ])
            },
            "1 import-format",
        )
        .heavy(),
        import(
            "a document of many parts",
            "甲.docx",
            || {
                let names: Vec<String> = (0..50_000).map(|index| format!("word/{index}.xml")).collect();
                zip(&names.iter().map(|name| (name.as_str(), b"".as_slice())).collect::<Vec<_>>())
            },
            "1 import-format",
        ),
        docx("a paragraph", nested("", "", 0), "0"),
        docx("tables in tables of a document", nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 3_000), "0"),
        docx(
            "elements in elements of a document",
            nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 10_000),
            "0",
        ),
        docx("elements of a document never closed", || "<w:p>".repeat(100_000), "0"),
        docx("paragraphs without end", || "<w:p><w:r><w:t>甲</w:t></w:r></w:p>".repeat(100_000), "0"),
        docx("runs without end", || format!("<w:p>{}</w:p>", "<w:r><w:t>甲</w:t></w:r>".repeat(100_000)), "0"),
        docx(
            "a cell of many columns",
            || {
                "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"999999999\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
                    .to_owned()
            },
            "0",
        ),
        docx(
            "a million cells of a document",
            || {
                format!(
                    "<w:tbl>{}</w:tbl>",
                    "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>".repeat(50_000)
                )
            },
            "0",
        ),
        docx("entities in a document", || "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>".to_owned(), "0"),
        docx("controls of a document", || "<w:p><w:r><w:t>\u{202e}甲&#x1b;[2J</w:t></w:r></w:p>".to_owned(), "0"),
    ]);
}
