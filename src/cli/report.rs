//! Prints what a command leaves to be said, and chooses the exit code.

use super::Report;
use super::args::Format;
use crate::diag::{self, Class, Diagnostic, Severity};
use crate::text::printable;
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
        render(&mut text, diagnostic, colour);
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

/// One diagnostic after the template of the project: code, message, place, facts, next steps.
pub(super) fn render(text: &mut String, diagnostic: &Diagnostic, colour: bool) {
    let Diagnostic { severity, code, message, place, notes, hints } = diagnostic;
    let (on, off) = match (colour, severity) {
        (false, _) => ("", ""),
        (true, Severity::Error) => ("\u{1b}[1;31m", "\u{1b}[0m"),
        (true, Severity::Warning) => ("\u{1b}[1;33m", "\u{1b}[0m"),
        (true, Severity::Note) => ("\u{1b}[1;36m", "\u{1b}[0m"),
    };
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{on}{}[{}]{off}: {}", severity.label(), code.id(), printable(message));
    if let Some(place) = place {
        let position = place.at.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let _ = writeln!(text, "  --> {}{position}", printable(&place.file));
    }
    for note in notes {
        let _ = writeln!(text, "   = {}", indent(note));
    }
    for hint in hints {
        let _ = writeln!(text, "   = 提示：{}", indent(hint));
    }
}

fn indent(text: &str) -> String {
    printable(text).replace('\n', "\n     ")
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
