//! `revise` and `withdraw`: the next version of a live notice, as a draft.

use super::args::{ReviseArgs, WithdrawArgs};
use super::{Report, Session};
use crate::diag::{Code, Diagnostic, alone};
use crate::disk::SiteDir;
use crate::inputs::Shelf;
use crate::notice::{NoticeId, Status};
use crate::read;
use crate::review::revise::{Revision, next_version};
use crate::workspace;
use serde_json::json;

/// Makes a draft of a correction.
pub(super) fn correct(session: &Session, args: &ReviseArgs) -> Report {
    let revision = Revision::Correct { what: &args.what, why: &args.why };
    report(
        revise(session, &args.id, revision),
        "更正草稿已建好：请修改内容，在“change”里写明改了什么、为什么改，再逐级签署。签署完成前，公众看到的仍是现行版本。",
    )
}

/// Makes a draft of a withdrawal.
pub(super) fn withdraw(session: &Session, args: &WithdrawArgs) -> Report {
    let revision = Revision::Withdraw { reason: &args.reason };
    report(
        revise(session, &args.id, revision),
        "撤销草稿已建好：请检查撤销说明，再逐级签署。签署完成前，公众看到的仍是现行版本。",
    )
}

fn report(result: Result<String, Vec<Diagnostic>>, conclusion: &str) -> Report {
    match result {
        Ok(path) => Report {
            output: format!("{path}\n"),
            data: json!({ "path": path }),
            conclusion: conclusion.to_owned(),
            ..Report::default()
        },
        Err(diagnostics) => Report::refused(diagnostics, "没有新建草稿。"),
    }
}

fn revise(session: &Session, id: &str, revision: Revision<'_>) -> Result<String, Vec<Diagnostic>> {
    let site = session.site().map_err(alone)?;
    let _lock = site.lock().map_err(alone)?;
    let configuration = workspace::configuration(&site);
    let Some(config) = configuration.value else { return Err(configuration.diagnostics) };
    let id = live_id(&site, id).map_err(alone)?;
    let live = format!("content/notices/{id}");
    let outcome = site.bundle(Shelf::Live, &live);
    let mut diagnostics = outcome.diagnostics;
    let Some(bundle) = outcome.value else { return Err(diagnostics) };
    let Some(manuscript) = read::manuscript(&bundle, &config.vocabularies).drain_into(&mut diagnostics) else {
        return Err(diagnostics);
    };
    if manuscript.notice.status == Status::Withdrawn {
        let error = manuscript.error(Code::NoticeState, format!("“{id}”已经撤销，不能再改"));
        return Err(vec![error.hint("请用 jingshi new 另发一条，并在 related 里写上这个编号")]);
    }
    if let Some(sign_off) = manuscript.stale_sign_offs().next() {
        let message = format!("“{id}”与{}签署的内容不一致，不能在它的基础上更正", sign_off.stage);
        return Err(vec![manuscript.error(Code::ReviewStale, message).hint("请先从备份或版本库恢复签署时的文件")]);
    }
    let index = bundle.index.as_deref().unwrap_or_default();
    let text = next_version(&bundle.index_path(), index, manuscript.notice.version + 1, revision).map_err(alone)?;
    let mut files = vec![("index.md".to_owned(), text.into_bytes())];
    for file in &bundle.files {
        files.push((file.path.to_string(), site.read(&format!("{live}/{}", file.path)).map_err(alone)?));
    }
    let draft = format!("content/drafts/{id}");
    site.create_folder(&draft, &files).map_err(alone)?;
    Ok(site.join(&draft).join("index.md").display().to_string())
}

/// The id of a live notice that has no draft yet.
fn live_id(site: &SiteDir, typed: &str) -> Result<NoticeId, Box<Diagnostic>> {
    let refuse = |message: String, hint: &str| Box::new(Diagnostic::error(Code::NoticeState, message).hint(hint));
    let unknown =
        || refuse(format!("没有已发布的信息“{}”", crate::text::printable(typed)), "用 jingshi list live 查看编号");
    let id = NoticeId::parse(typed).ok_or_else(unknown)?;
    if !site.has_folder(&format!("content/notices/{id}"))? {
        return Err(unknown());
    }
    if site.has(&format!("content/drafts/{id}"))? {
        let message = format!("“{id}”已经有一份草稿");
        return Err(refuse(message, "请接着修改 content/drafts/ 里的那份；不要了就先移走"));
    }
    Ok(id)
}
