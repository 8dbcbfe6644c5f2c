//! `attachment-archive`: archives, whose content nobody sees before it is unpacked.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "attachment-archive",
    title: "附件是压缩包",
    severity: Severity::Warning,
    what: "文件夹里的 zip 文件。",
    why: "手机上多半打不开；里面装了什么，审的人看不到，读者搜不到，自查也查不到。",
    how: "把里面的文件拿出来，一个一个放进文件夹、写进附件；文件多的，合成一个 PDF。",
    check: Check::Notice(check),
    bad: &[Part::File("材料.zip", ""), Part::Front("attachments: [{file: 材料.zip, title: 材料}]")],
    good: &[Part::File("材料.pdf", ""), Part::Front("attachments: [{file: 材料.pdf, title: 材料}]")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for file in subject.bundle.files.iter().filter(|file| file.path.extension() == "zip") {
        let path = format!("{}/{}", subject.bundle.folder, file.path);
        findings
            .file(&path, format!("“{}”是压缩包，手机上打不开", file.path.name()))
            .hint("请把里面的文件直接放进文件夹，写进附件");
    }
}
