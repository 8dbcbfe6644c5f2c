//! `import`: whatever is brought in, the draft shows it as text and nothing of it runs.

use jingshi::diag::{Code, Diagnostic};
use jingshi::import::{self, Source};
use jingshi::markdown::{self, Asset, Context};

/// The first byte says as what the others are read.
pub fn run(data: &[u8]) {
    let Some((&kind, bytes)) = data.split_first() else { return };
    let name = ["a.html", "a.md", "a.docx"][usize::from(kind) % 3];
    let beside = |_: &str| Some(b"\x89PNG\r\n\x1a\n".to_vec());
    let read = || import::read(Source { name, bytes: bytes.to_vec(), beside: &beside });
    let outcome = read();
    assert!(outcome.value.is_some() || outcome.has_errors(), "nothing is dropped without a word");
    assert_eq!(outcome, read(), "importing depends on nothing else");
    let Some(imported) = outcome.value else { return };
    assert!(!imported.title.contains(['\n', '\r']) && !imported.title.contains(jingshi::text::is_deceptive));
    let assets = |path: &str| imported.files.iter().any(|(name, _)| name == path).then(Asset::default);
    let body = format!("\n{}\n", imported.body.trim());
    let rendered = markdown::render(&body, &Context { file: "a.md", first_line: 1, assets: &assets });
    // What was noticed while it was brought in, a person is told of.
    let is_told =
        outcome.diagnostics.iter().any(|found| found.code == Code::ImportChanged || found.code == Code::ImportDropped);
    let runs = |found: &&Diagnostic| matches!(found.code, Code::MarkdownHtml | Code::MarkdownChar);
    let found = rendered.diagnostics.iter().find(runs);
    assert!(found.is_none() || (is_told && name == "a.md"), "{found:?}\n{body}");
}
