//! Mends what is mechanical and certain in a draft: nothing a reader would see changes, and nothing that is signed is
//! touched.

use super::{Text, is_key, split};
use crate::markdown::{self, Context};
use crate::notice::keys;
use crate::yaml;

/// A text that was mended, and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// What was done, in Chinese.
    pub done: Vec<&'static str>,
}

/// Mends the bytes of an `index.md`; none where nothing is to be done, nothing can be read, or something is signed.
pub fn mend(file: &str, bytes: &[u8]) -> Option<Mended> {
    let typed = std::str::from_utf8(bytes).ok()?;
    let text = Text::decode(file, bytes).ok()?;
    if is_signed(text.as_str()) {
        return None;
    }
    let mut done = Vec::new();
    if typed.starts_with('\u{feff}') {
        done.push("去掉开头的 BOM");
    }
    if typed.contains("\r\n") {
        done.push("换行改为 LF");
    }
    let mut mended = text.as_str().to_owned();
    if let Ok(parts) = split(file, &text) {
        let yaml = yaml::mend(parts.yaml, &is_key);
        if yaml != parts.yaml {
            done.push("整理信息栏的冒号和行末空格");
        }
        let body = body(file, parts.body);
        if body != parts.body {
            done.push("去掉正文行末空格");
        }
        // The fences stay as they were typed.
        let (opening, rest) = text.as_str().split_at(text.as_str().find('\n').map_or(0, |end| end + 1));
        let closing = rest.get(parts.yaml.len()..rest.len() - parts.body.len()).unwrap_or_default();
        mended = format!("{opening}{yaml}{closing}{body}");
    }
    (!done.is_empty()).then_some(Mended { text: mended, done })
}

/// Whether there are sign-offs, or what might be meant for some.
fn is_signed(text: &str) -> bool {
    let names = [keys::REVIEW.name, keys::REVIEW.zh];
    text.lines().any(|line| names.iter().any(|name| line.starts_with(name)))
}

/// The body without spaces at the ends of lines. Two spaces are a line break in Markdown, and in code they are content:
/// where the page would change, the body stays as it is.
fn body(file: &str, body: &str) -> String {
    let trimmed = |line: &str| match line.strip_suffix(' ') {
        Some(rest) if !rest.ends_with(' ') => rest.to_owned(),
        _ if line.trim().is_empty() => String::new(),
        _ => line.to_owned(),
    };
    let mended: Vec<String> = body.split('\n').map(trimmed).collect();
    let mended = mended.join("\n");
    let context = Context { file, first_line: 1, assets: &|_| None };
    let shown = |text: &str| markdown::render(text, &context).value.rendered.html.with_prefixes("", "");
    if mended != body && shown(&mended) == shown(body) { mended } else { body.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mended(text: &str) -> Option<(String, Vec<&'static str>)> {
        mend("t.md", text.as_bytes()).map(|mended| (mended.text, mended.done))
    }

    #[test]
    fn what_clerks_and_their_programs_leave_is_mended() {
        let (text, done) = mended(
            "\u{feff}---\r\nid: T1 \r\n标题：甲：乙\r\nsummary:\u{3000}丙\r\n---\r\n正文 \r\n换行  \r\n下一行\r\n   \r\n",
        )
        .unwrap();
        assert_eq!(text, "---\nid: T1\n标题: 甲：乙\nsummary: 丙\n---\n正文\n换行  \n下一行\n\n");
        assert_eq!(done.len(), 4);
    }

    #[test]
    fn what_is_not_certain_stays() {
        assert_eq!(mended("---\nid: T1\n---\n正文\n"), None);
        // An unknown key, a block, code, a file without front matter, GBK.
        assert_eq!(mended("---\nid: T1\n标提：甲\nsummary: |\n  乙 \n---\n```\nx \n```\n"), None);
        assert_eq!(mended("标题：甲 \n"), None);
        assert_eq!(mend("t.md", &[0xb1, 0xea, 0xcc, 0xe2]), None);
    }

    #[test]
    fn what_is_signed_is_never_touched() {
        for review in ["review:\n  - stage: 初审", "审签: 甲", "review：甲"] {
            assert_eq!(mended(&format!("\u{feff}---\nid: T1\n{review}\n---\n正文\n")), None);
        }
    }

    proptest! {
        #[test]
        fn mending_twice_is_mending_once(body in "[ 甲a\\-`>\n*]{0,40}", value in "[ 甲：:\u{3000}a]{0,8}") {
            let text = format!("---\r\nid: T1\r\ntitle：{value}\r\n---\r\n{body}");
            let once = mended(&text).unwrap().0;
            prop_assert_eq!(mended(&once), None);
        }
    }
}
