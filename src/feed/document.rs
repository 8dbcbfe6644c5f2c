//! A feed or an archived part of it, before it has a format.

use super::entry::{Briefs, Entry};
use super::item::{self, Form};
use super::series::{Contents, Part, Series};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::moment::Moment;
use crate::pages::Frame;
use crate::route::OutPath;
use crate::site::{Channel, Format};
use std::sync::Arc;

/// The most bytes of a document, whatever its format. Texts that are beyond it are carried
/// as summary and address.
const LARGEST: usize = 890_000;

/// The bytes of an item beside its text, as most of them have.
const BESIDE: usize = 2_500;

/// A document, ready to be written in any format.
pub(super) struct Document<'a> {
    /// The name of the feed.
    pub title: String,
    /// What it is, in a sentence or two.
    pub description: String,
    /// `tag:` URI of the feed; its archives bear the same, being parts of it.
    pub id: String,
    /// The page it belongs to, absolute.
    pub page: String,
    /// The moment of its newest event; of a feed without events, the beginning of the year of the site's tag.
    pub updated: String,
    /// The same, for formats that can do without one.
    pub newest: Option<Moment>,
    /// Its place among the documents of the feed.
    pub place: Place,
    /// Newest first.
    pub entries: Vec<Entry<'a>>,
}

/// The addresses of a document and of those around it, by format.
pub(super) struct Place {
    /// Its own.
    own: [String; 3],
    /// What leads from its folder to the root.
    pub to_root: String,
    /// That of the feed itself, where this is an archive.
    current: Option<[String; 3]>,
    /// That of the archive with what is older.
    older: Option<[String; 3]>,
}

impl Place {
    /// The document's own address.
    pub(super) fn own(&self, format: Format) -> &str {
        &self.own[format as usize]
    }

    /// The feed itself, where this is an archive.
    pub(super) fn current(&self, format: Format) -> Option<&str> {
        self.current.as_ref().map(|addresses| addresses[format as usize].as_str())
    }

    /// The archive with what is older.
    pub(super) fn older(&self, format: Format) -> Option<&str> {
        self.older.as_ref().map(|addresses| addresses[format as usize].as_str())
    }
}

/// Makes a document.
pub(super) fn make<'a>(
    frame: &'a Frame<'a>,
    (series, part): (&Series<'_>, Part),
    briefs: &Arc<Briefs<'a>>,
) -> Result<Document<'a>, Box<Diagnostic>> {
    let config = frame.site.config;
    let channel = series.channel.as_ref();
    let tag = &config.tag;
    let (name, id) = match (&channel.subject, series.contents) {
        (Some((dimension, term)), _) => {
            (Some(term.name.as_str()), format!("tag:{tag}:feed/{}{}", dimension.folder(), term.slug))
        }
        (None, Contents::Texts) => (None, format!("tag:{tag}:feed")),
        (None, Contents::Alerts) => (Some("CAP 预警"), format!("tag:{tag}:feed/cap")),
    };
    let newest = series.events(part).last();
    let updated = newest.map(|event| event.at.with_ordinal(event.ordinal));
    Ok(Document {
        title: name.map_or_else(|| config.title.clone(), |name| format!("{name} · {}", config.title)),
        description: description(config),
        id,
        page: page(frame, channel),
        updated: updated.unwrap_or_else(|| beginning(tag)),
        newest: newest.map(|event| event.at),
        place: place(frame, series, part),
        entries: entries(frame, (series, part), briefs)?,
    })
}

/// What RSS demands of every feed: never empty.
fn description(config: &Config) -> String {
    let text = format!("{}{}", config.banner, config.description);
    if text.is_empty() { config.title.clone() } else { text }
}

/// The list that shows what belongs to a channel today, or the home page where nothing does.
fn page(frame: &Frame<'_>, channel: &Channel) -> String {
    let list = channel.subject.as_ref().and_then(|(dimension, term)| frame.site.list(*dimension, &term.slug));
    let folder = list.map(|list| list.folder.as_str()).unwrap_or_default();
    frame.base_url.join(&OutPath::known(format!("{folder}index.html")))
}

/// The first moment at which a `tag:` URI with this authority and date can have been made.
fn beginning(tag: &str) -> String {
    let date = tag.rsplit(',').next().unwrap_or_default();
    let day = if date.len() == 4 { format!("{date}-01-01") } else { date.to_owned() };
    Moment::parse(&format!("{day}T00:00:00+08:00")).map(|moment| moment.to_string()).unwrap_or_default()
}

fn place(frame: &Frame<'_>, series: &Series<'_>, part: Part) -> Place {
    let of = |part| Format::ALL.map(|format| frame.base_url.join(&series.path(part, format)));
    Place {
        own: of(part),
        to_root: series.path(part, Format::Rss).to_root(),
        current: (part != Part::Feed).then(|| of(Part::Feed)),
        older: series.older(part).map(of),
    }
}

fn entries<'a>(
    frame: &'a Frame<'a>,
    (series, part): (&Series<'_>, Part),
    briefs: &Arc<Briefs<'a>>,
) -> Result<Vec<Entry<'a>>, Box<Diagnostic>> {
    let events = series.events(part);
    if series.has_briefs(part) {
        return Ok(events.iter().rev().map(|event| Entry::Brief(Arc::clone(briefs), *event)).collect());
    }
    let form = match series.contents {
        Contents::Alerts => Form::Alert,
        Contents::Texts => Form::Whole,
    };
    let mut room = LARGEST.saturating_sub(events.len() * BESIDE);
    let mut entries = Vec::new();
    for event in events.iter().rev() {
        entries.push(Entry::Own(Box::new(item::make(frame, *event, form)?.within(&mut room))));
    }
    Ok(entries)
}
