//! Writes an alert.
//!
//! `description` is the summary and the products meant; the whole text stands at `web`. That of a withdrawal is why it was
//! withdrawn: what the notice once said must not go on being said.

use super::meaning::{self, Meaning};
use super::{Message, resource_path};
use crate::config::CapStatus;
use crate::diag::Diagnostic;
use crate::notice::{Notice, Product, Status};
use crate::pages::Frame;
use crate::review::Cleared;
use crate::route::{RelPath, media_type};
use crate::vocabulary::Term;
use crate::xml::{Xml, XmlError};
use std::sync::Arc;

const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// The bytes of an alert.
pub(super) fn write(frame: &Frame<'_>, message: &Message<'_>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut xml = Xml::new();
    let written = xml.element("alert", &[("xmlns", NAMESPACE)], |xml| alert(xml, frame, message));
    written.map(|()| xml.finish()).map_err(XmlError::diagnostic)
}

/// Names it for ever: of the notice and the version alone, in letters, digits, hyphens and a stop.
fn identifier(notice: &Notice) -> String {
    format!("{}.v{}", notice.id, notice.version)
}

/// An earlier alert as `references` names it.
fn reference(sender: &str, version: &Cleared) -> String {
    // A moment is written with `+08:00`, never with the `Z` that CAP forbids.
    format!("{sender},{},{}", identifier(&version.manuscript().notice), version.published())
}

fn alert(xml: &mut Xml, frame: &Frame<'_>, message: &Message<'_>) -> Result<(), XmlError> {
    let (cap, notice) = (message.cap, message.notice());
    let meaning = meaning::of(message.manuscript());
    xml.text("identifier", &[], &identifier(notice))?;
    xml.text("sender", &[], &cap.sender)?;
    xml.text("sent", &[], &message.version.published().to_string())?;
    xml.text("status", &[], cap.status.name())?;
    // What corrects no alert is the first of its notice.
    let kind = if message.earlier.is_empty() { "Alert" } else { meaning.kind };
    xml.text("msgType", &[], kind)?;
    // 3.2.1: “the particular source of this alert”. Who sends it says `senderName`; a reposted notice comes from others.
    if let Some(origin) = &notice.origin {
        xml.text("source", &[], &origin.source)?;
    }
    xml.text("scope", &[], "Public")?;
    optional(xml, "note", &note(message))?;
    // All of them, also those that were superseded before: a receiver may have missed any one.
    let references: Vec<String> = message.earlier.iter().map(|version| reference(&cap.sender, version)).collect();
    optional(xml, "references", &references.join(" "))?;
    xml.element("info", &[], |xml| info(xml, frame, message, &meaning))
}

/// Writes an element, if there is something to be said.
fn optional(xml: &mut Xml, name: &str, text: &str) -> Result<(), XmlError> {
    if text.is_empty() { Ok(()) } else { xml.text(name, &[], text) }
}

/// What the message is for: that it is no real one, and what it changes and why.
fn note(message: &Message<'_>) -> String {
    let unreal = match message.cap.status {
        CapStatus::Actual => "",
        CapStatus::Exercise => "演练，不是真实的警示。",
        CapStatus::Test => "测试，不是真实的警示。",
    };
    let notice = message.notice();
    let change = notice.change.as_ref().map(|change| {
        let status = notice.status.name();
        format!("{status}内容：{} {status}原因：{}", change.what, change.why)
    });
    format!("{unreal}{}", change.unwrap_or_default())
}

fn info(xml: &mut Xml, frame: &Frame<'_>, message: &Message<'_>, meaning: &Meaning) -> Result<(), XmlError> {
    let (notice, bureau) = (message.notice(), &frame.site.config.bureau);
    xml.text("language", &[], "zh-CN")?;
    meaning.categories.iter().try_for_each(|category| xml.text("category", &[], category))?;
    xml.text("event", &[], &notice.kind.name)?;
    optional(xml, "responseType", meaning.response.unwrap_or_default())?;
    xml.text("urgency", &[], meaning.urgency)?;
    xml.text("severity", &[], meaning.severity)?;
    xml.text("certainty", &[], meaning.certainty)?;
    optional(xml, "audience", &names(&notice.audience))?;
    xml.text("effective", &[], &message.version.published().to_string())?;
    let is_withdrawn = notice.status == Status::Withdrawn;
    if let Some(day) = notice.expires.filter(|_| !is_withdrawn) {
        xml.text("expires", &[], &format!("{day}T23:59:59+08:00"))?;
    }
    xml.text("senderName", &[], &bureau.name)?;
    xml.text("headline", &[], &headline(notice))?;
    xml.text("description", &[], &description(message))?;
    if !is_withdrawn {
        optional(xml, "instruction", &notice.actions.join("\n"))?;
    }
    xml.text("web", &[], &format!("{}n/{}/", frame.base_url.as_str(), notice.id))?;
    optional(xml, "contact", &bureau.phone)?;
    if !is_withdrawn {
        parameters(notice).iter().try_for_each(|(name, value)| named(xml, "parameter", name, value))?;
    }
    message.resources().into_iter().try_for_each(|file| resource(xml, frame, message, file))?;
    xml.element("area", &[], |xml| area(xml, message))
}

fn names(terms: &[Arc<Term>]) -> String {
    terms.iter().map(|term| term.name.as_str()).collect::<Vec<_>>().join("、")
}

fn headline(notice: &Notice) -> String {
    let mark = match notice.status {
        Status::Current => "",
        Status::Corrected => "【更正】",
        Status::Withdrawn => "【撤销】",
    };
    format!("{mark}{}", notice.title)
}

fn description(message: &Message<'_>) -> String {
    let notice = message.notice();
    let change = notice.change.as_ref();
    if notice.status == Status::Withdrawn {
        let when = message.version.published().to_chinese_day();
        let why = change.map(|change| format!("撤销原因：{}", change.why)).unwrap_or_default();
        return format!("本信息已于{when}撤销，不再有效。{why}");
    }
    let change = change.map(|change| format!("更正内容：{}\n更正原因：{}", change.what, change.why));
    let products = notice.products.iter().map(|product| format!("涉及的产品：{}", described(product)));
    change.into_iter().chain([notice.summary.clone()]).chain(products).collect::<Vec<_>>().join("\n")
}

/// A product in one line.
fn described(product: &Product) -> String {
    let Product { name, brand, model, batch, barcode, maker, sold } = product;
    let fields =
        [("品牌", brand), ("型号", model), ("批号", batch), ("条码", barcode), ("生产者", maker), ("销售渠道", sold)];
    let known = fields.iter().filter(|(_, value)| !value.is_empty());
    known.fold(name.clone(), |line, (head, value)| format!("{line}；{head}：{value}"))
}

/// What CAP has no element for.
fn parameters(notice: &Notice) -> Vec<(&'static str, String)> {
    let category = notice.category.iter().flat_map(|line| line.group.iter().chain([line]));
    let terms = (notice.risk_level.iter().map(|level| ("风险等级", level)))
        .chain(category.map(|term| ("产品类别", term)))
        .chain(notice.hazards.iter().map(|hazard| ("危害", hazard)))
        .map(|(name, term)| (name, term.name.clone()));
    let sampling = notice
        .sampling
        .iter()
        .flat_map(|sampling| [("抽样批次", sampling.batches.to_string()), ("不合格批次", sampling.failed.to_string())]);
    terms.chain(sampling).chain(notice.standards.iter().map(|standard| ("标准", standard.clone()))).collect()
}

fn named(xml: &mut Xml, element: &str, name: &str, value: &str) -> Result<(), XmlError> {
    xml.element(element, &[], |xml| {
        xml.text("valueName", &[], name)?;
        xml.text("value", &[], value)
    })
}

/// A file to look at. Its digest is left out: CAP knows SHA-1 only.
fn resource(
    xml: &mut Xml,
    frame: &Frame<'_>,
    message: &Message<'_>,
    (path, title): (&RelPath, &str),
) -> Result<(), XmlError> {
    let Some(file) = message.manuscript().file(path) else { return Ok(()) };
    xml.element("resource", &[], |xml| {
        xml.text("resourceDesc", &[], title)?;
        xml.text("mimeType", &[], media_type(&path.extension()))?;
        xml.text("size", &[], &file.len.to_string())?;
        xml.text("uri", &[], &frame.base_url.join(&resource_path(message.notice(), path)))
    })
}

fn area(xml: &mut Xml, message: &Message<'_>) -> Result<(), XmlError> {
    xml.text("areaDesc", &[], &message.cap.area)?;
    let code = &message.cap.geocode;
    if code.is_empty() { Ok(()) } else { named(xml, "geocode", "GB/T 2260", code) }
}
