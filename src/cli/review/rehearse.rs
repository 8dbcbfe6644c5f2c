//! Before a sign-off releases anything: the site as it would be afterwards is composed in memory, so that nothing enters
//! `notices/` that `build` could never accept.

use super::sign::Signed;
use super::{Office, concerns};
use crate::artifact::Edition;
use crate::compose::{self, Options, Readings};
use crate::diag::{Code, Diagnostic, Outcome, Severity, is_unread};
use crate::inputs::{Bundle, Shelf};
use crate::moment::Moment;
use crate::review::Ledger;
use crate::review::desk::Step;
use crate::route::RelPath;
use crate::theme::{self, Theme};
use crate::workspace::Workspace;

/// What speaks against the site as it would be. Faults of other notices are there already, and no reason to keep this one
/// back.
pub(super) fn rehearse(office: &Office, now: Moment, signed: &[Signed<'_>], recorded: &Ledger) -> Vec<Diagnostic> {
    let ids: Vec<&str> =
        signed.iter().filter(|signed| publishes(&signed.step)).map(|signed| signed.chosen.bundle.id.as_str()).collect();
    if ids.is_empty() {
        return Vec::new();
    }
    let Outcome { value: mut inputs, mut diagnostics } = office.site.load(Edition::Public);
    let unread: Vec<Diagnostic> = diagnostics.iter().filter(|found| concerns(found, &ids)).cloned().collect();
    if is_unread(&unread) {
        return unread;
    }
    signed.iter().for_each(|signed| shelve(&mut inputs.bundles, signed));
    // Which paths a build writes does not hang on the theme, and a broken one is no reason either.
    let theme = Theme::compile("default", theme::default_files()).drain_into(&mut diagnostics);
    let Some(theme) = theme else { return diagnostics };
    let workspace = Workspace::of(office.config.clone(), theme, recorded.clone());
    let options = Options { now, edition: Edition::Public, base_url: office.config.base_url.clone() };
    workspace.compose(Readings::of(inputs, &workspace.config), &options, |frame| {
        let frame = frame.drain_into(&mut diagnostics);
        compose::plan(frame, Edition::Public).drain_into(&mut diagnostics);
    });
    // A build only warns of a link to what is not public yet; what is signed now need not begin with one.
    let waiting = diagnostics.iter_mut().filter(|found| found.code == Code::NoticeLink);
    waiting.for_each(|found| found.severity = Severity::Error);
    diagnostics.retain(|found| found.severity == Severity::Error && concerns(found, &ids));
    diagnostics
}

fn publishes(step: &Step) -> bool {
    matches!(step, Step::Released(..) | Step::Completed(..))
}

/// Moves bundles as the release will move folders.
fn shelve(bundles: &mut Vec<Bundle>, signed: &Signed<'_>) {
    let Signed { chosen, step } = signed;
    let live = bundles.iter().position(|bundle| bundle.shelf == Shelf::Live && bundle.id == chosen.bundle.id);
    match step {
        Step::Already | Step::Pending(_) => {}
        Step::Completed(text, _) => {
            if let Some(live) = live {
                bundles[live].index = Some(text.clone().into_bytes());
            }
        }
        Step::Released(text, entry) => {
            if let Some(live) = live {
                let before = &mut bundles[live];
                let version = entry.version.saturating_sub(1);
                before.shelf = Shelf::Archived;
                before.version = Some(version);
                // The id is a checked one: so is the path.
                before.folder = RelPath::parse(&format!("content/archive/{}/v{version}", entry.id))
                    .unwrap_or_else(|_| before.folder.clone());
            }
            bundles.push(Bundle {
                shelf: Shelf::Live,
                index: Some(text.clone().into_bytes()),
                ..chosen.bundle.clone()
            });
        }
    }
}
