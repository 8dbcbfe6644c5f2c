//! The text of a file that may be in one of the encodings Chinese offices have: UTF-8, UTF-16 with a mark, or GBK.

use crate::diag::{Code, Diagnostic};
use encoding_rs::{Encoding, GB18030, UTF_8};

/// The largest text, in bytes.
const LARGEST: usize = 2 << 20;

/// Decodes a text. GBK is read as GB18030, which contains it.
///
/// # Errors
/// It is too large, or in none of the encodings.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<String, Box<Diagnostic>> {
    let refuse =
        |message: &str, hint: &str| Box::new(Diagnostic::error(Code::ImportFormat, message).in_file(name).hint(hint));
    if bytes.len() > LARGEST {
        return Err(refuse("文件太大（上限 2 MB）", "请只留下要发布的内容；图片请另存为文件"));
    }
    let encoding = Encoding::for_bom(bytes).map_or(UTF_8, |(encoding, _)| encoding);
    for encoding in [encoding, GB18030] {
        let (text, _, is_broken) = encoding.decode(bytes);
        if !is_broken && !text.contains('\0') {
            return Ok(text.into_owned());
        }
    }
    Err(refuse("文件编码无法识别，不是 UTF-8，也不是 GBK", "请用记事本打开，“另存为”，编码选 UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_of_offices_are_read() {
        let text = "风险警示：镕";
        let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes(), &GB18030.encode(text).0, &utf16, format!("\u{feff}{text}").as_bytes()] {
            assert_eq!(decode("甲.md", bytes).unwrap(), text);
        }
        assert!(decode("甲.md", &[0xff, 0xff, 0x80]).is_err());
        assert!(decode("甲.md", &vec![b'a'; LARGEST + 1]).is_err());
    }
}
