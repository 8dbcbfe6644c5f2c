//! What a loss of power could take from runs that nothing disturbs: nothing.

use super::enumerated::print;
use super::model::{self, Role};
use super::scenario::{Gold, Kind, Scenario};
use std::fmt::Write as _;
use std::path::Path;

/// What a loss of power could take or turn round; nothing where all that is written lasts before anything rests on it.
pub fn faults(scenarios: &[Scenario], golds: &[Gold], place: &Path) -> String {
    let mut faults = String::new();
    let mut calls = 0;
    for (scenario, gold) in scenarios.iter().zip(golds) {
        calls += gold.calls.iter().filter(|call| call.changes()).count();
        for fault in model::faults(&gold.calls, |path| role(scenario.kind, place, path)) {
            let _ = writeln!(faults, "{} from {}, power loss: {fault}", scenario.command, scenario.start);
        }
    }
    print(&format!("{calls} calls of {} runs looked at for what a loss of power could take\n", golds.len()));
    faults
}

/// What a path is to a kind of run.
fn role(kind: Kind, place: &Path, path: &str) -> Role {
    let Some(path) = path.strip_prefix(place.to_str().unwrap()) else { return Role::Aside };
    let is_beside = |part: &str| part.starts_with('.') && part.ends_with(".jingshi");
    let is_aside = |part: &str| part.starts_with(".jingshi-new") || is_beside(part) || part == ".lock";
    if path.split('/').any(is_aside) {
        return Role::Aside;
    }
    Role::Seen(match (kind, path) {
        (Kind::Publish, path) if path.ends_with("/manifest.json.sig") => 3,
        (Kind::Publish, path) if path.ends_with("/manifest.json") => 2,
        (Kind::Desk, "/site/content/ledger.csv") => 2,
        (Kind::Desk, path)
            if path.starts_with("/site/content/notices") || path.starts_with("/site/content/archive") =>
        {
            3
        }
        (Kind::Init, path) if path.ends_with("/site.yaml") => 2,
        _ => 1,
    })
}
