//! The facts of all figures as one CSV, for spreadsheets and programs.
//!
//! In: figures. Out: bytes of UTF-8 with a byte order mark, without which spreadsheets take Chinese for another
//! encoding. A text that a spreadsheet would take for a formula gets an apostrophe before it.

use super::Figure;

/// The columns.
const HEAD: [&str; 6] = ["统计", "时期", "项目", "指标", "数值", "单位"];
const MARK: &str = "\u{feff}";

/// The CSV of figures: a row for each fact.
pub fn csv(figures: &[Figure]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    // Writing into memory cannot fail.
    let _ = writer.write_record(HEAD);
    for figure in figures {
        for fact in &figure.facts {
            let cells = [&figure.title, &fact.period, &fact.item, fact.measure, &fact.value, fact.unit];
            let _ = writer.write_record(cells.map(guarded));
        }
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
    use super::super::Fact;
    use super::*;

    #[test]
    fn a_term_is_never_a_formula() {
        let fact = |item: &str| Fact {
            period: "2024".to_owned(),
            item: item.to_owned(),
            measure: "发布",
            value: "1".to_owned(),
            unit: "条",
        };
        let facts = ["火灾, \"大\"", "=1+1", "@x", "－1"].map(fact).to_vec();
        let figure = Figure {
            id: "hazards",
            title: "按危害".to_owned(),
            finding: String::new(),
            note: String::new(),
            panels: vec![],
            head: vec![],
            rows: vec![],
            facts,
        };
        let text = String::from_utf8(csv(&[figure])).unwrap();
        assert_eq!(
            text,
            "\u{feff}统计,时期,项目,指标,数值,单位\r\n按危害,2024,\"火灾, \"\"大\"\"\",发布,1,条\r\n\
             按危害,2024,'=1+1,发布,1,条\r\n按危害,2024,'@x,发布,1,条\r\n按危害,2024,'－1,发布,1,条\r\n"
        );
    }
}
