//! Writes CSV that Excel and WPS open rightly.
//!
//! In: a head and rows of text. Out: bytes of UTF-8 with a byte order mark, without which spreadsheets take Chinese for
//! another encoding, and CRLF (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it,
//! and so does one that looks like that already: taking one away gives back what was meant. A text that is longer than a cell can be is cut, and says so: otherwise the rest would spill into other cells.
//!
//! CSV has no types: a spreadsheet that opens it by a double click shows `2160000011128` as 2.16E+12 and takes `2024-03` for
//! a date. No sign in the file helps that would not be a wrong one for everybody else; text is what a reader must choose
//! when importing.

use std::borrow::Cow;

const MARK: &str = "\u{feff}";

/// The most UTF-16 units of a cell that every spreadsheet keeps as they are: Excel and WPS drop what is beyond 32,767,
/// LibreOffice breaks a line after 16,356 when it reads its own workbook again.
const LONGEST: usize = 16_000;

/// What stands at the end of a text that was cut.
const CUT: &str = "……（未完，一格放不下）";

/// Whether a cell holds a text.
pub fn fits(text: &str) -> bool {
    // An apostrophe may come before it.
    text.len() < LONGEST || text.encode_utf16().count() < LONGEST
}

/// A CSV: the head, and a row for each row, as long as the head.
pub fn csv<C: AsRef<str>>(head: &[&str], rows: impl IntoIterator<Item = impl IntoIterator<Item = C>>) -> Vec<u8> {
    [csv_head(head), csv_rows(rows)].concat()
}

/// The beginning of a CSV.
pub fn csv_head(head: &[&str]) -> Vec<u8> {
    let mut bytes = MARK.as_bytes().to_vec();
    write(&mut bytes, |writer| writer.write_record(head));
    bytes
}

/// Rows of a CSV, which the caller makes as long as its head.
pub fn csv_rows<C: AsRef<str>>(rows: impl IntoIterator<Item = impl IntoIterator<Item = C>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes, |writer| {
        rows.into_iter().try_for_each(|row| {
            row.into_iter().try_for_each(|cell| writer.write_field(guarded(cell.as_ref()).as_bytes()))?;
            writer.write_record(None::<&[u8]>)
        })
    });
    bytes
}

fn write(bytes: &mut Vec<u8>, rows: impl FnOnce(&mut csv::Writer<&mut Vec<u8>>) -> csv::Result<()>) {
    // A row that is too long or too short is a fault of ours that tests would find, and no reason to leave out the rest;
    // writing into memory cannot fail.
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(bytes);
    let _ = rows(&mut writer);
    let _ = writer.flush();
}

/// A cell that no spreadsheet takes for a formula, and every spreadsheet can hold.
fn guarded(cell: &str) -> Cow<'_, str> {
    let cell = shortened(cell);
    let bare = cell.trim_start_matches('\'');
    let starts_formula = bare.starts_with(['\t', '\r', '\n'])
        || bare.trim_start_matches(is_blank).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if starts_formula { format!("'{cell}").into() } else { cell }
}

/// What some spreadsheets drop before they look at a cell, or do not show.
fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || crate::text::is_deceptive(sign)
}

/// A text that fits; what is cut off is replaced by a note.
pub(super) fn shortened(text: &str) -> Cow<'_, str> {
    if fits(text) {
        return Cow::Borrowed(text);
    }
    let mut left = LONGEST - 1 - CUT.encode_utf16().count();
    let kept = text.chars().take_while(|sign| {
        let fits = sign.len_utf16() <= left;
        left -= if fits { sign.len_utf16() } else { left };
        fits
    });
    kept.chain(CUT.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_keeps_its_signs() {
        let rows = ["火灾, \"大\"", "=1+1", "@x", "－1", "甲\n乙"].map(|cell| [cell, "1"]);
        let text = String::from_utf8(csv(&["项目", "数值"], rows)).unwrap();
        assert_eq!(
            text,
            "\u{feff}项目,数值\r\n\"火灾, \"\"大\"\"\",1\r\n'=1+1,1\r\n'@x,1\r\n'－1,1\r\n\"甲\n乙\",1\r\n"
        );
    }

    #[test]
    fn a_formula_behind_blanks_is_guarded_and_blanks_alone_are_not() {
        let guarded = |cell: &str| super::guarded(cell) == format!("'{cell}");
        for cell in [" =1", "\u{3000}+1", "\u{a0}-1", "\u{200f}=1", "\u{feff}@x", " \t=1", "\tx", "'=1", "'' +"] {
            assert!(guarded(cell), "{cell:?}");
        }
        for cell in ["", " ", "'", "'甲'", "a=1", "20240101", " 1-2", "（-1）"] {
            assert!(!guarded(cell), "{cell:?}");
        }
    }

    #[test]
    fn a_cell_is_never_longer_than_a_spreadsheet_keeps() {
        let units = |text: &str| text.encode_utf16().count();
        for sign in ["a", "甲", "😀", "="] {
            for length in [8_000, 15_998, 15_999, 16_000, 40_000] {
                let text = sign.repeat(length);
                let cell = guarded(&text);
                assert!(units(&cell) <= LONGEST, "{sign} {length}");
                assert_eq!(cell.trim_start_matches('\'') == text, fits(&text), "{sign} {length}");
                assert_eq!(cell.ends_with(CUT), !fits(&text), "{sign} {length}");
            }
        }
    }
}
