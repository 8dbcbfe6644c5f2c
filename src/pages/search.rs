//! The page that searches: a form whose choices are the site's lists, and the lists themselves; and the index it asks.

use super::frame::Frame;
use super::home::ways;
use super::service::{self, Service};
use crate::artifact::Artifact;
use crate::search;
use crate::site::Dimension;
use crate::view::{FilterView, OptionView, SearchPageView};

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let search::Files { head_href, artifacts } =
        search::files(frame.site, |dossier| frame.entry(dossier), |facts| frame.key([facts]));
    std::iter::once(page(frame, head_href)).chain(artifacts).collect()
}

fn page<'a>(frame: &'a Frame<'a>, head_href: String) -> Artifact<'a> {
    service::page(frame, Service::Search, "search.html", move |page, intro_html| SearchPageView {
        site: &frame.view,
        page,
        intro_html,
        head_href: head_href.clone(),
        filters: Dimension::ALL.into_iter().filter_map(|dimension| filter(frame, dimension)).collect(),
        ways: ways(frame),
    })
}

fn filter(frame: &Frame<'_>, dimension: Dimension) -> Option<FilterView> {
    let lists = frame.site.lists.iter().filter(|list| list.dimension == dimension);
    let options: Vec<OptionView> = lists
        .map(|list| OptionView {
            value: search::value(list).to_owned(),
            label: list.title.clone(),
            nested: list.term.as_ref().is_some_and(|term| term.group.is_some()),
        })
        .collect();
    (!options.is_empty()).then(|| FilterView { name: search::name(dimension), label: dimension.name(), options })
}
