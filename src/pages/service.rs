//! The services of the site: pages that find, count or explain, made by the program.
//!
//! A page `content/pages/<slug>.md` of the same name is not a page of its own: it gives the service its title, its
//! description and the text on top of it.

use super::frame::{Frame, home_link};
use super::json_ld;
use crate::artifact::Artifact;
use crate::read::Prose;
use crate::route::OutPath;
use crate::site::Site;
use crate::view::{LinkView, PageView};
use serde::Serialize;

/// A service of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// 查我的产品: whether a product is among those of the notices.
    Lookup,
    /// 搜索: every notice that contains some words.
    Search,
    /// 订阅: what a feed is, and which there are.
    Subscribe,
    /// 统计: what was published over the years.
    Statistics,
    /// 开放数据: everything published, as files for machines.
    Data,
}

impl Service {
    /// All of them, in the order of the navigation.
    pub(crate) const ALL: [Self; 5] = [Self::Lookup, Self::Search, Self::Statistics, Self::Subscribe, Self::Data];

    /// The folder, and the name of the page in `content/pages` that introduces it.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::Search => "search",
            Self::Subscribe => "subscribe",
            Self::Statistics => "statistics",
            Self::Data => "data",
        }
    }

    /// The short name, for the navigation.
    const fn label(self) -> &'static str {
        match self {
            Self::Lookup => "查产品",
            Self::Search => "搜索",
            Self::Subscribe => "订阅",
            Self::Statistics => "统计",
            Self::Data => "开放数据",
        }
    }

    /// Title and description where the site has no page of its own on it.
    const fn default_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Lookup => ("查我的产品", "输入品牌、型号、批号或条码，查手里的产品在不在本站的警示里。"),
            Self::Search => {
                ("搜索", "输入产品名称、品牌、型号、标准号或几个字，查找本站发布的全部风险警示和消费提示。")
            }
            Self::Subscribe => ("如何订阅", "用 RSS 订阅，新的警示、更正和撤销会自动送到您的手机或电脑上。"),
            Self::Data => {
                ("开放数据", "本站发布的全部风险警示和消费提示，做成表格和数据文件，供下载、统计和程序使用。")
            }
            Self::Statistics => ("统计", "本站历年发布了多少，是哪些产品、哪些危害，抽样有多少不合格。"),
        }
    }

    /// The page, relative to the root.
    pub(crate) fn href(self) -> String {
        format!("{}/index.html", self.slug())
    }

    /// The entry of the navigation.
    pub(super) fn link(self) -> LinkView {
        LinkView { label: self.label().to_owned(), href: self.href() }
    }
}

/// The pages about the site that stand alone: those that introduce no service.
pub(super) fn standalone<'a>(site: &'a Site<'_>) -> impl Iterator<Item = &'a Prose> {
    site.prose.iter().filter(|prose| Service::ALL.iter().all(|service| service.slug() != prose.slug))
}

/// The page of a service; the view is given its surroundings and the site's own text on it, as HTML, or an empty text.
pub(crate) fn page<'a, V: Serialize>(
    frame: &'a Frame<'a>,
    service: Service,
    template: &'static str,
    view: impl Fn(PageView, String) -> V + Send + Sync + 'a,
) -> Artifact<'a> {
    let prose = frame.site.prose.iter().find(|prose| prose.slug == service.slug());
    frame.page((OutPath::known(service.href()), frame.whole()), template, move |mut page| {
        let (title, description) = service.default_words();
        page.title = prose.map_or(title, |prose| &prose.title).to_owned();
        let summary = prose.map(|prose| prose.summary.as_str()).filter(|summary| !summary.is_empty());
        page.description = summary.unwrap_or(description).to_owned();
        page.breadcrumbs = vec![home_link()];
        page.section = service.href();
        page.json_ld_html = json_ld::graph(frame, &page, json_ld::plain(frame, &page));
        let intro_html = prose.map(|prose| prose.rendered.html.with_prefixes("", &page.root)).unwrap_or_default();
        view(page, intro_html)
    })
}
