//! `verify`: a built or published site against its manifest and the manifest's signature.

use super::args::VerifyArgs;
use super::{Report, Session, keys};
use crate::diag::{Code, Diagnostic, Outcome, Severity, alone, has_errors};
use crate::review::Ledger;
use crate::route::BaseUrl;
use crate::ssh::PublicKey;
use crate::verify::{self, Kind, Question, Verdict};
use crate::workspace;
use serde_json::json;
use std::path::PathBuf;

/// The most files that data list of one kind.
const LISTED: usize = 1000;

/// Verifies a folder or a site on the web.
pub(super) fn run(session: &Session, args: &VerifyArgs) -> Report {
    match verified(session, args) {
        Ok(report) => report,
        Err(diagnostics) => Report::refused(diagnostics, "没有核对。"),
    }
}

/// What is looked at.
enum Place {
    Folder(PathBuf),
    Web(BaseUrl),
}

/// What is known beforehand.
#[derive(Default)]
struct Known {
    key: Option<PublicKey>,
    ledger: Option<Ledger>,
}

fn verified(session: &Session, args: &VerifyArgs) -> Result<Report, Vec<Diagnostic>> {
    let place = place(session, args.target.as_deref()).map_err(alone)?;
    let known = known(session, args.key.as_deref())?;
    let question = Question { key: known.key.as_ref(), ledger: known.ledger.as_ref() };
    let (name, verdict, next) = match &place {
        Place::Folder(folder) => (
            folder.display().to_string(),
            verify::folder(folder, question).map_err(alone)?,
            "先查明是谁改的；public/ 用 jingshi build 重新生成，发布目标用 jingshi publish --all 重新送；多出的文件请自己移走",
        ),
        Place::Web(base) => (
            base.as_str().to_owned(),
            verify::web(base, question, args.timeout).map_err(alone)?,
            "先查明是谁改的：门户插入脚本、改编码、转到别处也算，请管网站的同志关掉；再用 jingshi publish --all 重新送",
        ),
    };
    let diagnostics = verify::diagnostics(&verdict, &name, next);
    let conclusion = conclusion(&place, &name, &verdict, &diagnostics);
    Ok(Report { data: data(&name, &verdict), diagnostics, conclusion, ..Report::default() })
}

/// A folder, an address, or the output of the site.
fn place(session: &Session, target: Option<&str>) -> Result<Place, Box<Diagnostic>> {
    let Some(target) = target else {
        let site = session.site()?;
        let unbuilt = || Diagnostic::error(Code::OutputMissing, "public/ 里还没有生成好的网站");
        return if site.has_folder("public")? {
            Ok(Place::Folder(site.join("public")))
        } else {
            Err(Box::new(unbuilt().hint("请先运行 jingshi build，或写明要核对的文件夹或网址")))
        };
    };
    if !target.contains("://") {
        return Ok(Place::Folder(PathBuf::from(target)));
    }
    // As it is copied from the address bar.
    let folder =
        target.rsplit_once('/').filter(|(_, page)| page.ends_with(".html")).map_or(target, |(folder, _)| folder);
    BaseUrl::parse(folder).map(Place::Web).ok_or_else(|| {
        Box::new(
            Diagnostic::error(Code::Usage, format!("网址“{}”无法识别", crate::text::printable(target)))
                .hint("请写网站首页的地址，例如 https://www.example.gov.cn/fxjs/"),
        )
    })
}

/// The key that was named; else the key and the ledger of the site we are in, if we are in one.
fn known(session: &Session, named: Option<&str>) -> Result<Known, Vec<Diagnostic>> {
    if let Some(named) = named {
        return Ok(Known { key: Some(keys::public(named).map_err(alone)?), ledger: None });
    }
    let Some(site) = session.site_if_any().map_err(alone)? else { return Ok(Known::default()) };
    let Outcome { value: config, diagnostics } = workspace::configuration(&site);
    let Some(config) = config else { return Err(diagnostics) };
    let Outcome { value: ledger, diagnostics } = workspace::ledger(&site);
    if has_errors(&diagnostics) {
        return Err(diagnostics);
    }
    Ok(Known { key: config.site_key, ledger: Some(ledger) })
}

fn conclusion(place: &Place, name: &str, verdict: &Verdict, diagnostics: &[Diagnostic]) -> String {
    let is_incomplete = |found: &Diagnostic| found.severity == Severity::Error && found.code == Code::VerifyFailed;
    if diagnostics.iter().any(is_incomplete) {
        return "没有核对完。".to_owned();
    }
    if has_errors(diagnostics) {
        return "核对不通过。".to_owned();
    }
    let signed = if verdict.is_signed { "，清单的签名有效" } else { "" };
    let unseen = match place {
        Place::Folder(_) => "",
        Place::Web(_) => "从网址上看不出有没有多出的文件：请到服务器的文件夹上再核对。",
    };
    format!("核对通过：{name} 的 {} 个文件与清单一致{signed}，依据台账前 {} 行。{unseen}", verdict.files, verdict.rows)
}

fn data(name: &str, verdict: &Verdict) -> serde_json::Value {
    let mut data = json!({
        "target": name,
        "files": verdict.files,
        "signed": verdict.is_signed,
        "ledger_rows": verdict.rows,
        "underway": verdict.is_underway,
        "strangers": verdict.strangers.iter().take(LISTED).collect::<Vec<_>>(),
    });
    let mut counts = json!({ "strangers": verdict.strangers.len() });
    for (kind, word, _) in Kind::ALL {
        let of_kind = || verdict.findings.iter().filter(|finding| finding.kind == kind);
        data[word] =
            of_kind().take(LISTED).map(|finding| json!({ "path": finding.path, "why": finding.why })).collect();
        counts[word] = json!(of_kind().count());
    }
    data["counts"] = counts;
    data
}
