//! Where `site.yaml` says that the site is published, folders and other machines, and by which key its manifest is signed.
//!
//! A place is plain by the time it is known: no word of it can be taken for an option or be read by a shell.

use super::read::{FILE, wrong};
use crate::diag::Diagnostic;
use crate::ssh::PublicKey;
use crate::text::is_deceptive;
use crate::yaml::{Fields, Key, Node};

pub(super) const TARGET: &[Key] =
    &[Key::new("name", "名称", "发布目标的名称"), Key::new("to", "位置", "文件夹，或“用户@主机:/文件夹”")];

/// A place to which the site is brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishTarget {
    /// What it is called on the command line.
    pub name: String,
    /// Where it is.
    pub to: Destination,
}

/// Where a target is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A folder of this machine, absolute or relative to the site.
    Folder(String),
    /// A folder of another machine, reached by rsync over SSH.
    Remote {
        /// `host` or `user@host`: letters, digits, hyphens, stops and underscores, and no hyphen in front.
        host: String,
        /// Absolute, without `/` at the end.
        folder: String,
    },
}

/// The targets, each name once.
pub(super) fn targets(fields: &mut Fields<'_>, diagnostics: &mut Vec<Diagnostic>) -> Vec<PublishTarget> {
    let mut targets: Vec<PublishTarget> = Vec::new();
    for node in fields.list("targets") {
        let at = node.at;
        let Some(target) = target(node, diagnostics) else { continue };
        if targets.iter().any(|known| known.name == target.name) {
            diagnostics.push(wrong(at, format!("发布目标“{}”写了两次", target.name)));
        } else {
            targets.push(target);
        }
    }
    targets
}

/// The key of the manifest's signature; none where the site has none.
pub(super) fn site_key(fields: &mut Fields<'_>) -> Option<PublicKey> {
    let text = fields.text("site_key")?;
    let key = PublicKey::parse(&text.value);
    if let Err(error) = &key {
        fields.push(
            wrong(text.at, format!("网站公钥：{error}"))
                .hint("请填写 .pub 文件里的一整行，以 ssh-ed25519 开头；私钥不要写在这里"),
        );
    }
    key.ok()
}

fn target(node: Node, diagnostics: &mut Vec<Diagnostic>) -> Option<PublishTarget> {
    let mut inner = Fields::open(FILE, node, TARGET);
    let name = inner.required_text("name", "名称");
    let to = inner.required_text("to", "位置");
    let place = to.as_ref().map(|to| destination(&to.value).map_err(|message| (to.at, message)));
    if let Some(Err((at, message))) = &place {
        inner.push(wrong(*at, *message).hint("例如 /var/www/fxjs，或 fabu@www.example.gov.cn:/var/www/fxjs"));
    }
    diagnostics.extend(inner.finish());
    Some(PublishTarget { name: name?.value, to: place?.ok()? })
}

/// Reads a place; a single letter before the colon is a drive of Windows.
fn destination(text: &str) -> Result<Destination, &'static str> {
    if text.chars().any(|character| is_deceptive(character) || matches!(character, '\n' | '\r' | '\t')) {
        return Err("位置里有看不见的字符");
    }
    if text.contains("://") {
        return Err("位置不是网址：这里写文件夹，或“用户@主机:/文件夹”");
    }
    if text.starts_with('~') {
        return Err("位置不认“~”，请写完整的路径");
    }
    let remote = text.split_once(':').filter(|(host, _)| host.chars().count() != 1 && !host.contains(['/', '\\']));
    let Some((host, folder)) = remote else { return Ok(Destination::Folder(text.to_owned())) };
    let plain = |word: &str| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        !word.is_empty() && !word.starts_with('-') && word.bytes().all(known)
    };
    let (user, machine) = host.split_once('@').map_or((None, host), |(user, machine)| (Some(user), machine));
    if !plain(machine) || !user.is_none_or(plain) {
        return Err("主机名和用户名只能用英文字母、数字、点、连字符和下划线，连字符不能在最前面");
    }
    let folder = folder.trim_end_matches('/');
    if !folder.starts_with('/') || folder.split('/').any(|part| part == "..") {
        return Err("冒号后面应当是从“/”开头的文件夹，不能是“/”本身，不能含有“..”");
    }
    Ok(Destination::Remote { host: host.to_owned(), folder: folder.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_machines_are_told_apart() {
        let folder = |text: &str| Ok(Destination::Folder(text.to_owned()));
        for text in ["/var/www/fxjs", "../www", "D:\\www", "D:/www", "./a:b", "-x", "网站"] {
            assert_eq!(destination(text), folder(text), "{text}");
        }
        let remote =
            |host: &str, folder: &str| Ok(Destination::Remote { host: host.to_owned(), folder: folder.to_owned() });
        assert_eq!(destination("fabu@www.example.gov.cn:/var/www/"), remote("fabu@www.example.gov.cn", "/var/www"));
        assert_eq!(destination("server:/网站 一/$(id)"), remote("server", "/网站 一/$(id)"));
    }

    #[test]
    fn no_place_is_an_option_or_leads_elsewhere() {
        for bad in [
            "-oProxyCommand=x:/a",
            "a@-b:/a",
            "a b:/a",
            "a;b:/a",
            "a@b@c:/a",
            "host:/",
            "host:a",
            "host:/a/../b",
            "host:",
            ":/a",
            "rsync://host/a",
            "~/www",
            "host:/a\u{202e}b",
            "/a\nb",
        ] {
            assert!(destination(bad).is_err(), "{bad}");
        }
    }
}
