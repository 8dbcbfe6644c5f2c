//! The home page: the gravest and the newest first, then the ways in.

use super::frame::{Frame, list_href};
use super::json_ld;
use crate::artifact::Artifact;
use crate::notice::Status;
use crate::route::OutPath;
use crate::site::{Dimension, Dossier};
use crate::view::{CountedLink, EntryView, HomeView, WayView};

/// How many grave warnings, new notices and changes the page shows at most.
const GRAVE: usize = 4;
const NEWEST: usize = 8;
const CHANGES: usize = 5;
/// Levels up to this rank (from 0) are grave: 高风险, 较高风险.
const GRAVE_RANK: usize = 1;

pub(super) fn artifact<'a>(frame: &'a Frame<'a>) -> Artifact<'a> {
    frame.page((OutPath::known("index.html"), frame.whole()), "home.html", move |mut page| {
        page.metas = frame.column_metas(None);
        page.section = "index.html".to_owned();
        let live: Vec<&Dossier> =
            frame.site.dossiers.iter().rev().filter(|dossier| dossier.is_live(frame.site.today)).collect();
        let (grave, rest): (Vec<&Dossier>, Vec<&Dossier>) = pick_grave(&live);
        page.json_ld_html = json_ld::graph(frame, &page, json_ld::site(frame));
        HomeView {
            site: &frame.view,
            page,
            grave: entries(frame, &grave),
            newest: entries(frame, &rest[..rest.len().min(NEWEST)]),
            changes: changes(frame),
            ways: ways(frame),
        }
    })
}

fn is_grave(dossier: &Dossier) -> bool {
    dossier.current().manuscript().notice.risk_level.as_ref().is_some_and(|level| level.rank <= GRAVE_RANK)
}

/// The newest grave warnings, the gravest first, and everything else.
fn pick_grave<'a>(live: &[&'a Dossier]) -> (Vec<&'a Dossier>, Vec<&'a Dossier>) {
    let mut grave: Vec<&Dossier> = live.iter().copied().filter(|dossier| is_grave(dossier)).take(GRAVE).collect();
    let rest = live.iter().copied().filter(|dossier| !grave.iter().any(|picked| picked.id() == dossier.id())).collect();
    grave.sort_by_key(|dossier| dossier.current().manuscript().notice.risk_level.as_ref().map(|level| level.rank));
    (grave, rest)
}

fn entries(frame: &Frame<'_>, dossiers: &[&Dossier]) -> Vec<EntryView> {
    dossiers.iter().map(|dossier| frame.entry(dossier)).collect()
}

/// The notices last corrected or withdrawn, each once, with the date of the change.
fn changes(frame: &Frame<'_>) -> Vec<EntryView> {
    let site = frame.site;
    let changed = site.events.iter().filter(|event| {
        let dossier = &site.dossiers[event.dossier];
        let last = event.version + 1 == dossier.versions().len();
        last && dossier.current().manuscript().notice.status != Status::Current
    });
    let entry = |dossier: &Dossier| EntryView {
        published: super::frame::time(dossier.current().published()),
        ..frame.entry(dossier)
    };
    changed.take(CHANGES).map(|event| entry(&site.dossiers[event.dossier])).collect()
}

/// All lists by dimension; kinds are in the navigation.
pub(super) fn ways(frame: &Frame<'_>) -> Vec<WayView> {
    let titles = [
        (Dimension::Category, "按产品查"),
        (Dimension::Audience, "按人群查"),
        (Dimension::Hazard, "按危害查"),
        (Dimension::Level, "按风险等级查"),
        (Dimension::Year, "按年份查"),
    ];
    titles
        .into_iter()
        .map(|(dimension, title)| WayView { title: title.to_owned(), lists: counted(frame, dimension) })
        .filter(|way| !way.lists.is_empty())
        .collect()
}

fn counted(frame: &Frame<'_>, dimension: Dimension) -> Vec<CountedLink> {
    let lists = frame.site.lists.iter().filter(|list| list.dimension == dimension);
    lists
        .map(|list| CountedLink {
            label: list.title.clone(),
            href: list_href(list),
            count: list.members.len(),
            nested: list.term.as_ref().is_some_and(|term| term.group.is_some()),
        })
        .collect()
}
