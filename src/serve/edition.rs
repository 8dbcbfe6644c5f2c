//! The edition being shown: the last good one, and what is wrong with the newest.

use super::Options;
use super::living::{Living, Planned, Wanted};
use crate::artifact::Edition;
use crate::diag::{self, Code, Diagnostic};
use crate::disk::SiteDir;
use crate::moment::Moment;
use crate::workspace::Known;
use std::collections::BTreeSet;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use tokio::sync::watch;

/// What a request sees.
#[derive(Clone, Default)]
pub(super) struct Shown {
    /// The last edition without errors.
    pub living: Option<Living>,
    /// The errors of the newest, if it has any.
    pub errors: Arc<Vec<Diagnostic>>,
}

/// What may have changed since the edition before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Changed {
    /// Anything.
    Anything,
    /// In these folders of notices, and outside of any.
    Folders(BTreeSet<String>),
}

/// Makes editions and keeps the last good one.
pub(super) struct Editions {
    site: SiteDir,
    options: Options,
    port: u16,
    shown: RwLock<Shown>,
    /// What was read for the editions so far.
    known: Mutex<Known>,
    generation: watch::Sender<u64>,
}

impl Editions {
    /// None has been made yet.
    pub fn new(site: SiteDir, options: Options, port: u16) -> Self {
        let (shown, known) = (RwLock::default(), Mutex::default());
        Self { site, options, port, shown, known, generation: watch::Sender::new(0) }
    }

    /// The site.
    pub fn site(&self) -> &SiteDir {
        &self.site
    }

    /// What is to be shown now.
    pub fn shown(&self) -> Shown {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells of every new edition, good or not.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.generation.subscribe()
    }

    /// Makes an edition of what is on disk now. What was noticed, and what was done.
    pub fn renew(&self, changed: Changed) -> (Vec<Diagnostic>, String) {
        let before = self.shown().living;
        let (living, mut diagnostics) = self.make(changed);
        let mut files = None;
        if let Some((living, planned)) = living {
            // Whoever waits for a page need not wait for the plan of all others.
            self.show(Shown { living: Some(living), errors: Arc::default() });
            let planned = planned.recv().unwrap_or_default();
            *self.known() = planned.known;
            diagnostics.extend(planned.diagnostics);
            files = Some(planned.files).filter(|_| !diag::has_errors(&diagnostics));
        }
        diag::arrange(&mut diagnostics);
        let conclusion = match files {
            Some(files) => format!("预览已更新：{files} 个文件。"),
            None => {
                self.show(Shown { living: before, errors: Arc::new(diagnostics.clone()) });
                "预览未更新，仍显示上一次的内容。".to_owned()
            }
        };
        (diagnostics, conclusion)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, shown: Shown) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
        self.generation.send_modify(|generation| *generation += 1);
    }

    fn make(&self, changed: Changed) -> (Option<(Living, Receiver<Planned>)>, Vec<Diagnostic>) {
        // An attempt that fails may not have read what was to be read again, and nobody will tell of it a second time: then
        // nothing counts as known.
        let before = std::mem::take(&mut *self.known());
        let before = match changed {
            Changed::Anything => before,
            Changed::Folders(folders) => before.touched(folders),
        };
        let Some(now) = self.options.clock.or_else(|| Moment::from_unix(chrono::Utc::now().timestamp())) else {
            let wrong = Diagnostic::error(Code::Usage, "电脑的时间不对").hint("请校准日期和时间");
            return (None, vec![wrong]);
        };
        let edition = if self.options.public { Edition::Public } else { Edition::Preview };
        let begun = Living::begin(self.site.clone(), before, Wanted { now, edition, port: self.port });
        *self.known() = begun.known;
        (begun.living, begun.diagnostics)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use std::fs;
    use std::time::Duration;

    const DRAFT: &str = "content/drafts/2024-001";
    const CONFIG: &str =
        "title: 甲\nbase_url: https://example.gov.cn/\ntag: \"example.gov.cn,2024\"\nbureau: {name: 乙局}\n";

    /// A site with drafts, and its editions.
    fn served(drafts: &[&str]) -> (tempfile::TempDir, Editions) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("site.yaml"), CONFIG).unwrap();
        drafts.iter().for_each(|id| draft(folder.path(), id, "标题"));
        let options = Options { port: 1, public: false, clock: Moment::parse("2024-06-01T09:00:00+08:00") };
        let editions = Editions::new(SiteDir::find(Some(folder.path())).unwrap(), options, 1);
        (folder, editions)
    }

    fn draft(site: &std::path::Path, id: &str, title: &str) {
        let front = format!("id: {id}\nkind: 消费提示\ntitle: {title}\nsummary: 丙\nactions: [丁]");
        let place = site.join("content/drafts").join(id);
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("index.md"), format!("---\n{front}\n---\n\n正文。\n")).unwrap();
    }

    #[test]
    fn an_edition_whose_files_collide_gives_way_to_the_one_before() {
        let (folder, editions) = served(&["AB-1"]);
        assert_eq!(editions.renew(Changed::Anything).1.split('：').next(), Some("预览已更新"));
        draft(folder.path(), "ab-1", "另一个标题");
        let (diagnostics, conclusion) = editions.renew(Changed::Anything);
        assert!(diagnostics.iter().any(|found| found.code == Code::OutputCollision), "{diagnostics:?}");
        assert_eq!(conclusion, "预览未更新，仍显示上一次的内容。");
        let Shown { living, errors } = editions.shown();
        assert!(!errors.is_empty() && living.is_some_and(|living| !living.has("n/ab-1/index.html")));
    }

    #[test]
    fn files_beside_notices_and_those_of_the_whole_site_are_there_at_once() {
        let (folder, editions) = served(&["2024-001"]);
        fs::write(folder.path().join("content/drafts/2024-001/a.txt"), "甲").unwrap();
        editions.renew(Changed::Anything);
        let living = editions.shown().living.unwrap();
        let has = |path: &str| living.has(path);
        for path in ["index.html", "n/2024-001/index.html", "n/2024-001/notice.json", "feed.xml"] {
            assert!(has(path) && living.file(path).is_some_and(|file| file.is_ok()), "{path}");
        }
        for path in ["n/2024-001/", "n/2024-002/index.html", "n/", "n", ""] {
            assert!(!has(path) && living.file(path).is_none(), "{path}");
        }
    }

    /// The page of the draft, as it is shown.
    fn page(editions: &Editions) -> String {
        let living = editions.shown().living.unwrap();
        String::from_utf8(living.file("n/2024-001/index.html").unwrap().unwrap().to_vec()).unwrap()
    }

    fn changed(folder: &str) -> Changed {
        Changed::Folders(BTreeSet::from([folder.to_owned()]))
    }

    #[test]
    fn what_was_edited_while_the_site_could_not_be_read_is_read_afterwards() {
        let (folder, editions) = served(&["2024-001"]);
        // What was written a moment ago does not count as known.
        std::thread::sleep(Duration::from_millis(3_100));
        editions.renew(Changed::Anything);
        assert!(page(&editions).contains("标题"));
        fs::write(folder.path().join("site.yaml"), "title:").unwrap();
        draft(folder.path(), "2024-001", "后来的");
        editions.renew(changed(DRAFT));
        assert!(page(&editions).contains("标题"), "the last good edition stays up");
        fs::write(folder.path().join("site.yaml"), CONFIG).unwrap();
        editions.renew(changed(""));
        assert!(page(&editions).contains("后来的"));
    }

    #[test]
    fn what_is_known_of_folders_theme_and_ledger_follows_the_disk() {
        let (folder, editions) = served(&["2024-001"]);
        let has = |path: &str| editions.shown().living.unwrap().has(path);
        let place = |path: &str| folder.path().join(path);
        std::thread::sleep(Duration::from_millis(3_100));
        editions.renew(Changed::Anything);
        draft(folder.path(), "2024-002", "又一条");
        editions.renew(changed("content/drafts/2024-002"));
        assert!(has("n/2024-002/index.html"), "a new folder");
        fs::remove_dir_all(place("content/drafts/2024-002")).unwrap();
        editions.renew(changed("content/drafts/2024-002"));
        assert!(!has("n/2024-002/index.html"), "a folder that has gone");
        fs::write(place("content/drafts/x.md"), "").unwrap();
        let (diagnostics, _) = editions.renew(changed("content/drafts/x.md"));
        assert!(diagnostics.iter().any(|found| found.code == Code::FileStray));
        let (diagnostics, _) = editions.renew(changed(DRAFT));
        assert!(diagnostics.iter().any(|found| found.code == Code::FileStray), "it is told every time");
        fs::remove_file(place("content/drafts/x.md")).unwrap();
        fs::create_dir_all(place("themes/default/static")).unwrap();
        fs::write(place("themes/default/static/style.css"), "a{}").unwrap();
        editions.renew(changed(""));
        let print = Digest::of(b"a{}").short();
        assert!(page(&editions).contains(&print), "the site's own style");
        fs::write(place("content/ledger.csv"), "x").unwrap();
        assert!(diag::has_errors(&editions.renew(changed("")).0), "a broken ledger");
        fs::remove_file(place("content/ledger.csv")).unwrap();
        assert!(!diag::has_errors(&editions.renew(changed("")).0));
    }
}
