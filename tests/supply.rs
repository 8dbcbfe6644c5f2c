//! What the program is made of: only what `deny.toml` allows, from the one registry, every package with its checksum. The
//! same checks as `cargo deny check licenses bans sources`, for machines that have no cargo-deny.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files stops")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

const LOCK: &str = include_str!("../Cargo.lock");
const DENY: &str = include_str!("../deny.toml");
const MANIFEST: &str = include_str!("../Cargo.toml");
const PAGE: &str = include_str!("../docs/supply-chain.md");
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Second versions that stand in the lock file and are compiled for nobody; cargo-deny does not count them.
const NEVER_COMPILED: &[(&str, &str)] = &[
    ("const-oid@0.9.6", "a feature of digest 0.10 that is off"),
    ("getrandom@0.2.17", "a feature of rand_core 0.6 that is off"),
    ("rand@0.8.8", "rsa, a feature of ssh-key that is off"),
];

/// A package of the lock file.
struct Package<'a> {
    name: &'a str,
    version: &'a str,
    source: Option<&'a str>,
    checksum: Option<&'a str>,
}

fn locked() -> Vec<Package<'static>> {
    let entries = LOCK.split("[[package]]").skip(1);
    entries
        .map(|entry| {
            let value = |key: &str| {
                entry.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
            };
            let [name, version] = ["name", "version"].map(|key| value(key).unwrap());
            Package { name, version, source: value("source"), checksum: value("checksum") }
        })
        .collect()
}

/// The lines of a list in `deny.toml`, without those that are comments.
fn listed(key: &str) -> impl Iterator<Item = &'static str> {
    let lines = DENY.lines().skip_while(move |line| *line != format!("{key} = [")).skip(1);
    lines.take_while(|line| *line != "]").map(str::trim).filter(|line| !line.starts_with('#'))
}

/// The text in the first quotation marks after a key, or at all.
fn quoted<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    line.split_once(key)?.1.split('"').nth(1)
}

#[test]
fn every_package_comes_from_the_registry_with_its_checksum() {
    let packages = locked();
    assert!(packages.len() > 100);
    for Package { name, version, source, checksum } in packages.iter().filter(|package| package.name != "jingshi") {
        assert_eq!(*source, Some(REGISTRY), "{name} {version}");
        assert!(checksum.is_some_and(|sum| sum.len() == 64), "{name} {version}");
    }
    let own = ["git = \"", "path = \"", "registry = \"", "[patch", "[replace", "\"*\""];
    assert_eq!(own.iter().find(|own| MANIFEST.contains(**own)), None, "Cargo.toml takes packages from elsewhere");
}

#[test]
fn what_is_kept_out_is_not_there() {
    let banned: BTreeMap<&str, Option<&str>> =
        listed("deny").map(|line| (quoted(line, "crate").unwrap(), quoted(line, "wrappers"))).collect();
    assert!(banned.len() > 4);
    for package in locked() {
        let Some(wrapper) = banned.get(package.name) else { continue };
        let wrapper = wrapper.unwrap_or_else(|| panic!("{} is kept out by deny.toml", package.name));
        let users: Vec<&str> = LOCK
            .split("[[package]]")
            .filter(|entry| entry.contains(&format!(" \"{}\",", package.name)))
            .map(|entry| quoted(entry, "name").unwrap())
            .collect();
        assert_eq!(users, [wrapper], "{}", package.name);
    }
}

#[test]
fn of_two_versions_the_older_one_has_its_reason() {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in locked() {
        versions.entry(package.name).or_default().push(package.version);
    }
    let older: BTreeSet<String> = versions
        .iter()
        .flat_map(|(name, all)| {
            all.iter().filter(|version| is_older(version, all)).map(move |one| format!("{name}@{one}"))
        })
        .collect();
    let argued: Vec<&str> = listed("skip").map(|line| quoted(line, "crate").unwrap()).collect();
    assert!(listed("skip").all(|line| quoted(line, "reason").is_some_and(|reason| !reason.is_empty())));
    let known: BTreeSet<String> =
        argued.into_iter().chain(NEVER_COMPILED.iter().map(|(name, _)| *name)).map(str::to_owned).collect();
    let (unargued, stale): (Vec<_>, Vec<_>) = (older.difference(&known).collect(), known.difference(&older).collect());
    assert!(unargued.is_empty(), "two versions, and no reason in deny.toml: {unargued:?}");
    assert!(stale.is_empty(), "reasons that are needed no more: {stale:?}");
}

fn is_older(version: &str, all: &[&str]) -> bool {
    let parts =
        |version: &str| version.split(['.', '-', '+']).map(|part| part.parse().unwrap_or(0)).collect::<Vec<u64>>();
    all.iter().any(|other| parts(other) > parts(version))
}

/// `name version|licence` of what is compiled: for every system where all packages are at hand, else for this one.
fn compiled() -> Vec<(String, String)> {
    let tree = |target: &[&str]| {
        let common = ["tree", "--locked", "--offline", "--edges", "normal,build,dev", "--prefix", "none"];
        let output = Command::new(env!("CARGO"))
            .args(common)
            .args(["--format", "{p}|{l}"])
            .args(target)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    };
    let all = tree(&["--target", "all"]).or_else(|| tree(&[])).unwrap();
    let lines: BTreeSet<&str> = all.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    lines
        .into_iter()
        .filter_map(|line| line.split_once('|'))
        .map(|(name, licence)| (name.to_owned(), licence.to_owned()))
        .collect()
}

#[test]
fn every_licence_is_allowed() {
    let allowed: Vec<&str> = listed("allow").filter_map(|line| line.split('"').nth(1)).collect();
    let packages = compiled();
    assert!(packages.len() > 100);
    let wrong: Vec<_> = packages.iter().filter(|(_, licence)| !is_allowed(licence, &allowed)).collect();
    assert!(wrong.is_empty(), "licences that deny.toml does not allow: {wrong:?}");
    let stale = |allowed: &&&str| !packages.iter().any(|(_, licence)| licence.contains(**allowed));
    assert_eq!(allowed.iter().find(stale), None, "no package has this licence any more");
}

/// Whether one of the choices of an SPDX expression is allowed in all its parts. `/` is `OR` as it was written once.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    either(&mut words, allowed) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut any = both(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        any |= both(words, allowed);
    }
    any
}

fn both(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut all = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        all &= one(words, allowed);
    }
    all
}

fn one(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    match words.next() {
        Some("(") => {
            let inner = either(words, allowed);
            inner && words.next() == Some(")")
        }
        // An exception only takes conditions away.
        Some(licence) => {
            if words.next_if_eq(&"WITH").is_some() {
                words.next();
            }
            allowed.contains(&licence)
        }
        None => false,
    }
}

#[test]
fn expressions_are_read_as_spdx_says() {
    let allowed = ["MIT", "ISC"];
    for good in ["MIT", "GPL-3.0 OR MIT", "Apache-2.0/MIT", "(MIT OR GPL-3.0) AND ISC", "ISC WITH LLVM-exception"] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in
        ["", "GPL-3.0", "MIT AND GPL-3.0", "GPL-3.0 OR MIT AND LGPL-3.0", "(MIT", "MIT ISC", "(GPL-3.0 OR MIT) AND X"]
    {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

#[test]
fn the_page_names_every_direct_dependency() {
    let named = |section: &str| -> Vec<&str> {
        let lines = MANIFEST.lines().skip_while(move |line| *line != section).skip(1);
        let entries = lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.starts_with('#'));
        entries
            .filter_map(|line| line.split_once(" = "))
            .map(|(name, value)| quoted(value, "package").unwrap_or(name))
            .collect()
    };
    let direct = [named("[dependencies]"), named("[dev-dependencies]")].concat();
    assert!(direct.len() > 40);
    let rows: Vec<&str> = PAGE.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    for name in &direct {
        assert!(rows.contains(name), "{name} has no row in docs/supply-chain.md");
    }
    assert_eq!(rows.iter().find(|row| !direct.contains(row)), None, "a row of docs/supply-chain.md is out of date");
}

#[test]
fn the_bill_of_materials_lists_what_is_compiled() {
    let output = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/sbom"))
        .env("CARGO", env!("CARGO"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bill: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let components = bill["components"].as_array().unwrap();
    let text = |component: &serde_json::Value, key: &str| component[key].as_str().unwrap().to_owned();
    let listed: BTreeSet<String> =
        components.iter().map(|one| format!("{}@{}", text(one, "name"), text(one, "version"))).collect();
    assert_eq!(listed.len(), components.len(), "each once");
    let locked: BTreeMap<String, &str> =
        locked().iter().filter_map(|one| Some((format!("{}@{}", one.name, one.version), one.checksum?))).collect();
    for one in components {
        let name = format!("{}@{}", text(one, "name"), text(one, "version"));
        assert_eq!(one["hashes"][0]["content"], locked[&name], "{name}");
        assert!(one["licenses"][0]["expression"].is_string(), "{name}");
    }
    for direct in ["tera", "pulldown-cmark", "serde-saphyr", "walkdir", "chrono"] {
        assert!(listed.iter().any(|name| name.starts_with(&format!("{direct}@"))), "{direct}");
    }
    assert!(!listed.iter().any(|name| name.starts_with("proptest@")), "tests are no part of the program");
}
