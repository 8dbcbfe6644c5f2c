//! Tells of changes on disk, a moment after the last of a burst.

use crate::diag::Diagnostic;
use crate::disk::{SiteDir, read_failed};
use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The watcher, which works until it is dropped, and where it tells of changes.
pub(super) type Watch = (Debouncer<RecommendedWatcher, RecommendedCache>, Receiver<()>);

/// Watches content, themes and `site.yaml`.
///
/// # Errors
/// The system refuses.
pub(super) fn start(site: &SiteDir) -> Result<Watch, Box<Diagnostic>> {
    let (sender, receiver) = channel();
    let root = site.root().canonicalize().unwrap_or_else(|_| site.root().to_owned());
    let watched = root.clone();
    let tell = move |result: DebounceEventResult| {
        let relevant = |path: &std::path::Path| {
            let first = path.strip_prefix(&watched).ok().and_then(|path| path.components().next());
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            first.is_some_and(|first| matches!(first.as_os_str().to_str(), Some("content" | "themes" | "site.yaml")))
                && !hidden
        };
        // Reading a file is an event too, and must not set off another reading.
        let changed = |event: &notify_debouncer_full::DebouncedEvent| {
            !event.kind.is_access() && event.paths.iter().any(|path| relevant(path))
        };
        if result.is_ok_and(|events| events.iter().any(changed)) {
            // Nobody listens any more once the program ends.
            let _ = sender.send(());
        }
    };
    let failed = |error: notify_debouncer_full::notify::Error| {
        Box::new(read_failed(&root.display().to_string(), &std::io::Error::other(error)))
    };
    let mut debouncer = new_debouncer(Duration::from_millis(60), None, tell).map_err(failed)?;
    // The root without what lies below, for site.yaml; the output and the rest are none of our business.
    debouncer.watch(&root, RecursiveMode::NonRecursive).map_err(failed)?;
    for folder in ["content", "themes"].map(|name| root.join(name)).into_iter().filter(|folder| folder.is_dir()) {
        debouncer.watch(&folder, RecursiveMode::Recursive).map_err(failed)?;
    }
    Ok((debouncer, receiver))
}
