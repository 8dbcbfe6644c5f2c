//! What all pages share: the site's view, addresses, and the views of terms, times, marks and list entries.

use super::service::{self, Service};
use super::terms::Terms;
use crate::artifact::{Artifact, Edition, Key, PROGRAM, Shared};
use crate::diag::Diagnostic;
use crate::moment::Moment;
use crate::notice::{NoticeId, Status};
use crate::review::{Cleared, Standing};
use crate::route::{BaseUrl, OutPath, encode_path};
use crate::site::{Dimension, Dossier, Format, List, Site, has_expired};
use crate::theme::{Prepared, Theme};
use crate::view::{
    BureauView, EntryView, FooterView, LevelView, LinkView, MarkView, MetaView, PageView, QrView, SiteView, TermView,
    TimeView,
};
use crate::vocabulary::Term;
use serde::Serialize;
use std::convert::Infallible;
use std::sync::OnceLock;

/// The site, the theme and what all pages share.
pub struct Frame<'a> {
    /// The site.
    pub site: &'a Site<'a>,
    /// The theme.
    pub theme: &'a Theme,
    /// The public address.
    pub base_url: &'a BaseUrl,
    /// What all pages show.
    pub view: Prepared<SiteView>,
    terms: Terms,
    /// Links to the feeds of the whole site.
    feeds: Vec<Prepared<LinkView>>,
    /// The notices as lists show them, in the order of the site, each from the first list that shows it to the last.
    entries: Vec<Shared<Prepared<EntryView>>>,
    keys: Keys,
}

/// Keys that those of files are made of; made when the first of them is asked for.
#[derive(Default)]
struct Keys {
    /// Of what every file may depend on: the program, the theme, the configuration, the address, what all pages show.
    base: OnceLock<Key>,
    /// Of the whole site.
    whole: OnceLock<Key>,
    /// Of each dossier and all it refers to, in the order of the site.
    linked: OnceLock<Vec<Key>>,
}

impl<'a> Frame<'a> {
    /// Prepares what all pages share.
    pub fn new(site: &'a Site<'a>, theme: &'a Theme, base_url: &'a BaseUrl, edition: Edition) -> Self {
        let view = site_view(site, theme, base_url, edition);
        let terms = Terms::of(&site.config.vocabularies);
        let mut lists = vec![0_usize; site.dossiers.len()];
        site.lists.iter().flat_map(|list| &list.members).for_each(|member| lists[*member] += 1);
        let entries = lists.into_iter().map(|lists| Shared::new(lists.max(1))).collect();
        let feeds = feeds("", &site.config.title);
        let keys = Keys::default();
        Self { site, theme, base_url, view: Prepared::new(view), terms, feeds, entries, keys }
    }

    /// The key of a file that depends on these parts, and on what every file may depend on.
    pub fn key<T: AsRef<[u8]>>(&self, parts: impl IntoIterator<Item = T>) -> Key {
        Key::of([self.base(), Key::of(parts)])
    }

    /// The key of a file that depends on the whole site.
    pub fn whole(&self) -> Key {
        *self.keys.whole.get_or_init(|| {
            let prose = self.site.prose.iter().map(|prose| Key::of([format!("{prose:?}")]));
            let ledger = Key::of([self.site.ledger.head().hash.bytes()]);
            Key::of([self.base(), ledger].into_iter().chain(prose).chain(self.all_linked().iter().copied()))
        })
    }

    /// The key of a dossier, by its place in the site, with all that its pages show of others.
    pub fn linked(&self, dossier: usize) -> Key {
        let alone = || linked(self.site, &self.site.dossiers[dossier]);
        self.keys.linked.get().map_or_else(alone, |all| all[dossier])
    }

    fn all_linked(&self) -> &[Key] {
        let linked = || self.site.dossiers.iter().map(|dossier| linked(self.site, dossier)).collect();
        self.keys.linked.get_or_init(linked)
    }

    fn base(&self) -> Key {
        // `Debug` names every field, also one that is added later. The view has the public address and the edition.
        *self.keys.base.get_or_init(|| {
            let (config, view) = (format!("{:?}", self.site.config), format!("{:?}", self.view));
            Key::of([PROGRAM.as_bytes(), self.theme.digest().bytes(), config.as_bytes(), view.as_bytes()])
        })
    }

    /// A page made from a template.
    pub fn page<V: Serialize>(
        &'a self,
        place: (OutPath, Key),
        template: &'static str,
        view: impl Fn(PageView) -> V + Send + Sync + 'a,
    ) -> Artifact<'a> {
        self.page_of_files(place, template, move |page| Ok(view(page)))
    }

    /// The same, of what may have to be read from files.
    pub fn page_of_files<V: Serialize>(
        &'a self,
        (path, key): (OutPath, Key),
        template: &'static str,
        view: impl Fn(PageView) -> Result<V, Box<Diagnostic>> + Send + Sync + 'a,
    ) -> Artifact<'a> {
        Artifact::rendered_at(path, key, move |path| self.theme.render(template, &view(self.page_view(path))?))
    }

    /// The surroundings of a page: a plain one, to be completed by its maker.
    pub fn page_view(&self, path: &OutPath) -> PageView {
        PageView {
            root: path.to_root(),
            title: String::new(),
            description: self.site.config.description.clone(),
            canonical: self.base_url.join(path),
            noindex: self.view.preview,
            metas: Vec::new(),
            feeds: self.feeds.clone(),
            breadcrumbs: Vec::new(),
            section: String::new(),
            json_ld_html: String::new(),
        }
    }

    /// The absolute address of a page or file of the site, by its address relative to the root.
    pub fn address(&self, href: &str) -> String {
        let folder = href.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        [self.base_url.as_str(), folder.unwrap_or(href)].concat()
    }

    /// The column tags of 47号 for a column of this name, or for the site's own.
    pub fn column_metas(&self, name: Option<(&str, &str)>) -> Vec<MetaView> {
        let portal = &self.site.config.portal;
        let (name, description) = name.unwrap_or((&portal.column_name, &portal.column_description));
        metas(&[
            ("ColumnName", name),
            ("ColumnDescription", description),
            ("ColumnKeywords", &portal.column_keywords),
            ("ColumnType", &portal.column_type),
        ])
    }

    /// The view of a term; its list is that of the dimension.
    pub fn term(&self, dimension: Dimension, term: &Term) -> Prepared<TermView> {
        self.terms.term(dimension, term)
    }

    /// The view of a risk level.
    pub fn level(&self, term: &Term) -> Prepared<LevelView> {
        self.terms.level(term)
    }

    /// A notice by its place in the site, as every list shows it.
    pub fn listed(&self, place: usize) -> Prepared<EntryView> {
        let make = || Ok::<_, Infallible>(Prepared::new(self.entry(&self.site.dossiers[place])));
        let Ok(entry) = self.entries[place].get(make);
        Prepared::clone(&entry)
    }

    /// A notice in a list.
    pub fn entry(&self, dossier: &Dossier) -> EntryView {
        let notice = &dossier.current().manuscript().notice;
        EntryView {
            href: notice_href(&notice.id),
            title: notice.title.clone(),
            summary: notice.summary.clone(),
            kind: self.term(Dimension::Kind, &notice.kind),
            level: notice.risk_level.as_deref().map(|level| self.level(level)),
            published: time(dossier.first_published()),
            marks: self.marks(dossier, dossier.current()),
        }
    }

    /// What distinguishes a version from an ordinary live notice, the gravest first.
    pub fn marks(&self, dossier: &Dossier, version: &Cleared) -> Vec<MarkView> {
        let notice = &version.manuscript().notice;
        let current = dossier.current();
        let is_current = current.manuscript().notice.version == notice.version;
        let mut marks = Vec::new();
        match version.standing() {
            Standing::Draft => marks.push(mark("draft", "草稿", "草稿，未经审签，不得发布。".to_owned())),
            Standing::Urgent { missing } if is_current => marks.push(mark(
                "urgent",
                "紧急发布，待补审",
                format!("本信息事关安全，已紧急发布，待补审：{}。", missing.join("、")),
            )),
            Standing::Urgent { missing } => marks.push(mark(
                "urgent",
                "紧急发布",
                format!("本版为紧急发布，未及{}签署即被新版本取代。", missing.join("、")),
            )),
            Standing::Signed => {}
        }
        let when = || current.published().to_chinese_day();
        if !is_current {
            let link = Some(LinkView { label: "查看现行版本".to_owned(), href: notice_href(&notice.id) });
            let superseded = if dossier.is_withdrawn() {
                mark(
                    "withdrawn",
                    "已撤销",
                    format!("本信息已于{}撤销。这是第 {} 版的原文，仅供核对。", when(), notice.version),
                )
            } else {
                mark(
                    "superseded",
                    "历史版本",
                    format!("这是第 {} 版，已于{}更正，请以现行版本为准。", notice.version, when()),
                )
            };
            marks.push(MarkView { link, ..superseded });
        } else if notice.status == Status::Withdrawn {
            marks.push(mark("withdrawn", "已撤销", format!("本信息已于{}撤销，不再有效。", when())));
        } else if notice.status == Status::Corrected {
            marks.push(mark(
                "corrected",
                "已更正",
                format!("本信息已于{}更正，现为第 {} 版。", when(), notice.version),
            ));
        }
        if let Some(expires) =
            notice.expires.filter(|_| notice.status != Status::Withdrawn && has_expired(notice, self.site.today))
        {
            marks.push(mark(
                "expired",
                "已过期",
                format!("本信息的有效期到{}为止，内容可能不再适用。", expires.to_chinese()),
            ));
        }
        if let Some(origin) = &notice.origin {
            let sentence = format!("本信息转载自{}（{}发布）。", origin.source, origin.date.to_chinese());
            marks.push(mark("reposted", "转载", sentence));
        }
        marks
    }
}

fn linked(site: &Site<'_>, dossier: &Dossier) -> Key {
    let related = dossier.versions().iter().flat_map(|version| &version.manuscript().notice.related);
    let related = related.filter_map(|id| site.find(&id.value)).map(Dossier::facts);
    Key::of(std::iter::once(dossier.facts()).chain(related))
}

fn mark(tone: &'static str, label: &'static str, sentence: String) -> MarkView {
    MarkView { tone, label, sentence, link: None }
}

/// The page of a notice, relative to the root.
pub fn notice_href(id: &NoticeId) -> String {
    ["n/", id.as_str(), "/index.html"].concat()
}

/// The page of a version that no longer holds, relative to the root.
pub fn version_href(id: &NoticeId, version: u32) -> String {
    format!("n/{id}/v{version}/index.html")
}

/// The front page of a list, relative to the root.
pub fn list_href(list: &List) -> String {
    format!("{}index.html", list.folder)
}

/// Links to the feeds of a channel, for the heads of pages.
pub fn feeds(folder: &str, title: &str) -> Vec<Prepared<LinkView>> {
    let link = |format: Format| LinkView {
        label: format!("{title}（{}）", format.name()),
        href: format!("{folder}{}", format.file()),
    };
    Format::ALL.map(link).map(Prepared::new).into()
}

/// A link to the home page.
pub fn home_link() -> LinkView {
    LinkView { label: "首页".to_owned(), href: "index.html".to_owned() }
}

/// The view of a moment.
pub fn time(moment: Moment) -> TimeView {
    let chinese = moment.to_chinese_day();
    // “2024-04-22” is read aloud as a subtraction.
    TimeView { iso: moment.to_string(), minute: [&chinese, " ", &moment.to_clock()].concat(), chinese }
}

/// A number of bytes for people: `120 KB`, rounded up.
pub fn size(bytes: u64) -> String {
    match bytes {
        ..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// An address as a QR code; none where it is too long for one.
pub fn qr(address: &str) -> Option<QrView> {
    crate::qr::encode(address).map(|code| QrView { size: code.size, path: code.path })
}

/// Meta tags; empty ones are left out.
pub fn metas(pairs: &[(&str, &str)]) -> Vec<MetaView> {
    let full = pairs.iter().filter(|(_, content)| !content.is_empty());
    full.map(|(name, content)| MetaView { name: (*name).to_owned(), content: (*content).to_owned() }).collect()
}

fn site_view(site: &Site<'_>, theme: &Theme, base_url: &BaseUrl, edition: Edition) -> SiteView {
    let config = site.config;
    let portal = &config.portal;
    let footer = &config.footer;
    SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        banner: config.banner.clone(),
        home_url: base_url.as_str().to_owned(),
        bureau: BureauView {
            name: config.bureau.name.clone(),
            phone: config.bureau.phone.clone(),
            address: config.bureau.address.clone(),
        },
        metas: metas(&[
            ("SiteName", &portal.site_name),
            ("SiteDomain", &portal.site_domain),
            ("SiteIDCode", &portal.site_id_code),
        ]),
        footer: FooterView {
            sponsor: footer.sponsor.clone(),
            contact: footer.contact.clone(),
            site_id_code: portal.site_id_code.clone(),
            icp: footer.icp.clone(),
            police: footer.police.clone(),
            government_mark_url: footer.government_mark_url.clone(),
            error_report_url: footer.error_report_url.clone(),
        },
        nav: nav(site),
        nav_more: nav_more(site),
        footer_links: footer_links(site),
        assets: theme.assets(),
        preview: edition == Edition::Preview,
    }
}

/// What everybody needs, short enough for one row on a phone.
fn nav(site: &Site<'_>) -> Vec<LinkView> {
    let kinds = site.lists.iter().filter(|list| list.dimension == Dimension::Kind);
    let kinds = kinds.map(|list| LinkView { label: list.title.clone(), href: list_href(list) });
    std::iter::once(home_link()).chain(kinds).chain([Service::Lookup.link()]).collect()
}

/// What else there is; on a phone it stands in the footer only. Searching begins in the masthead.
fn nav_more(site: &Site<'_>) -> Vec<LinkView> {
    [Service::Statistics.link(), Service::Subscribe.link()].into_iter().chain(about(site)).collect()
}

fn footer_links(site: &Site<'_>) -> Vec<LinkView> {
    let fixed = [("信息台账", "ledger/index.html"), ("网站地图", "map/index.html")];
    let fixed = fixed.map(|(label, href)| LinkView { label: label.to_owned(), href: href.to_owned() });
    Service::ALL.map(Service::link).into_iter().chain(about(site)).chain(fixed).collect()
}

/// Links to the pages about the site.
fn about(site: &Site<'_>) -> impl Iterator<Item = LinkView> {
    service::standalone(site).map(|prose| LinkView { label: prose.title.clone(), href: prose_href(&prose.slug) })
}

/// A page about the site, relative to the root.
pub fn prose_href(slug: &str) -> String {
    encode_path(&format!("{slug}/index.html"))
}
