//! An event as an item.
//!
//! In: a version of a notice and what became of it. Out: what all formats say of it. It says nothing that depends on the
//! day of the build: that a notice has expired, its page says.

use crate::cap;
use crate::diag::Diagnostic;
use crate::inputs::FileContent;
use crate::moment::Moment;
use crate::notice::{Notice, Status};
use crate::pages::{Frame, notice_view, version_folder};
use crate::read::Manuscript;
use crate::review::{Cleared, Standing};
use crate::route::{encode_path, media_type};
use crate::site::{Dossier, Event, terms};
use crate::text;
use crate::view::FeedItemView;

/// The most characters of a summary.
const SUMMARY: usize = 200;

/// How much of a text an item carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// All of it.
    Whole,
    /// Its summary, and the address where it stands.
    Brief,
    /// Its summary, and the address of the alert; an item of its own, with an identity of its own.
    Alert,
}

/// A publication, correction or withdrawal.
pub(super) struct Item<'a> {
    /// Plain text, with a mark before it.
    pub title: String,
    /// The permanent address of the notice.
    pub link: String,
    /// The page with the text of this version.
    page: String,
    /// `tag:` URI, RFC 4151.
    pub guid: String,
    /// When it happened.
    pub published: Moment,
    /// The same, with a fraction of a second where several happened within one: Atom wants no two alike.
    pub updated: String,
    /// Plain text.
    pub summary: String,
    /// The text.
    pub body: Body,
    /// What it is about.
    pub categories: Vec<Category<'a>>,
    /// The lead picture.
    pub picture: Option<Enclosure>,
}

/// The text of an item.
pub(super) enum Body {
    /// HTML with absolute addresses.
    Html(String),
    /// It stands elsewhere: the address, and the media type found there.
    At(String, &'static str),
}

/// A term and what it is a term of.
pub(super) struct Category<'a> {
    /// The address of the dimension.
    pub domain: String,
    /// The name of the term.
    pub name: &'a str,
}

/// A file that belongs to an item.
pub(super) struct Enclosure {
    /// Absolute.
    pub url: String,
    /// In bytes.
    pub length: u64,
    /// Its media type.
    pub media_type: &'static str,
}

impl Item<'_> {
    /// The item as it fits into what room there is left for texts, which it takes.
    pub(super) fn within(self, room: &mut usize) -> Self {
        let Body::Html(html) = &self.body else { return self };
        match room.checked_sub(escaped_len(html)) {
            Some(left) => {
                *room = left;
                self
            }
            None => Self { body: Body::At(self.page.clone(), "text/html"), ..self },
        }
    }
}

/// The bytes of a text in Atom, where escapes make it longest: a table of small cells doubles.
fn escaped_len(text: &str) -> usize {
    // `&lt;`, `&gt;`; `&amp;`; `&quot;`, `&apos;`. Without a branch, and a few at a time in a byte: many at once.
    let longer = |byte: u8| {
        u8::from(byte == b'<' || byte == b'>') * 3
            + u8::from(byte == b'&') * 4
            + u8::from(byte == b'"' || byte == b'\'') * 5
    };
    let parts = text.as_bytes().chunks(32);
    text.len() + parts.map(|part| usize::from(part.iter().map(|byte| longer(*byte)).sum::<u8>())).sum::<usize>()
}

/// The item of an event.
pub(super) fn make<'a>(frame: &'a Frame<'a>, event: Event, form: Form) -> Result<Item<'a>, Box<Diagnostic>> {
    let dossier = &frame.site.dossiers[event.dossier];
    let version = &dossier.versions()[event.version];
    let notice = &version.manuscript().notice;
    let root = frame.base_url.as_str();
    let page = [root, &version_folder(dossier, version)].concat();
    let body = match form {
        Form::Whole => Body::Html(html(frame, dossier, version, &page)?),
        Form::Brief => Body::At(page.clone(), "text/html"),
        Form::Alert => Body::At(frame.base_url.join(&cap::alert_path(notice)), cap::MEDIA_TYPE),
    };
    let own = if form == Form::Alert { "/cap" } else { "" };
    let categories = terms(notice)
        .map(|(dimension, term)| Category { domain: [root, dimension.folder()].concat(), name: &term.name });
    Ok(Item {
        title: [&marks(dossier, event), notice.title.as_str()].concat(),
        link: [root, "n/", notice.id.as_str(), "/"].concat(),
        guid: format!("tag:{}:{}/v{}{own}", frame.site.config.tag, notice.id, notice.version),
        published: event.at,
        updated: event.at.with_ordinal(event.ordinal),
        summary: text::excerpt(&summary(frame, dossier, version), SUMMARY),
        body,
        categories: categories.collect(),
        picture: picture(version.manuscript(), &page),
        page,
    })
}

/// Whether an event is the last word on its notice.
fn is_last(dossier: &Dossier, event: Event) -> bool {
    event.version + 1 == dossier.versions().len()
}

/// What became of it, then what it was.
fn marks(dossier: &Dossier, event: Event) -> String {
    let version = &dossier.versions()[event.version];
    let became = match (is_last(dossier, event), version.standing()) {
        (false, _) if dossier.is_withdrawn() => "【已撤销】",
        (false, _) => "【已更正】",
        (true, Standing::Urgent { .. }) => "【紧急发布，待补审】",
        (true, _) => "",
    };
    let was = match version.manuscript().notice.status {
        Status::Current => "",
        Status::Corrected => "【更正】",
        Status::Withdrawn => "【撤销】",
    };
    [became, was].concat()
}

/// What happened and what it is about. What no longer holds says so first; a withdrawal repeats nothing.
fn summary(frame: &Frame<'_>, dossier: &Dossier, version: &Cleared) -> String {
    let notice = &version.manuscript().notice;
    let over = frame.marks(dossier, version).into_iter().find(|mark| matches!(mark.tone, "withdrawn" | "superseded"));
    let over = over.map(|mark| mark.sentence).unwrap_or_default();
    let change = change(notice);
    let summary = if notice.status == Status::Withdrawn { "" } else { &notice.summary };
    [&over, &change, summary].concat()
}

fn change(notice: &Notice) -> String {
    notice.change.as_ref().map(|change| format!("{}（原因：{}）", change.what, change.why)).unwrap_or_default()
}

fn html(frame: &Frame<'_>, dossier: &Dossier, version: &Cleared, page: &str) -> Result<String, Box<Diagnostic>> {
    let root = frame.base_url.as_str();
    let mut notice = notice_view(frame, dossier, version, page, root)?;
    notice.marks.retain(|mark| mark.tone != "expired");
    let html = frame.theme.render("feed_item.html", &FeedItemView { root, notice })?;
    // The engine writes UTF-8 only.
    Ok(text::utf8(&html).unwrap_or_default().trim().to_owned())
}

fn picture(manuscript: &Manuscript, page: &str) -> Option<Enclosure> {
    let notice = &manuscript.notice;
    let picture = notice.image.as_ref().filter(|_| notice.status != Status::Withdrawn)?;
    let file = manuscript.file(&picture.file.value)?;
    matches!(file.content, FileContent::Image(..)).then(|| Enclosure {
        url: format!("{page}{}", encode_path(file.path.as_str())),
        length: file.len,
        media_type: media_type(&file.path.extension()),
    })
}
