//! Many threads killed at any time, and two commands at once.

use super::enumerated::{asked, print};
use super::judge::{self, Left};
use super::scenario::{Gold, Scenario, site};
use super::strace::{Ended, required, surroundings};
use super::tree::{below, tree};
use super::world::{World, scratch, words};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How many runs are killed where nobody asks for all points.
const KILLS: u32 = 8;

/// The program at work in a folder, with this many threads: one, which a scenario may ask for, was for counting.
fn start(folder: &Path, words: &[String], threads: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jingshi"));
    surroundings(&mut command, folder);
    command
        .args(words.iter().filter(|word| !matches!(word.as_str(), "--jobs" | "1")))
        .env("RAYON_NUM_THREADS", threads);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn finish(child: Child) -> Ended {
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code(),
        said: String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
    }
}

/// The commands of which any number of threads may be at work.
fn wanted(scenarios: Vec<Scenario>) -> Vec<Scenario> {
    let wanted = [("build", "standby"), ("build", "foreign"), ("sign", "several"), ("publish", "target-old")];
    scenarios.into_iter().filter(|scenario| wanted.contains(&(scenario.command, scenario.start))).collect()
}

#[test]
fn a_run_of_many_threads_killed_at_any_time_leaves_old_or_new() {
    required();
    let (world, scratch) = (World::get(), scratch("faults-"));
    let place = scratch.path().join("place");
    let kills = asked().map_or(KILLS, |_| 100);
    for scenario in wanted(Scenario::all(&world)) {
        let gold = scenario.gold(&place);
        scenario.lay(&place);
        let begin = Instant::now();
        finish(start(&site(&place), &scenario.words, "8"));
        let whole = begin.elapsed();
        let mut counts = [0; 4];
        for number in 0..kills {
            // Spread over the run; the multiples of the golden ratio are even whatever their number.
            let share = (f64::from(number) * 0.618_034).fract();
            let (left, killed) = kill((&scenario, &gold), &place, whole.mul_f64(share));
            counts[left as usize] += 1;
            counts[3] += killed;
        }
        let [old, new, between, killed] = counts;
        print(&format!(
            "{} from {}, 8 threads: {kills} runs, {killed} killed in time: {old} old, {new} new, {between} between, all repaired\n",
            scenario.command, scenario.start
        ));
    }
}

/// Kills a run of many threads after a time; what it left, and whether it was still at work.
fn kill((scenario, gold): (&Scenario, &Gold), place: &Path, after: Duration) -> (Left, u32) {
    scenario.lay(place);
    let mut child = start(&site(place), &scenario.words, "8");
    std::thread::sleep(after);
    child.kill().unwrap();
    let ended = finish(child);
    let failed = |fault| panic!("{} from {}, killed after {after:?}: {fault}", scenario.command, scenario.start);
    let left = judge::at_once(scenario, gold, &tree(place).unwrap());
    let left = left.unwrap_or_else(|fault| panic!("{} from {}, {after:?}: {fault}", scenario.command, scenario.start));
    judge::again(scenario, gold, place).unwrap_or_else(failed);
    (left, u32::from(ended.code.is_none()))
}

#[test]
fn two_commands_at_once_do_not_harm_each_other() {
    let (world, scratch) = (World::get(), scratch("faults-"));
    let place = scratch.path().join("place");
    let scenarios = wanted(Scenario::all(&world));
    let (mut refused, mut runs) = (0, 0);
    for scenario in &scenarios {
        let gold = scenario.gold(&place);
        for number in 0..asked().map_or(2, |_| 20) {
            scenario.lay(&place);
            let one = start(&site(&place), &scenario.words, "2");
            std::thread::sleep(Duration::from_millis(10 * number));
            let other = start(&site(&place), &scenario.words, "2");
            let ended = [finish(one), finish(other)];
            let name = format!("{} from {}", scenario.command, scenario.start);
            for Ended { code, said } in &ended {
                let busy = *code == Some(4) && said.contains("另一个 jingshi");
                assert!(*code == Some(0) || busy || said.contains("没有要处理"), "{name}: {code:?} {said}");
                refused += usize::from(busy);
                runs += 1;
            }
            assert!(ended.iter().any(|ended| ended.code == Some(0)), "{name}");
            let state = tree(&place).unwrap();
            assert_eq!(judge::at_once(scenario, &gold, &state), Ok(Left::New), "{name}");
        }
    }
    print(&format!(
        "two at once: {runs} runs, {refused} were refused because the other was at work, every result is one\n"
    ));
}

/// A build that meets a sign-off on its way sees all of it or nothing.
#[test]
fn a_build_beside_a_sign_off_makes_the_site_of_before_or_after() {
    let (world, scratch) = (World::get(), scratch("faults-"));
    let place = scratch.path().join("place");
    let scenarios = Scenario::all(&world);
    let sign = scenarios.iter().find(|scenario| (scenario.command, scenario.start) == ("sign", "several")).unwrap();
    let public = |place: &Path| below(&tree(place).unwrap(), "site/public");
    let gold = sign.gold(&place);
    let new = below(&gold.settled, "site/public");
    sign.lay(&place);
    finish(start(&site(&place), &words(&["build"]), "2"));
    let old = public(&place);
    for milliseconds in (0..200).step_by(if asked().is_some() { 5 } else { 50 }) {
        sign.lay(&place);
        let signing = start(&site(&place), &sign.words, "2");
        std::thread::sleep(Duration::from_millis(milliseconds));
        let built = finish(start(&site(&place), &words(&["build"]), "2"));
        let signed = finish(signing);
        assert!(matches!(signed.code, Some(0 | 4)), "{:?} {}", signed.code, signed.said);
        match built.code {
            Some(0) => assert!(public(&place) == old || public(&place) == new, "after {milliseconds} ms"),
            _ => assert!(built.said.contains("另一个 jingshi") && built.said.contains("未改动"), "{}", built.said),
        }
    }
}
