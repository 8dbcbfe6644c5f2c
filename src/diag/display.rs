//! A diagnostic as people read it, after the template of the project: code, message, place, facts, next steps.
//!
//! ```text
//! 错误[review-stale]: 终审签署后内容已改动，签署失效
//!   --> content/notices/2024-017/index.md:1:1
//!    = 签署摘要 3f9c…，现摘要 a17b…
//!    = 提示：…
//! ```

use super::Diagnostic;
use crate::text::printable;
use std::fmt;

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}[{}]: {}", self.severity.label(), self.code.id(), printable(&self.message))?;
        if let Some(place) = &self.place {
            let position = place.at.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
            writeln!(formatter, "  --> {}{position}", printable(&place.file))?;
        }
        self.notes.iter().try_for_each(|note| writeln!(formatter, "   = {}", indent(note)))?;
        self.hints.iter().try_for_each(|hint| writeln!(formatter, "   = 提示：{}", indent(hint)))
    }
}

fn indent(text: &str) -> String {
    printable(text).replace('\n', "\n     ")
}
