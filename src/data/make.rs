//! The record of a notice, made of the view its page is made of: what the page does not show, no record can have.
//!
//! Nothing depends on the day of the build: that a notice has expired is left to its last day.

use super::parts::{
    Correction, Findings, Image, Level, LicenseRecord, Mark, Media, Named, Original, ProductRecord, Related, Review,
    SamplingRecord, Term, VersionRecord,
};
use super::record::NoticeRecord;
use crate::diag::Diagnostic;
use crate::moment::Day;
use crate::notice::{Product, Status};
use crate::pages::{Frame, notice_view, outline_view, version_folder};
use crate::read::Manuscript;
use crate::site::Dossier;
use crate::theme::Prepared;
use crate::view::{
    AttachmentView, EntryView, ImageView, LevelView, MarkView, NoticeView, OriginView, SignOffView, TableView,
    TermView, VersionView,
};

/// The record of the version that holds.
///
/// # Errors
/// Its text cannot be read.
pub(super) fn record<'a>(frame: &Frame<'a>, dossier: &'a Dossier) -> Result<NoticeRecord<'a>, Box<Diagnostic>> {
    let root = frame.base_url.as_str();
    let own = frame.address(&version_folder(dossier, dossier.current()));
    let view = notice_view(frame, dossier, dossier.current(), &own, root)?;
    Ok(from_view(frame, dossier.current().manuscript(), view))
}

/// The same without what no table shows: its text, which says of itself what it says, findings, versions, sign-offs and
/// related notices.
pub(super) fn outline<'a>(frame: &Frame<'a>, dossier: &'a Dossier) -> NoticeRecord<'a> {
    let view = outline_view(frame, dossier, dossier.current());
    from_view(frame, dossier.current().manuscript(), view)
}

fn from_view<'a>(frame: &Frame<'a>, manuscript: &'a Manuscript, view: NoticeView<'a>) -> NoticeRecord<'a> {
    let notice = &manuscript.notice;
    let head = manuscript.findings.as_ref().map(|table| table.head.as_slice());
    // The page of a notice with one version has no history: it would say the time of publication again.
    let versions =
        if view.versions.len() > 1 || notice.status == Status::Withdrawn { view.versions } else { Vec::new() };
    let terms = |views: &[Prepared<TermView>]| views.iter().map(|view| term(frame, view)).collect();
    NoticeRecord {
        identifier: view.id,
        url: view.url,
        version: view.version,
        creative_work_status: notice.status.name(),
        genre: term(frame, &view.kind),
        headline: view.title,
        summary: view.summary,
        risk_level: view.level.as_deref().map(|level| self::level(frame, level)),
        categories: terms(&view.categories),
        audience: terms(&view.audience),
        hazards: terms(&view.hazards),
        // Whether it has expired depends on the day, its last day does not; that it is withdrawn says its status.
        marks: view.marks.into_iter().filter(|mark| !matches!(mark.tone, "expired" | "withdrawn")).map(mark).collect(),
        date_published: view.first_published.iso,
        date_modified: view.published.iso,
        expires: notice.expires.filter(|_| !view.expires.is_empty()).map(|day| day.to_string()).unwrap_or_default(),
        publisher: named(view.issuer),
        in_language: "zh-CN",
        license: license(frame),
        actions: view.actions,
        image: view.image.map(|image| self::image(frame, image)),
        about: view.products.map(|_| notice.products.iter().map(product).collect()).unwrap_or_default(),
        article_body: view.body_html,
        sampling: view.sampling.map(|sampling| SamplingRecord { batches: sampling.batches, failed: sampling.failed }),
        findings: view.findings.zip(head).map(|(table, head)| findings(table, head)),
        monitored_on: view.monitored.map(|day| day.iso).unwrap_or_default(),
        measures: view.measures,
        citation: view.standards,
        sources: view.sources,
        associated_media: view.attachments.into_iter().map(|file| media(frame, file)).collect(),
        is_based_on: notice.origin.as_ref().zip(view.origin).map(|(origin, view)| original(origin.date, view)),
        correction: view.change.map(|change| Correction { what: change.what, why: change.why }),
        versions: versions.into_iter().map(|version| self::version(frame, version)).collect(),
        reviews: view.sign_offs.into_iter().map(review).collect(),
        related_link: view.related.into_iter().map(|entry| related(frame, entry)).collect(),
    }
}

/// Under what terms everything may be passed on; none where the site names none.
pub(super) fn license<'a>(frame: &Frame<'a>) -> Option<LicenseRecord<'a>> {
    let license = frame.site.config.license.as_ref()?;
    Some(LicenseRecord { name: &license.name, url: &license.url })
}

fn named(name: &str) -> Named {
    Named { name: name.to_owned() }
}

fn term(frame: &Frame<'_>, view: &TermView) -> Term {
    Term { name: view.name.clone(), term_code: view.slug.clone(), url: frame.address(&view.href) }
}

fn level(frame: &Frame<'_>, view: &LevelView) -> Level {
    let LevelView { name, slug, href, rank, of } = view;
    Level { name: name.clone(), term_code: slug.clone(), url: frame.address(href), rank: *rank, of: *of }
}

fn mark(view: MarkView) -> Mark {
    Mark { name: view.label, term_code: view.tone, description: view.sentence }
}

fn image(frame: &Frame<'_>, view: ImageView) -> Image {
    let ImageView { src, alt, width, height } = view;
    Image { content_url: frame.address(&src), width, height, caption: alt }
}

fn product(product: &Product) -> ProductRecord<'_> {
    let Product { name, brand, model, batch, barcode, maker, sold } = product;
    let is_gtin = matches!(barcode.len(), 8 | 12 | 13 | 14) && barcode.bytes().all(|byte| byte.is_ascii_digit());
    let (gtin, barcode) = if is_gtin { (barcode.as_str(), "") } else { ("", barcode.as_str()) };
    let named = |text: &str| Some(named(text)).filter(|named| !named.name.is_empty());
    ProductRecord { name, brand: named(brand), model, batch, gtin, barcode, manufacturer: named(maker), sold }
}

/// The table whole and in its own order: what every row has in common stands in every row.
fn findings<'a>(view: TableView<'a>, head: &[String]) -> Findings<'a> {
    let labels: Vec<&str> = view.common.iter().map(|fact| fact.label).chain(view.head).collect();
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|column| head.iter().position(|name| name == labels[*column]));
    let whole = |row: Vec<&'a str>| -> Vec<&'a str> {
        let cells: Vec<&str> = view.common.iter().map(|fact| fact.value).chain(row).collect();
        order.iter().filter_map(|column| cells.get(*column).copied()).collect()
    };
    Findings {
        name: view.caption,
        columns: order.iter().map(|column| labels[*column]).collect(),
        rows: view.rows.into_iter().map(whole).collect(),
    }
}

fn media(frame: &Frame<'_>, view: AttachmentView) -> Media {
    let AttachmentView { href, title, format, size } = view;
    Media { name: title, content_url: frame.address(&href), encoding_format: format, content_size: size }
}

fn original(date: Day, view: OriginView) -> Original {
    Original { publisher: Named { name: view.source }, date_published: date.to_string(), url: view.url }
}

fn version(frame: &Frame<'_>, view: VersionView) -> VersionRecord {
    let VersionView { version, event, published, href, shown: _, what, why } = view;
    VersionRecord { version, event, date_published: published.iso, url: frame.address(&href), what, why }
}

fn review(view: SignOffView) -> Review {
    Review { stage: view.stage, date_created: view.at.iso }
}

fn related(frame: &Frame<'_>, view: EntryView) -> Related {
    Related { headline: view.title, url: frame.address(&view.href) }
}
