//! The `check` section of `site.yaml`: how grave a rule is here, which words are wrong, and what may stand in a notice.

use super::read::{FILE, wrong};
use crate::diag::{Diagnostic, Located, Severity};
use crate::yaml::{Fields, Key, Node};

/// What the check is to do otherwise than by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckRules {
    /// Rules that are raised, lowered or switched off, by their codes.
    pub levels: Vec<(Located<String>, Level)>,
    /// Numbers and addresses that look personal and may be published, as they are written.
    pub allow: Vec<String>,
    /// 错敏词, beside those that are built in.
    pub words: Vec<WrongWord>,
    /// Abbreviations that need no explanation, beside those that are built in.
    pub abbreviations: Vec<String>,
    /// Hosts that are reached by https only, beside those that are built in; their sub-domains too.
    pub https_hosts: Vec<String>,
    /// After how many days without a publication a column is stale; none: as its kind demands.
    pub stale_days: Option<u32>,
}

/// How grave the findings of a rule are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not looked for.
    Off,
    /// As grave as this.
    On(Severity),
}

impl Level {
    const WORDS: [(&'static str, &'static str, Self); 4] = [
        ("关", "off", Self::Off),
        ("说明", "note", Self::On(Severity::Note)),
        ("提醒", "warning", Self::On(Severity::Warning)),
        ("错误", "error", Self::On(Severity::Error)),
    ];

    fn parse(text: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(zh, en, _)| *zh == text || *en == text).map(|(.., level)| *level)
    }
}

/// A word that must not be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongWord {
    /// The word.
    pub word: String,
    /// What to write instead; may be empty.
    pub instead: String,
}

pub(super) const CHECK: &[Key] = &[
    Key::new("rules", "规则", "调整某条规则的轻重，或关掉它"),
    Key::new("allow", "允许", "可以公开的号码、邮箱和地址，照原样写"),
    Key::new("words", "错敏词", "不能出现的词，以及应当改用的词"),
    Key::new("abbreviations", "缩略语", "不必解释的缩略语"),
    Key::new("https_hosts", "加密网站", "只用 https 的网站"),
    Key::new("stale_days", "更新期限", "栏目最多多少天不更新"),
];
pub(super) const RULE: &[Key] =
    &[Key::new("rule", "规则", "规则的代码"), Key::new("level", "级别", "错误、提醒、说明 或 关")];
pub(super) const WORD: &[Key] =
    &[Key::new("word", "词", "不能出现的词"), Key::new("use", "改用", "应当改用的词，可不填")];

/// Reads the section.
pub(super) fn check(mut fields: Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> CheckRules {
    let levels = fields.list("rules").into_iter().filter_map(|node| level(node, diagnostics)).collect();
    let words = fields.list("words").into_iter().filter_map(|node| word(node, diagnostics)).collect();
    let mut texts = |name| fields.texts(name).into_iter().map(|text| text.value).collect();
    let (allow, abbreviations, https_hosts) = (texts("allow"), texts("abbreviations"), texts("https_hosts"));
    let stale_days = fields.number("stale_days").map(|days| days.value);
    diagnostics.extend(fields.finish());
    CheckRules { levels, allow, words, abbreviations, https_hosts, stale_days }
}

fn level(node: Node, diagnostics: &mut Vec<Diagnostic>) -> Option<(Located<String>, Level)> {
    let mut inner = Fields::open(FILE, node, RULE);
    let rule = inner.required_text("rule", "规则");
    let typed = inner.required_text("level", "级别");
    diagnostics.extend(inner.finish());
    let typed = typed?;
    let level = Level::parse(&typed.value);
    if level.is_none() {
        let words = Level::WORDS.map(|(zh, ..)| zh).join("、");
        diagnostics
            .push(wrong(typed.at, format!("没有“{}”这个级别", typed.value)).hint(format!("可用的级别：{words}")));
    }
    Some((rule?, level?))
}

fn word(node: Node, diagnostics: &mut Vec<Diagnostic>) -> Option<WrongWord> {
    let mut inner = Fields::open(FILE, node, WORD);
    let word = inner.required_text("word", "词");
    let instead = inner.text("use").map(|text| text.value).unwrap_or_default();
    diagnostics.extend(inner.finish());
    Some(WrongWord { word: word?.value, instead })
}
