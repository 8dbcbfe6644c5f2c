//! A body: what comes out is well-formed, ours, and without anything that runs.

use super::are_sound;
use jingshi::diag::Code;
use jingshi::markdown::{self, Asset, Context};
use std::collections::BTreeSet;

/// The bytes are a body.
pub fn run(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    let assets = |path: &str| (path == "图.png").then_some(Asset { size: Some((4, 3)) });
    let context = Context { file: "a.md", first_line: 1, assets: &assets };
    let outcome = markdown::render(source, &context);
    are_sound(&outcome.diagnostics, source);
    assert_eq!(outcome, markdown::render(source, &context), "rendering depends on nothing else");
    let html = outcome.value.rendered.html.with_prefixes("https://a.cn/n/1/", "https://a.cn/");
    is_well_formed(&html, outcome.has_errors());
    let refused = outcome.diagnostics.iter().any(|found| found.code == Code::MarkdownHtml);
    let anatomy = markdown::take_apart(source, &context);
    for passage in &anatomy.passages {
        assert!(passage.text.len() <= 8 << 10);
        let whole = 0..passage.text.len();
        let found = passage.finding(jingshi::diag::Severity::Note, Code::Usage, &whole, "甲".to_owned());
        are_sound(&[found], source);
    }
    let _ = markdown::foreign(source);
    // What has no signs of Markdown stands on the page as it was typed.
    let is_plain = |sign: char| sign.is_alphanumeric() || "，。：；？！“”（）《》、 ".contains(sign);
    // Other spaces are text.
    let text = source.trim_matches([' ', '\n']);
    if source.starts_with(|sign: char| sign.is_alphabetic()) && text.chars().all(is_plain) && !outcome.has_errors() {
        assert!(!refused);
        assert_eq!(outcome.value.rendered.plain.trim(), text);
        assert_eq!(html.trim(), format!("<p>{text}</p>"));
    }
}

/// The elements that a page may have; with every attribute that one may have.
const ELEMENTS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "code",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "em",
    "strong",
    "del",
    "a",
    "img",
    "figure",
    "figcaption",
    "br",
    "hr",
    "sup",
    "section",
    "input",
    "span",
    "div",
    "caption",
    "label",
];

fn is_well_formed(html: &str, has_errors: bool) {
    let closed = ["<br>", "<hr>", "decoding=\"async\">", "disabled>", "checked>"]
        .iter()
        .fold(html.to_owned(), |html, open| html.replace(open, &format!("{}/>", open.trim_end_matches('>'))));
    let closed = closed
        .replace(" disabled/>", " disabled=\"\"/>")
        .replace(" checked", " checked=\"\"")
        .replace("disabled checked", "disabled=\"\" checked");
    if has_errors && html.contains(markdown::is_refused) {
        return;
    }
    let document = format!("<body>{closed}</body>");
    let options = roxmltree::ParsingOptions { nodes_limit: 1 << 20, ..roxmltree::ParsingOptions::default() };
    let document =
        roxmltree::Document::parse_with_options(&document, options).unwrap_or_else(|error| panic!("{error}\n{html}"));
    let mut ids = BTreeSet::new();
    for element in document.descendants().filter(roxmltree::Node::is_element).skip(1) {
        let name = element.tag_name().name();
        assert!(ELEMENTS.contains(&name), "<{name}> in {html}");
        for attribute in element.attributes() {
            assert!(!attribute.name().starts_with("on") && attribute.name() != "style", "{html}");
            if attribute.name() == "id" {
                assert!(ids.insert(attribute.value().to_owned()), "an id twice: {html}");
            }
            if matches!(attribute.name(), "href" | "src") {
                let value = attribute.value();
                let known = ["https://", "http://", "mailto:", "tel:"];
                assert!(
                    known
                        .iter()
                        .any(|known| value.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known))),
                    "{value:?} in {html}"
                );
            }
        }
    }
}
