//! Changes to the text of a feed.

/// Replaces the first of what must be there.
#[track_caller]
pub fn once(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "no “{from}” in {}…", text.chars().take(2000).collect::<String>());
    text.replacen(from, to, 1)
}

/// Changes the first element of a name, with its tags.
#[track_caller]
pub fn element(text: &str, name: &str, change: impl Fn(&str) -> String) -> String {
    let start = text.find(&format!("<{name}>")).or_else(|| text.find(&format!("<{name} ")));
    let start = start.unwrap_or_else(|| panic!("no {name}"));
    let close = format!("</{name}>");
    let end = start + text[start..].find(&close).unwrap_or_else(|| panic!("{name} has no end")) + close.len();
    format!("{}{}{}", &text[..start], change(&text[start..end]), &text[end..])
}

/// Changes the item or entry of a notice and version (`2024-001/v1`).
#[track_caller]
pub fn item(text: &str, which: &str, change: impl Fn(&str) -> String) -> String {
    let name = if text.contains("<item>") { "item" } else { "entry" };
    let guid = text.find(&format!(":{which}<")).unwrap_or_else(|| panic!("no item {which}"));
    let start = text[..guid].rfind(&format!("<{name}>")).unwrap();
    format!("{}{}", &text[..start], element(&text[start..], name, change))
}

/// Replaces something in the item of a notice and version.
#[track_caller]
pub fn in_item(text: &str, which: &str, from: &str, to: &str) -> String {
    item(text, which, |item| once(item, from, to))
}

/// Leaves out the first element of a name in the item of a notice and version.
#[track_caller]
pub fn without(text: &str, which: &str, name: &str) -> String {
    item(text, which, |item| element(item, name, |_| String::new()))
}
