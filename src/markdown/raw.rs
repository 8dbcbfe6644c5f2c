//! What is said of raw HTML: where it stands, and what Markdown offers instead.

use super::report::Report;
use crate::diag::{Code, Diagnostic};

/// Reports raw HTML that begins at an offset.
pub(super) fn refuse(source: &str, at: usize, report: &mut Report<'_>) {
    let tail = source.get(at..).unwrap_or_default();
    let at = at + (tail.len() - tail.trim_start().len());
    let tag = tag(tail.trim_start());
    let message = match tag.as_str() {
        "!--" => "正文不能含有 HTML 注释".to_owned(),
        "" => "正文不能含有 HTML 代码".to_owned(),
        _ => format!("正文不能含有 HTML 标签 <{tag}>"),
    };
    report.push(at, Diagnostic::error(Code::MarkdownHtml, message).hint(advice(&tag)));
}

/// The name of a tag with the `/` of a closing one, `!--` for a comment, or nothing.
fn tag(html: &str) -> String {
    let inner = html.strip_prefix('<').unwrap_or(html);
    if inner.starts_with("!--") {
        return "!--".to_owned();
    }
    let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '/');
    let end = inner.find(|character| !is_name(character)).unwrap_or(inner.len());
    inner[..end].trim_end_matches('/').chars().take(32).collect()
}

fn advice(tag: &str) -> &'static str {
    match tag.trim_start_matches('/').to_ascii_lowercase().as_str() {
        "br" => "换行请在行末打两个空格或一个反斜杠“\\”；分段请空一行",
        "b" | "strong" => "加粗请写成 **文字**",
        "i" | "em" => "强调请写成 *文字*",
        "s" | "del" | "strike" => "删除线请写成 ~~文字~~",
        "a" => "链接请写成 [文字](地址)",
        "img" => "图片请放在 index.md 旁边，写成 ![图片说明](文件名)",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "标题请写成“## 标题”",
        "ul" | "ol" | "li" => "列表请每行以“- ”或“1. ”开头",
        "table" | "thead" | "tbody" | "tr" | "td" | "th" => "表格请用竖线书写：| 项目 | 结果 |",
        "hr" => "分隔线请单独一行写“---”",
        "p" | "div" | "span" | "font" | "center" | "u" | "section" => "删去标签，只留文字；分段请空一行",
        "!--" => "删去注释；不公开的话写在审核意见里",
        "script" | "style" | "iframe" | "object" | "embed" | "form" | "input" | "video" | "audio" => {
            "删去这段代码；页面不能含有脚本、样式、表单和外部内容"
        }
        _ => "删去标签；若要显示“<”本身，在它前面加反斜杠：\\<",
    }
}
