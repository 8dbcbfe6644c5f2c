//! Pages for machines: what a page is, in the words of schema.org, as JSON-LD.
//!
//! In: a finished page view. Out: the content of a data block that no text can break out of. It says nothing that does
//! not stand on the page.

mod nodes;

use super::frame::{Frame, notice_href};
use crate::json;
use crate::notice::{self, Notice, Status};
use crate::review::Cleared;
use crate::site::Dossier;
use crate::theme::Prepared;
use crate::view::{EntryView, ImageView, MarkView, PageView};
use nodes::{
    Article, Brand, BreadcrumbList, CorrectionComment, CreativeWork, Elsewhere, EntryPoint, GovernmentOrganization,
    Graph, ImageObject, ItemList, ListItem, Nodes, Organization, Page, Product, Reference, SearchAction, Step, WebSite,
};
use serde::Serialize;

const LANGUAGE: &str = "zh-CN";

/// The graph of a page: what it is, who publishes it, and the way to it. HTML.
pub(crate) fn graph<N: Serialize>(frame: &Frame<'_>, page: &PageView, node: N) -> String {
    let nodes = Nodes { page: node, bureau: bureau(frame), way: breadcrumbs(frame, page) };
    // Structures of texts, numbers and lists always have a form in JSON.
    json::script_safe(&Graph { context: "https://schema.org", nodes }).unwrap_or_default()
}

/// The office, as other nodes name it.
pub(crate) fn bureau_ref(frame: &Frame<'_>) -> Reference {
    reference(frame, "#bureau")
}

fn reference(frame: &Frame<'_>, name: &str) -> Reference {
    Reference { id: format!("{}{name}", frame.base_url.as_str()) }
}

fn bureau<'a>(frame: &Frame<'a>) -> GovernmentOrganization<'a> {
    let bureau = &frame.site.config.bureau;
    GovernmentOrganization {
        id: bureau_ref(frame).id,
        name: &bureau.name,
        url: frame.base_url.as_str(),
        telephone: &bureau.phone,
        address: &bureau.address,
    }
}

fn breadcrumbs<'a>(frame: &Frame<'_>, page: &'a PageView) -> Option<BreadcrumbList<'a>> {
    let way = page.breadcrumbs.iter().map(|link| (link.label.as_str(), frame.address(&link.href)));
    let steps = way
        .chain([(page.title.as_str(), page.canonical.clone())])
        .enumerate()
        .map(|(index, (name, item))| Step { position: index + 1, name, item });
    (!page.breadcrumbs.is_empty()).then(|| BreadcrumbList { item_list_element: steps.collect() })
}

/// The home page: the site itself, and how to search it.
pub(super) fn site<'a>(frame: &Frame<'a>) -> impl Serialize + use<'a> {
    let config = frame.site.config;
    let home = frame.base_url.as_str();
    WebSite {
        id: reference(frame, "#site").id,
        url: home,
        name: &config.title,
        description: &config.description,
        in_language: LANGUAGE,
        publisher: bureau_ref(frame),
        potential_action: SearchAction {
            target: EntryPoint { url_template: format!("{home}search/?q={{search_term_string}}") },
            query_input: "required name=search_term_string",
        },
    }
}

/// A page about the site.
pub(super) fn plain<'a>(frame: &Frame<'_>, page: &'a PageView) -> impl Serialize + use<'a> {
    web_page(frame, page, "WebPage")
}

fn web_page<'a>(frame: &Frame<'_>, page: &'a PageView, kind: &'static str) -> Page<'a> {
    Page {
        kind,
        url: &page.canonical,
        name: &page.title,
        description: &page.description,
        in_language: LANGUAGE,
        is_part_of: reference(frame, "#site"),
        publisher: bureau_ref(frame),
        main_entity: None,
    }
}

/// A page of a list, with what stands on it.
pub(super) fn list<'a>(
    frame: &Frame<'_>,
    page: &'a PageView,
    entries: &'a [Prepared<EntryView>],
) -> impl Serialize + use<'a> {
    let items = entries.iter().enumerate().map(|(index, entry)| ListItem {
        position: index + 1,
        name: &entry.title,
        url: frame.address(&entry.href),
    });
    let main_entity = Some(ItemList { item_list_element: items.collect() });
    Page { main_entity, ..web_page(frame, page, "CollectionPage") }
}

/// A version of a notice.
pub(super) fn notice<'a>(
    frame: &Frame<'_>,
    (dossier, version): (&Dossier, &'a Cleared),
    image: Option<&'a ImageView>,
    page: &'a PageView,
) -> impl Serialize + use<'a> {
    let notice = &version.manuscript().notice;
    let is_current = dossier.current().manuscript().notice.version == notice.version;
    let article = Article {
        main_entity_of_page: &page.canonical,
        url: &page.canonical,
        identifier: notice.id.as_str(),
        version: notice.version,
        headline: &page.title,
        genre: &notice.kind.name,
        creative_work_status: status(frame, dossier, version),
        in_language: LANGUAGE,
        is_accessible_for_free: true,
        date_published: dossier.first_published().to_string(),
        date_modified: version.published().to_string(),
        author: bureau_ref(frame),
        publisher: bureau_ref(frame),
        summary: &page.description,
        expires: notice.expires.map(|day| day.to_string()),
        image: image.map(|image| self::image(frame, image)),
        keywords: None,
        about: Vec::new(),
        citation: &[],
        is_based_on: None,
        correction: notice
            .change
            .as_ref()
            .map(|change| CorrectionComment { text: format!("{}{}", change.what, change.why) }),
        example_of_work: (!is_current).then(|| Elsewhere { url: frame.address(&notice_href(&notice.id)) }),
    };
    // A withdrawal keeps its products in the front matter, and shows none.
    if notice.status == Status::Withdrawn { article } else { described(article, notice) }
}

fn image<'a>(frame: &Frame<'_>, image: &'a ImageView) -> ImageObject<'a> {
    let ImageView { src, alt, width, height } = image;
    ImageObject { url: frame.address(src), width: *width, height: *height, caption: alt }
}

/// With what the notice is about, and what it rests on.
fn described<'a>(article: Article<'a>, notice: &'a Notice) -> Article<'a> {
    let terms = notice.risk_level.iter().chain(&notice.category).chain(&notice.hazards).chain(&notice.audience);
    Article {
        keywords: Some(terms.map(|term| term.name.as_str()).collect()),
        about: notice.products.iter().map(product).collect(),
        citation: &notice.standards,
        is_based_on: notice.origin.as_ref().map(|origin| CreativeWork {
            date_published: origin.date.to_string(),
            publisher: Organization { name: &origin.source },
            url: origin.url.as_deref().unwrap_or_default(),
        }),
        ..article
    }
}

/// 现行, 更正 or 撤销; of what no longer holds, the word it is marked with.
fn status(frame: &Frame<'_>, dossier: &Dossier, version: &Cleared) -> &'static str {
    let over = frame.marks(dossier, version).into_iter().find(MarkView::is_over);
    over.map_or(version.manuscript().notice.status.name(), |mark| mark.label)
}

fn product(product: &notice::Product) -> Product<'_> {
    let barcode = product.barcode.as_str();
    let is_gtin = matches!(barcode.len(), 8 | 12 | 13 | 14) && barcode.bytes().all(|byte| byte.is_ascii_digit());
    Product {
        name: &product.name,
        model: &product.model,
        gtin: if is_gtin { barcode } else { "" },
        brand: (!product.brand.is_empty()).then_some(Brand { name: &product.brand }),
        manufacturer: (!product.maker.is_empty()).then_some(Organization { name: &product.maker }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_product_has_no_empty_property() {
        let bare =
            notice::Product {
                name: "头盔".to_owned(), barcode: "见包装".to_owned(), ..notice::Product::default()
            };
        assert_eq!(serde_json::to_value(product(&bare)).unwrap(), json!({ "@type": "Product", "name": "头盔" }));
    }
}
