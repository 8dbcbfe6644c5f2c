//! Reads the address of a link or picture: where it leads, or why it is refused.
//!
//! Nothing but `http`, `https`, `mailto`, `tel`, files of the bundle, other notices and headings passes; what browsers
//! would repair into something else (backslashes, control characters, `//host`) is refused, not repaired.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization as _;

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Out of the site: the whole address, encoded.
    External(String),
    /// A heading of the same page, decoded.
    Heading(String),
    /// A file: the path as written, and the fragment with its `#`, encoded, or nothing.
    File(String, String),
    /// Another notice: its id, and the fragment with its `#`, encoded, or nothing.
    Notice(String, String),
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nothing was written.
    Empty,
    /// A scheme that is not allowed.
    Scheme,
    /// A host without a scheme (`//host`).
    NoScheme,
    /// A full-width colon after `http`.
    FullWidth,
    /// A backslash, space or control character, or broken percent-encoding.
    Character,
    /// A host that is missing, malformed or preceded by a user name.
    Host,
    /// A path that leads out of the bundle.
    Outside,
}

/// What must not stand literally after the host of an address; `%` may, what is encoded stays so.
const REST: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'|')
    .add(b'\\')
    .add(b'^')
    .add(b'[')
    .add(b']')
    .add(b'\'');

/// What must not stand literally in a fragment that was decoded.
const FRAGMENT: &AsciiSet = &REST.add(b'%').add(b'#').add(b'&');

/// Reads an address, as the Markdown parser hands it out (entities decoded, percent-encoding not).
pub(super) fn read(address: &str) -> Result<Target, Refusal> {
    if address.is_empty() {
        return Err(Refusal::Empty);
    }
    if address.chars().any(|character| character.is_control() || character == '\\') || address.trim() != address {
        return Err(Refusal::Character);
    }
    if address.starts_with("//") {
        return Err(Refusal::NoScheme);
    }
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("http：") || lower.starts_with("https：") {
        return Err(Refusal::FullWidth);
    }
    match address.find([':', '/', '?', '#']) {
        Some(end) if address[end..].starts_with(':') => external(&lower[..end], &address[end + 1..]),
        _ => internal(address),
    }
}

fn external(scheme: &str, rest: &str) -> Result<Target, Refusal> {
    match scheme {
        "http" | "https" => {
            let rest = rest.strip_prefix("//").ok_or(Refusal::Host)?;
            let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
            if !is_host(host) {
                return Err(Refusal::Host);
            }
            Ok(Target::External(format!("{scheme}://{host}{}", utf8_percent_encode(path, REST))))
        }
        "mailto" | "tel" if rest.is_empty() || rest.starts_with('/') => Err(Refusal::Host),
        "mailto" | "tel" => Ok(Target::External(format!("{scheme}:{}", utf8_percent_encode(rest, REST)))),
        _ => Err(Refusal::Scheme),
    }
}

/// Whether a text is a host, with or without a port. A user name before it is refused: `https://gov.cn@evil.example`.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, ""));
    !name.is_empty()
        && name.split('.').all(|label| !label.is_empty())
        && name.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '.' | '_'))
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn internal(address: &str) -> Result<Target, Refusal> {
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment)?)),
        None => (address, None),
    };
    let encoded = fragment.as_deref().map(encode_fragment).unwrap_or_default();
    if path.is_empty() {
        return Ok(Target::Heading(fragment.unwrap_or_default()));
    }
    if path.starts_with('/') {
        return Err(Refusal::Outside);
    }
    if let Some(id) = notice(path) {
        return Ok(Target::Notice(id.to_owned(), encoded));
    }
    let path = path.strip_prefix("./").unwrap_or(path);
    if decode(path)?.split('/').any(|part| part == "..") {
        return Err(Refusal::Outside);
    }
    Ok(Target::File(path.to_owned(), encoded))
}

/// The id in `../ID`, `../ID/`, `../ID/index.md`, and the same by way of the folder of live notices, as it looks from a draft
/// or from a page about the site.
fn notice(path: &str) -> Option<&str> {
    let rest = ["../../notices/", "../notices/", "../"].into_iter().find_map(|prefix| path.strip_prefix(prefix))?;
    let (id, file) = rest.split_once('/').unwrap_or((rest, ""));
    let is_id =
        !id.is_empty() && id.chars().all(|character| character.is_alphanumeric() || matches!(character, '-' | '_'));
    (is_id && matches!(file, "" | "index.md" | "index.html")).then_some(id)
}

/// Undoes percent-encoding.
pub(super) fn decode(text: &str) -> Result<String, Refusal> {
    let decoded = percent_decode_str(text).decode_utf8().map_err(|_| Refusal::Character)?;
    if decoded.chars().any(char::is_control) { Err(Refusal::Character) } else { Ok(decoded.nfc().collect()) }
}

/// A fragment with its `#`, encoded.
pub(super) fn encode_fragment(fragment: &str) -> String {
    format!("#{}", utf8_percent_encode(fragment, FRAGMENT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangerous_addresses_are_refused() {
        for (address, refusal) in [
            ("", Refusal::Empty),
            ("javascript:alert(1)", Refusal::Scheme),
            ("JaVaScRiPt:alert(1)", Refusal::Scheme),
            ("data:text/html,x", Refusal::Scheme),
            ("vbscript:x", Refusal::Scheme),
            ("file:///etc/passwd", Refusal::Scheme),
            ("ftp://example.gov.cn/", Refusal::Scheme),
            ("C:/图.png", Refusal::Scheme),
            ("java\nscript:x", Refusal::Character),
            ("\u{1}javascript:x", Refusal::Character),
            (" javascript:x", Refusal::Character),
            ("\\\\evil.example", Refusal::Character),
            ("/\\evil.example", Refusal::Character),
            ("//evil.example/x", Refusal::NoScheme),
            ("https:evil.example", Refusal::Host),
            ("https://", Refusal::Host),
            ("https://gov.cn@evil.example/", Refusal::Host),
            ("https://a b/", Refusal::Host),
            ("https://gov%2ecn/", Refusal::Host),
            ("mailto:", Refusal::Host),
            ("https：//example.gov.cn", Refusal::FullWidth),
            ("/etc/x.pdf", Refusal::Outside),
            ("../x.png", Refusal::Outside),
            ("a/../../x.png", Refusal::Outside),
            ("%2e%2e/x.png", Refusal::Outside),
            ("%ff.png", Refusal::Character),
            ("a%00.png", Refusal::Character),
        ] {
            assert_eq!(read(address), Err(refusal), "{address:?}");
        }
    }

    #[test]
    fn allowed_addresses_are_told_apart() {
        let external = |text: &str| Ok(Target::External(text.to_owned()));
        let file = |path: &str, fragment: &str| Ok(Target::File(path.to_owned(), fragment.to_owned()));
        let notice = |id: &str, fragment: &str| Ok(Target::Notice(id.to_owned(), fragment.to_owned()));
        assert_eq!(read("HTTPS://a.gov.cn/甲?b=\"c\"#d"), external("https://a.gov.cn/%E7%94%B2?b=%22c%22#d"));
        assert_eq!(read("https://a.cn:8443/%E7%94%B2"), external("https://a.cn:8443/%E7%94%B2"));
        assert_eq!(read("mailto:a@b.cn"), external("mailto:a@b.cn"));
        assert_eq!(read("tel:+86-10-12315"), external("tel:+86-10-12315"));
        assert_eq!(read("#%E7%94%B2"), Ok(Target::Heading("甲".to_owned())));
        assert_eq!(read("附件 1.pdf#page=2"), file("附件 1.pdf", "#page=2"));
        assert_eq!(read("./a/b.png"), file("a/b.png", ""));
        for address in ["../2024-003", "../2024-003/", "../2024-003/index.md", "../../notices/2024-003/index.html"] {
            assert_eq!(read(address), notice("2024-003", ""), "{address}");
        }
        assert_eq!(read("../2024-003/index.md#甲"), notice("2024-003", "#%E7%94%B2"));
    }
}
