//! A report for editors and for checks of other systems: SARIF 2.1.0 (OASIS).

use super::super::Report;
use super::json::severity;
use crate::diag::{Code, Diagnostic};
use crate::embedded;
use crate::lint;
use crate::route;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The report as a SARIF log of one run.
pub(super) fn write(report: &Report, exit_code: u8) -> Value {
    let excused = report.excused.iter().map(|excused| &excused.finding);
    let codes: BTreeSet<Code> = report.diagnostics.iter().chain(excused).map(|found| found.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let plain = report.diagnostics.iter().map(|found| result(found, &codes));
    let excused = report.excused.iter().map(|excused| {
        let mut result = result(&excused.finding, &codes);
        result["suppressions"] = json!([{ "kind": "inSource", "justification": excused.reason }]);
        result
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "jingshi",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "language": "zh-CN",
            "columnKind": "unicodeCodePoints",
            // An error found is a result, not a failure of the run.
            "invocations": [{ "executionSuccessful": !matches!(exit_code, 2 | 4), "exitCode": exit_code }],
            "results": plain.chain(excused).collect::<Vec<_>>(),
        }],
    })
}

fn rule(code: Code) -> Value {
    if let Some(rule) = lint::find(code.id()) {
        return json!({
            "id": rule.code,
            "shortDescription": { "text": rule.title },
            "fullDescription": { "text": rule.what },
            "help": { "text": format!("为什么：{}\n怎么改：{}", rule.why, rule.how) },
            "defaultConfiguration": { "level": severity(rule.severity) },
        });
    }
    let (meaning, remedy) = embedded::explanation(code.id()).unwrap_or_default();
    json!({ "id": code.id(), "shortDescription": { "text": meaning }, "help": { "text": remedy } })
}

fn result(found: &Diagnostic, codes: &[Code]) -> Value {
    let hints = found.hints.iter().map(|hint| format!("提示：{hint}"));
    let lines: Vec<String> = std::iter::once(&found.message).chain(&found.notes).cloned().chain(hints).collect();
    let mut result = json!({
        "ruleId": found.code.id(),
        "ruleIndex": codes.iter().position(|code| *code == found.code),
        "level": severity(found.severity),
        "message": { "text": lines.join("\n") },
    });
    if let Some(place) = &found.place {
        let mut physical =
            json!({ "artifactLocation": { "uri": route::encode_path(&place.file), "uriBaseId": "%SRCROOT%" } });
        if let Some(at) = place.at {
            let end = at.column.saturating_add(place.length);
            physical["region"] = json!({ "startLine": at.line, "startColumn": at.column, "endColumn": end });
        }
        result["locations"] = json!([{ "physicalLocation": physical }]);
    }
    result
}
