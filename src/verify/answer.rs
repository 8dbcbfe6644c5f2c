//! What an answer of a web server says about a file of the manifest. Computes; touches nothing.

use super::Kind;
use crate::digest::Digest;
use crate::output::Entry;
use crate::text::{excerpt, printable};

/// What came back for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// The status of HTTP; 0 where there was no answer.
    pub status: u16,
    /// How the transfer ended, in curl's numbers; none where it does not say.
    pub exit: Option<u32>,
    /// What curl says of that.
    pub error: String,
    /// Where the answer sends the reader, if it does.
    pub redirect: String,
    /// What was sent.
    pub body: Body,
}

/// What was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Body {
    /// All of it.
    Whole {
        /// Its length.
        length: u64,
        /// Its digest.
        digest: Digest,
        /// Whether it begins as gzip does.
        is_gzip: bool,
        /// The bytes, where they were asked for.
        kept: Vec<u8>,
    },
    /// Longer than could be right.
    TooLong,
}

impl Answer {
    /// No answer, and why.
    pub fn none(error: impl Into<String>) -> Self {
        let body = Body::Whole { length: 0, digest: Digest::of(b""), is_gzip: false, kept: Vec::new() };
        Self { status: 0, exit: None, error: error.into(), redirect: String::new(), body }
    }

    /// Whether somebody answered at all.
    pub fn is_heard(&self) -> bool {
        self.status != 0 || self.body == Body::TooLong
    }
}

/// curl's numbers for what commonly goes wrong.
const EXITS: [(u32, &str); 9] = [
    (6, "找不到这个域名"),
    (7, "连不上"),
    (18, "没有传完就断了"),
    (28, "太久没有回音"),
    (35, "加密连接建立不起来"),
    (52, "网站什么也没有回答"),
    (55, "连接断了"),
    (56, "连接断了"),
    (60, "网站的证书有问题"),
];

/// How a file differs from the manifest, by what was answered; none where it does not.
pub(super) fn judge(entry: &Entry, answer: &Answer) -> Option<(Kind, String)> {
    if let Some(refusal) = refusal(answer) {
        return Some(refusal);
    }
    match &answer.body {
        Body::TooLong => Some((Kind::Altered, format!("比清单上的 {} 字节长得多", entry.bytes))),
        Body::Whole { length, digest, .. } if *length == entry.bytes && entry.is_of(*digest) => None,
        Body::Whole { is_gzip: true, .. } => Some((Kind::Altered, "没有要压缩，传来的却像是压缩过的".to_owned())),
        Body::Whole { length, .. } if *length != entry.bytes => {
            Some((Kind::Altered, format!("{length} 字节，清单上是 {} 字节", entry.bytes)))
        }
        Body::Whole { .. } => Some((Kind::Altered, "一样长，内容不同".to_owned())),
    }
}

/// Why an answer is none that could hold a file; none where it could.
pub(super) fn refusal(answer: &Answer) -> Option<(Kind, String)> {
    let answered = || format!("网站回答 {}", answer.status);
    // 22: curl's word for a status of 400 and more. What is too long was broken off by us.
    let is_broken_off = !matches!(answer.exit, None | Some(0 | 22)) && answer.body != Body::TooLong;
    if !answer.is_heard() || is_broken_off {
        return Some((Kind::Unread, failure(answer)));
    }
    match answer.status {
        0 | 200 => None,
        300..=399 if !answer.redirect.is_empty() => {
            Some((Kind::Altered, format!("转到了 {}", excerpt(&printable(&answer.redirect), 200))))
        }
        404 | 410 => Some((Kind::Missing, String::new())),
        // Overloaded, perhaps by us, or out of order: nothing is known of the file.
        429 | 500.. => Some((Kind::Unread, answered())),
        400..=499 => Some((Kind::Missing, answered())),
        _ => Some((Kind::Altered, answered())),
    }
}

fn failure(answer: &Answer) -> String {
    let known = EXITS.iter().find(|(exit, _)| Some(*exit) == answer.exit).map(|(_, why)| *why);
    match (known, answer.error.is_empty()) {
        (Some(known), _) => known.to_owned(),
        (None, false) => excerpt(&printable(&answer.error), 200),
        (None, true) => answer.exit.map_or_else(|| "没有回答".to_owned(), |exit| format!("没有取到（curl {exit}）")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, bytes: &[u8]) -> Answer {
        let body = Body::Whole {
            length: bytes.len() as u64,
            digest: Digest::of(bytes),
            is_gzip: bytes.starts_with(&[0x1f, 0x8b]),
            kept: Vec::new(),
        };
        Answer { status, exit: Some(if status >= 400 { 22 } else { 0 }), body, ..Answer::none("") }
    }

    fn kind(answer: &Answer) -> Option<Kind> {
        judge(&Entry::of(b"text"), answer).map(|(kind, _)| kind)
    }

    #[test]
    fn only_the_very_bytes_under_200_are_the_file() {
        assert_eq!(kind(&answer(200, b"text")), None);
        for status in [201, 203, 204, 206, 299] {
            assert_eq!(kind(&answer(status, b"text")), Some(Kind::Altered), "{status}");
        }
        for bytes in [&b"Text"[..], b"text\n", b"tex", b"", b"\x1f\x8bxx"] {
            assert_eq!(kind(&answer(200, bytes)), Some(Kind::Altered), "{bytes:?}");
        }
        assert_eq!(kind(&Answer { body: Body::TooLong, ..answer(0, b"") }), Some(Kind::Altered));
    }

    #[test]
    fn what_is_not_there_and_what_is_not_known_are_told_apart() {
        for status in [404, 410, 400, 403, 451] {
            assert_eq!(kind(&answer(status, b"")), Some(Kind::Missing), "{status}");
        }
        for status in [429, 500, 502, 503, 504] {
            assert_eq!(kind(&answer(status, b"")), Some(Kind::Unread), "{status}");
        }
        let elsewhere = Answer { redirect: "https://example.com/\u{202e}".to_owned(), ..answer(302, b"") };
        let (kind_of, why) = judge(&Entry::of(b"text"), &elsewhere).unwrap();
        assert_eq!((kind_of, why.as_str()), (Kind::Altered, "转到了 https://example.com/\\u{202e}"));
    }

    #[test]
    fn a_transfer_that_broke_off_proves_nothing() {
        for exit in [6, 7, 18, 28, 52, 56, 60, 99] {
            assert_eq!(kind(&Answer { exit: Some(exit), ..answer(200, b"text") }), Some(Kind::Unread), "{exit}");
        }
        assert_eq!(kind(&Answer::none("x")), Some(Kind::Unread));
        // Older versions of curl do not say how it ended.
        assert_eq!(kind(&Answer { exit: None, ..answer(200, b"text") }), None);
        assert_eq!(kind(&Answer { exit: None, ..answer(200, b"tex") }), Some(Kind::Altered));
    }
}
