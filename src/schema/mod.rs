//! The front matter of a notice as a JSON Schema (draft 2020-12), for editors.
//!
//! In: the table of keys and a site's vocabularies. Out: a schema that accepts what `front_matter::decode` accepts and
//! refuses what it refuses, as far as form goes; what a schema cannot say (a day that does not exist, more failed batches
//! than tested) is left to the decoder. It must never refuse what the decoder accepts. An editor sees what a YAML parser
//! makes of the text, so a text may be a number or a boolean here; the decoder keeps what was typed.
//!
//! Both spellings of a key stand in one `properties` beside `additionalProperties: false`: the form of which the YAML
//! extension of VS Code makes suggestions and messages. `errorMessage`, `enumDescriptions` and `doNotSuggest` are its own
//! words; other validators pass over them.

mod form;

use crate::notice::{Status, keys};
use crate::vocabulary::{RISK_WARNING, Vocabularies};
use crate::yaml::{Form, Key};
use form::{NO_MAP, Patterns, one_of};
use serde_json::{Map, Value, json};

/// The schema as a file of text.
pub fn text(vocabularies: &Vocabularies) -> String {
    format!("{:#}\n", notice(vocabularies))
}

/// The schema of a front matter with these vocabularies.
pub fn notice(vocabularies: &Vocabularies) -> Value {
    let mut definitions = Map::new();
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".to_owned(), json!("信息栏"));
    root.insert(
        "description".to_owned(),
        json!("一条风险警示或消费提示的信息栏：键用中文或英文都行，同一项只写一次。"),
    );
    root.insert("type".to_owned(), json!("object"));
    root.extend(entries(keys::NOTICE, "", vocabularies, &mut definitions));
    if let Some(Value::Array(rules)) = root.get_mut("allOf") {
        rules.push(risk_level(vocabularies));
        rules.push(revision());
    }
    root.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(root)
}

/// What a map with these keys must fulfil: both spellings of each, never both at once, one of them where it is needed.
fn entries(
    keys: &[Key],
    parent: &str,
    vocabularies: &Vocabularies,
    definitions: &mut Map<String, Value>,
) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut twins = Map::new();
    for key in keys {
        let name = format!("{parent}{}", key.name);
        let definition = definition(key, &name, vocabularies, definitions);
        definitions.insert(name.clone(), definition);
        for spelling in key.spellings() {
            properties.insert(spelling.to_owned(), json!({ "$ref": format!("#/$defs/{name}") }));
        }
        let message = format!("“{}”和“{}”是同一项，只写一处", key.zh, key.name);
        twins.insert(key.zh.to_owned(), json!({ "properties": { key.name: false }, "errorMessage": message }));
    }
    let needed: Vec<Value> = keys.iter().filter(|key| key.needed).map(is_there).collect();
    let mut map = Map::new();
    map.insert("properties".to_owned(), Value::Object(properties));
    map.insert("additionalProperties".to_owned(), json!(false));
    map.insert("errorMessage".to_owned(), json!(NO_MAP));
    map.insert("dependentSchemas".to_owned(), Value::Object(twins));
    map.insert("allOf".to_owned(), Value::Array(needed));
    map
}

/// One key: what it is for, and how its value is written.
fn definition(key: &Key, name: &str, vocabularies: &Vocabularies, definitions: &mut Map<String, Value>) -> Value {
    let mut definition = Map::new();
    definition.insert("title".to_owned(), json!(key.zh));
    definition.insert("description".to_owned(), json!(description(key)));
    if keys::SYSTEM.contains(&name) && key.form != Form::Map(keys::CHANGE) {
        definition.insert("doNotSuggest".to_owned(), json!(true));
    }
    match key.form {
        Form::Map(keys) => {
            definition.extend(entries(keys, &format!("{name}."), vocabularies, definitions));
            definition.extend(form::map());
        }
        Form::Maps(keys) => {
            let mut entry = entries(keys, &format!("{name}."), vocabularies, definitions);
            entry.insert("type".to_owned(), json!("object"));
            definitions.insert(format!("{name}."), Value::Object(entry));
            definition.extend(form::maps(&format!("#/$defs/{name}.")));
        }
        _ => definition.extend(form::value(key, vocabularies)),
    }
    // Beside the value an editor would fill the example in; from here it only offers it.
    if let Some(example) = form::example(key) {
        let examples = json!({ "examples": [example] });
        match definition.get_mut("allOf").and_then(Value::as_array_mut) {
            Some(rules) => rules.push(examples),
            None => drop(definition.insert("allOf".to_owned(), json!([examples]))),
        }
    }
    Value::Object(definition)
}

fn description(key: &Key) -> String {
    let about = format!("{}（{}）：{}", key.zh, key.name, key.about);
    if key.example.is_empty() { about } else { format!("{about}。写法：{}: {}", key.zh, key.example) }
}

/// Either spelling of a key.
fn is_there(key: &Key) -> Value {
    let [name, zh] = key.spellings();
    let message = format!("缺少“{zh}”（{name}）");
    json!({ "anyOf": [
        { "required": [zh], "errorMessage": message },
        { "required": [name], "errorMessage": message },
    ] })
}

/// One of the top-level keys.
fn top(name: &str) -> impl Iterator<Item = &'static Key> + '_ {
    keys::NOTICE.iter().filter(move |key| key.name == name)
}

/// Either spelling of a top-level key, with a value of this schema.
fn has(name: &str, value: &Value) -> Value {
    let either: Vec<Value> = top(name)
        .flat_map(Key::spellings)
        .map(|spelling| json!({ "properties": { spelling: unoffered(value) }, "required": [spelling] }))
        .collect();
    json!({ "anyOf": either })
}

/// What the value of a top-level key must fulfil in either spelling, if it is there.
fn each(name: &str, value: &Value) -> Value {
    let spellings = top(name).flat_map(Key::spellings);
    let properties: Map<String, Value> = spellings.map(|spelling| (spelling.to_owned(), unoffered(value))).collect();
    json!({ "properties": properties })
}

/// A rule about a value: the key itself is offered where it is defined.
fn unoffered(value: &Value) -> Value {
    let mut rule = value.clone();
    rule["doNotSuggest"] = json!(true);
    rule
}

/// A top-level key that must be there here, with a value of this schema.
fn must_have(name: &str, value: &Value) -> Vec<Value> {
    top(name).map(is_there).chain([each(name, value)]).collect()
}

/// A risk warning says how grave the risk is.
fn risk_level(vocabularies: &Vocabularies) -> Value {
    let kind = vocabularies.kind.find(RISK_WARNING);
    let warning: Vec<&str> = kind.iter().flat_map(|term| [term.name.as_str(), term.slug.as_str()]).collect();
    let message = "风险警示必须写明风险等级";
    let filled = json!({ "type": ["string", "number", "boolean"], "pattern": r"\S", "errorMessage": message });
    json!({
        "if": has("kind", &json!({ "type": "string", "pattern": one_of(&warning) })),
        "then": { "allOf": must_have("risk_level", &filled) },
    })
}

/// Version, status and change belong together: 1 is 现行, later ones are 更正 or 撤销 and say what changed.
fn revision() -> Value {
    let later = json!({ "type": ["integer", "string"], "minimum": 2, "pattern": Patterns::LATER });
    let [current, corrected, withdrawn] = Status::ALL.map(Status::name);
    let first = json!({
        "pattern": Patterns::optional(current),
        "errorMessage": "第一版的状态只能是“现行”，可以不写；更正用 jingshi revise，撤销用 jingshi withdraw",
    });
    let changed = json!({
        "type": "string",
        "pattern": one_of(&[corrected, withdrawn]),
        "errorMessage": "第二版起，状态应当是“更正”或“撤销”",
    });
    let change = json!({ "type": "object", "errorMessage": "第二版起必须说明改了什么、为什么改" });
    let then = [must_have("status", &changed), must_have("change", &change)].concat();
    json!({
        "if": has("version", &later),
        "then": { "allOf": then },
        "else": each("status", &first),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front_matter::decode;
    use crate::yaml::{self, Source};

    fn maps(keys: &[Key]) -> Vec<&[Key]> {
        let inner = keys.iter().filter_map(|key| match key.form {
            Form::Map(keys) | Form::Maps(keys) => Some(keys),
            _ => None,
        });
        [keys].into_iter().chain(inner.flat_map(maps)).collect()
    }

    /// The examples of a map's keys, in the spelling that `index` names, each line after `indent`.
    fn example(keys: &[Key], index: usize, indent: &str) -> String {
        let lines = keys.iter().filter(|key| !key.example.is_empty()).map(|key| {
            let value = match key.form {
                Form::Map(keys) | Form::Maps(keys) => format!("\n{}", example(keys, index, &format!("{indent}  "))),
                _ => format!(" {}\n", key.example),
            };
            format!("{indent}{}:{value}", key.spellings()[index])
        });
        lines.collect()
    }

    fn faults(text: &str) -> Vec<String> {
        let node = yaml::read(Source { file: "t", text, lines_before: 0 }, &|_| true).value.unwrap();
        decode("t", node, &Vocabularies::default()).diagnostics.iter().map(|found| found.message.clone()).collect()
    }

    #[test]
    fn every_example_of_the_table_decodes() {
        let shown = keys::NOTICE.iter().filter(|key| !key.example.is_empty());
        let shown = shown.map(|key| format!("{}: {}\n", key.zh, key.example)).collect();
        for text in [example(keys::NOTICE, 0, ""), example(keys::NOTICE, 1, ""), shown] {
            assert_eq!(faults(&text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_the_table_calls_needed_is_missed() {
        assert_eq!(faults("").len(), keys::NOTICE.iter().filter(|key| key.needed).count());
    }

    #[test]
    fn every_form_names_what_there_is() {
        for key in maps(keys::NOTICE).into_iter().flatten() {
            if let Form::Term(name) | Form::Terms(name) = key.form {
                assert!(Vocabularies::default().named(name).is_some(), "{name}");
            }
        }
        for name in keys::SYSTEM {
            assert!(keys::NOTICE.iter().any(|key| key.name == *name), "{name}");
        }
    }
}
