//! The library feed-rs, which reads all three formats into one model.

use super::super::document::{Document, Format};
use super::super::published::Published;
use super::Seen;
use feed_rs::model::{Entry, Feed, FeedType};

/// A document of any format.
pub fn read(published: &Published, document: &Document) -> Vec<Seen> {
    let parser = feed_rs::parser::Builder::new().sanitize_content(false).build();
    let feed: Feed = parser
        .parse(published.text(&document.path).as_bytes())
        .unwrap_or_else(|error| panic!("{}: {error}", document.path));
    let expected = match document.format {
        Format::Rss => FeedType::RSS2,
        Format::Atom => FeedType::Atom,
        Format::Json => FeedType::JSON,
    };
    assert_eq!(feed.feed_type, expected);
    assert_eq!(feed.title.as_ref().unwrap().content, document.title);
    assert_eq!(feed.language.as_deref().map(str::to_lowercase).as_deref(), Some("zh-cn"));
    feed.entries.iter().map(|entry| seen(entry, document.format)).collect()
}

fn seen(entry: &Entry, format: Format) -> Seen {
    let text = |text: &Option<feed_rs::model::Text>| text.as_ref().map(|it| it.content.clone()).unwrap_or_default();
    let relation = |name: &'static str| entry.links.iter().find(move |link| link.rel.as_deref() == Some(name));
    let link = relation("alternate").or_else(|| entry.links.iter().find(|link| link.rel.is_none()));
    let html = entry.content.as_ref().filter(|content| content.content_type.as_ref() == "text/html");
    Seen {
        id: entry.id.clone(),
        title: text(&entry.title),
        link: link.map(|link| link.href.clone()).unwrap_or_default(),
        published: entry.published.unwrap().timestamp(),
        summary: text(&entry.summary),
        content: html.and_then(|content| content.body.clone()).unwrap_or_default(),
        terms: entry.categories.iter().map(|term| term.term.clone()).collect(),
        author: entry.authors.iter().filter_map(|author| author.name.clone()).collect::<Vec<_>>().join("、"),
        enclosure: enclosure(entry, format),
    }
}

/// RSS enclosures are media to this library, those of the others are links.
fn enclosure(entry: &Entry, format: Format) -> Option<(String, String, String)> {
    if format == Format::Rss {
        let content = entry.media.first()?.content.first()?;
        let kind = content.content_type.as_ref().map(ToString::to_string);
        return Some((content.url.as_ref()?.to_string(), content.size?.to_string(), kind?));
    }
    let is_enclosure = |relation: Option<&str>| relation == Some("enclosure");
    let mut links = entry.links.iter().filter(|link| is_enclosure(link.rel.as_deref()) || link.length.is_some());
    links.next_back().map(|link| {
        (link.href.clone(), link.length.unwrap_or_default().to_string(), link.media_type.clone().unwrap_or_default())
    })
}
