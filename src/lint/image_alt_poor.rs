//! `image-alt-poor`: descriptions of pictures that describe nothing.

use super::rule::{Check, Findings, Part, Rule, Scope};
use crate::diag::Severity;
use crate::passage::{Kind, Passage};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "image-alt-poor",
    title: "图片说明没有说图上画的是什么",
    severity: Severity::Warning,
    what: "题图和正文图片的说明：少于 4 个字的，只写“图片”“示意图”“图1”的，写成文件名的。完全没有说明的另有 image-alt。",
    why: "看不见图的人靠它知道图上有什么；图打不开时，大家都靠它。（WCAG 2.2 第 1.1.1 条）",
    how: "用一句话说清图上看得见、文字里没有的内容，例如“充电器背面标签，右下角是批号”。",
    check: Check::Passage(check),
    bad: &[Part::Body("![图1](a.png)"), Part::Image("a.png")],
    good: &[Part::Body("![充电器背面标签，右下角是批号](a.png)"), Part::Image("a.png")],
};

const EMPTY_WORDS: &[&str] =
    &["图片", "照片", "截图", "配图", "题图", "示意图", "产品图", "实物图", "图", "表", "如图"];

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    if passage.kind != Kind::Alt && passage.field() != Some("image.alt") {
        return;
    }
    let text = passage.text.trim();
    let words: String = text.chars().filter(|sign| !sign.is_numeric() && sign.is_alphanumeric()).collect();
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".webp"].iter().any(|end| text.to_ascii_lowercase().ends_with(end));
    if is_file || EMPTY_WORDS.contains(&words.as_str()) || text.chars().count() < 4 {
        findings
            .whole(passage, format!("图片说明“{text}”没有说图上画的是什么"))
            .hint("请写一句话，读给看不见图的人听，例如“充电器背面标签，右下角是批号”");
    }
}
