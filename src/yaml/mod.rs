//! YAML as clerks type it, read into located nodes.
//!
//! In: the text of a front matter or of `site.yaml`. Out: a tree that keeps every scalar exactly as typed (`0123` stays
//! `0123`) with its position, and diagnostics. The only module that names the YAML library; what the library would
//! report in its own words, or not at all, is found by `scan` before it is asked.

mod events;
pub mod fields;
mod key;
mod scan;

pub use fields::Fields;
pub use key::{Form, Key};
pub use scan::mend;

use crate::diag::{Code, Diagnostic, Located, Outcome, Position};
use serde::de::IgnoredAny;

/// The most bytes of a text: the longest front matter of a notice with a thousand products is a half of it.
const LARGEST: usize = 256 << 10;

/// How many lists and maps may stand in one another.
const DEPTH: usize = 16;

/// The most keys, values and items.
const NODES: usize = 100_000;

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
    let node = events::read(&corrected, source).map(|outcome| outcome.drain_into(&mut diagnostics));
    // After a finding of the scan the parser only repeats it in worse words.
    if node.is_none() && !crate::diag::has_errors(&diagnostics) {
        diagnostics.push(syntax_error(complaint(&corrected).as_ref(), source));
    }
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

/// What the library has against a text of which the parser makes no nodes.
fn complaint(text: &str) -> Option<serde_yaml::Error> {
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! { max_depth: DEPTH, max_nodes: NODES, max_aliases: 0, max_documents: 1, },
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_yaml::MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
    };
    serde_yaml::from_str_with_options::<IgnoredAny>(text, options).err()
}

fn syntax_error(error: Option<&serde_yaml::Error>, source: Source<'_>) -> Diagnostic {
    let text = error.map(ToString::to_string).unwrap_or_default();
    let position = error.and_then(serde_yaml::Error::location).map_or(Position::START, |location| {
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

#[cfg(test)]
mod tests;
