//! Words and small forms: dates, numbers, ids, paths, addresses, and the forms in which texts are compared.

use jingshi::moment::{Day, Moment};
use jingshi::notice::{NoticeId, batch};
use jingshi::route::{BaseUrl, OutPath, RelPath, decode_path, encode_path};
use jingshi::standards::{Number, mentions};
use jingshi::text::{excerpt, is_deceptive, printable, suggest};
use jingshi::{json, lookup, search};

/// The bytes are a word.
pub fn run(data: &[u8]) {
    let _ = jingshi::text::decode(data);
    let Ok(text) = std::str::from_utf8(data) else { return };
    compared(text);
    named(text);
    if let Some(day) = Day::parse(text) {
        assert_eq!(day.to_string(), text);
    }
    if let Some(day) = Day::guess(text) {
        assert_eq!(Day::parse(&day.to_string()), Some(day));
    }
    if let Some(moment) = Moment::parse(text) {
        assert_eq!(Moment::parse_canonical(&moment.to_string()), Some(moment));
    }
    if let Some(moment) = Moment::parse_canonical(text) {
        assert_eq!(moment.to_string(), text);
    }
    if let Ok(batches) = batch::expand(text) {
        assert!(batches.len() <= 1_000, "{}", batches.len());
    }
    if let Some(number) = Number::parse(text) {
        assert_eq!(Number::parse(&number.to_string()).as_ref(), Some(&number), "{number}");
    }
    for mention in mentions(text) {
        assert!(text.get(mention.range.clone()).is_some_and(|part| !part.is_empty()));
    }
    assert!(!printable(text).contains(|sign| is_deceptive(sign) || sign == '\r'));
    assert!(excerpt(text, 40).chars().count() <= 40);
    let _ = suggest(text, ["标题", "title", "summary"]);
    let quoted = json::script_safe(text).unwrap();
    assert!(!quoted.contains(['<', '\u{2028}', '\u{2029}', '\n']), "{quoted}");
}

fn compared(text: &str) {
    let form = search::normal_form(text);
    assert_eq!(search::normal_form(&form), form, "searched");
    let form = lookup::normal_form(text);
    // But where signs are left out between a label and what it is of, a form has a form of its own.
    let again = lookup::normal_form(&form);
    assert!(form.ends_with(&again) || again.bytes().all(|byte| byte.is_ascii_digit()), "looked up: {form} and {again}");
    assert!(form.chars().all(char::is_alphanumeric), "{form}");
}

fn named(text: &str) {
    if let Some(id) = NoticeId::parse(text) {
        assert_eq!(id.as_str(), text);
        assert!(RelPath::parse(text).is_ok(), "an id is the name of a folder");
    }
    if RelPath::parse(text).is_ok() {
        assert!(!text.starts_with('/') && !text.contains(['\\', ':', '\0', '\n']));
        assert_eq!(decode_path(&encode_path(text)).as_deref(), Some(text));
        let inside =
            std::path::Path::new(text).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        assert!(inside, "{text:?} leaves its root");
        let path = OutPath::parse(text).unwrap();
        let base = BaseUrl::parse("https://a.cn/b/").unwrap();
        assert!(base.join(&path).starts_with(base.as_str()));
    }
    if let Some(base) = BaseUrl::parse(text) {
        assert!(base.as_str().ends_with('/') && base.as_str().is_ascii());
        assert_eq!(BaseUrl::parse(base.as_str()), Some(base));
    }
}
