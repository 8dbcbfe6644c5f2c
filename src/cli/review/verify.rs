//! `review verify`: whether everything published is exactly what was signed and recorded, and whether the sign-offs of
//! drafts hold.

use super::super::args::PathsArgs;
use super::super::select;
use super::super::{Report, Session};
use super::{Office, concerns, overdue_is_an_error};
use crate::artifact::Edition;
use crate::compose::{self, Options, Readings};
use crate::diag::{Diagnostic, Outcome, alone, is_unread};
use crate::inputs::Shelf;
use crate::read;
use crate::review::check;
use serde_json::json;

/// Checks everything published, or what is named.
pub(in crate::cli) fn verify(session: &Session, args: &PathsArgs) -> Report {
    match run(session, args) {
        Ok((count, mut diagnostics)) => {
            diagnostics.iter_mut().for_each(overdue_is_an_error);
            let conclusion = if crate::diag::has_errors(&diagnostics) {
                "核对不通过。".to_owned()
            } else {
                format!("核对 {count} 个版本：与签署、签名和台账一致。")
            };
            Report { data: json!({ "versions": count }), conclusion, diagnostics, ..Report::default() }
        }
        Err(diagnostics) => Report::refused(diagnostics, "核对没有完成。"),
    }
}

fn run(session: &Session, args: &PathsArgs) -> Result<(usize, Vec<Diagnostic>), Vec<Diagnostic>> {
    let office = Office::open(session)?;
    let _reading = office.site.lock_reading().map_err(alone)?;
    let Outcome { value: inputs, mut diagnostics } = office.site.load(Edition::Public);
    let folders = select::folders(&office.site, &args.paths)?;
    let ids: Vec<&str> = folders.iter().filter_map(|(_, folder, _)| folder.rsplit('/').next()).collect();
    let is_asked = |found: &Diagnostic| args.paths.is_empty() || concerns(found, &ids);
    diagnostics.retain(is_asked);
    if is_unread(&diagnostics) {
        return Err(diagnostics);
    }
    let base_url = office.config.base_url.clone();
    let options = Options { now: session.now, edition: Edition::Public, base_url };
    let site = compose::site(&office.config, Readings::of(inputs, &office.config), &office.ledger, &options)
        .drain_into(&mut diagnostics);
    if args.paths.is_empty() {
        return Ok((site.dossiers.iter().map(|dossier| dossier.versions().len()).sum(), diagnostics));
    }
    diagnostics.retain(is_asked);
    let mut count: usize = site
        .dossiers
        .iter()
        .filter(|dossier| ids.contains(&dossier.id().as_str()))
        .map(|dossier| dossier.versions().len())
        .sum();
    for (shelf, folder, _) in folders.iter().filter(|(shelf, ..)| *shelf == Shelf::Draft) {
        let bundle = office.site.bundle(*shelf, folder).drain_into(&mut diagnostics);
        let manuscript = bundle
            .and_then(|bundle| read::manuscript(&bundle, &office.config.vocabularies).drain_into(&mut diagnostics));
        let Some(manuscript) = manuscript else { continue };
        diagnostics.extend(check::check(&manuscript, &office.config.review, session.now).1);
        count += 1;
    }
    Ok((count, diagnostics))
}
