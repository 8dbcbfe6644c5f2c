//! Sign-offs: what a reviewer states, how it is written into the front matter, and how it is read back.
//!
//! The `review` block has one canonical form. A block that is not in it was edited by hand, and is refused.

use crate::diag::{Code, Diagnostic, Outcome, Position};
use crate::digest::Digest;
use crate::moment::Moment;
use crate::notice::{NoticeId, keys};
use crate::ssh;
use crate::yaml::{Fields, Node};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// The SSHSIG namespace of a sign-off.
pub const NAMESPACE: &str = "jingshi";

/// One reviewer's word that a text may be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    /// The stage, 初审 …
    pub stage: String,
    /// Who signs.
    pub by: String,
    /// When.
    pub at: Moment,
    /// The digest of what is signed.
    pub digest: Digest,
    /// Why it is published before the other stages have signed (urgent path).
    pub urgent: Option<String>,
    /// The SSH signature over [`statement`](Self::statement), armoured, with LF line ends.
    pub signature: Option<String>,
}

impl SignOff {
    /// The text an SSH signature covers. `ssh-keygen -Y verify -n jingshi` checks it without this program.
    pub fn statement(&self, id: &NoticeId, version: u32) -> String {
        let mut statement = String::new();
        self.state(id, version, &mut statement);
        statement
    }

    /// The same, added to other text.
    fn state(&self, id: &NoticeId, version: u32, text: &mut String) {
        let Self { stage, by, at, digest, urgent, .. } = self;
        // Writing to a String cannot fail. Texts are added as they are: the gate states every sign-off in every build.
        text.push_str("jingshi-signoff-v1");
        let _ = write!(text, "\nid: {id}\nversion: {version}");
        for (name, value) in [("\nstage: ", stage), ("\nby: ", by)] {
            text.push_str(name);
            text.push_str(value);
        }
        let _ = writeln!(text, "\nat: {at}\ndigest: {digest}");
        if let Some(reason) = urgent {
            let _ = writeln!(text, "urgent: {reason}");
        }
    }
}

/// The digest that the ledger keeps of a set of sign-offs: over their statements and signatures.
pub fn seal<'a>(id: &NoticeId, version: u32, sign_offs: impl IntoIterator<Item = &'a SignOff>) -> Digest {
    let mut text = String::with_capacity(1024);
    text.push_str("jingshi-signoffs-v1\n");
    for sign_off in sign_offs {
        sign_off.state(id, version, &mut text);
        text.push_str(sign_off.signature.as_deref().unwrap_or("-\n"));
    }
    Digest::of(text.as_bytes())
}

/// The canonical `review` block; empty for no sign-offs.
pub fn write(sign_offs: &[SignOff]) -> String {
    if sign_offs.is_empty() {
        return String::new();
    }
    let mut block = String::from("review:\n");
    for SignOff { stage, by, at, digest, urgent, signature } in sign_offs {
        let (stage, by) = (scalar(stage), scalar(by));
        let _ = write!(block, "  - stage: {stage}\n    by: {by}\n    at: {at}\n    digest: {digest}\n");
        if let Some(reason) = urgent {
            let _ = writeln!(block, "    urgent: {}", scalar(reason));
        }
        if let Some(signature) = signature {
            block.push_str("    signature: |\n");
            for line in signature.lines() {
                let _ = writeln!(block, "      {line}");
            }
        }
    }
    block
}

/// A YAML scalar: plain where nothing in it could be misread, else in double quotes.
fn scalar(text: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || matches!(character, '，' | '。' | '、' | '（' | '）');
    if text.chars().all(plain) && text.starts_with(|first: char| !first.is_ascii()) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// Reads a `review` block: its node, and its lines as they stand in the file.
pub fn read(file: &str, node: Option<Node>, block: &str) -> Outcome<Vec<SignOff>> {
    let at = node.as_ref().map_or(Position::START, |node| node.at);
    let mut diagnostics = Vec::new();
    let nodes = match node.map(|node| node.value) {
        None => Vec::new(),
        Some(crate::yaml::Value::List(nodes)) => nodes,
        Some(_) => {
            diagnostics.push(edited(file, at));
            Vec::new()
        }
    };
    let mut sign_offs = Vec::with_capacity(nodes.len());
    sign_offs.extend(nodes.into_iter().filter_map(|node| read_one(file, node, &mut diagnostics)));
    if diagnostics.is_empty() && write(&sign_offs) != block {
        diagnostics.push(edited(file, at));
    }
    Outcome::new(sign_offs, diagnostics)
}

fn read_one(file: &str, node: Node, diagnostics: &mut Vec<Diagnostic>) -> Option<SignOff> {
    let at = node.at;
    let mut fields = Fields::open(file, node, keys::SIGN_OFF);
    let stage = fields.required_text("stage", "环节");
    let by = fields.required_text("by", "签署人");
    let moment = fields.required_text("at", "时间");
    let digest = fields.required_text("digest", "摘要值");
    let urgent = fields.line("urgent").map(|text| text.value);
    let signature = fields.text("signature").map(|text| format!("{}\n", text.value));
    let sound = fields.finish().is_empty();
    let moment = moment.and_then(|text| Moment::parse_canonical(&text.value));
    let digest = digest.and_then(|text| Digest::parse(&text.value));
    let canonical = signature.as_ref().is_none_or(|text| ssh::canonical(text).as_ref() == Ok(text));
    match (stage, by, moment, digest) {
        (Some(stage), Some(by), Some(at), Some(digest)) if sound && canonical => {
            Some(SignOff { stage: stage.value, by: by.value, at, digest, urgent, signature })
        }
        _ => {
            diagnostics.push(edited(file, at));
            None
        }
    }
}

fn edited(file: &str, at: Position) -> Diagnostic {
    Diagnostic::error(Code::ReviewEdited, "审签记录被手工改动，不再有效")
        .at(file, at)
        .fact("审签记录只由 jingshi review sign 写入，一个字符也不能改")
        .hint("还是草稿的：请删去整段 review（审签），重新送审")
        .hint("已经发布的：请从备份或版本库恢复这个文件；确需修改时，用 jingshi revise 生成新版本重新送审")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Source;

    fn sign_off() -> SignOff {
        SignOff {
            stage: "初审".to_owned(),
            by: "A: \"甲\" #1".to_owned(),
            at: Moment::parse("2024-05-06T09:00:00+08:00").unwrap(),
            digest: Digest::of(b"x"),
            urgent: Some("事关生命安全".to_owned()),
            signature: None,
        }
    }

    fn round_trip(block: &str) -> Outcome<Vec<SignOff>> {
        let node = crate::yaml::read(Source { file: "t", text: block, lines_before: 0 }, &|_| true).value.unwrap();
        let review = Fields::open("t", node, keys::NOTICE).take("review");
        read("t", review, block)
    }

    #[test]
    fn the_block_round_trips() {
        let sign_offs = vec![sign_off(), SignOff { by: "复审员".to_owned(), urgent: None, ..sign_off() }];
        assert_eq!(round_trip(&write(&sign_offs)), Outcome::clean(sign_offs));
    }

    #[test]
    fn any_other_spelling_of_the_same_sign_off_is_refused() {
        let block = write(&[sign_off()]);
        for edited in [
            block.replace("stage: 初审", "stage: \"初审\""),
            block.replace("at: 2024", "at:  2024"),
            format!("{block}\n"),
            format!("{block}  # 注\n"),
            block.replace("+08:00", "Z"),
            block.replace("urgent: ", "紧急理由: "),
        ] {
            assert_ne!(edited, block);
            assert_eq!(
                round_trip(&edited).diagnostics.first().map(|found| found.code),
                Some(Code::ReviewEdited),
                "{edited}"
            );
        }
    }

    #[test]
    fn the_statement_names_everything_that_is_signed() {
        let id = NoticeId::parse("2024-001").unwrap();
        insta::assert_snapshot!(sign_off().statement(&id, 2), @r#"
        jingshi-signoff-v1
        id: 2024-001
        version: 2
        stage: 初审
        by: A: "甲" #1
        at: 2024-05-06T09:00:00+08:00
        digest: 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881
        urgent: 事关生命安全
        "#);
    }
}
