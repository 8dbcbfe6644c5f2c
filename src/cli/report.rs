//! Prints what a command leaves to be said, and chooses the exit code.

mod json;
mod sarif;

use super::Report;
use super::args::Format;
use crate::diag::{self, Class, Diagnostic, Look, Severity};
use crate::disk::SiteDir;
use crate::front_matter::Text;
use crate::route::RelPath;
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

/// The texts that diagnostics speak of, for showing the lines meant.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The site, where there is one.
    pub site: Option<SiteDir>,
}

impl Sources {
    /// The text of a file of the site as positions count in it.
    fn text(&self, file: &str) -> Option<String> {
        let path = RelPath::parse(file).ok()?;
        let bytes = self.site.as_ref()?.read(path.as_str()).ok()?;
        Text::decode(file, &bytes).ok().map(Text::into_string)
    }
}

/// Prints a report and turns it into an exit code.
pub(super) fn finish(mut report: Report, format: Format, sources: &Sources) -> ExitCode {
    diag::arrange(&mut report.diagnostics);
    let code = exit_code(&report.diagnostics);
    let printed = match format {
        Format::Human => {
            // A closed pipe is no reason to fail: the work is done.
            let _ = io::stdout().write_all(report.output.as_bytes());
            announce(&report.diagnostics, &report.conclusion, sources);
            return ExitCode::from(code);
        }
        Format::Json => json::write(&report, code),
        Format::Sarif => sarif::write(&report, code),
    };
    let _ = writeln!(io::stdout(), "{printed:#}");
    ExitCode::from(code)
}

/// Prints diagnostics and a conclusion on the standard error.
pub(super) fn announce(diagnostics: &[Diagnostic], conclusion: &str, sources: &Sources) {
    let look = look();
    let mut text = String::new();
    // Diagnostics come in order of file: each is read once.
    for of_file in diagnostics.chunk_by(|one, next| file_of(one) == file_of(next)) {
        let has_place = |found: &Diagnostic| found.place.as_ref().is_some_and(|place| place.at.is_some());
        let source = file_of(&of_file[0]).filter(|_| of_file.iter().any(has_place)).and_then(|file| sources.text(file));
        let lines: Option<Vec<&str>> = source.as_ref().map(|source| source.split('\n').collect());
        of_file.iter().for_each(|found| text.push_str(&diag::render(found, lines.as_deref(), look)));
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

fn file_of(diagnostic: &Diagnostic) -> Option<&str> {
    diagnostic.place.as_ref().map(|place| place.file.as_str())
}

/// Colours on a terminal that wants them; where nobody says how wide it is, as wide as terminals have always been.
fn look() -> Look {
    let coloured =
        io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() && std::env::var_os("CI").is_none();
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    Look { coloured, width: named.filter(|width| (40..=400).contains(width)).unwrap_or(80) }
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
