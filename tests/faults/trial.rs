//! One fault at one point of one run, and what is counted of it.

use super::call::Call;
use super::judge::{self, Left};
use super::model::Unsynced;
use super::scenario::{Gold, Scenario, site};
use super::strace::{self, Fault, Point};
use super::tree::{Tree, fingerprint, tree};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

/// What was found out about a trial.
#[derive(Debug, Clone)]
pub struct Found {
    /// In which state the fault left things.
    pub left: Option<Left>,
    /// Whether the command was run again, and came to what it comes to undisturbed.
    pub repaired: bool,
    /// What does not hold.
    pub fault: Option<String>,
}

/// States from which the way back is known already, with what became of it: many faults leave the same.
#[derive(Default)]
pub struct Known(Mutex<BTreeMap<(String, u64), Result<(), String>>>);

/// Tries it in a folder.
pub fn run(
    scenario: &Scenario,
    gold: &Gold,
    (fault, point): (Fault, &Point),
    (place, known): (&Path, &Known),
) -> Found {
    scenario.lay(place);
    let (ended, calls) = strace::inject(&site(place), &scenario.words, (fault, point), &place.with_extension("log"));
    if fault == Fault::PowerLoss {
        lose(&calls);
    }
    let state = tree(place).unwrap();
    let left = judge::at_once(scenario, gold, &state);
    let words = judge::words(scenario, gold, (fault, &ended, &state));
    let again = again(scenario, gold, (place, &state), known);
    let faults = [left.clone().err(), words.err(), again.clone().err()];
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    let fault = (!faults.is_empty()).then(|| faults.join("; "));
    Found { left: left.ok(), repaired: again.is_ok(), fault }
}

/// The way back from a state, if it is not known yet.
///
/// # Errors
/// It leads elsewhere.
pub fn again(scenario: &Scenario, gold: &Gold, (place, state): (&Path, &Tree), known: &Known) -> Result<(), String> {
    let key = (format!("{} {}", scenario.command, scenario.start), fingerprint(state));
    if let Some(result) = known.0.lock().unwrap().get(&key) {
        return result.clone();
    }
    let result = judge::again(scenario, gold, place);
    known.0.lock().unwrap().insert(key, result.clone());
    result
}

/// The power goes: of what was not forced to the disk only the length is left.
fn lose(calls: &[Call]) {
    for file in Unsynced::after(calls).files {
        let Ok(metadata) = fs::symlink_metadata(&file) else { continue };
        if metadata.is_file() {
            fs::write(&file, vec![0; usize::try_from(metadata.len()).unwrap()]).unwrap();
        }
    }
}
