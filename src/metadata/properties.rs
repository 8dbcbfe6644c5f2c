//! Properties in XML, one element each: `docProps` of Office, `DocInfo` of OFD.

use super::gathered::Gathered;
use super::{Kind, labels};
use crate::xml::{Node, nodes};

/// Pieces of one document at most.
pub(super) const PIECES: usize = 16_000_000;

/// Notes a property under a name of somebody's choice.
pub(super) fn custom(name: &str, value: &str, found: &mut Gathered) {
    match labels::of(name) {
        Some((kind, label)) => found.note(kind, label, value),
        None => found.note(Kind::Text, &format!("自定义属性“{name}”"), value),
    }
}

/// Notes every element with text whose name means something, and the custom properties, which bear their own names.
pub(super) fn read(xml: &str, found: &mut Gathered) {
    let mut name = String::new();
    let mut custom: Option<String> = None;
    let mut text = String::new();
    for node in nodes(xml, PIECES) {
        match node {
            Ok(Node::Start(element)) => {
                element.name().clone_into(&mut name);
                text.clear();
                match element.name() {
                    "property" => custom = element.attribute("name"),
                    "CustomData" => custom = element.attribute("Name"),
                    _ => {}
                }
            }
            Ok(Node::Text(piece)) => text.push_str(&piece),
            Ok(Node::End) => {
                match (&custom, labels::of(&name)) {
                    (Some(custom), _) => self::custom(custom, &text, found),
                    (None, Some((kind, label))) => found.note(kind, label, &text),
                    (None, None) => {}
                }
                if !text.is_empty() {
                    custom = None;
                }
                text.clear();
            }
            Err(_) => return found.unreadable(),
        }
    }
}
