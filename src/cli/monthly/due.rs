//! `report --due`: the reporting day of a month, and how far it is off.

use super::super::{Report, Session};
use crate::diag::{Code, Diagnostic, Outcome, alone, has_errors};
use crate::moment::Month;
use crate::monthly::due::Due;
use crate::workdays::{self, Calendar, YearUnknown};
use crate::workspace;
use serde_json::json;

/// Says when a month is due. A table with a fault gives no answer: the row that is wrong may be the one that matters.
pub(super) fn run(session: &Session, month: Month) -> Result<Report, Vec<Diagnostic>> {
    let Outcome { value: calendar, diagnostics } = calendar(session)?;
    if has_errors(&diagnostics) {
        return Err(diagnostics);
    }
    let due = Due::of(month, &calendar).map_err(|error| vec![unknown(&error)])?;
    let today = session.now.day();
    let passed = due.workday.passed.iter().map(|(day, reason)| json!({ "day": day.to_string(), "reason": reason }));
    let data = json!({
        "month": month.to_string(), "named": due.named.to_string(), "due": due.day().to_string(),
        "weekday": due.day().weekday(), "passed": passed.collect::<Vec<_>>(),
        "today": today.to_string(), "days_left": due.day().days_since(today),
    });
    Ok(Report {
        output: format!("{}\n", due.day()),
        data,
        conclusion: due.sentence(today),
        diagnostics,
        ..Report::default()
    })
}

/// That of the site; outside of any, what the program knows by itself.
fn calendar(session: &Session) -> Result<Outcome<Calendar>, Vec<Diagnostic>> {
    let site = session.site_if_any().map_err(alone)?;
    Ok(site.map_or_else(|| Outcome::clean(Calendar::bundled()), |site| workspace::holidays(&site)))
}

fn unknown(error: &YearUnknown) -> Diagnostic {
    let year = error.year;
    let file = workdays::FILE;
    let head: Vec<&str> = workdays::COLUMNS.iter().map(|column| column.zh).collect();
    Diagnostic::error(Code::HolidaysUnknown, format!("{error}，算不出报送日"))
        .fact(format!("放假和调休上班的日子每年由国务院办公厅发通知，{year} 年的以通知为准，程序不猜"))
        .hint(format!("照通知填进 {file}（在 site.yaml 旁边，没有就新建，存成 UTF-8），第一行是：{}", head.join(",")))
        .hint(format!(
            "以后一天一行，放假写“休”，周末上班写“班”，例如：{year}-10-01,休,国庆节,国办发明电〔{}〕×号",
            year - 1
        ))
}
