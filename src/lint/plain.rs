//! Text in its plain form: full-width letters, digits and signs as ASCII, one character for one, so that a pattern need
//! not know both. The copy is made only where something is full-width.

use std::borrow::Cow;
use std::ops::Range;

/// A text and its plain form.
pub(super) struct Plain<'a> {
    written: &'a str,
    text: Cow<'a, str>,
}

impl<'a> Plain<'a> {
    /// The plain form of a text.
    pub fn of(written: &'a str) -> Self {
        let is_plain = written.chars().all(|sign| plain(sign) == sign);
        let text = if is_plain { written.into() } else { written.chars().map(plain).collect::<String>().into() };
        Self { written, text }
    }

    /// The plain form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of the plain form stands in the text as it is written.
    pub fn written(&self, range: &Range<usize>) -> Range<usize> {
        let place = |offset: usize| match &self.text {
            Cow::Borrowed(_) => offset,
            Cow::Owned(text) => {
                let before = text.get(..offset).map_or(0, |text| text.chars().count());
                self.written.char_indices().nth(before).map_or(self.written.len(), |(offset, _)| offset)
            }
        };
        place(range.start)..place(range.end)
    }
}

fn plain(sign: char) -> char {
    match sign {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＋' | '＠' | '．' | '＿' | '＊' => {
            char::from_u32(u32::from(sign) - 0xFEE0).unwrap_or(sign)
        }
        '\u{A0}' | '\u{2000}'..='\u{200B}' | '\u{202F}' | '\u{3000}' => ' ',
        '－' | '﹣' | '‐' | '‑' | '–' | '—' | '−' => '-',
        _ => sign,
    }
}

/// Whether a text holds at least so many digits: the cheap question before any other.
pub(super) fn has_digits(text: &str, least: usize) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < least {
        return false;
    }
    let ascii = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    // `０` to `９` are EF BC 90 to EF BC 99.
    let wide = || bytes.windows(3).filter(|three| matches!(three, [0xEF, 0xBC, 0x90..=0x99])).count();
    ascii >= least || ascii + wide() >= least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_plain_form_is_found_in_what_was_written() {
        let plain = Plain::of("电话１３８－0013，乙");
        assert_eq!(plain.text(), "电话138-0013，乙");
        let start = plain.text().find("38-0").unwrap();
        assert_eq!(&"电话１３８－0013，乙"[plain.written(&(start..start + 4))], "３８－0");
        assert!(matches!(Plain::of("电话 138，乙").text, Cow::Borrowed(_)));
    }

    #[test]
    fn digits_of_both_widths_are_counted() {
        assert!(has_digits("１2３", 3) && !has_digits("１2，漏", 3) && !has_digits("", 1));
    }
}
