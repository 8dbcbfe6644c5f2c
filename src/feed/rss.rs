//! RSS 2.0 with the whole text, after the RSS Advisory Board's profile, with what Atom and RFC 5005 lend it.

use super::document::Document;
use super::item::{Body, Item};
use crate::diag::Diagnostic;
use crate::pages::Frame;
use crate::site::Format;
use crate::xml::{Xml, XmlError};

const NAMESPACES: [(&str, &str); 5] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
];

/// The bytes of a document.
pub(super) fn write(frame: &Frame<'_>, document: &Document<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut xml = Xml::new();
    let sheet = frame.view.assets.get("feed.css").map(|address| format!("{}{address}", document.place.to_root));
    let written = sheet.map_or(Ok(()), |address| xml.style_sheet(&address)).and_then(|()| {
        xml.element("rss", &NAMESPACES, |xml| xml.element("channel", &[], |xml| channel(xml, frame, document)))
    });
    written.map(|()| xml.finish()).map_err(XmlError::diagnostic)
}

fn channel(xml: &mut Xml, frame: &Frame<'_>, document: &Document<'_>) -> Result<(), XmlError> {
    let config = frame.site.config;
    xml.text("title", &[], &document.title)?;
    xml.text("link", &[], &document.page)?;
    xml.text("description", &[], &document.description)?;
    xml.text("language", &[], "zh-CN")?;
    if let Some(license) = &config.license {
        xml.text("copyright", &[], &format!("{}，{}", config.bureau.name, license.name))?;
    }
    // The newest event, not the time of the build: a rebuild changes no byte.
    if let Some(newest) = document.items.first() {
        xml.text("lastBuildDate", &[], &newest.published.to_rfc2822())?;
    }
    xml.text("generator", &[], "jingshi")?;
    xml.text("docs", &[], "https://www.rssboard.org/rss-specification")?;
    xml.text("ttl", &[], "60")?;
    links(xml, frame, document)?;
    document.items.iter().try_for_each(|entry| xml.element("item", &[], |xml| item(xml, frame, entry)))
}

fn links(xml: &mut Xml, frame: &Frame<'_>, document: &Document<'_>) -> Result<(), XmlError> {
    let (config, place, feed) = (frame.site.config, &document.place, Format::Rss.media_type());
    xml.empty("atom:link", &[("rel", "self"), ("href", place.own(Format::Rss)), ("type", feed)])?;
    if let Some(hub) = &config.hub {
        xml.empty("atom:link", &[("rel", "hub"), ("href", hub)])?;
    }
    if let Some(license) = config.license.as_ref().filter(|license| !license.url.is_empty()) {
        xml.empty("atom:link", &[("rel", "license"), ("href", &license.url)])?;
    }
    if let Some(current) = place.current(Format::Rss) {
        xml.empty("fh:archive", &[])?;
        xml.empty("atom:link", &[("rel", "current"), ("href", current), ("type", feed)])?;
    }
    if let Some(older) = place.older(Format::Rss) {
        xml.empty("atom:link", &[("rel", "prev-archive"), ("href", older), ("type", feed)])?;
    }
    Ok(())
}

fn item(xml: &mut Xml, frame: &Frame<'_>, item: &Item<'_>) -> Result<(), XmlError> {
    xml.text("title", &[], &item.title)?;
    xml.text("link", &[], &item.link)?;
    xml.text("guid", &[("isPermaLink", "false")], &item.guid)?;
    xml.text("pubDate", &[], &item.published.to_rfc2822())?;
    xml.text("dc:creator", &[], &frame.site.config.bureau.name)?;
    for category in &item.categories {
        xml.text("category", &[("domain", &category.domain)], category.name)?;
    }
    xml.text("description", &[], &item.summary)?;
    if let Some(picture) = &item.picture {
        let length = picture.length.to_string();
        xml.empty("enclosure", &[("url", &picture.url), ("length", &length), ("type", picture.media_type)])?;
    }
    match &item.body {
        Body::Html(html) => xml.cdata("content:encoded", html),
        Body::At(..) => Ok(()),
    }
}
