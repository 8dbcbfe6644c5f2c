//! Decodes located nodes into typed values, gathering every error.
//!
//! A table of [`Key`]s names what a map may hold, in English and Chinese; what is not in the table is an error with a
//! suggestion, what stands twice is an error naming both lines.

use super::{Key, Node, Value};
use crate::diag::{Code, Diagnostic, Located, Position};
use crate::moment::{Day, Moment};
use crate::text;

/// The most characters of a text on one line.
const LONGEST_LINE: usize = 100_000;

/// A map whose keys are taken one by one.
pub struct Fields<'a> {
    file: &'a str,
    at: Position,
    /// Where every key stands that was there, taken or not.
    positions: Vec<(&'static Key, Position)>,
    entries: Vec<(&'static Key, Node)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Opens a map; for anything else there is an error and no entry.
    pub fn open(file: &'a str, node: Node, keys: &'static [Key]) -> Self {
        let mut fields =
            Self { file, at: node.at, positions: Vec::new(), entries: Vec::new(), diagnostics: Vec::new() };
        match node.value {
            Value::Map(entries) => entries.into_iter().for_each(|(key, value)| fields.enter(&key, value, keys)),
            Value::Null => {}
            Value::Text(typed) => {
                let error = Diagnostic::error(Code::ValueType, "这里应当是一组“键: 值”").at(file, node.at);
                fields.diagnostics.push(match typed.split_once('：') {
                    Some((key, value)) => error.hint(format!("冒号要用半角，请改成：{}: {}", key.trim(), value.trim())),
                    None => error.hint(format!("可用的键：{}", spellings(keys))),
                });
            }
            Value::List(_) => fields.diagnostics.push(
                Diagnostic::error(Code::ValueType, "这里应当是一组“键: 值”，不是列表")
                    .at(file, node.at)
                    .hint(format!("可用的键：{}", spellings(keys))),
            ),
        }
        fields
    }

    fn enter(&mut self, key: &Located<String>, value: Node, keys: &'static [Key]) {
        let Some(known) = keys.iter().find(|known| known.name == key.value || known.zh == key.value) else {
            let error = Diagnostic::error(Code::KeyUnknown, format!("不认识的键“{}”", text::printable(&key.value)))
                .at(self.file, key.at)
                .spanning(length(key));
            let candidates = keys.iter().flat_map(|key| [key.name, key.zh]);
            self.diagnostics.push(match text::suggest(&key.value, candidates) {
                Some(near) => error.hint(format!("您是不是想写“{near}”？")),
                None => error.hint(format!("可用的键：{}", spellings(keys))),
            });
            return;
        };
        if let Some((_, first)) = self.positions.iter().find(|(entered, _)| *entered == known) {
            self.diagnostics.push(
                Diagnostic::error(Code::YamlDuplicate, format!("键“{}”写了两次", key.value))
                    .at(self.file, key.at)
                    .spanning(length(key))
                    .fact(format!("第一次在第 {} 行，第二次在第 {} 行", first.line, key.at.line))
                    .hint("请只保留一处"),
            );
            return;
        }
        self.positions.push((known, key.at));
        self.entries.push((known, value));
    }

    /// The file's name, for diagnostics.
    pub fn file(&self) -> &'a str {
        self.file
    }

    /// Where the map begins.
    pub fn at(&self) -> Position {
        self.at
    }

    /// Adds an error found by the caller.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What was found wrong; values nobody took are no fault of the author's and are not mentioned.
    pub fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// Where a key stands, if it is there, with or without a value.
    pub fn position(&self, name: &str) -> Option<Position> {
        self.positions.iter().find(|(key, _)| key.name == name).map(|(_, at)| *at)
    }

    /// Takes a key's value; an empty one counts as absent.
    pub fn take(&mut self, name: &str) -> Option<Node> {
        let index = self.entries.iter().position(|(key, _)| key.name == name)?;
        let (_, node) = self.entries.remove(index);
        let empty = match &node.value {
            Value::Null => true,
            Value::Text(typed) => typed.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(_) => false,
        };
        (!empty).then_some(node)
    }

    /// Reports a key that must be there and have a value.
    pub fn missing(&mut self, name: &str, zh: &str) {
        let error = |message: String, at| Diagnostic::error(Code::KeyMissing, message).at(self.file, at);
        let error = match self.position(name) {
            Some(at) => error(format!("“{zh}”（{name}）还没有填"), at).hint("请在冒号后面填上内容"),
            None => error(format!("缺少“{zh}”（{name}）"), self.at)
                .hint(format!("请加上一行：{zh}: …（冒号用半角，后面空一格）")),
        };
        self.diagnostics.push(error);
    }

    /// Takes a value that must be there, whatever its form: reports it missing where there is none, and nothing else was
    /// said about it.
    pub fn required<T>(&mut self, name: &str, zh: &str, take: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.diagnostics.len();
        let value = take(self);
        if value.is_none() && self.diagnostics.len() == before {
            self.missing(name, zh);
        }
        value
    }

    /// A text.
    pub fn text(&mut self, name: &str) -> Option<Located<String>> {
        let node = self.take(name)?;
        self.as_text(node)
    }

    /// A text on one line: what stands in titles, tables and records. None is so long that it could not be read there.
    pub fn line(&mut self, name: &str) -> Option<Located<String>> {
        let text = self.text(name)?;
        if text.value.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
            self.expected(&text, "一行文字，不能换行");
            return None;
        }
        if text.value.len() > LONGEST_LINE && text.value.chars().count() > LONGEST_LINE {
            self.expected(&text, &format!("一行文字，不超过 {LONGEST_LINE} 字"));
            return None;
        }
        Some(text)
    }

    /// A text on one line that must be there; an error and none where it is not.
    pub fn required_text(&mut self, name: &'static str, zh: &'static str) -> Option<Located<String>> {
        self.required(name, zh, |fields| fields.line(name))
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, name: &str) -> Vec<Located<String>> {
        self.list(name).into_iter().filter_map(|node| self.as_text(node)).collect()
    }

    /// A list of nodes; anything but a list counts as a list of one.
    pub fn list(&mut self, name: &str) -> Vec<Node> {
        match self.take(name) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => items,
            Some(single) => vec![single],
        }
    }

    /// A non-negative whole number.
    pub fn number(&mut self, name: &str) -> Option<Located<u32>> {
        let text = self.text(name)?;
        let digits = text.value.trim();
        if let Ok(number) = digits.parse()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Some(Located::new(number, text.at));
        }
        self.expected(&text, "一个整数，例如 18");
        None
    }

    /// 是/否 or true/false.
    pub fn boolean(&mut self, name: &str) -> Option<bool> {
        let text = self.text(name)?;
        match text.value.as_str() {
            "是" | "true" => Some(true),
            "否" | "false" => Some(false),
            _ => {
                self.expected(&text, "“是”或“否”（true / false）");
                None
            }
        }
    }

    /// A day as `2024-04-22`.
    pub fn day(&mut self, name: &str) -> Option<Located<Day>> {
        let text = self.text(name)?;
        if let Some(day) = Day::parse(&text.value) {
            return Some(Located::new(day, text.at));
        }
        let error = Diagnostic::error(Code::ValueDate, format!("“{}”不是规定的日期写法", text::printable(&text.value)))
            .at(self.file, text.at);
        self.diagnostics.push(match Day::guess(&text.value) {
            Some(day) => error.hint(format!("请改成：{day}")),
            None => error.hint("日期写成“年-月-日”，例如 2024-04-22"),
        });
        None
    }

    /// A moment as `2024-04-22T09:00:00+08:00`.
    pub fn moment(&mut self, name: &str) -> Option<Located<Moment>> {
        let text = self.text(name)?;
        if let Some(moment) = Moment::parse(&text.value) {
            return Some(Located::new(moment, text.at));
        }
        let day = text.value.split([' ', 'T', '日']).next().and_then(Day::guess);
        let error = Diagnostic::error(Code::ValueDate, format!("“{}”不是规定的时间写法", text::printable(&text.value)))
            .at(self.file, text.at);
        let example = day.map_or_else(|| "2024-04-22".to_owned(), |day| day.to_string());
        let time = clock(&text.value).unwrap_or_else(|| "09:00".to_owned());
        self.diagnostics.push(error.hint(format!("请写成：{example}T{time}:00+08:00")));
        None
    }

    fn as_text(&mut self, node: Node) -> Option<Located<String>> {
        match node.value {
            Value::Text(typed) => {
                self.check_characters(&typed, node.at);
                Some(Located::new(typed.trim().to_owned(), node.at))
            }
            Value::Null => None,
            Value::List(_) | Value::Map(_) => {
                self.diagnostics.push(
                    Diagnostic::error(Code::ValueType, "这里应当是一段文字")
                        .at(self.file, node.at)
                        .hint("如果文字里有冒号、方括号等符号，请给整段文字加英文引号"),
                );
                None
            }
        }
    }

    fn check_characters(&mut self, typed: &str, at: Position) {
        if let Some(bad) =
            typed.chars().find(|character| text::is_deceptive(*character) || !text::is_xml_char(*character))
        {
            self.diagnostics.push(
                Diagnostic::error(Code::MarkdownChar, format!("含有看不见的控制字符（U+{:04X}）", u32::from(bad)))
                    .at(self.file, at)
                    .hint("多半是复制粘贴带来的，请删掉这段文字重新输入"),
            );
        }
    }

    fn expected(&mut self, text: &Located<String>, wanted: &str) {
        self.diagnostics.push(
            Diagnostic::error(
                Code::ValueType,
                format!("“{}”无法识别，这里应当是{wanted}", text::printable(&text.value)),
            )
            .at(self.file, text.at),
        );
    }
}

/// How many characters a key takes.
fn length(key: &Located<String>) -> u32 {
    u32::try_from(key.value.chars().count()).unwrap_or(u32::MAX)
}

/// The time of day in a text that is no RFC 3339: `8:00`, `08:00:00`, `8时`.
fn clock(typed: &str) -> Option<String> {
    let rest = typed.rsplit([' ', 'T', '日']).next().filter(|rest| *rest != typed)?;
    let mut numbers = rest.split(|sign: char| !sign.is_ascii_digit()).map(str::parse::<u32>);
    let hour = numbers.next()?.ok().filter(|hour| *hour < 24)?;
    let minute = numbers.next().and_then(Result::ok).filter(|minute| *minute < 60).unwrap_or(0);
    Some(format!("{hour:02}:{minute:02}"))
}

fn spellings(keys: &[Key]) -> String {
    keys.iter().map(|key| key.zh).collect::<Vec<_>>().join("、")
}
