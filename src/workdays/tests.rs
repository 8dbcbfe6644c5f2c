//! The bundled table is sound and whole, a site's table is laid over it, and what is not known is not guessed.

use super::*;
use crate::moment::Month;
use std::collections::BTreeSet;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn from(text: &str) -> String {
    Calendar::bundled().workday_from(day(text)).unwrap().day.to_string()
}

/// The faults of a site's table, with their lines.
fn faults(text: &str) -> Vec<String> {
    let found = Calendar::bundled().extend(FILE, text).diagnostics;
    let line = |found: &crate::diag::Diagnostic| found.place.as_ref().unwrap().at.unwrap().line;
    found.iter().map(|found| format!("{} {} → {}", line(found), found.message, found.hints.join("；"))).collect()
}

#[test]
fn bundled_table_is_without_fault_sorted_and_whole() {
    let (file, text) = BUNDLED;
    let outcome = read::read(file, text, &Calendar::default());
    assert_eq!(outcome.diagnostics, []);
    assert!(outcome.value.iter().map(|(day, _)| *day).is_sorted());
    let years: BTreeSet<i32> = outcome.value.iter().map(|(day, _)| day.year()).collect();
    assert_eq!(years.into_iter().collect::<Vec<_>>(), [2024, 2025, 2026]);
    let calendar = Calendar::bundled();
    let known = |year: i32| calendar.knows(year).is_ok();
    assert_eq!([2023, 2024, 2025, 2026, 2027].map(known), [false, true, true, true, false]);
    assert!(text.lines().next().unwrap().split(',').eq(COLUMNS.iter().map(|column| column.name)));
    assert!(calendar.entries.iter().all(|(day, entry)| entry.kind == Kind::Rest || day.is_weekend()));
    assert!(calendar.entries.iter().all(|(day, entry)| entry.source.contains(&format!("〔{}〕", day.year() - 1))));
}

/// A holiday in these notices takes 365 less the working days of the year; people count them: 2024 had 251 (11 holidays
/// for everybody), 2025 and 2026 have 248 (13).
#[test]
fn a_year_has_as_many_working_days_as_the_law_leaves() {
    let calendar = Calendar::bundled();
    for (year, expected) in [(2024, 251), (2025, 248), (2026, 248)] {
        let days = std::iter::successors(Some(day(&format!("{year}-01-01"))), |day| Some(day.next()));
        let worked = days.take_while(|day| day.year() == year).filter(|day| calendar.rest(*day).is_none());
        assert_eq!(worked.count(), expected, "{year}");
    }
}

#[test]
fn the_twentieth_moves_over_weekends_and_holidays_only() {
    let expected = [
        "2024-01-22",
        "2024-02-20",
        "2024-03-20",
        "2024-04-22",
        "2024-05-20",
        "2024-06-20",
        "2024-07-22",
        "2024-08-20",
        "2024-09-20",
        "2024-10-21",
        "2024-11-20",
        "2024-12-20",
        "2025-01-20",
        "2025-02-20",
        "2025-03-20",
        "2025-04-21",
        "2025-05-20",
        "2025-06-20",
        "2025-07-21",
        "2025-08-20",
        "2025-09-22",
        "2025-10-20",
        "2025-11-20",
        "2025-12-22",
        "2026-01-20",
        "2026-02-24",
        "2026-03-20",
        "2026-04-20",
        "2026-05-20",
        "2026-06-22",
        "2026-07-20",
        "2026-08-20",
        "2026-09-20",
        "2026-10-20",
        "2026-11-20",
        "2026-12-21",
    ];
    let months = [2024, 2025, 2026].into_iter().flat_map(|year| (1..=12).map(move |month| (year, month)));
    let months = months.map(|(year, month)| Month::parse(&format!("{year}-{month:02}")).unwrap());
    let found: Vec<String> = months.map(|month| from(&month.day(20).to_string())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_day_that_is_passed_over_says_why() {
    let found = Calendar::bundled().workday_from(day("2026-02-20")).unwrap();
    let names: Vec<&str> = found.passed.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["春节"; 4]);
    assert_eq!(Calendar::bundled().workday_from(day("2024-04-20")).unwrap().passed[0].1, "星期六");
    assert_eq!(from("2024-02-04"), "2024-02-04", "a Sunday on which people work");
    assert_eq!(from("2024-02-09"), "2024-02-09", "New Year's Eve of 2024 was encouraged, not given");
}

#[test]
fn an_unknown_year_is_refused_also_when_somebody_added_a_row_or_the_way_leads_into_it() {
    let calendar = Calendar::bundled();
    let unknown = calendar.workday_from(day("2027-05-20")).unwrap_err();
    assert_eq!(unknown.to_string(), "节假日表里没有 2027 年的元旦、春节、清明、劳动节、端午、中秋、国庆");
    let row = "day,kind,name,source\n2027-10-01,休,国庆节,文号\n";
    let calendar = calendar.extend(FILE, row).value;
    assert_eq!(calendar.workday_from(day("2027-05-20")).unwrap_err().missing.len(), 6);
    assert_eq!(calendar.workday_from(day("2026-12-31")).unwrap().day, day("2026-12-31"));
    let eve = calendar.extend(FILE, "day,kind,name,source\n2026-12-31,休,元旦,文号\n").value;
    assert_eq!(eve.workday_from(day("2026-12-31")).unwrap_err().year, 2027);
}

#[test]
fn a_table_of_the_site_adds_a_year_and_takes_the_place_of_rows() {
    let mut text = "\u{feff}日期,休班,名称,依据\r\n".to_owned();
    for (day, name) in [
        ("2027-01-01", "元旦"),
        ("2027-02-08", "春节"),
        ("2027-04-05", "清明节"),
        ("2027-05-01", "劳动节"),
        ("2027-06-09", "端午节"),
        ("2027-09-20", "中秋节"),
        ("2027-10-01", "国庆节"),
    ] {
        text += &format!("{day},休,{name},某文\r\n");
    }
    text += "2026-02-20,班,春节,某文\r\n2026-11-20,休,某节,某文\r\n";
    let Outcome { value, diagnostics } = Calendar::bundled().extend(FILE, &text);
    assert_eq!(diagnostics, []);
    let moved = |text: &str| value.workday_from(day(text)).unwrap().day.to_string();
    assert_eq!(moved("2027-09-20"), "2027-09-21");
    assert_eq!((moved("2026-02-20"), moved("2026-11-20")), ("2026-02-20".into(), "2026-11-23".into()));
}

#[test]
fn faults_are_told_with_their_line_and_leave_out_their_row() {
    let head = "日期,休班,名称,依据\n";
    let rows = "2027/1/1,休,元旦,某文\n2027-02-07,假,春节,某文\n2027-02-08,班,春节,某文\n,休,,某文\n2027-10-01,休,国庆节,甲\n2027-10-01,休,国庆节,乙\n2027-10-02,休,国庆节\n";
    assert_eq!(
        faults(&format!("{head}{rows}")),
        [
            "2 “日期”（day）写的是“2027/1/1”，不是日期 → 改成 2027-01-01",
            "3 “休班”写的是“假” → 只能写 休 或 班",
            "4 2027-02-08 是星期一，本来就上班 → 请核对日期；“班”只用来写调休上班的周六、周日",
            "5 “日期”（day）空着 → 请填写：哪一天，一天一行，例如 2026-10-01",
            "5 “名称”（name）空着 → 请填写：是哪个节，例如 国庆节",
            "7 2027-10-01 写了两行 → 第 6 行已经有了，只留一行",
            "8 这一行有 3 列，表头有 4 列 → 每行的列数要与表头相同；单元格里有逗号时用英文双引号括起来",
        ]
    );
    assert_eq!(faults(""), ["1 表格是空的，或读不出来 → 第一行写表头：day,kind,name,source"]);
    assert_eq!(faults("日期,名称\n"), ["1 表头缺少 kind、source → 第一行写表头：day,kind,name,source"]);
}
