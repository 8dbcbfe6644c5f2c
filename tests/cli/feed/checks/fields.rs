//! Checks of what a feed and its items must say of themselves.

use super::super::document::Format;
use super::super::published::{BASE, Published, time};
use super::{demand, each_document, each_item, same};
use std::collections::BTreeSet;

/// 2.
pub fn head(published: &Published) -> Result<(), String> {
    each_document(published, |document| {
        let version = match document.format {
            Format::Rss => "2.0",
            Format::Atom => "atom:feed",
            Format::Json => "https://jsonfeed.org/version/1.1",
        };
        same("version", document.version.as_str(), version)?;
        if document.format == Format::Atom {
            demand(document.id.starts_with("tag:"), || format!("its id is “{}”", document.id))?;
        }
        demand(document.title.contains("示例"), || format!("its title is “{}”", document.title))?;
        demand(!document.description.is_empty(), || "it has no description".to_owned())?;
        demand(document.page.starts_with(BASE), || format!("its page is “{}”", document.page))
    })?;
    let ids = published.documents().filter(|document| document.format == Format::Atom && !document.is_archive);
    let ids: Vec<&str> = ids.map(|document| document.id.as_str()).collect();
    same("ids of feeds", ids.iter().collect::<BTreeSet<_>>().len(), ids.len())
}

/// 3.
pub fn language(published: &Published) -> Result<(), String> {
    each_document(published, |document| same("language", document.language.as_str(), "zh-CN"))
}

/// 4.
pub fn own_address(published: &Published) -> Result<(), String> {
    each_document(published, |document| {
        same("self", document.link("self").unwrap_or_default(), &format!("{BASE}{}", document.path))
    })
}

/// 5.
pub fn dates(published: &Published) -> Result<(), String> {
    each_document(published, |document| {
        let parses = |text: &String| time(text, document.format).map(|_| ());
        if document.format == Format::Atom || !document.newest.is_empty() {
            parses(&document.newest)?;
        }
        document.items.iter().try_for_each(|item| {
            parses(&item.published)?;
            if document.format == Format::Atom { parses(&item.updated) } else { Ok(()) }
        })
    })
}

/// 8.
pub fn items(published: &Published) -> Result<(), String> {
    each_item(published, |document, item| {
        let fields = [("title", &item.title), ("link", &item.link), ("id", &item.id), ("date", &item.published)];
        let empty = fields.into_iter().chain([("summary", &item.summary)]).find(|(_, text)| text.trim().is_empty());
        demand(empty.is_none(), || format!("no {}", empty.map_or("", |(name, _)| name)))?;
        demand(item.link.starts_with(BASE), || format!("its link is “{}”", item.link))?;
        // Only the archives of lists, and what would make a document too long, leave the text to its page.
        let is_of_list = document.is_archive && !document.path.starts_with("archive/");
        let own: usize = published.truth(&item.id).map_or(0, |truth| truth.shown.iter().map(String::len).sum());
        let length = own + document.items.iter().map(|item| item.content.len()).sum::<usize>();
        let may_be_elsewhere = is_of_list || length > 300_000;
        demand(!item.content.is_empty() || may_be_elsewhere, || "no content".to_owned())?;
        let says_where = !item.elsewhere.is_empty() || document.format != Format::Atom;
        demand(!item.content.is_empty() || says_where, || "does not say where its content is".to_owned())
    })
}

/// 20.
pub fn author(published: &Published) -> Result<(), String> {
    each_item(published, |_, item| {
        demand(!item.has_rss_author, || "`author` must be an e-mail address".to_owned())?;
        same("author", item.authors.as_slice(), std::slice::from_ref(&published.bureau))
    })
}

/// 21.
pub fn categories(published: &Published) -> Result<(), String> {
    each_item(published, |document, item| {
        let domainless = item.categories.iter().find(|(domain, _)| !domain.starts_with(BASE));
        let is_json = document.format == Format::Json;
        demand(is_json || domainless.is_none(), || format!("without a domain: {domainless:?}"))?;
        let terms: BTreeSet<String> = item.categories.iter().map(|(_, term)| term.clone()).collect();
        same("categories", terms.len(), item.categories.len())?;
        let expected = published.truth(&item.id).map(|truth| truth.front.terms()).unwrap_or_default();
        demand(terms.is_superset(&expected), || format!("{terms:?} instead of {expected:?}"))
    })
}
