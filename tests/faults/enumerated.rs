//! Every call of every command that changes the file system or reads of the site, and a fault at each: all of them, or a
//! seeded even choice.

use super::judge::Left;
use super::power;
use super::scenario::{Gold, Kind, Scenario};
use super::strace::{Fault, Point, required};
use super::trial::{self, Found, Known};
use super::world::{World, scratch};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many points are tried where nobody says: an integer, or `all`.
const VARIABLE: &str = "JINGSHI_FAULT_POINTS";
const USUAL: usize = 250;
const SEED: usize = 7;

const FAULTS: [Fault; 7] = [
    Fault::Kill,
    Fault::PowerLoss,
    Fault::Error("ENOSPC"),
    Fault::Error("EIO"),
    Fault::Error("EACCES"),
    Fault::Error("EROFS"),
    Fault::Unreadable,
];

/// A fault at a point of a scenario.
struct Job<'a> {
    scenario: &'a Scenario,
    gold: &'a Gold,
    fault: Fault,
    point: &'a Point,
}

#[test]
fn whatever_a_fault_leaves_is_old_or_new_and_the_next_run_repairs_it() {
    required();
    let world = World::get();
    let scratch = scratch("faults-");
    let scenarios = Scenario::all(&world);
    let golds: Vec<Gold> = scenarios.iter().map(|scenario| scenario.gold(&scratch.path().join("gold"))).collect();
    let faults = power::faults(&scenarios, &golds, &scratch.path().join("gold"));
    let jobs = chosen(&scenarios, &golds);
    let known = Known::default();
    let next = AtomicUsize::new(0);
    let results = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for worker in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            let (jobs, known, next, results) = (&jobs, &known, &next, &results);
            let place = scratch.path().join(format!("trial-{worker}"));
            scope.spawn(move || {
                while let Some((index, job)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    jobs.get(index).map(|job| (index, job))
                } {
                    let found = trial::run(job.scenario, job.gold, (job.fault, job.point), (&place, known));
                    results.lock().unwrap().insert(index, found);
                }
            });
        }
    });
    report(&jobs, &results.into_inner().unwrap(), faults);
}

/// The trials: of each scenario and fault an even choice that has the rare calls in it, where not all are wanted.
fn chosen<'a>(scenarios: &'a [Scenario], golds: &'a [Gold]) -> Vec<Job<'a>> {
    let wanted = asked().unwrap_or_else(|| USUAL.to_string());
    let mut jobs = Vec::new();
    for (scenario, gold) in scenarios.iter().zip(golds) {
        for fault in FAULTS {
            let points = gold.points.iter().filter(|point| is_tried(fault, point));
            jobs.extend(points.map(|point| Job { scenario, gold, fault, point }));
        }
    }
    let all = jobs.len();
    let Ok(wanted) = wanted.parse::<usize>() else { return jobs };
    let stride = all.div_ceil(wanted.max(1)).max(1);
    let mut at = SEED;
    jobs.retain(|job| {
        at += if is_rare(job) { stride } else { 1 };
        let is_chosen = at >= stride;
        at -= if is_chosen { stride } else { 0 };
        is_chosen
    });
    print(&format!("{} of {all} points of fault, seed {SEED}\n", jobs.len()));
    jobs
}

/// A call of which a build makes few, the exchange or a sync: what is killed or fails there is always tried.
fn is_rare(job: &Job<'_>) -> bool {
    let same = job.gold.points.iter().filter(|point| point.call.name == job.point.call.name);
    let is_telling = matches!(job.fault, Fault::Kill | Fault::Error("EIO"));
    job.scenario.kind == Kind::Build && is_telling && same.count() <= 3
}

/// How many points somebody asks for.
pub fn asked() -> Option<String> {
    std::env::var(VARIABLE).ok()
}

/// A message is written to nobody's disk, and a call that failed changed nothing: to be killed there tells nothing new.
fn is_tried(fault: Fault, point: &Point) -> bool {
    match fault {
        Fault::Kill | Fault::PowerLoss => point.call.changes() && point.call.succeeded(),
        Fault::Error(_) => point.call.changes() && !point.call.is_message(),
        Fault::Unreadable => !point.call.changes(),
    }
}

/// Points, old, new, between, repaired, failed.
type Counts = [usize; 6];

/// Prints the table; fails where anything does not hold.
fn report(jobs: &[Job<'_>], results: &BTreeMap<usize, Found>, mut faults: String) {
    let mut rows: BTreeMap<(usize, Fault), Counts> = BTreeMap::new();
    let names = names(jobs);
    for (index, found) in results {
        let Job { scenario, fault, point, .. } = &jobs[*index];
        let at = names.iter().position(|name| *name == (scenario.command, scenario.start)).unwrap();
        let left = |left| usize::from(found.left == Some(left));
        let repaired = usize::from(found.repaired);
        let counts = [1, left(Left::Old), left(Left::New), left(Left::Between), repaired, found.fault.iter().count()];
        let row = rows.entry((at, *fault)).or_default();
        row.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        if let Some(said) = &found.fault {
            let (name, call) = (fault.name(), point.call.short());
            let Scenario { command, start, .. } = scenario;
            let _ = writeln!(faults, "{command} from {start}, {name} at {call} no. {}: {said}\n", point.count);
        }
    }
    print(&table(&names, &rows));
    assert!(faults.is_empty(), "\n{faults}");
}

/// Commands and starting states, in order.
fn names<'a>(jobs: &[Job<'a>]) -> Vec<(&'a str, &'a str)> {
    let mut names: Vec<_> = jobs.iter().map(|job| (job.scenario.command, job.scenario.start)).collect();
    names.dedup();
    names
}

fn table(names: &[(&str, &str)], rows: &BTreeMap<(usize, Fault), Counts>) -> String {
    let mut text = "| command | starting from | fault | points | old | new | between | repaired | failed |\n|---|---|---|--:|--:|--:|--:|--:|--:|\n".to_owned();
    let mut sums = [0; 6];
    for ((at, fault), row) in rows {
        let (command, start) = names[*at];
        let [points, old, new, between, repaired, failed] = row;
        let _ = writeln!(
            text,
            "| {command} | {start} | {} | {points} | {old} | {new} | {between} | {repaired} | {failed} |",
            fault.name()
        );
        for (sum, count) in sums.iter_mut().zip(row) {
            *sum += count;
        }
    }
    let [points, old, new, between, repaired, failed] = sums;
    let _ = writeln!(text, "| all | | | {points} | {old} | {new} | {between} | {repaired} | {failed} |");
    text
}

/// Past the harness, which keeps what tests print to itself while they pass.
pub fn print(text: &str) {
    std::io::stderr().write_all(text.as_bytes()).unwrap();
}
