//! JSON Schemas (2020-12) of what the data files hold, made of the types that are written, and the fields they name for
//! people.
//!
//! What is empty is left out of a record, so nothing that is there is empty.

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

/// A field, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// `编号`; inside others `about[].name`.
    pub name: String,
    /// In Chinese.
    pub meaning: String,
}

/// Whether a text may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    /// In the cells of a table.
    MayBeEmpty,
    /// In a record, which leaves out what is empty.
    NeverEmpty,
}

/// The schema of a type, under its absolute address.
pub(super) fn schema<T: JsonSchema>(id: &str, texts: Texts) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(Strict(texts));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    let mut named = Map::new();
    for name in ["$schema", "title", "description"] {
        named.extend(schema.remove(name).map(|value| (name.to_owned(), value)));
    }
    named.insert("$id".to_owned(), Value::from(id));
    if let Value::Object(rest) = schema.to_value() {
        named.extend(rest);
    }
    Value::Object(named)
}

/// The fields of a schema, those of inner ones after the one that holds them.
pub(super) fn columns(schema: &Value) -> Vec<Column> {
    let mut found = Vec::new();
    gather(schema, schema, "", &mut found);
    found
}

fn gather(root: &Value, schema: &Value, before: &str, found: &mut Vec<Column>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let name = format!("{before}{name}");
        let meaning = field["description"].as_str().unwrap_or_default().to_owned();
        found.push(Column { name: name.clone(), meaning });
        let (inner, below) = if field["items"].is_object() { (&field["items"], "[].") } else { (field, ".") };
        gather(root, resolved(root, inner), &format!("{name}{below}"), found);
    }
}

/// What a reference leads to, or the schema itself.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema["$ref"].as_str().and_then(|reference| root.pointer(reference.trim_start_matches('#')));
    target.unwrap_or(schema)
}

/// No field that is not named; none that is null or empty, but a cell.
#[derive(Debug, Clone)]
struct Strict(Texts);

impl Transform for Strict {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(map) = schema.as_object_mut() else { return };
        // `uint32` is a word of this library's own.
        if map.get("format").and_then(Value::as_str).is_some_and(|format| format.starts_with("uint")) {
            map.remove("format");
        }
        let required = map.get("required").cloned().unwrap_or_default();
        let Some(Value::Object(properties)) = map.get_mut("properties") else { return };
        if self.0 == Texts::NeverEmpty {
            for (name, field) in properties.iter_mut() {
                let is_required = required.as_array().into_iter().flatten().any(|other| other == name);
                not_empty(field, if is_required { Need::Required } else { Need::Optional });
            }
        }
        map.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
}

/// A field whose text is never empty; nor is its list, if it can be left out.
fn not_empty(field: &mut Value, need: Need) {
    let Value::Object(map) = field else { return };
    if let Some(Value::Array(choices)) = map.remove("anyOf") {
        let full = choices.into_iter().filter(|choice| choice["type"] != "null");
        map.extend(full.filter_map(|choice| choice.as_object().cloned()).flatten());
    }
    match map.get("type").and_then(Value::as_str) {
        Some("string") if !map.contains_key("enum") => drop(map.insert("minLength".to_owned(), Value::from(1))),
        Some("array") if need == Need::Optional => {
            map.insert("minItems".to_owned(), Value::from(1));
            if map["items"]["type"] == "string" {
                map["items"]["minLength"] = Value::from(1);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::NoticeRecord;
    use super::*;

    #[test]
    fn every_field_is_explained_in_chinese_and_named_once() {
        let columns = columns(&schema::<NoticeRecord<'_>>("https://example.gov.cn/s", Texts::NeverEmpty));
        let has = |name: &str| columns.iter().any(|column| column.name == name);
        assert!(has("about[].brand.name") && has("riskLevel.rank") && has("versions[].datePublished"), "{columns:?}");
        for column in &columns {
            assert!(column.meaning.chars().any(crate::text::is_cjk), "{column:?}");
        }
        let names: std::collections::BTreeSet<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names.len(), columns.len());
    }

    #[test]
    fn nothing_is_null_and_nothing_is_a_word_of_a_library() {
        let text = schema::<NoticeRecord<'_>>("https://example.gov.cn/s", Texts::NeverEmpty).to_string();
        assert!(!text.contains("null") && !text.contains("uint") && !text.contains("anyOf"), "{text}");
        assert!(text.starts_with(r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"一条信息""#));
    }
}
