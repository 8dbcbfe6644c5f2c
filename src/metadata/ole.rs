//! Older Office and WPS files, which are compound files: their property sets, and hidden sheets of workbooks.
//!
//! The only file that names the compound-file library. Tracked changes and comments inside older Word files are not read.

use super::gathered::Gathered;
use super::{Kind, le_u16, le_u32, properties, property_set, utf16_le};
use crate::text;
use cfb::CompoundFile;
use std::io::{Cursor, Read};

/// Bytes of one stream at most.
const STREAM: u64 = 4 << 20;

/// Records at the beginning of a workbook at most.
const RECORDS: usize = 100_000;

/// What the numbers of `SummaryInformation` mean.
const SUMMARY: &[(usize, Kind, &str)] = &[
    (2, Kind::Text, "标题"),
    (3, Kind::Text, "主题"),
    (4, Kind::Person, "作者"),
    (5, Kind::Text, "关键词"),
    (6, Kind::Text, "备注"),
    (7, Kind::Text, "模板"),
    (8, Kind::Person, "最后修改者"),
    (9, Kind::Text, "修订次数"),
    (11, Kind::Time, "打印时间"),
    (12, Kind::Time, "创建时间"),
    (13, Kind::Time, "修改时间"),
    (18, Kind::Software, "制作软件"),
];

/// What the numbers of `DocumentSummaryInformation` mean.
const DOCUMENT_SUMMARY: &[(usize, Kind, &str)] =
    &[(2, Kind::Text, "类别"), (14, Kind::Person, "主管"), (15, Kind::Company, "单位"), (27, Kind::Text, "状态")];

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Notes what a compound file says.
pub(super) fn read(bytes: &[u8], found: &mut Gathered) {
    if is_table_endless(bytes) {
        return found.unreadable();
    }
    let Ok(mut file) = CompoundFile::open(Cursor::new(bytes)) else { return found.unreadable() };
    if file.exists("EncryptedPackage") || file.exists("EncryptionInfo") {
        found.unreadable();
    }
    for (name, table) in [("\u{5}SummaryInformation", SUMMARY), ("\u{5}DocumentSummaryInformation", DOCUMENT_SUMMARY)] {
        if file.exists(name) {
            match stream(&mut file, name).and_then(|stream| property_set::sets(&stream)) {
                Some(sets) => note(sets, table, found),
                None => found.unreadable(),
            }
        }
    }
    if file.exists("Macros") || file.exists("_VBA_PROJECT_CUR") {
        found.note(Kind::Hidden, "宏", "文件里有宏程序");
    }
    for name in ["Workbook", "Book"] {
        if let Some(stream) = stream(&mut file, name) {
            workbook(&stream, found);
        }
    }
}

/// Whether the table of sectors claims to be longer than the file has sectors ([MS-CFB] 2.5). The library would believe
/// it, and make gigabytes of a table that names the same sector again and again.
fn is_table_endless(bytes: &[u8]) -> bool {
    // Sectors of 512 or 4096 bytes; in each sector of the list of tables, all numbers but the last name a table.
    let sector = if le_u16(bytes, 30) == Some(12) { 4096 } else { 512 };
    let sectors_listed = (sector / 4 - 1) * (sector / 4);
    let mut next = le_u32(bytes, 68);
    for _ in 0..=bytes.len() / (sector * sectors_listed) + 1 {
        let Some(start) = next.and_then(|next| next.checked_add(1)?.checked_mul(sector)) else { return false };
        next = le_u32(bytes, start.saturating_add(sector - 4));
        if next.is_none() {
            return false;
        }
    }
    true
}

fn stream(file: &mut File<'_>, name: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.open_stream(name).ok()?.take(STREAM).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn note(sets: Vec<Vec<property_set::Property>>, table: &[(usize, Kind, &str)], found: &mut Gathered) {
    for property in sets.into_iter().flatten() {
        let known = table.iter().find(|(id, ..)| *id == property.id);
        match (property.name, known) {
            (Some(name), _) => properties::custom(&name, &property.value, found),
            (None, Some((_, kind, name))) => found.note(*kind, name, &property.value),
            (None, None) => {}
        }
    }
}

/// Hidden sheets and the user's name, from the records at the beginning of a workbook ([MS-XLS]).
fn workbook(stream: &[u8], found: &mut Gathered) {
    const END: u16 = 0x000A;
    const FILE_PASS: u16 = 0x002F;
    const WRITE_ACCESS: u16 = 0x005C;
    const BOUND_SHEET: u16 = 0x0085;
    let mut at = 0;
    for _ in 0..RECORDS {
        let (Some(kind), Some(length)) = (le_u16(stream, at), le_u16(stream, at + 2)) else { return };
        let Some(data) = stream.get(at + 4..).and_then(|rest| rest.get(..usize::from(length))) else { return };
        match kind {
            END => return,
            FILE_PASS => return found.unreadable(),
            WRITE_ACCESS => drop(unicode(data, 2).map(|user| found.note(Kind::Person, "最后修改者", user.trim()))),
            BOUND_SHEET if data.get(4).is_some_and(|state| state & 3 != 0) => {
                let name = data.get(6..).and_then(|name| unicode(name, 1)).unwrap_or_else(|| "？".to_owned());
                found.note(Kind::Hidden, "隐藏的工作表", &name);
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
}

/// A string with its length in one or two bytes and a flag whether characters take two bytes.
fn unicode(bytes: &[u8], width: usize) -> Option<String> {
    let length = if width == 1 { usize::from(*bytes.first()?) } else { usize::from(le_u16(bytes, 0)?) };
    let (flag, rest) = bytes.get(width..)?.split_first()?;
    Some(if flag & 1 == 0 { text::decode(rest.get(..length)?) } else { utf16_le(rest.get(..length * 2)?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_sectors_is_no_longer_than_its_file() {
        let honest = include_bytes!("../../tests/fixtures/metadata/libreoffice.doc");
        assert!(!is_table_endless(honest));
        let mut bytes = honest.to_vec();
        let first = u32::try_from(bytes.len() / 512 - 1).unwrap();
        bytes[68..72].copy_from_slice(&first.to_le_bytes());
        for sector in 1..=3 {
            bytes.extend([[1, 0, 0, 0].repeat(127), (first + sector).to_le_bytes().to_vec()].concat());
        }
        assert!(is_table_endless(&bytes));
        let mut found = Gathered::default();
        read(&bytes, &mut found);
        assert!(found.finish().unreadable);
    }
}
