//! What is sent in which order, and whom the hub is to be told of. Computes; touches nothing.
//!
//! At every instant what people can reach leads only to what is there: first what pages are made of, then what is new and
//! nothing leads to yet, then what was there before, the pages of notices and the alerts ahead of what announces them. What
//! goes, goes last; the manifest says so when all is done.

use crate::output::{Entry, Manifest, Summary};
use crate::route::{BaseUrl, OutPath};
use crate::site::Format;

/// The home page, which leads to everything.
const HOME: &str = "index.html";

/// How much is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What the target does not have yet.
    Changed,
    /// All of it, whatever the target's manifest says it has.
    Everything,
}

/// What has to be done at a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// How the target's manifest and ours differ.
    pub summary: Summary,
    /// What is sent, one after the other, each in order of path: what pages are made of; new pages of notices and alerts;
    /// new lists, feeds and everything else that leads there; a new home page; notices and what leads there once more, of
    /// what was there before.
    pub waves: [Vec<String>; 6],
    /// The manifest that the target bears meanwhile, where it has to bear another than its own.
    pub underway: Option<Manifest>,
    /// Feeds whose bytes change, as paths.
    pub feeds: Vec<String>,
}

impl Plan {
    /// Whether nothing has to be done.
    pub fn is_empty(&self) -> bool {
        self.summary.removed.is_empty() && self.waves.iter().all(Vec::is_empty)
    }
}

/// What brings a target from what it has to what it is to have.
pub fn plan(before: Option<&Manifest>, next: &Manifest, extent: Extent) -> Plan {
    let summary = Summary::between(before, next.files.iter().map(|(path, entry)| (path.as_str(), *entry)));
    let fresh = || summary.added.iter().chain(&summary.changed);
    let mut sent: Vec<String> = match extent {
        Extent::Changed => fresh().cloned().collect(),
        Extent::Everything => next.files.keys().cloned().collect(),
    };
    sent.sort();
    // What is underway has been announced and is perhaps not there.
    let is_there = |path: &str| before.and_then(|before| before.files.get(path)).is_some_and(Entry::is_there);
    let mut waves = [const { Vec::new() }; 6];
    for path in sent {
        let wave = match (part(&path), is_there(&path)) {
            (Part::Material, _) => 0,
            (Part::Notice, false) => 1,
            (Part::Announcement, false) if path == HOME => 3,
            (Part::Announcement, false) => 2,
            (Part::Notice, true) => 4,
            (Part::Announcement, true) => 5,
        };
        waves[wave].push(path);
    }
    let underway = (before.is_none() || !summary.added.is_empty()).then(|| next.underway(before));
    let feeds = fresh().filter(|path| is_feed(path)).cloned().collect();
    Plan { waves, underway, feeds, summary }
}

/// What a file is to a reader.
enum Part {
    /// Pages are made of it, or lead to it: it leads nowhere.
    Material,
    /// The page of a notice, its record or an alert.
    Notice,
    /// It leads to notices: lists, feeds, what search and look-up read.
    Announcement,
}

fn part(path: &str) -> Part {
    let is_feed = is_feed(path) || path.contains("/archive/");
    let of_notice = path.starts_with("n/") || path.starts_with("cap/");
    match (of_notice, path.rsplit('.').next()) {
        (true, Some("html" | "xml" | "json")) if !is_feed => Part::Notice,
        (true, _) if !is_feed => Part::Material,
        (_, Some("html" | "xml" | "json" | "ndjson" | "csv" | "txt" | "xlsx")) => Part::Announcement,
        (_, Some("js")) if !path.starts_with("assets/") => Part::Announcement,
        _ => Part::Material,
    }
}

/// Whether a file is a feed that people subscribe to: not an archive of one.
fn is_feed(path: &str) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let is_archive = folder.split('/').any(|part| part == "archive");
    !is_archive && Format::ALL.iter().any(|format| format.file() == file)
}

/// Every feed of a site, as paths.
pub fn feeds(manifest: &Manifest) -> Vec<String> {
    manifest.files.keys().filter(|path| is_feed(path)).cloned().collect()
}

/// The addresses of files, as the hub knows them.
pub fn topics(base_url: &BaseUrl, paths: &[String]) -> Vec<String> {
    // What a manifest names was checked when it was read.
    paths.iter().filter_map(|path| OutPath::parse(path).ok()).map(|path| base_url.join(&path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::review::ledger::Head;

    /// A manifest of files, each with what stands for its bytes.
    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let entry = |bytes: &str| Entry::of(bytes.as_bytes());
        let files = files.iter().map(|(path, bytes)| ((*path).to_owned(), entry(bytes))).collect();
        Manifest::new(Head { seq: 0, hash: Digest::of(b"") }, files)
    }

    const SITE: [&str; 12] = [
        "assets/a.css",
        "n/2024-001/图.png",
        "n/2024-001/表.csv",
        "cap/2024-001/v1.xml",
        "n/2024-001/index.html",
        "n/2024-001/notice.json",
        "cap/atom.xml",
        "feed.xml",
        "risk-warnings/archive/1/feed.json",
        "search/1.js",
        "statistics/statistics.csv",
        "index.html",
    ];

    #[test]
    fn what_is_led_to_comes_before_what_leads_there() {
        let all = SITE.map(|path| (path, "x"));
        let plan = plan(None, &manifest(&all), Extent::Changed);
        let waves = plan.waves.each_ref().map(Vec::as_slice);
        assert_eq!(waves, [&SITE[..3], &SITE[3..6], &SITE[6..11], &SITE[11..], &[], &[]]);
        assert_eq!(plan.feeds, ["cap/atom.xml", "feed.xml"]);
        // Interrupted at once, it begins anew.
        let again = self::plan(plan.underway.as_ref(), &manifest(&all), Extent::Changed);
        assert_eq!((again.waves, again.feeds), (plan.waves, plan.feeds));
    }

    #[test]
    fn what_is_new_comes_before_what_was_there_and_may_lead_to_it() {
        // The corrected notice leads to its former version and to the new notice, the new notice to a new list.
        let before = manifest(&[("assets/a.css", "1"), ("index.html", "1"), ("n/1/index.html", "1")]);
        let next = manifest(&[
            ("assets/a.css", "2"),
            ("hazards/fire/index.html", "1"),
            ("index.html", "2"),
            ("n/1/index.html", "2"),
            ("n/1/v1/index.html", "1"),
            ("n/2/index.html", "1"),
        ]);
        let expected: [&[&str]; 6] = [
            &["assets/a.css"],
            &["n/1/v1/index.html", "n/2/index.html"],
            &["hazards/fire/index.html"],
            &[],
            &["n/1/index.html"],
            &["index.html"],
        ];
        let plan = plan(Some(&before), &next, Extent::Changed);
        assert_eq!(plan.waves, expected.map(|wave| wave.iter().map(ToString::to_string).collect::<Vec<_>>()));
        let again = self::plan(plan.underway.as_ref(), &next, Extent::Changed);
        assert_eq!(again.waves, plan.waves);
    }

    #[test]
    fn only_what_differs_is_sent_unless_all_is_asked_for() {
        let before = manifest(&[("a.html", "1"), ("feed.xml", "1"), ("gone.html", "1"), ("atom.xml", "1")]);
        let next = manifest(&[("a.html", "1"), ("feed.xml", "2"), ("b.js", "1"), ("atom.xml", "1")]);
        let some = plan(Some(&before), &next, Extent::Changed);
        assert_eq!(some.waves.concat(), ["b.js", "feed.xml"]);
        assert_eq!(
            (some.summary.removed.as_slice(), some.feeds.as_slice()),
            (&["gone.html".to_owned()][..], &["feed.xml".to_owned()][..])
        );
        // What is underway owns the old and the new, and still has the old feed: an interrupted run tells the hub, too.
        let underway = some.underway.unwrap();
        let again = plan(Some(&underway), &next, Extent::Changed);
        assert_eq!((again.waves, again.feeds), (some.waves, some.feeds));
        assert_eq!((again.summary.removed, again.underway), (some.summary.removed, None));
        assert_eq!(plan(Some(&before), &next, Extent::Everything).waves.concat().len(), 4);
        assert!(plan(Some(&next), &next, Extent::Changed).is_empty());
    }
}
