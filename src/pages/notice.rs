//! The page of a notice, of each earlier version, and the files beside them.

use super::frame::{Frame, home_link, metas, notice_href, qr, size, time, version_href};
use super::{json_ld, table};
use crate::artifact::{Artifact, Key};
use crate::diag::Diagnostic;
use crate::inputs::FileContent;
use crate::notice::{Notice, NoticeId, Picture, Status};
use crate::read::Manuscript;
use crate::review::Cleared;
use crate::route::{OutPath, encode_path};
use crate::site::{Dimension, Dossier};
use crate::view::{
    AttachmentView, ChangeView, DayView, ImageView, LinkView, MetaView, NoticePageView, NoticeView, OriginView,
    SamplingView, SignOffView, VersionView,
};

pub(super) fn artifacts<'a>(frame: &'a Frame<'a>) -> Vec<Artifact<'a>> {
    (0..frame.site.dossiers.len()).flat_map(|place| of_dossier(frame, place)).collect()
}

/// The page of a notice, or a file beside it, without a plan of all others.
pub fn find<'a>(frame: &'a Frame<'a>, path: &str) -> Option<Artifact<'a>> {
    let id = NoticeId::parse(path.strip_prefix("n/")?.split('/').next()?)?;
    of_dossier(frame, frame.site.place(&id)?).find(|artifact| artifact.path.as_str() == path)
}

fn of_dossier<'a>(frame: &'a Frame<'a>, place: usize) -> impl Iterator<Item = Artifact<'a>> {
    let (dossier, key) = (&frame.site.dossiers[place], frame.key([frame.linked(place)]));
    dossier.versions().iter().flat_map(move |version| of_version(frame, (dossier, key), version))
}

fn of_version<'a>(
    frame: &'a Frame<'a>,
    (dossier, key): (&'a Dossier, Key),
    version: &'a Cleared,
) -> impl Iterator<Item = Artifact<'a>> {
    let folder = folder(dossier, version);
    let manuscript = version.manuscript();
    let files = manuscript.files.iter().map(move |file| {
        let path = OutPath::known(format!("{}{}", self::folder(dossier, version), file.path));
        Artifact::copied(path, manuscript.site_path(&file.path), file.digest)
    });
    let path = OutPath::known(format!("{folder}index.html"));
    std::iter::once(page(frame, (dossier, version), (path, key))).chain(files)
}

fn is_current(dossier: &Dossier, version: &Cleared) -> bool {
    dossier.current().manuscript().notice.version == version.manuscript().notice.version
}

/// The folder of a version in the output, with `/` at the end.
pub(crate) fn folder(dossier: &Dossier, version: &Cleared) -> String {
    let id = dossier.id().as_str();
    match version.manuscript().notice.version {
        _ if is_current(dossier, version) => ["n/", id, "/"].concat(),
        number => format!("n/{id}/v{number}/"),
    }
}

fn page<'a>(
    frame: &'a Frame<'a>,
    (dossier, version): (&'a Dossier, &'a Cleared),
    (path, key): (OutPath, Key),
) -> Artifact<'a> {
    let notice = &version.manuscript().notice;
    let template = if notice.status == Status::Withdrawn { "tombstone.html" } else { "notice.html" };
    let root = path.to_root();
    frame.page_of_files((path, key), template, move |mut page| {
        page.title = marked_title(frame, dossier, version);
        page.description = description(frame, dossier, version);
        page.noindex |= !is_current(dossier, version);
        page.breadcrumbs = breadcrumbs(frame, notice);
        page.metas = article_metas(frame, dossier, version);
        let notice = notice_view(frame, dossier, version, "", &root)?;
        let node = json_ld::notice(frame, (dossier, version), notice.image.as_ref(), &page);
        page.json_ld_html = json_ld::graph(frame, &page, node);
        let qr = qr(&notice.url);
        Ok(NoticePageView { site: &frame.view, page, notice, qr })
    })
}

/// The title as tabs, bookmarks and messengers show it: what no longer holds must not look as if it did.
fn marked_title(frame: &Frame<'_>, dossier: &Dossier, version: &Cleared) -> String {
    let title = &version.manuscript().notice.title;
    let marks = frame.marks(dossier, version);
    let over = marks.iter().find(|mark| mark.is_over());
    over.map_or_else(|| title.clone(), |mark| format!("【{}】{title}", mark.label))
}

/// What messengers and search engines show below the title. A withdrawal keeps the old summary in its front matter; what
/// it once said of a product must not go on being said.
fn description(frame: &Frame<'_>, dossier: &Dossier, version: &Cleared) -> String {
    let notice = &version.manuscript().notice;
    if notice.status != Status::Withdrawn {
        return notice.summary.clone();
    }
    let sentence = frame.marks(dossier, version).into_iter().find(|mark| mark.tone == "withdrawn");
    let why = notice.change.as_ref().map(|change| format!("撤销原因：{}", change.why));
    sentence.map(|mark| mark.sentence).into_iter().chain(why).collect()
}

/// A notice in full; `own` and `root` are put before addresses inside its text that lead to its own folder and to the
/// root of the site.
///
/// # Errors
/// Its text cannot be read.
pub(crate) fn notice_view<'a>(
    frame: &Frame<'a>,
    dossier: &'a Dossier,
    version: &'a Cleared,
    own: &str,
    root: &str,
) -> Result<NoticeView<'a>, Box<Diagnostic>> {
    let manuscript = version.manuscript();
    let notice = &manuscript.notice;
    let related = notice.related.iter().filter_map(|id| frame.site.find(&id.value));
    let mut sign_offs: Vec<_> = manuscript.sign_offs.iter().collect();
    sign_offs.sort_by_key(|sign_off| sign_off.at);
    Ok(NoticeView {
        body_html: manuscript.html(own, root)?,
        findings: if notice.status == Status::Withdrawn { None } else { table::findings(manuscript) },
        related: related.map(|dossier| frame.entry(dossier)).collect(),
        versions: versions(dossier, version),
        sign_offs: sign_offs
            .into_iter()
            .map(|sign_off| SignOffView { stage: sign_off.stage.clone(), at: time(sign_off.at) })
            .collect(),
        ..outline_view(frame, dossier, version)
    })
}

/// A notice without its text, its table of findings, and what stands around it: related notices, versions, sign-offs.
pub(crate) fn outline_view<'a>(frame: &Frame<'a>, dossier: &'a Dossier, version: &'a Cleared) -> NoticeView<'a> {
    let manuscript = version.manuscript();
    let notice = &manuscript.notice;
    let config = frame.site.config;
    let folder = folder(dossier, version);
    let view = NoticeView {
        id: notice.id.as_str(),
        version: notice.version,
        title: &notice.title,
        summary: &notice.summary,
        kind: frame.term(Dimension::Kind, &notice.kind),
        level: notice.risk_level.as_deref().map(|level| frame.level(level)),
        categories: notice
            .category
            .iter()
            .flat_map(|line| line.group.iter().chain([line]))
            .map(|term| frame.term(Dimension::Category, term))
            .collect(),
        audience: notice.audience.iter().map(|term| frame.term(Dimension::Audience, term)).collect(),
        hazards: notice.hazards.iter().map(|term| frame.term(Dimension::Hazard, term)).collect(),
        marks: frame.marks(dossier, version),
        actions: &notice.actions,
        image: notice.image.as_ref().and_then(|image| picture(manuscript, image, &folder)),
        products: table::products(&notice.products),
        body_html: String::new(),
        sampling: notice.sampling.map(|sampling| SamplingView { batches: sampling.batches, failed: sampling.failed }),
        findings: None,
        measures: notice.measures.iter().map(|term| term.name.as_str()).collect(),
        monitored: notice.monitored_on.map(|day| DayView { iso: day.to_string(), chinese: day.to_chinese() }),
        standards: &notice.standards,
        sources: notice.sources.iter().map(|term| term.name.as_str()).collect(),
        attachments: attachments(manuscript, &folder),
        related: Vec::new(),
        origin: notice.origin.as_ref().map(|origin| OriginView {
            source: origin.source.clone(),
            url: origin.url.clone().unwrap_or_default(),
            date: origin.date.to_chinese(),
        }),
        issuer: &config.bureau.name,
        published: time(version.published()),
        first_published: time(dossier.first_published()),
        expires: notice.expires.map(|day| day.to_chinese()).unwrap_or_default(),
        change: notice.change.as_ref().map(|change| ChangeView { what: &change.what, why: &change.why }),
        versions: Vec::new(),
        sign_offs: Vec::new(),
        url: frame.base_url.join(&OutPath::known(notice_href(&notice.id))),
    };
    if notice.status == Status::Withdrawn { taken_back(view) } else { view }
}

/// A withdrawal keeps its facts in the front matter; nobody must go on reading, passing on or counting them.
fn taken_back(view: NoticeView<'_>) -> NoticeView<'_> {
    NoticeView {
        summary: "",
        actions: &[],
        image: None,
        products: None,
        sampling: None,
        measures: Vec::new(),
        monitored: None,
        standards: &[],
        sources: Vec::new(),
        attachments: Vec::new(),
        origin: view.origin.map(|origin| OriginView { url: String::new(), ..origin }),
        expires: String::new(),
        ..view
    }
}

fn picture(manuscript: &Manuscript, picture: &Picture, folder: &str) -> Option<ImageView> {
    let file = manuscript.file(&picture.file.value)?;
    let FileContent::Image(width, height) = file.content else { return None };
    Some(ImageView {
        src: encode_path(&[folder, file.path.as_str()].concat()),
        alt: picture.alt.clone(),
        width,
        height,
    })
}

fn attachments(manuscript: &Manuscript, folder: &str) -> Vec<AttachmentView> {
    let files = manuscript.notice.attachments.iter();
    files
        .filter_map(|attachment| {
            let file = manuscript.file(&attachment.file.value)?;
            Some(AttachmentView {
                href: encode_path(&[folder, file.path.as_str()].concat()),
                title: attachment.title.clone(),
                format: file.path.extension().to_uppercase(),
                size: size(file.len),
            })
        })
        .collect()
}

fn versions(dossier: &Dossier, shown: &Cleared) -> Vec<VersionView> {
    let id = dossier.id();
    let view = |version: &Cleared| {
        let notice = &version.manuscript().notice;
        let (what, why) =
            notice.change.as_ref().map(|change| (change.what.clone(), change.why.clone())).unwrap_or_default();
        VersionView {
            version: notice.version,
            event: match notice.status {
                Status::Current => "发布",
                Status::Corrected => "更正",
                Status::Withdrawn => "撤销",
            },
            published: time(version.published()),
            href: if is_current(dossier, version) { notice_href(id) } else { version_href(id, notice.version) },
            shown: notice.version == shown.manuscript().notice.version,
            what,
            why,
        }
    };
    dossier.versions().iter().rev().map(view).collect()
}

fn breadcrumbs(frame: &Frame<'_>, notice: &Notice) -> Vec<LinkView> {
    let kind = frame.term(Dimension::Kind, &notice.kind);
    vec![home_link(), LinkView { label: kind.name.clone(), href: kind.href.clone() }]
}

/// The article tags of 47号, after those of the column.
fn article_metas(frame: &Frame<'_>, dossier: &Dossier, version: &Cleared) -> Vec<MetaView> {
    let manuscript = version.manuscript();
    let notice = &manuscript.notice;
    let bureau = &frame.site.config.bureau.name;
    let source = notice.origin.as_ref().map_or(bureau, |origin| &origin.source);
    let keywords: Vec<&str> =
        notice.category.iter().chain(&notice.hazards).chain(&notice.audience).map(|term| term.name.as_str()).collect();
    let folder = folder(dossier, version);
    let image = notice.image.as_ref().filter(|_| notice.status != Status::Withdrawn);
    let image = image.and_then(|image| picture(manuscript, image, &folder));
    let image = image.map(|image| format!("{}{}", frame.base_url.as_str(), image.src)).unwrap_or_default();
    let mut tags = frame.column_metas(None);
    tags.extend(metas(&[
        ("ArticleTitle", &notice.title),
        ("PubDate", &version.published().to_minute()),
        ("ContentSource", source),
        ("Keywords", &keywords.join(",")),
        ("Author", bureau),
        ("Description", &description(frame, dossier, version)),
        ("Image", &image),
        ("Url", &frame.base_url.join(&OutPath::known([&folder, "index.html"].concat()))),
    ]));
    tags
}
