//! A draft for a beginner: a front matter that explains itself, a body to be filled in, and what is still to be written.
//!
//! In: who the notice is, and the site's vocabularies. Out: text. In the templates `{…}` is filled in, a line that begins
//! with `[警示]` is for risk warnings and one with `[提示]` for all other kinds. What the author must write himself is
//! marked 【请写：…】; a draft in which such a mark is left cannot be signed.

use crate::diag::{Code, Diagnostic, Position};
use crate::notice::NoticeId;
use crate::vocabulary::{RISK_WARNING, Term, Vocabularies, Vocabulary};
use std::sync::Arc;

const FRONT_MATTER: &str = include_str!("front_matter.yaml");
const WARNING: &str = include_str!("warning.md");
const TIP: &str = include_str!("tip.md");

/// Begins what the author is to write.
const MARK: &str = "【请写：";

/// How many characters of choices stand on a line.
const LINE: usize = 50;

/// Who a new notice is.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// Its id.
    pub id: &'a NoticeId,
    /// Its kind.
    pub kind: &'a Term,
    /// Its title, as typed.
    pub title: &'a str,
    /// Its category, if it is known.
    pub category: Option<&'a Term>,
}

/// The front matter, fences and the empty line after them included.
pub fn front_matter(draft: &Draft<'_>, vocabularies: &Vocabularies) -> String {
    let (kept, dropped) = if is_warning(draft.kind) { ("[警示]", "[提示]") } else { ("[提示]", "[警示]") };
    let lines = FRONT_MATTER.lines().filter(|line| !line.starts_with(dropped));
    let template: String = lines.map(|line| format!("{}\n", line.strip_prefix(kept).unwrap_or(line))).collect();
    let title = draft.title.trim().replace('\\', "\\\\").replace('"', "\\\"");
    template
        .replace("{id}", draft.id.as_str())
        .replace("{kind}", &draft.kind.name)
        .replace("{category}", draft.category.map_or("\"\"", |term| &term.name))
        .replace("{levels}", &choices(&vocabularies.risk_level))
        .replace("{categories}", &choices(&vocabularies.category))
        .replace("{audience}", &choices(&vocabularies.audience))
        .replace("{hazards}", &choices(&vocabularies.hazard))
        .replace("{sources}", &choices(&vocabularies.source))
        .replace("{measures}", &choices(&vocabularies.measure))
        // Last: a title may hold braces.
        .replace("{title}", &format!("\"{title}\""))
}

/// The body: what such a notice tells, in order.
pub fn body(kind: &Term) -> &'static str {
    if is_warning(kind) { WARNING } else { TIP }
}

fn is_warning(kind: &Term) -> bool {
    kind.slug == RISK_WARNING
}

/// The terms of a vocabulary on lines of comment, each group on its own.
fn choices(vocabulary: &Vocabulary) -> String {
    let terms = vocabulary.terms();
    let members = |group: &Arc<Term>| -> Vec<&str> {
        terms.iter().filter(|term| term.group.as_ref() == Some(group)).map(|term| term.name.as_str()).collect()
    };
    let lines = if terms.iter().any(|term| term.group.is_some()) {
        let groups = terms.iter().filter(|term| term.group.is_none());
        groups.flat_map(|group| wrapped(&group.name, &members(group))).collect()
    } else {
        wrapped("可选", &terms.iter().map(|term| term.name.as_str()).collect::<Vec<_>>())
    };
    lines.join("\n#   ")
}

/// Names after a word and a colon, on lines that are not too long.
fn wrapped(word: &str, names: &[&str]) -> Vec<String> {
    let mut lines = vec![if names.is_empty() { word.to_owned() } else { format!("{word}：") }];
    for (index, name) in names.iter().enumerate() {
        let comma = if index + 1 < names.len() { "、" } else { "" };
        match lines.last_mut() {
            Some(line) if line.chars().count() + name.chars().count() < LINE => {
                line.push_str(&format!("{name}{comma}"))
            }
            _ => lines.push(format!("  {name}{comma}")),
        }
    }
    lines
}

/// Errors for what is still to be written in a draft.
pub fn unwritten(file: &str, text: &str) -> Vec<Diagnostic> {
    let marks = text.lines().zip(1..).filter_map(|(line, number)| Some((line, number, line.find(MARK)?)));
    let error = |(line, number, offset): (&str, u32, usize)| {
        let wanted = line[offset + MARK.len()..].split('】').next().unwrap_or_default();
        let at = Position::new(number, Position::of(line, offset).column);
        Diagnostic::error(Code::BlankLeft, format!("这里还没有写：{}", crate::text::printable(wanted)))
            .at(file, at)
            .hint("请把整个【…】换成正文；用不到的，连同小标题一起删掉")
    };
    marks.map(error).collect()
}

#[cfg(test)]
mod tests;
