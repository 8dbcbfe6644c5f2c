//! Addresses inside a text: their signs are no punctuation.

/// Whether a byte of a text belongs to a web or e-mail address.
pub(super) fn is_in_address(text: &str, at: usize) -> bool {
    let is_outside = |sign: char| !sign.is_ascii_graphic();
    let start = text[..at]
        .rfind(is_outside)
        .map_or(0, |before| before + text[before..].chars().next().map_or(0, char::len_utf8));
    let end = text[at..].find(is_outside).map_or(text.len(), |after| at + after);
    let run = &text[start..end];
    if end == at {
        return false;
    }
    let begins = |marker: &str| {
        let marker = run.find(marker)?;
        let letters =
            run[..marker].bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.').count();
        Some(start + marker - letters)
    };
    ["://", "www.", "@"].iter().filter_map(|marker| begins(marker)).any(|begin| begin <= at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_addresses_are_known() {
        let inside = |text: &str, sign: char| is_in_address(text, text.find(sign).unwrap());
        assert!(inside("见 https://cx.cnca.cn/a?b=1 。", '?'));
        assert!(inside("见 http://cx.cnca.cn:80", ':'));
        assert!(inside("邮箱 a.b@example.cn;", ';'));
        assert!(!inside("（www.12315.cn）", '）'));
        assert!(!inside("网址:https://cx.cnca.cn", ':'));
        assert!(!inside("共 20 批次,见 https://cx.cnca.cn", ','));
    }
}
