//! The syntax of objects in a PDF (ISO 32000-1, 7.3), as far as dictionaries of metadata need it.

use super::{utf16_be, utf16_le};
use crate::text;

/// Nested objects at most.
const DEPTH: usize = 24;

/// An object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    /// A name, without its slash.
    Name(String),
    /// The bytes of a string.
    String(Vec<u8>),
    /// A whole number.
    Number(usize),
    /// A reference, by the number of the object.
    Reference(usize),
    /// A list.
    Array(Vec<Object>),
    /// A dictionary.
    Dictionary(Dictionary),
    /// Anything else.
    Other,
}

/// A dictionary, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dictionary(pub Vec<(String, Object)>);

impl Dictionary {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Object> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Whether a key has a name as its value, alone or as the only one of a list.
    pub fn is(&self, key: &str, name: &str) -> bool {
        match self.get(key) {
            Some(Object::Array(list)) => matches!(list.as_slice(), [Object::Name(only)] if only == name),
            Some(Object::Name(only)) => only == name,
            _ => false,
        }
    }

    /// The number under a key.
    pub fn number(&self, key: &str) -> Option<usize> {
        match self.get(key) {
            Some(Object::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The number of the object to which a key refers.
    pub fn reference(&self, key: &str) -> Option<usize> {
        match self.get(key) {
            Some(Object::Reference(number)) => Some(*number),
            _ => None,
        }
    }

    /// The text under a key.
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(Object::text)
    }
}

impl Object {
    /// The text of a string: UTF-16 or UTF-8 by its mark, else as bytes go; a name as it is.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Name(name) => Some(name.clone()),
            Self::String(bytes) => Some(match bytes.as_slice() {
                [0xFE, 0xFF, rest @ ..] => utf16_be(rest),
                [0xFF, 0xFE, rest @ ..] => utf16_le(rest),
                bytes => text::decode(bytes),
            }),
            _ => None,
        }
    }
}

/// Reads objects one after the other.
pub(super) struct Syntax<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Syntax<'a> {
    /// Begins at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How far it has read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The dictionary that begins here, after white space.
    pub fn dictionary(&mut self) -> Option<Dictionary> {
        match self.object(DEPTH)? {
            Object::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        }
    }

    /// The whole number that begins here, after white space.
    pub fn number(&mut self) -> Option<usize> {
        self.blank();
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        self.blank();
        let depth = depth.checked_sub(1)?;
        match self.rest() {
            [b'<', b'<', ..] => self.pairs(depth),
            [b'<', ..] => Some(Object::String(self.hexadecimal()?)),
            [b'(', ..] => Some(Object::String(self.literal()?)),
            [b'/', ..] => Some(Object::Name(self.name())),
            [b'[', ..] => self.list(depth),
            [b'0'..=b'9', ..] => Some(self.number_or_reference()),
            [b'+' | b'-' | b'.', ..] => {
                self.at += 1;
                self.take_while(is_regular);
                Some(Object::Other)
            }
            _ => matches!(self.take_while(is_regular), b"true" | b"false" | b"null").then_some(Object::Other),
        }
    }

    fn pairs(&mut self, depth: usize) -> Option<Object> {
        self.at += 2;
        let mut pairs = Vec::new();
        loop {
            self.blank();
            match self.rest() {
                [b'>', b'>', ..] => {
                    self.at += 2;
                    return Some(Object::Dictionary(Dictionary(pairs)));
                }
                [b'/', ..] => {
                    let key = self.name();
                    pairs.push((key, self.object(depth)?));
                }
                _ => return None,
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Object> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.blank();
            if let [b']', ..] = self.rest() {
                self.at += 1;
                return Some(Object::Array(list));
            }
            list.push(self.object(depth)?);
        }
    }

    /// `12`, `12.5` or `12 0 R`.
    fn number_or_reference(&mut self) -> Object {
        let Some(number) = self.number() else { return Object::Other };
        if !self.take_while(is_regular).is_empty() {
            return Object::Other;
        }
        let end = self.at;
        if self.number().is_some() {
            self.blank();
            if self.take_while(is_regular) == b"R" {
                return Object::Reference(number);
            }
        }
        self.at = end;
        Object::Number(number)
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let raw = self.take_while(is_regular);
        let mut bytes = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((first, tail)) = rest.split_first() {
            let escaped = if *first == b'#' { tail.first_chunk().and_then(hexadecimal_pair) } else { None };
            bytes.push(escaped.unwrap_or(*first));
            rest = if escaped.is_some() { &tail[2..] } else { tail };
        }
        text::decode(&bytes)
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut digits: Vec<u8> =
            self.take_while(|byte| byte != b'>').iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        self.at += 1;
        if !digits.len().is_multiple_of(2) {
            digits.push(b'0');
        }
        digits.chunks_exact(2).map(|pair| hexadecimal_pair(pair.first_chunk()?)).collect()
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut bytes = Vec::new();
        let mut depth = 0;
        loop {
            match self.next()? {
                b')' if depth == 0 => return Some(bytes),
                b'\\' => self.escape(&mut bytes)?,
                byte => {
                    match byte {
                        b'(' => depth += 1,
                        b')' => depth -= 1,
                        _ => {}
                    }
                    bytes.push(byte);
                }
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self, bytes: &mut Vec<u8>) -> Option<()> {
        match self.next()? {
            b'n' => bytes.push(b'\n'),
            b'r' => bytes.push(b'\r'),
            b't' => bytes.push(b'\t'),
            b'b' | b'f' => bytes.push(b' '),
            b'\r' if self.rest().first() == Some(&b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            digit @ b'0'..=b'7' => {
                let mut value = u32::from(digit - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.rest().first() else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                // Overflow of the octal number is ignored, as the standard asks.
                bytes.push((value & 0xFF) as u8);
            }
            other => bytes.push(other),
        }
        Some(())
    }

    /// Skips white space and comments.
    fn blank(&mut self) {
        loop {
            self.take_while(|byte| matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' '));
            if self.rest().first() != Some(&b'%') {
                return;
            }
            self.take_while(|byte| !matches!(byte, b'\n' | b'\r'));
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.rest().first().copied();
        self.at += 1;
        byte
    }

    fn take_while(&mut self, is_taken: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|byte| !is_taken(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }
}

fn hexadecimal_pair(pair: &[u8; 2]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()
}

/// Whether a byte belongs to a name or a word.
fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        b'\0'
            | b'\t'
            | b'\n'
            | b'\x0C'
            | b'\r'
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary(text: &str) -> Option<Dictionary> {
        Syntax::new(text.as_bytes()).dictionary()
    }

    #[test]
    fn strings_names_and_references_are_read() {
        let read = dictionary(
            "<</Author(a\\(b\\)\\101(c)\\\n)/Na#6de/V#zz/Info 12 0 R/L[1 2.5 -3 true null 4 0 R]%x\n/H<FEFF793A 004>/N 7>>",
        )
        .unwrap();
        assert_eq!(read.text("Author").unwrap(), "a(b)A(c)");
        assert_eq!(read.text("Name").unwrap(), "V#zz");
        assert_eq!(read.reference("Info"), Some(12));
        assert_eq!(read.text("H").unwrap(), "示@");
        assert_eq!(read.number("N"), Some(7));
        let Some(Object::Array(list)) = read.get("L") else { panic!() };
        assert_eq!(list.len(), 6);
        assert_eq!(list[5], Object::Reference(4));
    }

    #[test]
    fn broken_and_deep_dictionaries_are_none() {
        for text in ["", "<<", "<</A", "<</A(b>>", "<</A 1 0 obj>>", "<<1>>", "[<<>>]"] {
            assert_eq!(dictionary(text), None, "{text}");
        }
        assert_eq!(dictionary(&"<</A".repeat(100_000)), None);
        assert_eq!(dictionary(&format!("<</A {}1{}>>", "[".repeat(30), "]".repeat(30))), None);
    }
}
