//! A piece of HTML as a browser builds it: its elements, addresses, pictures and text.

use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// What stands in a piece of HTML.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What an HTML parser had to repair.
    pub errors: Vec<String>,
    /// The name of every element, and of every attribute as `element@attribute`.
    pub names: Vec<String>,
    /// The value of every attribute that holds an address.
    pub addresses: Vec<String>,
    /// Of every picture: its address and its description, if it has one.
    pub images: Vec<(String, Option<String>)>,
    /// The text, its white space folded.
    pub text: String,
    /// That of each paragraph, heading, item and cell.
    pub blocks: BTreeSet<String>,
}

const ADDRESSES: [&str; 9] = ["href", "src", "srcset", "poster", "action", "formaction", "cite", "data", "background"];

/// Elements that people read as one.
pub const BLOCKS: [&str; 7] = ["p", "h2", "h3", "li", "td", "th", "pre"];

/// Reads a piece of HTML.
pub fn facts(html: &str) -> Facts {
    let fragment = Html::parse_fragment(html);
    let mut facts = Facts { text: folded(fragment.root_element()), ..Facts::default() };
    facts.errors = fragment.errors.iter().map(ToString::to_string).collect();
    for element in fragment.root_element().descendent_elements().skip(1) {
        let name = element.value().name();
        facts.names.push(name.to_owned());
        for (attribute, value) in element.value().attrs() {
            facts.names.push(format!("{name}@{attribute}"));
            if ADDRESSES.contains(&attribute) {
                facts.addresses.push(value.to_owned());
            }
        }
        if BLOCKS.contains(&name) {
            facts.blocks.insert(folded(element));
        }
        if name == "img" {
            let attribute = |name| element.value().attr(name).map(str::to_owned);
            facts.images.push((attribute("src").unwrap_or_default(), attribute("alt")));
        }
    }
    facts
}

/// What feeds are compared with on a page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The places a link can lead to.
    pub ids: BTreeSet<String>,
    /// The feeds its head names, as they are written there: address and media type.
    pub feeds: Vec<(String, String)>,
}

/// Reads a page for its places and feeds.
pub fn page_facts(text: &str) -> Page {
    let page = page(text);
    let attribute = |element: ElementRef<'_>, name| element.attr(name).unwrap_or_default().to_owned();
    let ids = select(&page, "[id]").into_iter().map(|element| attribute(element, "id"));
    let feeds = select(&page, "head link[rel=alternate]").into_iter();
    let feeds = feeds.map(|link| (attribute(link, "href"), attribute(link, "type")));
    Page { ids: ids.collect(), feeds: feeds.collect() }
}

/// A page, ready to be asked.
pub fn page(text: &str) -> Html {
    Html::parse_document(text)
}

/// The elements of a page that a selector means.
pub fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text of an element, its white space folded.
pub fn folded(element: ElementRef<'_>) -> String {
    fold(&element.text().collect::<String>())
}

/// A text with its white space folded.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
