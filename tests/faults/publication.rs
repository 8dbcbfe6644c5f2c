//! What a target may look like while it is brought from one site to the next.

use super::judge::require;
use super::scenario::Gold;
use super::tree::{Thing, Tree, below};
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.json.sig";

/// No file is half, no signature stands beside a manifest it is not over, no link of a page leads to nothing.
///
/// # Errors
/// One of these does not hold.
pub fn holds(gold: &Gold, state: &Tree) -> Result<(), String> {
    let [old, new, found] = [&gold.before, &gold.after, state].map(|tree| below(tree, "www").unwrap_or_default());
    for (path, thing) in &found {
        let whole = [&old, &new].iter().any(|tree| tree.get(path) == Some(thing)) || *thing == Thing::Folder;
        let is_aside = path.starts_with(".jingshi-new");
        require(whole || is_aside || path == MANIFEST, || format!("www/{path} has bytes of neither site"))?;
    }
    if let Some(signature) = found.get(SIGNATURE) {
        let covered =
            |tree: &&Tree| tree.get(SIGNATURE) == Some(signature) && tree.get(MANIFEST) == found.get(MANIFEST);
        let covered = [&old, &new].iter().any(covered);
        require(covered, || "a signature stands beside a manifest it is not over".to_owned())?;
    }
    let broken = broken_links(&found);
    require(broken.is_empty(), || format!("links lead to nothing: {broken:?}"))
}

/// The relative links of pages that can be reached from the home page and lead to nothing: page, link.
pub fn broken_links(tree: &Tree) -> Vec<(String, String)> {
    let mut waiting: Vec<String> = tree.keys().filter(|path| *path == "index.html").cloned().collect();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut broken = Vec::new();
    while let Some(page) = waiting.pop() {
        let Some(Thing::File(bytes)) = tree.get(&page) else { continue };
        for link in links(&page, &String::from_utf8_lossy(bytes)) {
            if !matches!(tree.get(&link), Some(Thing::File(_))) {
                broken.push((page.clone(), link));
            } else if seen.insert(link.clone()) && link.ends_with(".html") {
                waiting.push(link);
            }
        }
    }
    broken
}

/// The files of the site that a page needs or leads to, as paths.
pub fn links(page: &str, text: &str) -> BTreeSet<String> {
    let starts =
        ["href=\"", "src=\""].iter().flat_map(|start| text.match_indices(start).map(|(at, _)| at + start.len()));
    let found = starts.filter_map(|start| text[start..].split('"').next());
    found.filter_map(|link| resolve(page, &link.replace("&amp;", "&"))).collect()
}

/// The path to which a relative link leads; none where it leads elsewhere or to another place of the page.
fn resolve(page: &str, link: &str) -> Option<String> {
    let link = link.split(['#', '?']).next().filter(|link| !link.is_empty())?;
    if link.starts_with('/') || link.split('/').next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    Some(percent_decode_str(&path).decode_utf8_lossy().into_owned())
}
