//! A feed or an archive of one, in any of the three formats, read into one shape.
//!
//! Reading is lenient: what is not there is empty, and a check says so.

use super::html::{self, Facts};
use super::xml::{self, Element};
use serde_json::Value;

/// The three formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Rss,
    Atom,
    Json,
}

impl Format {
    /// The media type by which a page or a feed names it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// A link of a feed: relation, address, media type.
pub type Link = (String, String, String);

/// A feed or an archive.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it stands in the output.
    pub path: String,
    pub format: Format,
    /// Its length in bytes.
    pub size: usize,
    /// Whether it says that it is an archive.
    pub is_archive: bool,
    /// The declared version, or the root element where a format has none.
    pub version: String,
    pub id: String,
    pub title: String,
    /// The page it belongs to.
    pub page: String,
    pub description: String,
    pub language: String,
    /// When it says it was last changed.
    pub newest: String,
    pub links: Vec<Link>,
    pub items: Vec<Item>,
}

/// A file that goes with an item.
pub type Enclosure = (String, String, String);

/// An item or entry.
#[derive(Debug, Clone, Default)]
pub struct Item {
    pub id: String,
    /// RSS: the attribute `isPermaLink`.
    pub is_permanent: String,
    pub title: String,
    pub link: String,
    pub published: String,
    /// Atom: `updated`.
    pub updated: String,
    /// Plain text; of RSS, what a reader shows that takes it for HTML.
    pub summary: String,
    /// The summary as it stands in the feed.
    pub raw_summary: String,
    /// HTML; empty where it stands elsewhere.
    pub content: String,
    /// What stands in the content.
    pub html: Facts,
    /// Address and media type of content that stands elsewhere.
    pub elsewhere: Vec<(String, String)>,
    /// Domain and term; JSON Feed has no domains.
    pub categories: Vec<(String, String)>,
    pub authors: Vec<String>,
    /// RSS: an element `author`.
    pub has_rss_author: bool,
    pub enclosures: Vec<Enclosure>,
    /// What a text construct says it is, where that is not plain text (titles, summaries) or HTML (content).
    pub odd_types: Vec<String>,
}

impl Document {
    /// The address of the first link of a relation.
    pub fn link(&self, relation: &str) -> Option<&str> {
        self.links.iter().find(|(found, ..)| found == relation).map(|(_, address, _)| address.as_str())
    }
}

/// Reads a feed; none where the file is no feed at all.
pub fn read(path: &str, bytes: &[u8]) -> Result<Option<Document>, String> {
    if !path.ends_with(".xml") && !path.ends_with(".json") {
        return Ok(None);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let size = bytes.len();
    if path.ends_with(".json") {
        return json(path, text).map(|document| document.map(|document| Document { size, ..document }));
    }
    if !text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>") {
        return Err("does not begin with its declaration".to_owned());
    }
    let root = xml::parse(text)?;
    let document = match root.name.as_str() {
        "rss" => rss(&root),
        "atom:feed" => atom(&root),
        _ if is_named_so(path) => return Err(format!("its root is {}", root.name)),
        _ => return Ok(None),
    };
    Ok(Some(Document { path: path.to_owned(), size, ..document }))
}

/// Whether a file says by its name that it is a feed.
fn is_named_so(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("feed.xml" | "atom.xml" | "feed.json"))
}

fn links(element: &Element) -> Vec<Link> {
    let default = |relation: String| if relation.is_empty() { "alternate".to_owned() } else { relation };
    let link = |link: &Element| (default(link.attribute("rel")), link.attribute("href"), link.attribute("type"));
    element.all("atom:link").map(link).collect()
}

fn rss(root: &Element) -> Document {
    let nothing = Element::default();
    let channel = root.first("channel").unwrap_or(&nothing);
    Document {
        path: String::new(),
        format: Format::Rss,
        size: 0,
        is_archive: channel.first("fh:archive").is_some(),
        version: root.attribute("version"),
        id: String::new(),
        title: channel.text_of("title"),
        page: channel.text_of("link"),
        description: channel.text_of("description"),
        language: channel.text_of("language"),
        newest: channel.text_of("lastBuildDate"),
        links: links(channel),
        items: channel.all("item").map(rss_item).collect(),
    }
}

fn rss_item(item: &Element) -> Item {
    let content = item.text_of("content:encoded");
    let file = |file: &Element| (file.attribute("url"), file.attribute("length"), file.attribute("type"));
    let elsewhere = |link: &Element| (link.attribute("href"), link.attribute("type"));
    Item {
        id: item.text_of("guid"),
        is_permanent: item.first("guid").map(|guid| guid.attribute("isPermaLink")).unwrap_or_default(),
        title: item.text_of("title"),
        link: item.text_of("link"),
        published: item.text_of("pubDate"),
        summary: html::facts(&item.text_of("description")).text,
        raw_summary: item.text_of("description"),
        html: html::facts(&content),
        content,
        elsewhere: item.all("atom:link").map(elsewhere).collect(),
        categories: item.all("category").map(|term| (term.attribute("domain"), term.text.clone())).collect(),
        authors: item.all("dc:creator").map(|creator| creator.text.clone()).collect(),
        has_rss_author: item.first("author").is_some(),
        enclosures: item.all("enclosure").map(file).collect(),
        ..Item::default()
    }
}

fn atom(root: &Element) -> Document {
    let links = links(root);
    let page = links.iter().find(|(relation, ..)| relation == "alternate").map(|(_, address, _)| address.clone());
    let authors: Vec<String> = root.all("atom:author").map(|author| author.text_of("atom:name")).collect();
    Document {
        path: String::new(),
        format: Format::Atom,
        size: 0,
        is_archive: root.first("fh:archive").is_some(),
        version: root.name.clone(),
        id: root.text_of("atom:id"),
        title: root.text_of("atom:title"),
        page: page.unwrap_or_default(),
        description: root.text_of("atom:subtitle"),
        language: root.attribute("xml:lang"),
        newest: root.text_of("atom:updated"),
        links,
        items: root.all("atom:entry").map(|entry| atom_item(entry, &authors)).collect(),
    }
}

fn atom_item(entry: &Element, feed_authors: &[String]) -> Item {
    let links = links(entry);
    let of = |relation: &'static str| links.iter().filter(move |(found, ..)| found == relation);
    let own: Vec<String> = entry.all("atom:author").map(|author| author.text_of("atom:name")).collect();
    let odd = |name: &str, expected: &[&str]| {
        let kind = entry.first(name).map(|element| element.attribute("type")).unwrap_or_default();
        (!expected.contains(&kind.as_str())).then(|| format!("{name} is {kind}"))
    };
    let nothing = Element::default();
    let content = entry.first("atom:content").unwrap_or(&nothing);
    let is_elsewhere = !content.attribute("src").is_empty();
    let file = |link: &Element| (link.attribute("href"), link.attribute("length"), link.attribute("type"));
    Item {
        id: entry.text_of("atom:id"),
        title: entry.text_of("atom:title"),
        link: of("alternate").next().map(|(_, address, _)| address.clone()).unwrap_or_default(),
        published: entry.text_of("atom:published"),
        updated: entry.text_of("atom:updated"),
        summary: entry.text_of("atom:summary"),
        raw_summary: entry.text_of("atom:summary"),
        html: html::facts(&content.text),
        content: content.text.clone(),
        elsewhere: is_elsewhere.then(|| (content.attribute("src"), content.attribute("type"))).into_iter().collect(),
        categories: entry.all("atom:category").map(|term| (term.attribute("scheme"), term.attribute("term"))).collect(),
        authors: if own.is_empty() { feed_authors.to_vec() } else { own },
        enclosures: entry.all("atom:link").filter(|link| link.attribute("rel") == "enclosure").map(file).collect(),
        odd_types: [odd("atom:title", &["", "text"]), odd("atom:summary", &["", "text"])]
            .into_iter()
            .chain([odd("atom:content", if is_elsewhere { &["text/html"] } else { &["", "html"] })])
            .flatten()
            .collect(),
        ..Item::default()
    }
}

fn json(path: &str, text: &str) -> Result<Option<Document>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let version = string(&value, "version");
    if !version.starts_with("https://jsonfeed.org/version/") {
        return if is_named_so(path) { Err(format!("its version is “{version}”")) } else { Ok(None) };
    }
    clean(&value)?;
    let link = |relation: &str, name: &str| (relation.to_owned(), string(&value, name), String::new());
    let links = [link("self", "feed_url"), link("prev-archive", "next_url")];
    let hubs = array(&value, "hubs").iter().map(|hub| ("hub".to_owned(), string(hub, "url"), String::new()));
    let authors: Vec<String> = array(&value, "authors").iter().map(|author| string(author, "name")).collect();
    Ok(Some(Document {
        path: path.to_owned(),
        format: Format::Json,
        size: 0,
        // The format has no word for it: known by its place.
        is_archive: path.starts_with("archive/") || path.contains("/archive/"),
        version,
        id: String::new(),
        title: string(&value, "title"),
        page: string(&value, "home_page_url"),
        description: string(&value, "description"),
        language: string(&value, "language"),
        newest: String::new(),
        links: links.into_iter().filter(|(_, address, _)| !address.is_empty()).chain(hubs).collect(),
        items: array(&value, "items").iter().map(|item| json_item(item, &authors)).collect(),
    }))
}

fn json_item(item: &Value, feed_authors: &[String]) -> Item {
    let content = string(item, "content_html");
    let own: Vec<String> = array(item, "authors").iter().map(|author| string(author, "name")).collect();
    let tags = array(item, "tags").iter().map(|tag| (String::new(), tag.as_str().unwrap_or_default().to_owned()));
    let file = |file: &Value| (string(file, "url"), file["size_in_bytes"].to_string(), string(file, "mime_type"));
    Item {
        id: string(item, "id"),
        title: string(item, "title"),
        link: string(item, "url"),
        published: string(item, "date_published"),
        summary: string(item, "summary"),
        raw_summary: string(item, "summary"),
        html: html::facts(&content),
        // Without HTML it must have text; that is the summary, and not the whole.
        odd_types: (item["content_text"].is_null() == content.is_empty())
            .then(|| "neither or both of content_html and content_text".to_owned())
            .into_iter()
            .collect(),
        content,
        categories: tags.collect(),
        authors: if own.is_empty() { feed_authors.to_vec() } else { own },
        enclosures: array(item, "attachments").iter().map(file).collect(),
        ..Item::default()
    }
}

fn string(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn array<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// No text of a value holds a character that is refused in XML as well.
fn clean(value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) => xml::allowed(text),
        Value::Array(values) => values.iter().try_for_each(clean),
        Value::Object(fields) => fields.values().try_for_each(clean),
        _ => Ok(()),
    }
}
