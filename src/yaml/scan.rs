//! What people type that YAML misreads: found line by line before the parser is asked.
//!
//! In: YAML text. Out: the text with each finding mended, so that the parser can go on and find more in the same run, and
//! the findings. It never touches block scalars (`|`, `>`), comments, or what stands in quotes.

use super::Source;
use crate::diag::{Code, Diagnostic, Outcome, Position};
use std::borrow::Cow;

/// Finds full-width signs, values that need quotes, tabs, swallowed `#` and aliases.
pub(super) fn scan(source: Source<'_>, known_keys: &dyn Fn(&str) -> bool) -> Outcome<String> {
    let mut corrected = String::with_capacity(source.text.len());
    let mut diagnostics = Vec::new();
    let mut state = State::Plain;
    let mut unquoted = None;
    for (index, line) in source.text.split_inclusive('\n').enumerate() {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        let mut finder = Finder { source, number, known_keys, diagnostics: &mut diagnostics };
        state = state.enter(text);
        let is_plain = state == State::Plain;
        let goes_on = is_plain && unquoted.is_some_and(|parent| is_more_text(text, parent, known_keys));
        let (mended, parts) = match (is_plain, goes_on) {
            (true, false) => finder.line(text),
            (true, true) => (Cow::Borrowed(text), Parts::of(text)),
            (false, _) => (Cow::Borrowed(text), None),
        };
        if goes_on {
            parts.iter().for_each(|parts| finder.comment(text, *parts));
        } else if !text.trim().is_empty() {
            unquoted = parts.and_then(|parts| begun(&mended, parts));
        }
        state = state.leave(&mended, parts);
        corrected.push_str(&mended);
        corrected.push_str(end);
    }
    Outcome::new(corrected, diagnostics)
}

/// Mends what is certain, line by line: a full-width colon after a key that is known, a full-width space or a tab after a
/// colon, spaces at the end. Lines inside values that span lines stay as they are.
pub fn mend(text: &str, known_keys: &dyn Fn(&str) -> bool) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut state = State::Plain;
    let source = Source { file: "", text, lines_before: 0 };
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        state = state.enter(line);
        let mut better = line.to_owned();
        if state == State::Plain {
            let mut finder = Finder { source, number: 0, known_keys, diagnostics: &mut Vec::new() };
            if line.split('：').next().is_some_and(|key| known_keys(key.trim())) {
                better = finder.colon(&better).unwrap_or(better);
            }
            let spaced = Parts::of(&better).and_then(|parts| finder.space_after_colon(&better, parts));
            better = spaced.unwrap_or(better).trim_end().to_owned();
        }
        state = state.leave(&better, Parts::of(&better));
        mended += &better;
        mended += end;
    }
    mended
}

/// Where a line begins: in plain YAML, or inside a value that spans lines.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Plain,
    /// In a block scalar whose parent has this indentation.
    Block(usize),
    /// In a text opened with this quote.
    Quoted(char),
    /// In a bracketed list over several lines.
    Flow,
}

impl State {
    fn enter(self, line: &str) -> Self {
        match self {
            Self::Block(parent) if !line.trim().is_empty() && indentation(line) <= parent => Self::Plain,
            other => other,
        }
    }

    fn leave(self, line: &str, parts: Option<Parts>) -> Self {
        match self {
            Self::Plain => parts.map_or(self, |parts| opened(line, parts)),
            Self::Quoted(quote) if closes(line, quote) => Self::Plain,
            Self::Flow if line.contains(']') || line.contains('}') => Self::Plain,
            other => other,
        }
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// What a plain line leaves open.
fn opened(line: &str, parts: Parts) -> State {
    let value = parts.value(line);
    let after_header = value
        .trim_start_matches(['|', '>'])
        .trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    if value.starts_with(['|', '>']) && (after_header.is_empty() || after_header.starts_with(" #")) {
        return State::Block(indentation(line));
    }
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) if !closes(&value[1..], quote) => State::Quoted(quote),
        Some('[') if !value.contains(']') => State::Flow,
        Some('{') if !value.contains('}') => State::Flow,
        _ => State::Plain,
    }
}

/// How far the line is indented in which a text without quotes begins that may go on in the next; none where none does.
fn begun(line: &str, parts: Parts) -> Option<usize> {
    let value = parts.value(line);
    let is_unquoted = !value.is_empty() && !value.starts_with(['"', '\'', '[', '{', '|', '>', '#']);
    is_unquoted.then(|| indentation(line))
}

/// Whether a line goes on with such a text: indented further, no item of a list, and no key, nor what was meant for one.
fn is_more_text(line: &str, parent: usize, known_keys: &dyn Fn(&str) -> bool) -> bool {
    let is_meant = |value: &str| value.split_once('：').is_some_and(|(key, _)| known_keys(key.trim()));
    let is_text = |parts: Parts| !parts.keyed && !is_meant(parts.value(line));
    let text = line.trim_start_matches(' ');
    indentation(line) > parent
        && !text.starts_with(['-', '－', '—', '–', '\t', '\u{3000}'])
        && Parts::of(line).is_some_and(is_text)
}

/// Whether a text contains the quote's closing twin (doubled `''` and escaped `\"` do not close).
fn closes(text: &str, quote: char) -> bool {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            if quote == '\'' && characters.peek() == Some(&'\'') {
                characters.next();
            } else {
                return true;
            }
        }
    }
    false
}

/// A line as `indent`, `- ` marks, `key:` and value; byte offsets into the line.
#[derive(Clone, Copy)]
struct Parts {
    /// Where the value begins, and where it ends.
    value_at: usize,
    value_end: usize,
    /// Whether a key stands before the value.
    keyed: bool,
}

impl Parts {
    /// None for a blank line or a comment.
    fn of(line: &str) -> Option<Self> {
        let mut at = indentation(line);
        while let Some(rest) = line[at..].strip_prefix("- ") {
            at = line.len() - rest.trim_start_matches(' ').len();
        }
        let content = &line[at..];
        if content.trim().is_empty() || content.starts_with('#') {
            return None;
        }
        let key_end = match content.chars().next() {
            Some('[' | '{') => None,
            Some(quote @ ('"' | '\'')) => quoted_key_end(content, quote),
            _ => key_end(content),
        };
        let value_at = key_end.map_or(at, |end| {
            let rest = &line[at + end + 1..];
            line.len() - rest.trim_start_matches(' ').len()
        });
        let value_end = value_at + line[value_at..].trim_end().len();
        Some(Self { value_at, value_end, keyed: key_end.is_some() })
    }

    /// The value, of the line that has these parts.
    fn value(self, line: &str) -> &str {
        line.get(self.value_at..self.value_end).unwrap_or_default()
    }
}

/// The offset of the `:` that ends a key: one followed by a space or the end of the line.
fn key_end(content: &str) -> Option<usize> {
    content
        .match_indices(':')
        .map(|(index, _)| index)
        .find(|index| matches!(content[index + 1..].chars().next(), None | Some(' ' | '\u{3000}' | '\t')))
}

/// The same for a key in quotes.
fn quoted_key_end(content: &str, quote: char) -> Option<usize> {
    let close = 1 + content.get(1..)?.find(quote)?;
    let behind = &content[close + 1..];
    let gap = behind.len() - behind.trim_start_matches(' ').len();
    (key_end(&behind[gap..]) == Some(0)).then_some(close + 1 + gap)
}

/// Looks at one plain line.
struct Finder<'a, 'd> {
    source: Source<'a>,
    number: u32,
    known_keys: &'a dyn Fn(&str) -> bool,
    diagnostics: &'d mut Vec<Diagnostic>,
}

/// Each way to mend a line gives the line mended, where there is something to mend.
impl Finder<'_, '_> {
    /// The line with its faults mended, and its parts.
    fn line<'l>(&mut self, line: &'l str) -> (Cow<'l, str>, Option<Parts>) {
        if line.trim_end() == "..." || line.starts_with("--- ") {
            let hint = "请删掉这一行；信息栏只有开头和结尾两行 ---".to_owned();
            self.report(Code::YamlSyntax, "信息栏里不能有单独的“...”或“---”", line, 0, hint);
            return (Cow::Borrowed(""), None);
        }
        let mut mended = Cow::Borrowed(line);
        for mend in [Self::indentation, Self::dash, Self::colon] {
            mended = mend(self, &mended).map_or(mended, Cow::Owned);
        }
        let mut parts = Parts::of(&mended);
        for mend in [Self::space_after_colon, Self::value] {
            if let Some(better) = parts.and_then(|parts| mend(self, &mended, parts)) {
                parts = Parts::of(&better);
                mended = Cow::Owned(better);
            }
        }
        (mended, parts)
    }

    fn report(&mut self, code: Code, message: &str, line: &str, offset: usize, hint: String) {
        let column = Position::of(line, offset).column;
        self.diagnostics.push(
            Diagnostic::error(code, message)
                .at(self.source.file, Position::new(self.number, column).down(self.source.lines_before))
                .hint(hint),
        );
    }

    fn indentation(&mut self, line: &str) -> Option<String> {
        let body = line.trim_start_matches([' ', '\t', '\u{3000}']);
        let indent = &line[..line.len() - body.len()];
        if body.is_empty() {
            return Some(String::new());
        }
        if let Some(offset) = indent.find('\t') {
            self.report(Code::YamlTab, "缩进用了制表符（Tab 键）", line, offset, "请删掉它，改用两个空格".to_owned());
        } else if let Some(offset) = indent.find('\u{3000}') {
            self.report(Code::YamlFullWidth, "缩进用了全角空格", line, offset, "请删掉它，改用两个半角空格".to_owned());
        } else {
            return None;
        }
        Some(format!("{}{body}", indent.replace(['\t', '\u{3000}'], "  ")))
    }

    fn dash(&mut self, line: &str) -> Option<String> {
        let at = indentation(line);
        let dash = line[at..].chars().next().filter(|dash| matches!(dash, '－' | '—' | '–'))?;
        let rest = line[at + dash.len_utf8()..].trim_start_matches([' ', '\u{3000}']);
        let mended = format!("{}- {rest}", &line[..at]);
        self.report(Code::YamlFullWidth, "列表项用了全角横线", line, at, format!("请改成：{}", mended.trim_start()));
        Some(mended)
    }

    /// A full-width colon where the half-width one after a key is missing.
    fn colon(&mut self, line: &str) -> Option<String> {
        let at = indentation(line);
        let content = &line[at..];
        let index = content.find('：')?;
        let key = content[..index].trim_end();
        let listed = content.starts_with("- ");
        let half_width_key = key_end(content).is_some_and(|end| end < index);
        let looks_like_key = (self.known_keys)(key) || (at == 0 && !listed);
        if half_width_key || listed || content.starts_with(['#', '"', '\'']) || !looks_like_key {
            return None;
        }
        let value = content[index + '：'.len_utf8()..].trim_start_matches([' ', '\u{3000}']);
        let mended =
            if value.is_empty() { format!("{}{key}:", &line[..at]) } else { format!("{}{key}: {value}", &line[..at]) };
        self.report(
            Code::YamlFullWidth,
            "键后面用了全角冒号（：）",
            line,
            at + index,
            format!("请改成：{}", mended.trim_start()),
        );
        Some(mended)
    }

    fn space_after_colon(&mut self, line: &str, parts: Parts) -> Option<String> {
        let value = parts.value(line);
        let stripped = value.trim_start_matches(['\u{3000}', '\t', ' ']);
        let gap = &line[..parts.value_at];
        let before = gap.trim_end_matches(['\u{3000}', '\t', ' ']);
        if !parts.keyed || value == stripped && !gap[before.len()..].contains(['\u{3000}', '\t']) {
            return None;
        }
        let mended = format!("{before} {stripped}");
        self.report(
            Code::YamlFullWidth,
            "冒号后面用了全角空格或制表符",
            line,
            before.len(),
            format!("请改成：{}", mended.trim_start()),
        );
        Some(mended)
    }

    fn value(&mut self, line: &str, parts: Parts) -> Option<String> {
        let (value_at, value) = (parts.value_at, parts.value(line));
        let bracketed = match value.chars().next() {
            Some('[') => Some(']'),
            Some('{') => Some('}'),
            _ => None,
        };
        if let Some(close) = bracketed {
            return self.bracketed(line, parts, close);
        }
        self.comment(line, parts);
        let quoted = || format!("{}{}", &line[..value_at], in_quotes(value));
        let reason = match value.chars().next() {
            Some('&' | '*') => {
                let message = "这里用了 YAML 的锚点或别名（& 或 *），本系统不接受";
                let hint = format!("如果它是文字的一部分，请加英文引号：{}", quoted().trim_start());
                self.report(Code::YamlAlias, message, line, value_at, hint);
                return Some(quoted());
            }
            Some(sign @ ('@' | '`' | '%' | '!')) => Some(format!("文字以“{sign}”开头，需要加英文引号")),
            Some('|' | '>') if !matches!(opened(line, parts), State::Block(_)) => {
                Some("文字以“|”或“>”开头，需要加英文引号".to_owned())
            }
            Some('"' | '\'' | '|' | '>') | None => None,
            _ if parts.keyed && key_end(value).is_some() => Some("文字里有半角冒号，需要加英文引号".to_owned()),
            _ => None,
        };
        self.report(Code::YamlQuote, &reason?, line, value_at, format!("请改成：{}", quoted().trim_start()));
        Some(quoted())
    }

    /// `[警示]磁力珠` is a title, not a list; `[儿童，老年人]` is a list with the wrong comma.
    fn bracketed(&mut self, line: &str, parts: Parts, close: char) -> Option<String> {
        let (value_at, value) = (parts.value_at, parts.value(line));
        let end = value.rfind(close)?;
        let tail = value[end + 1..].trim_start();
        if !tail.is_empty() && !tail.starts_with('#') {
            let mended = format!("{}{}", &line[..value_at], in_quotes(value));
            let message = format!("文字以“{}”开头，需要加英文引号", &value[..1]);
            self.report(Code::YamlQuote, &message, line, value_at, format!("请改成：{}", mended.trim_start()));
            return Some(mended);
        }
        let inside = &value[..end];
        match inside.find(['，', '、']) {
            Some(offset) if !inside.contains(['"', '\'']) => {
                let mended = format!("{}{}{}", &line[..value_at], inside.replace(['，', '、'], ", "), &value[end..]);
                let message = "列表里用了全角的逗号或顿号";
                self.report(
                    Code::YamlFullWidth,
                    message,
                    line,
                    value_at + offset,
                    format!("请改成：{}", mended.trim_start()),
                );
                Some(mended)
            }
            _ => None,
        }
    }

    /// `标题 #1` silently loses `#1`.
    fn comment(&mut self, line: &str, parts: Parts) {
        let (value_at, value) = (parts.value_at, parts.value(line));
        if value.starts_with(['"', '\'', '|', '>']) {
            return;
        }
        if let Some(offset) = value.find(" #") {
            let column = Position::of(line, value_at + offset + 1).column;
            let quoted = format!("{}{}", &line[..value_at], in_quotes(value));
            self.diagnostics.push(
                Diagnostic::warning(Code::YamlComment, "“ #”后面的文字会被当作注释丢掉")
                    .at(self.source.file, Position::new(self.number, column).down(self.source.lines_before))
                    .hint(format!(
                        "如果它是正文的一部分，请加英文引号：{}；如果是注释，请另起一行",
                        quoted.trim_start()
                    )),
            );
        }
    }
}

/// The text as a double-quoted YAML scalar.
fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
