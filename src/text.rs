//! Text as Chinese readers and clerks know it: which characters are Chinese, where a sentence ends, what was probably
//! meant by a mistyped word, what may be shown in a terminal, and which text old bytes are.

use std::fmt::Write as _;

/// Whether a character is Chinese text or Chinese punctuation: no space stands before or after it at a line break.
pub fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{2FDF}' | '\u{2FF0}'..='\u{303F}' | '\u{3041}'..='\u{30FF}' | '\u{3100}'..='\u{312F}'
        | '\u{31A0}'..='\u{31BF}' | '\u{31C0}'..='\u{31EF}' | '\u{3200}'..='\u{33FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{3FFFD}')
}

/// Shortens plain text to at most `limit` characters, at the end of a sentence (。！？) where there is one in the second
/// half, else with an ellipsis.
pub fn excerpt(text: &str, limit: usize) -> String {
    let characters: Vec<char> = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    if characters.len() <= limit {
        return characters.into_iter().collect();
    }
    let head = &characters[..limit];
    match head.iter().rposition(|character| matches!(character, '。' | '！' | '？')) {
        Some(end) if end >= limit / 2 => head[..=end].iter().collect(),
        _ => head[..limit.saturating_sub(1)].iter().chain(&['…']).collect(),
    }
}

/// The most bytes of what may be a mistyped word: comparing takes time and memory by the product of the lengths.
const LONGEST_WORD: usize = 200;

/// The candidate that was probably meant by a mistyped word, if one is near enough.
pub fn suggest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if typed.len() > LONGEST_WORD {
        return None;
    }
    let length = typed.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST_WORD)
        .map(|candidate| (strsim::damerau_levenshtein(typed, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= (length.max(candidate.chars().count()) / 3).max(1) && *distance < length
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether XML 1.0 allows a character. Others are refused in content, since no feed could carry them.
pub fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// Whether a character is invisible and changes what a reader sees: control and bidirectional formatting characters.
pub fn is_deceptive(character: char) -> bool {
    (character.is_control() && !matches!(character, '\t' | '\n' | '\r'))
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{061C}')
}

/// Makes text from outside safe to print: deceptive characters become visible escapes, line breaks stay.
pub fn printable(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if is_deceptive(character) || character == '\r' {
            // Writing to a String cannot fail.
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Bytes that are UTF-8, as text. Several times as fast as the standard library on Chinese, of which a build reads each
/// narrative about ten times; it does not say where the first wrong byte is.
pub fn utf8(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

/// Bytes as text: by their byte order mark, else UTF-8 if they are, else GB 18030, the encoding of older Chinese files.
/// What is in neither becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> String {
    let encoding = if utf8(bytes).is_some() { encoding_rs::UTF_8 } else { encoding_rs::GB18030 };
    encoding.decode(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpt_ends_with_a_sentence_where_it_can() {
        assert_eq!(excerpt("先停用。再核对型号和批号。", 10), "先停用。再核对型号…");
        assert_eq!(excerpt("请先停止使用。再核对型号和批号。", 10), "请先停止使用。");
        assert_eq!(excerpt("短", 10), "短");
    }

    #[test]
    fn suggestion_needs_to_be_near() {
        assert_eq!(suggest("levle", ["level", "title"]), Some("level"));
        assert_eq!(suggest("risk_levle", ["risk_level", "title"]), Some("risk_level"));
        assert_eq!(suggest("摘耍", ["摘要", "标题"]), Some("摘要"));
        assert_eq!(suggest("完全不同", ["摘要", "标题"]), None);
    }

    #[test]
    fn deceptive_characters_become_visible() {
        assert_eq!(printable("a\u{202e}b\u{1b}[0m"), "a\\u{202e}b\\u{1b}[0m");
    }

    #[test]
    fn old_chinese_bytes_are_text() {
        assert_eq!(decode("示例".as_bytes()), "示例");
        assert_eq!(decode(b"\xef\xbb\xbf\xe7\xa4\xba"), "示");
        assert_eq!(decode(b"\xca\xbe\xc0\xfd"), "示例");
        assert_eq!(decode(b"\xff\xfe\x3a\x79"), "示");
        assert_eq!(decode(b"\xff"), "\u{fffd}");
    }
}
