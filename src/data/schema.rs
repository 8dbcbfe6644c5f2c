//! JSON Schemas (2020-12) of what the data files hold, made of the types that are written, and the fields they name for
//! people.
//!
//! What is empty is left out of a record; so what need not be there is, where it is there, not empty.

use schemars::generate::SchemaSettings;
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

/// The schema of a type, under its absolute address.
pub(super) fn schema<T: JsonSchema>(id: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(Strict);
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    let mut named = Map::new();
    named.extend(schema.remove("$schema").map(|dialect| ("$schema".to_owned(), dialect)));
    named.insert("$id".to_owned(), Value::from(id));
    let Value::Object(rest) = schema.to_value() else { return Value::Object(named) };
    named.extend(rest);
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

/// No field that is not named, and none that is empty but might have been left out.
#[derive(Debug, Clone)]
struct Strict;

impl schemars::transform::Transform for Strict {
    fn transform(&mut self, schema: &mut Schema) {
        schemars::transform::transform_subschemas(self, schema);
        let Some(map) = schema.as_object_mut() else { return };
        let required: Vec<String> =
            map.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(owned).collect();
        let Some(Value::Object(properties)) = map.get_mut("properties") else { return };
        for (_, field) in properties.iter_mut().filter(|(name, _)| !required.contains(name)) {
            not_empty(field);
        }
        map.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
}

fn owned(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn not_empty(field: &mut Value) {
    let minimum = match field["type"].as_str() {
        Some("string") => "minLength",
        Some("array") => "minItems",
        _ => return,
    };
    field[minimum] = Value::from(1);
}
