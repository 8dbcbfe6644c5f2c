//! Tables for people with a spreadsheet and for programs.
//!
//! [`csv()`] and [`xlsx()`] turn rows into the bytes of a file, the same bytes for the same rows; [`register`] reads the
//! tables that a site keeps beside `site.yaml`. The only user of the Excel library. No cell ever becomes a formula.

mod book;
mod csv;
pub mod register;
mod untouched;
mod xlsx;

pub use self::csv::{csv, csv_head, csv_rows, fits};
pub use book::{Book, Cell, Column, Flow, Rank, Row, Sheet};
pub use untouched::is_untouched_xlsx;
pub use xlsx::{SheetError, xlsx};
