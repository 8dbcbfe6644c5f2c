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
        let Some(now) = self.options.clock.or_else(|| Moment::from_unix(chrono::Utc::now().timestamp())) else {
            let wrong = Diagnostic::error(Code::Usage, "电脑的时间不对").hint("请校准日期和时间");
            return (None, vec![wrong]);
        };
        let edition = if self.options.public { Edition::Public } else { Edition::Preview };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match changed {
            Changed::Anything => known.clone(),
            Changed::Folders(folders) => known.clone().touched(folders),
        };
        let begun = Living::begin(self.site.clone(), before, Wanted { now, edition, port: self.port });
        if let Some(learnt) = begun.known {
            *known = learnt;
        }
        (begun.living, begun.diagnostics)
    }
}
