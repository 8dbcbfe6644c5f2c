//! What a notice means in the words of CAP: categories, urgency, severity, certainty and what to do.
//!
//! | notice | `urgency` | `severity` | `responseType` |
//! |---|---|---|---|
//! | 风险警示, 高风险 | `Immediate` | `Severe` | `Avoid` |
//! | 风险警示, 较高风险 | `Expected` | `Moderate` | `Avoid` |
//! | 风险警示, 一般风险 | `Future` | `Moderate` | `Avoid` |
//! | 风险警示, 低风险 | `Future` | `Minor` | `Avoid` |
//! | a tip, or any other kind | `Future` | as above; without level `Unknown` | `Prepare`, without actions `None` |
//! | published urgently | `Immediate` | as above | as above |
//! | 撤销 | `Past` | `Unknown` | – |
//!
//! - `Extreme` never: “extraordinary threat to life or property” is for catastrophes, and receivers wake people for it.
//! - A withdrawal has no `responseType`. `AllClear` would say that the product is safe; the bureau says only that it no
//!   longer says the contrary.
//! - `certainty` is `Observed` where the notice shows what was measured (failed batches, a table of findings) or rests on
//!   injuries; else, and for a withdrawal, `Unknown`.
//! - `category` is `Safety` always, with `Health` for chemical and microbial hazards and what is swallowed, `Env` for
//!   harm to the environment. Not `Fire`, which is for those who fight one, and not `CBRNE`, which is for attacks and
//!   disasters.
//!
//! Nothing here depends on what became known after the version was published.

use crate::notice::{Notice, Status};
use crate::read::Manuscript;
use crate::vocabulary::{RISK_WARNING, Term};

/// A version of a notice in the words of CAP.
pub(super) struct Meaning {
    /// `msgType`.
    pub kind: &'static str,
    /// `category`, at least one.
    pub categories: Vec<&'static str>,
    /// `responseType`.
    pub response: Option<&'static str>,
    /// `urgency`.
    pub urgency: &'static str,
    /// `severity`.
    pub severity: &'static str,
    /// `certainty`.
    pub certainty: &'static str,
}

/// Slug of the level, urgency, severity.
const LEVELS: [(&str, &str, &str); 4] = [
    ("high", "Immediate", "Severe"),
    ("elevated", "Expected", "Moderate"),
    ("moderate", "Future", "Moderate"),
    ("low", "Future", "Minor"),
];

/// Slug of the hazard, category beside `Safety`.
const HAZARDS: [(&str, &str); 5] = [
    ("chemical", "Health"),
    ("microbial", "Health"),
    ("ingestion", "Health"),
    ("magnet-ingestion", "Health"),
    ("environmental", "Env"),
];

/// The source that tells of people who were hurt.
const INJURIES: &str = "injury-information";

/// The meaning of a version.
pub(super) fn of(manuscript: &Manuscript) -> Meaning {
    let notice = &manuscript.notice;
    let categories = categories(notice);
    let kind = match notice.status {
        Status::Current => "Alert",
        Status::Corrected => "Update",
        Status::Withdrawn => {
            let (urgency, severity, certainty) = ("Past", "Unknown", "Unknown");
            return Meaning { kind: "Cancel", categories, response: None, urgency, severity, certainty };
        }
    };
    let is_warning = notice.kind.slug == RISK_WARNING;
    let level = notice.risk_level.as_ref().and_then(|level| LEVELS.iter().find(|(slug, ..)| *slug == level.slug));
    // The sign-off says so for ever; that the others have signed since changes nothing of what was sent.
    let is_urgent = manuscript.sign_offs.iter().any(|sign_off| sign_off.urgent.is_some());
    let urgency = match level {
        _ if is_urgent => "Immediate",
        Some((_, urgency, _)) if is_warning => urgency,
        _ => "Future",
    };
    let response = match (is_warning, notice.actions.is_empty()) {
        (true, _) => "Avoid",
        (false, false) => "Prepare",
        (false, true) => "None",
    };
    let severity = level.map_or("Unknown", |(.., severity)| severity);
    Meaning { kind, categories, response: Some(response), urgency, severity, certainty: certainty(notice) }
}

fn certainty(notice: &Notice) -> &'static str {
    let measured = notice.sampling.is_some_and(|sampling| sampling.failed > 0) || notice.findings.is_some();
    let hurt = notice.sources.iter().any(|source| source.slug == INJURIES);
    if measured || hurt { "Observed" } else { "Unknown" }
}

fn categories(notice: &Notice) -> Vec<&'static str> {
    let more = |hazard: &Term| HAZARDS.iter().find(|(slug, _)| *slug == hazard.slug).map(|(_, category)| *category);
    let mut categories = vec!["Safety"];
    for category in notice.hazards.iter().filter_map(|hazard| more(hazard)) {
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    categories
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabularies;

    #[test]
    fn the_tables_name_terms_that_exist() {
        let all = Vocabularies::default();
        let levels: Vec<_> = all.risk_level.terms().iter().map(|term| term.slug.as_str()).collect();
        assert_eq!(levels, LEVELS.map(|(slug, ..)| slug));
        assert!(HAZARDS.iter().all(|(slug, _)| all.hazard.find(slug).is_some()));
        assert!(all.source.find(INJURIES).is_some());
    }
}
