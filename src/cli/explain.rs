//! `explain`: what a code means and how to mend what it names.

use super::Report;
use super::args::ExplainArgs;
use crate::diag::{Code, Diagnostic};
use crate::embedded;
use crate::lint::{self, Part, RULES, Rule};
use crate::text;
use serde_json::json;
use std::fmt::Write as _;

/// Explains a code, or lists the rules.
pub(super) fn run(args: &ExplainArgs) -> Report {
    let Some(code) = &args.code else { return list() };
    if let Some(rule) = lint::find(code) {
        return explain(rule);
    }
    match embedded::explanation(code) {
        Some((meaning, remedy)) => Report {
            output: format!("{code}：{meaning}\n\n怎么办：{remedy}\n"),
            data: json!({ "code": code, "meaning": meaning, "remedy": remedy }),
            ..Report::default()
        },
        None => unknown(code),
    }
}

fn list() -> Report {
    let mut output = String::new();
    for rule in RULES {
        // Writing to a String cannot fail.
        let _ = writeln!(output, "{}\t{}\t{}", rule.code, rule.severity.label(), rule.title);
    }
    let data = RULES.iter().map(|rule| json!({ "code": rule.code, "title": rule.title }));
    Report {
        output, data: data.collect(), conclusion: format!("共 {} 条自查规则。", RULES.len()), ..Report::default()
    }
}

fn explain(rule: &Rule) -> Report {
    let Rule { code, title, severity, what, why, how, bad, good, .. } = rule;
    let output = format!(
        "{code}：{title}（默认：{}）\n\n查什么：{what}\n\n为什么：{why}\n\n怎么改：{how}\n\n例如这样写会报：\n{}\n这样写就好：\n{}",
        severity.label(),
        example(bad),
        example(good)
    );
    let data = json!({ "code": code, "title": title, "what": what, "why": why, "how": how });
    Report { output, data, ..Report::default() }
}

/// The parts of an example as a clerk would type them.
fn example(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        let (label, lines) = match part {
            Part::Body(lines) | Part::OnlyBody(lines) | Part::Front(lines) => (String::new(), *lines),
            Part::Image(_) => continue,
            Part::Picture(name, side, bytes) => (format!("  （图片 {name}：{side} 像素，{} KB）\n", bytes >> 10), ""),
            Part::File(name, lines) => (format!("  （文件 {name}）\n"), *lines),
            Part::Described(name, _, label, value) => (format!("  （文件 {name} 的属性，{label}：{value}）\n"), ""),
            Part::Unreadable(name) => (format!("  （文件 {name} 读不出来）\n"), ""),
            Part::Other(lines) => ("  （另一条信息）\n".to_owned(), *lines),
            Part::Site(lines) => ("  （site.yaml）\n".to_owned(), *lines),
            Part::Signed(day) => (format!("  （{day} 签署发布）\n"), ""),
            Part::Day(day) => (format!("  （{day} 自查）\n"), ""),
        };
        text.push_str(&label);
        for line in lines.lines() {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

fn unknown(code: &str) -> Report {
    let known = Code::ALL.iter().map(|code| code.id()).chain(RULES.iter().map(|rule| rule.code));
    let error = Diagnostic::error(Code::Usage, format!("没有“{}”这个代码", text::printable(code)));
    let error = match text::suggest(code, known) {
        Some(near) => error.hint(format!("您是不是想写“{near}”？")),
        None => error.hint("代码写在报错开头的方括号里；用 jingshi explain 列出全部自查规则"),
    };
    Report::refused(vec![error], "")
}
