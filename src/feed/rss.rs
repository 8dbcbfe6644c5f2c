//! RSS 2.0 with the whole text, after the RSS Advisory Board's profile.

use super::{Feed, Item};
use crate::diag::Diagnostic;
use crate::pages::Frame;
use crate::xml::{Xml, XmlError};

const NAMESPACES: [(&str, &str); 4] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

/// The bytes of a feed.
pub(super) fn write(frame: &Frame<'_>, feed: &Feed<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut xml = Xml::new();
    let style = feed.style.as_ref().map_or(Ok(()), |address| xml.style_sheet(address));
    let channel = style.and_then(|()| {
        xml.element("rss", &NAMESPACES, |xml| xml.element("channel", &[], |xml| channel(xml, frame, feed)))
    });
    channel.map(|()| xml.finish()).map_err(XmlError::diagnostic)
}

fn channel(xml: &mut Xml, frame: &Frame<'_>, feed: &Feed<'_>) -> Result<(), XmlError> {
    xml.text("title", &[], &feed.title)?;
    xml.text("link", &[], &feed.page)?;
    xml.text("description", &[], &feed.description)?;
    xml.text("language", &[], "zh-CN")?;
    xml.empty("atom:link", &[("href", &feed.own), ("rel", "self"), ("type", "application/rss+xml")])?;
    // The newest event, not the time of the build: a rebuild changes no byte.
    if let Some(newest) = feed.items.iter().map(|item| item.published).max() {
        xml.text("lastBuildDate", &[], &newest.to_rfc2822())?;
    }
    xml.text("generator", &[], "jingshi")?;
    xml.text("docs", &[], "https://www.rssboard.org/rss-specification")?;
    xml.text("ttl", &[], "60")?;
    feed.items.iter().try_for_each(|entry| xml.element("item", &[], |xml| item(xml, frame, entry)))
}

fn item(xml: &mut Xml, frame: &Frame<'_>, item: &Item<'_>) -> Result<(), XmlError> {
    xml.text("title", &[], &item.title)?;
    xml.text("link", &[], &item.link)?;
    xml.text("guid", &[("isPermaLink", "false")], &item.guid)?;
    xml.text("pubDate", &[], &item.published.to_rfc2822())?;
    xml.text("dc:creator", &[], &frame.site.config.bureau.name)?;
    for (domain, term) in &item.categories {
        xml.text("category", &[("domain", domain)], term)?;
    }
    xml.text("description", &[], &item.summary)?;
    xml.cdata("content:encoded", &item.content)
}
