//! The register of diagnostic codes: permanent, ASCII, searchable; with the exit code each leads to.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// What a code means for the exit code of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The author's text or data: exit code 1.
    Content,
    /// The command line, `site.yaml` or the theme: exit code 2.
    Usage,
    /// Review, ledger, or what must not be published: exit code 3.
    Gate,
    /// Reading or writing failed: exit code 4.
    Io,
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.id().serialize(serializer)
    }
}

/// By its name; those of rules are not known here.
impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = <Cow<'de, str>>::deserialize(deserializer)?;
        let code = Self::ALL.iter().copied().find(|code| code.id() == id);
        code.ok_or_else(|| D::Error::custom(format!("no code “{id}”")))
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $class:ident;)+) => {
        /// The kind of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
            /// A rule of the check, by its permanent name: the register of rules is `lint::RULES`.
            Rule(&'static str),
        }

        impl Code {
            /// Every code but those of rules, in the order of the register.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The permanent name.
            pub fn id(self) -> &'static str { match self { $(Self::$name => $id,)+ Self::Rule(id) => id } }

            /// What it means for the exit code.
            pub fn class(self) -> Class { match self { $(Self::$name => Class::$class,)+ Self::Rule(_) => Class::Content } }
        }
    };
}

codes! {
    /// A file that is not UTF-8.
    Encoding = "encoding", Content;
    /// A file without recognised front matter, or an empty one.
    FrontMatterMissing = "front-matter-missing", Content;
    /// A front matter that is never closed.
    FrontMatterUnclosed = "front-matter-unclosed", Content;
    /// YAML that cannot be parsed.
    YamlSyntax = "yaml-syntax", Content;
    /// A full-width sign where YAML needs a half-width one.
    YamlFullWidth = "yaml-full-width", Content;
    /// A value that must stand in quotes.
    YamlQuote = "yaml-quote", Content;
    /// A `#` that silently cuts a value short.
    YamlComment = "yaml-comment", Content;
    /// A tab in the indentation.
    YamlTab = "yaml-tab", Content;
    /// An anchor or alias.
    YamlAlias = "yaml-alias", Content;
    /// YAML that is too long.
    YamlLimit = "yaml-limit", Content;
    /// A key that stands twice.
    YamlDuplicate = "yaml-duplicate", Content;
    /// A key nobody knows.
    KeyUnknown = "key-unknown", Content;
    /// A key that is required and missing.
    KeyMissing = "key-missing", Content;
    /// A key that stands after `review`.
    KeyOrder = "key-order", Content;
    /// What a draft still says is to be written.
    BlankLeft = "blank-left", Content;
    /// A value of the wrong form.
    ValueType = "value-type", Content;
    /// A date or time of the wrong form.
    ValueDate = "value-date", Content;
    /// A value outside its vocabulary.
    ValueUnknown = "value-unknown", Content;
    /// A value that contradicts another one.
    ValueConflict = "value-conflict", Content;
    /// An id that is malformed or differs from its folder.
    NoticeId = "notice-id", Content;
    /// Two notices with one id.
    NoticeDuplicate = "notice-duplicate", Content;
    /// A `related` id or a link to a notice that does not exist.
    NoticeLink = "notice-link", Content;
    /// A file or folder that does not belong where it stands.
    FileStray = "file-stray", Content;
    /// A file that is referred to and missing.
    FileMissing = "file-missing", Content;
    /// A path that leads out of the bundle or the site.
    FileOutside = "file-outside", Content;
    /// A symbolic link in the content.
    FileSymlink = "file-symlink", Content;
    /// A name that cannot be published safely.
    FileName = "file-name", Content;
    /// A file larger than the limits allow.
    FileTooLarge = "file-too-large", Content;
    /// A type of file that is not published.
    FileType = "file-type", Content;
    /// A picture that cannot be read or is too large.
    ImageBroken = "image-broken", Content;
    /// A picture without a description.
    ImageAlt = "image-alt", Content;
    /// Raw HTML in Markdown.
    MarkdownHtml = "markdown-html", Content;
    /// An address with a scheme that is not allowed.
    MarkdownUrl = "markdown-url", Content;
    /// A character Markdown text must not contain.
    MarkdownChar = "markdown-char", Content;
    /// Nesting or size beyond the limits.
    MarkdownLimit = "markdown-limit", Content;
    /// A heading of level 1, of a skipped level, or without text.
    MarkdownHeading = "markdown-heading", Content;
    /// A link to a heading or footnote that does not exist.
    MarkdownAnchor = "markdown-anchor", Content;
    /// A CSV that cannot be read.
    CsvBroken = "csv-broken", Content;
    /// An exception that names no rule, or excuses nothing.
    ExceptionUnused = "exception-unused", Content;
    /// A file that no draft can be made of.
    ImportFormat = "import-format", Content;
    /// Tracked changes or comments in a file a draft was made of.
    ImportRevision = "import-revision", Content;
    /// Something of a file that the draft does not carry.
    ImportDropped = "import-dropped", Content;
    /// Something of a file that the draft carries in another form.
    ImportChanged = "import-changed", Content;
    /// A number, date or issuing body of a document that the front matter has no key for.
    ImportFound = "import-found", Content;

    /// Wrong use of the command line.
    Usage = "usage", Usage;
    /// No `site.yaml` found.
    SiteMissing = "site-missing", Usage;
    /// A value of `site.yaml` that is missing or wrong.
    ConfigValue = "config-value", Usage;
    /// A value that the rules for government pages want and `site.yaml` leaves empty.
    ConfigEmpty = "config-empty", Usage;
    /// A fault in the site's table of standards.
    StandardsTable = "standards-table", Usage;
    /// A fault in the site's table of holidays.
    HolidaysTable = "holidays-table", Usage;
    /// A year whose holidays the table does not know.
    HolidaysUnknown = "holidays-unknown", Usage;
    /// A month of which the site cannot report.
    ReportMonth = "report-month", Usage;
    /// A report that somebody has changed by hand, or another file of its name.
    ReportForeign = "report-foreign", Usage;
    /// A theme that does not exist or lacks a file.
    ThemeMissing = "theme-missing", Usage;
    /// A template that does not compile or names an unknown field.
    ThemeTemplate = "theme-template", Usage;
    /// The output folder belongs to somebody else.
    OutputForeign = "output-foreign", Usage;
    /// Two artifacts claim one path.
    OutputCollision = "output-collision", Content;
    /// There is nothing built that could be published.
    OutputMissing = "output-missing", Usage;
    /// The output is not what its manifest says.
    OutputAltered = "output-altered", Gate;
    /// A signature of the manifest that is missing, forged, of another key or over other bytes.
    ManifestSignature = "manifest-signature", Gate;
    /// A manifest without a signature, or without a key to check it with.
    ManifestUnsigned = "manifest-unsigned", Gate;
    /// A manifest that is missing, or not as this program wrote it.
    ManifestBroken = "manifest-broken", Gate;
    /// A published site that rests on less of the ledger than there is.
    SiteBehind = "site-behind", Gate;
    /// Another build is running.
    OutputLocked = "output-locked", Io;

    /// A stage has not signed.
    ReviewMissing = "review-missing", Gate;
    /// The text was changed after the sign-off.
    ReviewStale = "review-stale", Gate;
    /// A sign-off out of order.
    ReviewOrder = "review-order", Gate;
    /// One person at two stages.
    ReviewPerson = "review-person", Gate;
    /// A person or stage that `site.yaml` does not know.
    ReviewUnknown = "review-unknown", Gate;
    /// A signature that is missing, forged or by another key.
    ReviewSignature = "review-signature", Gate;
    /// A review block that was edited by hand.
    ReviewEdited = "review-edited", Gate;
    /// A sign-off that lies in the future, or before what it follows.
    ReviewTime = "review-time", Gate;
    /// An urgent publication that still waits for sign-offs.
    ReviewUrgent = "review-urgent", Gate;
    /// An urgent publication that still waits after the time allowed.
    ReviewOverdue = "review-overdue", Gate;
    /// No list of reviewers: any name may sign.
    ReviewOpen = "review-open", Gate;
    /// A ledger row that was changed, removed or inserted.
    LedgerBroken = "ledger-broken", Gate;
    /// A ledger that is shorter than, or other than, the one last published.
    LedgerRewound = "ledger-rewound", Gate;
    /// A live notice that the ledger does not know.
    LedgerUnknown = "ledger-unknown", Gate;
    /// A live notice or an old version that differs from its ledger row.
    LedgerMismatch = "ledger-mismatch", Gate;
    /// A notice of the ledger that is no longer there.
    LedgerVanished = "ledger-vanished", Gate;
    /// A notice in the wrong state for the command.
    NoticeState = "notice-state", Gate;

    /// A file that cannot be read.
    ReadFailed = "read-failed", Io;
    /// A file that cannot be written.
    WriteFailed = "write-failed", Io;
    /// The site could not be brought to where it is to be published.
    PublishFailed = "publish-failed", Io;
    /// A published site that could not be read to the end.
    VerifyFailed = "verify-failed", Io;
    /// The WebSub hub was not told of a feed.
    PingFailed = "ping-failed", Io;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_ascii() {
        let ids: BTreeSet<_> = Code::ALL.iter().map(|code| code.id()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        assert!(ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
    }
}
