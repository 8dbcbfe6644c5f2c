//! Lists: a front page with the newest notices, and pages numbered from the oldest, so that a full one stays as it is.

use super::frame::{Frame, feeds, home_link, list_href};
use super::json_ld;
use crate::artifact::{Artifact, Key};
use crate::route::OutPath;
use crate::site::{Format, List};
use crate::theme::Prepared;
use crate::view::{CountedLink, EntryView, LinkView, ListPageView, ListView};
use std::ops::Range;

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    frame.site.lists.iter().flat_map(|list| pages(frame, list)).collect()
}

fn pages<'a>(frame: &'a Frame<'a>, list: &'a List) -> Vec<Artifact<'a>> {
    let split = Split::of(list.members.len(), frame.site.config.page_size);
    (0..=split.numbered).map(|number| page(frame, list, split, number)).collect()
}

/// How a list is divided: so many numbered pages of full size, the rest on the front page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Split {
    total: usize,
    size: usize,
    numbered: usize,
}

impl Split {
    /// The front page keeps one full page and what is left over, so it is never nearly empty.
    fn of(total: usize, size: usize) -> Self {
        Self { total, size, numbered: (total / size).saturating_sub(1) }
    }

    /// The members of a page; 0 is the front page.
    fn members(self, number: usize) -> Range<usize> {
        match number {
            0 => self.numbered * self.size..self.total,
            number => (number - 1) * self.size..number * self.size,
        }
    }
}

fn page<'a>(frame: &'a Frame<'a>, list: &'a List, split: Split, number: usize) -> Artifact<'a> {
    let key = key(frame, list, split, number);
    frame.page((OutPath::known(href(list, number)), key), "list.html", move |mut page| {
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
    })
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

fn href(list: &List, number: usize) -> String {
    if number == 0 { list_href(list) } else { format!("{}p/{number}/index.html", list.folder) }
}

/// The feed of a list, relative to the root; empty for a year, which has none.
fn feed_href(list: &List) -> String {
    list.term.as_ref().map(|_| format!("{}{}", list.folder, Format::Rss.file())).unwrap_or_default()
}

fn newer(list: &List, split: Split, number: usize) -> Option<LinkView> {
    let target = match number {
        0 => return None,
        last if last == split.numbered => 0,
        number => number + 1,
    };
    Some(LinkView { label: "较新的信息".to_owned(), href: href(list, target) })
}

fn older(list: &List, split: Split, number: usize) -> Option<LinkView> {
    let target = if number == 0 { split.numbered } else { number - 1 };
    (target > 0).then(|| LinkView { label: "较早的信息".to_owned(), href: href(list, target) })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_on_exactly_one_page_and_full_pages_never_move() {
        for total in 1..200 {
            let split = Split::of(total, 20);
            let mut seen: Vec<usize> =
                (1..=split.numbered).chain([0]).flat_map(|number| split.members(number)).collect();
            assert_eq!(seen, (0..total).collect::<Vec<_>>());
            seen.clear();
            let next = Split::of(total + 1, 20);
            assert!((1..=split.numbered).all(|number| split.members(number) == next.members(number)));
        }
    }
}
