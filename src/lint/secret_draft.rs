//! `secret-draft`: marks of a text that is not yet final.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::passage::{Kind, Passage};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "secret-draft",
    title: "带着征求意见稿、送审稿等标志",
    severity: Severity::Warning,
    what: "标题、小标题、附件名称、文件名的末尾或括号里，以及单独一段的“征求意见稿”“送审稿”“讨论稿”“报批稿”“审议稿”“修改稿”“草案”“草稿”“初稿”。书名号里的文件名称、句子里说到的不算；标题写明征求意见的，“征求意见稿”不算。",
    why: "没有定稿的东西当定稿发出去，公众会照着做；草稿里常有不该公开的内容。",
    how: "换上定稿，去掉标志；确要公开征求意见的，在标题里写明。",
    check: Check::Notice(check),
    bad: &[Part::Front("title: 移动电源风险警示（送审稿）")],
    good: &[Part::Body("强制性国家标准修订草案正在公开征求意见，见《移动电源安全技术规范（征求意见稿）》。")],
};

static DRAFT: Pattern = Pattern::new(|| {
    pattern(concat!(
        r"[（(【\[][^（(【\[）)】\]]{0,6}?(征求意见稿|送审稿|讨论稿|报批稿|审议稿|修改稿|草案|草稿|初稿)[0-9一二三]{0,2}[）)】\]]",
        r"|(征求意见稿|送审稿|讨论稿|报批稿|审议稿|修改稿|草稿|初稿)[ _-]?[vV]?[0-9一二三]{0,2}$",
    ))
});

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    for passage in subject.study.passages.iter().filter(|passage| passage.text.contains(['稿', '案'])) {
        let Some(text) = name(passage) else { continue };
        for found in DRAFT.captures_iter(text) {
            let Some(mark) = found.get(1).or_else(|| found.get(2)) else { continue };
            let is_meant = mark.as_str() == "征求意见稿" && asks(subject);
            if !is_meant && !is_in_title(&text[..mark.start()]) {
                let message = format!("有“{}”的标志，不像定稿", mark.as_str());
                findings.mark(passage, mark.range(), message).hint("请换上定稿，去掉标志");
            }
        }
    }
}

/// The text of a passage that is a name, or stands alone.
fn name(passage: &Passage) -> Option<&str> {
    let text = passage.text.as_str();
    match &passage.kind {
        Kind::Heading(_) => Some(text),
        Kind::Field(keys) if matches!(keys.as_str(), "title" | "attachments.title" | "findings.caption") => Some(text),
        Kind::FileName => Some(text.rsplit_once('.').map_or(text, |(stem, _)| stem)),
        Kind::Paragraph if text.chars().count() <= 12 => Some(text),
        _ => None,
    }
}

/// Whether the notice asks for opinions on a draft.
fn asks(subject: &Subject<'_>) -> bool {
    subject.fields("title").any(|title| title.text.contains("征求意见") && !title.text.ends_with("征求意见稿）"))
}

/// Whether what follows stands inside 《》.
fn is_in_title(before: &str) -> bool {
    before.matches('《').count() > before.matches('》').count()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn marks_of_drafts_are_found() {
        for title in ["甲（征求意见稿）", "甲【送审稿】", "甲（第二次讨论稿）", "甲（草案）", "甲初稿", "甲送审稿2"]
        {
            let front: &'static str = Box::leak(format!("title: {title}").into_boxed_str());
            assert_eq!(marked_in(&RULE, &[Part::Front(front)]).len(), 1, "{title}");
        }
        for name in ["甲（送审稿）.docx", "甲-修改稿.docx", "甲修改稿v2.docx"] {
            assert_eq!(marked_in(&RULE, &[Part::File(name, "")]).len(), 1, "{name}");
        }
        assert_eq!(marked(&RULE, "（送审稿）"), ["送审稿"]);
        assert_eq!(marked(&RULE, "## 情况通报（讨论稿）"), ["讨论稿"]);
    }

    #[test]
    fn mentions_pass() {
        for text in [
            "标准修订草案正在公开征求意见。",
            "见《移动电源安全技术规范（征求意见稿）》。",
            "## 怎样看《某办法（草案）》",
            "本条由投稿人提供初稿。",
            "## 备案和答案",
            "一审初稿，二审改稿，三审定稿。",
            "## 征求意见稿怎么看",
            "方案（一）",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        let asks = Part::Front("title: 关于某办法公开征求意见的公告");
        assert_eq!(marked_in(&RULE, &[asks, Part::File("某办法（征求意见稿）.docx", "")]), [""; 0]);
    }
}
