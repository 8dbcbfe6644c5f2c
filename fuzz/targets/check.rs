//! The check: every rule on any text.

use super::{are_sound, bundle, file};
use jingshi::compose;
use jingshi::config::{self, Config};
use jingshi::inputs::FileContent;
use jingshi::lint::Scope;
use jingshi::metadata::{Entry, Kind};
use jingshi::moment::Moment;
use jingshi::standards::Register;
use std::sync::OnceLock;

const SITE: &str = "title: 示例网站\ndescription: 示例\nbase_url: https://www.example.gov.cn/fxjs/\ntag: \"www.example.gov.cn,2024\"\nbureau: {name: 示例局}\ncheck: {allow: [13800138000], words: [{word: 光明}]}\n";

/// The bytes are a body, a table, a title and what a file says about itself.
pub fn run(data: &[u8]) {
    static SETTINGS: OnceLock<(Config, Register)> = OnceLock::new();
    let settings = || (config::read(SITE).value.unwrap(), Register::bundled());
    let (config, standards) = SETTINGS.get_or_init(settings);
    let scope = Scope { config, standards, now: Moment::parse("2026-06-01T09:00:00+08:00").unwrap() };
    let text = String::from_utf8_lossy(data);
    let line: String =
        text.chars().filter(|sign| !sign.is_control() && *sign != '"' && *sign != '\\').take(500).collect();
    let index = format!(
        "---\nid: 2024-001\nkind: 消费提示\ntitle: \"{line}甲\"\nsummary: \"{line}乙\"\nfindings: {{file: a.csv, caption: c}}\n---\n{text}\n"
    );
    let csv = format!("甲,身份证\n\"{line}\",\"{line}\"\n");
    let mut picture = file("a.png", FileContent::Image(1, 1));
    picture.metadata.entries.push(Entry { kind: Kind::Text, name: "备注".to_owned(), value: line.clone() });
    let bundle = bundle(index.clone().into_bytes(), vec![file("a.csv", FileContent::Csv(csv.into_bytes())), picture]);
    let (_, verdict) = compose::studied(&bundle, &scope);
    let of_text: Vec<_> = verdict
        .diagnostics
        .iter()
        .filter(|found| found.place.as_ref().is_some_and(|place| place.file.ends_with(".md")))
        .cloned()
        .collect();
    are_sound(&of_text, &index);
}
