//! `benches/run` does what it says, on a site so small that only its findings count, not its figures.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Runs the benchmark with a program, and keeps the site that it makes in this folder.
fn measured(folder: &Path, program: &Path, parts: &[&str]) -> Output {
    Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/run"))
        .args(["--notices", "50", "--rounds", "1", "--program"])
        .arg(program)
        .arg("--work")
        .arg(folder)
        .args(parts.iter().flat_map(|part| ["--only", part]))
        .env("CARGO_TARGET_DIR", folder)
        .env("HUGO", "none")
        .env("ZOLA", "none")
        .output()
        .unwrap()
}

#[test]
fn the_benchmark_measures_and_finds_trees_that_differ() {
    let folder = TempDir::new().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_jingshi"));
    let output = measured(folder.path(), program, &["builds", "identical"]);
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{table}{}", String::from_utf8_lossy(&output.stderr));
    for row in ["full build, everything", "nothing changed |", "one notice edited", "while it grew: the same bytes"] {
        assert!(table.contains(row), "no “{row}” in:\n{table}");
    }
    assert_eq!(table.matches("; the same |").count(), 2, "{table}");

    // A program that does otherwise on one thread.
    let faulty = folder.path().join("faulty");
    let script = format!(
        "#!/bin/sh\n'{}' \"$@\" || exit\ncase \"$*\" in *--jobs*) echo >> '{}'/*/one-thread/sitemap.xml ;; esac\n",
        program.display(),
        folder.path().display()
    );
    fs::write(&faulty, script).unwrap();
    fs::set_permissions(&faulty, fs::Permissions::from_mode(0o755)).unwrap();
    let output = measured(folder.path(), &faulty, &["identical"]);
    let table = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{table}{}", String::from_utf8_lossy(&output.stderr));
    assert!(table.contains("**1 differ**: sitemap.xml"), "{table}");
}
