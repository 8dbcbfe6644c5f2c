//! Pages about the site: prose, ledger, map, 404; and the static files of the theme.

use super::frame::{Frame, home_link, prose_href, time, version_href};
use super::home::ways;
use super::json_ld;
use super::service;
use crate::artifact::{Artifact, Key};
use crate::pages::frame::notice_href;
use crate::review::ledger::Row;
use crate::route::OutPath;
use crate::view::{LedgerPageView, LedgerRowView, MapPageView, NotFoundView, ProsePageView};
use base64ct::{Base64, Encoding};

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    let mut artifacts: Vec<Artifact<'a>> = service::standalone(frame.site)
        .map(|prose| {
            frame.page((OutPath::known(prose_href(&prose.slug)), frame.whole()), "page.html", move |mut page| {
                page.title.clone_from(&prose.title);
                if !prose.summary.is_empty() {
                    page.description.clone_from(&prose.summary);
                }
                page.breadcrumbs = vec![home_link()];
                page.section = prose_href(&prose.slug);
                page.json_ld_html = json_ld::graph(frame, &page, json_ld::plain(frame, &page));
                let body_html = prose.body.html("", &page.root);
                ProsePageView { site: &frame.view, page, body_html }
            })
        })
        .collect();
    artifacts.extend([ledger(frame), map(frame), not_found(frame), robots(frame)]);
    artifacts.extend(frame.theme.statics().map(|(path, bytes)| {
        let path = path.clone();
        Artifact::rendered(path, Key::of([bytes]), move || Ok(bytes.to_vec()))
    }));
    artifacts
}

/// The ledger, without what waits for its `publish_at`.
fn ledger<'a>(frame: &'a Frame<'a>) -> Artifact<'a> {
    frame.page((OutPath::known("ledger/index.html"), frame.whole()), "ledger.html", move |mut page| {
        page.title = "信息台账".to_owned();
        page.description = "本站每一次发布、更正和撤销的记录".to_owned();
        page.breadcrumbs = vec![home_link()];
        page.section = "ledger/index.html".to_owned();
        page.json_ld_html = json_ld::graph(frame, &page, json_ld::plain(frame, &page));
        let rows = frame.site.ledger.rows().iter().rev().filter_map(|row| row_view(frame, row)).collect();
        LedgerPageView { site: &frame.view, page, rows }
    })
}

fn row_view(frame: &Frame<'_>, row: &Row) -> Option<LedgerRowView> {
    let entry = &row.entry;
    let dossier = frame.site.find(&entry.id)?;
    let shown = dossier.versions().iter().any(|version| version.manuscript().notice.version == entry.version);
    let current = dossier.current().manuscript().notice.version;
    shown.then(|| LedgerRowView {
        seq: row.seq,
        time: time(entry.time),
        event: entry.event.to_string(),
        id: entry.id.to_string(),
        version: entry.version,
        title: entry.title.clone(),
        href: if entry.version == current { notice_href(&entry.id) } else { version_href(&entry.id, entry.version) },
        hash: row.hash.short(),
    })
}

fn map<'a>(frame: &'a Frame<'a>) -> Artifact<'a> {
    frame.page((OutPath::known("map/index.html"), frame.whole()), "map.html", move |mut page| {
        page.title = "网站地图".to_owned();
        page.breadcrumbs = vec![home_link()];
        page.section = "map/index.html".to_owned();
        page.json_ld_html = json_ld::graph(frame, &page, json_ld::plain(frame, &page));
        MapPageView { site: &frame.view, page, ways: ways(frame) }
    })
}

fn not_found<'a>(frame: &'a Frame<'a>) -> Artifact<'a> {
    frame.page((OutPath::known("404.html"), frame.whole()), "404.html", move |mut page| {
        page.title = "页面不存在".to_owned();
        page.noindex = true;
        let style = frame.theme.text("404.css").unwrap_or_default();
        let hash = crate::digest::Digest::of(style.as_bytes());
        let style_source = format!("sha256-{}", Base64::encode_string(hash.bytes()));
        NotFoundView { site: &frame.view, page, style_html: style.to_owned(), style_source }
    })
}

fn robots<'a>(frame: &'a Frame<'a>) -> Artifact<'a> {
    Artifact::rendered(OutPath::known("robots.txt"), frame.whole(), move || {
        let sitemap = frame.base_url.join(&OutPath::known("sitemap.xml"));
        Ok(format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes())
    })
}
