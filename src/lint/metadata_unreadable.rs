//! `metadata-unreadable`: attachments of which it cannot be said what they hide.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "metadata-unreadable",
    title: "附件的属性读不出来，没有查",
    severity: Severity::Note,
    what: "图片、PDF、OFD、Office 文件、压缩包损坏、加密、格式与扩展名不符，或里面层层嵌套，程序没有读完，拍摄位置、作者、修订和批注可能没有查到。",
    why: "没有查到不等于没有；加了密码的附件，公众也打不开。",
    how: "用相应的软件打开看一看；能重新保存的，去掉密码另存再放进来。",
    check: Check::Notice(check),
    bad: &[Part::Unreadable("名单.pdf")],
    good: &[Part::File("名单.pdf", "")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for file in subject.bundle.files.iter().filter(|file| file.metadata.unreadable) {
        findings
            .file(&format!("{}/{}", subject.bundle.folder, file.path), "这个文件没有读完，属性和隐藏的内容没有查全")
            .hint("请打开看一看；加了密码的，去掉密码另存");
    }
}
