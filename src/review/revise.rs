//! Makes the next version of a live notice: the text for `content/drafts/`, without sign-offs.

use crate::diag::Diagnostic;
use crate::front_matter::{self, Text};
use crate::notice::keys;
use crate::yaml::Key;

/// What the next version is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision<'a> {
    /// 更正. What and why are filled in by the author if they are empty.
    Correct {
        /// What is changed.
        what: &'a str,
        /// Why.
        why: &'a str,
    },
    /// 撤销, for this reason; the text becomes a statement of withdrawal.
    Withdraw {
        /// Why.
        reason: &'a str,
    },
}

/// The text of version `version` made from the `index.md` of the one before.
///
/// # Errors
/// The text has no front matter.
pub fn next_version(file: &str, index: &[u8], version: u32, revision: Revision<'_>) -> Result<String, Box<Diagnostic>> {
    let text = Text::decode(file, index)?;
    let parts = front_matter::split(file, &text)?;
    let whole = text.as_str();
    let yaml_start = whole.len() - parts.yaml.len() - whole[parts.review.end..].len();
    let (opening, kept) = (&whole[..yaml_start], &whole[yaml_start..parts.review.start]);
    let chinese = kept.lines().any(|line| line.starts_with("标题"));
    // A withdrawal does not wait for the day on which the notice was to appear.
    let dropped: &[&str] = match revision {
        Revision::Correct { .. } => &["version", "status", "change"],
        Revision::Withdraw { .. } => &["version", "status", "change", "publish_at"],
    };
    let kept = without(kept, dropped);
    let added = change(version, revision, chinese);
    let closing = match revision {
        Revision::Correct { .. } => whole[parts.review.end..].to_owned(),
        // The reason is plain text and stands in `change`, not in the Markdown.
        Revision::Withdraw { .. } => {
            "---\n\n本信息自撤销之日起不再有效，请勿再作为依据。原文保留在历史版本中，供核对。\n".to_owned()
        }
    };
    Ok(format!("{opening}{kept}{added}{closing}"))
}

fn change(version: u32, revision: Revision<'_>, chinese: bool) -> String {
    let (status, what, why) = match revision {
        Revision::Correct { what, why } => ("更正", what, why),
        Revision::Withdraw { reason } => ("撤销", "撤销本信息", reason),
    };
    let names = if chinese {
        ["版本", "状态", "变更", "内容", "原因"]
    } else {
        ["version", "status", "change", "what", "why"]
    };
    let [version_key, status_key, change_key, what_key, why_key] = names;
    let (what, why) = (quoted(what), quoted(why));
    format!(
        "{version_key}: {version}\n{status_key}: {status}\n{change_key}:\n  {what_key}: {what}\n  {why_key}: {why}\n"
    )
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['\n', '\r'], " ").replace('\\', "\\\\").replace('"', "\\\""))
}

/// The lines of a front matter without some top-level keys and what stands below them.
fn without(yaml: &str, names: &[&str]) -> String {
    let keys: Vec<&Key> = keys::NOTICE.iter().filter(|key| names.contains(&key.name)).collect();
    let mut kept = String::new();
    let mut dropping = false;
    for line in yaml.split_inclusive('\n') {
        let nested = line.starts_with([' ', '-', '\n']);
        if !nested {
            let word = line.split(':').next().unwrap_or_default().trim();
            dropping = keys.iter().any(|key| key.name == word || key.zh == word);
        }
        if !dropping {
            kept.push_str(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIVE: &str = "---\nid: 2024-001\ntitle: 甲\nversion: 2\nstatus: 更正\nchange:\n  what: 旧\n  why: 旧\nactions:\n  - 停用\nreview:\n  - stage: 初审\n---\n正文\n";

    #[test]
    fn a_correction_keeps_everything_but_version_change_and_sign_offs() {
        let text = next_version("t", LIVE.as_bytes(), 3, Revision::Correct { what: "改“甲”", why: "" }).unwrap();
        assert_eq!(
            text,
            "---\nid: 2024-001\ntitle: 甲\nactions:\n  - 停用\nversion: 3\nstatus: 更正\nchange:\n  what: \"改“甲”\"\n  why: \"\"\n---\n正文\n"
        );
    }

    #[test]
    fn a_withdrawal_says_why_in_the_language_of_the_file() {
        let text =
            next_version("t", "---\n标题: 甲\n---\n正文\n".as_bytes(), 2, Revision::Withdraw { reason: "样品\n有误" })
                .unwrap();
        assert!(
            text.starts_with(
                "---\n标题: 甲\n版本: 2\n状态: 撤销\n变更:\n  内容: \"撤销本信息\"\n  原因: \"样品 有误\"\n---\n"
            ),
            "{text}"
        );
        assert!(!text.contains("正文"));
    }
}
