//! `change-nothing`: corrections that correct nothing.

use super::rule::{Check, Findings, Part, Rule, Scope, Survey};
use crate::diag::{Position, Severity};
use crate::inputs::Shelf;
use crate::notice::{Notice, Status};
use crate::read::Manuscript;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "change-nothing",
    title: "更正稿与已发布的一模一样",
    severity: Severity::Warning,
    what: "草稿是已发布信息的下一版，状态是“更正”，而信息栏、正文、表格和文件都没有变，只多了变更说明。",
    why: "每次更正都会推送给全部订阅者；内容没有变，读者会白白去找改了哪里。",
    how: "把要改的改上；不需要更正的，移走这份草稿。",
    check: Check::Site(check),
    bad: &[
        Part::Front("version: 2\nstatus: 更正\nchange: {what: 补充批号, why: 生产者补报}"),
        Part::Other("version: 1"),
    ],
    good: &[
        Part::Front(
            "summary: 示例：补充了两个批号。请停止使用。\nversion: 2\nstatus: 更正\nchange: {what: 补充批号, why: 生产者补报}",
        ),
        Part::Other("version: 1"),
    ],
};

fn check(survey: &Survey<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let drafts = survey.manuscripts.iter().filter(|manuscript| manuscript.shelf == Shelf::Draft);
    for draft in drafts.filter(|draft| draft.notice.status == Status::Corrected) {
        let live =
            survey.manuscripts.iter().find(|other| other.shelf == Shelf::Live && other.notice.id == draft.notice.id);
        if live.is_some_and(|live| says_the_same(draft, live)) {
            findings
                .at(&draft.index_path(), Position::START, "更正稿与已发布的一模一样，没有改动")
                .hint("请把要改的改上；不需要更正的，移走这份草稿");
        }
    }
}

fn says_the_same(one: &Manuscript, other: &Manuscript) -> bool {
    plain(&one.notice) == plain(&other.notice)
        && matches!((one.narrative.html(), other.narrative.html()), (Ok(one), Ok(other)) if one == other)
        && one.files == other.files
}

/// A notice without what differs from version to version anyway, and without places.
fn plain(notice: &Notice) -> Notice {
    let mut plain = notice.clone();
    plain.related.iter_mut().for_each(|related| related.at = Position::START);
    plain.image.iter_mut().for_each(|image| image.file.at = Position::START);
    plain.findings.iter_mut().for_each(|findings| findings.file.at = Position::START);
    plain.attachments.iter_mut().for_each(|attachment| attachment.file.at = Position::START);
    Notice { version: 1, status: Status::Current, change: None, exceptions: Vec::new(), ..plain }
}
