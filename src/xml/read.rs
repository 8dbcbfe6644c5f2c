//! Well-formed XML in, one piece at a time: elements by local name, their attributes, text.
//!
//! It declares no entities, resolves none but those of XML itself, fetches nothing, keeps no tree, and refuses a DTD and
//! absurd depth: what it keeps is small, and it makes nothing longer than it was.

use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Nested elements at most.
const DEPTH: usize = 250;

/// A piece of a document. An empty element is a start and an end.
#[derive(Debug)]
pub enum Node<'a> {
    /// An element begins.
    Start(Element<'a>),
    /// Text or CDATA; one text may come in several pieces.
    Text(Cow<'a, str>),
    /// The element begun last ends.
    End,
}

/// An element, without what is inside it.
#[derive(Debug)]
pub struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The attributes by name without prefix, as far as they are well-formed; declarations of namespaces are left out.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, String)> {
        let mut attributes = self.0.attributes();
        // Whether a name stands twice is asked of each pair: too slow for a million of them.
        attributes.with_checks(false);
        attributes.map_while(Result::ok).filter(|attribute| attribute.key.as_namespace_binding().is_none()).map(
            |attribute| {
                let value = quick_xml::escape::unescape(&attribute.value)
                    .map_or_else(|_| attribute.value.to_string(), Cow::into_owned);
                (attribute.key.local_name().into_inner(), value)
            },
        )
    }

    /// The value of an attribute, by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// Why a document cannot be read to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is not well-formed.
    #[error("XML 格式有误")]
    Malformed,
    /// It declares a DTD, or uses an entity that only a DTD could declare.
    #[error("XML 含有文档类型声明或自定义实体")]
    Dtd,
    /// It has more pieces than the limit, or is nested too deep.
    #[error("XML 过长或嵌套过深")]
    TooLong,
}

/// The pieces of a document, at most `limit` of them; nothing comes after an error.
pub fn nodes(text: &str, limit: usize) -> Nodes<'_> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    Nodes { reader, left: limit, depth: 0, ended: false }
}

/// The iterator that `nodes` makes.
pub struct Nodes<'a> {
    reader: quick_xml::Reader<&'a [u8]>,
    left: usize,
    depth: usize,
    ended: bool,
}

impl<'a> Nodes<'a> {
    /// The next piece, none at the end.
    fn piece(&mut self) -> Result<Option<Node<'a>>, ReadError> {
        loop {
            let event = self.reader.read_event().map_err(|_| ReadError::Malformed)?;
            self.left = self.left.checked_sub(1).ok_or(ReadError::TooLong)?;
            return Ok(Some(match event {
                Event::Start(_) if self.depth == DEPTH => return Err(ReadError::TooLong),
                Event::Start(start) => {
                    self.depth += 1;
                    Node::Start(Element(start))
                }
                Event::End(_) => {
                    self.depth -= 1;
                    Node::End
                }
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(entity) => Node::Text(resolved(&entity)?),
                Event::DocType(_) => return Err(ReadError::Dtd),
                Event::Eof if self.depth > 0 => return Err(ReadError::Malformed),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => continue,
            }));
        }
    }
}

/// The text of a reference: a character by number, or one of XML's five entities.
fn resolved<'a>(entity: &quick_xml::events::BytesRef<'a>) -> Result<Cow<'a, str>, ReadError> {
    if let Some(character) = entity.resolve_char_ref().map_err(|_| ReadError::Malformed)? {
        return Ok(Cow::Owned(character.to_string()));
    }
    quick_xml::escape::resolve_xml_entity(&entity.xml10_content()).map(Cow::Borrowed).ok_or(ReadError::Dtd)
}

impl<'a> Iterator for Nodes<'a> {
    type Item = Result<Node<'a>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let piece = self.piece().transpose();
        self.ended = !matches!(piece, Some(Ok(_)));
        piece
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, limit: usize) -> String {
        let show = |node| match node {
            Ok(Node::Start(element)) => {
                let name = element.name();
                let attributes: Vec<_> = element.attributes().map(|(key, value)| format!(" {key}={value}")).collect();
                format!("<{name}{}>", attributes.concat())
            }
            Ok(Node::Text(text)) => text.into_owned(),
            Ok(Node::End) => "</>".into(),
            Err(error) => format!("!{error:?}"),
        };
        nodes(text, limit).map(show).collect()
    }

    #[test]
    fn elements_lose_their_prefix_and_text_its_escapes() {
        let text = "<?xml version=\"1.0\"?><!-- x --><w:p xmlns:w='u' w:b='1&lt;&#20013;' c='&quot;'>A&amp;B&#x4E2D;<![CDATA[<x>]]><e/></w:p>";
        assert_eq!(shown(text, 20), "<p b=1<中 c=\">A&B中<x><e></></>");
    }

    #[test]
    fn what_a_dtd_could_make_grow_is_refused() {
        assert_eq!(shown("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", 20), "!Dtd");
        assert_eq!(shown("<a>&b;</a>", 20), "<a>!Dtd");
    }

    #[test]
    fn broken_and_long_documents_end_in_an_error() {
        assert_eq!(shown("<a><b></a>", 20), "<a><b>!Malformed");
        assert_eq!(shown("<a>", 20), "<a>!Malformed");
        assert_eq!(shown("<a><b/></a>", 2), "<a><b>!TooLong");
        assert!(shown(&"<a>".repeat(100_000), 1_000_000).ends_with("<a>!TooLong"));
        assert_eq!(shown("<a b='1' b='2' c>", 20), "<a b=1 b=2>!Malformed");
    }
}
