//! Lists of notices.

use super::frame::{Frame, feeds, home_link, list_href};
use super::json_ld;
use super::split::{self, Split};
use crate::artifact::{Artifact, Key, Turn};
use crate::route::OutPath;
use crate::site::{Format, List};
use crate::theme::Prepared;
use crate::view::{CountedLink, EntryView, LinkView, ListPageView, ListView};

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    frame.site.lists.iter().flat_map(|list| pages(frame, list)).collect()
}

fn pages<'a>(frame: &'a Frame<'a>, list: &'a List) -> Vec<Artifact<'a>> {
    let split = Split::of(list.members.len(), frame.site.config.page_size);
    split.numbers().map(|number| page(frame, list, split, number)).collect()
}

fn page<'a>(frame: &'a Frame<'a>, list: &'a List, split: Split, number: usize) -> Artifact<'a> {
    let key = key(frame, list, split, number);
    // Every notice stands in several lists.
    let page = frame.page((OutPath::known(split::href(&list.folder, number)), key), "list.html", move |mut page| {
        let description = format!("{}发布的{}风险警示和消费提示", frame.site.config.bureau.name, list.title);
        page.title = if number == 0 { list.title.clone() } else { format!("{}（第 {number} 页）", list.title) };
        page.metas = frame.column_metas(Some((&list.title, &description)));
        page.description = description;
        if list.term.is_some() {
            page.feeds = [feeds(&list.folder, &list.title), page.feeds].concat();
        }
        page.breadcrumbs = breadcrumbs(frame, list);
        page.section = list_href(list);
        let entries = list.members[split.members(number)].iter().rev().map(|place| frame.listed(*place));
        let entries: Vec<Prepared<EntryView>> = entries.collect();
        page.json_ld_html = json_ld::graph(frame, &page, json_ld::list(frame, &page, &entries));
        ListPageView {
            site: &frame.view,
            page,
            list: ListView {
                title: list.title.clone(),
                dimension: list.dimension.name().to_owned(),
                count: if number == 0 { split.total } else { 0 },
                feed_href: feed_href(list),
                entries,
                number,
                newer: newer(list, split, number),
                older: older(list, split, number),
                narrower: narrower(frame, list),
            },
        }
    });
    // Of each list the page of one time, before any page of another: they show the same notices.
    let first = list.members[split.members(number)].first();
    let turn = first.map_or(Turn::Any, |member| Turn::First(frame.site.dossiers[*member].first_published()));
    Artifact { turn, ..page }
}

/// A full page stays as it is while the list grows, unless it is the last of them.
fn key(frame: &Frame<'_>, list: &List, split: Split, number: usize) -> Key {
    let members = list.members[split.members(number)].iter().map(|index| frame.site.dossiers[*index].facts());
    let total = if number == 0 { split.total } else { 0 };
    let around = format!(
        "{} {total} {:?} {:?} {:?} {:?}",
        list.title,
        newer(list, split, number),
        older(list, split, number),
        narrower(frame, list),
        breadcrumbs(frame, list)
    );
    frame.key(std::iter::once(Key::of([around])).chain(members))
}

/// The feed of a list, relative to the root; empty for a year, which has none.
fn feed_href(list: &List) -> String {
    list.term.as_ref().map(|_| format!("{}{}", list.folder, Format::Rss.file())).unwrap_or_default()
}

fn newer(list: &List, split: Split, number: usize) -> Option<LinkView> {
    split.newer(&list.folder, number, "较新的信息")
}

fn older(list: &List, split: Split, number: usize) -> Option<LinkView> {
    split.older(&list.folder, number, "较早的信息")
}

fn breadcrumbs(frame: &Frame<'_>, list: &List) -> Vec<LinkView> {
    let group = list.term.as_ref().and_then(|term| term.group.as_ref());
    let group = group.and_then(|group| frame.site.list(list.dimension, &group.slug));
    let group = group.map(|group| LinkView { label: group.title.clone(), href: list_href(group) });
    std::iter::once(home_link()).chain(group).collect()
}

fn narrower(frame: &Frame<'_>, list: &List) -> Vec<CountedLink> {
    let below = |other: &&List| {
        other.dimension == list.dimension
            && other
                .term
                .as_ref()
                .and_then(|term| term.group.as_ref())
                .is_some_and(|group| list.term.as_ref() == Some(group))
    };
    let lists = frame.site.lists.iter().filter(below);
    lists
        .map(|list| CountedLink {
            label: list.title.clone(),
            href: list_href(list),
            count: list.members.len(),
            nested: false,
        })
        .collect()
}
