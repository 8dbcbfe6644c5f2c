//! `schema`: what editors are told of the front matter.

use super::args::SchemaArgs;
use super::{Report, Session};
use crate::diag::{Diagnostic, alone};
use crate::disk;
use crate::schema;
use crate::vocabulary::Vocabularies;
use crate::workspace;

/// Prints the schema, or writes it into a file.
pub(super) fn run(session: &Session, args: &SchemaArgs) -> Report {
    let vocabularies = match vocabularies(session) {
        Ok(vocabularies) => vocabularies,
        Err(diagnostics) => return Report::refused(diagnostics, "没有写出。"),
    };
    let data = schema::notice(&vocabularies);
    let text = schema::text(&vocabularies);
    let Some(path) = &args.output else { return Report { data, output: text, ..Report::default() } };
    match disk::replace_file(path, text.as_bytes()) {
        Ok(()) => Report { data, conclusion: format!("已写入“{}”。", path.display()), ..Report::default() },
        Err(error) => Report::refused(vec![*error], "没有写出。"),
    }
}

/// Those of the site; outside of any, those that every site has.
fn vocabularies(session: &Session) -> Result<Vocabularies, Vec<Diagnostic>> {
    let Some(site) = session.site_if_any().map_err(alone)? else { return Ok(Vocabularies::default()) };
    let configuration = workspace::configuration(&site);
    configuration.value.map(|config| config.vocabularies).ok_or(configuration.diagnostics)
}
