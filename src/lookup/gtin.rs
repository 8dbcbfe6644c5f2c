//! Bar codes: GTIN-8, 12, 13 and 14 under one key.

use super::form::fold;

/// The key of a bar code: `#` and the twelve digits between packaging indicator and check digit. One product has one key
/// on the item and on the carton, and also where the last digit is misread; the reader's answer tells them apart.
/// None for what has not 8, 12, 13 or 14 digits.
pub(super) fn key(text: &str) -> Option<String> {
    let text: String = fold(text).chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
    let is_gtin = matches!(text.len(), 8 | 12 | 13 | 14) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_gtin.then(|| format!("#{}", &format!("{text:0>14}")[1..13]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_one_code_are_one_key() {
        let whole = key("06141410000363");
        assert_eq!(whole.as_deref(), Some("#614141000036"));
        for same in ["614141000036", "0614141000036", "６１４１４１０００ ０３６", "0-614141-00003-6"] {
            assert_eq!(key(same).as_deref().map(|key| &key[..12]), Some("#06141410000"), "{same}");
        }
        assert_eq!(key("96385074").as_deref(), Some("#000009638507"));
        assert_eq!(key("10614141000415"), key("00614141000418"));
        for other in ["", "123", "96385O74", "123456789", "无条码"] {
            assert_eq!(key(other), None, "{other}");
        }
    }
}
