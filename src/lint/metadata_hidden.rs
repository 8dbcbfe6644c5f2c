//! `metadata-hidden`: attachments with content that a reader does not see at first.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::metadata::Kind;
use crate::text;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "metadata-hidden",
    title: "附件里有修订、批注、隐藏的内容",
    severity: Severity::Error,
    what: "Office 文件里没有接受的修订、批注、隐藏的工作表、行、列和幻灯片、演讲者备注、内嵌的文件、宏，PDF 里的批注和附件。缩略图不算。",
    why: "打开附件的人点几下就能看到：删掉的原话、领导的批示、没打算公开的名单都会泄露。",
    how: "接受或拒绝全部修订，删去批注和隐藏的内容，再另存；只供阅读的，转成 PDF。Office 里用“文件、信息、检查文档”一次查完。",
    check: Check::Notice(check),
    bad: &[Part::Described("名单.xlsx", Kind::Hidden, "隐藏的工作表", "投诉人")],
    good: &[Part::Described("外观.jpg", Kind::Hidden, "缩略图", "文件里另存有一张小图")],
};

/// How many of the hidden parts of a file are named.
const SHOWN: usize = 5;

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for file in &subject.bundle.files {
        let hidden = file.metadata.entries.iter().filter(|entry| entry.kind == Kind::Hidden);
        let hidden: Vec<_> = hidden.filter(|entry| !entry.name.ends_with("缩略图")).collect();
        if hidden.is_empty() {
            continue;
        }
        let path = format!("{}/{}", subject.bundle.folder, file.path);
        let mut finding = findings.file(&path, format!("文件里有 {} 处读者一眼看不到的内容", hidden.len()));
        for entry in hidden.iter().take(SHOWN) {
            finding = finding.fact(format!("{}：{}", text::printable(&entry.name), text::printable(&entry.value)));
        }
        finding.hint("请接受或拒绝修订，删去批注和隐藏的内容，另存后再放进来；只供阅读的，转成 PDF");
    }
}
