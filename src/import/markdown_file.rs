//! Markdown files: the text stays as it is, but for what a notice cannot have: a title of its own, raw HTML, pictures and
//! files that lie elsewhere.

use super::document::{Document, Inline};
use super::losses::{Loss, Losses};
use super::picture::{Pictures, image};
use super::{Imported, Source, clean, encoding, html, write};
use crate::diag::{Code, Diagnostic};
use crate::markdown::{self, Foreign, Piece};
use crate::route::{RelPath, decode_path};

/// Files a notice may link to.
const ATTACHED: &[&str] = &["pdf", "doc", "docx", "xls", "xlsx", "wps", "et", "ofd", "csv", "txt", "zip"];

/// Reads a text.
///
/// # Errors
/// It cannot be decoded, is too large or too deeply nested.
pub(super) fn read(source: Source<'_>, losses: &mut Losses) -> Result<Imported, Box<Diagnostic>> {
    let text = encoding::decode(source.name, &source.bytes)?.replace("\r\n", "\n");
    let text = clean(&text, &['\n', '\t'], losses);
    let (front, body) = front_matter(&text);
    let Some(pieces) = markdown::foreign(body) else {
        let error = Diagnostic::error(Code::ImportFormat, "正文太长，或嵌套太深，没有读");
        return Err(Box::new(error.in_file(source.name).hint("正文不超过 256 KB，列表、引用嵌套不超过 100 层")));
    };
    let mut mender =
        Mender { body, source: &source, losses, imported: Imported::default(), pictures: Pictures::default() };
    let mended = mender.mend(&pieces);
    let Mender { mut imported, pictures, .. } = mender;
    imported.files.extend(pictures.into_files());
    for line in front.lines().filter(|line| !line.trim().is_empty()) {
        let title = ["title:", "标题:", "标题："].iter().find_map(|key| line.strip_prefix(key));
        match title.map(|title| title.trim().trim_matches(['"', '\''])) {
            Some(title) if !title.is_empty() => title.clone_into(&mut imported.title),
            _ => losses.add(Loss::FrontMatter, line),
        }
    }
    write::faults(&mended).iter().for_each(|fault| losses.add(Loss::Fault, fault));
    imported.body = mended;
    Ok(imported)
}

/// What stands between two lines of `---` at the beginning, and the rest.
fn front_matter(text: &str) -> (&str, &str) {
    let whole = text.strip_prefix("---\n");
    whole.and_then(|rest| rest.split_once("\n---\n")).unwrap_or(("", text))
}

struct Mender<'a> {
    body: &'a str,
    source: &'a Source<'a>,
    losses: &'a mut Losses,
    imported: Imported,
    pictures: Pictures,
}

impl Mender<'_> {
    /// The text with every foreign piece replaced.
    fn mend(&mut self, pieces: &[Piece]) -> String {
        let mut mended = String::with_capacity(self.body.len());
        let mut done = 0;
        for Piece { range, what } in pieces {
            let Some(before) = self.body.get(done..range.start) else { continue };
            mended.push_str(before);
            let written = self.body.get(range.clone()).unwrap_or_default();
            let line_break = if written.ends_with('\n') { "\n" } else { "" };
            mended.push_str(&match what {
                Foreign::Title(title) if self.imported.title.is_empty() && !title.is_empty() => {
                    title.clone_into(&mut self.imported.title);
                    String::new()
                }
                Foreign::Title(title) => format!("## {}{line_break}", title.trim()),
                Foreign::Html => self.block(written),
                Foreign::Tag => self.tag(written),
                Foreign::Image { address, alt, title } => self.image(written, address, alt, title),
                Foreign::Link { address, inner } => self.link(written, address, inner.clone()),
            });
            done = range.end;
        }
        mended + self.body.get(done..).unwrap_or_default()
    }

    /// A block of HTML, read as a page.
    fn block(&mut self, written: &str) -> String {
        let blocks = html::fragment(written, self.source.beside, &mut self.pictures, self.losses);
        let document = Document { blocks, ..Document::default() };
        let body = write::write(&document, self.losses);
        super::undescribed(&document, &mut self.imported.undescribed);
        body.trim_start_matches('\n').to_owned()
    }

    fn tag(&mut self, written: &str) -> String {
        let name: String =
            written.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        match name.to_ascii_lowercase().as_str() {
            "br" => return "\\\n".to_owned(),
            "b" | "strong" => return "**".to_owned(),
            "i" | "em" => return "*".to_owned(),
            "s" | "strike" | "del" => return "~~".to_owned(),
            "img" => return self.block(written).trim().to_owned(),
            _ if written.starts_with("</") => {}
            _ => self.losses.add(Loss::Code, written),
        }
        String::new()
    }

    fn image(&mut self, written: &str, address: &str, alt: &str, title: &str) -> String {
        let Some(name) = self.beside(address).and_then(|bytes| self.pictures.add(&bytes)) else {
            self.losses.add(Loss::Picture, address);
            return alt.to_owned();
        };
        if alt.is_empty() {
            self.imported.undescribed.push(name.clone());
        }
        match written.rsplit_once(address).filter(|_| !address.is_empty() && !written.ends_with(']')) {
            Some((before, after)) => format!("{before}{name}{after}"),
            None => {
                let mut picture = image(name, alt);
                if let Inline::Image { caption, .. } = &mut picture {
                    title.clone_into(caption);
                }
                write::line(&[picture])
            }
        }
    }

    fn link(&mut self, written: &str, address: &str, inner: std::ops::Range<usize>) -> String {
        let file = RelPath::parse(&decode_path(address).unwrap_or_default()).ok();
        let file = file.filter(|file| file.as_str() == file.name() && ATTACHED.contains(&file.extension().as_str()));
        if let Some(file) = file
            && let Some(bytes) = self.beside(address)
        {
            if self.imported.files.iter().all(|(name, _)| name != file.as_str()) {
                self.imported.files.push((file.to_string(), bytes));
            }
            return written.to_owned();
        }
        if write::is_allowed(address) {
            return written.to_owned();
        }
        self.losses.add(Loss::Link, address);
        self.body.get(inner).unwrap_or_default().to_owned()
    }

    fn beside(&self, address: &str) -> Option<Vec<u8>> {
        let path = decode_path(address)?;
        (self.source.beside)(path.trim_start_matches("./"))
    }
}
