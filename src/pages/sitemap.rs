//! `sitemap.xml` for search engines; beyond the protocol's limit of 50,000 addresses, an index of several.

use super::frame::{Frame, list_href, notice_href, prose_href};
use super::service::{self, Service};
use crate::artifact::Artifact;
use crate::diag::Diagnostic;
use crate::moment::Moment;
use crate::route::OutPath;
use crate::xml::{Xml, XmlError};

const LIMIT: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A page and when it last changed, where that is known.
type Entry = (OutPath, Option<Moment>);

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let entries = entries(frame);
    let first = OutPath::known("sitemap.xml");
    if entries.len() <= LIMIT {
        return vec![Artifact::rendered(first, frame.whole(), move || write(frame, "urlset", "url", &entries))];
    }
    let parts: Vec<(OutPath, Vec<Entry>)> = entries
        .chunks(LIMIT)
        .enumerate()
        .map(|(index, part)| (OutPath::known(format!("sitemap-{}.xml", index + 1)), part.to_vec()))
        .collect();
    let index: Vec<Entry> = parts.iter().map(|(path, _)| (path.clone(), None)).collect();
    let mut artifacts =
        vec![Artifact::rendered(first, frame.whole(), move || write(frame, "sitemapindex", "sitemap", &index))];
    artifacts.extend(
        parts
            .into_iter()
            .map(|(path, part)| Artifact::rendered(path, frame.whole(), move || write(frame, "urlset", "url", &part))),
    );
    artifacts
}

fn entries(frame: &Frame<'_>) -> Vec<Entry> {
    let site = frame.site;
    let newest = site.events.first().map(|event| event.at);
    let mut entries = vec![(OutPath::known("index.html"), newest)];
    entries.extend(
        site.dossiers
            .iter()
            .map(|dossier| (OutPath::known(notice_href(dossier.id())), Some(dossier.current().published()))),
    );
    entries.extend(site.lists.iter().map(|list| {
        let newest = list.members.iter().map(|index| site.dossiers[*index].current().published()).max();
        (OutPath::known(list_href(list)), newest)
    }));
    entries.extend(Service::ALL.map(|service| (OutPath::known(service.href()), None)));
    entries.extend(service::standalone(site).map(|prose| (OutPath::known(prose_href(&prose.slug)), None)));
    entries.extend(["ledger/index.html", "map/index.html"].map(|path| (OutPath::known(path), newest)));
    entries
}

fn write(frame: &Frame<'_>, root: &str, element: &str, entries: &[Entry]) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut xml = Xml::new();
    let result = xml.element(root, &[("xmlns", NAMESPACE)], |xml| {
        entries.iter().try_for_each(|(path, changed)| {
            xml.element(element, &[], |xml| {
                xml.text("loc", &[], &frame.base_url.join(path))?;
                changed.map_or(Ok(()), |changed| xml.text("lastmod", &[], &changed.to_string()))
            })
        })
    });
    result.map(|()| xml.finish()).map_err(XmlError::diagnostic)
}
