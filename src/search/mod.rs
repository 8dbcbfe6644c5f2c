//! Search without a server: an index in small files, of which the page loads those that a query needs.
//!
//! In: the site, and how a notice is shown in a list. Out: `search/head.js`, the shards of every segment and the texts of
//! all notices, as scripts that call `jingshiSearch`, since a page opened from disk may load scripts but no other file.
//! Nothing here decides what a notice says; drafts are found only where the site has them, in a preview.
//!
//! Notices are numbered in order of first publication. Full segments never change until a notice of theirs does: see
//! `segment`. What counts as the same text is told in `normal`.

mod index;
mod normal;
mod record;
mod segment;

use crate::artifact::{Artifact, Key, Turn};
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::json;
use crate::route::OutPath;
use crate::site::{Dimension, Dossier, List, Site};
use crate::view::EntryView;
use record::record;
use segment::{Segment, Shards};
use serde::Serialize;
use std::sync::Arc;

/// How many notices have their texts in one file.
const TEXTS: usize = 4;

/// Changes with the form of the files, so that no old one is taken for a new one.
const FORMAT: &str = "1";

/// What the page must know before anything else.
#[derive(Serialize)]
struct Head<'a> {
    /// How many notices have their texts in one file.
    texts: usize,
    segments: &'a [Segment],
    /// The numbers of notices that no longer hold, which come last.
    over: Vec<usize>,
}

/// The form in which a text is compared, with a line break between runs of signs.
pub fn normal_form(text: &str) -> String {
    let mut signs = Vec::new();
    normal::append(text, &mut signs);
    signs.into_iter().collect()
}

/// How a notice is shown in a list.
pub trait Shown: Fn(&Dossier) -> EntryView + Copy + Send + Sync {}

impl<F: Fn(&Dossier) -> EntryView + Copy + Send + Sync> Shown for F {}

/// The index of the site, and where the page finds it.
pub(crate) struct Files<'a> {
    /// The address of the head, relative to the page; it changes whenever anything in the index does.
    pub(crate) head_href: String,
    /// All files of the index.
    pub(crate) artifacts: Vec<Artifact<'a>>,
}

/// The index of the site; the key of a file is made of that of the notices in it.
pub(crate) fn files<'a>(site: &'a Site<'a>, shown: impl Shown + 'a, key: impl Fn(Key) -> Key) -> Files<'a> {
    let segments = segments(site, shown);
    let head_href = head_href(&segments);
    let mut artifacts = Vec::new();
    for segment in &segments {
        let shared = Arc::new(Shards::new(site, segment.clone()));
        let shards = Key::of([format!("{} {}", segment.shards, segment.start)]);
        let key = key(Key::of([facts(&site.dossiers[segment.range()]), shards]));
        artifacts.extend((0..segment.shards).map(|shard| {
            let (path, shared) = (format!("{}/{shard:x}.js", segment.folder()), Arc::clone(&shared));
            // With another number of shards, the page would look into the wrong one: it takes none of another name.
            let name = format!("s{}/{shard:x}/{}", segment.start, segment.shards);
            let artifact = script((path, key), name, move || Ok(format!("{{{}}}", shared.entries(shard)?)));
            Artifact { turn: Turn::Early, ..artifact }
        }));
    }
    let whole = key(facts(&site.dossiers));
    artifacts.push(script(("search/head.js".to_owned(), whole), "head".to_owned(), move || {
        json::script_safe(&head(site, &segments))
    }));
    artifacts.extend(site.dossiers.chunks(TEXTS).enumerate().map(|(number, dossiers)| {
        let records = move || {
            let records = dossiers.iter().map(|dossier| record(shown(dossier), dossier));
            json::script_safe(&records.collect::<Result<Vec<_>, _>>()?)
        };
        script((format!("search/t/{number}.js"), key(facts(dossiers))), format!("t/{number}"), records)
    }));
    Files { head_href, artifacts }
}

fn facts(dossiers: &[Dossier]) -> Key {
    Key::of(dossiers.iter().map(Dossier::facts))
}

fn head_href(segments: &[Segment]) -> String {
    let stamps: Vec<&str> = segments.iter().map(|segment| segment.stamp.as_str()).collect();
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

fn segments(site: &Site<'_>, shown: impl Shown) -> Vec<Segment> {
    let ranges = segment::ranges(site.dossiers.len()).into_iter();
    ranges
        .map(|range| Segment {
            start: range.start,
            notices: range.len(),
            shards: segment::shards(site, range.clone()),
            stamp: stamp(site, shown, &site.dossiers[range]),
        })
        .collect()
}

/// Changes whenever files made of these notices do: browsers keep files for a while, and an old one among new ones would
/// hide notices.
fn stamp(site: &Site<'_>, shown: impl Shown, dossiers: &[Dossier]) -> String {
    let words = &site.config.vocabularies;
    let indexed = [&words.kind, &words.risk_level, &words.category, &words.audience, &words.hazard];
    let terms = indexed.into_iter().chain([&words.source, &words.measure]).flat_map(|vocabulary| vocabulary.terms());
    let mut parts = vec![FORMAT.to_owned()];
    parts.extend(terms.flat_map(|term| [term.name.clone(), term.slug.clone()]));
    for dossier in dossiers {
        parts.extend([dossier.current().manuscript().digest.to_string(), dossier.first_published().to_string()]);
        parts.extend(shown(dossier).marks.into_iter().map(|mark| mark.sentence));
    }
    Digest::of(parts.join("\n").as_bytes()).short()
}

fn head<'a>(site: &Site<'_>, segments: &'a [Segment]) -> Head<'a> {
    let dossiers = site.dossiers.iter().enumerate();
    let over = dossiers.filter(|(_, dossier)| !dossier.is_live(site.today)).map(|(number, _)| number);
    Head { texts: TEXTS, segments, over: over.collect() }
}

/// A file that hands over a value under a name.
fn script<'a>(
    (path, key): (String, Key),
    name: String,
    value: impl Fn() -> Result<String, Box<Diagnostic>> + Send + Sync + 'a,
) -> Artifact<'a> {
    Artifact::rendered(OutPath::known(path), key, move || {
        Ok(format!("jingshiSearch(\"{name}\",{});\n", value()?).into_bytes())
    })
}
