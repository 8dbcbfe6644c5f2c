//! A notice: whatever stands in its file, it is read or refused, and always in the same way.

use super::{are_sound, bundle, file};
use jingshi::inputs::{Bundle, FileContent};
use jingshi::review::revise::{self, Revision};
use jingshi::vocabulary::Vocabularies;
use jingshi::{front_matter, read};

/// The bytes are a file, and the lines of a front matter.
pub fn run(data: &[u8]) {
    notice(data.to_vec());
    notice([b"---\n".as_slice(), data].concat());
    let head = b"---\nid: 2024-001\nkind: \xe6\xb6\x88\xe8\xb4\xb9\xe6\x8f\x90\xe7\xa4\xba\ntitle: t\nsummary: s\n";
    notice([head.as_slice(), data, b"\n---\nx\n"].concat());
}

fn notice(index: Vec<u8>) {
    let vocabularies = Vocabularies::default();
    let lossy = String::from_utf8_lossy(&index).into_owned();
    let bundle = with(index.clone());
    let outcome = read::manuscript(&bundle, &vocabularies);
    assert!(outcome.value.is_some() || outcome.has_errors(), "nothing is dropped without a word");
    are_sound(&outcome.diagnostics, &lossy);
    let again = read::manuscript(&bundle, &vocabularies);
    assert_eq!(format!("{outcome:?}"), format!("{again:?}"), "reading depends on nothing else");
    let Some(manuscript) = outcome.value else { return };
    assert_eq!(manuscript.notice.id.as_str(), "2024-001");
    // Nothing a reader would see changes by mending.
    if let Some(mended) = front_matter::mend("a.md", &index) {
        assert_eq!(front_matter::mend("a.md", mended.text.as_bytes()), None, "mending twice is mending once");
        let after = read::manuscript(&with(mended.text.into_bytes()), &vocabularies);
        let after = after.value.unwrap_or_else(|| panic!("mending breaks a notice: {:?}", after.diagnostics));
        assert_eq!(after.notice.title, manuscript.notice.title);
        let texts = (after.narrative.html(), manuscript.narrative.html());
        assert!(matches!(texts, (Ok(after), Ok(before)) if after == before));
    }
    let version = manuscript.notice.version;
    let Some(next) = version.checked_add(1) else { return };
    let revision = Revision::Correct { what: "甲: \"乙\"", why: "丙 #1" };
    if let Ok(text) = revise::next_version("a.md", &index, next, revision) {
        let outcome = read::manuscript(&with(text.clone().into_bytes()), &vocabularies);
        let revised = outcome.value.unwrap_or_else(|| panic!("{text}\n{:?}", outcome.diagnostics));
        assert_eq!((revised.notice.version, &revised.notice.title), (next, &manuscript.notice.title));
        assert!(revised.sign_offs.is_empty());
    }
}

fn with(index: Vec<u8>) -> Bundle {
    let csv = FileContent::Csv("甲,乙\n1,2\n".as_bytes().to_vec());
    bundle(index, vec![file("a.csv", csv), file("a.png", FileContent::Image(1, 1))])
}
