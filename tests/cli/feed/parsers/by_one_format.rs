//! The libraries rss, with its validation, and atom_syndication.

use super::super::document::Document;
use super::super::published::Published;
use super::Seen;
use rss::validation::Validate as _;

/// An RSS document; valid to the library's own checks.
pub fn rss(published: &Published, document: &Document) -> Vec<Seen> {
    let channel = rss::Channel::read_from(published.text(&document.path).as_bytes()).unwrap();
    channel.validate().unwrap_or_else(|error| panic!("{}: {error}", document.path));
    assert_eq!(channel.title(), document.title);
    assert_eq!(channel.link(), document.page);
    assert_eq!(channel.description(), document.description);
    channel.items().iter().map(rss_item).collect()
}

fn rss_item(item: &rss::Item) -> Seen {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let published = chrono::DateTime::parse_from_rfc2822(item.pub_date().unwrap()).unwrap();
    let file = |file: &rss::Enclosure| (file.url.clone(), file.length.clone(), file.mime_type.clone());
    assert!(!item.guid().unwrap().is_permalink());
    assert!(item.author().is_none());
    Seen {
        id: item.guid().unwrap().value().to_owned(),
        title: text(item.title()),
        link: text(item.link()),
        published: published.timestamp(),
        summary: text(item.description()),
        content: text(item.content()),
        terms: item.categories().iter().map(|term| term.name().to_owned()).collect(),
        author: item.dublin_core_ext().unwrap().creators().join("、"),
        enclosure: item.enclosure().map(file),
    }
}

/// An Atom document.
pub fn atom(published: &Published, document: &Document) -> Vec<Seen> {
    let feed = atom_syndication::Feed::read_from(published.text(&document.path).as_bytes()).unwrap();
    assert_eq!(feed.title().as_str(), document.title);
    assert_eq!(feed.id(), document.id);
    assert_eq!(feed.lang(), Some("zh-CN"));
    feed.entries().iter().map(atom_entry).collect()
}

fn atom_entry(entry: &atom_syndication::Entry) -> Seen {
    let link = |relation: &'static str| entry.links().iter().find(move |link| link.rel() == relation);
    let file = |link: &atom_syndication::Link| {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        (link.href().to_owned(), text(link.length()), text(link.mime_type()))
    };
    let content = entry.content().unwrap();
    assert_ne!(content.src().is_some(), content.value().is_some_and(|text| !text.is_empty()), "one of the two");
    Seen {
        id: entry.id().to_owned(),
        title: entry.title().as_str().to_owned(),
        link: link("alternate").unwrap().href().to_owned(),
        published: entry.published().unwrap().timestamp(),
        summary: entry.summary().unwrap().as_str().to_owned(),
        content: content.value().unwrap_or_default().to_owned(),
        terms: entry.categories().iter().map(|term| term.term().to_owned()).collect(),
        author: entry.authors().iter().map(|author| author.name()).collect::<Vec<_>>().join("、"),
        enclosure: link("enclosure").map(file),
    }
}
