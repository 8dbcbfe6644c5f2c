//! A report for programs: everything that people are told, and the result as data.

use super::super::Report;
use crate::diag::{Diagnostic, Severity};
use crate::lint::Excused;
use serde_json::{Value, json};

/// The report as one JSON value.
pub(super) fn write(report: &Report, exit_code: u8) -> Value {
    json!({
        "exit_code": exit_code,
        "diagnostics": report.diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
        "excused": report.excused.iter().map(excused).collect::<Vec<_>>(),
        "result": report.data,
        "conclusion": report.conclusion,
    })
}

fn diagnostic(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.place.as_ref();
    let at = place.and_then(|place| place.at);
    json!({
        "severity": severity(diagnostic.severity),
        "code": diagnostic.code.id(),
        "message": diagnostic.message,
        "file": place.map(|place| &place.file),
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "length": at.and(place).map(|place| place.length),
        "notes": diagnostic.notes,
        "hints": diagnostic.hints,
    })
}

fn excused(excused: &Excused) -> Value {
    let mut value = diagnostic(&excused.finding);
    value["reason"] = json!(excused.reason);
    value
}

/// The English word for how grave a finding is, as other programs know it.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
