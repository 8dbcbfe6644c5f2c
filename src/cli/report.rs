//! Prints what a command leaves to be said, and chooses the exit code.

use super::Report;
use super::args::Format;
use crate::diag::{self, Class, Diagnostic, Severity};
use serde_json::json;
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

/// Prints a report and turns it into an exit code.
pub(super) fn finish(mut report: Report, format: Format) -> ExitCode {
    diag::arrange(&mut report.diagnostics);
    let code = exit_code(&report.diagnostics);
    match format {
        Format::Human => {
            // A closed pipe is no reason to fail: the work is done.
            let _ = io::stdout().write_all(report.output.as_bytes());
            announce(&report.diagnostics, &report.conclusion);
        }
        Format::Json => {
            let text = json!({
                "exit_code": code,
                "diagnostics": report.diagnostics.iter().map(to_json).collect::<Vec<_>>(),
                "result": report.data,
                "conclusion": report.conclusion,
            });
            let _ = writeln!(io::stdout(), "{text:#}");
        }
    }
    ExitCode::from(code)
}

/// Prints diagnostics and a conclusion on the standard error.
pub(super) fn announce(diagnostics: &[Diagnostic], conclusion: &str) {
    let colour =
        io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() && std::env::var_os("CI").is_none();
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&if colour { painted(diagnostic) } else { diagnostic.to_string() });
    }
    let count = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counts = match (errors, warnings) {
        (0, 0) => String::new(),
        (0, warnings) => format!("发现 {warnings} 个提醒；"),
        (errors, 0) => format!("发现 {errors} 个错误；"),
        (errors, warnings) => format!("发现 {errors} 个错误、{warnings} 个提醒；"),
    };
    if !(counts.is_empty() && conclusion.is_empty()) {
        let end = if conclusion.is_empty() {
            counts.trim_end_matches('；').to_owned() + "。"
        } else {
            format!("{counts}{conclusion}")
        };
        let _ = writeln!(text, "{end}");
    }
    let _ = io::stderr().write_all(text.as_bytes());
}

/// The diagnostic with its label in colour.
fn painted(diagnostic: &Diagnostic) -> String {
    let colour = match diagnostic.severity {
        Severity::Error => "31",
        Severity::Warning => "33",
        Severity::Note => "36",
    };
    let text = diagnostic.to_string();
    let label = text.find(": ").unwrap_or(0);
    format!("\u{1b}[1;{colour}m{}\u{1b}[0m{}", &text[..label], &text[label..])
}

fn to_json(diagnostic: &Diagnostic) -> serde_json::Value {
    let place = diagnostic.place.as_ref();
    let at = place.and_then(|place| place.at);
    json!({
        "severity": match diagnostic.severity { Severity::Error => "error", Severity::Warning => "warning", Severity::Note => "note" },
        "code": diagnostic.code.id(),
        "message": diagnostic.message,
        "file": place.map(|place| &place.file),
        "line": at.map(|at| at.line),
        "column": at.map(|at| at.column),
        "notes": diagnostic.notes,
        "hints": diagnostic.hints,
    })
}

/// 0 done, 1 content, 2 usage or configuration, 3 the gate refused, 4 reading or writing failed. Where several hold: what
/// could not be read or written first, since it makes the rest doubtful; then the gate.
fn exit_code(diagnostics: &[Diagnostic]) -> u8 {
    let code = |class| match class {
        Class::Io => (0, 4),
        Class::Gate => (1, 3),
        Class::Usage => (2, 2),
        Class::Content => (3, 1),
    };
    // What is wrong with the YAML of `site.yaml` is wrong with the configuration.
    let class = |found: &Diagnostic| match &found.place {
        Some(place) if place.file == crate::config::FILE && found.code.class() == Class::Content => Class::Usage,
        _ => found.code.class(),
    };
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| code(class(found))).min().map_or(0, |(_, code)| code)
}
