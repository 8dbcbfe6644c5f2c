//! IPTC records in the Photoshop block of a JPEG, as press photographers and agencies write them.

use super::gathered::Gathered;
use super::{Kind, be_u16, be_u32};
use crate::text;

/// Data sets of record 2 that tell something (IPTC-IIM 4.2).
const DATA_SETS: &[(u8, Kind, &str)] = &[
    (5, Kind::Text, "标题"),
    (25, Kind::Text, "关键词"),
    (40, Kind::Text, "特别说明"),
    (55, Kind::Time, "拍摄时间"),
    (65, Kind::Software, "制作软件"),
    (80, Kind::Person, "作者"),
    (85, Kind::Person, "作者职务"),
    (90, Kind::Position, "城市"),
    (92, Kind::Position, "地点"),
    (95, Kind::Position, "省份"),
    (101, Kind::Position, "国家"),
    (105, Kind::Text, "标题"),
    (110, Kind::Company, "供稿"),
    (115, Kind::Text, "来源"),
    (116, Kind::Company, "版权"),
    (118, Kind::Person, "联系人"),
    (120, Kind::Text, "说明"),
    (122, Kind::Person, "说明撰写人"),
];

/// Notes what the resources of a Photoshop block say.
pub(super) fn read(block: &[u8], found: &mut Gathered) {
    let mut at = 0;
    while let Some((id, data, next)) = resource(block, at) {
        if id == 0x0404 {
            records(data, found);
        }
        at = next;
    }
}

/// A resource: `8BIM`, its number, its name with the length before it, its length, its data; both padded to even.
fn resource(block: &[u8], at: usize) -> Option<(u16, &[u8], usize)> {
    let rest = block.get(at..)?.strip_prefix(b"8BIM")?;
    let name = 1 + usize::from(*rest.get(2)?);
    let length_at = 2 + name + name % 2;
    let length = be_u32(rest, length_at)?;
    let data = rest.get(length_at + 4..)?.get(..length)?;
    Some((be_u16(rest, 0)?, data, at + 4 + length_at + 4 + length + length % 2))
}

fn records(mut data: &[u8], found: &mut Gathered) {
    while let [0x1C, record, set, high, low, rest @ ..] = data {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some((value, next)) = rest.split_at_checked(length) else { return };
        if let Some((_, kind, name)) = DATA_SETS.iter().find(|(known, ..)| *record == 2 && known == set) {
            found.note(*kind, name, &text::decode(value));
        }
        data = next;
    }
}
