//! Every product is found under whatever is on it, however it is spelled.

use super::*;
use crate::theme::Prepared;
use crate::view::{MarkView, TermView, TimeView};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn entry(id: &str, day: usize, tone: Option<&'static str>) -> EntryView {
    let kind = TermView { name: "风险警示".to_owned(), slug: "risk-warnings".to_owned(), href: String::new() };
    EntryView {
        href: format!("n/{id}/index.html"),
        title: format!("题目{id}</script>\u{2028}"),
        summary: String::new(),
        kind: Prepared::new(kind),
        level: None,
        published: TimeView {
            iso: format!("2024-04-{day:02}T09:00:00+08:00"),
            minute: String::new(),
            chinese: String::new(),
        },
        marks: tone.map(|tone| MarkView { tone, label: "", sentence: String::new(), link: None }).into_iter().collect(),
    }
}

fn product(brand: &str, model: &str, batch: &str) -> Product {
    let [name, brand, model, batch] = ["移动电源", brand, model, batch].map(str::to_owned);
    Product { name, brand, model, batch, barcode: "2010000010075".to_owned(), ..Product::default() }
}

/// Files of notices: id, day, mark, products.
fn files(notices: &[(&str, usize, Option<&'static str>, Vec<Product>)]) -> BTreeMap<String, String> {
    let index = index(notices);
    index.files().into_iter().map(|file| (index.path(file), index.text(file).unwrap())).collect()
}

fn index<'a>(notices: &'a [(&'a str, usize, Option<&'static str>, Vec<Product>)]) -> Index<'a> {
    let subjects = notices.iter().enumerate().map(|(place, notice @ (id, day, tone, products))| Subject {
        id,
        facts: Key::of([format!("{notice:?}")]),
        place,
        published: Moment::parse(&entry(id, *day, *tone).published.iso).unwrap(),
        is_live: !tone.is_some_and(|tone| matches!(tone, "withdrawn" | "expired")),
        actions: &[],
        products,
    });
    let shown = |place: usize| {
        let (id, day, tone, _) = &notices[place];
        entry(id, *day, *tone)
    };
    Index::of(subjects.collect(), Box::new(shown))
}

#[test]
fn the_stamp_changes_whenever_a_file_does() {
    let of = |day, tone, brand: &str| {
        let notices = [("T1", day, tone, vec![product(brand, "X-1", "C14-P6")])];
        (index(&notices).stamp(), files(&notices))
    };
    let first = of(1, None, "品牌甲");
    assert_eq!(of(1, None, "品牌甲"), first);
    for other in [of(2, None, "品牌甲"), of(1, Some("expired"), "品牌甲"), of(1, None, "品牌乙")] {
        assert!(other.0 != first.0 && other.1 != first.1);
    }
}

#[test]
fn a_file_of_keys_says_of_how_many_it_is_one() {
    let rows: Vec<Product> = (0..400).map(|row| product("品牌甲", &format!("M-{row}"), "")).collect();
    let all = files(&[("T1", 1, None, rows)]);
    let count = all.keys().filter(|path| path.starts_with("lookup/k/")).count();
    assert!(count > 2);
    assert!(all["lookup/k/1.js"].starts_with(&format!("jingshiLookup.take(\"k/1/{count}\",")));
}

/// What a reader gets under a key.
fn asked(files: &BTreeMap<String, String>, key: &str) -> Option<String> {
    let count = files.keys().filter(|path| path.starts_with("lookup/k/")).count();
    let number = shard::of(key, u32::try_from(count).unwrap());
    let text = &files[&format!("lookup/k/{number:x}.js")];
    let json = text
        .strip_prefix(&format!("jingshiLookup.take(\"k/{number:x}/{count}\","))
        .unwrap()
        .strip_suffix(");\n")
        .unwrap();
    let values: serde_json::Value = serde_json::from_str(json).unwrap();
    values.get(key).map(|value| value.as_str().unwrap_or_default().to_owned())
}

#[test]
fn what_holds_comes_first_then_what_is_newer() {
    let all = files(&[
        ("T1", 1, None, vec![product("品牌甲", "X-1", "C14-P6/P7")]),
        ("T2", 9, Some("withdrawn"), vec![product("品牌甲", "X-1", "C14-P6")]),
        ("T3", 8, Some("corrected"), vec![product("品牌乙", "X-1", ""), product("品牌甲", "X-2", "")]),
        ("T4", 9, Some("expired"), vec![product("品牌甲", "X-1", "")]),
        ("T5", 9, None, vec![]),
    ]);
    assert_eq!(asked(&all, "X1").as_deref(), Some("T3/m0 T1/m0 !T4/m0 !T2/m0"));
    assert_eq!(asked(&all, "品牌甲").as_deref(), Some("T3/b1 T1/b0 !T4/b0 !T2/b0"));
    assert_eq!(asked(&all, "C14P7").as_deref(), Some("T1/l0"));
    assert_eq!(asked(&all, "#201000001007").as_deref(), Some("T3/g0-1 T1/g0 !T4/g0 !T2/g0"));
    assert_eq!(asked(&all, "品牌丙"), None);
    assert!(!all.contains_key("lookup/n/T5.js"));
}

#[test]
fn a_notice_of_many_products_is_cut_into_files() {
    let rows: Vec<Product> = (0..45).map(|row| product("品牌甲", &format!("M-{row}"), "")).collect();
    let all = files(&[("T1", 1, None, rows)]);
    let parts: Vec<_> = all.keys().filter(|path| path.starts_with("lookup/n/")).map(String::as_str).collect();
    assert_eq!(parts, ["lookup/n/T1.1.js", "lookup/n/T1.2.js", "lookup/n/T1.js"]);
    assert_eq!(asked(&all, "M44").as_deref(), Some("T1/m44"));
    assert!(all["lookup/n/T1.2.js"].contains("M-44") && !all["lookup/n/T1.2.js"].contains("M-39"));
    assert!(all.values().all(|text| !text.contains('\u{2028}') && text.ends_with(");\n")));
}

#[test]
fn another_notice_leaves_files_without_its_keys_as_they_were() {
    let notices = |count: usize| -> Vec<_> {
        let ids = (0..count).map(|number| &*format!("T{number}").leak());
        ids.enumerate()
            .map(|(number, id)| {
                (id, 1 + number % 28, None, vec![product(&format!("牌{number}"), &format!("QX-{number}"), "")])
            })
            .collect()
    };
    let (before, after) = (files(&notices(400)), files(&notices(401)));
    assert_eq!(
        before.keys().filter(|path| path.contains("/k/")).count(),
        after.keys().filter(|path| path.contains("/k/")).count()
    );
    let changed: Vec<_> = before.iter().filter(|(path, text)| after[*path] != **text).collect();
    assert!(before.len() > 410 && changed.len() <= 10, "{} of {} changed", changed.len(), before.len());
}

/// A text as somebody else would type it.
fn scrambled(text: &str, seed: u64) -> String {
    let mut state = seed;
    let mut typed = String::new();
    for sign in text.chars() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wide =
            |sign: char| char::from_u32(u32::from(sign) + 0xFEE0).filter(|_| sign.is_ascii_graphic()).unwrap_or(sign);
        match (state >> 33) % 6 {
            0 => typed.push(wide(sign)),
            1 => typed.push(sign.to_ascii_lowercase()),
            2 => typed.extend([sign, ' ']),
            3 if matches!(sign, '-' | '.' | ' ') => {}
            4 => typed.extend([sign, '-']),
            _ => typed.push(sign),
        }
    }
    typed
}

proptest! {
    #[test]
    fn everything_on_a_product_finds_its_notice(
        brand in "[甲乙丙丁]{2,4}|[A-Z][a-z]{2,6}",
        model in "[A-Z]{1,3}-[0-9]{1,4}( Pro)?",
        batch in "[A-Z]{1,2}[0-9]{2,4}-[A-Z][0-9]",
        digits in "[0-9]{12}",
        seed in any::<u64>(),
    ) {
        let mut row = product(&brand, &model, &batch);
        row.barcode = format!("{digits}0");
        let all = files(&[("T1", 1, None, vec![product("某牌", "ZZZZ-9", "ZZZ99-Z9")]), ("T2", 2, None, vec![row])]);
        for text in [&brand, &model, &batch, &format!("{brand}{model}"), &format!("{brand}移动电源")] {
            let typed = scrambled(text, seed);
            let rows = asked(&all, &form::normal(&typed)).unwrap_or_default();
            prop_assert!(rows.contains("T2/"), "{typed} for {text}: {rows}");
        }
        let key = gtin::key(&scrambled(&format!("{digits}0"), seed)).unwrap();
        prop_assert!(asked(&all, &key).unwrap_or_default().contains("T2/g0"));
    }

    #[test]
    fn what_is_on_no_product_finds_nothing(other in "[E-Y]{5}[0-9]{5}|[戊己庚辛]{5}") {
        let all = files(&[("T1", 1, None, vec![product("甲牌", "AB-12", "C14-P6/P7")])]);
        prop_assert_eq!(asked(&all, &form::normal(&other)), None);
    }
}

#[test]
fn the_estimate_of_room_is_near_what_files_hold() {
    let product = |number: usize| Product {
        name: "移动电源".to_owned(),
        brand: format!("品牌{}", number % 97),
        model: format!("QX-{number}"),
        batch: format!("C{}-P{}至P{}", number % 40, number % 7, number % 7 + 4),
        maker: format!("某某科技有限公司{}", number % 131),
        ..Product::default()
    };
    let notices: Vec<_> =
        (0..500).map(|id| (&*format!("T{id}").leak(), 1, None, (id * 3..id * 3 + 3).map(product).collect())).collect();
    let all = files(&notices);
    let keys = all.iter().filter(|(path, _)| path.starts_with("lookup/k/"));
    let sizes: Vec<usize> = keys.map(|(_, text)| text.len()).collect();
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    // Their number is a power of two: the mean lies between half of what is aimed at and all of it, or a little off.
    assert!((1_300..6_000).contains(&mean), "{mean} bytes in {} files", sizes.len());
}
