//! Pages for machines: what a page is, in the words of schema.org, as JSON-LD.
//!
//! In: a finished page view. Out: the content of a data block that no text can break out of. It says nothing that does
//! not stand on the page.

use super::frame::{Frame, notice_href};
use crate::json;
use crate::notice::{Notice, Product, Status};
use crate::review::Cleared;
use crate::site::Dossier;
use crate::view::{EntryView, ImageView, MarkView, PageView};
use serde_json::{Value, json};

/// The graph of a page: what it is, who publishes it, and the way to it. HTML.
pub(crate) fn graph(frame: &Frame<'_>, page: &PageView, node: Value) -> String {
    let mut nodes = vec![node, bureau(frame)];
    nodes.extend(breadcrumbs(frame, page));
    json::escaped(&json!({ "@context": "https://schema.org", "@graph": nodes }).to_string())
}

/// The office, as other nodes name it.
pub(crate) fn bureau_ref(frame: &Frame<'_>) -> Value {
    json!({ "@id": format!("{}#bureau", frame.base_url.as_str()) })
}

fn bureau(frame: &Frame<'_>) -> Value {
    let bureau = &frame.site.config.bureau;
    let mut node = json!({
        "@type": "GovernmentOrganization",
        "@id": format!("{}#bureau", frame.base_url.as_str()),
        "name": bureau.name,
        "url": frame.base_url.as_str(),
    });
    put(&mut node, "telephone", &bureau.phone);
    put(&mut node, "address", &bureau.address);
    node
}

/// Adds a property that is not empty.
fn put(node: &mut Value, name: &str, text: &str) {
    if let (false, Some(map)) = (text.is_empty(), node.as_object_mut()) {
        map.insert(name.to_owned(), Value::from(text));
    }
}

fn breadcrumbs(frame: &Frame<'_>, page: &PageView) -> Option<Value> {
    let way = page.breadcrumbs.iter().map(|link| (link.label.as_str(), frame.address(&link.href)));
    let steps = way
        .chain([(page.title.as_str(), page.canonical.clone())])
        .enumerate()
        .map(|(index, (name, item))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": item }));
    (!page.breadcrumbs.is_empty())
        .then(|| json!({ "@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>() }))
}

/// The home page: the site itself, and how to search it.
pub(super) fn site(frame: &Frame<'_>) -> Value {
    let config = frame.site.config;
    let home = frame.base_url.as_str();
    json!({
        "@type": "WebSite",
        "@id": format!("{home}#site"),
        "url": home,
        "name": config.title,
        "description": config.description,
        "inLanguage": "zh-CN",
        "publisher": bureau_ref(frame),
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": format!("{home}search/?q={{search_term_string}}") },
            "query-input": "required name=search_term_string",
        },
    })
}

/// A page about the site.
pub(super) fn plain(frame: &Frame<'_>, page: &PageView) -> Value {
    web_page(frame, page, "WebPage")
}

fn web_page(frame: &Frame<'_>, page: &PageView, kind: &str) -> Value {
    json!({
        "@type": kind,
        "url": page.canonical,
        "name": page.title,
        "description": page.description,
        "inLanguage": "zh-CN",
        "isPartOf": { "@id": format!("{}#site", frame.base_url.as_str()) },
        "publisher": bureau_ref(frame),
    })
}

/// A page of a list, with what stands on it.
pub(super) fn list(frame: &Frame<'_>, page: &PageView, entries: &[EntryView]) -> Value {
    let items = entries.iter().enumerate().map(|(index, entry)| {
        json!({
            "@type": "ListItem",
            "position": index + 1,
            "name": entry.title,
            "url": frame.address(&entry.href),
        })
    });
    let mut node = web_page(frame, page, "CollectionPage");
    node["mainEntity"] = json!({ "@type": "ItemList", "itemListElement": items.collect::<Vec<_>>() });
    node
}

/// A version of a notice.
pub(super) fn notice(
    frame: &Frame<'_>,
    (dossier, version): (&Dossier, &Cleared),
    image: Option<&ImageView>,
    page: &PageView,
) -> Value {
    let notice = &version.manuscript().notice;
    let mut node = json!({
        "@type": "Article",
        "mainEntityOfPage": page.canonical,
        "url": page.canonical,
        "identifier": notice.id.as_str(),
        "version": notice.version,
        "headline": page.title,
        "genre": notice.kind.name,
        "creativeWorkStatus": status(frame, dossier, version),
        "inLanguage": "zh-CN",
        "isAccessibleForFree": true,
        "datePublished": dossier.first_published().to_string(),
        "dateModified": version.published().to_string(),
        "author": bureau_ref(frame),
        "publisher": bureau_ref(frame),
    });
    put(&mut node, "abstract", &page.description);
    put(&mut node, "expires", &notice.expires.map(|day| day.to_string()).unwrap_or_default());
    if let Some(image) = image {
        node["image"] = json!({
            "@type": "ImageObject",
            "url": frame.address(&image.src),
            "width": image.width,
            "height": image.height,
            "caption": image.alt,
        });
    }
    // A withdrawal keeps its products in the front matter, and shows none.
    if notice.status != Status::Withdrawn {
        describe(&mut node, notice);
    }
    if let Some(change) = &notice.change {
        node["correction"] = json!({ "@type": "CorrectionComment", "text": format!("{}{}", change.what, change.why) });
    }
    if dossier.current().manuscript().notice.version != notice.version {
        node["exampleOfWork"] = json!({ "@type": "Article", "url": frame.address(&notice_href(&notice.id)) });
    }
    node
}

/// What the notice is about, and what it rests on.
fn describe(node: &mut Value, notice: &Notice) {
    let terms = notice.risk_level.iter().chain(&notice.category).chain(&notice.hazards).chain(&notice.audience);
    node["keywords"] = terms.map(|term| Value::from(term.name.as_str())).collect();
    if !notice.products.is_empty() {
        node["about"] = notice.products.iter().map(product).collect();
    }
    if !notice.standards.is_empty() {
        node["citation"] = notice.standards.iter().map(|standard| Value::from(standard.as_str())).collect();
    }
    if let Some(origin) = &notice.origin {
        node["isBasedOn"] = json!({
            "@type": "CreativeWork",
            "datePublished": origin.date.to_string(),
            "publisher": { "@type": "Organization", "name": origin.source },
        });
        put(&mut node["isBasedOn"], "url", origin.url.as_deref().unwrap_or_default());
    }
}

/// 现行, 更正 or 撤销; of what no longer holds, the word it is marked with.
fn status(frame: &Frame<'_>, dossier: &Dossier, version: &Cleared) -> &'static str {
    let over = frame.marks(dossier, version).into_iter().find(MarkView::is_over);
    over.map_or(version.manuscript().notice.status.name(), |mark| mark.label)
}

fn product(product: &Product) -> Value {
    let mut node = json!({ "@type": "Product", "name": product.name });
    put(&mut node, "model", &product.model);
    let is_gtin =
        matches!(product.barcode.len(), 8 | 12 | 13 | 14) && product.barcode.bytes().all(|byte| byte.is_ascii_digit());
    if is_gtin {
        put(&mut node, "gtin", &product.barcode);
    }
    if !product.brand.is_empty() {
        node["brand"] = json!({ "@type": "Brand", "name": product.brand });
    }
    if !product.maker.is_empty() {
        node["manufacturer"] = json!({ "@type": "Organization", "name": product.maker });
    }
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_has_no_empty_property() {
        let only_name =
            product(&Product { name: "头盔".to_owned(), barcode: "见包装".to_owned(), ..Product::default() });
        assert_eq!(only_name, json!({ "@type": "Product", "name": "头盔" }));
    }
}
