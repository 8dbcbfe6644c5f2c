//! SSH signatures: what this program signs `ssh-keygen` verifies, and the other way round.

use crate::samples::{KeyPair, STAGES, keyed_config, keys, notice, person};
use crate::site::{NOW, Run, Site, sha256};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const DRAFT: &str = "content/drafts/2024-001/index.md";

fn with_draft() -> Site {
    let site = Site::with_config(&keyed_config());
    site.draft("2024-001", &notice("2024-001", "磁力珠"));
    site.write("content/drafts/2024-001/图.png", crate::samples::PIXEL);
    site.write("content/drafts/2024-001/附件/表.csv", "甲,乙\n1,2\n");
    site
}

/// Writes a private key where `ssh` would accept it.
fn private_key(site: &Site, key: &KeyPair) -> PathBuf {
    let path = site.outside().join("id_key");
    fs::write(&path, &key.private).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    path
}

fn sign_with(site: &Site, stage: &str, key: &KeyPair) -> Run {
    let path = private_key(site, key);
    let by = person(stage);
    site.run(&["review", "sign", "--stage", stage, "--by", &by, "--key", path.to_str().unwrap(), "2024-001"])
}

/// What `ssh-keygen -Y sign` makes of a text.
fn ssh_sign(site: &Site, key: &KeyPair, namespace: &str, text: &str) -> PathBuf {
    let path = site.outside().join("statement");
    fs::write(&path, text).unwrap();
    let signature = path.with_extension("sig");
    let _ = fs::remove_file(&signature);
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "sign", "-n", namespace, "-f"]).arg(private_key(site, key)).arg(&path);
    assert!(command.stderr(Stdio::null()).status().unwrap().success());
    signature
}

fn statement(site: &Site, stage: &str) -> String {
    let by = person(stage);
    site.run(&["review", "statement", "--stage", stage, "--by", &by, "--at", NOW, "2024-001"]).exits(0).stdout
}

fn hand_in(site: &Site, stage: &str, at: &str, signature: &Path) -> Run {
    let (by, signature) = (person(stage), signature.to_str().unwrap().to_owned());
    let words = ["review", "sign", "--stage", stage, "--by", &by, "--at", at, "--signature", &signature, "2024-001"];
    site.run(&words)
}

/// The digest of a bundle, worked out from the rule alone: text without its review block, then every other file.
fn content_digest(site: &Site, folder: &str) -> String {
    let mut files = site.files(folder);
    let text = String::from_utf8(files.remove("index.md").unwrap()).unwrap();
    let (head, body) = text[4..].split_once("\n---\n").unwrap();
    let kept = head.split_once("\nreview:\n").map_or(head, |(kept, _)| kept);
    let mut whole = format!("jingshi-notice-v1\n---\n{kept}\n---\n{body}").into_bytes();
    for (path, bytes) in files {
        whole.extend(format!("\n{path}\0{}", sha256(&bytes)).into_bytes());
    }
    sha256(&whole)
}

/// The fields of the sign-offs in a file, read without the program: stage, by, at, digest, signature.
fn sign_offs(text: &str) -> Vec<[String; 5]> {
    let block = text.split("\nreview:\n").nth(1).unwrap().split("\n---\n").next().unwrap();
    let of = |entry: &str, key: &str| {
        let rest = entry.split(&format!("{key}: ")).nth(1).unwrap();
        rest.lines().next().unwrap().to_owned()
    };
    let entries = block.split("  - stage: ").skip(1);
    entries
        .map(|entry| {
            let signature = entry.split("signature: |\n").nth(1).unwrap_or_default();
            let signature: String = signature.lines().map(|line| format!("{}\n", line.trim_start())).collect();
            let stage = entry.lines().next().unwrap().to_owned();
            [stage, of(entry, "by"), of(entry, "at"), of(entry, "digest"), signature]
        })
        .collect()
}

fn ssh_verifies(site: &Site, by: &str, key: &KeyPair, statement: &str, signature: &str) -> bool {
    let (allowed, file) = (site.outside().join("allowed_signers"), site.outside().join("checked.sig"));
    fs::write(&allowed, format!("{by} {}\n", key.public)).unwrap();
    fs::write(&file, signature).unwrap();
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "verify", "-n", "jingshi", "-I", by, "-f"]).arg(allowed).arg("-s").arg(file);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(statement.as_bytes()).unwrap();
    child.wait().unwrap().success()
}

#[test]
fn ssh_keygen_verifies_what_was_signed() {
    let site = with_draft();
    for (stage, key) in STAGES.iter().zip(keys()) {
        sign_with(&site, stage, key).exits(0);
    }
    site.build().exits(0);
    let folder = "content/notices/2024-001";
    let digest = content_digest(&site, folder);
    let found = sign_offs(&site.read(&format!("{folder}/index.md")));
    assert_eq!(found.len(), 3);
    for ([stage, by, at, signed, signature], key) in found.iter().zip(keys()) {
        assert_eq!(*signed, digest);
        let statement = format!(
            "jingshi-signoff-v1\nid: 2024-001\nversion: 1\nstage: {stage}\nby: {by}\nat: {at}\ndigest: {digest}\n"
        );
        assert!(ssh_verifies(&site, by, key, &statement, signature), "{stage}");
        assert!(!ssh_verifies(&site, by, key, &statement.replace("version: 1", "version: 2"), signature), "{stage}");
    }
}

#[test]
fn a_signature_made_by_ssh_keygen_is_accepted() {
    let site = with_draft();
    for (stage, key) in STAGES.iter().zip(keys()) {
        let signature = ssh_sign(&site, key, "jingshi", &statement(&site, stage));
        hand_in(&site, stage, NOW, &signature).exits(0);
    }
    site.build().exits(0);
    site.run(&["review", "verify"]).exits(0);
}

#[test]
fn a_signature_that_does_not_hold_is_refused() {
    let site = with_draft();
    let [first, second, ..] = keys();
    let good = statement(&site, "初审");
    let before = site.files("content");
    let refused = |run: Run, text: &str| {
        run.exits(3).says(text);
        assert!(before == site.files("content"));
    };
    refused(sign_with(&site, "初审", second), "对不上");
    refused(site.sign("初审", "2024-001"), "签署时必须使用私钥");
    refused(hand_in(&site, "初审", NOW, &ssh_sign(&site, second, "jingshi", &good)), "对不上");
    refused(hand_in(&site, "初审", NOW, &ssh_sign(&site, first, "file", &good)), "对不上");
    let other = good.replace("version: 1", "version: 2");
    refused(hand_in(&site, "初审", NOW, &ssh_sign(&site, first, "jingshi", &other)), "对不上");
    let signature = ssh_sign(&site, first, "jingshi", &good);
    refused(hand_in(&site, "初审", "2024-06-01T08:00:00+08:00", &signature), "对不上");
    fs::write(&signature, "不是签名").unwrap();
    refused(hand_in(&site, "初审", NOW, &signature), "这不是 SSH 签名");
}

#[test]
fn a_signature_over_the_draft_before_it_changed_is_refused() {
    let site = with_draft();
    let signature = ssh_sign(&site, &keys()[0], "jingshi", &statement(&site, "初审"));
    site.edit(DRAFT, "磁力珠，摘要", "磁力珠，别的摘要");
    hand_in(&site, "初审", NOW, &signature).exits(3).says("对不上");
}

#[test]
fn a_forged_sign_off_in_a_draft_is_refused_at_the_next_stage() {
    let site = with_draft();
    sign_with(&site, "初审", &keys()[0]).exits(0);
    let genuine = site.read(DRAFT);
    let [.., signature] = sign_offs(&genuine)[0].clone();
    let indented = |signature: &str| signature.lines().map(|line| format!("      {line}\n")).collect::<String>();
    let stranger = fs::read_to_string(ssh_sign(&site, &keys()[3], "jingshi", &statement(&site, "初审"))).unwrap();
    let forged = genuine.replace(&indented(&signature), &indented(&stranger));
    assert_ne!(forged, genuine);
    site.draft("2024-001", &forged);
    sign_with(&site, "复审", &keys()[1]).exits(3).says("初审的签名与“初审员”的公钥对不上");
    let bare = genuine.replace(&format!("    signature: |\n{}", indented(&signature)), "");
    assert_ne!(bare, genuine);
    site.draft("2024-001", &bare);
    sign_with(&site, "复审", &keys()[1]).exits(3).says("缺少“初审员”的 SSH 签名");
    site.draft("2024-001", &genuine);
    sign_with(&site, "复审", &keys()[1]).exits(0);
}

#[test]
fn a_live_notice_whose_signer_lost_the_key_is_refused() {
    let site = with_draft();
    for (stage, key) in STAGES.iter().zip(keys()) {
        sign_with(&site, stage, key).exits(0);
    }
    site.build().exits(0);
    let config = site.read("site.yaml");
    site.write("site.yaml", config.replace(&keys()[1].public, &keys()[3].public));
    site.build_refused(3).says("复审的签名与“复审员”的公钥对不上");
}

#[test]
fn a_key_under_a_passphrase_is_not_read() {
    let site = with_draft();
    let path = site.outside().join("locked");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "long words", "-f"]).arg(&path).status();
    assert!(made.unwrap().success());
    let words = ["review", "sign", "--stage", "初审", "--by", "初审员", "--key", path.to_str().unwrap(), "2024-001"];
    site.run(&words).exits(2).says("有口令保护").says("--signature");
    let words = ["review", "sign", "--stage", "初审", "--by", "初审员", "--key", "没有这个文件", "2024-001"];
    site.run(&words).exits(4).says("找不到文件");
}
