//! The events of the parser as located nodes.
//!
//! In: a text without the faults that `scan` mends. Out: its nodes, or none where the parser stops, or where the text goes
//! beyond what the library is told to accept: the library is then asked what is wrong, in `super`. Its own way from events
//! to values takes four times as long, since it hands over every position as if it were a part of the text.

use super::{DEPTH, NODES, Node, Source, Value};
use crate::diag::{Code, Diagnostic, Located, Outcome, Position};
use serde_yaml::granit_parser::{Event, Parser, ScalarStyle, Span, StrInput, options};

/// Reads the only document of a text.
pub(super) fn read<'a>(text: &'a str, source: Source<'a>) -> Option<Outcome<Node>> {
    let parser = Parser::new_from_str_with_options(text, options! { emit_comments: false });
    let mut reader = Reader { parser, source, diagnostics: Vec::new(), depth: 0, nodes: 0 };
    let node = reader.document()?;
    // No second document, and nothing that the parser finds at the end only.
    let is_all = reader.parser.all(|event| matches!(event, Ok((Event::DocumentEnd | Event::StreamEnd, _))));
    is_all.then_some(Outcome::new(node, reader.diagnostics))
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    source: Source<'a>,
    diagnostics: Vec<Diagnostic>,
    /// How many lists and maps are open.
    depth: usize,
    /// How many nodes there were.
    nodes: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.parser.next()?.ok()
    }

    fn document(&mut self) -> Option<Node> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd => return Some(Node { value: Value::Null, at: self.at(&span) }),
                event => return self.node(event, &span),
            }
        }
    }

    /// The node that begins with an event. Tags and anchors to which no alias leads change nothing in what was typed.
    fn node(&mut self, event: Event<'a>, span: &Span) -> Option<Node> {
        self.nodes += 1;
        if self.nodes > NODES {
            return None;
        }
        let value = match event {
            Event::Scalar(typed, style, ..) if style == ScalarStyle::Plain && is_null(&typed) => Value::Null,
            Event::Scalar(typed, ..) => Value::Text(typed.into_owned()),
            Event::SequenceStart(..) => Value::List(self.within(Self::list)?),
            Event::MappingStart(..) => Value::Map(self.within(Self::map)?),
            _ => return None,
        };
        Some(Node { value, at: self.at(span) })
    }

    fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.depth += 1;
        let value = if self.depth > DEPTH { None } else { read(self) };
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Some(items),
                (event, span) => items.push(self.node(event, &span)?),
            }
        }
    }

    fn map(&mut self) -> Option<Vec<(Located<String>, Node)>> {
        let mut entries = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                return Some(entries);
            }
            let key = self.node(event, &span)?;
            let (event, span) = self.next()?;
            let value = self.node(event, &span)?;
            entries.extend(self.key(key).map(|key| (key, value)));
        }
    }

    fn key(&mut self, key: Node) -> Option<Located<String>> {
        if let Value::Text(text) = key.value {
            return Some(Located::new(text, key.at));
        }
        let error = Diagnostic::error(Code::YamlSyntax, "键必须是一个词").at(self.source.file, key.at);
        self.diagnostics.push(error.hint("请写成“键: 值”，文字里有特殊符号时请加英文引号"));
        None
    }

    fn at(&self, span: &Span) -> Position {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position::new(number(span.start.line()), number(span.start.col() + 1)).down(self.source.lines_before)
    }
}

fn is_null(typed: &str) -> bool {
    matches!(typed, "" | "~" | "null" | "Null" | "NULL")
}
