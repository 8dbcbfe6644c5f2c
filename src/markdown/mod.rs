//! Markdown of a notice: the text of a body comes in, HTML and what others need to know of the body go out, with every
//! problem of the text.
//!
//! The HTML is written once and serves the page, older versions and feeds: where a relative address stands in it, a
//! prefix is inserted by [`Html::with_prefixes`]. Nothing of raw HTML ever comes through, no file is read, no request leaves
//! the page.

mod address;
mod blocks;
mod emphasis;
mod flow;
mod foreign;
mod html;
mod limits;
mod links;
mod notes;
mod outline;
mod passages;
mod raw;
mod rendered;
mod report;

#[cfg(test)]
mod tests;

pub use foreign::{Foreign, Piece, foreign};
pub use html::Slot;
pub use limits::is_refused;
pub use passages::{Address, Anatomy, take_apart};
pub use rendered::{Html, Rendered};

use crate::diag::{Located, Outcome};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;

/// What a body stands in.
pub struct Context<'a> {
    /// The file, for diagnostics: a path relative to the site.
    pub file: &'a str,
    /// The line in the file of the body's first line; the front matter stands before it.
    pub first_line: u32,
    /// A file of the bundle by its relative path, if it exists.
    pub assets: &'a dyn Fn(&str) -> Option<Asset>,
}

/// A file of the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asset {
    /// Width and height in pixels, if it is a picture whose size is known.
    pub size: Option<(u32, u32)>,
}

/// A picture in a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The path in the bundle.
    pub path: String,
    /// The description for those who do not see it.
    pub alt: String,
}

/// A body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Its text.
    pub rendered: Rendered,
    /// What it leads to.
    pub references: References,
}

/// What a body leads to beside pages elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct References {
    /// The pictures in the order of the text.
    pub images: Vec<Located<Image>>,
    /// The paths of other files of the bundle that are linked to.
    pub files: Vec<Located<String>>,
    /// The ids of other notices that are linked to; whether they exist is checked where all notices are known.
    pub notice_links: Vec<Located<String>>,
}

/// Renders a body. Where there are errors, the value is the best that could be made of the text.
pub fn render(source: &str, context: &Context<'_>) -> Outcome<Body> {
    let mut report = report::Report::new(source, context);
    if limits::refuse(source, &mut report) {
        return Outcome::new(Body::default(), report.finish());
    }
    limits::check_characters(source, &mut report);
    let buffer = OnceCell::new();
    let events = emphasis::parse(source, &buffer);
    if limits::refuse_depth(&events, &mut report) {
        return Outcome::new(Body::default(), report.finish());
    }
    let body = html::write(source, &events, context, &mut report);
    Outcome::new(body, report.finish())
}
