//! `secret-mark`: marks of secrecy and of internal papers.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope};
use crate::diag::Severity;
use crate::passage::{Kind, Passage};
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "secret-mark",
    title: "带着密级、内部资料等标志",
    severity: Severity::Error,
    what: "作标志用的密级和发放范围：“机密★10年”“密级：秘密”，单独成段、单独成格、加括号或写在文件名里的“绝密”“机密”“秘密”“内部资料”“内部文件”“内部使用”“注意保存”“不予公开”“依申请公开”“此件不公开”，“公开属性：依申请公开”，“仅供内部使用”“内部资料，注意保存”，“此件不得外传”“未经批准不得外传”。句子里说到国家秘密、商业秘密、内部短路、内部结构、注意保存凭证、验证码不得外传的不算。",
    why: "涉密的、内部的、不予公开的文件不能上网（《政府信息公开条例》第十四条、第十六条），政府网站泄密是检查中的单项否决；带着标志的，可能整篇都不该发。",
    how: "先停下来，查清这份材料能不能公开；能公开的，删去标志，由审核的人确认。",
    check: Check::Passage(check),
    bad: &[Part::Body("机密★10年")],
    good: &[Part::Body("监管人员应当保守商业秘密；电池内部短路会起火，请注意保存购物凭证。")],
};

/// What is a mark where nothing else stands beside it.
const MARKS: [&str; 19] = [
    "绝密",
    "机密",
    "秘密",
    "内部资料",
    "内部材料",
    "内部文件",
    "内部使用",
    "内部传阅",
    "内部参考",
    "仅供内部使用",
    "仅供内部参考",
    "仅限内部使用",
    "注意保存",
    "注意保密",
    "不予公开",
    "不公开",
    "依申请公开",
    "不得外传",
    "请勿外传",
];

static PHRASE: Pattern = Pattern::new(|| {
    pattern(concat!(
        r"(?:绝密|机密|秘密)[ 　]*[★☆]",
        r"|密级[：: 　]*(?:绝密|机密|秘密|内部)",
        r"|公开(?:属性|方式|类别|形式|选项)[：: 　]*(?:依申请公开|不予公开|不公开)",
        r"|(?:仅供|仅限)(?:单位|系统|本?局)?内部(?:使用|传阅|参考|掌握)",
        r"|内部(?:资料|材料|文件)[，,、 　]*(?:注意保[存密]|妥善保[管存]|请勿|不得|严禁|仅供)",
        r"|(?:此件|本件|本文件|本资料|本材料|内部资料|内部文件)[^。；！？]{0,8}?(?:不得|严禁|禁止|请勿|不予|不)(?:外传|扩散|翻印|公开|对外)",
        r"|未经(?:批准|许可|同意)，?(?:不得|严禁|禁止|请勿)(?:外传|扩散)",
    ))
});
static BRACKETS: Pattern = Pattern::new(|| pattern(r"[（(【\[〔]([^（(【\[〔）)】\]〕]{2,16})[）)】\]〕]"));

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    let text = passage.text.as_str();
    if !text.contains(['密', '内', '外', '公', '保']) {
        return;
    }
    if let Some(range) = mark(passage) {
        let message = format!("有“{}”的标志", text.get(range.clone()).unwrap_or_default());
        findings.mark(passage, range, message).hint("请先查清这份材料能不能公开；能公开的，删去标志");
    }
}

fn mark(passage: &Passage) -> Option<Range<usize>> {
    let text = passage.text.as_str();
    if let Some(found) = PHRASE.find(text) {
        return Some(found.range());
    }
    if passage.kind == Kind::FileName {
        return named(text);
    }
    if is_mark(text) {
        return Some(0..text.len());
    }
    let in_brackets = BRACKETS.captures_iter(text).filter_map(|found| found.get(1));
    in_brackets.map(|inner| inner.range()).find(|range| is_mark(&text[range.clone()]))
}

/// Whether a text is made of marks, and of nothing else.
fn is_mark(text: &str) -> bool {
    let bare = text.trim_matches(|sign: char| !sign.is_alphanumeric());
    let bare = ["此件", "本件"].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
    let parts = bare.split(['，', ',', '、', ' ', '\u{3000}', '；', '·', '-', '－']);
    // Printed heads set a mark wide: 机 密.
    let close: String = bare.chars().filter(|sign| !matches!(sign, ' ' | '\u{3000}')).collect();
    MARKS.contains(&close.as_str())
        || (!bare.is_empty() && parts.filter(|part| !part.is_empty()).all(|part| MARKS.contains(&part)))
}

/// The mark in the name of a file.
fn named(path: &str) -> Option<Range<usize>> {
    let is_name =
        |part: &str| part == "内部" || is_mark(part) || ["绝密", "机密"].iter().any(|mark| part.starts_with(mark));
    let found = path
        .split(['/', '.', '-', '_', '－', ' ', '（', '）', '(', ')', '【', '】', '[', ']'])
        .find(|part| is_name(part))?;
    let start = found.as_ptr() as usize - path.as_ptr() as usize;
    Some(start..start + found.len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{marked, marked_in};
    use super::*;

    #[test]
    fn marks_are_found() {
        for (text, mark) in [
            ("机密★10年", "机密★"),
            ("机　密", "机　密"),
            ("【内 部 资 料】", "【内 部 资 料】"),
            ("秘密 ☆ 6个月", "秘密 ☆"),
            ("密级：秘密", "密级：秘密"),
            ("绝密", "绝密"),
            ("**秘密：**", ""),
            ("内部资料 注意保存", "内部资料 注意保存"),
            ("本通报为内部资料，注意保存。", "内部资料，注意保存"),
            ("全文完。（此件依申请公开）", "此件依申请公开"),
            ("关于抽查的通报【内部文件】", "内部文件"),
            ("公开属性：不予公开", "公开属性：不予公开"),
            ("名单仅供内部使用。", "仅供内部使用"),
            ("本件未经批准不得外传。", ""),
            ("未经批准，不得外传", "未经批准，不得外传"),
            ("此件不公开", "此件不公开"),
            ("## 内部资料", "内部资料"),
        ] {
            let found = marked(&RULE, text);
            assert!(found.len() == 1 && (mark.is_empty() || found == [mark]), "{text}: {found:?}");
        }
        assert_eq!(marked(&RULE, "| 密级 | 内容 |\n|---|---|\n| 机密 | 甲 |"), ["机密"]);
        for name in ["内部资料.xlsx", "名单（内部）.xlsx", "机密-名单.docx", "附件_依申请公开.pdf"]
        {
            assert_eq!(marked_in(&RULE, &[Part::File(name, "")]).len(), 1, "{name}");
        }
    }

    #[test]
    fn mentions_pass() {
        for text in [
            "电池内部短路，内部结构见图",
            "应当保守国家秘密、商业秘密和个人隐私",
            "侵犯商业秘密的，依法处理",
            "请注意保存购物凭证",
            "可依法申请公开有关信息",
            "依申请公开的受理机构是办公室",
            "投诉人的信息不予公开",
            "验证码不得外传，密码请勿外传",
            "（内部）接线已断",
            "内部使用阻燃材料",
            "仅限汽车内部使用的充电器",
            "此件公开发布",
            "不法分子谎称有内部资料",
            "装有机密部件",
            "公开方式：主动公开",
            "检验报告未经批准不得复制",
        ] {
            assert_eq!(marked(&RULE, text), [""; 0], "{text}");
        }
        for name in ["内部短路.png", "电池内部.jpg", "商业秘密保护.pdf", "内部结构-1.png"] {
            assert_eq!(marked_in(&RULE, &[Part::File(name, "")]), [""; 0], "{name}");
        }
    }
}
