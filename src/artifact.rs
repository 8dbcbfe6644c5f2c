//! What a build makes: paths, and how each one's bytes come about.
//!
//! A [`Plan`] is complete before anything is written. Only an error-free plan of the public edition becomes a
//! [`PublicPlan`], and only that can be published:
//!
//! ```compile_fail
//! fn smuggle(plan: jingshi::artifact::Plan<'_>) -> jingshi::artifact::PublicPlan<'_> {
//!     jingshi::artifact::PublicPlan(plan)
//! }
//! ```

mod shared;

pub use shared::Shared;

use crate::diag::{Code, Diagnostic, Outcome};
use crate::digest::{Digest, Hasher};
use crate::moment::Moment;
use crate::review::ledger::Head;
use crate::route::{OutPath, RelPath};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Whom a build is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// The public: cleared notices only.
    Public,
    /// The staff: drafts too, watermarked; never published.
    Preview,
}

/// What the bytes of a file depend on, digested: two files of one path and one key have the same bytes, so what was made
/// once under a key need not be made again. Whoever plans a file names in its key everything that its function looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Key(Digest);

impl Key {
    /// The key of these parts; each counts with its length, so that no two lists of parts run into one.
    pub fn of<T: AsRef<[u8]>>(parts: impl IntoIterator<Item = T>) -> Self {
        let mut hasher = Hasher::default();
        for part in parts {
            let part = part.as_ref();
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finish())
    }

    /// The key as it is kept.
    pub fn digest(&self) -> Digest {
        self.0
    }
}

impl AsRef<[u8]> for Key {
    fn as_ref(&self) -> &[u8] {
        self.0.bytes()
    }
}

/// The program as it was built: another one may make other bytes of the same content.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("JINGSHI_SOURCES"));

/// A function that makes the bytes of the file of a path; called on any thread.
pub type Render<'a> = Box<dyn Fn(&OutPath) -> Result<Vec<u8>, Box<Diagnostic>> + Send + Sync + 'a>;

/// A file of many parts, one after the other. All of them together would fill the memory; and what has not changed of it
/// since it was last made need not be made again.
pub trait Parts: Send + Sync {
    /// How many parts there are.
    fn count(&self) -> usize;

    /// What the bytes of a part depend on, by its place: within the file, two parts of one key have the same bytes.
    fn key(&self, place: usize) -> Key;

    /// The bytes of a part; asked for on any thread.
    ///
    /// # Errors
    /// Something is wrong with what it is made of.
    fn make(&self, place: usize) -> Result<Vec<u8>, Box<Diagnostic>>;
}

/// How the bytes of a file come about.
pub enum Content<'a> {
    /// They are made.
    Render(Render<'a>),
    /// They are made part by part.
    Parts(Box<dyn Parts + 'a>),
    /// They are those of this file of the site, which had the digest in the key when it was read.
    Copy(RelPath),
}

/// A file of the output.
pub struct Artifact<'a> {
    /// Where it goes.
    pub path: OutPath,
    /// What its bytes depend on.
    pub key: Key,
    /// What it holds.
    pub content: Content<'a>,
    /// When it is made.
    pub turn: Turn,
}

/// When a file is made: some share with others what is kept from the first that is made to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Before all others, which leave less and less room, and one after the other with those of about the same time: what
    /// they share is kept from the first to the last of them.
    First(Moment),
    /// After those, and before others as near as several processors come to that: whoever waits for what the first of them
    /// makes for all may make others meanwhile.
    Early,
    /// At any time.
    Any,
    /// After all others, and one after the other with those of the same time.
    Last(Moment),
}

impl Turn {
    /// Whether nothing of a later turn is made before all of this one is.
    pub fn ends_before(self, later: Self) -> bool {
        let stage = |turn: Self| match turn {
            Self::First(_) => 0,
            Self::Early | Self::Any => 1,
            Self::Last(_) => 2,
        };
        stage(self) < stage(later)
    }
}

impl<'a> Artifact<'a> {
    /// A file whose bytes are made.
    pub fn rendered(
        path: OutPath,
        key: Key,
        render: impl Fn() -> Result<Vec<u8>, Box<Diagnostic>> + Send + Sync + 'a,
    ) -> Self {
        Self::rendered_at(path, key, move |_| render())
    }

    /// The same, where its path has a part in them.
    pub fn rendered_at(
        path: OutPath,
        key: Key,
        render: impl Fn(&OutPath) -> Result<Vec<u8>, Box<Diagnostic>> + Send + Sync + 'a,
    ) -> Self {
        Self { path, key, content: Content::Render(Box::new(render)), turn: Turn::Any }
    }

    /// A file whose bytes are made part by part.
    pub fn in_parts(path: OutPath, key: Key, parts: impl Parts + 'a) -> Self {
        Self { path, key, content: Content::Parts(Box::new(parts)), turn: Turn::Any }
    }

    /// A copy of a file of the site, which had this digest when it was read.
    pub fn copied(path: OutPath, from: RelPath, digest: Digest) -> Self {
        Self { path, key: Key(digest), content: Content::Copy(from), turn: Turn::Any }
    }
}

/// As long as the clock goes, the same content makes the same site until a day is over, or something that waits is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The moment of the build.
    pub from: Moment,
    /// When the first of what waits is to be public.
    pub due: Option<Moment>,
}

impl Validity {
    /// Whether a build at this moment makes the same of the same content.
    pub fn covers(&self, now: Moment) -> bool {
        self.from <= now && self.from.day() == now.day() && self.due.is_none_or(|due| now < due)
    }
}

/// All files of a build, in order of path.
pub struct Plan<'a> {
    edition: Edition,
    artifacts: Vec<Artifact<'a>>,
    basis: Basis,
}

/// What a plan rests on beside the notices.
#[derive(Debug, Clone, Copy)]
pub struct Basis {
    /// The end of the ledger.
    pub ledger: Head,
    /// The clock.
    pub validity: Validity,
}

impl<'a> Plan<'a> {
    /// Orders artifacts by path; two for one path are an error.
    pub fn new(edition: Edition, basis: Basis, mut artifacts: Vec<Artifact<'a>>) -> Outcome<Self> {
        // Paths that differ in case only are one file on Windows and macOS.
        let folded = artifacts.par_iter().enumerate();
        let mut folded: Vec<_> = folded.map(|(place, artifact)| (folded_case(artifact.path.as_str()), place)).collect();
        folded.par_sort_unstable();
        let twice = folded.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        let collision = |pair: &[(Cow<'_, str>, usize)]| {
            let [other, path] = [pair[0].1, pair[1].1].map(|place| &artifacts[place].path);
            Diagnostic::error(Code::OutputCollision, format!("两个内容都要写到“{path}”"))
                .fact(format!("另一个是“{other}”"))
                .hint("请改掉其中一个的编号、文件名或页面名")
        };
        let diagnostics = twice.map(collision).collect();
        drop(folded);
        // In place: two of one path are refused anyway, in whatever order.
        artifacts.par_sort_unstable_by(|one, other| one.path.cmp(&other.path));
        artifacts.dedup_by(|one, other| one.path == other.path);
        Outcome::new(Self { edition, artifacts, basis }, diagnostics)
    }

    /// The files, in order of path.
    pub fn artifacts(&self) -> &[Artifact<'a>] {
        &self.artifacts
    }

    /// The file of a path.
    pub fn find(&self, path: &str) -> Option<&Artifact<'a>> {
        let place = self.artifacts.binary_search_by(|artifact| artifact.path.as_str().cmp(path)).ok()?;
        self.artifacts.get(place)
    }
}

/// A path in small letters, as nearly all are.
fn folded_case(path: &str) -> Cow<'_, str> {
    let is_small = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_small { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}

/// The plan of an error-free public edition.
pub struct PublicPlan<'a>(Plan<'a>);

impl<'a> PublicPlan<'a> {
    /// Accepts the outcome of a composition, if nothing speaks against publishing it.
    ///
    /// # Errors
    /// The outcome's diagnostics: there is an error among them, or the plan is a preview's.
    pub fn accept(outcome: Outcome<Plan<'a>>) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let Outcome { value: plan, mut diagnostics } = outcome;
        if plan.edition != Edition::Public {
            diagnostics.push(Diagnostic::error(Code::Usage, "预览含有未审签的草稿，不能发布"));
        }
        if crate::diag::has_errors(&diagnostics) {
            return Err(diagnostics);
        }
        Ok((Self(plan), diagnostics))
    }

    /// The files, in order of path.
    pub fn artifacts(&self) -> &[Artifact<'a>] {
        self.0.artifacts()
    }

    /// What it rests on.
    pub fn basis(&self) -> Basis {
        self.0.basis
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(edition: Edition, paths: &[&str]) -> Outcome<Plan<'static>> {
        let ledger = Head { seq: 0, hash: Digest::of(b"") };
        let from = Moment::parse("2024-04-22T09:00:00+08:00").unwrap();
        let basis = Basis { ledger, validity: Validity { from, due: None } };
        let artifacts = paths
            .iter()
            .map(|path| Artifact::rendered(OutPath::parse(path).unwrap(), Key::of([""]), || Ok(Vec::new())))
            .collect();
        Plan::new(edition, basis, artifacts)
    }

    #[test]
    fn a_preview_is_never_public() {
        assert!(PublicPlan::accept(plan(Edition::Public, &["a"])).is_ok());
        assert!(PublicPlan::accept(plan(Edition::Preview, &["a"])).is_err());
    }

    #[test]
    fn a_build_holds_until_the_day_is_over_or_something_is_due() {
        let at = |time: &str| Moment::parse(&format!("{time}+08:00")).unwrap();
        let validity = |due: Option<&str>| Validity { from: at("2024-04-22T09:00:00"), due: due.map(at) };
        let cases = [
            (None, "2024-04-22T09:00:00", true),
            (None, "2024-04-22T08:59:59", false),
            (None, "2024-04-22T23:59:59", true),
            (None, "2024-04-23T00:00:00", false),
            (Some("2024-04-22T12:00:00"), "2024-04-22T11:59:59", true),
            (Some("2024-04-22T12:00:00"), "2024-04-22T12:00:00", false),
        ];
        for (due, now, covers) in cases {
            assert_eq!(validity(due).covers(at(now)), covers, "{due:?} {now}");
        }
    }

    #[test]
    fn two_files_for_one_path_are_an_error() {
        assert!(PublicPlan::accept(plan(Edition::Public, &["b", "a", "A"])).is_err());
    }
}
