//! Template errors in words for people.
//!
//! In: errors of the template engine. Out: diagnostics with file, line and column. Syntax and render errors carry their
//! place as data; unknown filters, components and the like come as text only, and are read from it.

use super::file_of;
use super::tokens::path_ending_at;
use crate::diag::{Code, Diagnostic, Position};
use crate::text::suggest;
use std::collections::BTreeMap;
use tera::{Error, ErrorKind, ReportError};

/// What went wrong while templates were loaded; at least one diagnostic.
pub(super) fn of_load(theme: &str, error: &Error) -> Vec<Diagnostic> {
    let whole = |message: String, template: &str| {
        vec![Diagnostic::error(Code::ThemeTemplate, message).in_file(file_of(theme, template))]
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![
            at(theme, "模板语法有误".to_owned(), report)
                .fact(report.message().to_owned())
                .hint("检查标签、引号和括号是否成对"),
        ],
        ErrorKind::MissingParent { current, parent } => {
            whole(format!("模板用 extends 继承的“{parent}”不存在"), current)
        }
        ErrorKind::CircularExtend { tpl, .. } => whole("模板互相继承，成了一个圈".to_owned(), tpl),
        ErrorKind::CircularInclude { tpl, .. } => whole("模板互相包含，成了一个圈".to_owned(), tpl),
        ErrorKind::Msg(text) => of_text(theme, text),
        _ => vec![Diagnostic::error(Code::ThemeTemplate, "主题无法载入").fact(error.to_string())],
    }
}

/// What went wrong while a page was rendered.
pub(super) fn of_render(theme: &str, template: &str, error: &Error, sources: &BTreeMap<String, String>) -> Diagnostic {
    let ErrorKind::RenderingError(report) = error.kind() else {
        return Diagnostic::error(Code::ThemeTemplate, "模板无法生成网页")
            .in_file(file_of(theme, template))
            .fact(error.to_string());
    };
    let message = report.message();
    let Some((what, name)) = undefined(message) else {
        return at(theme, "模板无法生成网页".to_owned(), report).fact(message.to_owned());
    };
    let path = sources
        .get(report.filename())
        .and_then(|source| path_ending_at(source, report.span().range.end))
        .filter(|path| path.ends_with(name))
        .unwrap_or(name);
    let diagnostic = at(theme, format!("模板里的“{path}”没有这个{what}"), report);
    let available = message.rsplit_once(": ").map(|(_, list)| list.split(", ")).into_iter().flatten();
    match suggest(name, available) {
        Some(meant) => diagnostic.hint(format!("是不是“{meant}”？")),
        None => diagnostic.fact(message.to_owned()),
    }
}

/// What is undefined, and its name.
fn undefined(message: &str) -> Option<(&'static str, &str)> {
    let (what, rest) = match message.strip_prefix("Field `") {
        Some(rest) => ("字段", rest),
        None => ("变量", message.strip_prefix("Variable `")?),
    };
    rest.split_once("` is not defined").map(|(name, _)| (what, name))
}

fn at(theme: &str, message: String, report: &ReportError) -> Diagnostic {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let position = Position::new(number(report.span().start_line), number(report.span().start_col + 1));
    Diagnostic::error(Code::ThemeTemplate, message).at(file_of(theme, report.filename()), position)
}

/// Reads reports that the engine joins into one text: `error: Unknown filter `x`` and ` --> base.html:3:5`.
fn of_text(theme: &str, text: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut message = None;
    for line in text.lines() {
        if let Some(found) = line.strip_prefix("error: ") {
            message = Some(found);
        } else if let (Some(found), Some(place)) = (message, line.trim_start().strip_prefix("--> ")) {
            let diagnostic = Diagnostic::error(Code::ThemeTemplate, translate(found));
            diagnostics.push(match read_place(place) {
                Some((template, position)) => diagnostic.at(file_of(theme, template), position),
                None => diagnostic.fact(place.to_owned()),
            });
            message = None;
        }
    }
    if diagnostics.is_empty() {
        diagnostics.push(Diagnostic::error(Code::ThemeTemplate, "主题无法载入").fact(text.to_owned()));
    }
    diagnostics
}

fn read_place(place: &str) -> Option<(&str, Position)> {
    let (rest, column) = place.rsplit_once(':')?;
    let (template, line) = rest.rsplit_once(':')?;
    Some((template, Position::new(line.parse().ok()?, column.parse().ok()?)))
}

fn translate(message: &str) -> String {
    let kinds = [
        ("Unknown filter `", "过滤器"),
        ("Unknown test `", "判断"),
        ("Unknown function `", "函数"),
        ("Unknown component `", "组件"),
        ("Unknown template `", "模板"),
        ("Block `", "上级模板的区块"),
    ];
    for (prefix, kind) in kinds {
        if let Some((name, _)) = message.strip_prefix(prefix).and_then(|rest| rest.split_once('`')) {
            return format!("没有“{name}”这个{kind}");
        }
    }
    format!("模板有误：{message}")
}
