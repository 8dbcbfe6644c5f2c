//! Links and pictures: checks each address against the bundle, says what is wrong with it, and writes the element.

use super::{
    Asset, Image, flow,
    html::{SlotKind, Writer, escape},
    links::{self, Refusal, Target},
    raw,
};
use crate::{
    diag::{Code, Diagnostic, Located},
    route::{RelPath, encode_path},
};
use pulldown_cmark::{CowStr, Event, LinkType};

/// The most headings among which a mistyped one is looked for.
const SUGGESTED: usize = 200;

/// Where a picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a line of text.
    Inline,
    /// Alone in its paragraph.
    Figure,
}

impl Writer<'_, '_> {
    /// Starts a link and says where its content begins; one that is refused leaves its text alone.
    pub(super) fn start_link(&mut self, kind: LinkType, address: &str, title: &CowStr<'_>, at: usize) -> Option<usize> {
        if self.links.iter().any(Option::is_some) {
            let problem = Diagnostic::error(Code::MarkdownUrl, "链接的文字里不能再有链接");
            self.report.push(at, problem.hint("把两个链接分开写"));
            return None;
        }
        let address = if kind == LinkType::Email { format!("mailto:{address}") } else { address.to_owned() };
        let target = match links::read(&address) {
            Ok(Target::External(url)) => Some((None, url)),
            Ok(Target::Heading(id)) => self.heading_link(&id, at),
            Ok(Target::Notice(id, fragment)) => {
                let url = format!("n/{}/index.html{fragment}", encode_path(&id));
                self.references.notice_links.push(Located::new(id, self.report.position(at)));
                Some((Some(SlotKind::Root), url))
            }
            Ok(Target::File(path, fragment)) => self.find(&path, at).map(|(path, _)| {
                let url = format!("{}{fragment}", encode_path(&path));
                self.references.files.push(Located::new(path, self.report.position(at)));
                (Some(SlotKind::Own), url)
            }),
            Err(refusal) => {
                self.refuse(refusal, &address, at);
                None
            }
        };
        let (slot, url) = target?;
        self.push("<a href=\"");
        self.push_address(slot, &url);
        self.push("\"");
        self.push_title(title, at);
        self.push(if slot.is_none() && url.starts_with("http") { " rel=\"noopener external\">" } else { ">" });
        Some(self.html.text.len())
    }

    /// Ends a link.
    pub(super) fn end_link(&mut self, at: usize) {
        let Some(start) = self.links.pop().flatten() else { return };
        if self.html.text.len() == start {
            let problem = Diagnostic::error(Code::MarkdownUrl, "链接没有文字，读者看不到");
            self.report.push(at, problem.hint("在方括号里写上链接文字：[文字](地址)"));
        }
        self.push("</a>");
    }

    fn heading_link(&mut self, id: &str, at: usize) -> Option<(Option<SlotKind>, String)> {
        if !self.outline.ids.contains(id) {
            let message = format!("正文没有编号为“{id}”的标题，“#{id}”无处可跳");
            let ids = self.outline.ids.iter().map(String::as_str);
            let known = crate::text::suggest(id, ids.take(SUGGESTED));
            let hint = match known {
                Some(known) => format!("是否想写“#{known}”"),
                None => "编号由标题文字去掉标点、空格换成“-”得到".to_owned(),
            };
            self.report.push(at, Diagnostic::error(Code::MarkdownAnchor, message).hint(hint));
        }
        Some((Some(SlotKind::Own), links::encode_fragment(id)))
    }

    /// Writes a picture; without a description, or if it is no file of the bundle, nothing.
    pub(super) fn image(&mut self, start: usize, address: &str, title: &CowStr<'_>, place: Place) {
        let (end, at) = (flow::end_of(self.events, start), self.events[start].1.start);
        let description = &self.events[start + 1..end];
        for (_, range) in description.iter().filter(|(event, _)| matches!(event, Event::InlineHtml(_))) {
            raw::refuse(self.source, range.start, self.report);
        }
        let alt = flow::text(description);
        self.check_decoded(&alt, self.events[start].1.clone());
        if alt.is_empty() {
            let problem = Diagnostic::error(Code::ImageAlt, format!("图片“{address}”没有文字说明"));
            self.report
                .push(at, problem.hint("在方括号里说明图片内容：![图片说明](文件名)，看不见图片的人靠它了解内容"));
        }
        let path = match links::read(address) {
            Ok(Target::File(path, fragment)) if fragment.is_empty() => path,
            Ok(Target::File(path, fragment)) => format!("{path}{}", links::decode(&fragment).unwrap_or(fragment)),
            Ok(Target::External(_)) => return self.refuse_remote_image(address, at),
            Ok(Target::Notice(..)) => return self.refuse(Refusal::Outside, address, at),
            Ok(Target::Heading(_)) => return self.refuse(Refusal::Empty, address, at),
            Err(refusal) => return self.refuse(refusal, address, at),
        };
        let Some((path, asset)) = self.find(&path, at) else { return };
        self.push(if place == Place::Figure { "<figure>" } else { "" });
        self.push("<img src=\"");
        self.push_address(Some(SlotKind::Own), &encode_path(&path));
        self.push("\" alt=\"");
        self.push(&escape(&alt));
        self.push("\"");
        if let Some((width, height)) = asset.size {
            self.push(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if place == Place::Inline {
            self.push_title(title, at);
        }
        self.push(" loading=\"lazy\" decoding=\"async\">");
        if place == Place::Figure {
            self.end_figure(title, start);
        }
        self.references.images.push(Located::new(Image { path, alt }, self.report.position(at)));
    }

    fn end_figure(&mut self, title: &CowStr<'_>, start: usize) {
        if !title.is_empty() {
            self.check_decoded(title, self.events[start].1.clone());
            self.push("<figcaption>");
            self.push_text(title);
            self.push("</figcaption>");
        }
        self.push("</figure>\n");
        self.end_line();
    }

    fn push_title(&mut self, title: &CowStr<'_>, at: usize) {
        if !title.is_empty() {
            self.check_decoded(title, at..at);
            self.push(&format!(" title=\"{}\"", escape(title)));
        }
    }

    /// A file of the bundle, written as it is named or percent-encoded.
    fn find(&mut self, path: &str, at: usize) -> Option<(String, Asset)> {
        let decoded = links::decode(path).ok();
        let candidates = [Some(path.to_owned()), decoded];
        let mut candidates = candidates.into_iter().flatten().filter(|path| RelPath::parse(path).is_ok());
        let found = candidates.find_map(|path| (self.context.assets)(&path).map(|asset| (path, asset)));
        if found.is_none() {
            let is_site = path.starts_with("www.") || path.contains(".cn/") || path.contains(".com/");
            let hint = match is_site {
                true => format!("如果这是网址，请写全：https://{path}"),
                false => "把文件放进 index.md 所在的文件夹，并核对文件名（含大小写和扩展名）".to_owned(),
            };
            let problem = Diagnostic::error(Code::FileMissing, format!("找不到文件“{path}”"));
            self.report.push(at, problem.hint(hint));
        }
        found
    }

    fn refuse_remote_image(&mut self, address: &str, at: usize) {
        let problem = Diagnostic::error(Code::MarkdownUrl, format!("不能引用外部图片“{address}”"));
        self.report
            .push(at, problem.hint("把图片文件放在 index.md 旁边，写成 ![图片说明](文件名)；页面不向别的网站请求内容"));
    }

    fn refuse(&mut self, refusal: Refusal, address: &str, at: usize) {
        let shown = crate::text::printable(address);
        let (code, message, hint) = match refusal {
            Refusal::Empty => (Code::MarkdownUrl, "没有写地址".to_owned(), "在圆括号里写上地址：[文字](地址)"),
            Refusal::Scheme => (
                Code::MarkdownUrl,
                format!("不允许使用地址“{shown}”"),
                "只能用 https、http、mailto、tel 地址，或同一文件夹里的文件名",
            ),
            Refusal::NoScheme => (Code::MarkdownUrl, format!("地址“{shown}”缺少协议"), "写全网址，以 https:// 开头"),
            Refusal::FullWidth => {
                (Code::MarkdownUrl, format!("地址“{shown}”里的冒号是全角的"), "改用半角冒号：https://…")
            }
            Refusal::Character => (
                Code::MarkdownUrl,
                format!("地址“{shown}”含有反斜杠、控制字符或错误的编码"),
                "重新复制地址；文件夹之间用“/”分隔",
            ),
            Refusal::Host => {
                (Code::MarkdownUrl, format!("地址“{shown}”写得不完整或不规范"), "写成 https://域名/…，域名前不能有“@”")
            }
            Refusal::Outside => (
                Code::FileOutside,
                format!("“{shown}”在本篇的文件夹之外"),
                "把文件复制到 index.md 旁边再引用；链接到另一篇请写 ../编号/index.md",
            ),
        };
        self.report.push(at, Diagnostic::error(code, message).hint(hint));
    }
}
