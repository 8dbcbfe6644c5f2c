//! `verify`: whether a published site, in a folder or on the web, is exactly what its manifest says, and the manifest what
//! the site's key has signed.
//!
//! In: a folder or an address, a public key and a ledger where there are any. Out: a [`Verdict`] that names every file that
//! is missing, altered or too many, and every doubt about the manifest itself. Writes nothing. Nothing that is read is
//! believed before it was compared: not its length, not its addresses, not the manifest's own form.

mod answer;
mod curl;
mod report;
mod trust;

pub use report::diagnostics;

use crate::diag::{Code, Diagnostic};
use crate::disk::{is_folder, read_failed};
use crate::output::{self, Difference, LARGEST_MANIFEST, LARGEST_SIGNATURE, MANIFEST, Manifest, SIGNATURE, Sealed};
use crate::review::Ledger;
use crate::route::{BaseUrl, OutPath, encode_path};
use crate::ssh::PublicKey;
use answer::{Answer, Body};
use curl::{Request, Want};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What is known of the site beforehand.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The key that should have signed.
    pub key: Option<&'a PublicKey>,
    /// The ledger on which the site should rest.
    pub ledger: Option<&'a Ledger>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is wrong with the manifest, its signature or its ledger.
    pub doubts: Vec<Diagnostic>,
    /// Whether the signature holds.
    pub is_signed: bool,
    /// How many files the manifest lists.
    pub files: usize,
    /// The rows of the ledger on which the site rests.
    pub rows: u32,
    /// Whether the site is just being brought there, or was left half-way.
    pub is_underway: bool,
    /// Every file that differs, in order of path.
    pub findings: Vec<Finding>,
    /// Files of others, where they may be; only a folder can tell.
    pub strangers: Vec<String>,
}

/// A file that differs from the manifest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Its path.
    pub path: String,
    /// How it differs.
    pub kind: Kind,
    /// What is known beyond that; may be empty.
    pub why: String,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is not there.
    Missing,
    /// It has other bytes.
    Altered,
    /// The manifest does not know it.
    Extra,
    /// It could not be read to the end, so nothing is known.
    Unread,
}

/// Compares a folder.
///
/// # Errors
/// It has no manifest of ours, or cannot be read.
pub fn folder(folder: &Path, question: Question<'_>) -> Result<Verdict, Box<Diagnostic>> {
    let name = folder.display().to_string();
    let failed = |error: io::Error| Box::new(read_failed(&name, &error));
    if !is_folder(folder).map_err(failed)? {
        return Err(failed(io::Error::from(io::ErrorKind::NotFound)));
    }
    let read = || match output::sealed(folder) {
        Ok(sealed) => sealed.ok_or_else(|| broken(&name, "里面的 manifest.json 不是本程序写的，或被改坏了")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(broken(&name, "里面没有 manifest.json")),
        Err(error) => Err(failed(error)),
    };
    let sealed = read()?;
    let differences = output::differences(folder, &sealed.manifest).map_err(failed)?;
    let strangers = output::strangers(folder, &sealed.manifest).map_err(failed)?;
    let findings: Vec<Finding> = differences.into_iter().map(Finding::from).collect();
    if !findings.is_empty() && read().ok().as_ref() != Some(&sealed) {
        return Err(moved(&name));
    }
    Ok(verdict(&sealed, question, findings, strangers))
}

/// Compares a site as the web shows it, as the public gets it: every file at its own address, and every page also at the
/// address of its folder, by which feeds and search engines know it. `patience` is in seconds.
///
/// # Errors
/// There is no manifest of ours, or it cannot be read.
pub fn web(base: &BaseUrl, question: Question<'_>, patience: u32) -> Result<Verdict, Box<Diagnostic>> {
    let sealed = fetch_sealed(base, patience)?;
    let (paths, requests): (Vec<&String>, Vec<Request>) = requests(base, &sealed.manifest).into_iter().unzip();
    let answers = curl::fetch(&requests, patience);
    // The first that is said of a file: its own address comes before that of its folder.
    let mut found: BTreeMap<&String, Finding> = BTreeMap::new();
    for ((path, request), answer) in paths.into_iter().zip(&requests).zip(&answers) {
        let Some(entry) = sealed.manifest.files.get(path) else { continue };
        if let Some((kind, why)) = answer::judge(entry, answer) {
            let why = if request.url.ends_with('/') { format!("在 {}：{why}", request.url) } else { why };
            found.entry(path).or_insert_with(|| Finding { path: path.clone(), kind, why });
        }
    }
    let findings: Vec<Finding> = found.into_values().collect();
    // What was published meanwhile is no fault of the site.
    if findings.iter().any(|finding| finding.kind != Kind::Unread)
        && fetch_sealed(base, patience).is_ok_and(|now| now != sealed)
    {
        return Err(moved(base.as_str()));
    }
    Ok(verdict(&sealed, question, findings, Vec::new()))
}

fn verdict(sealed: &Sealed, question: Question<'_>, findings: Vec<Finding>, strangers: Vec<String>) -> Verdict {
    Verdict {
        doubts: trust::doubts(sealed, question),
        is_signed: question.key.is_some_and(|key| sealed.is_signed_by(key)),
        files: sealed.manifest.files.len(),
        rows: sealed.manifest.ledger().map_or(0, |head| head.seq),
        is_underway: sealed.manifest.files.values().any(|entry| !entry.is_there()),
        findings,
        strangers,
    }
}

/// The addresses at which files are asked for.
fn requests<'a>(base: &BaseUrl, manifest: &'a Manifest) -> Vec<(&'a String, Request)> {
    let address = |path: &str| format!("{}{}", base.as_str(), encode_path(path));
    let each = manifest.files.iter().flat_map(|(path, entry)| {
        let own = address(path);
        // What a manifest names was checked when it was read.
        let folder = OutPath::parse(path).ok().map(|path| base.join(&path)).filter(|folder| *folder != own);
        let request = move |url| (path, Request { url, limit: entry.bytes, want: Want::Digest });
        std::iter::once(own).chain(folder).map(request)
    });
    each.collect()
}

fn fetch_sealed(base: &BaseUrl, patience: u32) -> Result<Sealed, Box<Diagnostic>> {
    let request = |name: &str, limit| Request { url: format!("{}{name}", base.as_str()), limit, want: Want::Bytes };
    let wanted = [request(MANIFEST, LARGEST_MANIFEST), request(SIGNATURE, LARGEST_SIGNATURE)];
    let [manifest, signature] = wanted.map(|request| curl::fetch(&[request], patience).pop());
    let bytes = body(base, MANIFEST, manifest)?;
    let Some(bytes) = bytes else {
        return Err(broken(base.as_str(), "那里没有 manifest.json（网站回答 404）"));
    };
    let signature = body(base, SIGNATURE, signature)?;
    Sealed::read(bytes, signature).ok_or_else(|| {
        broken(base.as_str(), "取到的 manifest.json 不是清单：可能是一张错误页、登录页，或者被改过、压缩过")
    })
}

/// What was answered, as bytes; none where there is nothing.
fn body(base: &BaseUrl, name: &str, answer: Option<Answer>) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
    let Some(answer) = answer else { return Ok(None) };
    if let Some((kind, why)) = answer::refusal(&answer) {
        return match kind {
            Kind::Missing if why.is_empty() => Ok(None),
            Kind::Unread => Err(unreachable(base.as_str(), format!("{name}：{why}"))),
            _ => Err(broken(base.as_str(), format!("{name}：{why}"))),
        };
    }
    match answer.body {
        Body::Whole { kept, .. } => Ok(Some(kept)),
        Body::TooLong => Err(broken(base.as_str(), format!("{name} 太长，不是本程序写的"))),
    }
}

fn broken(name: &str, fact: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::ManifestBroken, format!("{name} 没有可用的清单，不能核对")).fact(fact).hint(
        "请写 jingshi build 生成的文件夹（例如 public），或网站的首页地址；地址没有写错，就是清单被人删改，请查明后重新发布",
    ))
}

/// A site that is exchanged while it is looked at says nothing.
fn moved(name: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::VerifyFailed, format!("核对期间 {name} 更新了，结果作不得数"))
            .hint("请等发布完成，再核对一次"),
    )
}

fn unreachable(name: &str, fact: impl Into<String>) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::VerifyFailed, format!("{name} 取不到，不能核对"))
            .fact(fact)
            .hint("请先用浏览器打开这个网址试一试；网络慢的，加上 --timeout 60"),
    )
}

impl From<Difference> for Finding {
    fn from(difference: Difference) -> Self {
        let (kind, path, why) = match difference {
            Difference::Missing(path) => (Kind::Missing, path, String::new()),
            Difference::Altered(path) => (Kind::Altered, path, String::new()),
            Difference::Unknown(path) => (Kind::Extra, path, String::new()),
            Difference::Unread(path, why) => (Kind::Unread, path, why),
        };
        Self { path, kind, why }
    }
}

impl Kind {
    /// Every kind, with its name in data and what people are told.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Missing, "missing", "缺少"),
        (Self::Altered, "altered", "被改动"),
        (Self::Extra, "extra", "多出"),
        (Self::Unread, "unread", "没有读到"),
    ];
}
