//! Builds a site in steps and from nothing, and finds every difference: files, folders, permissions, messages, counts.

use super::world::World;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Where the site is built from nothing.
const TWIN: &str = "twin";

/// What stands at a path: its permissions and, of a file, its bytes; what is neither file nor folder says what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    Folder(u32),
    File(u32, Vec<u8>),
    Other(String),
}

type Tree = BTreeMap<String, Found>;

/// Builds a site in steps and from nothing, and finds out whether both end with this exit code and what else differs; what
/// the build in steps did, as the program says.
///
/// # Errors
/// How the two differ.
pub fn check(world: &World, code: i32) -> Result<Value, String> {
    let output = world.site.path("public");
    let (before, listed) = (tree(&output), manifest(&output));
    let (stepped, messages) = build(world, "public");
    let (fresh, expected) = from_nothing(world);
    same("messages", &messages, &expected)?;
    same("exit codes", &stepped["exit_code"], &fresh["exit_code"])?;
    if stepped["exit_code"] != code {
        return Err(format!("exit code {}: {messages:#}", stepped["exit_code"]));
    }
    if code != 0 {
        trees(&tree(&output), &before).map_err(|error| format!("a refused build changed {error}"))?;
        return Ok(Value::Null);
    }
    as_from_nothing(world)?;
    same("counts", &stepped["result"], &counts(&listed, &manifest(&output)))?;
    Ok(stepped["result"].clone())
}

/// Builds a site in steps, and finds out whether it is what was built from nothing before.
///
/// # Errors
/// How the two differ.
pub fn check_again(world: &World) -> Result<(), String> {
    let listed = manifest(&world.site.path("public"));
    let (stepped, messages) = build(world, "public");
    if stepped["exit_code"] != 0 {
        return Err(format!("exit code {}: {messages:#}", stepped["exit_code"]));
    }
    as_from_nothing(world)?;
    same("counts", &stepped["result"], &counts(&listed, &manifest(&world.site.path("public"))))
}

/// Compares what stands there, but for what strangers have put there.
fn as_from_nothing(world: &World) -> Result<(), String> {
    let mut found = tree(&world.site.path("public"));
    for stranger in world.strangers.borrow().iter() {
        found.remove(stranger).ok_or_else(|| format!("{stranger}, which is not ours, is gone"))?;
    }
    trees(&found, &tree(&world.site.outside().join(TWIN)))
}

/// Builds into a folder that was not there.
fn from_nothing(world: &World) -> (Value, Value) {
    let place = world.site.outside().join(TWIN);
    for folder in [&place, &place.with_file_name(format!(".{TWIN}.jingshi"))] {
        let _ = fs::remove_dir_all(folder);
    }
    build(world, place.to_str().unwrap())
}

/// Runs a build; what it says, and of that its messages, without the name of the folder.
fn build(world: &World, output: &str) -> (Value, Value) {
    let words = world.words.borrow();
    let mut all = vec!["--format", "json", "build", "--output", output];
    all.extend(words.iter().map(String::as_str));
    let run = world.site.run(&all);
    let text = run.stdout.replace(&format!("TMP/{TWIN}"), "public");
    let said: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{}", run.report()));
    let messages = said["diagnostics"].clone();
    (said, messages)
}

fn same(what: &str, one: &Value, other: &Value) -> Result<(), String> {
    if one == other { Ok(()) } else { Err(format!("{what} differ: {one:#}\nand: {other:#}")) }
}

/// The digests of the manifest of a folder, by path.
fn manifest(folder: &Path) -> BTreeMap<String, Value> {
    let text = fs::read(folder.join("manifest.json")).unwrap_or_default();
    let manifest: Value = serde_json::from_slice(&text).unwrap_or_default();
    let files = manifest["files"].as_object().into_iter().flatten();
    files.map(|(path, entry)| (path.clone(), entry.clone())).collect()
}

/// What a build does that leads from one manifest to another.
fn counts(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) -> Value {
    let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let (both, one): (Vec<&String>, Vec<&String>) =
        all.into_iter().partition(|path| before.contains_key(*path) && after.contains_key(*path));
    let (removed, added): (Vec<&String>, Vec<&String>) = one.into_iter().partition(|path| before.contains_key(*path));
    let (same, changed): (Vec<&String>, Vec<&String>) =
        both.into_iter().partition(|path| before[*path] == after[*path]);
    serde_json::json!({ "added": added, "changed": changed, "removed": removed, "unchanged": same.len() })
}

/// Everything below a folder.
fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    entries.map(|entry| (relative(folder, entry.path()), found(&entry))).collect()
}

fn relative(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned()
}

fn found(entry: &walkdir::DirEntry) -> Found {
    let metadata = entry.metadata().unwrap();
    #[cfg(unix)]
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions());
    #[cfg(not(unix))]
    let mode = 0;
    match entry.file_type() {
        kind if kind.is_dir() => Found::Folder(mode),
        kind if kind.is_file() => Found::File(mode, fs::read(entry.path()).unwrap()),
        kind => Found::Other(format!("{kind:?}")),
    }
}

/// The first paths at which two trees differ.
fn trees(one: &Tree, other: &Tree) -> Result<(), String> {
    let paths = one.keys().chain(other.keys().filter(|path| !one.contains_key(*path)));
    let differing: Vec<&String> = paths.filter(|path| one.get(*path) != other.get(*path)).collect();
    let Some(first) = differing.first() else { return Ok(()) };
    let shown: Vec<&str> = differing.iter().take(12).map(|path| path.as_str()).collect();
    Err(format!("{} paths: {}\n{}", differing.len(), shown.join(" "), difference(one.get(*first), other.get(*first))))
}

/// Where two files differ, with what stands around it.
fn difference(one: Option<&Found>, other: Option<&Found>) -> String {
    let (Some(Found::File(_, one)), Some(Found::File(_, other))) = (one, other) else {
        return format!("{:.200}\n{:.200}", format!("{one:?}"), format!("{other:?}"));
    };
    let at = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let around = |bytes: &[u8]| {
        let piece = &bytes[at.saturating_sub(120)..bytes.len().min(at + 200)];
        String::from_utf8_lossy(piece).into_owned()
    };
    format!("in steps: …{}…\nfrom nothing: …{}…", around(one), around(other))
}
