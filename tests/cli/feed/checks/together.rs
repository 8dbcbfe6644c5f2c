//! Checks of feeds beside each other, their archives and the pages.

use super::super::document::{Document, Format, Item};
use super::super::html::Page;
use super::super::published::{BASE, Published, time};
use super::{at, demand, each_document, same};
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

/// The file of the site that an absolute address means, without its fragment.
pub fn path_of(address: &str) -> Option<String> {
    let path = address.strip_prefix(BASE)?.split('#').next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    Some(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
}

/// 11.
pub fn addresses(published: &Published) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for document in published.documents() {
        let own = document.links.iter().map(|(_, address, _)| address).chain([&document.page]);
        let of_items = document.items.iter().flat_map(|item| {
            let elsewhere = item.elsewhere.iter().map(|(address, _)| address);
            let files = item.enclosures.iter().map(|(address, ..)| address);
            // What is relative in the content is another check's.
            let content = item.html.addresses.iter().filter(|address| address.starts_with("http"));
            elsewhere.chain(files).chain(content).chain([&item.link])
        });
        for address in own.chain(of_items).filter(|address| seen.insert(address.as_str())) {
            at(document, leads_somewhere(published, address))?;
        }
    }
    Ok(())
}

fn leads_somewhere(published: &Published, address: &str) -> Result<(), String> {
    let url = Url::parse(address).map_err(|error| format!("“{address}”: {error}"))?;
    demand(matches!(url.scheme(), "http" | "https"), || format!("“{address}” is not of the web"))?;
    let host = url.host_str().unwrap_or_default();
    // A name of a host may be Chinese; what follows it is encoded.
    let rest = address.split_once("://").and_then(|(_, rest)| Some(rest.split_once('/')?.1)).unwrap_or_default();
    demand(rest.is_ascii() && !rest.contains([' ', '"', '<', '>', '\\']), || format!("“{address}” is not encoded"))?;
    if host != "www.example.gov.cn" || !address.starts_with(BASE) {
        return Ok(());
    }
    let path = path_of(address).unwrap_or_default();
    demand(published.tree.contains_key(&path), || format!("“{address}” leads nowhere"))?;
    let Some(fragment) = url.fragment() else { return Ok(()) };
    let id = percent_decode_str(fragment).decode_utf8().map_err(|error| error.to_string())?;
    let is_there = published.page(&path).is_none_or(|page| page.ids.contains(&*id));
    demand(is_there, || format!("“{address}”: no such place on the page"))
}

/// 24.
pub fn agreement(published: &Published) -> Result<(), String> {
    let mut folders: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in published.documents() {
        let folder = document.path.rfind('/').map_or("", |end| &document.path[..=end]);
        folders.entry(folder).or_default().push(document);
    }
    for (folder, documents) in &folders {
        same(&format!("formats in {folder}"), documents.len(), 3)?;
        documents.windows(2).try_for_each(|pair| agree(pair[0], pair[1]))?;
        documents.iter().try_for_each(|document| at(document, distinct(document)))?;
    }
    let of_site = folders.get("").map(Vec::as_slice).unwrap_or_default();
    published.pages().try_for_each(|(path, page)| {
        let folder = path.strip_suffix("index.html").unwrap_or(path);
        let own = folders.get(folder).map_or(of_site, Vec::as_slice);
        let named: BTreeSet<String> = named_on(path, page).into_iter().map(|(address, _)| address).collect();
        let unnamed = own.iter().find(|document| !named.contains(&document.path));
        demand(unnamed.is_none(), || format!("{path} does not name {:?}", unnamed.map(|feed| &feed.path)))
    })
}

fn agree(one: &Document, other: &Document) -> Result<(), String> {
    let both = format!("{} and {}", one.path, other.path);
    let facts = |document: &Document| (document.title.clone(), document.page.clone(), document.description.clone());
    same(&both, facts(one), facts(other))?;
    same(&both, one.items.len(), other.items.len())?;
    one.items
        .iter()
        .zip(&other.items)
        .try_for_each(|(left, right)| same(&both, plain(left, one.format), plain(right, other.format)))
}

/// What every format says of an item.
fn plain(item: &Item, format: Format) -> impl PartialEq + std::fmt::Debug {
    let terms: Vec<String> = item.categories.iter().map(|(_, term)| term.clone()).collect();
    let texts = [&item.id, &item.title, &item.link, &item.summary, &item.content].map(|text| text.trim().to_owned());
    (texts, time(&item.published, format).ok(), terms, item.authors.clone(), item.enclosures.clone())
}

/// RFC 4287 and readers that compare `updated` want entries of one feed apart.
fn distinct(document: &Document) -> Result<(), String> {
    let updated: Vec<&str> =
        document.items.iter().map(|item| item.updated.as_str()).filter(|it| !it.is_empty()).collect();
    same("times of updates", updated.iter().collect::<BTreeSet<_>>().len(), updated.len())
}

/// The feeds a page names in its head, by path, with their types.
fn named_on(path: &str, page: &Page) -> Vec<(String, String)> {
    let base = Url::parse(BASE).and_then(|base| base.join(path));
    let named = page.feeds.iter().filter_map(|(address, kind)| {
        let address = base.as_ref().ok()?.join(address).ok()?;
        Some((address.as_str().strip_prefix(BASE)?.to_owned(), kind.clone()))
    });
    named.collect()
}

/// 25.
pub fn media_types(published: &Published) -> Result<(), String> {
    let right = |address: &str, kind: &str| match published.document_at(address) {
        Some(document) => same(address, kind, document.format.media_type()),
        None => Ok(()),
    };
    each_document(published, |document| {
        let typed = document.links.iter().filter(|_| document.format != Format::Json);
        typed.filter(|(relation, ..)| relation != "hub").try_for_each(|(_, address, kind)| right(address, kind))?;
        let is_self = document.link("self").is_some();
        demand(!document.items.is_empty() || is_self && !document.title.is_empty(), || "empty and no feed".to_owned())
    })?;
    published.pages().try_for_each(|(path, page)| {
        named_on(path, page).iter().try_for_each(|(path, kind)| right(&format!("{BASE}{path}"), kind))
    })
}
