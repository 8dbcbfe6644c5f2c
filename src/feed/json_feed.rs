//! JSON Feed 1.1 with the whole text; what is older is reached by `next_url`.

use super::document::Document;
use super::item::{Body, Item};
use crate::diag::Diagnostic;
use crate::json;
use crate::pages::Frame;
use crate::site::Format;
use serde::Serialize;

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
    items: Vec<Entry<'a>>,
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
    json::pretty(&Feed {
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
        items: document.items.iter().map(|item| entry(item, bureau)).collect(),
    })
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
