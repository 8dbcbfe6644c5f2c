//! Pictures that come with a file: known by their first bytes, named so that they can be published.

use super::document::Inline;

/// The pictures of a draft.
#[derive(Debug, Default)]
pub(super) struct Pictures(Vec<(String, Vec<u8>)>);

impl Pictures {
    /// Takes a picture and returns its name; none where its type is not published.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Option<String> {
        if let Some((name, _)) = self.0.iter().find(|(_, known)| known == bytes) {
            return Some(name.clone());
        }
        let name = format!("image-{}.{}", self.0.len() + 1, kind(bytes)?);
        self.0.push((name.clone(), bytes.to_vec()));
        Some(name)
    }

    /// The pictures, in order.
    pub(super) fn into_files(self) -> Vec<(String, Vec<u8>)> {
        self.0
    }
}

/// The extension of a picture that browsers show.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [b'G', b'I', b'F', b'8', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => None,
    }
}

/// A picture in a line.
pub(super) fn image(file: String, alt: &str) -> Inline {
    Inline::Image { file, alt: alt.trim().to_owned(), caption: String::new() }
}
