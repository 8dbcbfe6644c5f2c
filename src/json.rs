//! Values as JSON: for files of their own, and for scripts, in which no text may end an element or a line.
//!
//! In: a value. Out: its JSON. It reads nothing.

use crate::diag::{Code, Diagnostic};
use serde::Serialize;
use serde_json::ser::{Formatter as _, PrettyFormatter, Serializer};
use std::io;

/// A value as JSON for a script.
///
/// # Errors
/// The value has no form in JSON, such as a map whose keys are not texts.
pub fn script_safe<T: Serialize + ?Sized>(value: &T) -> Result<String, Box<Diagnostic>> {
    Ok(escaped(serde_json::to_string(value).map_err(failed)?))
}

/// A value as a JSON file, indented, with a line break at its end.
///
/// # Errors
/// The value has no form in JSON, such as a map whose keys are not texts.
pub fn pretty<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(failed)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Adds a value as it stands so many levels deep in a JSON file that is indented; no line break before it or behind it.
///
/// # Errors
/// The value has no form in JSON, such as a map whose keys are not texts.
pub fn push_pretty<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, depth: usize, value: &T) -> Result<(), Box<Diagnostic>> {
    let mut formatter = PrettyFormatter::new();
    for _ in 0..depth {
        // How deep it is, it knows by the brackets it has opened; these stand in the file already.
        formatter.begin_array(&mut io::sink()).map_err(|error| failed(serde_json::Error::io(error)))?;
    }
    value.serialize(&mut Serializer::with_formatter(bytes, formatter)).map_err(failed)
}

fn failed(error: serde_json::Error) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::WriteFailed, format!("数据无法生成：{error}")))
}

/// JSON with an escape for each sign that means something to HTML, or ends a line in older engines. They stand in texts
/// only, so it stays the same value.
fn escaped(json: String) -> String {
    let mut safe = String::new();
    let mut rest = json.as_str();
    while let Some((before, escape, after)) = next_escape(rest) {
        safe.push_str(before);
        safe.push_str(escape);
        rest = after;
    }
    if safe.is_empty() {
        return json;
    }
    safe.push_str(rest);
    safe
}

/// What stands before the next sign that needs an escape, its escape, and what stands behind it.
fn next_escape(json: &str) -> Option<(&str, &'static str, &str)> {
    let mut from = 0;
    loop {
        // The first byte of those signs: in a long text that is much faster than to look at every character.
        let is_first = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xE2);
        let place = from + json.as_bytes().get(from..)?.iter().position(|byte| is_first(*byte))?;
        let sign = json[place..].chars().next()?;
        let escape = match sign {
            '<' => Some("\\u003c"),
            '>' => Some("\\u003e"),
            '&' => Some("\\u0026"),
            '\u{2028}' => Some("\\u2028"),
            '\u{2029}' => Some("\\u2029"),
            _ => None,
        };
        from = place + sign.len_utf8();
        if let Some(escape) = escape {
            return Some((&json[..place], escape, &json[from..]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_text_ends_an_element_or_a_line() {
        let text = script_safe(&["</script><!-- & \u{2028}\u{2029} \""]).unwrap();
        assert_eq!(text, r#"["\u003c/script\u003e\u003c!-- \u0026 \u2028\u2029 \""]"#);
        let read: Vec<String> = serde_json::from_str(&text).unwrap();
        assert_eq!(read, ["</script><!-- & \u{2028}\u{2029} \""]);
    }

    #[test]
    fn a_value_deep_in_a_file_is_what_would_have_been_written_there() {
        let value = BTreeMap::from([("a", vec![1, 2]), ("b", vec![])]);
        let mut bytes = b"[\n  [\n    ".to_vec();
        push_pretty(&mut bytes, 2, &value).unwrap();
        bytes.extend(b"\n  ]\n]\n");
        assert_eq!(String::from_utf8(bytes), String::from_utf8(pretty(&[[value]]).unwrap()));
    }

    #[test]
    fn what_is_no_json_is_an_error() {
        assert!(script_safe(&BTreeMap::from([(vec![1], 2)])).is_err());
    }
}
