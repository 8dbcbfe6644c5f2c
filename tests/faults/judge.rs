//! What must hold after a fault: at once, in what the program says, and after the command is run again.

use super::publication;
use super::scenario::{Gold, Kind, Scenario, site};
use super::strace::{Ended, Fault, plain};
use super::tree::{Thing, Tree, below, difference, files, tree};
use std::collections::BTreeSet;
use std::path::Path;

/// In which state a fault left things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    Old,
    New,
    /// Neither, which is only for what nobody sees: the desk, and a target between two sites.
    Between,
}

const OUTPUT: &str = "site/public";
const WORKSHOP: &str = "site/.public.jingshi";
const STANDBY: &str = "site/.public.jingshi/next";
const KNOWN: &str = "site/.public.jingshi/known";

/// What a fault left at once.
///
/// # Errors
/// What must hold does not.
pub fn at_once(scenario: &Scenario, gold: &Gold, state: &Tree) -> Result<Left, String> {
    match scenario.kind {
        Kind::Build => old_or_new(gold, state)?,
        Kind::Desk | Kind::Another | Kind::Init => nothing_lost(gold, state)?,
        Kind::Publish => publication::holds(gold, state)?,
    }
    Ok(if same(scenario, state, &gold.after) {
        Left::New
    } else if same(scenario, state, &gold.before) {
        Left::Old
    } else {
        Left::Between
    })
}

/// The output is one of two trees, byte for byte, and nothing else was touched.
fn old_or_new(gold: &Gold, state: &Tree) -> Result<(), String> {
    let [found, old, new] = [state, &gold.before, &gold.after].map(|tree| below(tree, OUTPUT));
    require(others(state, false) == others(&gold.before, false), || "what is no output was changed".to_owned())?;
    require(found == old || found == new, || {
        let empty = Tree::new();
        let found = found.as_ref().unwrap_or(&empty);
        let [old, new] = [&old, &new].map(|tree| difference(found, tree.as_ref().unwrap_or(&empty)));
        format!("public/ is neither the old nor the new tree; from the old one {old}; from the new one {new}")
    })
}

/// Whether the exit code and the words are those of what happened.
///
/// # Errors
/// They are not.
pub fn words(scenario: &Scenario, gold: &Gold, (fault, ended, state): (Fault, &Ended, &Tree)) -> Result<(), String> {
    if matches!(fault, Fault::Kill | Fault::PowerLoss) {
        return require(ended.code.is_none(), || format!("it was to be killed: {}", ended.said));
    }
    let said = &ended.said;
    let wrong = |what: &str| format!("{what} (exit code {:?}): {said}", ended.code);
    require(!said.contains("panicked"), || wrong("panic"))?;
    let (is_old, is_new) = (same(scenario, state, &gold.before), same(scenario, state, &gold.after));
    if ended.code == Some(0) {
        return require(is_new, || wrong("it says that all went well"));
    }
    require(ended.code == Some(4), || wrong("this is no exit code of a read or write error"))?;
    require(said.contains("错误[") && said.contains("= 提示："), || wrong("no message says what to do"))?;
    for claim in ["未改动", "没有签署任何一篇", "没有新建"] {
        require(!said.contains(claim) || is_old, || wrong("it claims that nothing was changed"))?;
    }
    require(scenario.kind != Kind::Build || !is_old || said.contains("public/ 未改动"), || {
        wrong("public/ is as it was")
    })
}

/// Whether what a command is to change is in one of its two states.
fn same(scenario: &Scenario, state: &Tree, other: &Tree) -> bool {
    match scenario.kind {
        Kind::Build => below(state, OUTPUT) == below(other, OUTPUT),
        Kind::Desk | Kind::Another | Kind::Init => content(state) == content(other),
        Kind::Publish => below(state, "www") == below(other, "www"),
    }
}

/// Runs the command again, as people would, and compares what comes of it with what it comes to undisturbed.
///
/// # Errors
/// It is something else.
pub fn again(scenario: &Scenario, gold: &Gold, place: &Path) -> Result<(), String> {
    let before = tree(place).unwrap();
    let ended = plain(&site(place), &scenario.words);
    let was_done = content(&before) == content(&gold.after);
    let says_so = was_done && ended.said.contains("错误[");
    require(ended.code == Some(0) || says_so, || {
        format!("run again it fails (exit code {:?}): {}", ended.code, ended.said)
    })?;
    if scenario.kind == Kind::Another && was_done {
        return require(tree(place).unwrap().len() > before.len(), || "run again it made no other draft".to_owned());
    }
    let after = tree(place).unwrap();
    require(same(scenario, &after, &gold.after), || {
        format!("run again it comes to something else: {}", difference(&after, &gold.after))
    })?;
    let settled = scenario.settle(place)?;
    let [found, new] = [&settled, &gold.settled].map(|tree| below(tree, OUTPUT));
    require(found == new, || "the site built afterwards is another".to_owned())?;
    let records = settled.keys().filter(|path| is_record(path)).count();
    require(records <= 2, || format!("{records} records of trees, of which there are two"))?;
    let (found, expected) = (others(&settled, true), others(&gold.settled, true));
    require(found == expected, || format!("something lies about: {}", difference(&found, &expected)))
}

/// All that is no output and no standby, and nothing that only saves work: what is remembered of files.
fn others(tree: &Tree, with_workshop: bool) -> Tree {
    let inside = |path: &str, folder: &str| path == folder || path.starts_with(&format!("{folder}/"));
    let left_out = [OUTPUT, STANDBY, KNOWN];
    let is_other = |path: &str| {
        !left_out.iter().any(|folder| inside(path, folder))
            && !is_record(path)
            && (with_workshop || !inside(path, WORKSHOP))
    };
    tree.iter().filter(|(path, _)| is_other(path)).map(|(path, thing)| (path.clone(), thing.clone())).collect()
}

/// What is remembered of a tree bears its number in the file system.
fn is_record(path: &str) -> bool {
    path.strip_prefix(WORKSHOP).is_some_and(|name| name.starts_with("/records-"))
}

/// What people have written or made: no lock, no output, and nothing that is only on its way.
fn content(tree: &Tree) -> Tree {
    let is_on_its_way =
        |part: &str| part.starts_with(".jingshi") || part.starts_with('.') && part.ends_with(".jingshi");
    let is_aside = |path: &str| path.split('/').any(|part| is_on_its_way(part) || part == ".lock");
    let others = others(tree, false);
    others.into_iter().filter(|(path, _)| path.starts_with("site/") && !is_aside(path)).collect()
}

/// Every file is one of before or after, whole; and every text, attachment and record of before is still there.
fn nothing_lost(gold: &Gold, state: &Tree) -> Result<(), String> {
    let [before, after, found] = [&gold.before, &gold.after, state].map(content);
    let known: BTreeSet<(&str, &[u8])> =
        files(&before).chain(files(&after)).map(|(path, bytes)| (name(path), bytes)).collect();
    for (path, bytes) in files(&found) {
        require(known.contains(&(name(path), bytes)), || format!("{path} has bytes of neither before nor after"))?;
    }
    let there: BTreeSet<(&str, Vec<u8>)> = files(&found).map(|(path, bytes)| (name(path), unsigned(bytes))).collect();
    for (path, bytes) in files(&before) {
        let successor = after.get(path).or_else(|| moved(&after, path, bytes));
        let successor =
            successor.and_then(|thing| if let Thing::File(bytes) = thing { Some(bytes.as_slice()) } else { None });
        let is_there = |bytes| there.contains(&(name(path), unsigned(bytes)));
        require(is_there(bytes) || successor.is_some_and(is_there), || format!("{path} is lost"))?;
    }
    Ok(())
}

/// Where a text went, signed or not.
fn moved<'a>(after: &'a Tree, path: &str, bytes: &[u8]) -> Option<&'a Thing> {
    after
        .iter()
        .find(|(other, thing)| {
            name(other) == name(path) && matches!(thing, Thing::File(other) if unsigned(other) == unsigned(bytes))
        })
        .map(|(_, thing)| thing)
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A text without its sign-offs: what nobody may lose.
fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let find = |sign: &[u8], from: usize| {
        bytes[from..].windows(sign.len()).position(|window| window == sign).map(|at| at + from)
    };
    match find(b"\nreview:\n", 0).and_then(|start| Some((start, find(b"\n---\n", start)?))) {
        Some((start, end)) => [&bytes[..start], &bytes[end..]].concat(),
        None => bytes.to_vec(),
    }
}

/// A fact, or what is the matter.
pub fn require(holds: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault()) }
}
