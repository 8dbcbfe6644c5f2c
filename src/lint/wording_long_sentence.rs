//! `wording-long-sentence`: sentences that a reader loses the thread of.

use super::rule::{Check, Findings, Part, Rule, Scope};
use super::sentence::{length, sentences};
use crate::diag::Severity;
use crate::passage::{Kind, Passage};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "wording-long-sentence",
    title: "句子超过 60 字",
    severity: Severity::Warning,
    what: "正文段落、摘要和变更说明里超过 60 字的句子。数法和文字处理软件的字数差不多：一个汉字、一个标点算一字，一个数、一个英文词算一字，空格不算。句号、叹号、问号、分号都算一句的结尾。冒号后面照引的原话不算在内。列表、表格、标题不查。",
    why: "读的人多半在手机上看，老年人多；一句话太长，读到后面忘了前面，要紧的话埋在中间。分号隔开的各句可以分开读，所以分号也算结尾。",
    how: "一句只说一件事：从提示里说的地方断开，或者改成列表。",
    check: Check::Passage(check),
    bad: &[Part::Body(
        "电池充满以后保护电路应当马上切断，如果保护失灵，电池就会被继续硬充，里面发热、产气、鼓胀，随后冒烟、喷火，这个过程只要几分钟，人往往来不及反应，周围的床单、沙发也会跟着烧起来。",
    )],
    good: &[Part::Body(
        "电池充满以后，保护电路应当马上切断。保护失灵，电池就会被继续硬充，里面发热、产气、鼓胀。随后冒烟、喷火，只要几分钟。",
    )],
};

const LIMIT: usize = 60;

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    let is_meant = match &passage.kind {
        Kind::Paragraph => true,
        Kind::Field(keys) => matches!(keys.as_str(), "summary" | "change.what" | "change.why"),
        _ => false,
    };
    // Three bytes a character, or one: a shorter text cannot be too long.
    if !is_meant || passage.text.len() <= LIMIT {
        return;
    }
    for sentence in sentences(&passage.text) {
        let words = &passage.text[sentence.clone()];
        let counted = length(words);
        if counted <= LIMIT || counted - length(quotation(words)) <= LIMIT {
            continue;
        }
        let finding = findings.mark(passage, sentence, format!("这句话有 {counted} 字，超过 {LIMIT} 字"));
        match break_after(words, '，') {
            Some(words) => finding.hint(format!("可以在“{words}，”后面断成两句")),
            None => finding.hint("请改成几个短句，或改成列表"),
        };
    }
}

/// What is quoted behind a colon: words of a law cannot be made shorter.
fn quotation(sentence: &str) -> &str {
    let quoted = sentence.split_once("：“").and_then(|(_, rest)| rest.rsplit_once('”'));
    quoted.map_or("", |(words, _)| words)
}

/// The words before the pause nearest to the middle of a text.
pub(super) fn break_after(text: &str, pause: char) -> Option<String> {
    let middle = text.len() / 2;
    let (at, _) = text.match_indices(pause).min_by_key(|(at, _)| at.abs_diff(middle))?;
    let before: Vec<char> = text[..at].chars().rev().take(6).collect();
    Some(before.into_iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::marked_in;

    fn lengths(body: &str) -> usize {
        let body: &'static str = Box::leak(body.to_owned().into_boxed_str());
        marked_in(&RULE, &[Part::Body(body)]).len()
    }

    #[test]
    fn only_sentences_of_running_text_beyond_the_limit_are_found() {
        let ten = "一二三四五六七八九十";
        let long = format!("{}甲", ten.repeat(6));
        for body in [
            format!("{long}。"),
            format!("短句。{long}"),
            format!("{}，{}。", ten.repeat(3), ten.repeat(3)),
            format!("{}“{ten}”", ten.repeat(5)),
            format!("> {long}。"),
            format!("{}12315号，{ten}", ten.repeat(5)),
            format!("**{}**{}", ten.repeat(4), ten.repeat(3)),
            format!("{long}\n{long}。"),
        ] {
            assert_eq!(lengths(&body), 1, "{body}");
        }
        for body in [
            format!("{}。", &long[..59 * 3]),
            format!("{}；{}。", ten.repeat(5), ten.repeat(5)),
            format!("{}！{}？", ten.repeat(5), ten.repeat(5)),
            format!("规定：“{}，{}。”", ten.repeat(5), ten.repeat(3)),
            format!("- {long}。"),
            format!("1. {long}。"),
            format!("## {long}"),
            format!("|{ten}|\n|-|\n|{long}|"),
            format!("{} GB 31241-2022 20000mAh 240mm×90mm", ten.repeat(5)),
            format!("{}。”{}。", ten.repeat(5), ten.repeat(5)),
        ] {
            assert_eq!(lengths(&body), 0, "{body}");
        }
    }

    #[test]
    fn the_break_nearest_to_the_middle_is_named() {
        assert_eq!(break_after("一二三四五六七，八九十，甲", '，').unwrap(), "二三四五六七");
        assert_eq!(break_after("没有停顿", '，'), None);
    }
}
