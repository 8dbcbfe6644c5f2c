//! The edition being shown: the last good one, and what is wrong with the newest.

use super::Options;
use crate::artifact::Edition;
use crate::compose;
use crate::diag::{self, Code, Diagnostic, Outcome};
use crate::disk::SiteDir;
use crate::moment::Moment;
use crate::output::bytes_of;
use crate::route::BaseUrl;
use crate::workspace::Workspace;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::watch;

/// The files of an edition by path.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// What a request sees.
#[derive(Clone, Default)]
pub(super) struct Shown {
    /// The last edition without errors.
    pub files: Arc<Files>,
    /// The errors of the newest, if it has any.
    pub errors: Arc<Vec<Diagnostic>>,
}

/// Makes editions and keeps the last good one.
pub(super) struct Editions {
    site: SiteDir,
    options: Options,
    port: u16,
    shown: RwLock<Shown>,
    generation: watch::Sender<u64>,
}

impl Editions {
    /// None has been made yet.
    pub fn new(site: SiteDir, options: Options, port: u16) -> Self {
        Self { site, options, port, shown: RwLock::default(), generation: watch::Sender::new(0) }
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
    pub fn renew(&self) -> (Vec<Diagnostic>, String) {
        let Outcome { value: files, mut diagnostics } = self.make();
        diag::arrange(&mut diagnostics);
        let conclusion = {
            let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            match files {
                Some(files) => {
                    *shown = Shown { files: Arc::new(files), errors: Arc::default() };
                    format!("预览已更新：{} 个文件。", shown.files.len())
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

    fn make(&self) -> Outcome<Option<Files>> {
        let edition = if self.options.public { Edition::Public } else { Edition::Preview };
        let Outcome { value: workspace, mut diagnostics } = Workspace::open(&self.site, edition);
        let Some(workspace) = workspace else { return Outcome::new(None, diagnostics) };
        let Some(now) = self.options.clock.or_else(|| Moment::from_unix(chrono::Utc::now().timestamp())) else {
            diagnostics.push(Diagnostic::error(Code::Usage, "电脑的时间不对").hint("请校准日期和时间"));
            return Outcome::new(None, diagnostics);
        };
        let base_url = BaseUrl::parse(&format!("http://127.0.0.1:{}/", self.port))
            .unwrap_or_else(|| workspace.config.base_url.clone());
        let options = compose::Options { now, edition, base_url };
        workspace.compose(&options, |plan, _| {
            let plan = plan.drain_into(&mut diagnostics);
            if diag::has_errors(&diagnostics) {
                return Outcome::new(None, diagnostics);
            }
            let made: Vec<_> = plan
                .artifacts()
                .par_iter()
                .map(|artifact| (artifact.path.to_string(), bytes_of(artifact, &self.site)))
                .collect();
            let mut files = Files::new();
            for (path, bytes) in made {
                match bytes {
                    Ok(bytes) => drop(files.insert(path, bytes)),
                    Err(error) => diagnostics.push(*error),
                }
            }
            let good = !diag::has_errors(&diagnostics);
            Outcome::new(good.then_some(files), diagnostics)
        })
    }
}
