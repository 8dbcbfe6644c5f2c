//! 查我的产品: the page, and the files its script asks.

use super::frame::Frame;
use super::home::ways;
use super::service::{self, Service};
use crate::artifact::Artifact;
use crate::lookup::{Index, Subject};
use crate::route::OutPath;
use crate::site::Dossier;
use crate::view::LookupPageView;

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let index = Index::of(frame.site.dossiers.iter().map(|dossier| subject(frame, dossier)).collect());
    let shards = index.shard_count();
    let files = index
        .files()
        .into_iter()
        .map(|(path, text)| Artifact::rendered(OutPath::known(path), move || Ok(text.clone().into_bytes())));
    std::iter::once(page(frame, shards)).chain(files).collect()
}

fn page<'a>(frame: &'a Frame<'a>, shards: usize) -> Artifact<'a> {
    let search = Service::ALL.iter().find(|service| service.slug() == "search");
    let search_href = search.map(|service| service.href()).unwrap_or_default();
    service::page(frame, Service::Lookup, "lookup.html", move |page, intro_html| LookupPageView {
        site: &frame.view,
        page,
        intro_html,
        shards,
        search_href: search_href.clone(),
        ways: ways(frame),
    })
}

fn subject<'a>(frame: &Frame<'a>, dossier: &'a Dossier) -> Subject<'a> {
    let notice = &dossier.current().manuscript().notice;
    Subject {
        id: notice.id.as_str(),
        entry: frame.entry(dossier),
        actions: &notice.actions,
        products: &notice.products,
    }
}
