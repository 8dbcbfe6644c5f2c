//! Tables of any shape into the plain ones of Markdown: merged cells are unfolded, several heads become one.

use super::document::{Block, Inline, Paragraph, text, tidy};
use super::losses::{Loss, Losses};

/// The most columns and cells of a table; beyond them a file is not honest.
const COLUMNS: usize = 100;
const CELLS: usize = 20_000;

/// A cell as a file has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    /// Its paragraphs.
    pub content: Vec<Vec<Inline>>,
    /// The columns it takes, at least 1.
    pub columns: usize,
    /// The rows it takes, at least 1.
    pub rows: usize,
}

/// Where a cell lies in the grid, and what it says.
#[derive(Debug, Clone, Default)]
struct Square {
    content: Vec<Inline>,
    /// Whether it is the first of its cell from the left.
    is_first: bool,
    /// The row and column in which its cell begins.
    origin: (usize, usize),
}

/// The blocks that say what a table says.
pub(super) fn unfold(rows: Vec<Vec<Cell>>, losses: &mut Losses) -> Vec<Block> {
    let rows: Vec<Vec<Cell>> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    if let [row] = &rows[..]
        && let [cell] = &row[..]
    {
        // A frame around text is no table.
        return cell.content.iter().cloned().map(paragraph).collect();
    }
    let mut grid = grid(rows, losses);
    let mut blocks = Vec::new();
    while grid.len() > 1 && grid[0].len() > 1 && grid[0].iter().all(|square| square.origin == (0, 0)) {
        blocks.push(paragraph(grid.remove(0)[0].content.clone()));
        grid.iter_mut().flatten().for_each(|square| square.origin.0 = square.origin.0.saturating_sub(1));
    }
    let head = head_rows(&grid);
    let rest = grid.split_off(head.min(grid.len()));
    let mut plain: Vec<Vec<Vec<Inline>>> = Vec::new();
    if !grid.is_empty() {
        plain.push(join_head(&grid));
    }
    // What runs over several columns is said once, what runs down several rows in each of them.
    plain.extend(
        rest.into_iter().map(|row| {
            row.into_iter().map(|square| if square.is_first { square.content } else { Vec::new() }).collect()
        }),
    );
    if !plain.is_empty() {
        blocks.push(Block::Table(plain));
    }
    blocks
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph { content, ..Paragraph::default() })
}

/// Every square of the table, each row of the same length.
fn grid(rows: Vec<Vec<Cell>>, losses: &mut Losses) -> Vec<Vec<Square>> {
    let height = rows.len();
    let mut grid: Vec<Vec<Option<Square>>> = vec![Vec::new(); height];
    let (mut is_merged, mut squares) = (false, 0);
    for (y, row) in rows.into_iter().enumerate() {
        let mut x = 0;
        for cell in row {
            while grid[y].get(x).is_some_and(Option::is_some) {
                x += 1;
            }
            let columns = cell.columns.clamp(1, COLUMNS.saturating_sub(x).max(1));
            let down = cell.rows.clamp(1, height - y);
            is_merged |= columns > 1 || down > 1;
            squares += columns * down;
            if x >= COLUMNS || squares > CELLS {
                losses.add(Loss::Unreadable, &cell.content.iter().map(|line| text(line)).collect::<String>());
                continue;
            }
            let content = join(cell.content, losses);
            for line in &mut grid[y..y + down] {
                line.resize(line.len().max(x + columns), None);
                for (right, place) in line[x..x + columns].iter_mut().enumerate() {
                    let is_first = right == 0;
                    *place = Some(Square { content: content.clone(), is_first, origin: (y, x) });
                }
            }
            x += columns;
        }
    }
    if is_merged {
        losses.add(Loss::Merged, "");
    }
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    let full = |mut row: Vec<Option<Square>>| {
        row.resize(width, None);
        row.into_iter().map(|square| square.unwrap_or(Square { is_first: true, ..Square::default() })).collect()
    };
    grid.into_iter().map(full).collect()
}

/// The lines of a cell in one, with a space between.
fn join(lines: Vec<Vec<Inline>>, losses: &mut Losses) -> Vec<Inline> {
    let lines: Vec<Vec<Inline>> = lines.into_iter().map(tidy).filter(|line| !line.is_empty()).collect();
    let breaks = |line: &Vec<Inline>| line.contains(&Inline::Break);
    if lines.len() > 1 || lines.iter().any(breaks) {
        losses.add(Loss::Cell, &lines.iter().map(|line| text(line).replace('\n', " ")).collect::<Vec<_>>().join(" "));
    }
    let mut joined = Vec::new();
    for line in lines {
        if !joined.is_empty() {
            joined.push(Inline::plain(" "));
        }
        joined.extend(line.into_iter().map(|part| if part == Inline::Break { Inline::plain(" ") } else { part }));
    }
    tidy(joined)
}

/// How many rows the head has: as many as its tallest cell, if another of its cells is divided below.
fn head_rows(grid: &[Vec<Square>]) -> usize {
    let Some(first) = grid.first() else { return 0 };
    let is_divided = first.iter().any(|square| !square.is_first);
    let tallest = (1..grid.len()).take_while(|y| grid[*y].iter().any(|square| square.origin.0 == 0)).count();
    // A head is never the whole table.
    if is_divided && tallest + 1 < grid.len() { tallest + 1 } else { 1 }
}

/// One row that says what the rows of the head say: what stands one below the other is joined.
fn join_head(rows: &[Vec<Square>]) -> Vec<Vec<Inline>> {
    let column = |x: usize| {
        let mut content: Vec<Inline> = Vec::new();
        let mut last = None;
        for square in rows.iter().filter_map(|row| row.get(x)) {
            if last == Some(square.origin) || square.content.is_empty() {
                continue;
            }
            last = Some(square.origin);
            if !content.is_empty() {
                content.push(Inline::plain("："));
            }
            content.extend(square.content.iter().cloned());
        }
        tidy(content)
    };
    (0..rows.first().map_or(0, Vec::len)).map(column).collect()
}

/// A block as lines of a cell.
pub(super) fn lines(block: Block) -> Vec<Vec<Inline>> {
    match block {
        Block::Item { number, mut content, .. } => {
            let sign = number.map_or_else(|| "• ".to_owned(), |number| format!("{number}. "));
            content.insert(0, Inline::plain(sign));
            vec![content]
        }
        Block::Heading { content, .. } | Block::Quote(content) => vec![content],
        Block::Paragraph(paragraph) => vec![paragraph.content],
        Block::Table(rows) => rows.into_iter().map(|row| row.join(&Inline::plain(" "))).collect(),
        Block::Code(code) => vec![vec![Inline::plain(code)]],
        Block::Rule => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, columns: usize, rows: usize) -> Cell {
        Cell { content: vec![vec![Inline::plain(text)]], columns, rows }
    }

    fn shown(rows: Vec<Vec<Cell>>) -> Vec<String> {
        let line = |row: &Vec<Vec<Inline>>| row.iter().map(|cell| text(cell)).collect::<Vec<_>>().join("|");
        let blocks = unfold(rows, &mut Losses::default());
        let lines = blocks.iter().flat_map(|block| match block {
            Block::Table(rows) => rows.iter().map(line).collect(),
            Block::Paragraph(paragraph) => vec![text(&paragraph.content)],
            other => vec![format!("{other:?}")],
        });
        lines.collect()
    }

    #[test]
    fn merged_cells_lose_no_text() {
        let rows = vec![
            vec![cell("表1", 4, 1)],
            vec![cell("序号", 1, 2), cell("检测", 2, 1), cell("备注", 1, 2)],
            vec![cell("项目", 1, 1), cell("值", 1, 1)],
            vec![cell("1", 1, 2), cell("硼", 1, 1), cell("9", 1, 1), cell("", 1, 1)],
            vec![cell("标识缺失", 3, 1)],
        ];
        assert_eq!(shown(rows), ["表1", "序号|检测：项目|检测：值|备注", "1|硼|9|", "1|标识缺失||"]);
    }

    #[test]
    fn ragged_and_dishonest_tables_stay_small() {
        assert_eq!(shown(vec![vec![cell("甲", 1, 1), cell("乙", 1, 1)], vec![cell("丙", 1, 1)]]), ["甲|乙", "丙|"]);
        let wide = shown(vec![vec![cell("甲", usize::MAX, usize::MAX), cell("乙", 1, 1)], vec![cell("丙", 1, 1)]]);
        assert!(wide.concat().chars().count() < 500);
        assert_eq!(shown(vec![vec![cell("框", 1, 1)]]), ["框"]);
    }
}
