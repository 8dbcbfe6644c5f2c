//! EXIF, as cameras and phones write it: a TIFF block in, entries out.
//!
//! The only file that names the EXIF library. Values are read by tag, never all of them: a hostile block may let each of
//! 65,000 fields point at the same megabyte.

use super::gathered::Gathered;
use super::{Kind, be_u16, utf16_be, utf16_le};
use crate::text;
use exif::{Context, Exif, In, Reader, Tag, Value};

/// Bytes of a block at most; what cameras write is below 64 kB, since a JPEG segment can hold no more.
/// The library makes up to 24 bytes of each, for each field.
const BLOCK: usize = 256 << 10;

/// What reading a block costs, in values looked at.
const BLOCK_STEPS: usize = 10;

const HOST_COMPUTER: Tag = Tag(Context::Tiff, 0x013C);
const XP_TITLE: Tag = Tag(Context::Tiff, 0x9C9B);
const XP_COMMENT: Tag = Tag(Context::Tiff, 0x9C9C);
const XP_AUTHOR: Tag = Tag(Context::Tiff, 0x9C9D);
const XP_KEYWORDS: Tag = Tag(Context::Tiff, 0x9C9E);
const XP_SUBJECT: Tag = Tag(Context::Tiff, 0x9C9F);

/// Fields that tell something, apart from the position.
const FIELDS: &[(Tag, Kind, &str)] = &[
    (Tag::Artist, Kind::Person, "作者"),
    (XP_AUTHOR, Kind::Person, "作者"),
    (Tag::CameraOwnerName, Kind::Person, "相机所有者"),
    (Tag::Copyright, Kind::Company, "版权"),
    (Tag::Make, Kind::Device, "设备厂商"),
    (Tag::Model, Kind::Device, "设备型号"),
    (HOST_COMPUTER, Kind::Device, "设备名称"),
    (Tag::BodySerialNumber, Kind::Device, "机身序列号"),
    (Tag::LensSerialNumber, Kind::Device, "镜头序列号"),
    (Tag::ImageUniqueID, Kind::Device, "图片标识"),
    (Tag::Software, Kind::Software, "制作软件"),
    (Tag::DateTimeOriginal, Kind::Time, "拍摄时间"),
    (Tag::DateTime, Kind::Time, "修改时间"),
    (Tag::ImageDescription, Kind::Text, "说明"),
    (Tag::UserComment, Kind::Text, "备注"),
    (XP_TITLE, Kind::Text, "标题"),
    (XP_COMMENT, Kind::Text, "备注"),
    (XP_KEYWORDS, Kind::Text, "关键词"),
    (XP_SUBJECT, Kind::Text, "主题"),
    (Tag::GPSAreaInformation, Kind::Position, "地点"),
];

/// Notes what a block says; `Exif\0\0` before it is skipped.
pub(super) fn read(block: &[u8], found: &mut Gathered) {
    if !found.step(BLOCK_STEPS) {
        return;
    }
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let block = block[..block.len().min(BLOCK)].to_vec();
    let mut whole = true;
    let exif = Reader::new()
        .continue_on_error(true)
        .read_raw(block)
        .or_else(|error| error.distill_partial_result(|errors| whole = errors.iter().all(loses_nothing)));
    if !whole || exif.is_err() {
        found.unreadable();
    }
    let Ok(exif) = exif else { return };
    if let Some(position) = position(&exif) {
        found.note(Kind::Position, "GPS 位置", &position);
    }
    for (tag, kind, name) in FIELDS {
        let field = exif.get_field(*tag, In::PRIMARY);
        // A text of nothing but ends is as many texts.
        if let Some(Value::Ascii(parts)) = field.map(|field| &field.value)
            && !found.step(parts.len())
        {
            return;
        }
        if let Some(value) = field.and_then(|field| text_of(*tag, &field.value, exif.little_endian())) {
            found.note(*kind, name, &value);
        }
    }
    if exif.get_field(Tag::JPEGInterchangeFormat, In::THUMBNAIL).is_some() {
        found.note(Kind::Hidden, "缩略图", "文件里另存有一张小图，可能是裁剪或遮盖之前的画面");
    }
}

/// Whether an error leaves all fields readable. Some programs leave out the four zero bytes after the last field.
fn loses_nothing(error: &exif::Error) -> bool {
    matches!(error, exif::Error::InvalidFormat("Unexpected next IFD"))
}

fn text_of(tag: Tag, value: &Value, little_endian: bool) -> Option<String> {
    match value {
        Value::Ascii(parts) => Some(parts.iter().map(|part| text::decode(part)).collect::<Vec<_>>().join("；")),
        // Windows writes its own fields in UTF-16, whatever the order of bytes of the block.
        Value::Byte(bytes) if tag.number() >= XP_TITLE.number() => Some(utf16_le(bytes)),
        Value::Undefined(bytes, _) => comment(bytes, little_endian),
        _ => None,
    }
}

/// A comment with its character code in the first eight bytes.
fn comment(bytes: &[u8], little_endian: bool) -> Option<String> {
    let (code, rest) = bytes.split_at_checked(8)?;
    Some(match code {
        b"UNICODE\0" if be_u16(rest, 0) == Some(0xFEFF) => utf16_be(&rest[2..]),
        b"UNICODE\0" if be_u16(rest, 0) == Some(0xFFFE) => utf16_le(&rest[2..]),
        // The standard leaves the order open: tools use the block's or always the higher byte first. Chinese text read
        // the wrong way has many zero or rare bytes, ASCII has them in the wrong half.
        b"UNICODE\0" => likelier(utf16_le(rest), utf16_be(rest), little_endian),
        _ => text::decode(rest),
    })
}

/// The reading with more characters that people write; the block's own order where both are as good.
fn likelier(little: String, big: String, little_endian: bool) -> String {
    let usual = |text: &str| {
        text.chars().filter(|sign| sign.is_ascii_graphic() || matches!(sign, '\u{3000}'..='\u{9FFF}')).count()
    };
    match usual(&little).cmp(&usual(&big)) {
        std::cmp::Ordering::Greater => little,
        std::cmp::Ordering::Less => big,
        std::cmp::Ordering::Equal if little_endian => little,
        std::cmp::Ordering::Equal => big,
    }
}

/// The coordinates, if the block has both.
fn position(exif: &Exif) -> Option<String> {
    let degrees = |value: Tag, reference: Tag, negative: u8| -> Option<f64> {
        let Value::Rational(parts) = &exif.get_field(value, In::PRIMARY)?.value else { return None };
        let sum: f64 = parts.iter().zip([1.0, 60.0, 3600.0]).map(|(part, unit)| part.to_f64() / unit).sum();
        let side = exif.get_field(reference, In::PRIMARY).map(|field| &field.value);
        let is_negative = matches!(side, Some(Value::Ascii(side)) if side.first().is_some_and(|side| side.first() == Some(&negative)));
        Some(if is_negative { -sum } else { sum })
    };
    let latitude = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S')?;
    let longitude = degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W')?;
    coordinates(latitude, longitude)
}

/// Coordinates in degrees as people read them; none if they lie on no map. A phone without reception writes 0, 0 or 0/0.
pub(super) fn coordinates(latitude: f64, longitude: f64) -> Option<String> {
    if latitude.abs() > 90.0 || longitude.abs() > 180.0 || !latitude.is_finite() || !longitude.is_finite() {
        return None;
    }
    if latitude == 0.0 && longitude == 0.0 {
        return None;
    }
    let north = if latitude < 0.0 { "南纬" } else { "北纬" };
    let east = if longitude < 0.0 { "西经" } else { "东经" };
    Some(format!("{north} {:.6}°，{east} {:.6}°", latitude.abs(), longitude.abs()))
}
