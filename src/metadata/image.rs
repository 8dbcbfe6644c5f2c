//! Pictures: the segments, chunks and blocks around the image, never the image itself.

use super::gathered::Gathered;
use super::{Kind, be_u16, be_u32, exif, iptc, labels, le_u32, xmp};
use crate::{archive, text};

/// Bytes of one packed text in a PNG, unpacked.
const TEXT: usize = 1 << 20;

/// Packed texts in a PNG that are unpacked at most.
const TEXTS: usize = 32;

/// Notes what the segments of a JPEG say, up to the image.
pub(super) fn jpeg(bytes: &[u8], found: &mut Gathered) {
    let mut extended = Vec::new();
    let mut at = 2;
    loop {
        let (marker, length) = match bytes.get(at..) {
            // Start of the image, or end of the file: whole.
            Some([0xFF, 0xDA | 0xD9, ..]) => break,
            Some([0xFF, 0xFF, ..]) => {
                at += 1;
                continue;
            }
            Some([0xFF, marker, ..]) => (*marker, be_u16(bytes, at + 2).map_or(0, usize::from)),
            _ => return found.unreadable(),
        };
        let Some(segment) = bytes.get(at + 4..at + 2 + length.max(2)) else { return found.unreadable() };
        match marker {
            0xE1 if segment.starts_with(b"Exif\0\0") => exif::read(segment, found),
            0xE1 if segment.starts_with(b"http://ns.adobe.com/xmp/extension/\0") => {
                extended.extend_from_slice(segment.get(75..).unwrap_or_default());
            }
            0xE1 => xmp::scan(segment, found),
            0xED => iptc::read(segment.strip_prefix(b"Photoshop 3.0\0").unwrap_or_default(), found),
            0xFE => found.note(Kind::Text, "注释", &text::decode(segment)),
            _ => {}
        }
        at += 2 + length.max(2);
    }
    xmp::scan(&extended, found);
}

/// Notes what the chunks of a PNG say.
pub(super) fn png(bytes: &[u8], found: &mut Gathered) {
    let mut at = 8;
    let mut texts = TEXTS;
    loop {
        let chunk = be_u32(bytes, at).and_then(|length| bytes.get(at + 4..at + 8 + length));
        let Some((kind, data)) = chunk.and_then(|chunk| chunk.split_at_checked(4)) else { return found.unreadable() };
        match kind {
            b"IEND" => return,
            b"eXIf" => exif::read(data, found),
            b"tEXt" => drop(split(data).map(|(key, value)| png_text(&key, value, found))),
            b"zTXt" | b"iTXt" if texts == 0 => found.unreadable(),
            b"zTXt" | b"iTXt" => {
                texts -= 1;
                match if kind == b"zTXt" { packed(data) } else { international(data) } {
                    Some((key, value)) => png_text(&key, &value, found),
                    None => found.unreadable(),
                }
            }
            _ => {}
        }
        at += 12 + data.len();
    }
}

/// A key and what follows its zero byte.
fn split(data: &[u8]) -> Option<(String, &[u8])> {
    let end = memchr::memchr(0, data)?;
    Some((text::decode(&data[..end]), &data[end + 1..]))
}

/// A `zTXt` chunk: key, method 0, text in zlib.
fn packed(data: &[u8]) -> Option<(String, Vec<u8>)> {
    let (key, rest) = split(data)?;
    Some((key, archive::unzlib(rest.strip_prefix(&[0])?, TEXT)?))
}

/// An `iTXt` chunk: key, whether it is packed, method 0, language, key in that language, text.
fn international(data: &[u8]) -> Option<(String, Vec<u8>)> {
    let (key, rest) = split(data)?;
    let (flags, rest) = rest.split_at_checked(2)?;
    let (_, rest) = split(rest)?;
    let (_, value) = split(rest)?;
    let value = if flags[0] == 0 { value.to_vec() } else { archive::unzlib(value, TEXT)? };
    Some((key, value))
}

fn png_text(key: &str, value: &[u8], found: &mut Gathered) {
    match (key, labels::of(key)) {
        ("XML:com.adobe.xmp", _) => xmp::scan(value, found),
        ("Raw profile type exif" | "Raw profile type APP1", _) => match raw_profile(value) {
            Some(block) if block.starts_with(b"http") => xmp::scan(&block, found),
            Some(block) => exif::read(&block, found),
            None => found.unreadable(),
        },
        ("Raw profile type xmp", _) => raw_profile(value).iter().for_each(|block| xmp::scan(block, found)),
        ("Raw profile type iptc", _) => raw_profile(value).iter().for_each(|block| iptc::read(block, found)),
        (_, Some((kind, label))) => found.note(kind, label, &text::decode(value)),
        (_, None) => found.note(Kind::Text, key, &text::decode(value)),
    }
}

/// A block as ImageMagick writes it into a text: its name, its length, its bytes in hexadecimal.
fn raw_profile(text: &[u8]) -> Option<Vec<u8>> {
    let mut lines = text.trim_ascii().splitn(3, |byte| *byte == b'\n').skip(2);
    let digits: Vec<u8> = lines.next()?.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks_exact(2).map(byte).collect()
}

/// Notes what the chunks of a WebP say.
pub(super) fn webp(bytes: &[u8], found: &mut Gathered) {
    let mut at = 12;
    while at < bytes.len() {
        let data = le_u32(bytes, at + 4).and_then(|length| bytes.get(at + 8..)?.get(..length));
        let Some(data) = data else { return found.unreadable() };
        match &bytes[at..at + 4] {
            b"EXIF" => exif::read(data, found),
            b"XMP " => xmp::scan(data, found),
            _ => {}
        }
        at += 8 + data.len() + data.len() % 2;
    }
}

/// Notes the comments of a GIF, and its XMP.
pub(super) fn gif(bytes: &[u8], found: &mut Gathered) {
    if gif_blocks(bytes, found).is_none() {
        found.unreadable();
    }
    xmp::scan(bytes, found);
}

/// Goes through the blocks to the end; none if they end before.
fn gif_blocks(bytes: &[u8], found: &mut Gathered) -> Option<()> {
    let mut at = 13 + colours(*bytes.get(10)?);
    loop {
        match (bytes.get(at)?, bytes.get(at + 1)) {
            (0x3B, _) => return Some(()),
            (0x21, Some(0xFE)) => {
                let mut comment = Vec::new();
                at = sub_blocks(bytes, at + 2, |block| comment.extend_from_slice(block))?;
                found.note(Kind::Text, "注释", &text::decode(&comment));
            }
            (0x21, _) => at = sub_blocks(bytes, at + 2, |_| {})?,
            (0x2C, _) => at = sub_blocks(bytes, at + 11 + colours(*bytes.get(at + 9)?), |_| {})?,
            _ => return None,
        }
    }
}

/// The length of a table of colours, from the flags that announce it.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Goes through blocks with their length before them, to behind the empty one.
fn sub_blocks(bytes: &[u8], mut at: usize, mut take: impl FnMut(&[u8])) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        take(bytes.get(at + 1..at + 1 + length)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
