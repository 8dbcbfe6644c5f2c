//! A small face over the XML library: `Xml` writes (well-formed, indented, UTF-8, without characters that XML 1.0
//! forbids), `nodes` reads (one piece at a time, no DTD).
//!
//! The only module that names the XML library.

mod read;

pub use read::{Element, Node, Nodes, ReadError, nodes};

use crate::diag::{Code, Diagnostic};
use quick_xml::Writer;
use quick_xml::events::{BytesCData, BytesDecl, BytesEnd, BytesPI, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::sync::Arc;

/// A document being written.
pub struct Xml {
    writer: Writer<Vec<u8>>,
}

/// A part of a document, written once and put into several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment(Arc<[u8]>);

/// The writer refused (never seen: the target is memory).
#[derive(Debug, thiserror::Error)]
#[error("无法写出 XML：{0}")]
pub struct XmlError(#[from] std::io::Error);

impl XmlError {
    /// As a diagnostic.
    pub fn diagnostic(self) -> Box<Diagnostic> {
        Box::new(Diagnostic::error(Code::WriteFailed, self.to_string()))
    }
}

impl Default for Xml {
    fn default() -> Self {
        Self::new()
    }
}

impl Xml {
    /// A document with its declaration.
    pub fn new() -> Self {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        // The first write into memory cannot fail; were it to, the document would lack only its optional declaration.
        let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        Self { writer }
    }

    /// The style sheet for people who open the document in a browser; the address is percent-encoded.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn style_sheet(&mut self, address: &str) -> Result<(), XmlError> {
        let instruction = format!("xml-stylesheet type=\"text/css\" href=\"{}\"", address.replace('&', "&amp;"));
        self.writer.write_event(Event::PI(BytesPI::new(instruction)))?;
        Ok(())
    }

    /// An element with what a function writes inside it.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self) -> Result<(), XmlError>,
    ) -> Result<(), XmlError> {
        self.writer.write_event(Event::Start(start(name, attributes)))?;
        inside(self)?;
        self.writer.write_event(Event::End(BytesEnd::new(name)))?;
        Ok(())
    }

    /// An element without content.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), XmlError> {
        self.writer.write_event(Event::Empty(start(name, attributes)))?;
        Ok(())
    }

    /// An element with text, escaped.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> Result<(), XmlError> {
        let text = clean(text);
        self.element(name, attributes, |xml| Ok(xml.writer.write_event(Event::Text(BytesText::new(&text)))?))
    }

    /// An element with text in CDATA sections; `]]>` is split over two.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn cdata(&mut self, name: &str, text: &str) -> Result<(), XmlError> {
        let text = clean(text);
        self.element(name, &[], |xml| {
            BytesCData::escaped(&text).try_for_each(|section| Ok(xml.writer.write_event(Event::CData(section))?))
        })
    }

    /// What a function writes so many elements deep in a document.
    ///
    /// # Errors
    /// The writer refuses.
    pub fn fragment(
        depth: usize,
        inside: impl FnOnce(&mut Self) -> Result<(), XmlError>,
    ) -> Result<Fragment, XmlError> {
        let mut xml = Self { writer: Writer::new_with_indent(Vec::new(), b' ', 2) };
        for _ in 0..depth {
            xml.writer.write_event(Event::Start(BytesStart::new("around")))?;
        }
        let around = xml.writer.get_ref().len();
        inside(&mut xml)?;
        Ok(Fragment(xml.writer.into_inner().split_off(around).into()))
    }

    /// Puts a fragment in its place, which is as deep as it was written for.
    pub fn insert(&mut self, fragment: &Fragment) {
        self.writer.get_mut().extend_from_slice(&fragment.0);
    }

    /// The bytes of the document, with a line break at the end.
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        bytes
    }
}

fn start<'a>(name: &'a str, attributes: &[(&'a str, &'a str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    attributes.iter().for_each(|(key, value)| start.push_attribute((*key, &*clean(value))));
    start
}

/// Text without characters that XML 1.0 cannot hold.
fn clean(text: &str) -> Cow<'_, str> {
    match may_be_unclean(text.as_bytes()) && !text.chars().all(crate::text::is_xml_char) {
        false => Cow::Borrowed(text),
        true => text.chars().filter(|character| crate::text::is_xml_char(*character)).collect(),
    }
}

/// Whether a text has bytes that stand in characters XML 1.0 cannot hold: control characters, U+FFFE and U+FFFF. The loops
/// look at every byte, so that they are made of instructions for many at a time.
fn may_be_unclean(text: &[u8]) -> bool {
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    let has_control = text.iter().fold(false, |found, byte| found | is_control(*byte));
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    has_control || pairs.fold(false, |found, (one, next)| found | (*one == 0xEF && *next == 0xBF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_what_would_have_been_written_there() {
        let inside = |xml: &mut Xml| xml.element("c", &[("k", "1")], |xml| xml.text("d", &[], "<&>"));
        let around = |inside: &dyn Fn(&mut Xml) -> Result<(), XmlError>| {
            let mut xml = Xml::new();
            let twice = |xml: &mut Xml| inside(xml).and_then(|()| inside(xml));
            xml.element("a", &[], |xml| xml.element("b", &[], |xml| xml.text("t", &[], "x").and_then(|()| twice(xml))))
                .unwrap();
            xml.finish()
        };
        let fragment = Xml::fragment(2, inside).unwrap();
        let inserted = |xml: &mut Xml| {
            xml.insert(&fragment);
            Ok(())
        };
        assert_eq!(around(&inserted), around(&inside));
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut xml = Xml::new();
        xml.element("a", &[("b", "\"<&>")], |xml| {
            xml.text("c", &[], "<5mg & \u{1}x]]>")?;
            xml.cdata("d", "<p>]]></p>\u{b}")
        })
        .unwrap();
        insta::assert_snapshot!(String::from_utf8(xml.finish()).unwrap());
    }

    #[test]
    fn every_character_that_xml_cannot_hold_is_left_out_and_no_other() {
        for character in '\0'..=char::MAX {
            let text = format!("甲{character}乙");
            let expected = if crate::text::is_xml_char(character) { text.as_str() } else { "甲乙" };
            assert_eq!(clean(&text), expected);
        }
    }
}
