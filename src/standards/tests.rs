//! The bundled table is sound, a site's table is read with its faults named, and numbers are found as they are typed.

use super::*;
use crate::diag::Diagnostic;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|| panic!("{text}"))
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// What is found in a text: `=` and the number, or `!` and the suggestion.
fn found(text: &str) -> Vec<String> {
    let show = |mention: Mention| match mention.what {
        What::WellFormed(number) => format!("={number}"),
        What::Malformed { suggestion } => format!("!{suggestion}"),
    };
    mentions(text).into_iter().map(show).collect()
}

#[test]
fn bundled_table_is_without_fault_sorted_and_of_use() {
    let (file, text) = BUNDLED;
    let outcome = read::read(file, text);
    assert_eq!(outcome.diagnostics, []);
    let numbers: Vec<&Number> = outcome.value.iter().map(|standard| &standard.number).collect();
    assert!(numbers.is_sorted(), "sort the table by serial, part and year");
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), numbers.len());
    assert!(numbers.len() >= 100, "{}", numbers.len());
    assert!(text.lines().next().unwrap().split(',').eq(COLUMNS.iter().map(|column| column.name)));
}

#[test]
fn bundled_numbers_and_dates_are_in_canonical_form() {
    for line in BUNDLED.1.lines().skip(1) {
        let typed = line.split(',').next().unwrap();
        assert_eq!(number(typed).to_string(), typed);
    }
}

#[test]
fn a_replaced_edition_ends_on_the_day_its_successor_begins() {
    let register = Register::bundled();
    for standard in register.standards() {
        assert_eq!(standard.replaced_on.is_some(), !standard.replaced_by.is_empty(), "{}", standard.number);
        let successors: Vec<_> = standard.replaced_by.iter().map(|number| register.find(number).unwrap()).collect();
        let begins = successors.iter().filter_map(|successor| successor.in_force).max();
        assert_eq!(standard.replaced_on, begins, "{}", standard.number);
    }
}

#[test]
fn every_edition_but_the_newest_is_replaced() {
    let register = Register::bundled();
    for standard in register.standards() {
        let is_older = register.editions(&standard.number).any(|other| other.number.year() > standard.number.year());
        assert!(!is_older || standard.replaced_on.is_some(), "{}", standard.number);
    }
}

#[test]
fn a_standard_is_not_yet_in_force_then_in_force_then_replaced() {
    let register = Register::bundled();
    let old = register.find(&number("GB 17761-2018")).unwrap();
    let new = number("GB 17761-2024");
    assert_eq!(old.state_on(day("2019-04-14")), State::NotYet(day("2019-04-15")));
    assert_eq!(old.state_on(day("2019-04-15")), State::InForce);
    assert_eq!(old.state_on(day("2025-08-31")), State::InForce);
    let by = std::slice::from_ref(&new);
    assert_eq!(old.state_on(day("2025-09-01")), State::Replaced { on: day("2025-09-01"), by });
    assert_eq!(register.find(&new).unwrap().state_on(day("2025-08-31")), State::NotYet(day("2025-09-01")));
    let undated = register.find(&number("GB 15979-2002")).unwrap();
    assert_eq!(undated.state_on(day("1990-01-01")), State::InForce, "without a date nothing is claimed");
}

#[test]
fn editions_are_found_whatever_binds_and_whenever() {
    let register = Register::bundled();
    let sought = number("GB 1002");
    let editions: Vec<String> = register.editions(&sought).map(|standard| standard.number.to_string()).collect();
    assert_eq!(editions, ["GB/T 1002-2021", "GB 1002-2024"]);
    assert_eq!(register.find(&sought), None);
    assert!(number("GB/T 1002-2021").is_edition_of(&sought));
    assert!(!number("HG/T 1002-2021").is_edition_of(&sought));
    assert!(!number("GB 1002.1-2021").is_edition_of(&sought));
}

#[test]
fn spellings_of_one_number_are_equal() {
    for typed in [
        "GB/T 28004.2-2021",
        "GB/T28004.2-2021",
        "GB／T 28004.2—2021",
        "GB/T 28004.2–2021",
        "GB/T 28004.2－2021",
        "GB / T 28004.2 - 2021",
        "ＧＢ／Ｔ　２８００４．２―２０２１",
    ] {
        assert_eq!(number(typed), number("GB/T 28004.2-2021"), "{typed}");
    }
    assert_eq!(number("GB 6675-86"), number("GB 6675-1986"));
    for (typed, prefix) in [
        ("DB14/T 1234-2020", "DB14/T"),
        ("T/ZZB 0609-2018", "T/ZZB"),
        ("T/CPQSC030-2025", "T/CPQSC"),
        ("Q/320400ABC 01-2024", "Q/320400ABC"),
        ("JJG 13-2016", "JJG"),
        ("YY 0469-2011", "YY"),
        ("HG/T 2006-2022", "HG/T"),
        ("GB/Z 19579-2012", "GB/Z"),
        ("GBZ/T 192.1-2007", "GBZ/T"),
    ] {
        assert_eq!(number(typed).prefix(), prefix);
    }
    for typed in
        ["", "GB", "811", "GB 811-", "gb 811-2022", "GB 811-2022 和", "GB 6675.1～4", "GB 123456-2020", "AB 1-2020"]
    {
        assert_eq!(Number::parse(typed), None, "{typed}");
    }
}

#[test]
fn well_formed_numbers_are_found_in_prose() {
    let cases: &[(&str, &[&str])] = &[
        ("应符合GB 811-2022《摩托车、电动自行车乘员头盔》。", &["=GB 811-2022"]),
        ("符合GB811—2022要求", &["=GB 811-2022"]),
        ("（GB/T28004.2-2021）", &["=GB/T 28004.2-2021"]),
        ("GB／T 14471—2013是推荐性标准", &["=GB/T 14471-2013"]),
        ("依据 GB 6675 系列标准", &["=GB 6675"]),
        ("依据GB 4806.1和GB 4806.7-2023", &["=GB 4806.1", "=GB 4806.7-2023"]),
        ("GB 6675.1～4", &["=GB 6675.1", "=GB 6675.2", "=GB 6675.3", "=GB 6675.4"]),
        ("GB 6675.1~6675.2-2014", &["=GB 6675.1-2014", "=GB 6675.2-2014"]),
        ("GB 6675.1—2014～GB 6675.4—2014", &["=GB 6675.1-2014", "=GB 6675.4-2014"]),
        ("GB 17761—2018《电动自行车安全技术规范》、GB 42295—2022", &["=GB 17761-2018", "=GB 42295-2022"]),
        ("GB 4806.1-2016等", &["=GB 4806.1-2016"]),
        ("表1 GB 811-2022", &["=GB 811-2022"]),
        ("GB 811——摩托车头盔", &["=GB 811"]),
        ("GB 811—头盔", &["=GB 811"]),
        ("GB 811：2022年发布", &["=GB 811"]),
        ("GB 6675-86", &["=GB 6675-1986"]),
        ("QB/T 1714、T/ZZB 0609-2018", &["=QB/T 1714", "=T/ZZB 0609-2018"]),
        ("DB14/T 1234—2020；CJ 50-2008", &["=DB14/T 1234-2020", "=CJ 50-2008"]),
        ("含GB 4806.1-2016/XG1", &["=GB 4806.1-2016"]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), *expected, "{text}");
    }
}

#[test]
fn malformed_numbers_are_found_with_the_right_spelling() {
    let cases: &[(&str, &str)] = &[
        ("GBT 14471-2013", "GB/T 14471-2013"),
        ("GBT14471", "GB/T 14471"),
        ("GB T 14471-2013", "GB/T 14471-2013"),
        ("GB-T 14471-2013", "GB/T 14471-2013"),
        ("GB\\T 14471-2013", "GB/T 14471-2013"),
        ("GB/t 14471-2013", "GB/T 14471-2013"),
        ("gb/t 14471-2013", "GB/T 14471-2013"),
        ("GB-811-2022", "GB 811-2022"),
        ("GB_811-2022", "GB 811-2022"),
        ("gb 811", "GB 811"),
        ("Gb 811-2022", "GB 811-2022"),
        ("GB 811-22", "GB 811-2022"),
        ("GB/T 14471_2013", "GB/T 14471-2013"),
        ("GB/T 14471:2013", "GB/T 14471-2013"),
        ("GB 811——2022", "GB 811-2022"),
        ("GB 811一2022", "GB 811-2022"),
        ("GB 811.2022", "GB 811-2022"),
        ("GB 811-，", "GB 811"),
        ("GB 811-《头盔》", "GB 811"),
        ("GB 6675.1-4", "GB 6675.1～4"),
        ("GB 6675.1～4_2014", "GB 6675.1～4-2014"),
        ("qb/t 1714-2018", "QB/T 1714-2018"),
        ("ｇｂ ８１１－２０２２", "GB 811-2022"),
    ];
    for (text, suggestion) in cases {
        let sentence = format!("按照{text}，");
        assert_eq!(found(&sentence), [format!("!{suggestion}")], "{sentence}");
        let suggested = found(suggestion);
        assert!(suggested.iter().all(|mention| mention.starts_with('=')) && !suggested.is_empty(), "{suggestion}");
    }
}

#[test]
fn products_memory_and_batches_are_no_standards() {
    for text in [
        "型号GB-100X",
        "型号GB-100",
        "型号GB-2000",
        "型号GB100A-2",
        "型号GB-100-20",
        "GBT-100",
        "GBT100充电枪",
        "16GB",
        "128 GB",
        "8 GB 128 GB",
        "内存16GB 512",
        "内存 16 gb 512",
        "批号GB20230701",
        "批号GB 20230701-01",
        "GB1234-2022-01",
        "批次 GB1234-20221",
        "BGB 811-2022",
        "MGB/T 811",
        "USB 3.0、HDMI 2.1-2020",
        "T恤 100-2020",
        "Q版 12",
        "GB 18",
        "AC/DC 220",
        "CB400",
        "www.gb-811.cn",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_mention_covers_what_was_typed() {
    let text = "应符合GB／T 28004.2—2021《纸尿裤》和GB 6675.1～4。";
    let ranges: Vec<&str> = mentions(text).into_iter().map(|mention| &text[mention.range]).collect();
    assert_eq!(ranges, ["GB／T 28004.2—2021", "GB 6675.1～4", "GB 6675.1～4", "GB 6675.1～4", "GB 6675.1～4"]);
}

#[test]
fn a_number_says_whether_it_binds() {
    assert_eq!(Nature::of(&number("GB 811")), Some(Nature::Mandatory));
    assert_eq!(Nature::of(&number("GB/T 14471")), Some(Nature::Recommended));
    assert_eq!(Nature::of(&number("DB14/T 1234-2020")), Some(Nature::Recommended));
    assert_eq!(Nature::of(&number("T/ZZB 0609-2018")), None);
}

#[test]
fn a_site_adds_rows_and_takes_the_place_of_bundled_ones() {
    let text = "\u{feff}标准号,名称,性质,实施日期,依据\r\nGB 811—2022,头盔,强制性,2023-07-02,甲\r\n,,,,\r\nDB14/T 1-2020,乙,推荐性,,丙\r\n";
    let outcome = Register::bundled().extend("standards.csv", text);
    assert_eq!(outcome.diagnostics, []);
    let changed = outcome.value.find(&number("GB 811-2022")).unwrap();
    assert_eq!((changed.title.as_str(), changed.in_force), ("头盔", Some(day("2023-07-02"))));
    assert_eq!(outcome.value.find(&number("DB14/T 1-2020")).unwrap().basis, Basis::Verified);
    assert!(outcome.value.find(&number("GB 17761-2024")).is_some());
}

#[test]
fn every_fault_of_a_table_is_named_with_its_line() {
    let head = "number,title,nature,in_force,replaced_by,replaced_on,note,source,basis\n";
    let cases = [
        ("GB 811,甲,强制性,,,,,乙,", "不是带年份的标准号"),
        ("gb 811-2022,甲,强制性,,,,,乙,", "不是带年份的标准号"),
        ("GB 811-2022,,强制性,,,,,乙,", "“名称”（title）空着"),
        ("GB 811-2022,甲,强制,,,,,乙,", "性质写的是“强制”"),
        ("GB 811-2022,甲,推荐性,,,,,乙,", "按编号是强制性标准"),
        ("GB 811-2022,甲,强制性,2023-7-1,,,,乙,", "不是日期"),
        ("GB 811-2022,甲,强制性,2023-07-01,,2023-07-01,,乙,", "不晚于实施日期"),
        ("GB 811-2022,甲,强制性,,GB 811-2030,,,乙,", "没有写废止日期"),
        ("GB 811-2022,甲,强制性,,GB 811-2022,2023-07-01,,乙,", "被自己代替"),
        ("GB 811-2022,甲,强制性,,GB 811,2023-07-01,,乙,", "“GB 811”不是带年份的标准号"),
        ("GB 811-2022,甲,强制性,,,,,,", "“依据”（source）空着"),
        ("GB 811-2022,甲,强制性,,,,,乙,sure", "“核实”写的是“sure”"),
        ("GB 811-2022,甲,强制性", "这一行有 3 列"),
    ];
    for (row, message) in cases {
        let outcome = Register::default().extend("standards.csv", &format!("{head}\n{row}\n"));
        assert_faults(&outcome.diagnostics, message, 3);
        assert_eq!(outcome.value.standards().count(), 0, "{row}");
    }
    let twice = format!("{head}GB 811-2022,甲,强制性,,,,,乙,\nGB 811—2022,丙,强制性,,,,,丁,\n");
    let outcome = Register::default().extend("standards.csv", &twice);
    assert_faults(&outcome.diagnostics, "写了两行", 3);
    assert_eq!(outcome.value.standards().next().unwrap().title, "甲");
    for (text, message) in [
        ("", "表格是空的"),
        ("number,title\n", "表头缺少 nature、source"),
        ("number,title,nature,source,sauce\n", "没有“sauce”这一列"),
        ("number,title,nature,source,依据\n", "写了两次"),
    ] {
        assert_faults(&Register::default().extend("standards.csv", text).diagnostics, message, 1);
    }
}

fn assert_faults(diagnostics: &[Diagnostic], message: &str, line: u32) {
    let [fault] = diagnostics else { panic!("{message}: {diagnostics:?}") };
    assert!(fault.message.contains(message) && !fault.hints.is_empty(), "{message}: {fault:?}");
    assert_eq!(fault.place.as_ref().unwrap().at.unwrap().line, line, "{message}");
}

const PIECES: &[&str] = &[
    "GB", "gb", "ＧＢ", "GBT", "GBZ", "/T", "／T", "/", "T/", "Q/", "DB", "QB", "ZZB", " ", "　", "811", "6675", ".1",
    ".2022", "-", "—", "——", "_", ":", "一", "～", "~", "2022", "22", "4", "123456", "年", "标准", "（", "\n", "X",
    "🧯", "e\u{301}",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_096) })]

    #[test]
    fn mentions_of_any_text_lie_in_it_in_order(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..24), tail in ".{0,8}") {
        let text = pieces.concat() + &tail;
        let mut end = 0;
        let mut last = 0..0;
        for Mention { range, what } in mentions(&text) {
            prop_assert!(text.get(range.clone()).is_some_and(|typed| !typed.is_empty()), "{text:?} {range:?}");
            prop_assert!(range.start >= end || range == last, "{text:?} {range:?}");
            end = range.end;
            last = range.clone();
            match what {
                What::WellFormed(number) => prop_assert_eq!(Number::parse(&number.to_string()), Some(number)),
                What::Malformed { suggestion } => prop_assert!(suggestion != text[range], "{text:?}"),
            }
        }
    }

    #[test]
    fn any_table_is_read_to_an_end(cells in proptest::collection::vec(proptest::sample::select(&["GB 811-2022", "强制性", "2023-07-01", "甲", "", "\"", ",", ",,,", "\n", "\r\n"][..]), 0..40)) {
        let head = "number,title,nature,in_force,replaced_by,replaced_on,note,source,basis\n";
        for fault in Register::default().extend("standards.csv", &(head.to_owned() + &cells.concat())).diagnostics {
            prop_assert!(!fault.hints.is_empty() && fault.place.is_some());
        }
    }
}
