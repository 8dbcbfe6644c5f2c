//! The front matter of a notice: finding it in the file, and decoding it into a [`Notice`](crate::notice::Notice).
//!
//! A file without recognised front matter is an error, never a page.

mod decode;
mod mend;
mod passages;

pub use decode::decode;
pub use mend::{Mended, mend};
pub use passages::passages;

use crate::diag::{Code, Diagnostic, Position};
use crate::notice::keys;
use crate::text::utf8;
use crate::yaml::Key;
use std::ops::Range;

/// The text of a notice as it is digested and parsed: without BOM, with LF line ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// Decodes the bytes of a file.
    ///
    /// # Errors
    /// The bytes are not UTF-8, or there are none.
    pub fn decode(file: &str, bytes: &[u8]) -> Result<Self, Box<Diagnostic>> {
        let wrong = |bytes| std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let text = utf8(bytes).ok_or_else(|| Box::new(encoding(file, bytes, wrong(bytes))))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(Box::new(
                Diagnostic::error(Code::FrontMatterMissing, "文件是空的")
                    .at(file, Position::START)
                    .hint("请用 jingshi new 生成一份带说明的样稿，或从历史版本找回内容"),
            ));
        }
        Ok(Self(text.replace("\r\n", "\n")))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn encoding(file: &str, bytes: &[u8], offset: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(bytes.get(..offset).unwrap_or_default());
    let at = Position::of(&before, before.len());
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let message = if utf16 {
        "文件编码是 UTF-16，不是 UTF-8"
    } else {
        "文件编码不是 UTF-8（多半是 GBK／ANSI）"
    };
    Diagnostic::error(Code::Encoding, message)
        .at(file, at)
        .hint("请在记事本里“另存为”，编码选 UTF-8；或在 WPS、VS Code 里改用 UTF-8 编码保存")
}

/// The parts of a notice's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The YAML between the fences, sign-offs included.
    pub yaml: &'a str,
    /// The Markdown after it.
    pub body: &'a str,
    /// The line on which the body begins, from 1.
    pub body_line: u32,
    /// Where in the text the lines of the `review` block stand; empty, before the closing fence, where there is none.
    pub review: Range<usize>,
}

const FENCE: &str = "---";

/// Finds the front matter, its `review` block, and the body.
///
/// # Errors
/// There is no front matter, or it is never closed.
pub fn split<'a>(file: &str, text: &'a Text) -> Result<Parts<'a>, Box<Diagnostic>> {
    let text = text.as_str();
    let first = text.split('\n').next().unwrap_or_default();
    if first.trim_end() != FENCE {
        return Err(Box::new(
            Diagnostic::error(Code::FrontMatterMissing, "文件开头没有信息栏（第一行应当是三个减号 ---）")
                .at(file, Position::START)
                .fact(format!("第一行是：{}", crate::text::printable(&crate::text::excerpt(first, 30))))
                .hint("请把标题、类型等写在文件开头的两行 --- 之间；可用 jingshi new 生成样稿"),
        ));
    }
    let yaml_start = first.len() + 1;
    let mut offset = yaml_start;
    let mut review = None;
    for (index, line) in text.get(yaml_start..).unwrap_or_default().split_inclusive('\n').enumerate() {
        if line.trim_end() == FENCE && line.starts_with(FENCE) {
            let body_start = offset + line.len();
            return Ok(Parts {
                yaml: &text[yaml_start..offset],
                body: &text[body_start..],
                body_line: u32::try_from(index).unwrap_or(u32::MAX).saturating_add(3),
                review: review.unwrap_or(offset)..offset,
            });
        }
        if review.is_none() && begins_with_key(line, &keys::REVIEW) {
            review = Some(offset);
        }
        offset += line.len();
    }
    Err(Box::new(
        Diagnostic::error(Code::FrontMatterUnclosed, "信息栏没有结束（缺少第二行 ---）")
            .at(file, Position::START)
            .hint("请在信息栏最后一行的下面单独写一行三个减号 ---"),
    ))
}

fn begins_with_key(line: &str, key: &Key) -> bool {
    [key.name, key.zh]
        .into_iter()
        .any(|name| line.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

/// Whether a word is a key of the front matter at any level, in either spelling.
pub fn is_key(word: &str) -> bool {
    fn is_among(keys: &[Key], word: &str) -> bool {
        keys.iter().any(|key| key.spellings().contains(&word) || is_among(key.inner(), word))
    }
    is_among(keys::NOTICE, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(String, String, u32, String), Code> {
        let text = Text::decode("t.md", text.as_bytes()).map_err(|error| error.code)?;
        let parts = split("t.md", &text).map_err(|error| error.code)?;
        Ok((
            parts.yaml.to_owned(),
            parts.body.to_owned(),
            parts.body_line,
            text.as_str()[parts.review.clone()].to_owned(),
        ))
    }

    #[test]
    fn bom_and_crlf_are_accepted() {
        let expected = ("a: 1\n".to_owned(), "正文\n".to_owned(), 4, String::new());
        assert_eq!(parts("\u{feff}---\r\na: 1\r\n---\r\n正文\r\n"), Ok(expected));
    }

    #[test]
    fn the_review_block_runs_to_the_fence() {
        let (yaml, body, line, review) = parts("---\na: 1\nreview:\n  - stage: 初审\n---\n正文 review:\n").unwrap();
        assert_eq!((yaml.as_str(), body.as_str(), line), ("a: 1\nreview:\n  - stage: 初审\n", "正文 review:\n", 6));
        assert_eq!(review, "review:\n  - stage: 初审\n");
    }

    #[test]
    fn what_is_no_front_matter_is_an_error() {
        assert_eq!(parts(""), Err(Code::FrontMatterMissing));
        assert_eq!(parts("  \n"), Err(Code::FrontMatterMissing));
        assert_eq!(parts("++++\ndraft = true\n++++\n"), Err(Code::FrontMatterMissing));
        assert_eq!(parts("# 标题\n"), Err(Code::FrontMatterMissing));
        assert_eq!(parts("---\na: 1\n"), Err(Code::FrontMatterUnclosed));
        assert_eq!(parts("---"), Err(Code::FrontMatterUnclosed));
        let gbk = [b'-', b'-', b'-', b'\n', 0xb1, 0xea, 0xcc, 0xe2];
        assert_eq!(Text::decode("t.md", &gbk).unwrap_err().code, Code::Encoding);
    }
}
