//! Which notices the words of a command mean: ids, folders, files, or a whole shelf.

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Outcome};
use crate::disk::{SiteDir, if_there, read_failed};
use crate::inputs::{Bundle, Shelf};
use crate::notice::NoticeId;
use crate::read::{self, Manuscript};
use rayon::prelude::*;
use std::path::Path;

/// A notice that was chosen.
pub(in crate::cli) struct Chosen {
    /// The notice.
    pub manuscript: Manuscript,
    /// Its folder, as it was read.
    pub bundle: Bundle,
    /// Whether it was named itself, not as one of a folder.
    pub named: bool,
}

impl Chosen {
    /// The bytes of its `index.md`.
    pub fn index(&self) -> &[u8] {
        self.bundle.index.as_deref().unwrap_or_default()
    }
}

/// A folder of a notice on its shelf, and whether it was named itself.
pub(in crate::cli) type Folder = (Shelf, String, bool);

/// Reads the notices that are meant, in order of folder.
pub(in crate::cli) fn manuscripts(site: &SiteDir, config: &Config, paths: &[String]) -> Outcome<Vec<Chosen>> {
    let folders = match folders(site, paths) {
        Ok(folders) => folders,
        Err(diagnostics) => return Outcome::new(Vec::new(), diagnostics),
    };
    let read: Vec<Outcome<Option<Chosen>>> = folders.par_iter().map(|folder| read_one(site, config, folder)).collect();
    let mut diagnostics = Vec::new();
    let chosen = read.into_iter().filter_map(|outcome| outcome.drain_into(&mut diagnostics)).collect();
    Outcome::new(chosen, diagnostics)
}

fn read_one(site: &SiteDir, config: &Config, (shelf, folder, named): &Folder) -> Outcome<Option<Chosen>> {
    let mut diagnostics = Vec::new();
    let bundle = site.bundle(*shelf, folder).drain_into(&mut diagnostics);
    let chosen = bundle.and_then(|bundle| {
        let manuscript = read::manuscript(&bundle, &config.vocabularies).drain_into(&mut diagnostics)?;
        Some(Chosen { manuscript, bundle, named: *named })
    });
    Outcome::new(chosen, diagnostics)
}

/// The folders that are meant.
///
/// # Errors
/// A word means nothing.
pub(in crate::cli) fn folders(site: &SiteDir, paths: &[String]) -> Result<Vec<Folder>, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let mut folders: Vec<Folder> = Vec::new();
    for path in paths {
        match resolve(site, path, &mut diagnostics) {
            Err(error) => diagnostics.push(*error),
            Ok(Some(found)) => folders.extend(found),
            Ok(None) if is_archived(site, path) => diagnostics.push(
                Diagnostic::error(Code::Usage, format!("“{}”在存档里，是旧版本", crate::text::printable(path)))
                    .hint("存档的旧版本不再改动，也不再自查、签署；请写编号，查现行的或草稿"),
            ),
            Ok(None) => diagnostics.push(
                Diagnostic::error(Code::Usage, format!("找不到稿件“{}”", crate::text::printable(path)))
                    .hint("请写编号（例如 2024-017）或稿件文件夹的路径；用 jingshi list drafts 查看草稿"),
            ),
        }
    }
    folders.sort_by(|a, b| (a.0, &a.1, !a.2).cmp(&(b.0, &b.1, !b.2)));
    folders.dedup_by(|a, b| a.1 == b.1);
    if crate::diag::has_errors(&diagnostics) { Err(diagnostics) } else { Ok(folders) }
}

/// Whether a word means a version of old.
fn is_archived(site: &SiteDir, word: &str) -> bool {
    let archive = site.join("content/archive").canonicalize();
    let places = [Path::new(word).canonicalize(), site.join(word).canonicalize()];
    archive.is_ok_and(|archive| places.into_iter().flatten().any(|path| path.starts_with(&archive)))
}

/// The folders that a word means; none where it means nothing.
fn resolve(
    site: &SiteDir,
    word: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Vec<Folder>>, Box<Diagnostic>> {
    if let Some(id) = NoticeId::parse(word) {
        for shelf in [Shelf::Draft, Shelf::Live] {
            let folder = format!("{}/{id}", shelf.folder());
            if site.has_folder(&folder)? {
                return Ok(Some(vec![(shelf, folder, true)]));
            }
        }
    }
    // A shelf on which nothing ever stood may be missing: git keeps no empty folders.
    if [Shelf::Draft, Shelf::Live].map(Shelf::folder).contains(&word.trim_end_matches('/')) && !site.has(word)? {
        return Ok(Some(Vec::new()));
    }
    let real = |path: &Path| if_there(path.canonicalize()).map_err(|error| Box::new(read_failed(word, &error)));
    let Some(root) = real(site.root())? else { return Ok(None) };
    // A path is meant from the working folder, as everywhere, or else from the root of the site.
    let places = [real(Path::new(word))?, real(&site.join(word))?];
    let inside = places.iter().flatten().find_map(|path| path.strip_prefix(&root).ok());
    Ok(inside.and_then(|inside| within(site, inside, diagnostics)))
}

/// The folders that a path within the site means.
fn within(site: &SiteDir, inside: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Folder>> {
    let parts: Vec<String> = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let shelf = |name: &str| match name {
        "drafts" => Some(Shelf::Draft),
        "notices" => Some(Shelf::Live),
        _ => None,
    };
    match parts[..] {
        ["content", name] => {
            let shelf = shelf(name)?;
            let all = site.bundle_folders(&[shelf], diagnostics).into_iter();
            Some(all.map(|(shelf, folder)| (shelf, folder, false)).collect())
        }
        ["content", name, id] | ["content", name, id, "index.md"] => {
            Some(vec![(shelf(name)?, format!("content/{name}/{id}"), true)])
        }
        _ => None,
    }
}
