//! The one form in which names, models, batches and makers are compared.
//!
//! In: a text as it is printed on a product, typed by a reader or written in a notice. Out: its letters and digits.
//! `themes/default/static/lookup-form.js` says the same in the browser; `tests/fixtures/lookup/forms.json` holds both to it.
//!
//! 1. NFKC (full-width is half-width, `Ⅱ` is `II`, `㎡` is `m2`), capitals, every dash is `-`.
//! 2. A leading word for what follows is left out: `批号：C14` is `C14`. See [`LABELS`].
//! 3. A date is digits: `2024年3月5日`, `2024-3-5`, `2024.03.05` are `20240305`, `2024年3月` is `202403`.
//! 4. What is neither letter nor digit is left out.
//!
//! A text of more than [`LONGEST`] signs has no form: it is a sentence or a whole list, and taking it apart takes long.
//!
//! Signs that look alike (`O` and `0`) stay apart: a wrong “this is yours” would cost trust.

use unicode_normalization::UnicodeNormalization as _;

/// Words that people copy along from the package, the longest first. They are taken off before a colon; the Chinese ones
/// also before a space, a letter or a digit, the first four Latin ones also before a digit.
const LABELS: [&str; 44] = [
    "LOT NO",
    "BATCH NO",
    "BATCH",
    "LOT",
    "MODEL NO",
    "BARCODE",
    "MODEL",
    "BRAND",
    "GTIN",
    "EAN",
    "UPC",
    "P/N",
    "S/N",
    "NO",
    "生产日期/批号",
    "生产日期或批号",
    "商品条形码",
    "生产批号",
    "生产批次",
    "生产日期",
    "产品批号",
    "产品编号",
    "产品型号",
    "产品名称",
    "产品条码",
    "规格型号",
    "型号规格",
    "型号/规格",
    "规格/型号",
    "商品条码",
    "生产企业",
    "生产厂家",
    "批次号",
    "条形码",
    "制造商",
    "生产者",
    "批号",
    "批次",
    "型号",
    "规格",
    "条码",
    "品牌",
    "商标",
    "品名",
];
const BEFORE_DIGITS: usize = 4;
/// Nobody types more, and the field of the page takes no more.
const LONGEST: usize = 200;

/// What is compared. Empty where there is neither letter nor digit, or too much.
pub(super) fn normal(text: &str) -> String {
    if text.chars().nth(LONGEST).is_some() {
        return String::new();
    }
    let folded = fold(text);
    let mut rest = folded.trim();
    while let Some(shorter) = unlabelled(rest) {
        rest = shorter;
    }
    // A sign behind a date, as at the end of a sentence, does not make it another one.
    date(rest).unwrap_or_else(|| {
        let bare = bare(rest);
        date(&bare).unwrap_or(bare)
    })
}

/// Half width, capitals, one dash.
pub(super) fn fold(text: &str) -> String {
    // Millions of texts pass here in a build: with room for all of it, each takes its memory once.
    let mut folded = String::with_capacity(text.len());
    for sign in text.chars() {
        let Some(sign) = plain(sign) else { return fold_any(text) };
        folded.push(sign);
    }
    folded
}

/// Of signs that do not join with others, the one that they become: nearly all there are.
fn plain(sign: char) -> Option<char> {
    const WIDE: u32 = '！' as u32 - '!' as u32;
    match sign {
        '\u{0}'..='\u{7F}' => Some(sign.to_ascii_uppercase()),
        '\u{3400}'..='\u{9FFF}' | '、' | '。' => Some(sign),
        '！'..='～' => char::from_u32(u32::from(sign) - WIDE).map(|sign| sign.to_ascii_uppercase()),
        '　' => Some(' '),
        '—' | '–' => Some('-'),
        _ => None,
    }
}

/// The same, of any text.
fn fold_any(text: &str) -> String {
    let plain: String = text.nfkc().collect();
    let plain = plain.to_uppercase();
    plain.chars().map(|sign| if "‐‑‒–—―−".contains(sign) { '-' } else { sign }).collect()
}

fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    bare.extend(text.chars().filter(|sign| sign.is_alphanumeric()));
    bare
}

/// The text without the label in front of it, if there is one and enough is left.
fn unlabelled(text: &str) -> Option<&str> {
    let first = text.bytes().next()?;
    let mut labels = LABELS.iter().enumerate().filter(|(_, label)| label.bytes().next() == Some(first));
    labels.find_map(|(index, label)| {
        let after = text.strip_prefix(label)?;
        let rest = after.trim_start_matches([':', '.', '#', ' ']);
        let between = &after[..after.len() - rest.len()];
        let is_marked = between.contains([':', '.', '#']);
        let next = rest.chars().next()?;
        let by_kind = match label.is_ascii() {
            true => index < BEFORE_DIGITS && next.is_ascii_digit(),
            false => !between.is_empty() || next.is_ascii_alphanumeric(),
        };
        ((is_marked || by_kind) && bare(rest).chars().count() > 1).then_some(rest)
    })
}

/// A day as eight digits, a month in words as six.
fn date(text: &str) -> Option<String> {
    let (year, rest) = text.split_at_checked(4)?;
    let is_year = year.parse().is_ok_and(|year: u32| (1990..2100).contains(&year));
    let rest = rest.strip_prefix(['-', '.', '/', '年']).filter(|_| is_year)?;
    let short = |text: &str, most: u32| {
        let is_short = text.len() < 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number: &u32| is_short && (1..=most).contains(number))
    };
    if let Some(month) = rest.strip_suffix('月') {
        return short(month, 12).map(|month| format!("{year}{month:02}"));
    }
    let (month, day) = rest.split_once(['-', '.', '/', '月'])?;
    let day = short(day.strip_suffix('日').unwrap_or(day), 31)?;
    short(month, 12).map(|month| format!("{year}{month:02}{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_hide_one_another() {
        for (index, label) in LABELS.iter().enumerate() {
            let hidden = LABELS[..index].iter().find(|earlier| label.starts_with(**earlier));
            assert_eq!(hidden, None, "{label}");
        }
        assert!(LABELS[..BEFORE_DIGITS].iter().all(|label| label.is_ascii()));
    }

    #[test]
    fn plain_signs_become_what_they_become_in_any_text() {
        for sign in (0..0x1_1000).filter_map(char::from_u32) {
            let Some(plain) = plain(sign) else { continue };
            assert_eq!(fold_any(&format!("é{sign}A{sign}")), format!("É{plain}A{plain}"), "{sign:?}");
        }
    }

    /// `tests/browser/lookup.test.js` reads the same cases.
    #[test]
    fn forms_are_those_of_the_table() {
        let cases: Vec<(String, String)> =
            serde_json::from_str(include_str!("../../tests/fixtures/lookup/forms.json")).unwrap();
        assert!(cases.len() > 60);
        for (text, form) in cases {
            assert_eq!(normal(&text), form, "{text}");
            assert_eq!(normal(&form), form, "the form of a form: {text}");
        }
    }
}
