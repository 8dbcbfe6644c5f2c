//! What the shell hands to the core: everything a build depends on, as plain values.
//!
//! `disk` makes it, tests make it by hand; nothing in it can be read again.

use crate::digest::Digest;
use crate::metadata::Metadata;
use crate::route::RelPath;
use serde::{Deserialize, Serialize};

/// Everything below a site's root that a build depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The notices, in the order of their folders.
    pub bundles: Vec<Bundle>,
    /// `content/pages/*.md`, in order of name.
    pub pages: Vec<PageFile>,
}

/// Which state of the life of a notice a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Shelf {
    /// `content/archive/<id>/v<k>`: superseded.
    Archived,
    /// `content/notices/<id>`: live.
    Live,
    /// `content/drafts/<id>`: being written or under review.
    Draft,
}

impl Shelf {
    /// The folder in which its notices lie, relative to the site.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Archived => "content/archive",
            Self::Live => "content/notices",
            Self::Draft => "content/drafts",
        }
    }

    /// Of how many names the path of a notice's folder consists.
    pub const fn depth(self) -> usize {
        match self {
            Self::Archived => 4,
            Self::Live | Self::Draft => 3,
        }
    }

    /// The shelf that a path of the site is, or lies on.
    pub fn of(path: &str) -> Option<Self> {
        let lies_on = |shelf: &Self| {
            path.strip_prefix(shelf.folder()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        [Self::Archived, Self::Live, Self::Draft].into_iter().find(lies_on)
    }
}

/// A notice's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The state it stands for.
    pub shelf: Shelf,
    /// The folder, relative to the site.
    pub folder: RelPath,
    /// The name the folder gives the notice.
    pub id: String,
    /// The version the folder gives it (archive only).
    pub version: Option<u32>,
    /// The bytes of `index.md`; none where it is missing.
    pub index: Option<Vec<u8>>,
    /// The other files, in order of path.
    pub files: Vec<BundleFile>,
}

impl Bundle {
    /// The path of `index.md`, relative to the site.
    pub fn index_path(&self) -> String {
        format!("{}/index.md", self.folder)
    }

    /// The file of a path inside the bundle.
    pub fn file(&self, path: &str) -> Option<&BundleFile> {
        self.files.iter().find(|file| file.path.as_str() == path)
    }
}

/// A file beside `index.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleFile {
    /// Its path inside the bundle.
    pub path: RelPath,
    /// Its length in bytes.
    pub len: u64,
    /// The digest of its bytes.
    pub digest: Digest,
    /// What was learnt from its bytes.
    pub content: FileContent,
    /// What it says about itself; empty unless that was asked for, as for the check.
    #[serde(skip)]
    pub metadata: Metadata,
}

/// What was learnt from the bytes of a file, without keeping them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileContent {
    /// A picture: width and height in pixels.
    Image(u32, u32),
    /// A file with the extension of a picture that is none.
    BrokenImage,
    /// A CSV, whose bytes are kept.
    Csv(Vec<u8>),
    /// Anything else.
    Other,
}

/// A page about the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// Its path relative to the site.
    pub path: RelPath,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
