//! Feeds: every publication, correction and withdrawal is an item, whole and with absolute addresses.
//!
//! In: the channels of the site. Out: for each of them, in RSS, Atom and JSON Feed, the feed with its newest items and
//! archived documents with all others (RFC 5005). The three are written of one document, so they agree.
//!
//! An item's identity is the site's tag, the notice and the version: never its address, title or text. An item that is
//! overtaken stays, with a mark in its title; what overtook it is an item of its own. Nothing in a feed depends on the
//! day of the build.

mod atom;
mod document;
mod entry;
mod item;
mod json_feed;
mod links;
mod rss;
mod series;

use crate::artifact::{Artifact, Key, Shared, Turn};
use crate::diag::Diagnostic;
use crate::pages::Frame;
use crate::site::{Event, Format};
use document::Document;
use entry::Briefs;
use series::{Part, Series};
use std::sync::Arc;

/// The feeds of the site and of every term, and the index of the alerts, with their archives.
pub fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let series = frame.site.channels.iter().map(|channel| Series::of(frame, channel));
    let series: Vec<Series<'_>> = series.chain(Series::of_alerts(frame)).collect();
    let briefs = Arc::new(Briefs::of(frame, &series));
    series.into_iter().flat_map(|series| documents(frame, Arc::new(series), &briefs)).collect()
}

/// Every document of a series in every format.
fn documents<'a>(frame: &'a Frame<'a>, series: Arc<Series<'a>>, briefs: &Arc<Briefs<'a>>) -> Vec<Artifact<'a>> {
    let parts = series.parts();
    parts
        .flat_map(|part| {
            let shared = Arc::new(Shared::new(series.formats().len()));
            let key = key(frame, &series, part);
            let series = Arc::clone(&series);
            series.formats().iter().map(move |format| {
                let format = *format;
                let (shared, series, briefs) = (Arc::clone(&shared), Arc::clone(&series), Arc::clone(briefs));
                // Summaries are the same in the documents of one time.
                let turn = series.events(part).first().map_or(Turn::Any, |event| Turn::Last(event.at));
                let artifact = Artifact::rendered(series.path(part, format), key, move || {
                    let document = shared.get(|| document::make(frame, (&series, part), &briefs))?;
                    write(frame, &document, format)
                });
                Artifact { turn, ..artifact }
            })
        })
        .collect()
}

/// Of all that happened to the notices of a document, and of its place among the others.
fn key(frame: &Frame<'_>, series: &Series<'_>, part: Part) -> Key {
    let channel = &series.channel;
    let subject = channel.subject.as_ref();
    let is_listed = subject.is_some_and(|(dimension, term)| frame.site.list(*dimension, &term.slug).is_some());
    let place = format!("{:?} {is_listed} {:?} {:?}", channel.subject, series.contents, series.older(part));
    let events = series.events(part).iter();
    let of_event = |event: &Event| {
        Key::of([frame.linked(event.dossier), Key::of([format!("{} {}", event.version, event.ordinal)])])
    };
    frame.key(std::iter::once(Key::of([place])).chain(events.map(of_event)))
}

fn write(frame: &Frame<'_>, document: &Document<'_>, format: Format) -> Result<Vec<u8>, Box<Diagnostic>> {
    match format {
        Format::Rss => rss::write(frame, document),
        Format::Atom => atom::write(frame, document),
        Format::Json => json_feed::write(frame, document),
    }
}
