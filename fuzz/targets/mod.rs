//! What must hold for any bytes, wherever the program reads some.
//!
//! Each target takes bytes, makes of them what it needs, and panics where a promise does not hold. They are run with
//! coverage by `scripts/fuzz`, and without by `tests/fuzz.rs`, on the corpus and on what becomes of it by chance.

mod check;
mod front_matter;
mod import;
mod ledger;
mod markdown;
mod media;
mod settings;
mod sign_off;
mod signatures;
mod tables;
mod words;

/// A target.
pub type Target = fn(&[u8]);

/// Every target, by the name of its corpus.
pub const ALL: &[(&str, Target)] = &[
    ("front-matter", front_matter::run),
    ("markdown", markdown::run),
    ("ledger", ledger::run),
    ("sign-off", sign_off::run),
    ("config", settings::run),
    ("tables", tables::run),
    ("media", media::run),
    ("import", import::run),
    ("signatures", signatures::run),
    ("manifest", signatures::manifest),
    ("check", check::run),
    ("words", words::run),
];

/// A draft with this text and nothing beside it but what is given.
fn bundle(index: Vec<u8>, files: Vec<jingshi::inputs::BundleFile>) -> jingshi::inputs::Bundle {
    let path = |text: &str| jingshi::route::RelPath::parse(text).unwrap();
    jingshi::inputs::Bundle {
        shelf: jingshi::inputs::Shelf::Draft,
        folder: path("content/drafts/2024-001"),
        id: "2024-001".to_owned(),
        version: None,
        index: Some(index),
        files,
    }
}

/// A file beside a draft.
fn file(name: &str, content: jingshi::inputs::FileContent) -> jingshi::inputs::BundleFile {
    jingshi::inputs::BundleFile {
        path: jingshi::route::RelPath::parse(name).unwrap(),
        len: 1,
        digest: jingshi::digest::Digest::of(b"x"),
        content,
        metadata: jingshi::metadata::Metadata::default(),
    }
}

/// Every message says something, in bounds, about a place that is there.
fn are_sound(diagnostics: &[jingshi::diag::Diagnostic], text: &str) {
    let lines: Vec<&str> = text.split('\n').collect();
    for found in diagnostics {
        assert!(!found.message.is_empty() && found.message.len() <= 2_100, "{found:?}");
        let Some(at) = found.place.as_ref().and_then(|place| place.at) else { continue };
        assert!(at.line >= 1 && at.column >= 1, "{found:?}");
        assert!(at.line as usize <= lines.len() + 1, "{found:?} in {} lines", lines.len());
    }
    let shown: Vec<String> =
        diagnostics.iter().take(20).map(|found| jingshi::diag::render(found, Some(&lines), LOOK)).collect();
    let raw = |sign: char| sign != '\n' && jingshi::text::is_deceptive(sign);
    assert!(!shown.iter().any(|text| text.contains(raw)), "{shown:?}");
}

const LOOK: jingshi::diag::Look = jingshi::diag::Look { coloured: false, width: 80 };
