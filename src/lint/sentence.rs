//! Sentences: where one ends, how long it is, and what surrounds a word in it.

use crate::text::is_cjk;
use std::ops::Range;

/// Signs at which a reader may stop.
const ENDS: [char; 4] = ['。', '！', '？', '；'];
/// Signs that belong to the sentence before them.
const CLOSING: [char; 8] = ['。', '！', '？', '”', '’', '）', '》', '」'];
/// Signs between the parts of a sentence.
const PAUSES: [char; 8] = ['，', '。', '！', '？', '；', '：', ',', ';'];

/// The sentences of a text, each with its closing signs. A semicolon ends a sentence.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    split(text, &ENDS)
}

/// The sentences of a text, with what follows a semicolon.
pub(super) fn full_sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    split(text, &ENDS[..3])
}

fn split<'a>(text: &'a str, ends: &'static [char]) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = rest.find(ends).map_or(rest.len(), |at| {
            let after = rest[at..].chars().next().map_or(0, char::len_utf8);
            let tail = &rest[at + after..];
            rest.len() - tail.trim_start_matches(CLOSING).len()
        });
        let sentence = start..start + end;
        start = sentence.end;
        Some(sentence)
    })
}

/// The sentence in which a byte of the text stands.
pub(super) fn around(text: &str, at: usize) -> &str {
    sentences(text).find(|sentence| sentence.contains(&at)).map_or(text, |sentence| &text[sentence])
}

/// What stands before a byte since the last pause.
pub(super) fn lead(text: &str, at: usize) -> &str {
    text[..at].rsplit(PAUSES).next().unwrap_or_default()
}

/// The number of characters as a word processor counts them: a Chinese character or sign is one, a number or Latin word
/// with its unit is one, spaces are none.
pub(super) fn length(text: &str) -> usize {
    let mut in_word = false;
    let mut count = 0;
    for sign in text.chars() {
        let of_word = !is_cjk(sign) && !sign.is_whitespace() && !is_sign(sign);
        let goes_on = of_word && in_word;
        count += usize::from(!goes_on && !sign.is_whitespace());
        in_word = of_word;
    }
    count
}

/// Signs of Chinese text that Unicode keeps with the general punctuation: quotation marks, dashes, ellipses.
fn is_sign(sign: char) -> bool {
    matches!(sign, '\u{2010}'..='\u{2027}' | '·')
}

/// Whether a byte of the text stands between “ and ”.
pub(super) fn is_quoted(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let opened = before.rfind('“').is_some_and(|open| before.rfind('”').is_none_or(|close| close < open));
    opened && after.find('”').is_some_and(|close| after.find('“').is_none_or(|open| close < open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_keeps_its_closing_signs() {
        let text = "甲说：“先停用。”再看；最后（乙。）丙";
        let parts: Vec<&str> = sentences(text).map(|range| &text[range]).collect();
        assert_eq!(parts, ["甲说：“先停用。”", "再看；", "最后（乙。）", "丙"]);
        assert_eq!(full_sentences(text).count(), 3);
        assert_eq!((around(text, text.find('看').unwrap()), lead(text, text.find('停').unwrap())), ("再看；", "“先"));
    }

    #[test]
    fn numbers_and_latin_words_count_as_one() {
        assert_eq!(length("按 GB/T 28004.2-2021 检测，65℃ 下 2.5mm² 合格。"), 12);
        assert_eq!(length("“甲”——乙……"), 8);
    }

    #[test]
    fn quoted_words_stand_between_quotation_marks() {
        let text = "“甲”乙“丙”";
        let quoted = |word: &str| is_quoted(text, text.find(word).unwrap());
        assert_eq!((quoted("甲"), quoted("乙"), quoted("丙")), (true, false, true));
    }
}
