//! The targets of `fuzz/`, without coverage: on their corpus, and on what becomes of it by chance.
//!
//! Every file of the corpus is an input that once was, or could be, a fault; each is tried, then mixed and changed for some
//! seconds, in an order that is always the same: who changes something else is not to be stopped by chance. `FUZZ_SEED`
//! sets another order; it is printed with an input that fails. `scripts/fuzz` looks for new ones, with coverage and for
//! longer.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a target panics where a promise does not hold")]

#[path = "../fuzz/targets/mod.rs"]
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a target is tried with inputs that chance makes, and with how many of them at most.
const EACH: Duration = Duration::from_secs(5);
const MOST: usize = 2_000;

/// The most bytes of such an input: without optimisation, larger ones take too long.
const LARGEST: usize = 4 << 10;

fn corpus(name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// Numbers as of a generator that needs no crate: splitmix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    fn part<'a>(&mut self, bytes: &'a [u8], longest: usize) -> &'a [u8] {
        let start = self.below(bytes.len() + 1);
        let length = self.below((bytes.len() - start).min(longest) + 1);
        &bytes[start..start + length]
    }
}

/// An input made of others.
fn mixed(corpus: &[(PathBuf, Vec<u8>)], chance: &mut Chance) -> Vec<u8> {
    let pick = |chance: &mut Chance| -> Vec<u8> { corpus[chance.below(corpus.len())].1.clone() };
    let mut input = pick(chance);
    for _ in 0..=chance.below(6) {
        let at = chance.below(input.len() + 1);
        match chance.below(7) {
            0 if !input.is_empty() => {
                let at = at.min(input.len() - 1);
                input[at] ^= 1 << chance.below(8);
            }
            1 => drop(input.splice(at..at, [chance.next().to_le_bytes()[0]])),
            2 => drop(input.drain(at..(at + chance.below(9)).min(input.len()))),
            3 | 4 => {
                let other = pick(chance);
                let part = chance.part(&other, 200).to_vec();
                drop(input.splice(at..at, part));
            }
            5 => {
                let part = chance.part(&input, 30).repeat(1 + chance.below(40));
                drop(input.splice(at..at, part));
            }
            _ => {
                let other = pick(chance);
                input.truncate(at);
                input.extend_from_slice(chance.part(&other, LARGEST));
            }
        }
    }
    input.truncate(LARGEST);
    input
}

fn attempt(name: &str, target: targets::Target, origin: &str, input: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| target(input))).is_ok() {
        return;
    }
    let place = std::env::temp_dir().join(format!("fuzz-{name}-{}", input.len()));
    fs::write(&place, input).unwrap();
    panic!(
        "{name}: {origin} ({} bytes, kept in {}): {:?}",
        input.len(),
        place.display(),
        String::from_utf8_lossy(input)
    );
}

fn run(name: &str) {
    let (_, target) = targets::ALL.iter().find(|(known, _)| *known == name).unwrap();
    let corpus = corpus(name);
    for (path, input) in &corpus {
        attempt(name, *target, &path.display().to_string(), input);
    }
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let mut chance = Chance(seed);
    let started = Instant::now();
    for _ in (0..MOST).take_while(|_| started.elapsed() < EACH) {
        attempt(name, *target, &format!("FUZZ_SEED={seed}"), &mixed(&corpus, &mut chance));
    }
}

macro_rules! tests {
    ($($test:ident = $name:literal,)+) => {
        $(#[test] fn $test() { run($name); })+

        #[test]
        fn every_target_is_tried() {
            assert_eq!(targets::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>(), [$($name),+]);
        }
    };
}

tests! {
    front_matter = "front-matter",
    markdown = "markdown",
    ledger = "ledger",
    sign_off = "sign-off",
    config = "config",
    tables = "tables",
    media = "media",
    import = "import",
    signatures = "signatures",
    manifest = "manifest",
    check = "check",
    words = "words",
}
