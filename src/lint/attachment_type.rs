//! `attachment-type`: files of office programs without a form that everybody can open.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "attachment-type",
    title: "附件只有 WPS、Word、Excel 的格式",
    severity: Severity::Note,
    what: "供下载的 doc、docx、wps、xls、xlsx、et 文件。旁边有同名 pdf 的不报；表格已经放进检测结果（findings）的不报。",
    why: "没装办公软件的手机打不开，打开了也可能走样；可以编辑的文件还容易被人改了再传。",
    how: "文字材料另存为 PDF，用同样的文件名放在旁边；表格最好另存为 CSV 放进检测结果，网页上直接能看。",
    check: Check::Notice(check),
    bad: &[Part::File("名单.xlsx", ""), Part::Front("attachments: [{file: 名单.xlsx, title: 名单}]")],
    good: &[
        Part::File("名单.xlsx", ""),
        Part::File("名单.pdf", ""),
        Part::Front("attachments: [{file: 名单.xlsx, title: 名单}, {file: 名单.pdf, title: 名单（PDF）}]"),
    ],
};

const TEXTS: &[&str] = &["doc", "docx", "wps"];
const TABLES: &[&str] = &["xls", "xlsx", "et"];

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let stem = |path: &str| path.rsplit_once('.').map_or(path.to_owned(), |(stem, _)| stem.to_owned());
    let has_table = subject.manuscript().is_some_and(|manuscript| manuscript.notice.findings.is_some());
    for file in &subject.bundle.files {
        let extension = file.path.extension();
        let is_table = TABLES.contains(&extension.as_str());
        if !is_table && !TEXTS.contains(&extension.as_str()) {
            continue;
        }
        let pdf = |other: &str| other.to_lowercase().ends_with(".pdf") && stem(other) == stem(file.path.as_str());
        let has_pdf = subject.bundle.files.iter().any(|other| pdf(other.path.as_str()));
        if has_pdf || (is_table && has_table) {
            continue;
        }
        let path = format!("{}/{}", subject.bundle.folder, file.path);
        let hint = match is_table {
            true => "请另存为 CSV 放进检测结果（findings），或同时提供 PDF",
            false => "请同时提供 PDF，用同样的文件名",
        };
        findings.file(&path, format!("“{}”要有办公软件才能打开", file.path.name())).hint(hint);
    }
}
