//! Tables: findings, and the registers a site may extend.

use super::{are_sound, bundle, file};
use jingshi::inputs::FileContent;
use jingshi::notice::Table;
use jingshi::read;
use jingshi::sheet;
use jingshi::standards::Register;
use jingshi::vocabulary::Vocabularies;
use jingshi::workdays::Calendar;
use std::sync::OnceLock;

/// The bytes are a table of each kind.
pub fn run(data: &[u8]) {
    if let Some(table) = findings(data) {
        let head: Vec<&str> = table.head.iter().map(String::as_str).collect();
        assert!(table.rows.iter().all(|row| row.len() == head.len()));
        let written = sheet::csv(&head, &table.rows);
        let again = findings(&written).unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&written)));
        assert_eq!((again.head.len(), again.rows.len()), (head.len(), table.rows.len()));
        let formula = |cell: &String| cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        assert!(!again.rows.iter().flatten().any(formula));
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    static STANDARDS: OnceLock<Register> = OnceLock::new();
    static CALENDAR: OnceLock<Calendar> = OnceLock::new();
    let columns = |keys: &[jingshi::yaml::Key]| keys.iter().map(|key| key.name).collect::<Vec<_>>().join(",");
    let (standards, holidays) = (columns(jingshi::standards::COLUMNS), columns(jingshi::workdays::COLUMNS));
    for text in [text.to_owned(), format!("{standards}\n{text}"), format!("{holidays}\n{text}")] {
        let outcome = STANDARDS.get_or_init(Register::bundled).clone().extend("standards.csv", &text);
        are_sound(&outcome.diagnostics, &text);
        let outcome = CALENDAR.get_or_init(Calendar::bundled).clone().extend("holidays.csv", &text);
        are_sound(&outcome.diagnostics, &text);
    }
}

/// The table of a notice that has these bytes beside it.
fn findings(csv: &[u8]) -> Option<Table> {
    const NOTICE: &str =
        "---\nid: 2024-001\nkind: 消费提示\ntitle: t\nsummary: s\nfindings: {file: a.csv, caption: c}\n---\nx\n";
    let bundle = bundle(NOTICE.into(), vec![file("a.csv", FileContent::Csv(csv.to_vec()))]);
    let outcome = read::manuscript(&bundle, &Vocabularies::default());
    assert!(outcome.value.is_some() || outcome.has_errors());
    outcome.value.and_then(|manuscript| manuscript.findings)
}
