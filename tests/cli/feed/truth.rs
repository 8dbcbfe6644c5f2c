//! What a site has published, from its ledger, its front matter and its pages: feeds are compared with it.

use super::html;
use crate::site::{Site, Tree};
use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A moment with its offset.
pub type Time = DateTime<FixedOffset>;

/// A publication, correction or withdrawal that the public may see.
#[derive(Debug, Clone)]
pub struct Truth {
    pub id: String,
    pub version: u32,
    pub at: Time,
    /// 发布, 更正 or 撤销, with 紧急 before it where it was urgent.
    pub event: String,
    /// What its title must be marked with: the state of this version today.
    pub is_last: bool,
    pub is_withdrawn: bool,
    pub awaits_review: bool,
    pub front: Front,
    /// The folders of the lists it belongs to, with `/` at the end.
    pub lists: BTreeSet<String>,
    /// What its page shows: each paragraph, item, heading and cell of its text.
    pub shown: Vec<String>,
}

impl Truth {
    /// What its feed item must be called for ever.
    pub fn guid(&self, tag: &str) -> String {
        format!("tag:{tag}:{}/v{}", self.id, self.version)
    }
}

/// The front matter, as far as feeds carry it.
#[derive(Debug, Clone, Deserialize)]
pub struct Front {
    #[serde(alias = "类型")]
    pub kind: String,
    #[serde(alias = "标题")]
    pub title: String,
    #[serde(alias = "摘要", default)]
    pub summary: String,
    #[serde(alias = "风险等级", default)]
    pub risk_level: Option<String>,
    #[serde(alias = "产品类别", default)]
    pub category: Option<String>,
    #[serde(alias = "人群", default)]
    pub audience: Vec<String>,
    #[serde(alias = "危害", default)]
    pub hazards: Vec<String>,
    #[serde(alias = "图片", default)]
    pub image: Option<Picture>,
    #[serde(alias = "更正说明", default)]
    pub change: Option<Change>,
    #[serde(alias = "发布时间", default)]
    pub publish_at: Option<String>,
}

impl Front {
    /// Every term a feed item is filed under.
    pub fn terms(&self) -> BTreeSet<String> {
        let single = [Some(&self.kind), self.risk_level.as_ref(), self.category.as_ref()];
        single.into_iter().flatten().chain(&self.audience).chain(&self.hazards).cloned().collect()
    }
}

/// What a version changed.
#[derive(Debug, Clone, Deserialize)]
pub struct Change {
    #[serde(alias = "内容")]
    pub what: String,
}

/// The lead picture.
#[derive(Debug, Clone, Deserialize)]
pub struct Picture {
    #[serde(alias = "文件")]
    pub file: String,
}

/// All events of a site at a moment, oldest first; `tree` is what was built then.
pub fn of(site: &Site, tree: &Tree, now: &str) -> Vec<Truth> {
    let now = DateTime::parse_from_rfc3339(now).unwrap();
    let mut truths = recorded(site);
    truths.retain(|truth| truth.at <= now);
    let overtaken: Vec<bool> = truths.iter().map(|truth| is_overtaken(truth, &truths)).collect();
    let mut index = 0;
    truths.retain(|_| (!overtaken[index], index += 1).0);
    let mut versions: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    let mut withdrawn = BTreeSet::new();
    for truth in &truths {
        versions.entry(truth.id.clone()).or_default().push(truth.version);
        withdrawn.extend(truth.event.ends_with("撤销").then(|| truth.id.clone()));
    }
    for truth in &mut truths {
        truth.is_last = versions[&truth.id].iter().max() == Some(&truth.version);
        truth.is_withdrawn = withdrawn.contains(&truth.id);
        let page = page_of(truth);
        let page = html::page(std::str::from_utf8(&tree[&page]).unwrap());
        truth.lists = lists_of(&page);
        truth.shown = shown_on(&page);
    }
    inherit(&mut truths);
    truths.sort_by_key(|truth| truth.at);
    truths
}

/// The page that shows a version.
pub fn page_of(truth: &Truth) -> String {
    let version = if truth.is_last { String::new() } else { format!("v{}/", truth.version) };
    format!("n/{}/{version}index.html", truth.id)
}

/// One event for each row of the ledger that published something.
fn recorded(site: &Site) -> Vec<Truth> {
    let ledger = if site.has("content/ledger.csv") { site.read("content/ledger.csv") } else { String::new() };
    let mut rows = csv::Reader::from_reader(ledger.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let reviewed: BTreeSet<(&str, &str)> =
        rows.iter().filter(|row| &row[4] == "补审").map(|row| (&row[2], &row[3])).collect();
    let published = rows.iter().filter(|row| &row[4] != "补审").map(|row| {
        let (id, version) = (row[2].to_owned(), row[3].parse().unwrap());
        let front = front(site, &id, version);
        let recorded = DateTime::parse_from_rfc3339(&row[1]).unwrap();
        let planned = front.publish_at.as_ref().map(|text| DateTime::parse_from_rfc3339(text).unwrap());
        let awaits_review = row[4].starts_with("紧急") && !reviewed.contains(&(&row[2], &row[3]));
        let (lists, shown, event) = (BTreeSet::new(), Vec::new(), row[4].to_owned());
        let at = planned.map_or(recorded, |planned| planned.max(recorded));
        Truth { id, version, at, event, is_last: false, is_withdrawn: false, awaits_review, front, lists, shown }
    });
    published.collect()
}

fn front(site: &Site, id: &str, version: u32) -> Front {
    let archived = format!("content/archive/{id}/v{version}/index.md");
    let path = if site.has(&archived) { archived } else { format!("content/notices/{id}/index.md") };
    let text = site.read(&path);
    let yaml = text.split("---\n").nth(1).unwrap();
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A version whose planned time came after a later version was out never was public.
fn is_overtaken(truth: &Truth, all: &[Truth]) -> bool {
    let is_planned = truth.front.publish_at.is_some();
    all.iter().any(|other| {
        other.id == truth.id
            && other.version > truth.version
            && (other.at < truth.at || (is_planned && other.at == truth.at))
    })
}

/// The folders of lists that a page says the notice stands in.
fn lists_of(page: &scraper::Html) -> BTreeSet<String> {
    let links = html::select(page, ".document-tags a, .facts a").into_iter().filter_map(|link| link.attr("href"));
    let folder = |href: &str| Some(href.trim_start_matches("../").strip_suffix("index.html")?.to_owned());
    links.filter(|href| !href.contains("://")).filter_map(folder).collect()
}

/// A correction reaches whoever subscribed to a list that an earlier version stood in.
fn inherit(truths: &mut [Truth]) {
    for index in 0..truths.len() {
        let earlier =
            truths.iter().filter(|other| other.id == truths[index].id && other.version < truths[index].version);
        let lists: BTreeSet<String> = earlier.flat_map(|other| other.lists.clone()).collect();
        truths[index].lists.extend(lists);
    }
}

fn shown_on(page: &scraper::Html) -> Vec<String> {
    let parts = html::BLOCKS.map(|name| format!(".prose {name}")).join(", ");
    let elements = html::select(page, &format!("{parts}, .actions li, .products td, .findings td"));
    let shown = elements.into_iter().map(html::folded);
    // An empty cell is a dash, with words for those who cannot see it.
    shown.filter(|text| !text.is_empty() && !text.starts_with('—')).collect()
}
