//! Every call of every command that changes the file system, and a fault at each: all of them, or a seeded even choice.

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
const USUAL: usize = 240;
const SEED: usize = 7;

const FAULTS: [Fault; 6] = [
    Fault::Kill,
    Fault::PowerLoss,
    Fault::Error("ENOSPC"),
    Fault::Error("EIO"),
    Fault::Error("EACCES"),
    Fault::Error("EROFS"),
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
    let world = World::new();
    let scratch = scratch("faults-");
    let scenarios = Scenario::all(&world);
    let golds: Vec<Gold> = scenarios.iter().map(|scenario| scenario.gold(&scratch.path().join("gold"))).collect();
    power::check(&scenarios, &golds, &scratch.path().join("gold"));
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
    report(&jobs, &results.into_inner().unwrap());
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
    let count = |job: &Job<'_>| job.gold.points.iter().filter(|point| point.call.name == job.point.call.name).count();
    let mut at = SEED;
    // Calls of which a run makes few weigh more: the exchange, the syncs.
    jobs.retain(|job| {
        at += if count(job) <= 3 && job.scenario.kind == Kind::Build { stride.min(4) * stride / 4 } else { 1 };
        if at >= stride {
            at -= stride;
            true
        } else {
            false
        }
    });
    jobs
}

/// How many points somebody asks for.
pub fn asked() -> Option<String> {
    std::env::var(VARIABLE).ok()
}

/// A message is written to nobody's disk, and a call that failed changed nothing: to be killed there tells nothing new.
fn is_tried(fault: Fault, point: &Point) -> bool {
    match fault {
        Fault::Kill | Fault::PowerLoss => point.call.succeeded(),
        Fault::Error(_) => !point.call.is_message(),
    }
}

/// Prints the table; fails where anything does not hold.
fn report(jobs: &[Job<'_>], results: &BTreeMap<usize, Found>) {
    let mut rows: BTreeMap<(usize, Fault), [usize; 6]> = BTreeMap::new();
    let mut order: Vec<*const Scenario> = Vec::new();
    let mut faults = String::new();
    for (index, found) in results {
        let job = &jobs[*index];
        let at = order.iter().position(|other| std::ptr::eq(*other, job.scenario)).unwrap_or_else(|| {
            order.push(job.scenario);
            order.len() - 1
        });
        let row = rows.entry((at, job.fault)).or_default();
        row[0] += 1;
        match found.left {
            Some(Left::Old) => row[1] += 1,
            Some(Left::New) => row[2] += 1,
            Some(Left::Between) => row[3] += 1,
            None => {}
        }
        row[4] += usize::from(found.repaired);
        if let Some(fault) = &found.fault {
            row[5] += 1;
            let Job { scenario, point, .. } = job;
            let _ = writeln!(
                faults,
                "{} from {}, {} at {} no. {}: {fault}\n",
                scenario.command,
                scenario.start,
                job.fault.name(),
                point.call.short(),
                point.count
            );
        }
    }
    print(&table(jobs, &rows));
    assert!(faults.is_empty(), "\n{faults}");
}

fn table(jobs: &[Job<'_>], rows: &BTreeMap<(usize, Fault), [usize; 6]>) -> String {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for job in jobs {
        let name = (job.scenario.command, job.scenario.start);
        if !names.contains(&name) {
            names.push(name);
        }
    }
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
