//! Notices that were read before, by what their folders held then.
//!
//! In: what a run has read without finding anything to say of it. Out: the same for the next run, which reads only what has
//! changed since. It saves reading and nothing else: the gate looks at every notice in every run. A folder counts as
//! unchanged when every file in it bears the marks it bore; one that was changed a moment ago is read again in any case. A
//! missing, damaged or foreign file of what is known means that all is read.

use crate::artifact::{Key, PROGRAM};
use crate::digest::{Checksum, Digest};
use crate::disk::{self, Folders, Listing, Lying, Mark, Seen, Shape, SiteDir, SpoolFile, Survey};
use crate::inputs::Shelf;
use crate::read::{Manuscript, Spool};
use crate::review::Ledger;
use crate::theme::{Theme, ThemeFile};
use crate::vocabulary::Vocabularies;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// Changes with the form of the files.
const FORM: &str = "jingshi-known-6\n";

/// Into how many files what is known is dealt, so that one changed notice does not write all anew.
const PARTS: u8 = 64;

/// A notice and what its folder held when it was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the folder held.
    pub listing: Listing,
    /// What was read.
    pub manuscript: Arc<Manuscript>,
}

/// What was read before, by folder.
#[derive(Default, Clone)]
pub struct Known {
    /// What reading depends on beside the folder: the program and the vocabularies.
    basis: Option<[u8; 32]>,
    readings: BTreeMap<String, Arc<Reading>>,
    since: Since,
    /// Parts that differ from what lies on disk.
    changed: BTreeSet<u8>,
    /// Where narratives that are read are put aside; else they stay in the memory.
    spool: Option<Arc<SpoolFile>>,
    /// What else was read by this process without anything to be said of it.
    beside: Beside,
}

/// What is known of changes since.
#[derive(Default, Clone)]
enum Since {
    /// Nothing: every folder is to be looked at.
    #[default]
    Unknown,
    /// All folders were watched, and only these can have changed.
    Watched(BTreeSet<String>),
    /// Somebody has just looked at all folders, which hold this.
    Seen(BTreeMap<String, (Shelf, Listing)>),
}

/// What is read beside notices; it is never kept on disk.
#[derive(Default, Clone)]
pub(super) struct Beside {
    /// The folders of notices.
    pub folders: Option<Folders>,
    /// The compiled theme.
    pub theme: Option<Arc<Theme>>,
    /// The ledger.
    pub ledger: Option<LedgerOf>,
}

/// A ledger, and what the file bore in which it stands.
pub(super) type LedgerOf = (Mark, Arc<Ledger>);

/// As it is kept; behind it lie the narratives, in the same order.
#[derive(Serialize, Deserialize)]
struct Part<R> {
    basis: [u8; 32],
    readings: R,
}

/// Readings with their folders, in order.
type ByFolder = Vec<(String, Arc<Reading>)>;

/// A folder, what it held, the manuscript, and the shape of its narrative in the file, with its checksum: it is read much later.
type Kept<F, L, M> = (F, L, M, (Shape, Checksum));

impl Part<Vec<Kept<String, Listing, Manuscript>>> {
    /// A part that is kept; nothing where there is nothing of use.
    fn load(place: &Path) -> Option<Part<ByFolder>> {
        let (Self { basis, readings }, narratives) = disk::kept_with_tail(place, FORM, LARGEST)?;
        let mut at = 0;
        let reading = |(folder, listing, manuscript, narrative): Kept<String, Listing, Manuscript>| {
            let lying = Lying::at(&narratives, at, narrative)?;
            at += narrative.0.length();
            let narrative = manuscript.narrative.lies(Arc::new(lying));
            let manuscript = Arc::new(Manuscript { narrative, ..manuscript });
            Some((folder, Arc::new(Reading { listing, manuscript })))
        };
        let readings = readings.into_iter().map(reading).collect::<Option<_>>()?;
        Some(Part { basis, readings })
    }
}

/// Keeps a part.
///
/// # Errors
/// It cannot be written, or a narrative cannot be read.
fn keep_part(place: &Path, basis: [u8; 32], readings: &[(&String, &Arc<Reading>)]) -> io::Result<()> {
    let (mut kept, mut narratives): (Vec<Kept<&String, &Listing, &Manuscript>>, _) = (Vec::new(), Vec::new());
    for (folder, reading) in readings {
        let narrative = &reading.manuscript.narrative;
        let (bytes, shape) = disk::packed(&*narrative.html()?, &narrative.plain()?)?;
        kept.push((folder, &reading.listing, &reading.manuscript, (shape, Checksum::of(&bytes))));
        narratives.extend(bytes);
    }
    disk::keep_with_tail(place, FORM, &Part { basis, readings: kept }, &narratives)
}

impl Known {
    /// Reads what is kept in a folder; nothing where there is nothing of use.
    pub fn load(folder: &Path) -> Self {
        let parts: Vec<_> = (0..PARTS).into_par_iter().map(|part| Part::load(&folder.join(part.to_string()))).collect();
        let basis = parts.iter().flatten().map(|part| part.basis).next();
        let mut known = Self { basis, ..Self::default() };
        for (number, part) in (0..PARTS).zip(parts) {
            match part {
                Some(part) if Some(part.basis) == basis => known.readings.extend(part.readings),
                _ => drop(known.changed.insert(number)),
            }
        }
        known
    }

    /// The same, as far as it holds with these vocabularies: nothing where they are others.
    #[must_use]
    pub fn under(self, vocabularies: &Vocabularies) -> Self {
        let basis = *Key::of([PROGRAM.to_owned(), format!("{vocabularies:?}")]).digest().bytes();
        match self.basis {
            Some(own) if own == basis => self,
            // What was seen of folders, and where narratives lie, does not hang on it.
            _ => {
                let (basis, changed) = (Some(basis), (0..PARTS).collect());
                Self { basis, changed, readings: BTreeMap::new(), beside: Beside::default(), ..self }
            }
        }
    }

    /// The same, where all folders were watched and only these can have changed.
    #[must_use]
    pub fn touched(self, folders: BTreeSet<String>) -> Self {
        Self { since: Since::Watched(folders), ..self }
    }

    /// The same, where this was seen of all folders before anything was read.
    #[must_use]
    pub fn seen(self, survey: Option<&Survey>) -> Self {
        Self { since: survey.and_then(Survey::bundles).map_or(Since::Unknown, Since::Seen), ..self }
    }

    /// The same, with a folder on whose disk narratives that are read lie until the end of the run.
    #[must_use]
    pub fn spooling(self, folder: &Path) -> Self {
        Self { spool: SpoolFile::new(folder).map(Arc::new), ..self }
    }

    /// Where narratives that are read are put aside.
    pub(super) fn spool(&self) -> Option<&dyn Spool> {
        self.spool.as_deref().map(|spool| spool as &dyn Spool)
    }

    /// The folders of notices, where those are known that can have changed.
    pub(super) fn folders(&self, site: &SiteDir) -> Option<Folders> {
        match &self.since {
            Since::Unknown => None,
            Since::Watched(touched) => {
                site.still(self.beside.folders.clone()?, touched.iter().filter(|folder| !folder.is_empty()))
            }
            Since::Seen(seen) => Some(seen.iter().map(|(folder, (shelf, _))| (folder.clone(), *shelf)).collect()),
        }
    }

    /// The theme that was compiled of these files.
    pub(super) fn theme(&self, name: &str, files: &[ThemeFile]) -> Option<Arc<Theme>> {
        self.beside.theme.clone().filter(|theme| theme.is_of(name, files))
    }

    /// The ledger of the file that bears this.
    pub(super) fn ledger(&self, mark: Mark) -> Option<Arc<Ledger>> {
        let (own, ledger) = self.beside.ledger.as_ref()?;
        (*own == mark).then(|| Arc::clone(ledger))
    }

    /// What is known of the notice of a folder.
    pub(super) fn look(&self, folder: &str, listing: &dyn Fn() -> Option<Listing>) -> Seen {
        let reading = self.readings.get(folder);
        let listing = match &self.since {
            Since::Watched(touched) if reading.is_some() && !touched.contains(folder) => return Seen::Known,
            Since::Seen(seen) => seen.get(folder).map(|(_, listing)| listing.clone()),
            Since::Unknown | Since::Watched(_) => listing(),
        };
        match reading {
            Some(reading) if listing.as_ref() == Some(&reading.listing) => Seen::Known,
            _ => Seen::Listed(listing),
        }
    }

    /// The same, once all folders were looked at: of what was seen of them nothing is needed any more.
    #[must_use]
    pub(super) fn looked(self) -> Self {
        Self { since: Since::Unknown, ..self }
    }

    /// The notices of these folders, both in order of folder.
    pub fn manuscripts<'a>(&'a self, folders: &'a [String]) -> impl Iterator<Item = &'a Arc<Manuscript>> {
        // Side by side: ten thousand look-ups are a tenth of what `serve` takes to show an edit.
        let mut wanted = folders.iter().peekable();
        let is_wanted = move |(folder, _): &(&String, _)| {
            while wanted.next_if(|wanted| wanted < folder).is_some() {}
            wanted.next_if(|wanted| wanted == folder).is_some()
        };
        self.readings.iter().filter(is_wanted).map(|(_, reading)| &reading.manuscript)
    }

    /// Keeps of what was known these folders, and adds what was learnt by a run that began at this moment.
    pub(super) fn renew(
        &mut self,
        still: &[String],
        (learnt, beside): (Vec<(String, Reading)>, Beside),
        began: SystemTime,
    ) {
        let still: BTreeSet<&str> = still.iter().map(String::as_str).collect();
        let gone: Vec<String> =
            self.readings.keys().filter(|folder| !still.contains(folder.as_str())).cloned().collect();
        for folder in gone {
            self.readings.remove(&folder);
            self.changed.insert(part(&folder));
        }
        for (folder, reading) in learnt.into_iter().filter(|(_, reading)| reading.listing.is_settled(began)) {
            self.changed.insert(part(&folder));
            self.readings.insert(folder, Arc::new(reading));
        }
        self.beside = beside;
    }

    /// Keeps it in a folder. That it could not be kept is no harm but to the next run's speed.
    pub fn keep(&mut self, folder: &Path) {
        let Some(basis) = self.basis.filter(|_| !self.changed.is_empty() && fs::create_dir_all(folder).is_ok()) else {
            return;
        };
        let mut parts: BTreeMap<u8, Vec<(&String, &Arc<Reading>)>> =
            self.changed.iter().map(|part| (*part, Vec::new())).collect();
        for (folder, reading) in &self.readings {
            if let Some(readings) = parts.get_mut(&part(folder)) {
                readings.push((folder, reading));
            }
        }
        parts.into_par_iter().for_each(|(number, readings)| {
            let _ = keep_part(&folder.join(number.to_string()), basis, &readings);
        });
        self.changed.clear();
    }
}

/// The most bytes of a part.
const LARGEST: u64 = 256 << 20;

/// In which part a folder is kept.
fn part(folder: &str) -> u8 {
    Digest::of(folder.as_bytes()).bytes()[0] % PARTS
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::super::Workspace;
    use super::*;
    use crate::artifact::Edition;
    use crate::compose::Options;
    use crate::moment::Moment;
    use crate::route::BaseUrl;
    use std::time::Duration;

    /// More than there are parts: some have several.
    const NOTICES: u32 = 200;

    fn write(site: &Path, number: u32, text: &str) {
        let place = site.join(format!("content/drafts/2024-{number:03}"));
        let front = format!("id: 2024-{number:03}\nkind: 消费提示\ntitle: 甲\nsummary: 丙\nactions: [丁]");
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("index.md"), format!("---\n{front}\n---\n\n{text}\n")).unwrap();
    }

    /// What a run reads of all notices, how many it did not read again, and what is known after it.
    fn run(site: &SiteDir, known: Known) -> (BTreeMap<String, String>, usize, Known) {
        let opened = Workspace::open_knowing(site, Edition::Preview, known);
        let (workspace, readings) = opened.value.unwrap();
        let (now, base_url) = (Moment::parse("2024-06-01T09:00:00+08:00"), BaseUrl::parse("https://example.gov.cn/"));
        let options = Options { now: now.unwrap(), edition: Edition::Preview, base_url: base_url.unwrap() };
        workspace.compose(readings, &options, |frame| {
            let manuscripts = frame.value.site.dossiers.iter().map(|dossier| dossier.current().manuscript());
            let text = |manuscript: &Manuscript| {
                format!("{}{}", manuscript.html("own/", "root/").unwrap(), manuscript.plain().unwrap())
            };
            let texts = manuscripts.map(|manuscript| (manuscript.folder.to_string(), text(manuscript)));
            (texts.collect(), workspace.memory.still.len(), workspace.known(frame.value.site, &frame.diagnostics))
        })
    }

    #[test]
    fn texts_are_the_same_wherever_they_lie() {
        let (folder, memory) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = folder.path();
        let config =
            "title: 甲\nbase_url: https://example.gov.cn/\ntag: \"example.gov.cn,2024\"\nbureau: {name: 乙局}\n";
        fs::write(root.join("site.yaml"), config).unwrap();
        (0..NOTICES).for_each(|number| {
            write(root, number, &format!("{}[见](#甲)第 {number} 条。\n\n## 甲", "文".repeat(number as usize % 9)))
        });
        // What was written a moment ago does not count as known.
        std::thread::sleep(Duration::from_millis(3_100));
        let site = SiteDir::find(Some(root)).unwrap();
        let (texts, ..) = run(&site, Known::default());
        assert_eq!(texts.len(), NOTICES as usize);
        let spool = SpoolFile::sparing(memory.path(), 0).map(Arc::new);
        let (aside, read_before, mut known) = run(&site, Known { spool, ..Known::default() });
        assert_eq!((&aside, read_before), (&texts, 0));
        known.keep(memory.path());
        let first = Known::load(memory.path());
        let (kept, read_before, _) = run(&site, first.clone());
        assert_eq!((&kept, read_before), (&texts, NOTICES as usize));
        write(root, 7, "另一段正文，比原来的长得多。");
        std::thread::sleep(Duration::from_millis(3_100));
        let (changed, read_before, mut known) = run(&site, first.clone());
        assert_eq!(read_before, NOTICES as usize - 1);
        assert_eq!(changed.iter().filter(|(folder, text)| texts[*folder] != **text).count(), 1);
        // The part is written anew while what was read of the old one is still in use.
        known.keep(memory.path());
        let (again, read_before, _) = run(&site, Known::load(memory.path()));
        assert_eq!((&again, read_before), (&changed, NOTICES as usize));
        let old = first.readings.values().map(|reading| &reading.manuscript);
        assert!(old.into_iter().all(|old| texts[&old.folder.to_string()].ends_with(&*old.plain().unwrap())));
    }
}
