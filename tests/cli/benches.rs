//! `benches/run` does what it says, on a site so small that only its findings count, not its figures.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A program that does otherwise on one thread: it adds a byte to one file.
fn faulty(folder: &Path) -> std::path::PathBuf {
    let (path, program, place) = (folder.join("faulty"), env!("CARGO_BIN_EXE_jingshi"), folder.display());
    let script = format!(
        "#!/bin/sh\n'{program}' \"$@\" || exit\ncase \"$*\" in\n\
         *--jobs*) for file in '{place}'/*/one-thread/sitemap.xml; do echo >> \"$file\"; done ;;\nesac\n"
    );
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn the_benchmark_measures_and_finds_trees_that_differ() {
    let folder = TempDir::new().unwrap();
    let output = Command::new("python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/run"))
        .args(["--notices", "30", "--rounds", "1", "--only", "builds", "--only", "identical", "--program"])
        .arg(faulty(folder.path()))
        .arg("--work")
        .arg(folder.path())
        // The site that it makes is kept there.
        .env("CARGO_TARGET_DIR", folder.path())
        .env("HUGO", "none")
        .env("ZOLA", "none")
        .output()
        .unwrap();
    let table = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{table}{said}");
    for row in ["full build, everything", "nothing changed |", "one notice edited", "one notice more"] {
        assert!(table.contains(row), "no “{row}” in:\n{table}{said}");
    }
    assert!(table.contains("**1 differ**: sitemap.xml"), "{table}");
    assert_eq!(table.matches(" the same |").count(), 2, "built in steps and after changes it is the same:\n{table}");
}

#[test]
fn what_runs_is_counted_to_whom_it_belongs() {
    let samples = [
        (
            ["shmem_file_write_iter", "entry_SYSCALL_64_after_hwframe", "jingshi::output::sink::Sink::write"],
            "the kernel",
        ),
        (
            ["_int_malloc", "tera::value::Value::clone", "jingshi::theme::Theme::render"],
            "taking and giving back memory",
        ),
        (
            ["__memmove_avx512_unaligned_erms", "<tera::value::Value as core::clone::Clone>::clone", "jingshi::run"],
            "tera",
        ),
        (
            ["core::fmt::write", "<&mut serde_json::ser::Serializer<W,F> as serde_core::ser::Serializer>::f", "x"],
            "JSON",
        ),
        (["sha2::sha256::x86_sha::compress", "jingshi::digest::Hasher::update", "jingshi::run"], "SHA-256"),
        (["core::slice::sort", "alloc::vec::Vec<jingshi::artifact::Artifact>::f", "rayon_core::join"], "own code"),
        (["core::slice::sort", "rayon_core::join::join_context", "jingshi::run"], "other libraries"),
    ];
    for (stack, name) in samples {
        let told = Command::new("python3")
            .args(["-c", "import sys; from lib.profiling import whose; print(whose(sys.argv[1:]))"])
            .args(stack)
            .env("PYTHONPATH", Path::new(env!("CARGO_MANIFEST_DIR")).join("benches"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .unwrap();
        let whose = String::from_utf8_lossy(&told.stdout);
        assert!(whose.contains(name), "{stack:?}: {whose}{}", String::from_utf8_lossy(&told.stderr));
    }
}
