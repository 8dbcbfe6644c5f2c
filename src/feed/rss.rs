//! RSS 2.0 with the whole text, after the RSS Advisory Board's profile, with what Atom and RFC 5005 lend it.

use super::document::Document;
use super::entry::Ready;
use super::item::{Body, Item};
use super::links;
use crate::diag::Diagnostic;
use crate::pages::Frame;
use crate::site::Format;
use crate::xml::{Fragment, Xml, XmlError};

const NAMESPACES: [(&str, &str); 5] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
];

/// The bytes of a document.
pub(super) fn write(frame: &Frame<'_>, document: &Document<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let entries = document.entries.iter().map(|entry| entry.ready(|kept| &kept.rss, |item| fragment(frame, item)));
    let entries: Vec<Ready<'_, Fragment>> = entries.collect::<Result<_, _>>()?;
    let mut xml = Xml::new();
    let written = links::style_sheet(&mut xml, frame, document).and_then(|()| {
        xml.element("rss", &NAMESPACES, |xml| {
            xml.element("channel", &[], |xml| {
                channel(xml, frame, document)?;
                entries.iter().try_for_each(|ready| match ready {
                    Ready::Item(item) => self::item(xml, frame, item),
                    Ready::Written(fragment) => {
                        xml.insert(fragment);
                        Ok(())
                    }
                })
            })
        })
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
    if let Some(newest) = document.newest {
        xml.text("lastBuildDate", &[], &newest.to_rfc2822())?;
    }
    xml.text("generator", &[], "jingshi")?;
    xml.text("docs", &[], "https://www.rssboard.org/rss-specification")?;
    xml.text("ttl", &[], "60")?;
    links::write(xml, frame, document, Format::Rss)
}

/// An item, as deep as it lies in a document.
fn fragment(frame: &Frame<'_>, item: &Item<'_>) -> Result<Fragment, Box<Diagnostic>> {
    Xml::fragment(2, |xml| self::item(xml, frame, item)).map_err(XmlError::diagnostic)
}

fn item(xml: &mut Xml, frame: &Frame<'_>, item: &Item<'_>) -> Result<(), XmlError> {
    xml.element("item", &[], |xml| inside(xml, frame, item))
}

fn inside(xml: &mut Xml, frame: &Frame<'_>, item: &Item<'_>) -> Result<(), XmlError> {
    xml.text("title", &[], &item.title)?;
    xml.text("link", &[], &item.link)?;
    xml.text("guid", &[("isPermaLink", "false")], &item.guid)?;
    xml.text("pubDate", &[], &item.published.to_rfc2822())?;
    xml.text("dc:creator", &[], &frame.site.config.bureau.name)?;
    for category in &item.categories {
        xml.text("category", &[("domain", &category.domain)], category.name)?;
    }
    xml.text("description", &[], &harmless(&item.summary))?;
    if let Some(picture) = &item.picture {
        let length = picture.length.to_string();
        xml.empty("enclosure", &[("url", &picture.url), ("length", &length), ("type", picture.media_type)])?;
    }
    match &item.body {
        Body::Html(html) => xml.cdata("content:encoded", html),
        Body::At(..) => Ok(()),
    }
}

/// Plain text that stays what it is where a reader takes it for HTML, as most take a description.
///
/// Only what HTML would read as a tag or a character reference is escaped: `A&B` and `<5mg` are the same in both, so
/// that readers which show plain text show them as written.
fn harmless(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for (index, sign) in text.char_indices() {
        let next = &text.as_bytes()[index + sign.len_utf8()..];
        match sign {
            '<' if begins_tag(next) => harmless.push_str("&lt;"),
            '&' if begins_reference(next) => harmless.push_str("&amp;"),
            _ => harmless.push(sign),
        }
    }
    harmless
}

/// Whether HTML takes `<` before this for the begin of a tag or comment.
fn begins_tag(next: &[u8]) -> bool {
    next.first().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'/' | b'!' | b'?'))
}

/// Whether HTML may take `&` before this for the begin of a character reference; none has a name of one letter.
fn begins_reference(next: &[u8]) -> bool {
    match next {
        [b'#', ..] => true,
        [first, second, ..] => first.is_ascii_alphabetic() && second.is_ascii_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_html_would_take_for_markup_is_shown_and_the_rest_left_alone() {
        for plain in ["", "A&B", "R&D、H&M", "<5mg & >3", "a < b", "&", "<", "& <", "&1", "a ]]> b", "《甲》&《乙》"]
        {
            assert_eq!(harmless(plain), plain);
        }
        for (text, shown) in [
            ("<b>粗</b>", "&lt;b>粗&lt;/b>"),
            ("<script>", "&lt;script>"),
            ("<!-- <?", "&lt;!-- &lt;?"),
            ("&lt;", "&amp;lt;"),
            ("&copy2 &#60; &#x3c;", "&amp;copy2 &amp;#60; &amp;#x3c;"),
        ] {
            assert_eq!(harmless(text), shown);
        }
    }
}
