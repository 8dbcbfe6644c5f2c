//! Hostile content that no feed could carry, or no reader should get: refused while it is a draft, with its place.

use super::published::Published;
use super::sites::BUREAU;
use crate::samples::{MARKER, notice};
use crate::site::Site;

/// Text of a body, and the code of the message that refuses it.
const BODIES: [(&str, &str); 30] = [
    ("<script>alert(1)</script>", "markdown-html"),
    ("一<script src=//x>", "markdown-html"),
    ("<img src=x onerror=alert(1)>", "markdown-html"),
    ("<iframe src='https://x.example/'></iframe>", "markdown-html"),
    ("<!-- 注释 -->", "markdown-html"),
    ("[一](javascript:alert(1))", "markdown-url"),
    ("[一](JaVaScRiPt:alert(1))", "markdown-url"),
    ("[一](java&#10;script:alert(1))", "markdown-url"),
    ("[一](&#106;avascript:alert(1))", "markdown-url"),
    ("[一](vbscript:x)", "markdown-url"),
    ("[一](data:text/html;base64,PHNjcmlwdD4=)", "markdown-url"),
    ("<javascript:alert(1)>", "markdown-url"),
    ("[一](//x.example/y)", "markdown-url"),
    ("[一](\\\\x.example\\y)", "markdown-url"),
    ("[一](/n/2024-001/)", "file-outside"),
    ("[一](../../x)", "file-outside"),
    ("[一](a/../../x)", "file-outside"),
    ("[一](%2e%2e/x)", "file-outside"),
    ("[一](http：//x.example/)", "markdown-url"),
    ("[一](https://x@y.example/)", "markdown-url"),
    ("[一](?q)", "file-missing"),
    ("[一](没有.pdf)", "file-missing"),
    ("[一](#没有)", "markdown-anchor"),
    ("![图](https://x.example/a.png)", "markdown-url"),
    ("![图](没有.png)", "file-missing"),
    ("一\u{b}二", "markdown-char"),
    ("一\u{0}二", "markdown-char"),
    ("一\u{202e}二", "markdown-char"),
    ("一\u{85}二", "markdown-char"),
    ("一\u{ffff}二", "markdown-char"),
];

/// The codes of the errors that a draft has.
fn errors(site: &Site, text: &str) -> Vec<String> {
    site.draft("2024-001", text);
    let run = site.run(&["check", "--format", "json", "2024-001"]);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let errors = found["diagnostics"].as_array().unwrap().iter().filter(|one| one["severity"] == "error");
    let errors: Vec<&serde_json::Value> = errors.collect();
    assert!(errors.iter().all(|one| one["line"].as_u64() > Some(0) && !one["message"].as_str().unwrap().is_empty()));
    errors.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_no_feed_should_carry_is_refused_in_the_text() {
    let site = Site::new();
    for (body, code) in BODIES {
        assert_eq!(errors(&site, &notice("2024-001", "磁力珠").replace(MARKER, body)), [code], "{body:?}");
        site.sign("初审", "2024-001").exits(1);
    }
}

#[test]
fn deceptive_characters_are_refused_wherever_a_feed_would_show_them() {
    let site = Site::new();
    let whole = notice("2024-001", "磁力珠")
        .replace("---\n\n", "category: 其他玩具\norigin: {source: 来源, date: 2024-05-01}\n---\n\n");
    for place in ["title: 磁力珠", "summary: 磁力珠，摘要。", "- 收好", "source: 来源"] {
        for character in ['\u{b}', '\u{0}', '\u{85}', '\u{202e}', '\u{2067}', '\u{200f}', '\u{feff}', '\u{ffff}'] {
            assert!(whole.contains(place));
            let text = whole.replace(place, &format!("{place}{character}丙"));
            assert_ne!(errors(&site, &text), [""; 0], "{place} {character:?}");
        }
    }
    assert_eq!(errors(&site, &whole), [""; 0]);
}

#[test]
fn a_reason_with_a_control_character_is_refused() {
    let site = Site::new();
    site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001");
    let run = site.run(&["withdraw", "2024-001", "--reason", "拿错\u{b}了\u{202e}"]);
    let signed = run.code == 0 && crate::samples::STAGES.iter().all(|stage| site.sign(stage, "2024-001").code == 0);
    assert!(!signed);
}

#[test]
fn texts_as_long_as_they_can_be_are_whole_on_their_pages_and_leave_the_feed_small() {
    let site = Site::new();
    let line = "很长的一段话，写了又写，]]> & 还没有完。\n\n";
    let body = line.repeat(250_000 / line.len());
    for number in 1..=5 {
        let id = format!("2024-00{number}");
        site.draft(&id, &notice(&id, "长长的").replace(&format!("{MARKER}。"), &body));
    }
    super::sites::publish_all(&site, "2024-06-01T09:00:00+08:00");
    site.clock("2024-06-01T10:00:00+08:00");
    super::sites::revise(&site, "2024-001", "改了", |text| text);
    super::sites::publish_all(&site, "2024-06-01T11:00:00+08:00");
    let published = Published::of(&site, BUREAU, "2024-06-02T09:00:00+08:00");
    super::keeps_all(&published);
    let page = published.text("n/2024-001/index.html");
    assert_eq!(page.matches("还没有完").count(), 250_000 / line.len());
    let too_long = notice("2024-006", "太长的").replace(MARKER, &"长".repeat((256 << 10) / 3 + 1));
    site.draft("2024-006", &too_long).sign("初审", "2024-006").exits(1).says("markdown-limit");
}
