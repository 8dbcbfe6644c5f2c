//! Property sets of older Office files ([MS-OLEPS]): a stream in, numbered properties out.

use super::{le_u16, le_u32, utf16_le};
use crate::moment::Moment;
use crate::text;

/// Properties of one set at most.
const PROPERTIES: usize = 1000;

/// The number under which a set keeps the encoding of its text.
const CODE_PAGE: usize = 1;

/// The code page of UTF-16.
const UTF_16: u16 = 1200;

/// A property: its number, its own name in a set of custom properties, its value as text.
pub(super) struct Property {
    pub id: usize,
    pub name: Option<String>,
    pub value: String,
}

/// The sets of a stream, each a list of properties; none if it is not such a stream. Damaged properties are left out.
pub(super) fn sets(stream: &[u8]) -> Option<Vec<Vec<Property>>> {
    let count = le_u16(stream, 0).filter(|order| *order == 0xFFFE).and_then(|_| le_u32(stream, 24))?;
    let starts = (0..count.min(2)).map(|index| le_u32(stream, 44 + 20 * index));
    starts.map(|start| stream.get(start?..).and_then(properties)).collect()
}

fn properties(set: &[u8]) -> Option<Vec<Property>> {
    let count = le_u32(set, 4)?.min(PROPERTIES);
    let places: Vec<(usize, usize)> =
        (0..count).map_while(|index| Some((le_u32(set, 8 + 8 * index)?, le_u32(set, 12 + 8 * index)?))).collect();
    let at = |wanted| places.iter().find(|(id, _)| *id == wanted).map(|(_, at)| *at);
    let code_page = at(CODE_PAGE).and_then(|at| le_u16(set, at + 4)).unwrap_or_default();
    let names = at(0).map(|at| dictionary(set, at, code_page)).unwrap_or_default();
    let property = |&(id, at): &(usize, usize)| {
        let name = names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone());
        Some(Property { id, name, value: value(set.get(at..)?, code_page)? })
    };
    Some(places.iter().filter(|(id, _)| *id > CODE_PAGE).filter_map(property).collect())
}

/// The names of custom properties by number.
fn dictionary(set: &[u8], at: usize, code_page: u16) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let mut next = at + 4;
    for _ in 0..le_u32(set, at).unwrap_or_default().min(PROPERTIES) {
        let (Some(id), Some(length)) = (le_u32(set, next), le_u32(set, next + 4)) else { break };
        // In UTF-16 the length counts characters, and names are padded to four bytes.
        let bytes = if code_page == UTF_16 { length.saturating_mul(2) } else { length };
        let Some(name) = set.get(next + 8..).and_then(|rest| rest.get(..bytes)) else { break };
        names.push((id, string(name, code_page)));
        next += 8 + if code_page == UTF_16 { bytes.next_multiple_of(4) } else { bytes };
    }
    names
}

/// A value as text: strings and times; none for numbers, which tell nothing.
fn value(bytes: &[u8], code_page: u16) -> Option<String> {
    const LPSTR: u16 = 0x1E;
    const LPWSTR: u16 = 0x1F;
    const FILETIME: u16 = 0x40;
    match le_u16(bytes, 0)? {
        LPSTR => Some(string(bytes.get(8..)?.get(..le_u32(bytes, 4)?)?, code_page)),
        LPWSTR => Some(string(bytes.get(8..)?.get(..le_u32(bytes, 4)?.checked_mul(2)?)?, UTF_16)),
        FILETIME => {
            let ticks = u64::from_le_bytes(*bytes.get(4..)?.first_chunk()?);
            // From tenths of microseconds since 1601 to seconds since 1970.
            let seconds = i64::try_from(ticks / 10_000_000).ok()?.checked_sub(11_644_473_600)?;
            Moment::from_unix(seconds).map(|moment| moment.to_string())
        }
        _ => None,
    }
}

/// Text up to its zero; of code pages only UTF-16 is told apart, the others are UTF-8 or GB 18030 as bytes go.
fn string(bytes: &[u8], code_page: u16) -> String {
    let text = if code_page == UTF_16 { utf16_le(bytes) } else { text::decode(bytes) };
    text.trim_end_matches('\0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream with one set of properties, each with its number.
    fn stream(properties: &[(u32, Vec<u8>)]) -> Vec<u8> {
        let long = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
        let (mut index, mut values) = (Vec::new(), Vec::new());
        for (id, value) in properties {
            index.extend([id.to_le_bytes(), long(8 + 8 * properties.len() + values.len())].concat());
            values.extend_from_slice(value);
            values.resize(values.len().next_multiple_of(4), 0);
        }
        let head = [b"\xFE\xFF\0\0".as_slice(), &[0; 20], &long(1), &[0; 16], &long(48)].concat();
        [head.as_slice(), &long(8 + index.len() + values.len()), &long(properties.len()), &index, &values].concat()
    }

    fn shown(stream: &[u8]) -> Vec<String> {
        let show = |property: Property| format!("{} {:?} {}", property.id, property.name, property.value);
        sets(stream).unwrap().into_iter().flatten().map(show).collect()
    }

    #[test]
    fn old_chinese_text_unicode_and_times_are_read() {
        let properties = [
            (0, b"\x01\0\0\0\x05\0\0\0\x05\0\0\0\xCA\xBE\xC0\xFD\0".to_vec()),
            (1, b"\x02\0\0\0\xA8\x03\0\0".to_vec()),
            (4, b"\x1E\0\0\0\x05\0\0\0\xCA\xBE\xC0\xFD\0".to_vec()),
            (5, b"\x1F\0\0\0\x02\0\0\0\x3A\x79\0\0".to_vec()),
            (12, [b"\x40\0\0\0".as_slice(), &116_444_736_000_000_000_u64.to_le_bytes()].concat()),
            (15, b"\x03\0\0\0\x01\0\0\0".to_vec()),
        ];
        let found = shown(&stream(&properties));
        assert_eq!(found, ["4 None 示例", "5 Some(\"示例\") 示", "12 None 1970-01-01T08:00:00+08:00"]);
    }

    #[test]
    fn what_is_no_property_set_is_none() {
        assert!(sets(b"").is_none());
        assert!(sets(&[0; 100]).is_none());
        assert!(shown(&stream(&[(4, b"\x1E\0\0\0\xFF\xFF\xFF\xFF".to_vec())])).is_empty());
    }
}
