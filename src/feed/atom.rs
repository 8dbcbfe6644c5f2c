//! Atom 1.0 (RFC 4287) with the whole text, and its archives (RFC 5005).

use super::document::Document;
use super::entry::Ready;
use super::item::{Body, Item};
use super::links;
use crate::diag::Diagnostic;
use crate::pages::Frame;
use crate::site::Format;
use crate::xml::{Fragment, Xml, XmlError};

const ROOT: [(&str, &str); 3] = [
    ("xmlns", "http://www.w3.org/2005/Atom"),
    ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
    ("xml:lang", "zh-CN"),
];

/// The bytes of a document.
pub(super) fn write(frame: &Frame<'_>, document: &Document<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let entries = document.entries.iter().map(|entry| entry.ready(|kept| &kept.atom, |item| fragment(frame, item)));
    let entries: Vec<Ready<'_, Fragment>> = entries.collect::<Result<_, _>>()?;
    let mut xml = Xml::new();
    let written = links::style_sheet(&mut xml, frame, document).and_then(|()| {
        xml.element("feed", &ROOT, |xml| {
            feed(xml, frame, document)?;
            entries.iter().try_for_each(|ready| match ready {
                Ready::Item(item) => entry(xml, frame, item),
                Ready::Written(fragment) => {
                    xml.insert(fragment);
                    Ok(())
                }
            })
        })
    });
    written.map(|()| xml.finish()).map_err(XmlError::diagnostic)
}

fn feed(xml: &mut Xml, frame: &Frame<'_>, document: &Document<'_>) -> Result<(), XmlError> {
    let config = frame.site.config;
    xml.text("title", &[], &document.title)?;
    xml.text("subtitle", &[], &document.description)?;
    xml.text("id", &[], &document.id)?;
    xml.text("updated", &[], &document.updated)?;
    author(xml, frame)?;
    if let Some(license) = &config.license {
        xml.text("rights", &[], &format!("{}，{}", config.bureau.name, license.name))?;
    }
    xml.text("generator", &[], "jingshi")?;
    links::write(xml, frame, document, Format::Atom)
}

/// An entry, as deep as it lies in a document.
fn fragment(frame: &Frame<'_>, item: &Item<'_>) -> Result<Fragment, Box<Diagnostic>> {
    Xml::fragment(1, |xml| entry(xml, frame, item)).map_err(XmlError::diagnostic)
}

fn author(xml: &mut Xml, frame: &Frame<'_>) -> Result<(), XmlError> {
    xml.element("author", &[], |xml| xml.text("name", &[], &frame.site.config.bureau.name))
}

fn entry(xml: &mut Xml, frame: &Frame<'_>, item: &Item<'_>) -> Result<(), XmlError> {
    xml.element("entry", &[], |xml| inside(xml, frame, item))
}

fn inside(xml: &mut Xml, frame: &Frame<'_>, item: &Item<'_>) -> Result<(), XmlError> {
    xml.text("title", &[], &item.title)?;
    xml.empty("link", &[("rel", "alternate"), ("href", &item.link), ("type", "text/html")])?;
    xml.text("id", &[], &item.guid)?;
    xml.text("published", &[], &item.published.to_string())?;
    xml.text("updated", &[], &item.updated)?;
    author(xml, frame)?;
    for category in &item.categories {
        xml.empty("category", &[("term", category.name), ("scheme", &category.domain)])?;
    }
    xml.text("summary", &[], &item.summary)?;
    if let Some(picture) = &item.picture {
        let length = picture.length.to_string();
        let file = [("href", picture.url.as_str()), ("length", &length), ("type", picture.media_type)];
        xml.empty("link", &[&[("rel", "enclosure")], file.as_slice()].concat())?;
    }
    match &item.body {
        Body::Html(html) => xml.text("content", &[("type", "html")], html),
        Body::At(address, media_type) => xml.empty("content", &[("type", media_type), ("src", address)]),
    }
}
