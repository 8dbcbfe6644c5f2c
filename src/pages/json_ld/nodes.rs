//! The words of schema.org, as far as the pages use them. A property that is empty is left out.

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// The whole of a page.
#[derive(Serialize)]
pub(super) struct Graph<'a, N> {
    #[serde(rename = "@context")]
    pub context: &'static str,
    #[serde(rename = "@graph")]
    pub nodes: Nodes<'a, N>,
}

/// What the page is, who publishes it, and the way to it.
pub(super) struct Nodes<'a, N> {
    pub page: N,
    pub bureau: GovernmentOrganization<'a>,
    pub way: Option<BreadcrumbList<'a>>,
}

impl<N: Serialize> Serialize for Nodes<'_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut nodes = serializer.serialize_seq(None)?;
        nodes.serialize_element(&self.page)?;
        nodes.serialize_element(&self.bureau)?;
        self.way.iter().try_for_each(|way| nodes.serialize_element(way))?;
        nodes.end()
    }
}

/// Something that another node describes.
#[derive(Clone, Serialize)]
pub(crate) struct Reference {
    #[serde(rename = "@id")]
    pub id: String,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct GovernmentOrganization<'a> {
    #[serde(rename = "@id")]
    pub id: String,
    pub name: &'a str,
    pub url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub telephone: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub address: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct BreadcrumbList<'a> {
    pub item_list_element: Vec<Step<'a>>,
}

/// A step on the way to a page.
#[derive(Serialize)]
#[serde(tag = "@type", rename = "ListItem")]
pub(super) struct Step<'a> {
    pub position: usize,
    pub name: &'a str,
    pub item: String,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct WebSite<'a> {
    #[serde(rename = "@id")]
    pub id: String,
    pub url: &'a str,
    pub name: &'a str,
    pub description: &'a str,
    pub in_language: &'static str,
    pub publisher: Reference,
    pub potential_action: SearchAction,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct SearchAction {
    pub target: EntryPoint,
    #[serde(rename = "query-input")]
    pub query_input: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct EntryPoint {
    pub url_template: String,
}

/// A page that is not an article.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page<'a> {
    #[serde(rename = "@type")]
    pub kind: &'static str,
    pub url: &'a str,
    pub name: &'a str,
    pub description: &'a str,
    pub in_language: &'static str,
    pub is_part_of: Reference,
    pub publisher: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main_entity: Option<ItemList<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ItemList<'a> {
    pub item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct ListItem<'a> {
    pub position: usize,
    pub name: &'a str,
    pub url: String,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Article<'a> {
    pub main_entity_of_page: &'a str,
    pub url: &'a str,
    pub identifier: &'a str,
    pub version: u32,
    pub headline: &'a str,
    pub genre: &'a str,
    pub creative_work_status: &'static str,
    pub in_language: &'static str,
    pub is_accessible_for_free: bool,
    pub date_published: String,
    pub date_modified: String,
    pub author: Reference,
    pub publisher: Reference,
    #[serde(rename = "abstract", skip_serializing_if = "str::is_empty")]
    pub summary: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keywords: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Product<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub citation: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_based_on: Option<CreativeWork<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<CorrectionComment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example_of_work: Option<Elsewhere>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct ImageObject<'a> {
    pub url: String,
    pub width: u32,
    pub height: u32,
    pub caption: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct Product<'a> {
    pub name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub model: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub gtin: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<Brand<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<Organization<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct Brand<'a> {
    pub name: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct Organization<'a> {
    pub name: &'a str,
}

/// What a notice was first published as.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct CreativeWork<'a> {
    pub date_published: String,
    pub publisher: Organization<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub url: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct CorrectionComment {
    pub text: String,
}

/// The version that holds.
#[derive(Serialize)]
#[serde(tag = "@type", rename = "Article")]
pub(super) struct Elsewhere {
    pub url: String,
}
