//! Paths and addresses: where a file of the content lies, where a file of the site lies, and how one page links to another.
//!
//! Both path types are parsed once, at the border, and cannot leave their root.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A path inside the site's root: `/` between the parts, no empty part, no `.` or `..`, no backslash, no control character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelPath(String);

/// A path of a file in the output; the same form as [`RelPath`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Box<str>);

/// Why a text is no path inside the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// Empty, or with an empty part.
    #[error("路径是空的，或含有连续的“/”")]
    Empty,
    /// Absolute, or with `..`.
    #[error("路径不能离开所在文件夹（不能以“/”开头，不能含有“..”）")]
    Outside,
    /// A backslash, colon or control character.
    #[error("路径含有不能使用的字符（反斜杠、冒号、控制字符等）")]
    Character,
}

fn check(text: &str) -> Result<(), PathError> {
    if text.is_empty() {
        return Err(PathError::Empty);
    }
    if text.starts_with('/') || text.split('/').any(|part| part == "..") {
        return Err(PathError::Outside);
    }
    // A colon would be read as a scheme (`javascript:`) or a Windows drive.
    if text
        .chars()
        .any(|character| matches!(character, '\\' | ':' | '\n' | '\t') || crate::text::is_deceptive(character))
    {
        return Err(PathError::Character);
    }
    if text.split('/').any(|part| part.is_empty() || part == ".") {
        return Err(PathError::Empty);
    }
    Ok(())
}

impl RelPath {
    /// Checks a path.
    ///
    /// # Errors
    /// Says why the text is no path inside the root.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        check(text).map(|()| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The extension in lower case, or an empty text.
    pub fn extension(&self) -> String {
        extension(self.name())
    }
}

impl TryFrom<String> for RelPath {
    type Error = PathError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        check(&text).map(|()| Self(text))
    }
}

impl From<RelPath> for String {
    fn from(path: RelPath) -> Self {
        path.0
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

impl OutPath {
    /// Checks a path.
    ///
    /// # Errors
    /// Says why the text is no path inside the output.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        check(text).map(|()| Self(text.into()))
    }

    /// A path of the program's own making, from a pattern whose variable parts were checked.
    pub(crate) fn known(text: impl Into<String>) -> Self {
        let text = text.into();
        debug_assert!(check(&text).is_ok(), "{text}");
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `../` for each folder the file lies in: what leads from it to the root of the site.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The address below the base URL: percent-encoded, with a folder's `index.html` left out.
    pub fn to_url_path(&self) -> String {
        let path = self
            .0
            .strip_suffix("index.html")
            .filter(|folder| folder.is_empty() || folder.ends_with('/'))
            .unwrap_or(&self.0);
        encode_path(path)
    }

    /// The extension in lower case, or an empty text.
    pub fn extension(&self) -> String {
        extension(self.0.rsplit('/').next().unwrap_or(&self.0))
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The media type of a file by its extension in lower case, as registered with IANA.
pub fn media_type(extension: &str) -> &'static str {
    match extension {
        "html" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "xml" => "application/xml",
        "json" => "application/json",
        "ndjson" => "application/x-ndjson",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "ofd" => "application/ofd",
        "doc" | "wps" => "application/msword",
        "xls" | "et" => "application/vnd.ms-excel",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

/// What stands literally in the path of a URL: everything but what RFC 3986 forbids there, and `&`, `'` for HTML's sake.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'\'')
    .add(b'&')
    .add(b'[')
    .add(b']')
    .add(b'^')
    .add(b'|')
    .add(b'\\');

/// Percent-encodes a path for use in a link.
pub fn encode_path(path: &str) -> String {
    Cow::from(utf8_percent_encode(path, PATH)).into_owned()
}

/// A path as a link has it, without percent-encoding; none where that is no text.
pub fn decode_path(path: &str) -> Option<String> {
    percent_decode_str(path).decode_utf8().ok().map(String::from)
}

/// The public address of the site: `http` or `https`, ending with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads a base URL; a missing `/` at the end is added.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host = rest.split('/').next()?;
        let plain = |byte: u8| {
            byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'?' | b'#' | b'\'' | b'&' | b'@')
        };
        if host.is_empty()
            || !rest.bytes().all(plain)
            || rest.contains("//")
            || rest.split('/').any(|part| part == "..")
        {
            return None;
        }
        Some(Self(if text.ends_with('/') { text.to_owned() } else { format!("{text}/") }))
    }

    /// The address, ending with `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The absolute address of a file of the site.
    pub fn join(&self, path: &OutPath) -> String {
        [self.0.as_str(), &path.to_url_path()].concat()
    }

    /// The path part, from `/` to `/`.
    pub fn path(&self) -> &str {
        let after_scheme = self.0.find("://").map_or(0, |index| index + 3);
        self.0[after_scheme..].find('/').map_or("/", |index| &self.0[after_scheme + index..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_cannot_leave_their_root() {
        for bad in
            ["", "/a", "../a", "a/../b", "a//b", "a\\b", "c:/x", "javascript:x", "a\nb", "./a", "a/", "\u{202e}a"]
        {
            assert!(RelPath::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(RelPath::parse("图 1.PNG").unwrap().extension(), "png");
    }

    #[test]
    fn addresses_are_encoded_and_relative_to_the_root() {
        let page = OutPath::parse("n/2024-001/index.html").unwrap();
        assert_eq!(page.to_root(), "../../");
        assert_eq!(page.to_url_path(), "n/2024-001/");
        assert_eq!(OutPath::parse("index.html").unwrap().to_url_path(), "");
        assert_eq!(OutPath::parse("n/图 1.png").unwrap().to_url_path(), "n/%E5%9B%BE%201.png");
        assert_eq!(OutPath::parse("xindex.html").unwrap().to_url_path(), "xindex.html");
    }

    #[test]
    fn base_url_is_plain_http() {
        let base = BaseUrl::parse("https://example.gov.cn/a/b").unwrap();
        assert_eq!((base.as_str(), base.path()), ("https://example.gov.cn/a/b/", "/a/b/"));
        assert_eq!(BaseUrl::parse("https://example.gov.cn").unwrap().path(), "/");
        for bad in ["ftp://x/", "https://", "https://x/?q", "x", "https://a b/", "https://x/\"", "javascript:alert(1)"]
        {
            assert_eq!(BaseUrl::parse(bad), None, "{bad}");
        }
    }
}
