//! Segments: the index of so many notices, cut into shards.
//!
//! Segments are filled from the oldest notice. Only the last grows; four full ones of one size become one of the next,
//! so that a query asks few of them and a new notice touches the files of the last alone. The index of a segment is made
//! when the first of its shards is asked for, and let go with the last.

use super::index::{Builder, Index};
use super::{filter, normal, record};
use crate::artifact::Shared;
use crate::diag::Diagnostic;
use crate::site::{Dossier, Site};
use serde::Serialize;
use std::convert::Infallible;
use std::ops::Range;

/// How many notices a full segment holds.
const SIZES: [usize; 3] = [16_384, 4_096, 1_024];

/// So many bytes of text make a shard: with that, it is about 4 KB when compressed.
const TEXT_PER_SHARD: usize = 7 * 1024;

/// A segment, as the page must know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Segment {
    /// The number of its first notice.
    pub(super) start: usize,
    /// How many notices it holds.
    pub(super) notices: usize,
    /// Into how many files its index is cut.
    pub(super) shards: u32,
    /// Changes whenever a notice of it does.
    pub(super) stamp: String,
}

impl Segment {
    /// The numbers of its notices.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.start + self.notices
    }

    /// Its folder: named after the first notice, so that it stays where it is while it grows.
    pub(super) fn folder(&self) -> String {
        format!("search/s{}", self.start)
    }
}

/// The ranges of the segments of so many notices.
pub(super) fn ranges(notices: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    while start < notices {
        let size = SIZES.into_iter().find(|size| start + size <= notices).unwrap_or(notices - start);
        ranges.push(start..start + size);
        start += size;
    }
    ranges
}

/// How many shards the notices of a range need.
pub(super) fn shards(site: &Site<'_>, range: Range<usize>) -> u32 {
    let length = |dossier: &Dossier| {
        let others: usize = record::pieces(dossier, "").iter().flatten().map(|piece| piece.len()).sum();
        others + dossier.current().manuscript().narrative.plain_length()
    };
    let text: usize = site.dossiers[range].iter().map(length).sum();
    u32::try_from(text / TEXT_PER_SHARD + 1).unwrap_or(u32::MAX)
}

/// The index of a segment, shared by the files it is written to.
pub(super) struct Shards<'a> {
    site: &'a Site<'a>,
    segment: Segment,
    /// What could not be made for the first shard cannot be made for the others.
    index: Shared<Result<Index, Box<Diagnostic>>>,
}

impl<'a> Shards<'a> {
    /// An index that is still to be made.
    pub(super) fn new(site: &'a Site<'a>, segment: Segment) -> Self {
        let index = Shared::new(segment.shards as usize);
        Self { site, segment, index }
    }

    /// The entries of a shard.
    ///
    /// # Errors
    /// A text cannot be read.
    pub(super) fn entries(&self, shard: u32) -> Result<String, Box<Diagnostic>> {
        let Ok(index) = self.index.get(|| Ok::<_, Infallible>(make(self.site, &self.segment)));
        (*index).as_ref().map(|index| index.shard(shard)).map_err(Clone::clone)
    }
}

fn make(site: &Site<'_>, segment: &Segment) -> Result<Index, Box<Diagnostic>> {
    let mut index = Builder::default();
    let mut signs = Vec::new();
    for (number, dossier) in (0_u32..).zip(&site.dossiers[segment.range()]) {
        let body = dossier.current().manuscript().plain()?;
        for (class, pieces) in (0_u8..).zip(record::pieces(dossier, &body)) {
            signs.clear();
            pieces.into_iter().for_each(|piece| normal::append(piece, &mut signs));
            index.add(number, class, &signs);
        }
    }
    let filters = site.lists.iter().filter_map(|list| {
        let members = within(&list.members, segment.range());
        let numbers = members.iter().filter_map(|member| u32::try_from(member - segment.start).ok());
        (!members.is_empty()).then(|| (filter(list), numbers.collect()))
    });
    Ok(index.finish(segment.shards, filters))
}

/// The part of a list, in order, that lies in a range.
fn within(members: &[usize], range: Range<usize>) -> &[usize] {
    let place = |number: usize| members.partition_point(|member| *member < number);
    &members[place(range.start)..place(range.end)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_segment_stays_when_a_notice_is_added() {
        for notices in 0..40_000 {
            let (before, after) = (ranges(notices), ranges(notices + 1));
            let changed = before.iter().filter(|range| !after.contains(range)).count();
            let merged = SIZES.iter().any(|size| (notices + 1).is_multiple_of(*size));
            assert!(changed <= 1 || merged, "{notices}");
            assert_eq!(after.iter().map(Range::len).sum::<usize>(), notices + 1);
            assert!(after.windows(2).all(|pair| pair[0].end == pair[1].start));
        }
        assert_eq!(ranges(10_000), [0..4096, 4096..8192, 8192..9216, 9216..10_000]);
        assert!(ranges(100_000).len() <= 10);
    }

    #[test]
    fn a_part_of_a_list_is_found() {
        assert_eq!(within(&[0, 3, 5, 9], 3..9), [3, 5]);
        assert!(within(&[0, 3], 4..8).is_empty());
    }
}
