//! A table of findings: the bytes of a CSV in, its head and rows out.
//!
//! UTF-8 with or without BOM, a head and rows of equal length; rows without any text are dropped. A table that nobody could
//! read on a page is refused before it is taken apart any further.

use crate::diag::{Code, Diagnostic, Outcome, Position};
use crate::front_matter::Text;
use crate::notice::Table;
use crate::text;
use csv::StringRecord;

/// The most columns, rows and cells of a table, and the most characters of a cell.
const COLUMNS: usize = 100;
const ROWS: usize = 10_000;
const CELLS: usize = 100_000;
const LONGEST: usize = 5_000;

/// Reads a table. None where there is nothing that could be shown.
pub(super) fn read(path: &str, bytes: &[u8]) -> Outcome<Option<Table>> {
    let text = match Text::decode(path, bytes) {
        Ok(text) => text,
        Err(error) => return Outcome::new(None, vec![undecoded(path, *error)]),
    };
    if let Some(error) = too_large(path, bytes) {
        return Outcome::new(None, vec![error]);
    }
    let mut diagnostics = Vec::new();
    if let Some(offset) = text.as_str().find(|character| text::is_deceptive(character) || !text::is_xml_char(character))
    {
        diagnostics.push(
            Diagnostic::error(Code::MarkdownChar, "表格里有看不见的控制字符")
                .at(path, Position::of(text.as_str(), offset))
                .hint("请在表格软件里删掉这一格重新输入"),
        );
    }
    let records = match records(path, text.as_str()) {
        Ok(records) => records,
        Err(error) => {
            diagnostics.push(*error);
            return Outcome::new(None, diagnostics);
        }
    };
    let mut records = records.into_iter();
    let Some((_, head)) = records.next() else { return Outcome::new(None, diagnostics) };
    let mut rows = Vec::new();
    for (line, row) in records {
        if row.len() != head.len() {
            let message = format!("这一行有 {} 列，表头有 {} 列", row.len(), head.len());
            let error = Diagnostic::error(Code::CsvBroken, message).at(path, Position::new(line, 1));
            diagnostics.push(error.hint("每行的列数要与表头相同；单元格里有逗号时用英文双引号括起来"));
        }
        rows.push(row);
    }
    if rows.is_empty() {
        let error = Diagnostic::error(Code::CsvBroken, "表格只有表头，没有数据").in_file(path);
        diagnostics.push(error.hint("请补上数据，或去掉 findings"));
    }
    Outcome::new(Some(Table { head, rows }), diagnostics)
}

fn undecoded(path: &str, mut error: Diagnostic) -> Diagnostic {
    match error.code {
        Code::FrontMatterMissing => {
            Diagnostic::error(Code::CsvBroken, "表格是空的").in_file(path).hint("请补上数据，或去掉 findings")
        }
        Code::Encoding => {
            error.hints = vec!["请在 Excel 或 WPS 里另存为“CSV UTF-8（逗号分隔）”".to_owned()];
            error
        }
        _ => error,
    }
}

/// The rows that say anything, each with its line.
///
/// # Errors
/// It cannot be read.
fn records(path: &str, text: &str) -> Result<Vec<(u32, Vec<String>)>, Box<Diagnostic>> {
    let mut records: Vec<(u32, Vec<String>)> = Vec::new();
    for record in reader(text).records() {
        let record = record.map_err(|_| {
            let error = Diagnostic::error(Code::CsvBroken, "CSV 无法读取").in_file(path);
            Box::new(error.hint("请在表格软件里重新另存"))
        })?;
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            records.push((line(&record), record.iter().map(|cell| cell.trim().to_owned()).collect()));
        }
    }
    Ok(records)
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn line(record: &StringRecord) -> u32 {
    record.position().map_or(1, |position| u32::try_from(position.line()).unwrap_or(u32::MAX))
}

/// Why a table is more than anybody can read, or check; none where it is not, or cannot be read at all.
pub(super) fn too_large(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let text = Text::decode(path, bytes).ok()?;
    let (mut reader, mut record) = (reader(text.as_str()), StringRecord::new());
    let (mut rows, mut cells) = (0, 0);
    while reader.read_record(&mut record).ok()? {
        cells += record.len();
        if let Some(what) = excess(&record, (rows, cells)) {
            let error = Diagnostic::error(Code::CsvBroken, format!("表格太大，没法看，也没法自查：{what}"));
            return Some(error.at(path, Position::new(line(&record), 1)).hint("请拆成几个表格，或打成 zip 作附件"));
        }
        rows += 1;
    }
    None
}

/// What is too much, with this row.
fn excess(record: &StringRecord, (rows, cells): (usize, usize)) -> Option<String> {
    let is_long = |cell: &str| cell.len() > LONGEST && cell.chars().count() > LONGEST;
    if record.len() > COLUMNS {
        Some(format!("{} 列（上限 {COLUMNS} 列）", record.len()))
    } else if rows > ROWS {
        Some(format!("超过 {ROWS} 行"))
    } else if cells > CELLS {
        Some(format!("超过 {CELLS} 格"))
    } else if record.iter().any(is_long) {
        Some(format!("一格里超过 {LONGEST} 字"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_nobody_can_read_is_refused_and_the_largest_is_not() {
        let refused = |text: String| read("a.csv", text.as_bytes()).has_errors();
        let rows = |count: usize| format!("甲,乙\n{}", "1,2\n".repeat(count));
        let columns = |count: usize| format!("{0}\n{0}\n", vec!["1"; count].join(","));
        let cell = |length: usize| format!("甲,乙\n1,{}\n", "丙".repeat(length));
        assert_eq!((refused(rows(ROWS)), refused(rows(ROWS + 1))), (false, true));
        assert_eq!((refused(columns(COLUMNS)), refused(columns(COLUMNS + 1))), (false, true));
        assert_eq!((refused(cell(LONGEST)), refused(cell(LONGEST + 1))), (false, true));
        assert!(refused(format!("{}\n", vec!["1"; 20].join(",")).repeat(CELLS / 20 + 1)));
    }
}
