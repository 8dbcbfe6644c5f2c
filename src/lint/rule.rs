//! What a rule is, what it may look at, and how it says what it found.

use crate::config::Config;
use crate::diag::{Code, Diagnostic, Position, Severity};
use crate::inputs::{Bundle, PageFile, Shelf};
use crate::moment::{Day, Moment};
use crate::passage::{Kind, Passage};
use crate::read::{Manuscript, Study};
use crate::review::Ledger;
use crate::standards::Register;
use crate::{metadata, text};
use std::ops::Range;

/// A rule of the check.
#[derive(Debug)]
pub struct Rule {
    /// The permanent name, ASCII.
    pub code: &'static str,
    /// What it finds, in one line.
    pub title: &'static str,
    /// How grave a finding is, unless `site.yaml` says otherwise.
    pub severity: Severity,
    /// 查什么.
    pub what: &'static str,
    /// 为什么.
    pub why: &'static str,
    /// 怎么改.
    pub how: &'static str,
    /// The function that looks.
    pub check: Check,
    /// What the rule finds.
    pub bad: &'static [Part],
    /// The same, mended: the rule finds nothing.
    pub good: &'static [Part],
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// One passage after the other.
    Passage(fn(&Passage, &Scope<'_>, &mut Findings)),
    /// One notice after the other.
    Notice(fn(&Subject<'_>, &Scope<'_>, &mut Findings)),
    /// All of the site at once.
    Site(fn(&Survey<'_>, &Scope<'_>, &mut Findings)),
}

/// A part of an example: what is different from an ordinary notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Markdown, added to the body.
    Body(&'static str),
    /// The whole body.
    OnlyBody(&'static str),
    /// A picture beside the notice, by its name.
    Image(&'static str),
    /// A picture beside the notice, by its name, its longer side in pixels, and its bytes.
    Picture(&'static str, u32, u64),
    /// Lines of front matter; they replace those of the same key.
    Front(&'static str),
    /// A file beside the notice, and its text.
    File(&'static str, &'static str),
    /// A file beside the notice, and something it says about itself.
    Described(&'static str, metadata::Kind, &'static str, &'static str),
    /// A file beside the notice that cannot be read.
    Unreadable(&'static str),
    /// Another notice that is live, by its lines of front matter.
    Other(&'static str),
    /// The notice is live, and was signed on this day.
    Signed(&'static str),
    /// Lines of `site.yaml`.
    Site(&'static str),
    /// The day on which the check runs.
    Day(&'static str),
}

/// What all rules know.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// `site.yaml`.
    pub config: &'a Config,
    /// The standards that are known, with those of the site.
    pub standards: &'a Register,
    /// The clock.
    pub now: Moment,
}

impl Scope<'_> {
    /// The day of the check.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// Whether `site.yaml` lets a number or an address stand, or says that it is the bureau's; spaces and hyphens do not
    /// count.
    pub fn allows(&self, typed: &str) -> bool {
        let bare = |text: &str| text.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect::<String>();
        let typed = bare(typed);
        let own = [&self.config.bureau.phone, &self.config.bureau.address, &self.config.footer.contact];
        self.config.check.allow.iter().chain(own).any(|allowed| bare(allowed) == typed)
    }
}

/// A notice under check.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its folder.
    pub bundle: &'a Bundle,
    /// Its text; the manuscript is none where the front matter or the body has errors.
    pub study: &'a Study,
}

impl<'a> Subject<'a> {
    /// The manuscript, if it could be read.
    pub fn manuscript(&self) -> Option<&'a Manuscript> {
        self.study.manuscript.as_ref()
    }

    /// The day as of which the notice must be right: that of its publication, or today while it is written.
    pub fn day(&self, scope: &Scope<'_>) -> Day {
        let Some(manuscript) = self.manuscript() else { return scope.today() };
        let published = manuscript.published().filter(|_| self.bundle.shelf != Shelf::Draft);
        let planned = || manuscript.notice.publish_at.map_or(scope.now, |at| at.max(scope.now));
        published.unwrap_or_else(planned).day()
    }

    /// The passages of a key of the front matter, by its name in English.
    pub fn fields(&self, name: &str) -> impl Iterator<Item = &'a Passage> {
        self.study.passages.iter().filter(move |passage| passage.field() == Some(name))
    }
}

/// The site under check.
#[derive(Debug, Clone, Copy)]
pub struct Survey<'a> {
    /// Drafts and live notices that could be read, in order of folder.
    pub manuscripts: &'a [&'a Manuscript],
    /// The ledger.
    pub ledger: &'a Ledger,
    /// Pages about the site.
    pub pages: &'a [PageFile],
}

impl<'a> Survey<'a> {
    /// What the public sees now: live, and not waiting for its time.
    pub fn public(&self, scope: &Scope<'_>) -> impl Iterator<Item = &'a Manuscript> {
        let now = scope.now;
        let is_public = move |manuscript: &&Manuscript| {
            manuscript.shelf == Shelf::Live && manuscript.published().is_none_or(|at| at <= now)
        };
        self.manuscripts.iter().copied().filter(is_public)
    }
}

/// The most findings of one rule in one notice that are listed; the rest is counted.
const MOST: usize = 200;

/// What a rule finds.
#[derive(Debug)]
pub struct Findings {
    code: Code,
    severity: Severity,
    found: Vec<Found>,
    unlisted: usize,
}

/// A finding, and the words by which an exception may name it.
#[derive(Debug)]
pub(super) struct Found {
    pub diagnostic: Diagnostic,
    pub context: String,
}

impl Findings {
    pub(super) fn new(rule: &'static Rule, severity: Severity) -> Self {
        Self { code: Code::Rule(rule.code), severity, found: Vec::new(), unlisted: 0 }
    }

    /// All that was found. No exception reaches what is not listed.
    pub(super) fn into_found(mut self) -> Vec<Found> {
        if let Some(last) = self.found.last_mut().filter(|_| self.unlisted > 0) {
            last.diagnostic.message = format!("同样的问题还有 {} 处，没有一一列出", self.unlisted);
            last.diagnostic.notes.clear();
            last.diagnostic.hints = vec!["请先改正列出的各处，再检查一遍".to_owned()];
            last.context.clear();
        }
        self.found
    }

    /// Says something about a part of a passage.
    pub fn mark(&mut self, passage: &Passage, range: Range<usize>, message: impl Into<String>) -> Finding<'_> {
        let mut diagnostic = passage.finding(self.severity, self.code, &range, message.into());
        // What a file says about itself, no editor shows.
        if let Kind::Metadata(name) = &passage.kind {
            diagnostic.notes.push(format!(
                "在文件属性“{}”里：{}",
                text::printable(name),
                text::printable(&passage.text)
            ));
        }
        self.add(diagnostic, passage.text.clone())
    }

    /// Says something about a whole passage.
    pub fn whole(&mut self, passage: &Passage, message: impl Into<String>) -> Finding<'_> {
        self.mark(passage, 0..passage.text.len(), message)
    }

    /// Says something about a notice as a whole.
    pub fn notice(&mut self, subject: &Subject<'_>, message: impl Into<String>) -> Finding<'_> {
        self.at(&subject.study.file, Position::START, message)
    }

    /// Says something about a position of a file.
    pub fn at(&mut self, file: &str, at: Position, message: impl Into<String>) -> Finding<'_> {
        let diagnostic = Diagnostic::new(self.severity, self.code, message).at(file, at);
        let context = diagnostic.message.clone();
        self.add(diagnostic, context)
    }

    /// Says something about a file as a whole.
    pub fn file(&mut self, file: &str, message: impl Into<String>) -> Finding<'_> {
        let diagnostic = Diagnostic::new(self.severity, self.code, message).in_file(file);
        let context = format!("{file} {}", diagnostic.message);
        self.add(diagnostic, context)
    }

    fn add(&mut self, diagnostic: Diagnostic, context: String) -> Finding<'_> {
        // The one behind the last that is listed gives way to each that follows it.
        if self.found.len() > MOST {
            self.found.pop();
        }
        let index = self.found.len();
        self.unlisted += usize::from(index == MOST);
        self.found.push(Found { diagnostic, context });
        Finding(&mut self.found[index].diagnostic)
    }
}

/// A finding that was just made, to be explained.
#[derive(Debug)]
pub struct Finding<'a>(&'a mut Diagnostic);

impl Finding<'_> {
    /// Adds a fact that explains the message.
    pub fn fact(self, fact: impl Into<String>) -> Self {
        self.0.notes.push(fact.into());
        self
    }

    /// Adds a next step.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        self.0.hints.push(hint.into());
        self
    }
}
