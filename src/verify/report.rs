//! What a verdict tells people.

use super::{Finding, Kind, Verdict};
use crate::diag::{Code, Diagnostic, Severity};
use crate::text::printable;

/// The most files that are named of one kind.
const LISTED: usize = 20;

/// Everything to be said of a verdict on a place; `next` is what to do about files that differ.
pub fn diagnostics(verdict: &Verdict, name: &str, next: &str) -> Vec<Diagnostic> {
    let (unread, differing): (Vec<&Finding>, Vec<&Finding>) =
        verdict.findings.iter().partition(|finding| finding.kind == Kind::Unread);
    let mut all = verdict.doubts.clone();
    if !differing.is_empty() {
        let message = format!("{name} 与它的清单（manifest.json）有 {} 处不一致", differing.len());
        let error = Diagnostic::error(Code::OutputAltered, message);
        let error =
            if verdict.is_underway { error.fact("清单说正在发布，或上次发布没有完成") } else { error };
        all.push(named(error, &differing).hint(next));
    }
    if !unread.is_empty() {
        let error =
            Diagnostic::error(Code::VerifyFailed, format!("{name} 有 {} 个文件没有读到，没有核对完", unread.len()));
        // What differs for certain decides the exit code.
        let severity = if differing.is_empty() { Severity::Error } else { Severity::Warning };
        all.push(
            Diagnostic { severity, ..named(error, &unread) }
                .hint("请排除网络或磁盘的故障再核对一次；核对网址而网络慢的，加上 --timeout 60"),
        );
    }
    all.extend(strangers(&verdict.strangers));
    all
}

/// Names the first files of each kind, and says how many more there are.
fn named(mut diagnostic: Diagnostic, findings: &[&Finding]) -> Diagnostic {
    for (kind, _, word) in Kind::ALL {
        let of_kind = || findings.iter().filter(|finding| finding.kind == kind);
        for finding in of_kind().take(LISTED) {
            let why = if finding.why.is_empty() { String::new() } else { format!("（{}）", printable(&finding.why)) };
            diagnostic = diagnostic.fact(format!("{word}：{}{why}", printable(&finding.path)));
        }
        let more = of_kind().count().saturating_sub(LISTED);
        if more > 0 {
            diagnostic = diagnostic.fact(format!("{word}的还有 {more} 个"));
        }
    }
    diagnostic
}

/// What others have put beside the site. They may, but somebody should know.
fn strangers(paths: &[String]) -> Option<Diagnostic> {
    let first = paths.first()?;
    let message = format!("文件夹里另有 {} 个文件不是本程序写的，公众也能打开", paths.len());
    let warning = Diagnostic::warning(Code::OutputAltered, message);
    let named =
        paths.iter().take(LISTED).fold(warning, |warning, path| warning.fact(format!("多出：{}", printable(path))));
    let more = paths.len().saturating_sub(LISTED);
    let named = if more == 0 {
        named
    } else {
        named.fact(format!("多出的还有 {more} 个，第一个是 {}", printable(first)))
    };
    Some(named.hint("是门户放的就不用管，build 和 publish 不动它们；不知道是谁放的，请查明后删掉"))
}
