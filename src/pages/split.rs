//! How what grows at its end is divided into pages: a front page with the newest, and pages numbered from the oldest, so
//! that a full one stays as it is.

use crate::view::LinkView;
use std::ops::Range;

/// So many numbered pages of full size, the rest on the front page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) total: usize,
    size: usize,
    numbered: usize,
}

impl Split {
    /// The front page keeps one full page and what is left over, so it is never nearly empty.
    pub(super) fn of(total: usize, size: usize) -> Self {
        Self { total, size, numbered: (total / size).saturating_sub(1) }
    }

    /// The numbers of the pages; 0 is the front page.
    pub(super) fn numbers(self) -> impl Iterator<Item = usize> {
        0..=self.numbered
    }

    /// The members of a page, counted from the oldest.
    pub(super) fn members(self, number: usize) -> Range<usize> {
        match number {
            0 => self.numbered * self.size..self.total,
            number => (number - 1) * self.size..number * self.size,
        }
    }

    /// A link to the page after this one.
    pub(super) fn newer(self, folder: &str, number: usize, label: &str) -> Option<LinkView> {
        let target = match number {
            0 => return None,
            last if last == self.numbered => 0,
            number => number + 1,
        };
        Some(LinkView { label: label.to_owned(), href: href(folder, target) })
    }

    /// A link to the page before this one.
    pub(super) fn older(self, folder: &str, number: usize, label: &str) -> Option<LinkView> {
        let target = if number == 0 { self.numbered } else { number - 1 };
        (target > 0).then(|| LinkView { label: label.to_owned(), href: href(folder, target) })
    }
}

/// A page, relative to the root; the folder ends with `/`.
pub(super) fn href(folder: &str, number: usize) -> String {
    if number == 0 { format!("{folder}index.html") } else { format!("{folder}p/{number}/index.html") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_on_exactly_one_page_and_full_pages_never_move() {
        for total in 1..200 {
            let split = Split::of(total, 20);
            let numbers = split.numbers().skip(1).chain([0]);
            let seen: Vec<usize> = numbers.flat_map(|number| split.members(number)).collect();
            assert_eq!(seen, (0..total).collect::<Vec<_>>());
            let next = Split::of(total + 1, 20);
            assert!(split.numbers().skip(1).all(|number| split.members(number) == next.members(number)));
        }
    }

    #[test]
    fn every_page_is_reached_from_the_front_and_leads_back() {
        let split = Split::of(107, 20);
        let to = |link: Option<LinkView>| link.map(|link| link.href);
        let older = |number| to(split.older("a/", number, ""));
        let newer = |number| to(split.newer("a/", number, ""));
        assert_eq!(older(0).as_deref(), Some("a/p/4/index.html"));
        assert_eq!([older(2).as_deref(), older(1).as_deref()], [Some("a/p/1/index.html"), None]);
        assert_eq!(
            [newer(1).as_deref(), newer(4).as_deref(), newer(0).as_deref()],
            [Some("a/p/2/index.html"), Some("a/index.html"), None]
        );
    }
}
