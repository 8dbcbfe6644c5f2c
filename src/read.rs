//! Reads bundles into manuscripts: front matter decoded, Markdown rendered, tables and sign-offs read.
//!
//! In: a [`Bundle`]. Out: a [`Manuscript`], with every problem of every file. Whether it may be published is not asked
//! here: that is `review`'s question.

mod narrative;
mod study;
mod table;

pub use narrative::{Narrative, Spool, Spooled};
pub use study::{Citation, Study, study, study_page};

use crate::diag::{Code, Diagnostic, Outcome, Position};
use crate::digest::Digest;
use crate::draft;
use crate::front_matter::{self, Text};
use crate::inputs::{Bundle, BundleFile, FileContent, PageFile, Shelf};
use crate::markdown::{self, Asset, References, Rendered};
use crate::moment::Moment;
use crate::notice::{Notice, NoticeId, Table};
use crate::review::{SignOff, digest, sign_off};
use crate::route::RelPath;
use crate::text;
use crate::vocabulary::Vocabularies;
use crate::yaml::{self, Fields, Key, Node, Source};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

/// A notice's folder, read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manuscript {
    /// The state its folder stands for.
    pub shelf: Shelf,
    /// The folder, relative to the site.
    pub folder: RelPath,
    /// What the front matter says.
    pub notice: Notice,
    /// The narrative.
    pub narrative: Narrative,
    /// What the narrative leads to.
    pub references: References,
    /// The table of findings.
    pub findings: Option<Table>,
    /// The files beside `index.md`.
    pub files: Vec<BundleFile>,
    /// The digest of text and files, which reviewers sign.
    pub digest: Digest,
    /// The sign-offs, in the order of the file.
    pub sign_offs: Vec<SignOff>,
}

impl Manuscript {
    /// The path of `index.md`, relative to the site.
    pub fn index_path(&self) -> String {
        format!("{}/index.md", self.folder)
    }

    /// The file of a path inside the bundle.
    pub fn file(&self, path: &RelPath) -> Option<&BundleFile> {
        self.files.iter().find(|file| file.path == *path)
    }

    /// The narrative as HTML, see [`Html::with_prefixes`](crate::markdown::Html::with_prefixes).
    ///
    /// # Errors
    /// It lies aside and cannot be read.
    pub fn html(&self, own: &str, root: &str) -> Result<String, Box<Diagnostic>> {
        let html = self.narrative.html().map_err(|error| self.lost(&error))?;
        Ok(html.with_prefixes(own, root))
    }

    /// The narrative without markup, see [`Rendered::plain`].
    ///
    /// # Errors
    /// It lies aside and cannot be read.
    pub fn plain(&self) -> Result<Cow<'_, str>, Box<Diagnostic>> {
        self.narrative.plain().map_err(|error| self.lost(&error))
    }

    fn lost(&self, error: &io::Error) -> Box<Diagnostic> {
        let error = self.error(Code::ReadFailed, format!("正文读过以后暂存在磁盘上，现在读不出来：{error}"));
        Box::new(error.hint("请再运行一次；仍然这样，请检查磁盘"))
    }

    /// The path of a file of the bundle, relative to the site.
    pub fn site_path(&self, file: &RelPath) -> RelPath {
        // Both parts were checked; joined they are as safe.
        RelPath::parse(&format!("{}/{file}", self.folder)).unwrap_or_else(|_| file.clone())
    }

    /// The sign-off that releases it: the urgent one, or else the last.
    pub fn release(&self) -> Option<&SignOff> {
        self.sign_offs.iter().find(|sign_off| sign_off.urgent.is_some()).or(self.sign_offs.last())
    }

    /// When it went public, or is to: by its release or a later `publish_at`; none for what nobody has signed.
    pub fn published(&self) -> Option<Moment> {
        let released = self.release()?.at;
        Some(self.notice.publish_at.map_or(released, |at| at.max(released)))
    }

    /// The sign-offs that are over another text than this.
    pub fn stale_sign_offs(&self) -> impl Iterator<Item = &SignOff> {
        self.sign_offs.iter().filter(|sign_off| sign_off.digest != self.digest)
    }

    /// Whether any sign-off is over another text than this.
    pub fn is_stale(&self) -> bool {
        self.stale_sign_offs().next().is_some()
    }

    /// An error about the notice as a whole.
    pub fn error(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, message).at(self.index_path(), Position::START)
    }
}

/// Links between notices.
impl Manuscript {
    /// Whether all `related` ids and links in the text name known notices other than this one.
    pub fn leads_on(&self, is_known: impl Fn(&str) -> bool) -> bool {
        let related = self.notice.related.iter().map(|id| id.value.as_str());
        let mut ids = related.chain(self.references.notice_links.iter().map(|id| id.value.as_str()));
        ids.all(|id| is_known(id) && id != self.notice.id.as_str())
    }

    /// Errors for `related` ids and links in the text that name none of the known notices, or the notice itself.
    pub fn dangling(&self, known: &BTreeSet<&str>) -> Vec<Diagnostic> {
        let related = self.notice.related.iter().map(|id| (id.value.as_str(), id.at));
        let linked = self.references.notice_links.iter().map(|id| (id.value.as_str(), id.at));
        let file = self.index_path();
        dangling_among(related.chain(linked), (&file, Some(&self.notice.id)), known)
    }
}

/// How many ids are compared with all known ones: one that is mistyped in every line need not be.
const COMPARED: usize = 20;

/// Errors for all of these references that lead nowhere.
fn dangling_among<'a>(
    references: impl Iterator<Item = (&'a str, Position)>,
    (file, own): (&str, Option<&NoticeId>),
    known: &BTreeSet<&str>,
) -> Vec<Diagnostic> {
    let nobody = BTreeSet::new();
    let mut found: Vec<Diagnostic> = Vec::new();
    for (id, at) in references {
        let known = if known.contains(id) || found.len() < COMPARED { known } else { &nobody };
        found.extend(dangling(id, at, file, own, known));
    }
    found
}

/// An error for a reference to a notice that is not known, or to the referring one itself.
fn dangling(id: &str, at: Position, file: &str, own: Option<&NoticeId>, known: &BTreeSet<&str>) -> Option<Diagnostic> {
    let error = |message: String| Diagnostic::error(Code::NoticeLink, message).at(file, at);
    if own.is_some_and(|own| own.as_str() == id) {
        return Some(error(format!("“{id}”是这条信息自己的编号")).hint("请改成另一条信息的编号，或删去"));
    }
    if known.contains(id) {
        return None;
    }
    let error = error(format!("没有编号为“{}”的已发布信息", text::printable(id)));
    let others = known.iter().copied().filter(|known| Some(*known) != own.map(NoticeId::as_str));
    Some(match text::suggest(id, others) {
        Some(near) => error.hint(format!("您是不是想写“{near}”？")),
        None => error.hint("请核对编号；对方尚未发布时，请等它发布后再引用"),
    })
}

/// Extensions that are published; everything else beside a notice is refused.
const PUBLISHED: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "csv", "pdf", "doc", "docx", "xls", "xlsx", "wps", "et", "ofd", "txt", "zip",
];

/// The largest width and height of a picture, in pixels.
const LARGEST_SIDE: u32 = 10_000;

/// Reads a bundle. None where it has errors.
pub fn manuscript(bundle: &Bundle, vocabularies: &Vocabularies) -> Outcome<Option<Manuscript>> {
    observed(bundle, vocabularies, &mut |_| {})
}

/// What is in hand while an `index.md` is read.
struct Sight<'a> {
    file: &'a str,
    parts: &'a front_matter::Parts<'a>,
    yaml: Source<'a>,
    /// The front matter, if it can be parsed.
    node: Option<&'a Node>,
}

/// Reads a bundle, and lets somebody look at the text on the way.
fn observed(
    bundle: &Bundle,
    vocabularies: &Vocabularies,
    observe: &mut dyn FnMut(&Sight<'_>),
) -> Outcome<Option<Manuscript>> {
    let file = bundle.index_path();
    let mut diagnostics = Vec::new();
    check_files(bundle, &mut diagnostics);
    let Some(index) = &bundle.index else {
        diagnostics.push(
            Diagnostic::error(Code::FileMissing, "文件夹里没有 index.md")
                .in_file(bundle.folder.as_str())
                .hint("请把正文文件命名为 index.md；如果这个文件夹放错了地方，请移走"),
        );
        return Outcome::new(None, diagnostics);
    };
    match read_index((bundle, &file, index), vocabularies, observe, &mut diagnostics) {
        Ok(manuscript) => Outcome::new(manuscript.filter(|_| !crate::diag::has_errors(&diagnostics)), diagnostics),
        Err(error) => {
            diagnostics.push(*error);
            Outcome::new(None, diagnostics)
        }
    }
}

fn read_index(
    (bundle, file, index): (&Bundle, &str, &[u8]),
    vocabularies: &Vocabularies,
    observe: &mut dyn FnMut(&Sight<'_>),
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Manuscript>, Box<Diagnostic>> {
    let text = Text::decode(file, index)?;
    let parts = front_matter::split(file, &text)?;
    let source = Source { file, text: parts.yaml, lines_before: 1 };
    let node = yaml::read(source, &front_matter::is_key).drain_into(diagnostics);
    observe(&Sight { file, parts: &parts, yaml: source, node: node.as_ref() });
    let assets = |path: &str| bundle.file(path).map(|file| Asset { size: image_size(file) });
    let context = markdown::Context { file, first_line: parts.body_line, assets: &assets };
    let body = markdown::render(parts.body, &context).drain_into(diagnostics);
    let Some(node) = node else { return Ok(None) };
    let decoded = front_matter::decode(file, node, vocabularies).drain_into(diagnostics);
    let block = &text.as_str()[parts.review.clone()];
    if decoded.has_review == block.is_empty() {
        diagnostics.push(
            Diagnostic::error(Code::KeyOrder, "“review”（审签）必须是信息栏的最后一项")
                .at(file, Position::of(text.as_str(), parts.review.start))
                .hint("请把其他各项移到 review 之前；新稿不要写 review"),
        );
    }
    if bundle.shelf == Shelf::Draft {
        diagnostics.extend(draft::unwritten(file, text.as_str()));
    }
    let sign_offs = sign_off::read(file, decoded.review, block).drain_into(diagnostics);
    let Some(notice) = decoded.notice else { return Ok(None) };
    check_identity(bundle, &notice, file, diagnostics);
    let findings = findings(bundle, &notice, file, diagnostics);
    check_references(bundle, &notice, file, diagnostics);
    Ok(Some(Manuscript {
        shelf: bundle.shelf,
        folder: bundle.folder.clone(),
        notice,
        narrative: Narrative::from(body.rendered),
        references: body.references,
        findings,
        files: bundle.files.clone(),
        digest: digest::content_digest(&text, &parts, &bundle.files),
        sign_offs,
    }))
}

fn image_size(file: &BundleFile) -> Option<(u32, u32)> {
    match file.content {
        FileContent::Image(width, height) => Some((width, height)),
        _ => None,
    }
}

/// The folder and the front matter must agree on who the notice is.
fn check_identity(bundle: &Bundle, notice: &Notice, file: &str, diagnostics: &mut Vec<Diagnostic>) {
    if notice.id.as_str() != bundle.id {
        diagnostics.push(
            Diagnostic::error(
                Code::NoticeId,
                format!("编号“{}”与文件夹名“{}”不一致", notice.id, text::printable(&bundle.id)),
            )
            .at(file, Position::START)
            .hint("编号一经确定不再更改：请让文件夹名与编号相同"),
        );
    }
    if let Some(version) = bundle.version.filter(|version| *version != notice.version) {
        diagnostics.push(
            Diagnostic::error(
                Code::NoticeId,
                format!("文件夹写的是第 {version} 版，信息栏写的是第 {} 版", notice.version),
            )
            .at(file, Position::START)
            .hint("归档由程序完成，请从备份或版本库恢复"),
        );
    }
}

/// Which files may lie beside a notice.
fn check_files(bundle: &Bundle, diagnostics: &mut Vec<Diagnostic>) {
    for file in &bundle.files {
        let path = format!("{}/{}", bundle.folder, file.path);
        let extension = file.path.extension();
        if !PUBLISHED.contains(&extension.as_str()) {
            diagnostics.push(
                Diagnostic::error(Code::FileType, format!("不发布这种类型的文件（.{extension}）"))
                    .in_file(path)
                    .hint(format!("可用的类型：{}；不需要公开的文件请移出这个文件夹", PUBLISHED.join("、"))),
            );
            continue;
        }
        match file.content {
            FileContent::BrokenImage => diagnostics.push(
                Diagnostic::error(Code::ImageBroken, "图片损坏，或扩展名与内容不符")
                    .in_file(path.clone())
                    .hint("请用看图软件打开后另存为 png 或 jpg"),
            ),
            FileContent::Image(width, height) if width > LARGEST_SIDE || height > LARGEST_SIDE => diagnostics.push(
                Diagnostic::error(Code::ImageBroken, format!("图片太大（{width}×{height} 像素）"))
                    .in_file(path.clone())
                    .hint(format!("请缩小到边长 {LARGEST_SIDE} 像素以内；网页上 1600 像素就够清楚")),
            ),
            FileContent::Csv(ref bytes) => diagnostics.extend(table::too_large(&path, bytes)),
            _ => {}
        }
        // The page, older versions and data of the notice live in the same folder of the output.
        let first = file.path.as_str().split('/').next().unwrap_or_default();
        let version_folder = first
            .strip_prefix('v')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
        if matches!(first, "index.html" | "notice.json") || version_folder {
            diagnostics.push(
                Diagnostic::error(Code::FileName, format!("文件名“{first}”是系统保留的"))
                    .in_file(path)
                    .hint("请换一个名字"),
            );
        }
    }
}

/// Files that the front matter names must be there and be what they are named as.
fn check_references(bundle: &Bundle, notice: &Notice, file: &str, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(image) = &notice.image {
        match bundle.file(image.file.value.as_str()) {
            None => diagnostics.push(missing(bundle, &image.file.value, file, image.file.at)),
            Some(found) if matches!(found.content, FileContent::Image(..) | FileContent::BrokenImage) => {}
            Some(_) => diagnostics.push(
                Diagnostic::error(Code::FileType, format!("“{}”不是图片", image.file.value))
                    .at(file, image.file.at)
                    .hint("题图请用 png、jpg、webp 或 gif"),
            ),
        }
    }
    for attachment in &notice.attachments {
        if bundle.file(attachment.file.value.as_str()).is_none() {
            diagnostics.push(missing(bundle, &attachment.file.value, file, attachment.file.at));
        }
    }
}

fn missing(bundle: &Bundle, path: &RelPath, file: &str, at: Position) -> Diagnostic {
    let error = Diagnostic::error(Code::FileMissing, format!("找不到文件“{path}”")).at(file, at);
    match text::suggest(path.as_str(), bundle.files.iter().map(|file| file.path.as_str())) {
        Some(near) => error.hint(format!("文件夹里有“{near}”，是不是它？")),
        None => error.hint(format!("请把它放进 {}/，或改正文件名", bundle.folder)),
    }
}

fn findings(bundle: &Bundle, notice: &Notice, file: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Table> {
    let wanted = &notice.findings.as_ref()?.file;
    let Some(found) = bundle.file(wanted.value.as_str()) else {
        diagnostics.push(missing(bundle, &wanted.value, file, wanted.at));
        return None;
    };
    let FileContent::Csv(bytes) = &found.content else {
        diagnostics.push(
            Diagnostic::error(Code::FileType, format!("“{}”不是 CSV 文件", wanted.value))
                .at(file, wanted.at)
                .hint("请在 Excel 或 WPS 里另存为“CSV UTF-8（逗号分隔）”"),
        );
        return None;
    };
    let path = format!("{}/{}", bundle.folder, found.path);
    table::read(&path, bytes).drain_into(diagnostics)
}

/// A page about the site, read.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The name of its folder in the output.
    pub slug: String,
    /// The title.
    pub title: String,
    /// For search engines.
    pub summary: String,
    /// The text.
    pub rendered: Rendered,
    /// What the text leads to.
    pub references: References,
}

impl Prose {
    /// Errors for links to notices that are not known.
    pub fn dangling(&self, known: &BTreeSet<&str>) -> Vec<Diagnostic> {
        let file = format!("content/pages/{}.md", self.slug);
        dangling_among(self.references.notice_links.iter().map(|id| (id.value.as_str(), id.at)), (&file, None), known)
    }
}

const PROSE: &[Key] = &[Key::new("title", "标题", "页面标题"), Key::new("summary", "摘要", "一句话说明")];

/// Reads a page about the site. None where it has errors.
pub fn prose(page: &PageFile) -> Outcome<Option<Prose>> {
    let file = page.path.as_str();
    let mut diagnostics = Vec::new();
    let prose = match read_prose(page, file, &mut diagnostics) {
        Ok(prose) => prose,
        Err(error) => {
            diagnostics.push(*error);
            None
        }
    };
    Outcome::new(prose.filter(|_| !crate::diag::has_errors(&diagnostics)), diagnostics)
}

fn read_prose(
    page: &PageFile,
    file: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Prose>, Box<Diagnostic>> {
    let text = Text::decode(file, &page.bytes)?;
    let parts = front_matter::split(file, &text)?;
    let source = Source { file, text: parts.yaml, lines_before: 1 };
    let node = yaml::read(source, &front_matter::is_key).drain_into(diagnostics);
    let context = markdown::Context { file, first_line: parts.body_line, assets: &|_| None };
    let body = markdown::render(parts.body, &context).drain_into(diagnostics);
    let slug = page.path.name().strip_suffix(".md").unwrap_or_default();
    if slug.is_empty() || !slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        diagnostics.push(
            Diagnostic::error(Code::FileName, "页面的文件名只能用小写英文字母、数字和连字符")
                .in_file(file)
                .hint("例如 about.md"),
        );
    }
    let Some(node) = node else { return Ok(None) };
    let mut fields = Fields::open(file, node, PROSE);
    let title = fields.required_text("title", "标题");
    let summary = fields.text("summary").map(|text| text.value).unwrap_or_default();
    diagnostics.extend(fields.finish());
    Ok(title.map(|title| {
        let markdown::Body { rendered, references } = body;
        Prose { slug: slug.to_owned(), title: title.value, summary, rendered, references }
    }))
}
