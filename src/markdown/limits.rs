//! What is looked at before and while a body is parsed: its size, its nesting, and characters no page may carry.

use super::{emphasis, report::Report};
use crate::{
    diag::{Code, Diagnostic},
    text::{is_deceptive, is_xml_char},
};

/// The most bytes a body may have.
const SIZE: usize = 256 << 10;
/// The most elements, one in another.
const DEPTH: usize = 100;
/// The most columns of a table.
const COLUMNS: usize = 100;
/// The most columns a line may be indented; every level of a list takes two or more.
const INDENT: usize = 400;

/// Reports a body that is too large or too deeply nested to be parsed; whether there is one.
pub(super) fn refuse(source: &str, report: &mut Report<'_>) -> bool {
    if source.len() > SIZE {
        let message = format!("正文有 {} KB，超过上限 {} KB", source.len() >> 10, SIZE >> 10);
        let hint = "把正文拆成几篇，或把长表格放进附件";
        report.push(0, Diagnostic::error(Code::MarkdownLimit, message).hint(hint));
        return true;
    }
    // The parser visits each open block once a line: depth is bounded first, or the time would be quadratic.
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        if is_deep(line.as_bytes()) {
            report_depth(start, report);
            return true;
        }
        start += line.len();
    }
    false
}

/// Reports elements nested too deeply, and tables too wide to be read; whether there are any.
pub(super) fn refuse_depth(events: &emphasis::Events<'_>, report: &mut Report<'_>) -> bool {
    let mut depth = 0_usize;
    for (event, range) in events {
        match event {
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Table(columns)) if columns.len() > COLUMNS => {
                let message = format!("表格有 {} 列，超过上限 {COLUMNS} 列", columns.len());
                let hint = "拆成几个表格，或把整个表格放进附件";
                report.push(range.start, Diagnostic::error(Code::MarkdownLimit, message).hint(hint));
                return true;
            }
            pulldown_cmark::Event::Start(_) => depth += 1,
            pulldown_cmark::Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            report_depth(range.start, report);
            return true;
        }
    }
    false
}

fn report_depth(at: usize, report: &mut Report<'_>) {
    let message = format!("引用、列表或强调嵌套超过 {DEPTH} 层");
    report.push(at, Diagnostic::error(Code::MarkdownLimit, message).hint("减少嵌套，一般不需要超过 3 层"));
}

/// Whether a line opens more blocks, or is indented more, than any text needs.
fn is_deep(line: &[u8]) -> bool {
    let (mut at, mut depth, mut indent) = (0, 0, 0);
    while depth <= DEPTH && indent <= INDENT {
        match line.get(at) {
            Some(b' ') => indent += 1,
            Some(b'\t') => indent += 4,
            Some(b'>') => depth += 1,
            Some(b'-' | b'+' | b'*') if is_blank(line.get(at + 1)) => depth += 1,
            Some(b'0'..=b'9') => {
                let digits = line[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                if !matches!(line.get(at + digits), Some(b'.' | b')')) || !is_blank(line.get(at + digits + 1)) {
                    return false;
                }
                (at, depth) = (at + digits, depth + 1);
            }
            _ => return false,
        }
        at += 1;
    }
    true
}

fn is_blank(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}

/// Reports every character that XML forbids, that deceives, or that the parser needs for itself.
pub(super) fn check_characters(source: &str, report: &mut Report<'_>) {
    for (at, character) in source.char_indices().filter(|&(_, character)| is_refused(character)) {
        report_character(at, character, report);
    }
    if !source.contains("&#") {
        return;
    }
    // The same characters written as numbers are found where the text is written; this one is lost before.
    let numbers = [format!("{:x};", u32::from(emphasis::SENTINEL)), format!("{};", u32::from(emphasis::SENTINEL))];
    let lower = source.to_ascii_lowercase();
    for (at, _) in lower.match_indices("&#") {
        let number = lower[at + 2..].trim_start_matches('x').trim_start_matches('0');
        if numbers.iter().any(|known| number.starts_with(known)) {
            report_character(at, emphasis::SENTINEL, report);
        }
    }
}

/// Whether a character must not stand in a body. Chinese and ASCII, nearly all there is, take one look.
pub fn is_refused(character: char) -> bool {
    if matches!(character, ' '..='~' | '\u{3000}'..='\u{9FFF}') {
        return false;
    }
    !is_xml_char(character) || is_deceptive(character) || character == emphasis::SENTINEL
}

/// Reports a character.
pub(super) fn report_character(at: usize, character: char, report: &mut Report<'_>) {
    let message = format!("正文含有不可见或不能发布的字符 U+{:04X}", u32::from(character));
    let hint = "删去该字符；从别处复制来的文字，可先粘贴到纯文本编辑器再复制";
    report.push(at, Diagnostic::error(Code::MarkdownChar, message).hint(hint));
}
