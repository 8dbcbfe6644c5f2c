//! A site as it was published, with its feeds read and the truth about them; what the checks look at and faults change.

use super::document::{self, Document};
use super::html::{self, Page};
use super::truth::{self, Time, Truth};
use crate::site::{Site, Tree};
use chrono::DateTime;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The address all sites of these tests are published under.
pub const BASE: &str = "https://www.example.gov.cn/fxjs/";
/// What their identities begin with.
pub const TAG: &str = "www.example.gov.cn,2024";

/// A file of the output that may be a feed, read.
type Read = Result<Option<Document>, String>;

/// A published site.
#[derive(Clone)]
pub struct Published {
    /// Who publishes.
    pub bureau: String,
    /// Items in a feed.
    pub window: usize,
    /// When it was built.
    pub now: Time,
    /// What was built.
    pub tree: BTreeMap<String, Arc<[u8]>>,
    /// What a second build made, four weeks later; nothing was published meanwhile.
    pub again: BTreeMap<String, Arc<[u8]>>,
    /// What was published, oldest first.
    pub truths: Arc<Vec<Truth>>,
    by_guid: Arc<BTreeMap<String, usize>>,
    read: BTreeMap<String, Arc<Read>>,
    pages: BTreeMap<String, Arc<Page>>,
}

impl Published {
    /// Builds a site twice, at `now` and four weeks later, from nothing.
    pub fn of(site: &Site, bureau: &str, now: &str) -> Self {
        let shared = |tree: Tree| tree.into_iter().map(|(path, bytes)| (path, Arc::from(bytes))).collect();
        site.clock(now).build().exits(0);
        let tree = site.files("public");
        let truths = Arc::new(truth::of(site, &tree, now));
        let now = DateTime::parse_from_rfc3339(now).unwrap();
        site.clock(&(now + chrono::TimeDelta::weeks(4)).to_rfc3339());
        std::fs::remove_dir_all(site.path("public")).unwrap();
        site.build().exits(0);
        let again = shared(site.files("public"));
        let read = tree.iter().map(|(path, bytes)| (path.clone(), Arc::new(document::read(path, bytes)))).collect();
        let pages = tree.iter().filter_map(|(path, bytes)| Some((path.clone(), page(path, bytes)?))).collect();
        let guids = truths.iter().enumerate().map(|(index, truth)| (truth.guid(TAG), index));
        let by_guid = Arc::new(guids.collect());
        Self { bureau: bureau.to_owned(), window: 50, now, tree: shared(tree), again, truths, by_guid, read, pages }
    }

    /// Every feed and archive that can be read.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.read.values().filter_map(|read| read.as_ref().as_ref().ok()?.as_ref())
    }

    /// What stands at an address of the site, if it is a feed.
    pub fn document_at(&self, address: &str) -> Option<&Document> {
        self.read.get(address.strip_prefix(BASE)?)?.as_ref().as_ref().ok()?.as_ref()
    }

    /// The feed files that cannot be read, and why.
    pub fn unreadable(&self) -> impl Iterator<Item = (&String, &String)> {
        self.read.iter().filter_map(|(path, read)| Some((path, read.as_ref().as_ref().err()?)))
    }

    /// The event of an identity.
    pub fn truth(&self, guid: &str) -> Option<&Truth> {
        self.by_guid.get(guid).map(|index| &self.truths[*index])
    }

    /// Every page but the one for what is missing.
    pub fn pages(&self) -> impl Iterator<Item = (&String, &Page)> {
        self.pages.iter().filter(|(path, _)| *path != "404.html").map(|(path, page)| (path, &**page))
    }

    /// What stands on a page.
    pub fn page(&self, path: &str) -> Option<&Page> {
        self.pages.get(path).map(|page| &**page)
    }

    /// The text of a file.
    #[track_caller]
    pub fn text(&self, path: &str) -> &str {
        assert!(self.tree.contains_key(path), "no {path}");
        std::str::from_utf8(&self.tree[path]).unwrap()
    }

    /// The same, but a second build made something else of one file.
    pub fn with_again(&self, path: &str, bytes: Vec<u8>) -> Self {
        let mut changed = self.clone();
        changed.again.insert(path.to_owned(), Arc::from(bytes));
        changed
    }

    /// The same with one file changed, in every build.
    pub fn with(&self, path: &str, bytes: Vec<u8>) -> Self {
        let mut changed = self.with_again(path, bytes.clone());
        changed.read.insert(path.to_owned(), Arc::new(document::read(path, &bytes)));
        changed.pages.extend(page(path, &bytes).map(|page| (path.to_owned(), page)));
        changed.tree.insert(path.to_owned(), Arc::from(bytes));
        changed
    }
}

fn page(path: &str, bytes: &[u8]) -> Option<Arc<Page>> {
    path.ends_with(".html").then(|| Arc::new(html::page_facts(&String::from_utf8_lossy(bytes))))
}

/// The time of an item or a feed, in the form its format has; with the right day of the week.
pub fn time(text: &str, format: document::Format) -> Result<Time, String> {
    if format != document::Format::Rss {
        let time = DateTime::parse_from_rfc3339(text).map_err(|error| format!("“{text}”: {error}"))?;
        return if text.ends_with("+08:00") { Ok(time) } else { Err(format!("“{text}” is not of China")) };
    }
    let time = DateTime::parse_from_rfc2822(text).map_err(|error| format!("“{text}”: {error}"))?;
    let canonical = time.format("%a, %-d %b %Y %H:%M:%S +0800").to_string();
    if text.replacen(", 0", ", ", 1) == canonical {
        Ok(time)
    } else {
        Err(format!("“{text}” should be “{canonical}”"))
    }
}
