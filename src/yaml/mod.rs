//! YAML as clerks type it, read into located nodes.
//!
//! In: the text of a front matter or of `site.yaml`. Out: a tree that keeps every scalar exactly as typed (`0123` stays
//! `0123`) with its position, and diagnostics. The only module that names the YAML library; what the library would
//! report in its own words, or not at all, is found by `scan` before it is asked.

pub mod fields;
mod key;
mod scan;

pub use fields::Fields;
pub use key::{Form, Key};
pub use scan::mend;

use crate::diag::{Code, Diagnostic, Located, Outcome, Position};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;
use std::fmt;

/// The most bytes of a text: the longest front matter of a notice with a thousand products is a half of it.
const LARGEST: usize = 256 << 10;

/// A YAML value and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it begins.
    pub at: Position,
}

/// A YAML value. Scalars are the text that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A scalar.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order typed; a key may stand twice.
    Map(Vec<(Located<String>, Node)>),
}

/// The text to read and where it lies in its file.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file, for diagnostics.
    pub file: &'a str,
    /// The YAML text, with LF line ends.
    pub text: &'a str,
    /// How many lines of the file stand before it.
    pub lines_before: u32,
}

/// Reads a YAML document. None where it cannot be parsed; then there is at least one error.
pub fn read(source: Source<'_>, known_keys: &dyn Fn(&str) -> bool) -> Outcome<Option<Node>> {
    if source.text.len() > LARGEST {
        return Outcome::new(None, vec![too_long(source)]);
    }
    if let Some(at) = lonely_return(source.text) {
        return Outcome::new(None, vec![old_line_end(source, at)]);
    }
    let Outcome { value: corrected, mut diagnostics } = scan::scan(source, known_keys);
    let node = match parse(&corrected) {
        Ok(raw) => Some(resolve(raw, &corrected, source, &mut diagnostics)),
        Err(error) => {
            // After a finding of the scan the parser only repeats it in worse words.
            if !crate::diag::has_errors(&diagnostics) {
                diagnostics.push(syntax_error(&error, source));
            }
            None
        }
    };
    Outcome::new(node, diagnostics)
}

/// A carriage return that ends no line: the parser would take it for a line end, and no editor would agree on the number
/// of lines.
fn lonely_return(text: &str) -> Option<usize> {
    text.match_indices('\r').map(|(at, _)| at).find(|at| !text[at + 1..].starts_with('\n'))
}

fn old_line_end(source: Source<'_>, at: usize) -> Diagnostic {
    Diagnostic::error(Code::YamlSyntax, "这里有一个单独的回车符（CR），不是换行")
        .at(source.file, Position::of(source.text, at).down(source.lines_before))
        .hint("请在编辑器里把换行格式改成 LF 或 CRLF，另存一次；或删掉它，重新换行")
}

fn too_long(source: Source<'_>) -> Diagnostic {
    let message = format!("这一部分有 {} KB，超过上限 {} KB", source.text.len() >> 10, LARGEST >> 10);
    Diagnostic::error(Code::YamlLimit, message)
        .at(source.file, Position::START.down(source.lines_before))
        .hint("请把长的内容移到正文、表格或附件里")
}

fn parse(text: &str) -> Result<Spanned<Raw>, serde_yaml::Error> {
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! { max_depth: 16, max_nodes: 100_000, max_aliases: 0, max_documents: 1, },
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_yaml::MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
    };
    serde_yaml::from_str_with_options(text, options)
}

fn syntax_error(error: &serde_yaml::Error, source: Source<'_>) -> Diagnostic {
    let text = error.to_string();
    let position = error.location().map_or(Position::START, |location| {
        Position::new(u32::try_from(location.line()).unwrap_or(1), u32::try_from(location.column()).unwrap_or(1))
    });
    let (message, hint) = explain(&text);
    let detail = text.lines().next().unwrap_or_default();
    Diagnostic::error(Code::YamlSyntax, message)
        .at(source.file, position.down(source.lines_before))
        .fact(format!("解析器原文：{}", crate::text::printable(detail)))
        .hint(hint)
}

/// What the parser's commonest complaints mean for somebody who doesn't know YAML.
fn explain(error: &str) -> (&'static str, &'static str) {
    const KNOWN: &[(&str, &str, &str)] = &[
        ("budget", "内容嵌套过深、过多，或使用了锚点和别名", "请只用简单的“键: 值”和列表，不要层层嵌套"),
        ("alias", "使用了别名（*），本系统不接受", "请把内容原样再写一遍，或给文字加上引号"),
        ("simple key expected ':'", "这一行缺少冒号，或冒号后面没有空格", "请写成“键: 值”：冒号用半角，后面空一格"),
        ("illegal placement of ':'", "上面的方括号或花括号没有成对", "请在列表末尾补上 ]，各项之间用英文逗号"),
        (
            "mapping values are not allowed",
            "这一行的缩进不对，或上一行的文字里有多余的冒号",
            "同一级的键要左对齐；文字里有半角冒号时请加英文引号",
        ),
        ("block collection", "列表和键混在了同一级", "列表项以“- ”开头，写在所属的键下面一级"),
        (
            "did not find expected key",
            "这里的写法无法识别，多半是上一行或这一行的缩进、引号不对",
            "同一级的键要左对齐；文字里有特殊符号时请加英文引号",
        ),
        ("unclosed quote", "引号没有成对", "请在文字末尾补上与开头相同的英文引号"),
        ("unclosed bracket '['", "方括号没有成对", "请在列表末尾补上 ]，各项之间用英文逗号"),
        ("unclosed bracket '{'", "花括号没有成对", "请在末尾补上 }，或改为每行一个键"),
        ("indent", "缩进不对", "同一级的键要左对齐，下一级多缩进两个空格"),
    ];
    KNOWN.iter().find(|(mark, ..)| error.contains(mark)).map_or(
        ("这里的 YAML 写法无法识别", "请对照手册检查这一行和上一行的冒号、缩进和引号"),
        |(_, message, hint)| (message, hint),
    )
}

/// Scalars that YAML takes for numbers or booleans become the text that was typed; aliases are refused.
fn resolve(raw: Spanned<Raw>, text: &str, source: Source<'_>, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let location = raw.referenced;
    let at = Position::new(
        u32::try_from(location.line()).unwrap_or(u32::MAX),
        u32::try_from(location.column()).unwrap_or(u32::MAX),
    )
    .down(source.lines_before);
    if raw.referenced != raw.defined {
        diagnostics.push(alias(source.file, at));
    }
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Text(typed) => Value::Text(typed),
        Raw::Typed => Value::Text(slice(text, &raw.referenced).to_owned()),
        Raw::List(items) => {
            Value::List(items.into_iter().map(|item| resolve(item, text, source, diagnostics)).collect())
        }
        Raw::Map(entries) => Value::Map(
            entries
                .into_iter()
                .filter_map(|(key, value)| {
                    let key = resolve(key, text, source, diagnostics);
                    let value = resolve(value, text, source, diagnostics);
                    key_text(key, source.file, diagnostics).map(|key| (key, value))
                })
                .collect(),
        ),
    };
    Node { value, at }
}

fn key_text(key: Node, file: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Located<String>> {
    if let Value::Text(text) = key.value {
        return Some(Located::new(text, key.at));
    }
    diagnostics.push(
        Diagnostic::error(Code::YamlSyntax, "键必须是一个词")
            .at(file, key.at)
            .hint("请写成“键: 值”，文字里有特殊符号时请加英文引号"),
    );
    None
}

fn alias(file: &str, at: Position) -> Diagnostic {
    Diagnostic::error(Code::YamlAlias, "这里用了 YAML 的锚点或别名（& 或 *），本系统不接受")
        .at(file, at)
        .hint("请把内容原样再写一遍；如果 & 或 * 是文字的一部分，请给整段文字加英文引号")
}

fn slice<'a>(text: &'a str, location: &serde_yaml::Location) -> &'a str {
    let span = location.span();
    let range = span.byte_offset().zip(span.byte_len()).and_then(|(start, length)| {
        let start = usize::try_from(start).ok()?;
        Some(start..start.checked_add(usize::try_from(length).ok()?)?)
    });
    range.and_then(|range| text.get(range)).unwrap_or_default()
}

/// What the library hands over.
enum Raw {
    Null,
    /// A text.
    Text(String),
    /// A number or boolean, whose spelling is taken from the source.
    Typed,
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<Self>, Spanned<Self>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a YAML value")
    }
    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Typed)
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

#[cfg(test)]
mod tests;
