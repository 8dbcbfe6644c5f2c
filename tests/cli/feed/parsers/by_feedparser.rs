//! feedparser, which many readers and services are built on; it knows RSS and Atom.

use super::super::document::{Document, Format};
use super::super::published::Published;
use super::Seen;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Compares what feedparser sees of every RSS and Atom document of a site.
#[track_caller]
pub fn agrees(published: &Published) {
    let folder = tempfile::tempdir().unwrap();
    let documents: Vec<&Document> = published.documents().filter(|document| document.format != Format::Json).collect();
    let mut paths = String::new();
    for (number, document) in documents.iter().enumerate() {
        let path = folder.path().join(format!("{number}.xml"));
        std::fs::write(&path, published.text(&document.path)).unwrap();
        paths.push_str(&format!("{}\n", path.display()));
    }
    let all = parse(&paths);
    assert_eq!(all.len(), documents.len());
    for (document, seen) in documents.iter().zip(&all) {
        super::compare("feedparser", document, seen);
    }
}

fn parse(paths: &str) -> Vec<Vec<Seen>> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/feeds/items.py");
    let mut child = Command::new(python()).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(paths.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "feedparser");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The Python that has feedparser: that of the system, or another.
fn python() -> &'static str {
    let has = |python: &&str| {
        let found = Command::new(python).args(["-c", "import feedparser"]).stderr(Stdio::null()).status();
        found.is_ok_and(|status| status.success())
    };
    let found = ["/usr/bin/python3", "python3"].into_iter().find(has);
    found.unwrap_or_else(|| panic!("feedparser is missing: apt-get install python3-feedparser"))
}
