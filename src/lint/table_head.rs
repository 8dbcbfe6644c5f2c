//! `table-head`: columns without a head, and tables that stand without a word before them.

use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::passage::Kind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "table-head",
    title: "表格缺少表头或引出它的话",
    severity: Severity::Warning,
    what: "正文里的表格：表头有空格（左上角一格除外）的；前面没有标题或一段话，读者不知道表里是什么的。检测结果表（findings）的表题另有规定。",
    why: "读屏软件逐格念表，先念表头；没有表头和表题，听的人不知道数字说的是什么。（WCAG 2.2 第 1.3.1 条）",
    how: "补上表头的字；在表格前面写一句“……见下表”，或加一个小标题。",
    check: Check::Notice(check),
    bad: &[Part::Body("各批次见下表。\n\n|项目||\n|-|-|\n|插头|3|")],
    good: &[Part::Body("各批次见下表。\n\n|项目|批次|\n|-|-|\n|插头|3|")],
};

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let passages = &subject.study.passages;
    for (index, passage) in passages.iter().enumerate() {
        let Kind::Cell { row: 0, column, .. } = passage.kind else { continue };
        let before = index.checked_sub(1).map(|index| &passages[index].kind);
        let introduced = !matches!(before, None | Some(Kind::Cell { .. } | Kind::Field(_)));
        if column == 0 && !introduced {
            findings
                .whole(passage, "表格前面没有标题，也没有引出它的话")
                .hint("请在表格前面写一句“……见下表”，或加一个小标题");
        }
        if column > 0 && passage.is_blank() {
            findings.whole(passage, format!("表头第 {} 格是空的", column + 1)).hint("请写上这一列是什么");
        }
    }
}
