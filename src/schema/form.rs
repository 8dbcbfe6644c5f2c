//! How values are written, as JSON Schema: texts that may look like numbers, days, paths, terms, lists.

use crate::vocabulary::{Term, Vocabularies, Vocabulary};
use crate::yaml::{self, Form, Key, Node, Source};
use serde_json::{Map, Value, json};

/// Regular expressions in the dialect of JSON Schema (ECMA 262), without look-around, so that other engines read them too.
/// Blanks around a value are cut off before it is read, hence `\s*` on both sides of every one.
pub(super) struct Patterns;

impl Patterns {
    /// Nothing but blanks.
    pub const BLANK: &str = r"^\s*$";
    /// The number of a version after the first.
    pub const LATER: &str = r"^\s*0*(?:[2-9]|[1-9][0-9]+)\s*$";
    const TEXT: &str = r"\S[\s\S]*";
    const LINE: &str = r"\S[^\n\r\u0085\u2028\u2029]*";
    const NUMBER: &str = "[0-9]+";
    const COUNT: &str = "0*[1-9][0-9]*";
    const ID: &str = "[0-9A-Za-z][0-9A-Za-z-]{0,39}";
    const DAY: &str = "(?:(?:19|[2-9][0-9])[0-9]{2})-\
        (?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))";
    const MOMENT: &str = r"(?:19[67][0-9]|19[89][0-9]|[2-9][0-9]{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[-+\u2212][0-9]{2}:[0-5][0-9])";
    const URL: &str = r"https?://[\s\S]*";
    /// Parts between `/`: none empty, `.` or `..`, none with a backslash, a colon or a line break.
    const PATH: &str = r"(?:[^\s./\\:][^/\\:\n\t]*|\.[^./\\:\n\t][^/\\:\n\t]*|\.\.[^/\\:\n\t]+)(?:/(?:[^./\\:\n\t][^/\\:\n\t]*|\.[^./\\:\n\t][^/\\:\n\t]*|\.\.[^/\\:\n\t]+))*";

    fn needed(body: &str) -> String {
        format!(r"^\s*(?:{body})\s*$")
    }

    /// This, or nothing.
    pub fn optional(body: &str) -> String {
        format!(r"^\s*(?:{body})?\s*$")
    }

    fn of(key: &Key, body: &str) -> String {
        if key.needed { Self::needed(body) } else { Self::optional(body) }
    }
}

/// What is said of a key that nobody knows, and of what is no map: validators have one message for both.
pub(super) const NO_MAP: &str = "没有这个键，或者这里不是一组“键: 值”";

/// The pattern of one of these words.
pub(super) fn one_of(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| escaped(word)).collect();
    Patterns::needed(&words.join("|"))
}

/// A text of which a pattern takes every character for itself.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if r"\^$.*+?()[]{}|/".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// The schema of a value that is no map.
pub(super) fn value(key: &Key, vocabularies: &Vocabularies) -> Map<String, Value> {
    let written = |body: &str, message: &str| scalar(key, body, message);
    let schema = match key.form {
        Form::Text if key.needed => written(Patterns::TEXT, "不能空着"),
        Form::Text => json!({ "type": kinds(key), "maxItems": 0 }),
        Form::Line if key.needed => written(Patterns::LINE, "不能空着，写成一行文字"),
        Form::Line => written(Patterns::LINE, "写成一行文字，不能换行"),
        Form::Texts => json!({
            "type": ["array", "string", "number", "boolean", "null"],
            "items": { "type": ["string", "number", "boolean", "null"] },
        }),
        Form::Number(least) => number(key, least),
        Form::Day => written(Patterns::DAY, "日期写成“年-月-日”，例如 2024-04-22"),
        Form::Moment => written(Patterns::MOMENT, "时间写成 2024-04-22T09:00:00+08:00"),
        Form::Id => written(Patterns::ID, "编号只用英文字母、数字和连字符，例如 2024-017"),
        Form::Ids => list(Patterns::ID, "请填写另一条信息的编号，例如 2024-017"),
        Form::Path => written(Patterns::PATH, "只写文件名，文件放在这条信息的文件夹里"),
        Form::Url => written(Patterns::URL, "网址以 http:// 或 https:// 开头"),
        Form::Word(words) => {
            let words = words.iter().map(|word| Word { offered: word, other: "", about: String::new() });
            choice(&words.collect::<Vec<_>>(), key.needed)
        }
        Form::Term(name) => term(vocabularies.named(name), key.needed),
        Form::Terms(name) => terms(vocabularies.named(name)),
        Form::Map(_) | Form::Maps(_) => json!({}),
    };
    into_map(schema)
}

/// What a value must be to be a map, or nothing, beside what its entries must fulfil.
pub(super) fn map() -> Map<String, Value> {
    into_map(json!({ "type": ["object", "array", "string", "null"], "maxItems": 0, "pattern": Patterns::BLANK }))
}

/// A list of maps, or a single one, that fulfil the schema at a place.
pub(super) fn maps(place: &str) -> Map<String, Value> {
    into_map(json!({
        "type": ["array", "object", "string", "null"],
        "items": { "$ref": place },
        "if": { "type": "object" },
        "then": { "$ref": place },
        "pattern": Patterns::BLANK,
        "errorMessage": NO_MAP,
    }))
}

fn into_map(schema: Value) -> Map<String, Value> {
    match schema {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// What a YAML parser may take a text for; where none is needed, nothing and an empty list will do.
fn kinds(key: &Key) -> Vec<&'static str> {
    // No number looks like a day, and none is an address.
    let typed: &[&str] = match key.form {
        Form::Day | Form::Moment | Form::Url => &[],
        _ => &["number", "boolean"],
    };
    let absent: &[&str] = if key.needed { &[] } else { &["null", "array"] };
    [&["string"], typed, absent].concat()
}

/// A text of which the blanks around it are cut off.
fn scalar(key: &Key, body: &str, message: &str) -> Value {
    json!({ "type": kinds(key), "pattern": Patterns::of(key, body), "maxItems": 0, "errorMessage": message })
}

fn number(key: &Key, least: u32) -> Value {
    const KINDS: &[&str] = &["integer", "string", "null", "array"];
    let kinds = if key.needed { &KINDS[..2] } else { KINDS };
    let body = if least == 0 { Patterns::NUMBER } else { Patterns::COUNT };
    json!({
        "type": kinds, "minimum": least, "maximum": u32::MAX, "pattern": Patterns::of(key, body), "maxItems": 0,
        "errorMessage": "这里应当是一个整数，例如 18",
    })
}

/// A list of texts, or a single one, each of this form; an item without a value is passed over.
fn list(body: &str, message: &str) -> Value {
    json!({
        "type": ["array", "string", "number", "boolean", "null"],
        "items": {
            "type": ["string", "number", "boolean", "null"],
            "pattern": Patterns::needed(body),
            "errorMessage": message,
        },
        "pattern": Patterns::optional(body),
        "errorMessage": message,
    })
}

fn term(vocabulary: Option<&Vocabulary>, needed: bool) -> Value {
    let terms = vocabulary.map(Vocabulary::terms).unwrap_or_default();
    let words = terms.iter().map(|term| Word { offered: &term.name, other: &term.slug, about: about(term) });
    choice(&words.collect::<Vec<_>>(), needed)
}

fn about(term: &Term) -> String {
    match &term.group {
        Some(group) => format!("属于{}；代码 {}", group.name, term.slug),
        None => format!("代码 {}", term.slug),
    }
}

/// A list of terms, or a single one; an item without a value is passed over.
fn terms(vocabulary: Option<&Vocabulary>) -> Value {
    let mut item = term(vocabulary, true);
    if let Some(either) = item["anyOf"].as_array_mut() {
        either.push(nothing(&["null"]));
    }
    json!({
        "type": ["array", "string", "number", "boolean", "null"],
        "if": { "type": "array" },
        "then": { "items": item },
        "else": term(vocabulary, false),
    })
}

/// A value of none but these kinds. Said without `type`, of which an editor would make an offer: `null`.
fn nothing(kinds: &[&str]) -> Value {
    const KINDS: [&str; 6] = ["string", "number", "boolean", "null", "array", "object"];
    let others: Vec<&str> = KINDS.into_iter().filter(|kind| !kinds.contains(kind)).collect();
    json!({ "not": { "type": others }, "pattern": Patterns::BLANK, "maxItems": 0 })
}

/// A word to choose.
struct Word<'a> {
    offered: &'a str,
    /// Another spelling, accepted and not offered; or empty.
    other: &'a str,
    about: String,
}

fn choice(words: &[Word<'_>], needed: bool) -> Value {
    let offered: Vec<&str> = words.iter().map(|word| word.offered).collect();
    let about: Vec<&str> = words.iter().map(|word| word.about.as_str()).collect();
    let all: Vec<&str> =
        words.iter().flat_map(|word| [word.offered, word.other]).filter(|word| !word.is_empty()).collect();
    let message = format!("请从这些里选：{}", offered.join("、"));
    let mut either = vec![
        json!({ "enum": offered, "enumDescriptions": about, "errorMessage": message }),
        json!({ "type": "string", "pattern": one_of(&all), "errorMessage": message }),
    ];
    if all.iter().any(|word| is_typed(word)) {
        either.push(nothing(&["number", "boolean"]));
    }
    if !needed {
        either.push(nothing(&["string", "null", "array"]));
    }
    json!({ "anyOf": either })
}

/// Whether a YAML parser may take a word for a number or a boolean.
fn is_typed(word: &str) -> bool {
    let booleans = ["true", "false", "yes", "no", "on", "off", "y", "n"];
    word.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'))
        || booleans.iter().any(|boolean| word.eq_ignore_ascii_case(boolean))
}

/// The example of a key, as an editor sees it.
pub(super) fn example(key: &Key) -> Option<Value> {
    let source = Source { file: "", text: key.example, lines_before: 0 };
    let node = yaml::read(source, &|_| false).value.filter(|_| !key.example.is_empty())?;
    Some(seen(node, key.form))
}

fn seen(node: Node, form: Form) -> Value {
    match (node.value, form) {
        (yaml::Value::Null, _) => Value::Null,
        (yaml::Value::Text(text), Form::Number(_)) => text.parse::<u32>().map_or(Value::Null, Value::from),
        (yaml::Value::Text(text), _) => Value::String(text),
        (yaml::Value::List(items), _) => items.into_iter().map(|item| seen(item, form)).collect(),
        (yaml::Value::Map(entries), Form::Map(keys) | Form::Maps(keys)) => {
            let form =
                |name: &str| keys.iter().find(|key| key.spellings().contains(&name)).map_or(Form::Line, |key| key.form);
            let entries = entries.into_iter().map(|(name, node)| {
                let value = seen(node, form(&name.value));
                (name.value, value)
            });
            Value::Object(entries.collect())
        }
        (yaml::Value::Map(_), _) => Value::Null,
    }
}
