//! The shape of the source, as `ARCHITECTURE.md` promises it: which module may know which, and what only the shell may do.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the source stops")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The layers, lowest first. A module imports its own layer's and lower ones only.
const LAYERS: &[&[&str]] = &[
    &[
        "archive", "chart", "diag", "digest", "json", "metadata", "moment", "qr", "route", "sheet", "ssh", "text",
        "xml", "yaml",
    ],
    &["config", "notice", "passage", "standards", "vocabulary", "workdays"],
    &["draft", "front_matter", "inputs", "markdown", "schema"],
    &["import", "lint", "read", "review"],
    &["artifact", "site", "theme", "view"],
    &["cap", "data", "feed", "lookup", "monthly", "pages", "search", "statistics"],
    &["compose"],
    &["disk", "embedded", "output", "workspace"],
    &["cli", "publish", "serve", "verify"],
];

/// Where the shell begins: below it nothing reads, writes, prints, or asks for the time.
const SHELL: usize = 7;

/// Which modules may name a foreign crate. What is not listed may not be used at all.
const CRATES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diag"]),
    ("axum", &["serve"]),
    ("base64ct", &["pages"]),
    ("cfb", &["metadata"]),
    ("chrono", &["cli", "moment", "serve"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("crc32fast", &["digest"]),
    ("csv", &["read", "review", "sheet"]),
    ("encoding_rs", &["text"]),
    ("exif", &["metadata"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("imagesize", &["disk"]),
    ("include_dir", &["embedded"]),
    ("memchr", &["metadata"]),
    ("miniz_oxide", &["archive"]),
    ("notify_debouncer_full", &["serve"]),
    ("office_oxide", &["import"]),
    ("percent_encoding", &["markdown", "route", "serve"]),
    ("plotters", &["chart"]),
    ("plotters_backend", &["chart"]),
    ("postcard", &["disk"]),
    ("pulldown_cmark", &["markdown"]),
    ("qrcodegen", &["qr"]),
    ("quick_xml", &["xml"]),
    ("rawzip", &["archive"]),
    ("rayon", &["artifact", "cli", "compose", "disk", "lookup", "output", "pages", "review", "site", "workspace"]),
    ("regex", &["lint"]),
    ("rust_xlsxwriter", &["sheet"]),
    ("rustix", &["disk", "output", "serve"]),
    ("schemars", &["data"]),
    ("scraper", &["import"]),
    ("serde", &[]),
    ("serde_json", &["cli", "data", "json", "output", "schema"]),
    ("serde_yaml", &["yaml"]),
    ("sha2", &["digest"]),
    ("simdutf8", &["text"]),
    ("ssh_key", &["ssh"]),
    ("strsim", &["text"]),
    ("tera", &["theme"]),
    ("thiserror", &[]),
    ("tokio", &["serve"]),
    ("tokio_stream", &["serve"]),
    ("unicode_normalization", &["lookup", "markdown", "search"]),
    ("walkdir", &["disk", "output"]),
];

/// Everything but computing.
const SHELL_WORDS: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::time",
    "std::io::std",
    "SystemTime",
    "Instant",
    "Utc::now",
    "Local::now",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
    "dbg!",
    "File::open",
    "fs::read",
    "fs::write",
];

/// A source file: its module, its path below `src/`, and its text without tests.
struct Source {
    module: String,
    path: String,
    whole: String,
    code: String,
}

/// The text of a file without what is compiled for tests only, and without comments.
fn without_tests(text: &str) -> String {
    let head = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    head.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// Every source file but `lib.rs`, `main.rs` and files of tests.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let is_test = path.ends_with("tests.rs") || path.contains("/tests/") || path.ends_with("/samples.rs");
        if !path.ends_with(".rs") || is_test || path == "lib.rs" || path == "main.rs" {
            continue;
        }
        let whole = fs::read_to_string(entry.path()).unwrap();
        let module = path.split(['/', '.']).next().unwrap().to_owned();
        sources.push(Source { module, code: without_tests(&whole), whole, path });
    }
    assert!(sources.len() > 50, "the source was not found");
    sources
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The modules that a text names after `crate::`, also in braces: `use crate::{a::B, c}`.
fn named_modules(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(is_word) || code[..at].ends_with('$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let first = |text: &str| text.trim_start().chars().take_while(|sign| is_word(*sign)).collect::<String>();
        match rest.strip_prefix('{') {
            None => drop(found.insert(first(rest))),
            Some(list) => {
                let mut depth = 0;
                let mut begins = true;
                for (index, sign) in list.char_indices() {
                    if begins {
                        found.insert(first(&list[index..]));
                        begins = false;
                    }
                    match sign {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => begins = true,
                        _ => {}
                    }
                }
            }
        }
    }
    found.remove("");
    found
}

#[test]
fn every_module_has_a_layer() {
    let modules: BTreeSet<String> = sources().into_iter().map(|source| source.module).collect();
    let known: BTreeSet<String> = LAYERS.iter().flat_map(|layer| layer.iter().map(|name| (*name).to_owned())).collect();
    let unknown: Vec<_> = modules.difference(&known).collect();
    assert!(unknown.is_empty(), "give these modules a layer in tests/layers.rs: {unknown:?}");
    let gone: Vec<_> = known.difference(&modules).collect();
    assert!(gone.is_empty(), "these modules are no longer there: {gone:?}");
}

#[test]
fn modules_know_only_their_own_layer_and_lower_ones() {
    let mut wrong = Vec::new();
    for Source { module, path, code, .. } in sources() {
        for named in named_modules(&code) {
            let Some(other) = layer(&named) else { continue };
            if layer(&module).is_some_and(|own| other > own) {
                wrong.push(format!("src/{path} (L{}) names {named} (L{other})", layer(&module).unwrap()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_shell_touches_the_world() {
    let mut wrong = Vec::new();
    for Source { module, path, code, .. } in sources() {
        if layer(&module).is_none_or(|layer| layer >= SHELL) {
            continue;
        }
        let words =
            SHELL_WORDS.iter().filter(|word| code.match_indices(**word).any(|(at, _)| !code[..at].ends_with(is_word)));
        wrong.extend(words.map(|word| format!("src/{path} names {word}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_ends_the_process_but_main() {
    for Source { path, code, .. } in sources() {
        assert!(!code.contains("process::exit"), "src/{path}");
        assert!(!code.contains("unsafe "), "src/{path}");
    }
}

#[test]
fn a_foreign_crate_is_used_where_the_table_says() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let names = section.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split([' ', '=']).next());
    let declared: BTreeSet<String> = names.filter(|name| !name.is_empty()).map(|name| name.replace('-', "_")).collect();
    let table: BTreeMap<&str, &[&str]> = CRATES.iter().copied().collect();
    let listed: BTreeSet<String> = table.keys().map(|name| (*name).to_owned()).collect();
    assert_eq!(declared, listed, "the dependencies and the table in tests/layers.rs");
    let mut used: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for Source { module, path, code, .. } in sources() {
        for (name, modules) in &table {
            let path_of = format!("{name}::");
            let names = |at: usize| !code[..at].ends_with(is_word) && !code[..at].ends_with(':');
            if !code.match_indices(&path_of).any(|(at, _)| names(at)) {
                continue;
            }
            used.entry(name).or_default().insert(module.clone());
            // Derives and error types are plain attributes: everybody may use them.
            let anywhere = matches!(*name, "serde" | "thiserror");
            assert!(
                anywhere || modules.contains(&module.as_str()),
                "src/{path} uses {name}: say so in tests/layers.rs"
            );
        }
    }
    for (name, modules) in &table {
        for module in *modules {
            let in_use = used.get(name).is_some_and(|used| used.contains(*module));
            assert!(in_use, "{module} no longer uses {name}: take it out of the table");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_is_of_readable_length() {
    for Source { path, whole, .. } in sources() {
        assert!(whole.starts_with("//! "), "src/{path} does not open with what it is for");
        assert!(whole.lines().count() <= 500, "src/{path} has more than 500 lines");
    }
}

#[test]
fn imports_are_recognised_in_every_form() {
    let code = "use crate::{diag::{Code, Diagnostic}, feed, notice::NoticeId};\nfn f(x: crate::site::Site) { $crate::cli::g() }\n";
    let found: Vec<_> = named_modules(code).into_iter().collect();
    assert_eq!(found, ["diag", "feed", "notice", "site"]);
}
