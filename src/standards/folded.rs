//! A text made comparable: what looks alike becomes one sign, and every sign knows its byte.

/// A text as signs that compare: full-width letters and digits made half-width, the many dashes and slashes made one.
pub(super) struct Folded {
    /// One sign for each character.
    pub signs: Vec<char>,
    /// The byte at which each begins, and the length of the text.
    pub offsets: Vec<usize>,
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        let offsets = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        Self { signs: text.chars().map(fold).collect(), offsets }
    }
}

fn fold(sign: char) -> char {
    match sign {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' | '．' | '＿' => {
            char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign)
        }
        '\u{A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => ' ',
        '‐' | '‑' | '－' | '﹣' => '-',
        '‒' | '–' | '―' | '−' | '─' => '—',
        '／' | '∕' | '⁄' => '/',
        '～' | '〜' => '~',
        _ => sign,
    }
}

/// Whether a sign continues a word of letters and digits.
pub(super) fn is_word(sign: char) -> bool {
    sign.is_ascii_alphanumeric()
}
