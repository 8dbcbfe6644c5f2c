//! The edition being shown: the last good one, and what is wrong with the newest.

use super::Options;
use super::living::{Living, Wanted};
use crate::artifact::Edition;
use crate::diag::{self, Code, Diagnostic};
use crate::disk::SiteDir;
use crate::moment::Moment;
use crate::workspace::Known;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
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
        let (living, mut diagnostics) = self.make(changed);
        diag::arrange(&mut diagnostics);
        let conclusion = {
            let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            match living {
                Some(living) => {
                    let conclusion = format!("预览已更新：{} 个文件。", living.len());
                    *shown = Shown { living: Some(living), errors: Arc::default() };
                    conclusion
                }
                None => {
                    shown.errors = Arc::new(diagnostics.clone());
                    "预览未更新，仍显示上一次的内容。".to_owned()
                }
            }
        };
        self.generation.send_modify(|generation| *generation += 1);
        (diagnostics, conclusion)
    }

    fn make(&self, changed: Changed) -> (Option<Living>, Vec<Diagnostic>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // An attempt that fails may not have read what was to be read again, and nobody will tell of it a second time: then
        // nothing counts as known.
        let before = std::mem::take(&mut *known);
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
        *known = begun.known.unwrap_or_default();
        (begun.living, begun.diagnostics)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::time::Duration;

    const DRAFT: &str = "content/drafts/2024-001";
    const CONFIG: &str =
        "title: 甲\nbase_url: https://example.gov.cn/\ntag: \"example.gov.cn,2024\"\nbureau: {name: 乙局}\n";

    #[test]
    fn what_was_edited_while_the_site_could_not_be_read_is_read_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
        let draft = |title: &str| {
            let front = format!("id: 2024-001\nkind: 消费提示\ntitle: {title}\nsummary: 丙\nactions: [丁]");
            write(&format!("{DRAFT}/index.md"), &format!("---\n{front}\n---\n\n正文。\n"));
        };
        let changed = |folder: &str| Changed::Folders(BTreeSet::from([folder.to_owned()]));
        fs::create_dir_all(folder.path().join(DRAFT)).unwrap();
        write("site.yaml", CONFIG);
        draft("先前的标题");
        // What was written a moment ago does not count as known.
        std::thread::sleep(Duration::from_millis(3_100));
        let options = Options { port: 1, public: false, clock: Moment::parse("2024-06-01T09:00:00+08:00") };
        let editions = Editions::new(SiteDir::find(Some(folder.path())).unwrap(), options, 1);
        let page = || {
            let living = editions.shown().living.unwrap();
            String::from_utf8(living.file("n/2024-001/index.html").unwrap().unwrap().to_vec()).unwrap()
        };
        editions.renew(Changed::Anything);
        assert!(page().contains("先前的标题"));
        write("site.yaml", "title:");
        draft("后来的标题");
        editions.renew(changed(DRAFT));
        assert!(page().contains("先前的标题"), "the last good edition stays up");
        write("site.yaml", CONFIG);
        editions.renew(changed(""));
        assert!(page().contains("后来的标题"));
    }
}
