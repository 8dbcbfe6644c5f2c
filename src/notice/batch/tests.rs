//! Notations from real notices, and what must hold for any text.

use super::*;
use proptest::prelude::*;

fn all(text: &str) -> String {
    expand(text).unwrap_or_else(|error| panic!("{text}: {error}")).join(" ")
}

#[test]
fn notations_are_written_out() {
    for (text, codes) in [
        ("C14-P6/P7,M14-P6/P7", "C14-P6 C14-P7 M14-P6 M14-P7"),
        ("ｃ14－p6／P7，M14-P6", "C14-P6 C14-P7 M14-P6"),
        (" C14 - P6 / P7 、 M14-P6 ", "C14-P6 C14-P7 M14-P6"),
        ("D05-A1/A2", "D05-A1 D05-A2"),
        ("L02-01/02/03", "L02-01 L02-02 L02-03"),
        ("Q10-1/2", "Q10-1 Q10-2"),
        ("N01-B/C", "N01-B N01-C"),
        ("C14-P9/P10", "C14-P9 C14-P10"),
        ("K3-9/10", "K3-9 K3-10"),
        ("Q11-4,R11-4", "Q11-4 R11-4"),
        ("A01/A02", "A01 A02"),
        ("A01/B12", "A01 B12"),
        ("A01/02", "A01 A02"),
        ("C14-P6/M14-P7", "C14-P6 M14-P7"),
        ("20240101/02", "20240101 20240102"),
        ("20240101/0203", "20240101 20240203"),
        ("20240101/20240203", "20240101 20240203"),
        ("2024/2025", "2024 2025"),
        ("A01～A05", "A01 A02 A03 A04 A05"),
        ("A01~05", "A01 A02 A03 A04 A05"),
        ("A08—A11", "A08 A09 A10 A11"),
        ("A08——A10", "A08 A09 A10"),
        ("A9～A11", "A9 A10 A11"),
        ("A0198～203", "A0198 A0199 A0200 A0201 A0202 A0203"),
        ("C14-P6～P8", "C14-P6 C14-P7 C14-P8"),
        ("N01-A～C", "N01-A N01-B N01-C"),
        ("01A～03A", "01A 02A 03A"),
        ("20240130-20240202", "20240130 20240131 20240201 20240202"),
        ("2024-01-30～2024-02-01", "20240130 20240131 20240201"),
        ("2024.1.30-2024.2.1", "20240130 20240131 20240201"),
        ("2024年1月30日至2024年2月1日", "20240130 20240131 20240201"),
        ("202311～202401", "202311 202312 202401"),
        ("2023年12月至2024年1月", "202312 202401"),
        ("2024年3月15日", "20240315"),
        ("2024/11/20", "20241120"),
        ("2024-03-22", "20240322"),
        ("2023.12.02", "20231202"),
        ("2024/03/A", "2024-03-A"),
        ("24-05-06", "24-05-06"),
        ("23-12-A", "23-12-A"),
        ("202404180001000123", "202404180001000123"),
        ("24W17;24w18", "24W17 24W18"),
        ("L240318-2", "L240318-2"),
        ("X,X", "X"),
        ("0605-Ⅱ", "0605-II"),
        ("MAT 2405-03", "MAT2405-03"),
        ("lot  2405 ～ 2407", "LOT2405 LOT2406 LOT2407"),
    ] {
        assert_eq!(all(text), codes, "{text}");
    }
    assert_eq!(expand("20240101-20240131").unwrap().len(), 31);
    assert_eq!(expand("A0001～A1000").unwrap().len(), MOST);
}

#[test]
fn what_is_not_clear_is_refused() {
    type Case = (&'static str, fn(String) -> BatchError);
    let cases: &[Case] = &[
        ("见包装", BatchError::Prose),
        ("全部批次", BatchError::Prose),
        ("2024年1月至3月", BatchError::Prose),
        ("2024年", BatchError::Prose),
        ("A01等", BatchError::Prose),
        ("A01 A02", BatchError::Space),
        ("20240315 A", BatchError::Space),
        ("2401-2405", BatchError::Hyphen),
        ("A01～", BatchError::Empty),
        ("C14-P6/", BatchError::Empty),
        ("-A01", BatchError::Empty),
        ("A05～A01", BatchError::Range),
        ("A01～B05", BatchError::Range),
        ("A01～A02～A03", BatchError::Range),
        ("20240131-20240131～20240202", BatchError::Range),
        ("1203-1100～1300", BatchError::Range),
        ("1203-0405/1300", BatchError::Tail),
        ("F03-11/2", BatchError::Tail),
        ("A01-2/X-9", BatchError::Tail),
        ("AB/C", BatchError::Tail),
        ("A0001～A1001", BatchError::TooMany),
        ("19900101-20991231", BatchError::TooMany),
    ];
    for (text, error) in cases {
        assert_eq!(expand(text), Err(error((*text).to_owned())), "{text}");
    }
    assert_eq!(expand("A01（甲）"), Err(BatchError::Sign("A01（甲）".to_owned(), '(')));
    assert_eq!(expand("A01,,A02"), Err(BatchError::Empty("A01,,A02".to_owned())));
    assert_eq!(expand(""), Err(BatchError::Empty(String::new())));
    let many = (0..=MOST).map(|number| format!("A{number}")).collect::<Vec<_>>().join(",");
    assert_eq!(expand(&many), Err(BatchError::TooMany(many.clone())));
}

proptest! {
    #[test]
    fn any_text_is_refused_or_bounded_distinct_and_settled(
        text in "[A-C0-3 a\\-./~～,，年月日至２Ａ]{0,24}|\\PC{0,12}"
    ) {
        if let Ok(codes) = expand(&text) {
            prop_assert!(!codes.is_empty() && codes.len() <= MOST);
            let distinct: BTreeSet<&String> = codes.iter().collect();
            prop_assert_eq!(distinct.len(), codes.len());
            for code in &codes {
                prop_assert!(code.is_ascii() && !code.contains([' ', '/', '~', ',']));
                prop_assert_eq!(expand(code), Ok(vec![code.clone()]));
            }
        }
    }

    #[test]
    fn width_case_and_spaces_beside_punctuation_change_nothing(
        head in "[A-Z]{1,3}", from in 1u32..90, count in 1u32..9, mark in "[～~]"
    ) {
        let plain = format!("{head}{from:03}～{head}{:03}", from + count);
        let codes = expand(&plain).unwrap();
        prop_assert_eq!(codes.len() as u32, count + 1);
        prop_assert_eq!(&expand(&plain.to_lowercase().replace('～', &format!(" {mark} "))).unwrap(), &codes);
        let wide: String = plain.chars().map(|sign| match sign {
            '!'..='~' => char::from_u32(u32::from(sign) + 0xFEE0).unwrap(),
            _ => sign,
        }).collect();
        prop_assert_eq!(&expand(&wide).unwrap(), &codes);
        prop_assert_eq!(&expand(&codes.join("、")).unwrap(), &codes);
    }
}
