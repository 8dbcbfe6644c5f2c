//! `origin-missing`: texts that say themselves that they come from elsewhere, and have no `origin`.

use super::pattern::{Pattern, pattern};
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use crate::diag::Severity;
use crate::passage::{Kind, Passage};
use std::ops::Range;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "origin-missing",
    title: "文中写着转载，却没有填来源",
    severity: Severity::Warning,
    what: "正文第一段的开头或最后一段的末尾写着“转载自……”“转自……”“来源：……”或“据……网站消息”，后面是机关、媒体或协会的名称，而来源（origin）没有填。写的是本单位的不报；数据来源、图片来源、脚注不报。",
    why: "国办发〔2017〕47号要求转载的注明来源；填了来源，页面和订阅才会写明转载和原发布日期。",
    how: "在信息栏里填来源（origin）：机构、网址、日期；不是转载的，改掉这句话。",
    check: Check::Notice(check),
    bad: &[Part::Body("（来源：山西省市场监督管理局）")],
    good: &[
        Part::Body("（来源：山西省市场监督管理局）"),
        Part::Front("origin: {source: 山西省市场监督管理局, date: 2026-03-05}"),
    ],
};

/// How a text says where it comes from; the name of who wrote it is the first group.
const SAYS: &str = r"(?:本文|本信息|内容|以上内容|文章|稿件|信息|原文)?(?:(?:转自|转载自|摘自|摘编自|转载于)[：:]?|(?:转载|来源)[：:])[ 　]*[“《]?([^，。；：、（）()《》“”]{1,28}(?:局|委|部|署|会|办|院|所|中心|网|报|社|台|号|”(?:微信)?公众号))[”》]?(?:官网|网站)?";
static OPENS: Pattern = Pattern::new(|| pattern(&format!("^[（(【]?{SAYS}(?:$|[，。；、 　）)】])")));
static CLOSES: Pattern = Pattern::new(|| pattern(&format!("(?:^|[。！？” 　（(【]){SAYS}[）)】]?[。.]?$")));
/// `据市场监管总局网站消息，`: how a reposted piece of news begins.
static NEWS: Pattern = Pattern::new(|| {
    pattern(
        r"^据([^，。；：、]{2,24}(?:局|委|部|署|会|网|报|社|台))(?:的?(?:官网|网站|官方网站|官微|微信公众号|公众号))?(?:[0-9 ]+月[0-9 ]+日)?消息[，,：:]",
    )
});

/// How many footnotes are passed over before the text.
const NOTES: usize = 100;

fn check(subject: &Subject<'_>, scope: &Scope<'_>, findings: &mut Findings) {
    let Some(manuscript) = subject.manuscript().filter(|manuscript| manuscript.notice.origin.is_none()) else { return };
    let paragraphs = || subject.study.passages.iter().filter(|passage| passage.kind == Kind::Paragraph);
    let first = paragraphs().take(NOTES).find(|passage| !is_footnote(subject, passage));
    let last = || paragraphs().rev().take(NOTES).find(|passage| !is_footnote(subject, passage));
    let found = first
        .and_then(|passage| [&OPENS, &NEWS].iter().find_map(|pattern| source(passage, pattern, scope)))
        .or_else(|| last().and_then(|passage| source(passage, &CLOSES, scope)));
    let Some((passage, at, name)) = found else { return };
    findings
        .mark(passage, at, format!("这里说内容来自“{name}”，信息栏里没有填来源（origin）"))
        .hint(format!("请填写 origin：机构 {name}，以及原文的网址和日期"))
        .fact(format!("“{}”将按本单位的信息发布", manuscript.notice.title));
}

fn source<'a>(
    passage: &'a Passage,
    pattern: &Pattern,
    scope: &Scope<'_>,
) -> Option<(&'a Passage, Range<usize>, &'a str)> {
    let name = pattern.captures(&passage.text)?.get(1)?;
    let own = &scope.config.bureau.name;
    let is_own = ["本局", "我局", "本站", "本网", "本单位"].contains(&name.as_str())
        || own == name.as_str()
        || own.ends_with(name.as_str());
    let is_channel = ["举报", "通报", "社会"].iter().any(|word| name.as_str().ends_with(word));
    (!is_own && !is_channel).then(|| (passage, name.range(), name.as_str()))
}

/// A footnote says where a fact comes from, not the text.
fn is_footnote(subject: &Subject<'_>, passage: &Passage) -> bool {
    let index = subject.bundle.index.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let start: String = passage.text.chars().take(8).collect();
    index.contains("[^") && index.lines().any(|line| line.starts_with("[^") && line.contains(&start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::Trial;

    /// The codes found in a notice with this whole body.
    fn found(body: &'static str) -> bool {
        Trial::of(&[Part::OnlyBody(body)]).run().diagnostics.iter().any(|found| found.code.id() == RULE.code)
    }

    #[test]
    fn what_says_that_it_is_reposted_is_found() {
        for body in [
            "转载自国家市场监督管理总局。\n\n正文。",
            "本文转自中国消费者报\n\n正文。",
            "来源：山西省市场监督管理局\n\n正文。",
            "据市场监管总局网站消息，某地发生事故。\n\n正文。",
            "据新华社消息：某地发生事故。\n\n正文。",
            "正文。\n\n（来源：中国消费者协会）",
            "正文。\n\n文章来源：忻州市市场监督管理局官网",
            "开头。\n\n正文说完了。（转载自“山西市场监管”微信公众号）",
            "正文。\n\n摘自《中国质量报》",
        ] {
            assert!(found(body), "{body}");
        }
    }

    #[test]
    fn sources_of_facts_and_own_texts_pass() {
        for body in [
            "据市场监管总局发布的召回公告，甲公司召回一批产品。\n\n正文。",
            "正文。\n\n数据来源：国家药品监督管理局",
            "正文。\n\n（图片来源：某某网）",
            "正文。\n\n来源：示例局",
            "正文。\n\n信息来源：本局",
            "正文。\n\n信息来源：消费者投诉举报。",
            "来源：政府部门社会组织通报，网络媒体报道。\n\n正文。",
            "热量来源于电池内部。\n\n正文。",
            "正文。\n\n来源不明的产品不要买，到正规网店去买，看有没有证。",
            "正文[^1]。\n\n[^1]: 来源：国家市场监督管理总局",
            "不要转载自媒体的谣言。\n\n正文。",
            "开头。\n\n转自甲局的消息不实。\n\n结尾。",
            "据统计局测算，人数增加。\n\n正文。",
        ] {
            assert!(!found(body), "{body}");
        }
    }
}
