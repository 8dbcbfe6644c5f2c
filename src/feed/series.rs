//! How the events of a channel are dealt to documents.
//!
//! In: a channel. Out: the newest events for the feed itself, and archived documents of as many, cut from the oldest on:
//! what is archived is full, so it takes no further event. The feed overlaps the last archive; a reader knows the items
//! by their identity. A correction changes the title of what it overtook, in the archive too.

use crate::cap;
use crate::pages::Frame;
use crate::route::OutPath;
use crate::site::{Channel, Event, Format};
use std::borrow::Cow;
use std::ops::Range;

/// A feed and its archives.
pub(super) struct Series<'a> {
    /// What they are of.
    pub channel: Cow<'a, Channel>,
    /// What their items carry.
    pub contents: Contents,
    /// Items of a document.
    size: usize,
}

/// What items carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    /// The notice.
    Texts,
    /// The address of the alert.
    Alerts,
}

/// A document of a series: the feed itself, or an archive by its number from the oldest, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The newest items.
    Feed,
    /// A full archive.
    Archive(usize),
}

impl<'a> Series<'a> {
    /// The series of a channel.
    pub(super) fn of(frame: &Frame<'_>, channel: &'a Channel) -> Self {
        Self { channel: Cow::Borrowed(channel), contents: Contents::Texts, size: frame.site.config.feed_items }
    }

    /// The index of the alerts, where the site sends any: every event of the site that is one.
    pub(super) fn of_alerts(frame: &'a Frame<'a>) -> Option<Self> {
        let cap = frame.site.config.cap.as_ref()?;
        let whole = frame.site.channels.iter().find(|channel| channel.subject.is_none())?;
        let is_sent = |event: &Event| cap::sent(cap, &frame.site.dossiers[event.dossier]).contains(&event.version);
        let events = whole.events.iter().copied().filter(is_sent).collect();
        let channel = Cow::Owned(Channel { subject: None, folder: cap::FOLDER.to_owned(), events });
        Some(Self { channel, contents: Contents::Alerts, size: frame.site.config.feed_items })
    }

    /// The formats in which it is written: RSS and JSON Feed have no word for what stands elsewhere.
    pub(super) fn formats(&self) -> &'static [Format] {
        match self.contents {
            Contents::Texts => &Format::ALL,
            Contents::Alerts => &[Format::Atom],
        }
    }

    /// How many full archives are needed beside the feed.
    fn archives(&self) -> usize {
        self.channel.events.len().saturating_sub(1) / self.size
    }

    /// All documents.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part> + use<> {
        std::iter::once(Part::Feed).chain((1..=self.archives()).map(Part::Archive))
    }

    /// The events of a document, oldest first.
    pub(super) fn events(&self, part: Part) -> &[Event] {
        let events = &self.channel.events;
        let range: Range<usize> = match part {
            Part::Feed => events.len().saturating_sub(self.size)..events.len(),
            Part::Archive(number) => (number - 1) * self.size..number * self.size,
        };
        &events[range]
    }

    /// Whether a document has summaries. The archives of the site carry every text; those of a term, which would repeat them
    /// many times over, say where it is.
    pub(super) fn has_briefs(&self, part: Part) -> bool {
        let is_archive = matches!(part, Part::Archive(_));
        is_archive && self.contents == Contents::Texts && self.channel.subject.is_some()
    }

    /// The events of all documents that have summaries.
    pub(super) fn briefs(&self) -> impl Iterator<Item = &Event> {
        self.parts().filter(|part| self.has_briefs(*part)).flat_map(|part| self.events(part))
    }

    /// The archive with what is older than a document, if anything is.
    pub(super) fn older(&self, part: Part) -> Option<Part> {
        let number = match part {
            Part::Feed => self.archives(),
            Part::Archive(number) => number - 1,
        };
        (number > 0).then_some(Part::Archive(number))
    }

    /// Where a document lies.
    pub(super) fn path(&self, part: Part, format: Format) -> OutPath {
        let folder = &self.channel.folder;
        OutPath::known(match part {
            Part::Feed => format!("{folder}{}", format.file()),
            // With its length: were it changed, an address that a client knows must not hold other events.
            Part::Archive(number) => format!("{folder}archive/{}/{number}/{}", self.size, format.file()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::Moment;

    fn channel(count: usize) -> Channel {
        let at = Moment::parse("2024-06-01T09:00:00+08:00").unwrap();
        let events = (0..count).map(|dossier| Event { dossier, version: 0, at, ordinal: dossier }).collect();
        Channel { subject: None, folder: String::new(), events }
    }

    #[test]
    fn whoever_follows_the_archives_gets_every_event_and_full_ones_never_change() {
        for count in 0..260 {
            let (now, next) = (channel(count), channel(count + 1));
            let series = |channel| Series { channel: Cow::Borrowed(channel), contents: Contents::Texts, size: 50 };
            let (now, next) = (series(&now), series(&next));
            let mut seen = vec![false; count];
            let mut part = Some(Part::Feed);
            let mut documents = 0;
            while let Some(this) = part {
                now.events(this).iter().for_each(|event| seen[event.dossier] = true);
                assert!(now.events(this).len() <= 50 && (this == Part::Feed || now.events(this).len() == 50));
                assert!(this == Part::Feed || now.events(this) == next.events(this));
                documents += 1;
                part = now.older(this);
            }
            assert!(seen.iter().all(|seen| *seen), "{count}");
            assert_eq!(documents, now.parts().count(), "{count}");
        }
    }
}
