//! Pages about the site: prose, map, 404; and the static files of the theme.

use super::frame::{Frame, home_link, prose_href};
use super::home::ways;
use super::json_ld;
use super::service;
use crate::artifact::{Artifact, Key};
use crate::route::OutPath;
use crate::view::{MapPageView, NotFoundView, ProsePageView};
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
                let body_html = prose.rendered.html.with_prefixes("", &page.root);
                ProsePageView { site: &frame.view, page, body_html }
            })
        })
        .collect();
    artifacts.extend([map(frame), not_found(frame), robots(frame)]);
    artifacts.extend(frame.theme.statics().map(|(path, bytes)| {
        let path = path.clone();
        Artifact::rendered(path, Key::of([bytes]), move || Ok(bytes.to_vec()))
    }));
    artifacts
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
