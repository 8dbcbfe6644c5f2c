//! 查我的产品: the page, and the files its script asks.

use super::frame::Frame;
use super::home::ways;
use super::service::{self, Service};
use crate::artifact::{Artifact, Key, Turn};
use crate::lookup::{Index, Subject};
use crate::route::OutPath;
use crate::view::LookupPageView;
use std::sync::Arc;

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let subjects = (0..frame.site.dossiers.len()).map(|place| subject(frame, place)).collect();
    let index = Index::of(subjects, Box::new(|place| frame.entry(&frame.site.dossiers[place])));
    // Not of the program, whose every version would have all files loaded again.
    let vocabularies = Key::of([format!("{:?}", frame.site.config.vocabularies)]);
    let stamp = Key::of([index.stamp(), vocabularies]).digest().short();
    let page = page(frame, index.shard_count(), stamp);
    let index = Arc::new(index);
    let files = index.files().into_iter().map(|file| {
        let (path, index) = (OutPath::known(index.path(file)), Arc::clone(&index));
        let key = frame.key([index.parts(file)]);
        let artifact = Artifact::rendered(path, key, move || index.text(file).map(String::into_bytes));
        Artifact { turn: if file.is_of_keys() { Turn::Early } else { Turn::Any }, ..artifact }
    });
    std::iter::once(page).chain(files).collect()
}

fn page<'a>(frame: &'a Frame<'a>, shards: u32, stamp: String) -> Artifact<'a> {
    service::page(frame, Service::Lookup, "lookup.html", move |page, intro_html| LookupPageView {
        site: &frame.view,
        page,
        intro_html,
        shards,
        stamp: stamp.clone(),
        search_href: Service::Search.href(),
        ways: ways(frame),
    })
}

fn subject<'a>(frame: &'a Frame<'a>, place: usize) -> Subject<'a> {
    let dossier = &frame.site.dossiers[place];
    let notice = &dossier.current().manuscript().notice;
    let is_live = dossier.is_live(frame.site.today);
    Subject {
        id: notice.id.as_str(),
        facts: Key::of([dossier.facts(), Key::of([[u8::from(is_live)]])]),
        place,
        published: dossier.first_published(),
        is_live,
        actions: &notice.actions,
        products: &notice.products,
    }
}
