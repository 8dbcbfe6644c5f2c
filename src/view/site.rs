//! The same on every page: the site, its office, its footer, and the surroundings of a page.

use super::LinkView;
use crate::theme::Prepared;
use serde::Serialize;
use std::collections::BTreeMap;

/// The same on every page of a build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteView {
    /// The name of the site.
    pub title: String,
    /// What the site is.
    pub description: String,
    /// The line on top of every page, or empty.
    pub banner: String,
    /// The absolute address of the home page.
    pub home_url: String,
    /// The publishing office.
    pub bureau: BureauView,
    /// Meta tags of 47号 that hold for every page: name and content, empty ones left out.
    pub metas: Vec<MetaView>,
    /// The footer of 47号.
    pub footer: FooterView,
    /// The main navigation.
    pub nav: Vec<LinkView>,
    /// Further entries, which a narrow screen leaves to the footer.
    pub nav_more: Vec<LinkView>,
    /// Links of the footer: services, pages about the site, ledger, site map.
    pub footer_links: Vec<LinkView>,
    /// Files of the theme: from their name in `static/` to the fingerprinted address.
    pub assets: BTreeMap<String, String>,
    /// Whether this is a preview that also shows drafts.
    pub preview: bool,
}

/// The publishing office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BureauView {
    /// The full name.
    pub name: String,
    /// Telephone, or empty.
    pub phone: String,
    /// Address, or empty.
    pub address: String,
}

/// The footer; what is empty is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FooterView {
    /// 主办单位.
    pub sponsor: String,
    /// 联系方式.
    pub contact: String,
    /// 网站标识码.
    pub site_id_code: String,
    /// ICP备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
    /// 党政机关网站标识: absolute address.
    pub government_mark_url: String,
    /// 我为政府网站找错: absolute address.
    pub error_report_url: String,
}

/// A meta tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetaView {
    /// `name`.
    pub name: String,
    /// `content`.
    pub content: String,
}

/// The head and surroundings of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageView {
    /// What leads from this page to the root: `../../`, or empty.
    pub root: String,
    /// The page's own title, without the site's; empty on the home page.
    pub title: String,
    /// For search engines and previews.
    pub description: String,
    /// The absolute address.
    pub canonical: String,
    /// Whether search engines are to leave it out (superseded versions, previews).
    pub noindex: bool,
    /// Meta tags of this page: column or article.
    pub metas: Vec<MetaView>,
    /// Feeds of this page, the nearest first: title and address.
    pub feeds: Vec<Prepared<LinkView>>,
    /// The way from home to here; the page itself is not in it.
    pub breadcrumbs: Vec<LinkView>,
    /// The `href` of the navigation entry to mark as current, or empty.
    pub section: String,
    /// The content of a JSON-LD data block; empty where there is none.
    pub json_ld_html: String,
}
