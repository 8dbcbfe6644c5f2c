//! Checks of a feed's items against what was published.

use super::super::client;
use super::super::document::{Document, Item};
use super::super::published::{BASE, Published, TAG, time};
use super::super::truth::{Time, Truth};
use super::{at, demand, each_document, each_item, same};
use chrono::DateTime;
use std::collections::{BTreeMap, BTreeSet};

/// 6.
pub fn plausible_dates(published: &Published) -> Result<(), String> {
    let earliest = DateTime::parse_from_rfc3339("2024-01-01T00:00:00+08:00").map_err(|error| error.to_string())?;
    let plausible = |time: Time| demand(time >= earliest && time <= published.now, || format!("{time}"));
    each_document(published, |document| {
        let of = |text: &str| time(text, document.format).map_or(Ok(()), plausible);
        of(&document.newest)?;
        document.items.iter().try_for_each(|item| of(&item.published).and_then(|()| of(&item.updated)))
    })
}

/// 9.
pub fn identity(published: &Published) -> Result<(), String> {
    each_item(published, |document, item| {
        if document.format == super::super::document::Format::Rss {
            same("isPermaLink", item.is_permanent.as_str(), "false")?;
        }
        demand(published.truth(&item.id).is_some(), || "is no event of the ledger".to_owned())
    })
}

/// 10.
pub fn unique(published: &Published) -> Result<(), String> {
    let mut seen: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for document in published.documents() {
        let ids: BTreeSet<&str> = document.items.iter().map(|item| item.id.as_str()).collect();
        at(document, same("identities", ids.len(), document.items.len()))?;
        for item in &document.items {
            let thing = (item.title.as_str(), item.link.as_str());
            let known = *seen.entry(&item.id).or_insert(thing);
            at(document, same(&item.id, thing, known))?;
        }
    }
    Ok(())
}

/// 12.
pub fn dated(published: &Published) -> Result<(), String> {
    each_item(published, |document, item| {
        let Some(truth) = published.truth(&item.id) else { return Ok(()) };
        let found = time(&item.published, document.format).ok();
        same("published", found, Some(truth.at))?;
        let updated = DateTime::parse_from_rfc3339(&item.updated).ok().map(|time| time.timestamp());
        demand(updated.is_none_or(|updated| updated == truth.at.timestamp()), || format!("updated {}", item.updated))
    })
}

/// 13.
pub fn marked(published: &Published) -> Result<(), String> {
    each_item(published, |_, item| {
        let Some(truth) = published.truth(&item.id) else { return Ok(()) };
        let mark = item.title.strip_suffix(&truth.front.title).unwrap_or_default();
        let expected = marks_of(truth);
        demand(mark == expected, || format!("marked “{mark}” instead of “{expected}”"))?;
        truth.front.change.as_ref().map_or(Ok(()), |change| explains(item, truth, &change.what))
    })
}

/// What stands before the title of a version: what became of it, then what it was.
fn marks_of(truth: &Truth) -> String {
    let became = match truth.is_last {
        false if truth.is_withdrawn => "【已撤销】",
        false => "【已更正】",
        true if truth.awaits_review => "【紧急发布，待补审】",
        true => "",
    };
    let was = match truth.event.trim_start_matches("紧急") {
        "更正" => "【更正】",
        "撤销" => "【撤销】",
        _ => "",
    };
    format!("{became}{was}")
}

/// A correction says what changed and leads to what it changed.
fn explains(item: &Item, truth: &Truth, what: &str) -> Result<(), String> {
    let start: String = what.chars().take(60).collect();
    demand(item.summary.contains(&start), || format!("its summary does not say “{start}”"))?;
    if item.content.is_empty() {
        return Ok(());
    }
    demand(item.html.text.contains(what), || format!("its content does not say “{what}”"))?;
    let original = format!("{BASE}n/{}/v{}/", truth.id, truth.version - 1);
    let leads = item.html.addresses.iter().any(|address| address.trim_end_matches("index.html") == original);
    demand(leads, || format!("it does not lead to {original}"))
}

/// 14.
pub fn complete(published: &Published) -> Result<(), String> {
    published.documents().filter(|document| !document.is_archive).try_for_each(|document| {
        let expected = expected(published, document);
        let newest = expected.len().saturating_sub(published.window);
        let found: BTreeSet<&str> = document.items.iter().map(|item| item.id.as_str()).collect();
        let missing = expected[newest..].iter().find(|guid| !found.contains(guid.as_str()));
        at(document, demand(missing.is_none(), || format!("no {missing:?}")))?;
        let collected: BTreeSet<String> = at(document, client::collect(published, document))?.into_iter().collect();
        let expected: BTreeSet<String> = expected.into_iter().collect();
        let odd = collected.symmetric_difference(&expected).next();
        at(document, demand(odd.is_none(), || format!("{odd:?} is missing or does not belong here")))
    })
}

/// The identities that belong into a feed and its archives, oldest first.
pub fn expected(published: &Published, document: &Document) -> Vec<String> {
    let folder = document.path.rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
    let belongs = |truth: &&Truth| folder.as_ref().is_none_or(|folder| truth.lists.contains(folder));
    published.truths.iter().filter(belongs).map(|truth| truth.guid(TAG)).collect()
}

/// 22.
pub fn sized(published: &Published) -> Result<(), String> {
    each_document(published, |document| {
        let times: Result<Vec<Time>, _> =
            document.items.iter().map(|item| time(&item.published, document.format)).collect();
        demand(times.map_or(true, |times| times.is_sorted_by(|a, b| a >= b)), || "not newest first".to_owned())?;
        let most = if document.is_archive { 50 } else { published.window };
        demand(document.items.len() <= most, || format!("{} items", document.items.len()))?;
        demand(!document.is_archive || document.items.len() == 50, || "an archive that is not full".to_owned())?;
        demand(document.size < 900_000, || format!("{} bytes", document.size))
    })
}
