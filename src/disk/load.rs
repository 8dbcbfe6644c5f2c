//! Reads what an edition depends on: the folders of notices, pages, and the files of a theme.

use super::found::{check_size, checked_name, content_of};
use super::{LARGEST_FILE, LARGEST_TEXT, Listing, Mark, SiteDir, Survey, bounded, if_there, read_failed, symlink};
use crate::artifact::Edition;
use crate::diag::{Code, Diagnostic, Outcome, alone};
use crate::digest::Digest;
use crate::inputs::{Bundle, BundleFile, Inputs, PageFile, Shelf};
use crate::metadata::{self, Metadata};
use crate::review::ledger;
use crate::route::RelPath;
use crate::theme::{self, ThemeFile};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// How many folders deep the files of a notice may lie.
pub(super) const DEPTH: usize = 8;

/// What is known of the notice of a folder; what the folder holds can be asked for, which is a part of the work of reading.
pub type Before<'a> = &'a (dyn Fn(&str, &dyn Fn() -> Option<Listing>) -> Seen + Sync);

/// What is known of the notice of a folder before it is read.
pub enum Seen {
    /// All: it is as it was when it was read.
    Known,
    /// What the folder holds, where somebody is to know later whether that is still so.
    Listed(Option<Listing>),
}

/// The folders of notices, with the shelf each stands on.
pub type Folders = BTreeMap<String, Shelf>;

/// What was read of a site, and what did not need to be.
pub struct Loaded<N> {
    /// The folders of notices, where nothing but such folders stands on the shelves.
    pub folders: Option<Folders>,
    /// The notices that were read, in order of folder.
    pub notices: Vec<N>,
    /// The pages, in order of name.
    pub pages: Vec<PageFile>,
    /// The folders of notices that are known.
    pub known: Vec<String>,
    /// What the folders that were read hold.
    pub listings: BTreeMap<String, Listing>,
}

/// A notice's folder, found.
enum Found<N> {
    Known(String),
    Read(String, Option<Listing>, Outcome<Option<N>>),
}

impl SiteDir {
    /// Reads everything an edition depends on. Drafts are not for the public: nothing about them may hold a warning back.
    pub fn load(&self, edition: Edition) -> Outcome<Inputs> {
        let loaded = self.load_unless(edition, None, &|_, _| Seen::Listed(None), |bundle| bundle);
        loaded.map(|Loaded { notices, pages, .. }| Inputs { bundles: notices, pages })
    }

    /// The marks of everything that the public edition depends on, or would if it were there.
    pub fn survey(&self) -> Option<Survey> {
        let fixed = [Shelf::Archived.folder(), Shelf::Live.folder(), "content/pages", "themes"];
        let places = [crate::config::FILE, ledger::FILE].into_iter().chain(fixed);
        Survey::deep(&self.root, places.map(str::to_owned))
    }

    /// The same, without the notices whose folders are known to somebody as they now are; perhaps it is known, too, which
    /// folders there are. Of a notice that is read, what is made of it is kept, so that not all need be in the memory at once.
    pub fn load_unless<N: Send>(
        &self,
        edition: Edition,
        folders: Option<Folders>,
        before: Before<'_>,
        make: impl Fn(Bundle) -> N + Sync,
    ) -> Outcome<Loaded<N>> {
        let mut diagnostics = Vec::new();
        let (folders, is_all) = match folders {
            Some(folders) => (folders, true),
            None => self.folders_of(edition, &mut diagnostics),
        };
        // The listing comes first: what changes while the folder is read bears other marks then.
        let load = |(folder, shelf): (&String, &Shelf)| match before(folder, &|| self.listing(folder)) {
            Seen::Known => Found::Known(folder.clone()),
            Seen::Listed(listing) => {
                let bundle = self.bundle(*shelf, folder);
                Found::Read(folder.clone(), listing, bundle.map(|bundle| bundle.map(&make)))
            }
        };
        let found: Vec<_> = folders.par_iter().map(load).collect();
        let (mut notices, mut known, mut listings) = (Vec::new(), Vec::new(), BTreeMap::new());
        for found in found {
            match found {
                Found::Known(folder) => known.push(folder),
                Found::Read(folder, listing, notice) => {
                    notices.extend(notice.drain_into(&mut diagnostics));
                    listings.extend(listing.map(|listing| (folder, listing)));
                }
            }
        }
        let pages = self.pages(&mut diagnostics);
        let folders = is_all.then_some(folders);
        Outcome::new(Loaded { folders, notices, pages, known, listings }, diagnostics)
    }

    /// The folders of the notices of an edition, and whether there is nothing else on the shelves.
    fn folders_of(&self, edition: Edition, diagnostics: &mut Vec<Diagnostic>) -> (Folders, bool) {
        let mut shelves = vec![Shelf::Archived, Shelf::Live];
        if edition == Edition::Preview {
            shelves.push(Shelf::Draft);
        }
        let before = diagnostics.len();
        let folders = self.bundle_folders(&shelves, diagnostics);
        (folders.into_iter().map(|(shelf, folder)| (folder, shelf)).collect(), diagnostics.len() == before)
    }

    /// The folders that there were, of which only these may have come or gone; none where a closer look is needed.
    pub fn still<'a>(&self, mut folders: Folders, touched: impl Iterator<Item = &'a String>) -> Option<Folders> {
        for folder in touched {
            match if_there(fs::symlink_metadata(self.join(folder))) {
                Ok(None) => drop(folders.remove(folder)),
                // A new one is rare, and looked for in its place.
                Ok(Some(found)) if found.is_dir() && folders.contains_key(folder) => {}
                _ => return None,
            }
        }
        Some(folders)
    }

    /// What a folder holds; none where anything in it needs a closer look.
    fn listing(&self, folder: &str) -> Option<Listing> {
        let mut troubles = Vec::new();
        let files = self.files_below(folder, &mut troubles);
        let marked = files.iter().map(|entry| Some((self.relative(entry), Mark::of(&entry.metadata().ok()?)?)));
        let marked = marked.collect::<Option<Vec<_>>>().filter(|_| troubles.is_empty())?;
        Some(Listing::from(marked))
    }

    /// The folders of the notices on some shelves, in order.
    pub fn bundle_folders(&self, shelves: &[Shelf], diagnostics: &mut Vec<Diagnostic>) -> Vec<(Shelf, String)> {
        let mut folders = Vec::new();
        for shelf in shelves {
            let parents = match shelf {
                Shelf::Archived => self.folders(shelf.folder(), diagnostics),
                Shelf::Live | Shelf::Draft => vec![shelf.folder().to_owned()],
            };
            for parent in parents {
                folders.extend(self.folders(&parent, diagnostics).into_iter().map(|folder| (*shelf, folder)));
            }
        }
        folders
    }

    /// The sub-folders of a folder, relative to the site, in order; anything else in it is an error.
    fn folders(&self, parent: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
        let mut folders = Vec::new();
        for entry in self.walk(parent, 1, diagnostics) {
            let path = self.relative(&entry);
            if entry.file_type().is_dir() {
                folders.push(path);
            } else {
                diagnostics.push(
                    Diagnostic::error(Code::FileStray, "这个文件不在任何一条信息的文件夹里")
                        .in_file(path)
                        .hint("每条信息是一个文件夹：文件夹名是编号，正文叫 index.md"),
                );
            }
        }
        folders
    }

    /// Visible entries below a folder; links and unreadable ones are reported.
    fn walk(&self, folder: &str, depth: usize, diagnostics: &mut Vec<Diagnostic>) -> Vec<DirEntry> {
        let start = self.join(folder);
        match if_there(fs::symlink_metadata(&start)) {
            Ok(None) => return Vec::new(),
            Ok(Some(found)) if found.is_symlink() => {
                diagnostics.push(symlink(folder));
                return Vec::new();
            }
            // What cannot be looked at is told of below.
            Ok(Some(_)) | Err(_) => {}
        }
        let walk = WalkDir::new(&start).min_depth(1).max_depth(depth).sort_by_file_name().into_iter();
        let mut entries = Vec::new();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy())) {
            match entry {
                Ok(entry) if entry.file_type().is_symlink() => diagnostics.push(symlink(&self.relative(&entry))),
                Ok(entry) => entries.push(entry),
                Err(error) => {
                    let path = error.path().map_or_else(|| folder.to_owned(), |path| self.relative_path(path));
                    diagnostics.push(read_failed(&path, &error.into()));
                }
            }
        }
        entries
    }

    /// What lies below a folder and is no folder; what lies too deep is reported.
    fn files_below(&self, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<DirEntry> {
        let (folders, files): (Vec<DirEntry>, Vec<DirEntry>) =
            self.walk(folder, DEPTH, diagnostics).into_iter().partition(|entry| entry.file_type().is_dir());
        let too_deep = folders.iter().filter(|entry| entry.depth() == DEPTH);
        diagnostics.extend(too_deep.map(|entry| {
            Diagnostic::error(Code::FileStray, format!("文件夹套得太深（上限 {DEPTH} 层），里面的文件没有读"))
                .in_file(crate::text::printable(&self.relative(entry)))
                .hint("请把里面的文件移上来，再删掉这个文件夹")
        }));
        files
    }

    fn relative(&self, entry: &DirEntry) -> String {
        self.relative_path(entry.path())
    }

    /// A path relative to the site with `/` between the parts.
    pub fn relative_path(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    /// Reads a notice's folder. None where its name cannot be used.
    pub fn bundle(&self, shelf: Shelf, folder: &str) -> Outcome<Option<Bundle>> {
        let mut diagnostics = Vec::new();
        let Some(path) = checked_name(folder, folder, &mut diagnostics) else { return Outcome::new(None, diagnostics) };
        let parts: Vec<&str> = folder.split('/').collect();
        let (id, version) = match (shelf, &parts[..]) {
            (Shelf::Archived, [.., id, version]) => {
                let number = version.strip_prefix('v').and_then(|digits| digits.parse::<u32>().ok());
                if number.is_none_or(|number| *version != format!("v{number}")) {
                    let error = Diagnostic::error(Code::FileStray, "归档文件夹应当叫 v1、v2……").in_file(folder);
                    diagnostics.push(error.hint("归档由程序完成，请从备份或版本库恢复"));
                }
                (*id, number)
            }
            (_, [.., id]) => (*id, None),
            (_, []) => return Outcome::new(None, diagnostics),
        };
        let mut bundle = Bundle { shelf, folder: path, id: id.to_owned(), version, index: None, files: Vec::new() };
        let entries = self.files_below(folder, &mut diagnostics);
        if let Err(error) = check_size(folder, &entries) {
            diagnostics.push(*error);
            return Outcome::new(None, diagnostics);
        }
        for entry in entries {
            self.bundle_file(&mut bundle, &entry, &mut diagnostics);
        }
        bundle.files.sort_by(|a, b| a.path.cmp(&b.path));
        Outcome::new(Some(bundle), diagnostics)
    }

    fn bundle_file(&self, bundle: &mut Bundle, entry: &DirEntry, diagnostics: &mut Vec<Diagnostic>) {
        let whole = self.relative(entry);
        let inside = whole.strip_prefix(&format!("{}/", bundle.folder)).unwrap_or(&whole).to_owned();
        let Some(path) = checked_name(&inside, &whole, diagnostics) else { return };
        let is_index = inside == "index.md";
        let largest = if is_index || path.extension() == "csv" { LARGEST_TEXT } else { LARGEST_FILE };
        if let Some(bytes) = self.read_bounded(&whole, entry.path(), largest, diagnostics) {
            if is_index {
                bundle.index = Some(bytes);
            } else {
                let (len, digest) = (bytes.len() as u64, Digest::of(&bytes));
                let content = content_of(&path, bytes);
                let metadata = Metadata::default();
                bundle.files.push(BundleFile { path, len, digest, content, metadata });
            }
        }
    }

    /// Reads what the files of a bundle say about themselves. What is archived can no longer be changed, and is let be.
    pub fn describe(&self, bundle: &mut Bundle) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if bundle.shelf == Shelf::Archived {
            return diagnostics;
        }
        for file in bundle.files.iter_mut().filter(|file| metadata::of_interest(&file.path.extension())) {
            let name = format!("{}/{}", bundle.folder, file.path);
            let bytes = self.read_bounded(&name, &self.join(&name), LARGEST_FILE, &mut diagnostics);
            file.metadata = bytes.map(|bytes| metadata::read(&file.path.extension(), &bytes)).unwrap_or_default();
        }
        diagnostics
    }

    fn read_bounded(
        &self,
        name: &str,
        path: &Path,
        largest: u64,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Vec<u8>> {
        bounded(path, name, largest).map_err(|error| diagnostics.push(*error)).ok()
    }

    fn pages(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<PageFile> {
        let mut pages = Vec::new();
        for entry in self.walk("content/pages", 1, diagnostics) {
            let path = self.relative(&entry);
            if !entry.file_type().is_file() || !path.ends_with(".md") {
                let error = Diagnostic::error(Code::FileStray, "这里只放 .md 文件").in_file(path);
                diagnostics.push(error.hint("请移走；需要图片或附件的内容请做成一条信息"));
                continue;
            }
            let Some(path) = checked_name(&path, &path, diagnostics) else { continue };
            if let Some(bytes) = self.read_bounded(path.as_str(), entry.path(), LARGEST_TEXT, diagnostics) {
                pages.push(PageFile { path, bytes });
            }
        }
        pages
    }

    /// The files of a theme: the default one's, then those with which the site overrides it.
    ///
    /// # Errors
    /// The site names a theme it does not have, or a file cannot be read.
    pub fn theme(&self, name: &str) -> Result<Vec<ThemeFile>, Vec<Diagnostic>> {
        let mut files = theme::default_files();
        let folder = format!("themes/{name}");
        let plain = RelPath::parse(name).is_ok_and(|path| path.name() == name);
        let is_there = || if plain { self.has_folder(&folder) } else { Ok(false) };
        if name != "default" && !is_there().map_err(alone)? {
            let error =
                Diagnostic::error(Code::ThemeMissing, format!("没有名为“{}”的主题", crate::text::printable(name)));
            return Err(vec![
                error.in_file(crate::config::FILE).hint("请把主题放进 themes/ 下的同名文件夹，或写 theme: default"),
            ]);
        }
        let mut diagnostics = Vec::new();
        for entry in self.files_below(&folder, &mut diagnostics) {
            let whole = self.relative(&entry);
            let path = whole.strip_prefix(&format!("{folder}/")).unwrap_or(&whole).to_owned();
            if let Some(bytes) = self.read_bounded(&whole, entry.path(), LARGEST_FILE, &mut diagnostics) {
                files.push(ThemeFile { path, bytes: bytes.into() });
            }
        }
        if diagnostics.is_empty() { Ok(files) } else { Err(diagnostics) }
    }
}

/// Hidden files, and what Office and file managers leave lying about.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || matches!(name, "Thumbs.db" | "desktop.ini")
}
