//! Checks of what people read in an item.

use super::super::document::Format;
use super::super::html::{facts, fold};
use super::super::published::{BASE, Published};
use super::super::truth::page_of;
use super::{demand, each_item, same};

/// The elements an item may be made of.
const ELEMENTS: [&str; 45] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "i",
    "img",
    "input",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// 15.
pub fn summaries(published: &Published) -> Result<(), String> {
    each_item(published, |_, item| {
        demand(item.odd_types.is_empty(), || format!("{:?}", item.odd_types))?;
        let length = item.summary.chars().count();
        demand(length <= 200, || format!("its summary has {length} characters"))?;
        // Escaped for HTML only where HTML would not show what was written.
        let needs_it = || may_be_reference(&item.summary) || facts(&item.summary).text != item.summary;
        demand(item.raw_summary == item.summary || needs_it(), || format!("escaped twice: {}", item.raw_summary))?;
        let Some(truth) = published.truth(&item.id) else { return Ok(()) };
        // What was escaped twice, or is not plain, does not hold what was written.
        let change = truth.front.change.as_ref().map(|change| change.what.as_str());
        let written = fold(change.unwrap_or(&truth.front.summary));
        let start: String = written.chars().take(60).collect();
        demand(item.summary.contains(&start), || format!("“{}” instead of “{start}…”", item.summary))
    })
}

/// Whether a text has what may be a character reference.
fn may_be_reference(text: &str) -> bool {
    let named = |rest: &str| rest.len() > 1 && rest.bytes().take(2).all(|byte| byte.is_ascii_alphanumeric());
    text.split('&').skip(1).any(|rest| rest.starts_with('#') || named(rest))
}

/// 16.
pub fn whole(published: &Published) -> Result<(), String> {
    each_item(published, |_, item| {
        let own = published.truth(&item.id).map(|truth| format!("{BASE}{}", page_of(truth)));
        let other = item.elsewhere.iter().find(|(address, _)| Some(format!("{address}index.html")) != own);
        demand(other.is_none(), || format!("its text is said to stand at {other:?}"))?;
        if item.content.is_empty() {
            return Ok(());
        }
        demand(item.html.errors.is_empty(), || format!("broken HTML: {:?}", item.html.errors))?;
        let Some(truth) = published.truth(&item.id) else { return Ok(()) };
        let missing = truth.shown.iter().find(|part| !item.html.blocks.contains(*part));
        demand(missing.is_none(), || format!("the content lacks “{}”", missing.map_or("", String::as_str)))
    })
}

/// 17.
pub fn absolute(published: &Published) -> Result<(), String> {
    each_item(published, |_, item| {
        let schemes = ["https://", "http://", "tel:", "mailto:"];
        let relative = item.html.addresses.iter().find(|address| !schemes.iter().any(|it| address.starts_with(it)));
        // An address without a scheme that is allowed may be one that acts: that is another check's.
        let acts = |address: &str| address.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '#', '?']));
        match relative {
            Some(address) if !acts(address) => Err(format!("“{address}” is relative")),
            _ => Ok(()),
        }
    })
}

/// 18.
pub fn inert(published: &Published) -> Result<(), String> {
    each_item(published, |document, item| {
        // Most readers take the description of RSS for HTML.
        if document.format == Format::Rss {
            same("elements of the summary", facts(&item.raw_summary).names, Vec::new())?;
        }
        for name in &item.html.names {
            let (element, attribute) = name.split_once('@').unwrap_or((name, ""));
            demand(ELEMENTS.contains(&element), || format!("an element {element}"))?;
            let acts = attribute.starts_with("on") || matches!(attribute, "style" | "srcdoc" | "formaction" | "ping");
            demand(!acts, || format!("an attribute {name}"))?;
        }
        let schemes = ["https", "http", "tel", "mailto"];
        let scheme = |address: &String| {
            let scheme = url::Url::parse(address).map(|url| url.scheme().to_owned());
            scheme.is_ok_and(|scheme| !schemes.contains(&scheme.as_str()))
        };
        let acting = item.html.addresses.iter().find(|address| scheme(address));
        demand(acting.is_none(), || format!("an address {acting:?}"))
    })
}

/// 19.
pub fn titles(published: &Published) -> Result<(), String> {
    each_item(published, |_, item| {
        let Some(truth) = published.truth(&item.id) else { return Ok(()) };
        let is_written = item.title.ends_with(&truth.front.title);
        demand(is_written, || format!("“{}” instead of “{}”", item.title, truth.front.title))
    })
}

/// 23.
pub fn pictures(published: &Published) -> Result<(), String> {
    each_item(published, |_, item| {
        for (address, description) in &item.html.images {
            let described = description.as_ref().is_some_and(|text| !text.is_empty());
            demand(described, || format!("{address} has no description"))?;
            demand(address.starts_with("https://"), || format!("{address} is not absolute"))?;
        }
        demand(item.enclosures.len() <= 1, || format!("{} enclosures", item.enclosures.len()))?;
        let truth = published.truth(&item.id).filter(|truth| !truth.event.ends_with("撤销"));
        let picture = truth.and_then(|truth| truth.front.image.as_ref());
        let file = |(address, ..): &(String, String, String)| super::together::path_of(address);
        let file = item.enclosures.first().and_then(file).and_then(|path| Some(path.rsplit_once('/')?.1.to_owned()));
        same("enclosure", file, picture.map(|picture| picture.file.clone()))?;
        item.enclosures.iter().try_for_each(|(address, length, kind)| {
            let path = super::together::path_of(address).ok_or_else(|| format!("{address} is not of the site"))?;
            let bytes = published.tree.get(&path).ok_or_else(|| format!("{address} is not there"))?;
            same("length", length.as_str(), &bytes.len().to_string())?;
            same("type", kind.as_str(), sniffed(bytes))
        })
    })
}

/// The media type of a picture by its first bytes.
fn sniffed(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ if facts(&String::from_utf8_lossy(bytes)).names.iter().any(|name| name == "svg") => "image/svg+xml",
        _ => "unknown",
    }
}
