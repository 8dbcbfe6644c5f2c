//! Tells of changes on disk, a moment after the last of a burst.

use super::edition::Changed;
use crate::diag::Diagnostic;
use crate::disk::{SiteDir, read_failed};
use crate::inputs::Shelf;
use notify_debouncer_full::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The watcher, which works until it is dropped, and where it tells of changes.
pub(super) type Watch = (Debouncer<RecommendedWatcher, RecommendedCache>, Receiver<Changed>);

/// Watches content, themes and `site.yaml`.
///
/// # Errors
/// The system refuses.
pub(super) fn start(site: &SiteDir) -> Result<Watch, Box<Diagnostic>> {
    let (sender, receiver) = channel();
    let root = site.root().canonicalize().unwrap_or_else(|_| site.root().to_owned());
    let watched = root.clone();
    let tell = move |result: DebounceEventResult| {
        let relevant = |path: &Path| {
            let first = path.strip_prefix(&watched).ok().and_then(|path| path.components().next());
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            first.is_some_and(|first| matches!(first.as_os_str().to_str(), Some("content" | "themes" | "site.yaml")))
                && !hidden
        };
        // Nobody listens any more once the program ends.
        let _ = match result {
            Ok(events) => changed(&watched, &events, &relevant).map_or(Ok(()), |changed| sender.send(changed)),
            Err(_) => sender.send(Changed::Anything),
        };
    };
    let failed = |error: notify_debouncer_full::notify::Error| {
        Box::new(read_failed(&root.display().to_string(), &std::io::Error::other(error)))
    };
    let mut debouncer = new_debouncer(Duration::from_millis(5), None, tell).map_err(failed)?;
    // The root without what lies below, for site.yaml; the output and the rest are none of our business.
    debouncer.watch(&root, RecursiveMode::NonRecursive).map_err(failed)?;
    for folder in ["content", "themes"].map(|name| root.join(name)).into_iter().filter(|folder| folder.is_dir()) {
        debouncer.watch(&folder, RecursiveMode::Recursive).map_err(failed)?;
    }
    Ok((debouncer, receiver))
}

/// What changed; nothing where it is none of our business.
fn changed(root: &Path, events: &[DebouncedEvent], is_relevant: &dyn Fn(&Path) -> bool) -> Option<Changed> {
    if events.iter().any(|event| event.need_rescan()) {
        return Some(Changed::Anything);
    }
    // Reading a file is an event too, and must not set off another reading.
    let paths = events.iter().filter(|event| !event.kind.is_access()).flat_map(|event| &event.paths);
    let paths: Vec<&PathBuf> = paths.filter(|path| is_relevant(path)).collect();
    let folders = paths.iter().map(|path| folder(path.strip_prefix(root).ok()?)).collect::<Option<BTreeSet<String>>>();
    (!paths.is_empty()).then(|| folders.map_or(Changed::Anything, Changed::Folders))
}

/// The folder of a notice in which a path of the site lies, or a name that none has where it lies in none; nothing where it is
/// a folder of such folders, of which everything may have changed.
fn folder(path: &Path) -> Option<String> {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    match Shelf::of(&parts.join("/")) {
        Some(shelf) => (parts.len() >= shelf.depth()).then(|| parts[..shelf.depth()].join("/")),
        None if parts == ["content"] => None,
        None => Some(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_which_notice_is_to_be_read_again() {
        let of = |path: &str| folder(Path::new(path));
        assert_eq!(of("content/notices/2024-001/index.md").as_deref(), Some("content/notices/2024-001"));
        assert_eq!(of("content/drafts/2024-001").as_deref(), Some("content/drafts/2024-001"));
        assert_eq!(of("content/archive/2024-001/v1/图/a.png").as_deref(), Some("content/archive/2024-001/v1"));
        assert_eq!(of("content/archive/2024-001"), None, "all its versions may be gone");
        assert_eq!([of("content/notices"), of("content")], [None, None]);
        for outside in ["site.yaml", "content/ledger.csv", "themes/x/a.html", "content/pages/about.md"] {
            assert_eq!(of(outside).as_deref(), Some(""), "{outside}");
        }
    }
}
