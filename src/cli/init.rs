//! `init`: a new site from the program alone.

use super::Report;
use super::args::InitArgs;
use crate::diag::{Code, Diagnostic};
use crate::disk::fresh;
use crate::embedded;
use crate::schema;
use crate::vocabulary::Vocabularies;
use serde_json::json;

/// Makes a new site.
pub(super) fn run(args: &InitArgs) -> Report {
    let name = args.dir.display().to_string();
    let (kind, files) = if args.sample { ("sample", sample()) } else { ("blank", blank()) };
    match fresh::is_vacant(&args.dir, kind) {
        Ok(true) => {}
        Ok(false) => {
            let error = Diagnostic::error(Code::Usage, format!("文件夹“{name}”不是空的"))
                .hint("请换一个空文件夹，以免覆盖里面的文件");
            return Report::refused(vec![error], "没有新建。");
        }
        Err(error) => return Report::refused(vec![*error], "没有新建。"),
    }
    match fresh::create(&args.dir, kind, &files) {
        Ok(()) => Report {
            output: format!("{name}\n"),
            data: json!({ "folder": name }),
            conclusion: format!(
                "已新建网站。下一步：进入“{name}”，编辑 site.yaml，用 jingshi new 写第一条信息，用 jingshi serve 预览。"
            ),
            ..Report::default()
        },
        Err(error) => Report::refused(vec![*error], "没有建完：排除故障后，请再运行一次同样的命令。"),
    }
}

fn blank() -> Vec<(String, Vec<u8>)> {
    let folders = ["content/drafts", "content/notices", "content/archive", "content/pages", "themes"];
    let mut files: Vec<_> = folders.iter().map(|folder| (format!("{folder}/.gitkeep"), Vec::new())).collect();
    files.push(("site.yaml".to_owned(), embedded::NEW_CONFIG.as_bytes().to_vec()));
    files.push((".gitignore".to_owned(), embedded::GITIGNORE.as_bytes().to_vec()));
    files.extend(embedded::EDITOR.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())));
    files.push((embedded::EDITOR_SCHEMA.to_owned(), schema::text(&Vocabularies::default()).into_bytes()));
    files
}

fn sample() -> Vec<(String, Vec<u8>)> {
    let mut files = blank();
    files.retain(|(path, _)| path != "site.yaml");
    files.push(("site.yaml".to_owned(), embedded::SAMPLE_CONFIG.as_bytes().to_vec()));
    files.extend(embedded::sample());
    files
}
