//! Which notices the words of a command mean: ids, folders, files, or a whole shelf.

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Outcome};
use crate::disk::SiteDir;
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
            Some(found) => folders.extend(found),
            None if is_archived(site, path) => diagnostics.push(
                Diagnostic::error(Code::Usage, format!("“{}”在存档里，是旧版本", crate::text::printable(path)))
                    .hint("存档的旧版本不再改动，也不再自查、签署；请写编号，查现行的或草稿"),
            ),
            None => diagnostics.push(
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

fn resolve(site: &SiteDir, word: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Folder>> {
    if let Some(id) = NoticeId::parse(word) {
        let places = [(Shelf::Draft, format!("content/drafts/{id}")), (Shelf::Live, format!("content/notices/{id}"))];
        let found = places.into_iter().find(|(_, folder)| site.join(folder).is_dir());
        if let Some((shelf, folder)) = found {
            return Some(vec![(shelf, folder, true)]);
        }
    }
    // A shelf on which nothing ever stood may be missing: git keeps no empty folders.
    if ["content/drafts", "content/notices"].contains(&word.trim_end_matches('/')) && !site.join(word).exists() {
        return Some(Vec::new());
    }
    // A path is meant from the working folder, as everywhere, or else from the root of the site.
    let root = site.root().canonicalize().ok()?;
    let path = [Path::new(word).canonicalize(), site.join(word).canonicalize()]
        .into_iter()
        .flatten()
        .find(|path| path.starts_with(&root))?;
    let inside = path.strip_prefix(&root).ok()?;
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
