//! Tables, put together from their cells.

use crate::passage::Passage;

/// A table: its rows, the head first.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    rows: Vec<Vec<&'a Passage>>,
}

impl<'a> Grid<'a> {
    /// The rows below the head.
    pub(super) fn rows(&self) -> &[Vec<&'a Passage>] {
        self.rows.get(1..).unwrap_or_default()
    }

    /// What stands over a column.
    pub(super) fn head(&self, column: usize) -> &'a str {
        self.rows.first().and_then(|head| head.get(column)).map_or("", |cell| cell.text.trim())
    }

    /// The only column whose head is such a one.
    pub(super) fn column(&self, is_such: impl Fn(&str) -> bool) -> Option<usize> {
        let mut columns = (0..self.rows.first().map_or(0, Vec::len)).filter(|column| is_such(self.head(*column)));
        columns.next().filter(|_| columns.next().is_none())
    }
}

/// The tables among passages, of the body and of CSV files, in the order of the text.
pub(super) fn grids(passages: &[Passage]) -> Vec<Grid<'_>> {
    let mut grids: Vec<Grid<'_>> = Vec::new();
    for passage in passages {
        let Some((_, row, column)) = passage.kind.cell() else { continue };
        if (row, column) == (0, 0) {
            grids.push(Grid { rows: Vec::new() });
        }
        let Some(grid) = grids.last_mut() else { continue };
        if column == 0 {
            grid.rows.push(Vec::new());
        }
        grid.rows.last_mut().into_iter().for_each(|cells| cells.push(passage));
    }
    grids
}
