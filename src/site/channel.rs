//! Channels: what people subscribe to, each with every event that ever concerned it.
//!
//! A list shows the notices that belong to it today; a channel owes more to those who follow it. An event belongs to a
//! term when that version of the notice **or an earlier one** bears the term: whoever was told of a fire hazard is told
//! that it was none. So what belongs to a channel never changes afterwards, and a channel outlives its list.

use super::{Dimension, Dossier, Event};
use crate::config::Config;
use crate::notice::Notice;
use crate::vocabulary::Term;
use std::collections::HashMap;
use std::sync::Arc;

/// What people subscribe to: the whole site, or all that concerns a term.
#[derive(Debug, Clone)]
pub struct Channel {
    /// The dimension and the term; none for the whole site.
    pub subject: Option<(Dimension, Arc<Term>)>,
    /// Its folder in the output, with `/` at the end; empty for the whole site.
    pub folder: String,
    /// Oldest first; never empty, but for the whole site.
    pub events: Vec<Event>,
}

/// A form in which a channel is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0, RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// All of them, in the order in which pages name them.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// The name of its file in the folder of a channel, and in that of an archived part of it.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Rss => "feed.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// Its registered media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// The terms that feeds know of a notice, by dimension; a product line after its group.
pub fn terms(notice: &Notice) -> impl Iterator<Item = (Dimension, &Arc<Term>)> {
    let category = notice.category.iter().flat_map(|line| line.group.iter().chain([line]));
    let of = |dimension| move |term| (dimension, term);
    std::iter::once((Dimension::Kind, &notice.kind))
        .chain(notice.risk_level.iter().map(of(Dimension::Level)))
        .chain(category.map(of(Dimension::Category)))
        .chain(notice.audience.iter().map(of(Dimension::Audience)))
        .chain(notice.hazards.iter().map(of(Dimension::Hazard)))
}

/// The channel of the whole site, then those of the terms in the order of the vocabulary.
pub(super) fn channels(config: &Config, dossiers: &[Dossier], newest_first: &[Event]) -> Vec<Channel> {
    let events: Vec<Event> = newest_first.iter().rev().copied().collect();
    let mut by_term: HashMap<(Dimension, &str), Vec<Event>> = HashMap::new();
    for event in &events {
        for key in concerned(&dossiers[event.dossier], event.version) {
            by_term.entry(key).or_default().push(*event);
        }
    }
    let whole = Channel { subject: None, folder: String::new(), events: events.clone() };
    // A year's feed would fall silent on 1 January, and nobody would notice: years have no terms, and no channel.
    let terms = Dimension::ALL.into_iter().flat_map(|dimension| {
        let vocabulary = super::vocabulary(&config.vocabularies, dimension);
        vocabulary.into_iter().flat_map(move |vocabulary| vocabulary.terms().iter().map(move |term| (dimension, term)))
    });
    let narrower = terms.filter_map(|(dimension, term)| {
        let mut events = by_term.remove(&(dimension, term.slug.as_str()))?;
        events.shrink_to_fit();
        let folder = format!("{}{}/", dimension.folder(), term.slug);
        Some(Channel { subject: Some((dimension, Arc::clone(term))), folder, events })
    });
    std::iter::once(whole).chain(narrower).collect()
}

/// The terms of a version and of those before it, each once.
fn concerned(dossier: &Dossier, version: usize) -> Vec<(Dimension, &str)> {
    let versions = dossier.versions()[..=version].iter();
    let mut keys: Vec<(Dimension, &str)> = versions
        .flat_map(|version| terms(&version.manuscript().notice))
        .map(|(dimension, term)| (dimension, term.slug.as_str()))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
