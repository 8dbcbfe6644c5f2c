//! `file-unused`: files that are published though nothing refers to them.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use std::collections::BTreeSet;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "file-unused",
    title: "文件夹里有用不到的文件",
    severity: Severity::Warning,
    what: "这条信息的文件夹里，题图、附件、检测结果和正文都没有提到的文件。",
    why: "文件夹里的每个文件都会公开。留下的多半是换下来的图片，或者不该公开的原始材料。",
    how: "要公开的，写进附件，或在正文里引用；不公开的，移出这个文件夹。",
    check: Check::Notice(check),
    bad: &[Part::File("原始记录.pdf", "")],
    good: &[Part::File("检测报告.pdf", ""), Part::Body("全文见[检测报告](检测报告.pdf)。")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let Some(manuscript) = subject.manuscript().filter(|manuscript| !manuscript.files.is_empty()) else { return };
    let (notice, references) = (&manuscript.notice, &manuscript.references);
    let named = notice.image.iter().map(|image| &image.file);
    let named = named.chain(notice.findings.iter().map(|findings| &findings.file));
    let named = named.chain(notice.attachments.iter().map(|attachment| &attachment.file));
    let mut used: BTreeSet<&str> = named.map(|file| file.value.as_str()).collect();
    used.extend(references.images.iter().map(|image| image.value.path.as_str()));
    used.extend(references.files.iter().map(|file| file.value.as_str()));
    for file in manuscript.files.iter().filter(|file| !used.contains(file.path.as_str())) {
        let path = format!("{}/{}", manuscript.folder, file.path);
        findings
            .file(&path, format!("“{}”没有用到，但是会公开", file.path))
            .hint("要公开的请写进附件或正文；不公开的请移出这个文件夹");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::codes;

    #[test]
    fn whatever_refers_to_a_file_uses_it() {
        let found = |parts: &[Part]| codes(parts).contains(&RULE.code);
        let picture = Part::Picture("图 1.png", 800, 1000);
        assert!(found(&[picture]));
        for part in [
            Part::Body("![充电器背面的标签和批号](<图 1.png>)"),
            Part::Body("![充电器背面的标签和批号](图%201.png)"),
            Part::Body("[看大图](<图 1.png>)"),
            Part::Front("image: {file: 图 1.png, alt: 充电器背面的标签和批号}"),
            Part::Front("attachments: [{file: 图 1.png}]"),
        ] {
            assert!(!found(&[picture, part]), "{part:?}");
        }
        let table = Part::File("表.csv", "甲,乙\n1,2\n");
        assert!(found(&[table]));
        assert!(!found(&[table, Part::Front("findings: {file: 表.csv, caption: 不合格情况}")]));
    }
}
