//! `new`: a draft with a commented front matter.

use super::args::NewArgs;
use super::{Report, Session};
use crate::diag::{Code, Diagnostic, alone};
use crate::disk::SiteDir;
use crate::draft::{self, Draft};
use crate::inputs::Shelf;
use crate::moment::Moment;
use crate::notice::NoticeId;
use crate::review::Ledger;
use crate::text;
use crate::vocabulary::{Term, Vocabulary};
use crate::workspace;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Writes a new draft and prints its path.
pub(super) fn run(session: &Session, args: &NewArgs) -> Report {
    match write(session, args) {
        Ok(path) => Report {
            output: format!("{path}\n"),
            data: json!({ "path": path }),
            conclusion: "草稿已建好：请补全内容，用 jingshi check 自查，再用 jingshi review sign 送审。".to_owned(),
            ..Report::default()
        },
        Err(diagnostics) => Report::refused(diagnostics, "没有新建草稿。"),
    }
}

fn write(session: &Session, args: &NewArgs) -> Result<String, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let _lock = site.lock().map_err(alone)?;
    let configuration = workspace::configuration(&site);
    let Some(config) = configuration.value else { return Err(configuration.diagnostics) };
    let mut diagnostics = Vec::new();
    let kind = term(&args.kind, "类型", &config.vocabularies.kind, &mut diagnostics);
    let category = args
        .category
        .as_ref()
        .and_then(|typed| term(typed, "产品类别", &config.vocabularies.category, &mut diagnostics));
    let taken = taken(&site).map_err(alone)?;
    let id = match &args.id {
        Some(typed) => named_id(typed, &taken).map_err(|error| diagnostics.push(*error)).ok(),
        None => next_id(session.now, &taken),
    };
    if args.title.trim().is_empty() {
        diagnostics.push(Diagnostic::error(Code::Usage, "标题不能为空"));
    }
    let (Some(kind), Some(id), true) = (kind, id, diagnostics.is_empty()) else { return Err(diagnostics) };
    let folder = format!("content/drafts/{id}");
    let draft = Draft { id: &id, kind: &kind, title: &args.title, category: category.as_deref() };
    let text = draft::front_matter(&draft, &config.vocabularies) + draft::body(&kind);
    site.create_folder(&folder, &[("index.md".to_owned(), text.into_bytes())]).map_err(alone)?;
    Ok(site.join(&folder).join("index.md").display().to_string())
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
fn taken(site: &SiteDir) -> Result<BTreeSet<String>, Box<Diagnostic>> {
    let ledger = Ledger::read(site.ledger()?.as_deref()).value;
    let mut taken: BTreeSet<String> = ledger.rows().iter().map(|row| row.entry.id.to_string()).collect();
    for (_, folder) in site.bundle_folders(&[Shelf::Archived, Shelf::Live, Shelf::Draft], &mut Vec::new()) {
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
