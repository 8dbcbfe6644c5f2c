//! XML as a tree, namespaces resolved: what a feed says, whatever prefixes it says it with.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{QName, ResolveResult};
use quick_xml::reader::NsReader;

/// Namespaces that feeds use, and the prefix they have here.
const NAMESPACES: [(&str, &str); 8] = [
    ("http://www.w3.org/2005/Atom", "atom"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://purl.org/syndication/history/1.0", "fh"),
    ("http://search.yahoo.com/mrss/", "media"),
    ("http://backend.userland.com/creativeCommonsRssModule", "creativeCommons"),
    ("http://www.w3.org/XML/1998/namespace", "xml"),
];

/// An element with all that is in it.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// The name, with the prefix of [`NAMESPACES`].
    pub name: String,
    /// Names likewise, and values.
    pub attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// The text directly in it.
    pub text: String,
}

impl Element {
    /// The elements of a name in it.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element of a name in it.
    pub fn first(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first element of a name in it; empty where there is none.
    pub fn text_of(&self, name: &str) -> String {
        self.first(name).map(|child| child.text.clone()).unwrap_or_default()
    }

    /// The value of an attribute; empty where there is none.
    pub fn attribute(&self, name: &str) -> String {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

/// Reads a document. Fails where it is not well-formed, holds a character XML forbids or one nobody sees.
pub fn parse(text: &str) -> Result<Element, String> {
    let mut reader = NsReader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match event {
            Event::Start(start) => open.push(element(&reader, &start)?),
            Event::Empty(start) => {
                let element = element(&reader, &start)?;
                last(&mut open)?.children.push(element);
            }
            Event::End(_) => {
                let element = open.pop().ok_or("an end too many")?;
                last(&mut open)?.children.push(element);
            }
            Event::Text(piece) => push(&mut open, &piece.xml10_content())?,
            Event::CData(piece) => push(&mut open, &piece.xml10_content())?,
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|error| error.to_string())?;
                let named = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                push(&mut open, &character.map(String::from).or_else(named).ok_or("an unknown entity")?)?;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut root = open.pop().ok_or("nothing")?;
    match (open.is_empty(), root.children.len()) {
        (true, 1) => Ok(root.children.remove(0)),
        _ => Err("not one whole element".to_owned()),
    }
}

fn last(open: &mut [Element]) -> Result<&mut Element, String> {
    open.last_mut().ok_or_else(|| "nothing is open".to_owned())
}

fn push(open: &mut [Element], text: &str) -> Result<(), String> {
    allowed(text)?;
    last(open)?.text.push_str(text);
    Ok(())
}

/// XML allows DEL and C1 controls; a feed has no use for them.
pub fn allowed(text: &str) -> Result<(), String> {
    let bad = |character: &char| {
        (character.is_control() && !matches!(character, '\t' | '\n')) || matches!(character, '\u{fffe}' | '\u{ffff}')
    };
    text.chars().find(bad).map_or(Ok(()), |character| Err(format!("the character {character:?}")))
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|error| error.to_string())?.into_owned();
        allowed(&value)?;
        let is_plain = attribute.key.prefix().is_none();
        let key = attribute.key;
        attributes.push((if is_plain { key.as_ref().to_owned() } else { name(reader, key)? }, value));
    }
    Ok(Element { name: name(reader, start.name())?, attributes, ..Element::default() })
}

fn name(reader: &NsReader<&[u8]>, qualified: QName<'_>) -> Result<String, String> {
    let local = qualified.local_name().as_ref().to_owned();
    let space = match reader.resolver().resolve_element(qualified).0 {
        ResolveResult::Unbound => return Ok(local),
        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
        ResolveResult::Unknown(prefix) => return Err(format!("the prefix {prefix:?} is not declared")),
    };
    let known = NAMESPACES.iter().find(|(address, _)| *address == space);
    Ok(known.map_or_else(|| format!("{{{space}}}{local}"), |(_, prefix)| format!("{prefix}:{local}")))
}
