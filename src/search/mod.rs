//! Search without a server: an index in small files, of which the page loads those that a query needs.
//!
//! In: the site. Out: `search/head.js`, the shards of every segment and the texts of all notices, as scripts that call
//! `jingshiSearch`, since a page opened from disk may load scripts but no other file. Nothing here decides what a notice
//! says; drafts are found only where the site has them, in a preview.
//!
//! Notices are numbered in order of first publication. Full segments never change until a notice of theirs does: see
//! `segment`. What counts as the same text is told in `normal`.

mod index;
mod normal;
mod record;
mod segment;

use crate::artifact::Artifact;
use crate::diag::{Code, Diagnostic};
use crate::digest::Digest;
use crate::pages::Frame;
use crate::route::OutPath;
use crate::site::{Dimension, Dossier, List, Site};
use record::record;
use segment::{Segment, Shared};
use serde::Serialize;
use std::sync::Arc;

/// How many notices have their texts in one file.
const TEXTS: usize = 4;

/// Changes with the form of the files, so that no old one is taken for a new one.
const FORMAT: &str = "1";

/// What the page must know before anything else.
#[derive(Serialize)]
struct Head<'a> {
    /// How many notices there are.
    notices: usize,
    /// How many have their texts in one file.
    texts: usize,
    segments: &'a [Segment],
    /// The numbers of withdrawn notices, which come last.
    withdrawn: Vec<usize>,
}

/// The index of the site.
pub fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let site = frame.site;
    let segments = segments(frame);
    let mut artifacts = Vec::new();
    for segment in &segments {
        let shared = Arc::new(Shared::new(site, segment.clone()));
        artifacts.extend((0..segment.shards).map(|shard| {
            let (path, shared) = (format!("{}/{shard:x}.js", segment.folder()), Arc::clone(&shared));
            // With another number of shards, the page would look into the wrong one: it takes none of another name.
            let name = format!("s{}/{shard:x}/{}", segment.start, segment.shards);
            script(path, name, move || Ok(format!("{{{}}}", shared.take(shard))))
        }));
    }
    artifacts.push(script("search/head.js".to_owned(), "head".to_owned(), move || json(&head(site, &segments))));
    artifacts.extend(site.dossiers.chunks(TEXTS).enumerate().map(|(number, dossiers)| {
        let records = move || json(&dossiers.iter().map(|dossier| record(frame, dossier)).collect::<Vec<_>>());
        script(format!("search/t/{number}.js"), format!("t/{number}"), records)
    }));
    artifacts
}

/// The address of the head, relative to the page; it changes whenever anything in the index does.
pub(crate) fn head_href(frame: &Frame<'_>) -> String {
    let stamps: Vec<String> = segments(frame).into_iter().map(|segment| segment.stamp).collect();
    format!("head.js?v={}", Digest::of(stamps.concat().as_bytes()).short())
}

/// The name of a dimension in addresses of the page and in the index.
pub(crate) fn name(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Kind => "kind",
        Dimension::Category => "category",
        Dimension::Audience => "audience",
        Dimension::Hazard => "hazard",
        Dimension::Level => "level",
        Dimension::Year => "year",
    }
}

/// What a filter by a list asks for: a slug, or a year.
pub(crate) fn value(list: &List) -> &str {
    list.folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// A list as a term of the index.
fn filter(list: &List) -> String {
    format!("{}:{}", name(list.dimension), value(list))
}

fn segments(frame: &Frame<'_>) -> Vec<Segment> {
    let site = frame.site;
    let ranges = segment::ranges(site.dossiers.len()).into_iter();
    ranges
        .map(|range| Segment {
            start: range.start,
            notices: range.len(),
            shards: segment::shards(site, range.clone()),
            stamp: stamp(frame, &site.dossiers[range]),
        })
        .collect()
}

/// Changes whenever files made of these notices do: browsers keep files for a while, and an old one among new ones would
/// hide notices.
fn stamp(frame: &Frame<'_>, dossiers: &[Dossier]) -> String {
    let mut parts = vec![FORMAT.to_owned()];
    parts.extend(frame.site.lists.iter().map(|list| list.title.clone()));
    for dossier in dossiers {
        parts.extend([dossier.current().manuscript().digest.to_string(), dossier.first_published().to_string()]);
        parts.extend(frame.marks(dossier, dossier.current()).into_iter().map(|mark| mark.sentence));
    }
    Digest::of(parts.join("\n").as_bytes()).short()
}

fn head<'a>(site: &Site<'_>, segments: &'a [Segment]) -> Head<'a> {
    let dossiers = site.dossiers.iter().enumerate();
    let withdrawn = dossiers.filter(|(_, dossier)| dossier.is_withdrawn()).map(|(number, _)| number).collect();
    Head { notices: site.dossiers.len(), texts: TEXTS, segments, withdrawn }
}

/// A file that hands over a value under a name.
fn script<'a>(
    path: String,
    name: String,
    value: impl Fn() -> Result<String, Box<Diagnostic>> + Send + Sync + 'a,
) -> Artifact<'a> {
    Artifact::rendered(OutPath::known(path), move || {
        Ok(format!("jingshiSearch(\"{name}\",{});\n", value()?).into_bytes())
    })
}

/// A value as JSON that is JavaScript too.
fn json(value: &impl Serialize) -> Result<String, Box<Diagnostic>> {
    let text = serde_json::to_string(value)
        .map_err(|error| Box::new(Diagnostic::error(Code::WriteFailed, format!("搜索数据无法生成：{error}"))))?;
    // Older engines take these for the end of a line, also in a string.
    Ok(text.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}
