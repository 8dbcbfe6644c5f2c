//! Alerts of the Common Alerting Protocol 1.2 (CAP, OASIS, 1 July 2010): one for every publication, correction and
//! withdrawal, where `site.yaml` asks for them.
//!
//! In: the dossiers of the site. Out: `cap/<id>/v<n>.xml`, and beside each the files it names; `feed` makes the index. An
//! alert that was sent is never changed by what comes later, by a late sign-off or by the day of the build: it depends on
//! its own version, the versions before it, and `site.yaml`. So its files lie under its own address, which they keep when
//! a correction moves those of the notice. Drafts are never sent.

mod alert;
mod meaning;

use crate::artifact::{Artifact, Key};
use crate::config::Cap;
use crate::notice::{Notice, Status};
use crate::pages::Frame;
use crate::read::Manuscript;
use crate::review::{Cleared, Standing};
use crate::route::{OutPath, RelPath};
use crate::site::{Dossier, Format};
use std::collections::BTreeMap;
use std::ops::Range;

/// The folder of all alerts in the output, with `/` at the end.
pub(crate) const FOLDER: &str = "cap/";

/// The registered media type of an alert.
pub(crate) const MEDIA_TYPE: &str = "application/cap+xml";

/// An alert about to be written: who sends it, and the versions of the notice up to the one it is about.
struct Message<'a> {
    cap: &'a Cap,
    version: &'a Cleared,
    earlier: &'a [Cleared],
}

impl<'a> Message<'a> {
    fn manuscript(&self) -> &'a Manuscript {
        self.version.manuscript()
    }

    fn notice(&self) -> &'a Notice {
        &self.manuscript().notice
    }

    /// The files it names, each with what it is called: the lead picture, then the attachments. A withdrawal names none.
    fn resources(&self) -> Vec<(&'a RelPath, &'a str)> {
        let notice = self.notice();
        if notice.status == Status::Withdrawn {
            return Vec::new();
        }
        let picture = notice.image.iter().map(|picture| (&picture.file.value, picture.alt.as_str()));
        let attachments = notice.attachments.iter().map(|file| (&file.file.value, file.title.as_str()));
        picture.chain(attachments).collect()
    }
}

/// Which versions of a notice are alerts: from the day on that the site names, without drafts. What was never an alert needs
/// no withdrawal: it would tell receivers of a danger they had not heard of.
pub(crate) fn sent(cap: &Cap, dossier: &Dossier) -> Range<usize> {
    let versions = dossier.versions();
    let is_before = |version: &Cleared| cap.since.is_some_and(|since| version.published().day() < since);
    let first = versions.iter().take_while(|version| is_before(version)).count();
    let end = versions.iter().take_while(|version| *version.standing() != Standing::Draft).count();
    match versions.get(first) {
        Some(version) if version.manuscript().notice.status != Status::Withdrawn => first..end.max(first),
        _ => end..end,
    }
}

/// The alerts and their files; none where the site sends no alerts.
pub fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let Some(cap) = &frame.site.config.cap else { return Vec::new() };
    let messages = frame.site.dossiers.iter().enumerate().flat_map(|(place, dossier)| {
        let key = frame.key([frame.linked(place)]);
        let versions = dossier.versions();
        let sent = sent(cap, dossier);
        let first = sent.start;
        sent.map(move |index| (key, Message { cap, version: &versions[index], earlier: &versions[first..index] }))
    });
    messages.flat_map(|(key, message)| of_message(frame, key, message)).collect()
}

fn of_message<'a>(frame: &'a Frame<'a>, key: Key, message: Message<'a>) -> impl Iterator<Item = Artifact<'a>> {
    let manuscript = message.manuscript();
    // A file may be both picture and attachment.
    let named: BTreeMap<&RelPath, _> =
        message.resources().into_iter().filter_map(|(path, _)| Some((path, manuscript.file(path)?.digest))).collect();
    let files: Vec<Artifact<'a>> = named
        .into_iter()
        .map(|(path, digest)| {
            Artifact::copied(resource_path(&manuscript.notice, path), manuscript.site_path(path), digest)
        })
        .collect();
    let alert = Artifact::rendered(alert_path(&manuscript.notice), key, move || alert::write(frame, &message));
    std::iter::once(alert).chain(files)
}

/// The index of all alerts, relative to the root.
pub(crate) fn index_href() -> String {
    format!("{FOLDER}{}", Format::Atom.file())
}

/// `cap/2024-001/v1.xml`
pub(crate) fn alert_path(notice: &Notice) -> OutPath {
    OutPath::known(format!("{FOLDER}{}/v{}.xml", notice.id, notice.version))
}

/// `cap/2024-001/v1/图.png`
fn resource_path(notice: &Notice, file: &RelPath) -> OutPath {
    OutPath::known(format!("{FOLDER}{}/v{}/{file}", notice.id, notice.version))
}
