//! Writes workbooks that offices print and pass on.
//!
//! In: sheets of typed cells. Out: the bytes of an xlsx, which depend on nothing else: the time of making is given, not
//! asked for. Every sheet has a title, lines below it, a head that stays in sight and is printed on every page, and fits
//! one page of A4 (landscape) in width. A text is written as a text, whatever it begins with.

use super::csv::shortened;
use super::untouched::sealed;
use super::{Book, Cell, Flow, Rank, Row, Sheet};
use crate::moment::Day;
use crate::text::is_xml_char;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Workbook, Worksheet,
    XlsxError,
};

/// Why there is no workbook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("表格写不成：{0}")]
pub struct SheetError(String);

impl From<XlsxError> for SheetError {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

/// The bytes of a workbook. They carry a seal of themselves, by which [`is_untouched_xlsx`](super::is_untouched_xlsx)
/// knows them again.
///
/// # Errors
/// The library refuses something; no table of this program is large or odd enough for that.
pub fn xlsx(book: &Book) -> Result<Vec<u8>, SheetError> {
    let unsealed = bytes(book, "")?;
    bytes(book, &sealed(&unsealed))
}

fn bytes(book: &Book, seal: &str) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    let made = date(book.made)?;
    let properties = DocProperties::new().set_title(clean(&book.title)).set_author(clean(&book.author));
    workbook.set_properties(&properties.set_comment(seal).set_creation_datetime(&made));
    for sheet in &book.sheets {
        write(workbook.add_worksheet(), sheet)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// The face of everything; where it is missing, every office program takes its own for Chinese.
const FONT: &str = "宋体";
const SHADE: Color = Color::RGB(0x00E7_EDF3);
const LINK: Color = Color::RGB(0x0011_4488);
const PAPER_A4: u8 = 9;
/// Points for each line of a text that runs over all printed columns, and of one in a cell.
const LINE_POINTS: u32 = 17;
const CELL_POINTS: u32 = 15;

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<(), SheetError> {
    page.set_name(sheet.name)?;
    for (index, column) in (0_u16..).zip(&sheet.columns) {
        page.set_column_width(index, column.width)?;
    }
    let title = plain().set_font_size(16).set_bold().set_align(FormatAlign::Center);
    across(page, sheet, 0, (&sheet.title, &title))?;
    page.set_row_height(0, 32)?;
    let mut row = 1;
    for line in &sheet.lines {
        running(page, sheet, row, line)?;
        row += 1;
    }
    let head = row;
    for (index, column) in (0_u16..).zip(&sheet.columns) {
        let format = celled(Rank::Section).set_align(FormatAlign::Center);
        page.write_string_with_format(head, index, column.head, &format)?;
    }
    set_height(page, head, sheet.columns.iter().map(|column| (column.width, column.head)))?;
    for cells in &sheet.rows {
        row += 1;
        write_row(page, sheet, row, cells)?;
    }
    for note in &sheet.notes {
        row += 1;
        running(page, sheet, row, note)?;
    }
    lay_out(page, sheet, (head, row))
}

/// What stays in sight, and how it is printed.
fn lay_out(page: &mut Worksheet, sheet: &Sheet, (head, last): (u32, u32)) -> Result<(), SheetError> {
    page.set_freeze_panes(head + 1, 0)?;
    page.set_repeat_rows(head, head)?;
    page.set_landscape().set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    page.set_print_area(0, 0, last, sheet.printed().saturating_sub(1))?;
    page.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_footer("&C第 &P 页，共 &N 页");
    Ok(())
}

fn write_row(page: &mut Worksheet, sheet: &Sheet, row: u32, cells: &Row) -> Result<(), SheetError> {
    for (index, column) in (0_u16..).zip(&sheet.columns) {
        let cell = cells.cells.get(usize::from(index)).unwrap_or(&Cell::Blank);
        let format = celled(cells.rank).set_align(match column.flows {
            Flow::Left => FormatAlign::Left,
            Flow::Centre => FormatAlign::Center,
        });
        let format = if cells.rank == Rank::Part && index == 0 { format.set_indent(1) } else { format };
        write_cell(page, (row, index), cell, &format)?;
    }
    let texts = sheet.columns.iter().zip(&cells.cells).filter_map(|(column, cell)| match cell {
        Cell::Text(text) => Some((column.width, text.as_str())),
        _ => None,
    });
    set_height(page, row, texts)
}

/// Makes a row as high as the text that takes the most lines. Programs that convert files do not do it by themselves.
fn set_height<'a>(
    page: &mut Worksheet,
    row: u32,
    texts: impl Iterator<Item = (u32, &'a str)>,
) -> Result<(), SheetError> {
    let lines = texts.map(|(room, text)| text.split('\n').map(|line| width(line).div_ceil(room.max(1)).max(1)).sum());
    let lines: u32 = lines.max().unwrap_or(1);
    // A row cannot be higher than 409 points.
    page.set_row_height(row, (lines * CELL_POINTS + 4).min(409))?;
    Ok(())
}

/// How many half-width characters a text is wide.
fn width(text: &str) -> u32 {
    text.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum()
}

fn write_cell(page: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, format: &Format) -> Result<(), SheetError> {
    let formatted = |pattern: &str| format.clone().set_num_format(pattern);
    match cell {
        Cell::Blank | Cell::Share(_, 0) => page.write_blank(row, column, format)?,
        Cell::Text(text) => page.write_string_with_format(row, column, clean(text), format)?,
        Cell::Number(number) => page.write_number_with_format(row, column, *number, format)?,
        Cell::Halves(twice) => page.write_number_with_format(row, column, f64::from(*twice) / 2.0, format)?,
        Cell::Share(part, whole) => {
            let share = f64::from(*part) / f64::from(*whole);
            page.write_number_with_format(row, column, share, &formatted("0.0%"))?
        }
        Cell::Day(day) => page.write_datetime_with_format(row, column, &date(*day)?, &formatted("yyyy-mm-dd"))?,
        Cell::Clock(moment) => {
            let (hour, minute) = moment.clock();
            let time = ExcelDateTime::from_hms(u16::try_from(hour).unwrap_or(0), u8::try_from(minute).unwrap_or(0), 0)?;
            page.write_datetime_with_format(row, column, &time, &formatted("hh:mm"))?
        }
        // Beyond its limits the library knows no link.
        Cell::Link(address) if address.len() > 2000 => {
            page.write_string_with_format(row, column, clean(address), format)?
        }
        Cell::Link(address) => {
            let format = format.clone().set_underline(FormatUnderline::Single).set_font_color(LINK);
            page.write_url_with_format(row, column, address.as_str(), &format)?
        }
    };
    Ok(())
}

/// A line over all printed columns, as high as it needs to be: merged cells do not grow by themselves.
fn running(page: &mut Worksheet, sheet: &Sheet, row: u32, line: &str) -> Result<(), SheetError> {
    let printed = sheet.columns.iter().take(usize::from(sheet.printed()));
    let room = printed.map(|column| column.width).sum::<u32>().max(1);
    across(page, sheet, row, (line, &plain().set_text_wrap()))?;
    page.set_row_height(row, width(line).div_ceil(room).max(1) * LINE_POINTS)?;
    Ok(())
}

fn across(page: &mut Worksheet, sheet: &Sheet, row: u32, (text, format): (&str, &Format)) -> Result<(), SheetError> {
    match sheet.printed() {
        0 | 1 => page.write_string_with_format(row, 0, clean(text), format)?,
        many => page.merge_range(row, 0, row, many - 1, &clean(text), format)?,
    };
    Ok(())
}

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

fn celled(rank: Rank) -> Format {
    let format = plain().set_border(FormatBorder::Thin).set_text_wrap();
    match rank {
        Rank::Plain | Rank::Part => format,
        Rank::Section => format.set_bold().set_background_color(SHADE),
        Rank::Total => format.set_bold(),
    }
}

fn date(day: Day) -> Result<ExcelDateTime, SheetError> {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(1900);
    Ok(ExcelDateTime::from_ymd(year, small(day.month()), small(day.day_of_month()))?)
}

/// A text without what XML forbids, and no longer than a cell may be.
fn clean(text: &str) -> String {
    shortened(&text.chars().filter(|sign| is_xml_char(*sign)).collect::<String>()).into_owned()
}

#[cfg(test)]
mod tests;
