//! The views of the terms, made once: every notice shows several of the same few.

use crate::site::Dimension;
use crate::theme::Prepared;
use crate::view::{LevelView, TermView};
use crate::vocabulary::{Term, Vocabularies};
use std::collections::BTreeMap;

/// The views of all terms of a site.
pub(super) struct Terms {
    by_dimension: BTreeMap<Dimension, BTreeMap<Term, Prepared<TermView>>>,
    levels: BTreeMap<Term, Prepared<LevelView>>,
    /// How many levels there are.
    of: usize,
}

impl Terms {
    /// Makes the views.
    pub(super) fn of(words: &Vocabularies) -> Self {
        let dimensions = [
            (Dimension::Kind, &words.kind),
            (Dimension::Category, &words.category),
            (Dimension::Audience, &words.audience),
            (Dimension::Hazard, &words.hazard),
            (Dimension::Level, &words.risk_level),
        ];
        let by_dimension = dimensions.map(|(dimension, vocabulary)| {
            let views = vocabulary.terms().iter().map(|term| ((**term).clone(), term_view(dimension, term)));
            (dimension, views.collect())
        });
        let levels = words.risk_level.terms();
        let of = levels.len();
        let views = levels.iter().map(|term| ((**term).clone(), level_view(term, of)));
        Self { by_dimension: by_dimension.into(), levels: views.collect(), of }
    }

    /// The view of a term; its list is that of the dimension.
    pub(super) fn term(&self, dimension: Dimension, term: &Term) -> Prepared<TermView> {
        let known = self.by_dimension.get(&dimension).and_then(|terms| terms.get(term));
        known.cloned().unwrap_or_else(|| term_view(dimension, term))
    }

    /// The view of a risk level.
    pub(super) fn level(&self, term: &Term) -> Prepared<LevelView> {
        self.levels.get(term).cloned().unwrap_or_else(|| level_view(term, self.of))
    }
}

fn term_view(dimension: Dimension, term: &Term) -> Prepared<TermView> {
    let Term { name, slug, .. } = term.clone();
    let href = format!("{}{slug}/index.html", dimension.folder());
    Prepared::new(TermView { name, slug, href })
}

fn level_view(term: &Term, of: usize) -> Prepared<LevelView> {
    let Term { name, slug, .. } = term.clone();
    let href = format!("{}{slug}/index.html", Dimension::Level.folder());
    Prepared::new(LevelView { name, slug, href, rank: term.rank + 1, of })
}
