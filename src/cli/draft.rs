//! Makes the folder of a new draft, for the commands that begin one.

use super::Session;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, alone};
use crate::disk::SiteDir;
use crate::draft;
use crate::inputs::Shelf;
use crate::moment::Moment;
use crate::notice::NoticeId;
use crate::review::Ledger;
use crate::text;
use crate::vocabulary::{Term, Vocabulary};
use crate::workspace;
use std::collections::BTreeSet;
use std::fs::File;
use std::sync::Arc;

/// A site in which a draft is begun, and nobody else begins one.
pub(super) struct Desk {
    site: SiteDir,
    /// What `site.yaml` says.
    pub config: Config,
    _lock: File,
}

/// What a new draft consists of, as it was typed or read.
pub(super) struct Draft<'a> {
    /// The id, if one was named.
    pub id: Option<&'a str>,
    /// The kind, by name or slug.
    pub kind: &'a str,
    /// The title.
    pub title: &'a str,
    /// The category, by name or slug.
    pub category: Option<&'a str>,
    /// What follows the front matter; none: what is to be written in a notice of its kind.
    pub body: Option<&'a str>,
    /// The files beside `index.md`.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Desk {
    /// Opens the site of the session.
    ///
    /// # Errors
    /// There is none, its configuration is wrong, or another command is at work.
    pub(super) fn open(session: &Session) -> Result<Self, Vec<Diagnostic>> {
        let site = session.site().map_err(alone)?;
        let lock = site.lock().map_err(alone)?;
        let configuration = workspace::configuration(&site);
        let Some(config) = configuration.value else { return Err(configuration.diagnostics) };
        Ok(Self { site, config, _lock: lock })
    }

    /// Writes a draft in one step and returns the path of its `index.md`.
    ///
    /// # Errors
    /// A term is unknown, the id cannot be used, the title is empty, the ids in use cannot be read, or the folder cannot be
    /// written.
    pub(super) fn write(&self, now: Moment, draft: Draft<'_>) -> Result<String, Vec<Diagnostic>> {
        let mut diagnostics = Vec::new();
        let vocabularies = &self.config.vocabularies;
        let kind = term(draft.kind, "类型", &vocabularies.kind, &mut diagnostics);
        let category =
            draft.category.and_then(|typed| term(typed, "产品类别", &vocabularies.category, &mut diagnostics));
        let taken = taken(&self.site)?;
        let id = match draft.id {
            Some(typed) => named_id(typed, &taken).map_err(|error| diagnostics.push(*error)).ok(),
            None => next_id(now, &taken),
        };
        if draft.title.trim().is_empty() {
            diagnostics.push(Diagnostic::error(Code::Usage, "标题不能为空"));
        }
        let (Some(kind), Some(id), true) = (kind, id, diagnostics.is_empty()) else { return Err(diagnostics) };
        let folder = format!("content/drafts/{id}");
        let who = draft::Draft { id: &id, kind: &kind, title: draft.title, category: category.as_deref() };
        let body = draft.body.unwrap_or_else(|| draft::body(&kind));
        let text = draft::front_matter(&who, vocabularies) + body;
        let mut files = vec![("index.md".to_owned(), text.into_bytes())];
        files.extend(draft.files);
        self.site.create_folder(&folder, &files).map_err(alone)?;
        Ok(self.site.join(&folder).join("index.md").display().to_string())
    }
}

fn term(typed: &str, what: &str, vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Option<Arc<Term>> {
    let found = vocabulary.find(typed).cloned();
    if found.is_none() {
        let names: Vec<&str> = vocabulary.terms().iter().map(|term| term.name.as_str()).collect();
        let error = Diagnostic::error(Code::Usage, format!("没有“{typed}”这个{what}"));
        diagnostics.push(match text::suggest(typed, names.iter().copied()) {
            Some(near) => error.hint(format!("您是不是想写“{near}”？")),
            None => error.hint(format!("可用的{what}：{}", names.join("、"))),
        });
    }
    found
}

/// Every id that was ever used.
fn taken(site: &SiteDir) -> Result<BTreeSet<String>, Vec<Diagnostic>> {
    let ledger = Ledger::read(site.ledger().map_err(alone)?.as_deref()).value;
    let mut taken: BTreeSet<String> = ledger.rows().iter().map(|row| row.entry.id.to_string()).collect();
    let mut found = Vec::new();
    let folders = site.bundle_folders(&[Shelf::Archived, Shelf::Live, Shelf::Draft], &mut found);
    // A file that does not belong there is no reason not to begin a draft.
    found.retain(|found| found.code == Code::ReadFailed);
    if !found.is_empty() {
        return Err(found);
    }
    for (_, folder) in folders {
        let mut parts = folder.split('/').skip(2);
        taken.extend(parts.next().map(str::to_owned));
    }
    Ok(taken)
}

fn named_id(typed: &str, taken: &BTreeSet<String>) -> Result<NoticeId, Box<Diagnostic>> {
    let wrong = |message: String, hint: &str| Box::new(Diagnostic::error(Code::Usage, message).hint(hint));
    let id = NoticeId::parse(typed)
        .ok_or_else(|| wrong(format!("编号“{typed}”不合规定"), "编号只用英文字母、数字和连字符，例如 2024-017"))?;
    if taken.contains(typed) {
        return Err(wrong(
            format!("编号“{typed}”已经用过"),
            "每条信息有自己的编号；要修改已发布的信息请用 jingshi revise",
        ));
    }
    Ok(id)
}

/// The number after the highest one of the year.
fn next_id(now: Moment, taken: &BTreeSet<String>) -> Option<NoticeId> {
    let year = now.day().year();
    let numbers = taken.iter().filter_map(|id| id.strip_prefix(&format!("{year}-"))?.parse::<u32>().ok());
    NoticeId::parse(&format!("{year}-{:03}", numbers.max().unwrap_or(0).saturating_add(1)))
}
