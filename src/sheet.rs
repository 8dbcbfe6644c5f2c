//! Rows for people with a spreadsheet and for programs: CSV that Excel and WPS open rightly.
//!
//! In: a head and rows of text. Out: bytes of UTF-8 with a byte order mark, without which spreadsheets take Chinese for
//! another encoding, and CRLF (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it.

const MARK: &str = "\u{feff}";

/// A CSV: the head, and a row for each row, as long as the head.
pub fn csv<C: AsRef<str>>(head: &[&str], rows: impl IntoIterator<Item = impl IntoIterator<Item = C>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    // Writing into memory cannot fail, and a row that is too long or too short is a fault of ours that tests would find.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.into_iter().map(|cell| guarded(cell.as_ref())));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn guarded(cell: &str) -> String {
    let starts_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if starts_formula { format!("'{cell}") } else { cell.to_owned() }
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
}
