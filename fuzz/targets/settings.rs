//! `site.yaml`, and pages about the site.

use super::are_sound;
use jingshi::inputs::PageFile;
use jingshi::route::RelPath;
use jingshi::{config, read};

const SITE: &str = "title: 示例网站\ndescription: 示例\nbase_url: https://www.example.gov.cn/fxjs/\ntag: \"www.example.gov.cn,2024\"\nbureau: {name: 示例局}\n";

/// The bytes are a `site.yaml`, the end of one, and a page.
pub fn run(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        site(text);
        site(&format!("{SITE}{text}"));
    }
    let page = PageFile { path: RelPath::parse("content/pages/about.md").unwrap(), bytes: data.to_vec() };
    let outcome = read::prose(&page);
    assert!(outcome.value.is_some() || outcome.has_errors());
    are_sound(&outcome.diagnostics, &String::from_utf8_lossy(data));
}

fn site(text: &str) {
    let outcome = config::read(text);
    assert!(outcome.value.is_some() || outcome.has_errors());
    are_sound(&outcome.diagnostics, text);
    assert_eq!(format!("{outcome:?}"), format!("{:?}", config::read(text)));
}
