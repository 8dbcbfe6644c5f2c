//! `import`: a draft made from a file that was written elsewhere.

use super::args::ImportArgs;
use super::draft::{Desk, Draft};
use super::{Report, Session};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, alone, is_unread};
use crate::disk::{self, if_there, read_failed};
use crate::import::{self, Imported, Source};
use crate::route::RelPath;
use crate::vocabulary::RISK_WARNING;
use serde_json::json;
use std::cell::RefCell;
use std::fs::Metadata;
use std::path::Path;

/// Makes a draft of a file and prints its path.
pub(super) fn run(session: &Session, args: &ImportArgs) -> Report {
    let mut diagnostics = Vec::new();
    match write(session, args, &mut diagnostics) {
        Ok((path, imported, kind)) => Report {
            diagnostics,
            output: format!("{path}\n"),
            data: json!({
                "path": path,
                "title": imported.title,
                "date": imported.date.map(|day| day.to_string()),
                "document_number": imported.document_number,
                "issuing_body": imported.issuing_body,
                "files": imported.files.iter().map(|(name, _)| name).collect::<Vec<_>>(),
                "undescribed": imported.undescribed,
            }),
            conclusion: format!(
                "草稿已建好。请补全：{}；对照原文件核对一遍，用 jingshi check 自查，再用 jingshi review sign 送审。",
                left(&imported, &kind).join("、")
            ),
            ..Report::default()
        },
        Err(errors) => {
            diagnostics.extend(errors);
            Report::refused(diagnostics, "没有新建草稿。")
        }
    }
}

/// A file in the folder of a document, or below it: a document cannot fetch other files of the computer.
fn beside(folder: &Path, path: &str) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
    let Ok(path) = RelPath::parse(path) else { return Ok(None) };
    let place = folder.join(path.as_str());
    let found = if_there(place.metadata()).map_err(|error| read_failed(path.as_str(), &error))?;
    found.filter(Metadata::is_file).map(|_| disk::read_file(&place, path.as_str())).transpose()
}

fn write(
    session: &Session,
    args: &ImportArgs,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(String, Imported, String), Vec<Diagnostic>> {
    let desk = Desk::open(session)?;
    let name = crate::text::printable(&args.file.display().to_string());
    let bytes = disk::read_file(&args.file, &name).map_err(alone)?;
    let folder = args.file.parent().unwrap_or(Path::new("")).to_owned();
    let unread = RefCell::new(Vec::new());
    let beside = |path: &str| beside(&folder, path).map_err(|error| unread.borrow_mut().push(*error)).ok().flatten();
    let source = Source { name: &name, bytes, beside: &beside };
    let imported = import::read(source).drain_into(diagnostics);
    // What is there and cannot be read must not be missing from the draft in silence.
    let unread = unread.take();
    if is_unread(&unread) {
        return Err(unread);
    }
    let Some(mut imported) = imported else { return Err(Vec::new()) };
    if imported.title.is_empty() {
        imported.title = args.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let message = format!("没有认出标题，先用了文件名“{}”", crate::text::printable(&imported.title));
        diagnostics.push(Diagnostic::warning(Code::ImportFound, message).in_file(&name).hint("请在信息栏里改好标题"));
    }
    let kind = kind(args, &imported.title, &desk.config).map_err(alone)?;
    diagnostics.extend(found(&imported, &desk.config).map(|found| found.in_file(&name)));
    let body = format!("\n{}\n", imported.body.trim());
    let draft = Draft {
        id: args.id.as_deref(),
        kind: &kind,
        title: &imported.title,
        category: None,
        body: Some(&body),
        files: imported.files.clone(),
    };
    let path = desk.write(session.now, draft)?;
    Ok((path, imported, kind))
}

/// The kind that was named, else the one the title names.
fn kind(args: &ImportArgs, title: &str, config: &Config) -> Result<String, Box<Diagnostic>> {
    if let Some(kind) = &args.kind {
        return Ok(kind.clone());
    }
    let terms = config.vocabularies.kind.terms();
    // The last one named is what the notice is: 关于…风险警示的消费提示.
    let named = terms.iter().filter_map(|term| title.rfind(&term.name).map(|at| (at, term)));
    named.max_by_key(|(at, _)| *at).map(|(_, term)| term.name.clone()).ok_or_else(|| {
        let names: Vec<&str> = terms.iter().map(|term| term.name.as_str()).collect();
        let message = format!("标题“{}”没有说明类型", crate::text::printable(title));
        Box::new(
            Diagnostic::error(Code::Usage, message).hint(format!("请加上 --kind，可用的类型：{}", names.join("、"))),
        )
    })
}

/// What was recognised and has no key.
fn found(imported: &Imported, config: &Config) -> Option<Diagnostic> {
    let day = imported.date.map(|day| format!("成文日期：{}", day.to_chinese()));
    let number = imported.document_number.as_ref().map(|number| format!("文号：{number}"));
    let body = imported.issuing_body.as_ref().map(|body| format!("落款：{body}"));
    let facts: Vec<String> = [number, body, day].into_iter().flatten().collect();
    if facts.is_empty() {
        return None;
    }
    let note = Diagnostic::note(Code::ImportFound, "认出了下面几项，没有写进草稿");
    let note = facts.into_iter().fold(note, Diagnostic::fact);
    let note = note.hint("页面上的落款是 site.yaml 里的发布单位，发布时间是最后签署的时间；文号要公开就写进正文");
    let others = imported.issuing_body.as_ref().filter(|body| !body.contains(config.bureau.name.as_str()));
    Some(match (others, imported.date) {
        (Some(body), Some(day)) => {
            note.hint(format!("如果是转载，请在信息栏里加上：origin: {{source: {body}, date: {day}}}"))
        }
        _ => note,
    })
}

/// What a clerk must still write.
fn left(imported: &Imported, kind: &str) -> Vec<String> {
    let mut left = vec!["摘要".to_owned()];
    if kind == "风险警示" || kind == RISK_WARNING {
        left.push("风险等级".to_owned());
    }
    left.extend(["产品类别", "人群", "危害", "应对措施"].map(str::to_owned));
    if !imported.undescribed.is_empty() {
        left.push(format!("图片说明（{}）", imported.undescribed.join("、")));
    }
    left
}
