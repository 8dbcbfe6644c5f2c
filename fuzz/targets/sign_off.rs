//! Sign-offs: one spelling, which says again what was written.

use jingshi::digest::Digest;
use jingshi::moment::Moment;
use jingshi::notice::keys;
use jingshi::review::{SignOff, sign_off};
use jingshi::text::{is_deceptive, is_xml_char};
use jingshi::yaml::{self, Fields, Source};

/// The bytes are a block, and the words of one.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    block(text);
    block(&format!("review:\n{text}"));
    let mut lines = text.split('\n').filter(|word| is_word(word)).map(str::to_owned);
    let mut sign_offs = Vec::new();
    for _ in 0..3 {
        let (Some(stage), Some(by)) = (lines.next(), lines.next()) else { break };
        let at = Moment::from_unix(1_700_000_000).unwrap();
        sign_offs.push(SignOff { stage, by, at, digest: Digest::of(b"x"), urgent: lines.next(), signature: None });
    }
    let written = sign_off::write(&sign_offs);
    let (read, errors) = parse(&written);
    assert_eq!(errors, 0, "{written}");
    assert_eq!(read, sign_offs, "{written}");
}

/// A block that is accepted is the one that would be written.
fn block(text: &str) {
    let (sign_offs, errors) = parse(text);
    if errors == 0 && !sign_offs.is_empty() {
        assert_eq!(sign_off::write(&sign_offs), text);
    }
}

fn parse(block: &str) -> (Vec<SignOff>, usize) {
    let outcome = yaml::read(Source { file: "a.md", text: block, lines_before: 0 }, &|_| true);
    let faults = outcome.diagnostics.len();
    let Some(node) = outcome.value else { return (Vec::new(), faults.max(1)) };
    let mut fields = Fields::open("a.md", node, keys::NOTICE);
    let review = fields.take("review");
    let faults = faults + fields.finish().len();
    let is_there = review.is_some();
    let read = sign_off::read("a.md", review, if is_there { block } else { "" });
    (read.value, faults + read.diagnostics.len())
}

/// What the command line and `site.yaml` let through as a stage, a name or a reason.
fn is_word(word: &str) -> bool {
    let is_plain = |sign: char| {
        is_xml_char(sign) && !is_deceptive(sign) && !matches!(sign, '\t' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    !word.is_empty() && word.trim() == word && word.chars().count() <= 200 && word.chars().all(is_plain)
}
