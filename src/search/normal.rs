//! The one form in which text and queries are compared. In: a text as people write it. Out: signs, with breaks between
//! runs of them; a word is found where its signs stand side by side in one run.
//!
//! This is the specification; `themes/default/static/search.js` mirrors it, and `tests/fixtures/search/normal.json` holds
//! cases and fingerprints that both are tested against.
//!
//! 1. Each character is brought to NFKC on its own, then to lower case. Invisible characters ([`is_invisible`]) vanish.
//! 2. White space other than spaces, control characters and sentence punctuation ([`BREAKS`]) are breaks.
//! 3. What stands between two signs `a` and `b` becomes (letter, digit: of ASCII):
//!
//! | between | two digits | two letters | letter and digit | anything else |
//! |---|---|---|---|---|
//! | spaces | break | break | nothing | nothing |
//! | one hyphen or dash | `-` | nothing | nothing | break |
//! | the same among spaces | `-` | break | break | break |
//! | one `/` | break | nothing | break | break |
//! | one `.` | `.` | `.` | `.` | break |
//! | more of these, or a break | break | break | break | break |
//!
//! So `ＧＢ　６６７５` and `gb6675` are found in `GB 6675.2—2014`, `GBT` in `GB/T`, `x1` in `X-1`, and `3.5` is not `35`.
//! Every part of a text that is cut out as a query, and then split at its spaces, is found in that text again.

use unicode_normalization::UnicodeNormalization as _;

/// Stands between runs of signs.
pub(super) const BREAK: char = '\n';

/// Sentence punctuation, in NFKC.
const BREAKS: &str = "!\"'(),:;?[\\]^`{|}~¡¿«»·‖‘’‚“”„•‥′″‹›‧、。〈〉《》「」『』【】〔〕〖〗〘〙〚〛〝〞〟・";

/// A character, or part of one, after folding.
enum Part {
    Sign(char),
    Space,
    /// `-`, `/` or `.`: what it is depends on its neighbours.
    Joint(char),
    Break,
}

/// What has been read since the last sign.
#[derive(Clone, Copy)]
enum Gap {
    None,
    Spaces,
    /// A single joint.
    Joint(char),
    /// A single hyphen among spaces.
    Dash,
    Broken,
}

/// Appends the signs of a text to those of other texts; a break keeps them apart.
pub(super) fn append(text: &str, signs: &mut Vec<char>) {
    let mut gap = Gap::Broken;
    let mut put = |part: Part| match part {
        Part::Sign(sign) => {
            if let Some(&last) = signs.last() {
                signs.extend(between(last, gap, sign));
            }
            signs.push(sign);
            gap = Gap::None;
        }
        Part::Space => gap = after_space(gap),
        Part::Joint(joint) => gap = after_joint(gap, joint),
        Part::Break => gap = Gap::Broken,
    };
    for character in text.chars() {
        fold(character, &mut put);
    }
}

fn after_space(gap: Gap) -> Gap {
    match gap {
        Gap::None | Gap::Spaces => Gap::Spaces,
        Gap::Joint('-') | Gap::Dash => Gap::Dash,
        Gap::Joint(_) | Gap::Broken => Gap::Broken,
    }
}

fn after_joint(gap: Gap, joint: char) -> Gap {
    match gap {
        Gap::None => Gap::Joint(joint),
        Gap::Spaces if joint == '-' => Gap::Dash,
        _ => Gap::Broken,
    }
}

/// What stands between two signs: the table above.
fn between(a: char, gap: Gap, b: char) -> Option<char> {
    let digits = a.is_ascii_digit() && b.is_ascii_digit();
    let letters = a.is_ascii_lowercase() && b.is_ascii_lowercase();
    let plain = a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric();
    match gap {
        Gap::None => None,
        Gap::Spaces => (digits || letters).then_some(BREAK),
        Gap::Joint('-') | Gap::Dash if digits => Some('-'),
        Gap::Joint('-') if plain => None,
        Gap::Joint('/') if letters => None,
        Gap::Joint('.') if plain => Some('.'),
        Gap::Joint(_) | Gap::Dash | Gap::Broken => Some(BREAK),
    }
}

/// Gives the parts of a character. Chinese and ASCII, nearly all there is, take no look into tables.
fn fold(character: char, put: &mut impl FnMut(Part)) {
    match character {
        '\u{3400}'..='\u{9FFF}' => put(Part::Sign(character)),
        '，' | '。' | '、' | '；' | '：' => put(Part::Break),
        _ if character.is_ascii() => put(part(character.to_ascii_lowercase())),
        _ if is_invisible(character) => {}
        _ => std::iter::once(character).nfkc().flat_map(char::to_lowercase).for_each(|sign| put(part(sign))),
    }
}

fn part(sign: char) -> Part {
    match sign {
        'a'..='z' | '0'..='9' => Part::Sign(sign),
        ' ' => Part::Space,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Part::Joint('-'),
        '/' | '\u{2044}' | '\u{2215}' => Part::Joint('/'),
        '.' => Part::Joint('.'),
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' => Part::Break,
        _ if BREAKS.contains(sign) => Part::Break,
        _ => Part::Sign(sign),
    }
}

/// What nobody sees and copying brings along: soft hyphens, zero-width and directional signs, variation selectors.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;
    use std::fmt::Write as _;

    const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/search/normal.json");

    fn normal(text: &str) -> String {
        let mut signs = Vec::new();
        append(text, &mut signs);
        signs.into_iter().collect()
    }

    /// FNV-1a over the normal forms of all characters of a block of 128, each between two others.
    fn fingerprint(block: u32) -> String {
        let characters = (block * 128..block * 128 + 128).filter_map(char::from_u32);
        let mut hash = 0x811c_9dc5_u32;
        for sign in characters.flat_map(|character| normal(&format!("甲{character}1")).chars().collect::<Vec<_>>()) {
            hash = (hash ^ u32::from(sign)).wrapping_mul(0x0100_0193);
        }
        let mut hex = String::new();
        write!(hex, "{hash:08x}").unwrap();
        hex
    }

    #[test]
    fn the_shared_table_holds() {
        let mut table: Value = serde_json::from_slice(&std::fs::read(TABLE).unwrap()).unwrap();
        for case in table["cases"].as_array().unwrap() {
            let [text, expected] = [&case[0], &case[1]].map(|part| part.as_str().unwrap());
            assert_eq!(normal(text), expected, "{text:?}");
        }
        let blocks = table["blocks"].as_object_mut().unwrap();
        let update = std::env::var_os("UPDATE_NORMAL").is_some();
        for (block, expected) in blocks.iter_mut() {
            let found = fingerprint(u32::from_str_radix(block, 16).unwrap());
            assert!(update || *expected == found, "block {block}: UPDATE_NORMAL=1 writes the table anew");
            *expected = Value::String(found);
        }
        if update {
            let cases: Vec<String> = table["cases"].as_array().unwrap().iter().map(Value::to_string).collect();
            let text = format!("{{\"cases\": [\n{}\n],\n\"blocks\": {}}}\n", cases.join(",\n"), table["blocks"]);
            std::fs::write(TABLE, text).unwrap();
        }
    }

    proptest! {
        #[test]
        fn what_is_cut_out_of_a_text_is_found_in_it(
            text in "[甲乙a-cA1-3 　./，—\\-ＡｂⅡ㎏℃\u{200b}\n]{0,24}", from in 0_usize..24, length in 1_usize..24,
        ) {
            let whole = normal(&text);
            let cut: String = text.chars().skip(from).take(length).collect();
            for word in cut.split_whitespace() {
                for run in normal(word).split(BREAK) {
                    prop_assert!(whole.contains(run), "{run:?} in {whole:?}");
                }
            }
        }

        #[test]
        fn runs_are_never_empty(text in "\\PC{0,40}") {
            let signs = normal(&text);
            prop_assert!(signs.is_empty() || signs.split(BREAK).all(|run| !run.is_empty()), "{signs:?}");
        }
    }
}
