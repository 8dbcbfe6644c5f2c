//! JSON Feed 1.1 with the whole text; what is older is reached by `next_url`.

use super::document::Document;
use super::entry::Ready;
use super::item::{Body, Item};
use crate::diag::Diagnostic;
use crate::json;
use crate::pages::Frame;
use crate::site::Format;
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<&'a str>,
    description: &'a str,
    authors: [Author<'a>; 1],
    language: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    _license: Option<License<'a>>,
    /// Written one by one.
    items: [(); 0],
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Hub<'a> {
    r#type: &'static str,
    url: &'a str,
}

/// An extension: JSON Feed has no field for it.
#[derive(Serialize)]
struct License<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    summary: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    authors: [Author<'a>; 1],
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    size_in_bytes: u64,
}

/// The bytes of a document.
pub(super) fn write(frame: &Frame<'_>, document: &Document<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let config = frame.site.config;
    let bureau = config.bureau.name.as_str();
    let mut feed = json::pretty(&Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &document.title,
        home_page_url: &document.page,
        feed_url: document.place.own(Format::Json),
        next_url: document.place.older(Format::Json),
        description: &document.description,
        authors: [Author { name: bureau }],
        language: "zh-CN",
        hubs: config.hub.iter().map(|url| Hub { r#type: "WebSub", url }).collect(),
        _license: config.license.as_ref().map(|license| License { name: &license.name, url: &license.url }),
        items: [],
    })?;
    if !document.entries.is_empty() {
        fill(&mut feed, document, bureau)?;
    }
    Ok(feed)
}

/// The end of a feed without items.
const END: &[u8] = b"[]\n}\n";

/// Puts the items into a feed.
fn fill(feed: &mut Vec<u8>, document: &Document<'_>, bureau: &str) -> Result<(), Box<Diagnostic>> {
    feed.truncate(feed.len().saturating_sub(END.len()));
    let mut before: &[u8] = b"[\n    ";
    for entry in &document.entries {
        feed.extend_from_slice(before);
        match entry.ready(|kept| &kept.json, |item| fragment(item, bureau))? {
            Ready::Item(item) => push(feed, item, bureau)?,
            Ready::Written(fragment) => feed.extend_from_slice(&fragment),
        }
        before = b",\n    ";
    }
    feed.extend_from_slice(b"\n  ]\n}\n");
    Ok(())
}

fn fragment(item: &Item<'_>, bureau: &str) -> Result<Arc<[u8]>, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    push(&mut bytes, item, bureau)?;
    Ok(bytes.into())
}

/// Adds an item, as deep as it lies in a document.
fn push(bytes: &mut Vec<u8>, item: &Item<'_>, bureau: &str) -> Result<(), Box<Diagnostic>> {
    json::push_pretty(bytes, 2, &entry(item, bureau))
}

fn entry<'a>(item: &'a Item<'_>, bureau: &'a str) -> Entry<'a> {
    let html = match &item.body {
        Body::Html(html) => Some(html.as_str()),
        Body::At(..) => None,
    };
    let file = |picture: &'a super::item::Enclosure| Attachment {
        url: &picture.url,
        mime_type: picture.media_type,
        size_in_bytes: picture.length,
    };
    Entry {
        id: &item.guid,
        url: &item.link,
        title: &item.title,
        content_html: html,
        // One of the two must be there.
        content_text: html.is_none().then_some(&item.summary),
        summary: &item.summary,
        image: item.picture.as_ref().map(|picture| picture.url.as_str()),
        date_published: item.published.to_string(),
        authors: [Author { name: bureau }],
        tags: item.categories.iter().map(|category| category.name).collect(),
        attachments: item.picture.iter().map(file).collect(),
    }
}
