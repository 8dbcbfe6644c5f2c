//! Which characters count as Chinese, Japanese or Korean for emphasis, after the CJK-friendly amendments to CommonMark
//! (commonmark-spec#650): East Asian Width W, F or H without emoji presentation, and Hangul.
//!
//! Wider than `text::is_cjk`, which speaks of Chinese only. Gaps of unassigned characters are closed: nobody types them.

use std::cmp::Ordering;

/// The first and last character of each range, ascending.
const WIDE: &[(u32, u32)] = &[
    (0x1100, 0x11FF),
    (0x20A9, 0x20A9),
    (0x2329, 0x232A),
    (0x2630, 0x2637),
    (0x268A, 0x268F),
    (0x2E80, 0x303E),
    (0x3041, 0x3247),
    (0x3250, 0xA4CF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE19),
    (0xFE30, 0xFE6F),
    (0xFF01, 0xFFEE),
    (0x16FE0, 0x16FFF),
    (0x17000, 0x19FFF),
    (0x1AFF0, 0x1B2FF),
    (0x1D300, 0x1D37F),
    (0x1F1AE, 0x1F1AE),
    (0x1F200, 0x1F200),
    (0x1F202, 0x1F202),
    (0x1F210, 0x1F219),
    (0x1F21B, 0x1F22E),
    (0x1F230, 0x1F231),
    (0x1F237, 0x1F237),
    (0x1F23B, 0x1F23B),
    (0x1F240, 0x1F248),
    (0x1F260, 0x1F265),
    (0x1F7DA, 0x1F7DA),
    (0x20000, 0x3FFFD),
];

/// Whether a character is wide.
pub(super) fn is_wide(character: char) -> bool {
    let code = u32::from(character);
    let place = |&(first, last): &(u32, u32)| match code {
        _ if last < code => Ordering::Less,
        _ if first > code => Ordering::Greater,
        _ => Ordering::Equal,
    };
    code >= 0x1100 && WIDE.binary_search_by(place).is_ok()
}

/// Whether a character is a variation selector of general use, the one for emoji apart: it belongs to the character
/// before it, which decides.
pub(super) fn is_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0E}')
}

/// Whether a character is an ideographic variation selector: it stands after Han characters only.
pub(super) fn is_ideographic_selector(character: char) -> bool {
    matches!(character, '\u{E0100}'..='\u{E01EF}')
}

/// Whether a selector after this character asks for its full-width form (“ ” ‘ ’ and U+FE01).
pub(super) fn is_full_width_quote(character: char, selector: char) -> bool {
    selector == '\u{FE01}' && matches!(character, '‘' | '’' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_ascend() {
        assert!(WIDE.iter().all(|(first, last)| first <= last));
        assert!(WIDE.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn chinese_kana_and_hangul_are_wide_and_emoji_are_not() {
        assert!("警，。「（あカ한〽㊗𠮟𰻞！￥".chars().all(is_wide));
        assert!(!"aé“”…—·é⚠😀🈁¥".chars().any(is_wide));
    }
}
