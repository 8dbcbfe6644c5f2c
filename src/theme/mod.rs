//! Themes: compiled templates and static files.
//!
//! In: the files of a theme, as bytes; where a path stands twice the later file wins, so a site's own theme follows the
//! default one. Out: pages, and static files under names that carry their digest. A template that names a field, a
//! filter, a component or a static file that does not exist never compiles: see `strict`. Reads and writes no file.

mod embedded;
mod failure;
mod fields;
mod prepared;
#[cfg(test)]
mod samples;
mod strict;
#[cfg(test)]
mod tests;
mod tokens;

pub use embedded::default_files;
pub use prepared::Prepared;

use crate::diag::{Code, Diagnostic, Outcome, Position};
use crate::digest::Digest;
use crate::route::{OutPath, encode_path};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, ErrorKind, Tera};

/// A file of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// `templates/notice.html`, `static/style.css`; anything else (`theme.yaml`) is not for the compiler.
    pub path: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// Compiled templates and static files with their fingerprints.
#[derive(Clone)]
pub struct Theme {
    name: String,
    tera: Tera,
    sources: BTreeMap<String, String>,
    statics: BTreeMap<String, StaticFile>,
    digest: Digest,
}

#[derive(Clone)]
struct StaticFile {
    path: OutPath,
    bytes: Arc<[u8]>,
}

/// A static file that stands inside the page instead of beside it, because `404.html` is shown at any depth.
const INLINE: &str = "404.css";

/// Room for a page in bytes, as most of them need.
const PAGE: usize = 32 << 10;

impl Theme {
    /// Compiles a theme. None where any template is missing or wrong; then there is at least one error.
    pub fn compile(name: &str, files: Vec<ThemeFile>) -> Outcome<Option<Self>> {
        let files: BTreeMap<String, Arc<[u8]>> = files.into_iter().map(|file| (file.path, file.bytes)).collect();
        let mut diagnostics = Vec::new();
        let digest = digest(&files);
        let mut sources = BTreeMap::new();
        let mut statics = BTreeMap::new();
        for (path, bytes) in files {
            if let Some(template) = path.strip_prefix("templates/") {
                match std::str::from_utf8(&bytes) {
                    Ok(text) => drop(sources.insert(template.to_owned(), text.replace("\r\n", "\n"))),
                    Err(_) => diagnostics.push(not_utf8(name, &path)),
                }
            } else if let Some(file) = path.strip_prefix("static/") {
                match fingerprinted(file, &bytes) {
                    Some(out) => drop(statics.insert(file.to_owned(), StaticFile { path: out, bytes })),
                    None => diagnostics.push(bad_name(name, &path)),
                }
            }
        }
        diagnostics.extend(missing(name, &sources));
        let tera = load(name, &sources, &mut diagnostics);
        if crate::diag::has_errors(&diagnostics) {
            return Outcome::new(None, diagnostics);
        }
        let is_asset = |asset: &str| asset != INLINE && statics.contains_key(asset);
        let surroundings = strict::Surroundings { sources: &sources, is_asset: &is_asset };
        for (template, text) in &sources {
            diagnostics.extend(
                strict::check(template, text, &surroundings)
                    .into_iter()
                    .map(|finding| finding.diagnostic(Position::of(text, finding.offset), &file_of(name, template))),
            );
        }
        let theme = tera.filter(|_| !crate::diag::has_errors(&diagnostics)).map(|tera| Self {
            name: name.to_owned(),
            tera,
            sources,
            statics,
            digest,
        });
        Outcome::new(theme, diagnostics)
    }

    /// Whether it was compiled of these files under this name.
    pub fn is_of(&self, name: &str, files: &[ThemeFile]) -> bool {
        let files = files.iter().map(|file| (file.path.clone(), Arc::clone(&file.bytes))).collect();
        self.name == name && self.digest == digest(&files)
    }

    /// Renders a page, in UTF-8: the fields of the view are the variables of the template.
    ///
    /// # Errors
    /// Says in which template and where a value is missing or of the wrong kind.
    pub fn render<V: Serialize>(&self, template: &str, view: &V) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = Vec::with_capacity(PAGE);
        Context::from_serialize(view)
            .and_then(|context| self.tera.render_to(template, &context, &mut page))
            .map_err(|error| Box::new(failure::of_render(&self.name, template, &error, &self.sources)))?;
        Ok(page)
    }

    /// The files that pages refer to, under names that change with their content: `assets/style.0123456789ab.css`.
    pub fn statics(&self) -> impl Iterator<Item = (&OutPath, &Arc<[u8]>)> {
        self.published().map(|(_, file)| (&file.path, &file.bytes))
    }

    /// From the name in `static/` to the address relative to the root, percent-encoded.
    pub fn assets(&self) -> BTreeMap<String, String> {
        self.published().map(|(name, file)| (name.clone(), encode_path(file.path.as_str()))).collect()
    }

    /// The text of a static file, if there is one of that name and it is UTF-8.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.statics.get(name).and_then(|file| std::str::from_utf8(&file.bytes).ok())
    }

    /// The digest of all files: pages made with an equal one look the same.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    fn published(&self) -> impl Iterator<Item = (&String, &StaticFile)> {
        self.statics.iter().filter(|(name, _)| name.as_str() != INLINE)
    }
}

/// The path of a template, as people find it.
fn file_of(theme: &str, template: &str) -> String {
    format!("themes/{theme}/templates/{template}")
}

fn digest(files: &BTreeMap<String, Arc<[u8]>>) -> Digest {
    let digests: Vec<Digest> = files.values().map(|bytes| Digest::of(bytes)).collect();
    let parts = files.keys().zip(&digests);
    Digest::of_parts(parts.flat_map(|(path, digest)| [path.as_bytes(), b"\0".as_slice(), digest.bytes()]))
}

fn fingerprinted(name: &str, bytes: &[u8]) -> Option<OutPath> {
    let print = Digest::of(bytes).short();
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let file = match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{print}.{extension}"),
        None => format!("{file}.{print}"),
    };
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    OutPath::parse(&format!("assets/{folder}{file}")).ok()
}

/// Loads templates one by one, so that every syntax error is reported, then together.
fn load(name: &str, sources: &BTreeMap<String, String>, diagnostics: &mut Vec<Diagnostic>) -> Option<Tera> {
    let before = diagnostics.len();
    for (template, text) in sources {
        // Alone, a template also lacks its parent and its components: only its syntax is judged here.
        if let Err(error) = Tera::new().add_raw_template(template, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            diagnostics.extend(failure::of_load(name, &error));
        }
    }
    if diagnostics.len() > before {
        return None;
    }
    let mut tera = Tera::new();
    match tera.add_raw_templates(sources) {
        Ok(()) => Some(tera),
        Err(error) => {
            diagnostics.extend(failure::of_load(name, &error));
            None
        }
    }
}

fn missing(name: &str, sources: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let required = fields::ROOTS.iter().map(|(template, _)| *template);
    required
        .filter(|template| !sources.contains_key(*template))
        .map(|template| {
            Diagnostic::error(Code::ThemeMissing, format!("主题“{name}”缺少模板 {template}"))
                .in_file(file_of(name, template))
                .hint("自己的主题只需放要改的文件，其余沿用默认主题；请检查文件名是否写对")
        })
        .collect()
}

fn not_utf8(name: &str, path: &str) -> Diagnostic {
    Diagnostic::error(Code::ThemeTemplate, "模板不是 UTF-8 编码")
        .in_file(format!("themes/{name}/{path}"))
        .hint("用编辑器另存为 UTF-8 编码")
}

fn bad_name(name: &str, path: &str) -> Diagnostic {
    Diagnostic::error(Code::FileName, "主题里的文件名不能发布")
        .in_file(format!("themes/{name}/{path}"))
        .hint("文件名只用字母、数字、汉字、“-”“_”和“.”")
}
