//! What a file says about itself that nobody means to publish: bytes of a published attachment in, entries out.
//!
//! Pictures (EXIF, XMP, IPTC, text), Office files (properties, comments, tracked changes, hidden parts), PDF, OFD and
//! zip archives are read, what stands inside them too. It looks at the bytes, not at the name, decodes no picture, and
//! never panics or grows: at most `INFLATED` bytes are inflated for one file, however it is nested, and the time is a
//! small multiple of the length.

mod exif;
mod gathered;
mod image;
mod iptc;
mod labels;
mod office;
mod ole;
mod pdf;
mod pdf_syntax;
mod properties;
mod property_set;
mod xmp;
mod zip;

#[cfg(test)]
mod tests;

use gathered::Gathered;

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Where it was made: coordinates or the name of a place.
    Position,
    /// Who wrote, changed, reviewed, printed or owned it.
    Person,
    /// Whose it is.
    Company,
    /// Which device made it, by model or serial number.
    Device,
    /// Which program made it.
    Software,
    /// When it was made, changed or printed.
    Time,
    /// Free text: title, keywords, comments, paths.
    Text,
    /// Content that a reader does not see at first: tracked changes, comments, hidden parts, notes, thumbnails.
    Hidden,
    /// The name of a file inside.
    Name,
}

/// One thing a file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is about.
    pub kind: Kind,
    /// What it is, in Chinese where that is known; begins with the name of the inner file where it stands in one.
    pub name: String,
    /// What it says, on one line, at most 200 characters, not made safe for a terminal.
    pub value: String,
}

/// All that was found in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The entries, in order of the file.
    pub entries: Vec<Entry>,
    /// Whether the file or a part of it could not be read: damaged, encrypted, of a form other than its name says, or
    /// beyond the limits. Entries found before or beside that part are there.
    pub unreadable: bool,
}

/// Extensions of files that are read.
const OF_INTEREST: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "pdf", "ofd", "zip", "doc", "dot", "docx", "docm", "dotx", "wps", "wpt",
    "xls", "xlt", "xlsx", "xlsm", "xltx", "et", "ett", "ppt", "pps", "pptx", "pptm", "ppsx", "dps", "dpt",
];

/// Bytes inflated for one file at most, in all.
const INFLATED: usize = 64 << 20;

/// How deep files inside files are read: a picture in a document in an archive.
const DEPTH: usize = 3;

/// Whether files with an extension (without dot, in any case) can say anything here.
pub fn of_interest(extension: &str) -> bool {
    OF_INTEREST.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// Reads what a file says about itself. Of files that are not of interest: nothing.
pub fn read(extension: &str, bytes: &[u8]) -> Metadata {
    let mut found = Gathered::default();
    if of_interest(extension) {
        gather(bytes, &mut found, &mut Budget { bytes: INFLATED, depth: DEPTH });
    }
    found.finish()
}

/// What may still be spent on a file.
struct Budget {
    bytes: usize,
    depth: usize,
}

/// Reads a file or a file inside one, by what its first bytes say it is.
fn gather(bytes: &[u8], found: &mut Gathered, budget: &mut Budget) {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => image::jpeg(bytes, found),
        [0x89, b'P', b'N', b'G', ..] => image::png(bytes, found),
        [b'G', b'I', b'F', b'8', ..] => image::gif(bytes, found),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => image::webp(bytes, found),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => ole::read(bytes, found),
        [b'P', b'K', ..] => zip::read(bytes, found, budget),
        _ if pdf::is_pdf(bytes) => pdf::read(bytes, found, budget),
        _ => found.unreadable(),
    }
}

/// The big-endian number at a position.
fn be_u16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_be_bytes(*chunk))
}

/// The big-endian number at a position.
fn be_u32(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_be_bytes(*chunk) as usize)
}

/// The little-endian number at a position.
fn le_u16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_le_bytes(*chunk))
}

/// The little-endian number at a position.
fn le_u32(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk) as usize)
}

/// Text of 16-bit units.
fn utf16(units: impl Iterator<Item = u16>) -> String {
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Text of 16-bit units, each the lower byte first.
fn utf16_le(bytes: &[u8]) -> String {
    utf16(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])))
}

/// Text of 16-bit units, each the higher byte first.
fn utf16_be(bytes: &[u8]) -> String {
    utf16(bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])))
}
