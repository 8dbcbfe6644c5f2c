//! `new`: a draft with a commented front matter.

use super::args::NewArgs;
use super::draft::{Desk, Draft};
use super::{Report, Session};
use crate::diag::Diagnostic;
use serde_json::json;

/// Writes a new draft and prints its path.
pub(super) fn run(session: &Session, args: &NewArgs) -> Report {
    match write(session, args) {
        Ok(path) => Report {
            output: format!("{path}\n"),
            data: json!({ "path": path }),
            conclusion: "草稿已建好：请补全内容，用 jingshi check 自查，再用 jingshi review sign 送审。".to_owned(),
            ..Report::default()
        },
        Err(diagnostics) => Report::refused(diagnostics, "没有新建草稿。"),
    }
}

fn write(session: &Session, args: &NewArgs) -> Result<String, Vec<Diagnostic>> {
    let draft = Draft {
        id: args.id.as_deref(),
        kind: &args.kind,
        title: &args.title,
        category: args.category.as_deref(),
        body: None,
        files: Vec::new(),
    };
    Desk::open(session)?.write(session.now, draft)
}
