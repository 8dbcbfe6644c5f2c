//! Tables: findings, the ledger, the registers a site may extend.

use crate::case::{Case, beside, case, run};
use crate::samples::notice;
use crate::site::Site;
use std::fmt::Write as _;

const FINDINGS: &str = "findings: {file: 表.csv, caption: 不合格情况}\n";

fn findings(name: &'static str, bytes: impl Fn() -> Vec<u8> + 'static, expected: &'static str) -> Case {
    beside(name, "表.csv", bytes, FINDINGS, expected)
}

fn rows(count: usize, row: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = String::from("产品,批号\n");
    (0..count).for_each(|index| writeln!(text, "{}", row(index)).unwrap());
    text.into_bytes()
}

/// A file of the site, and a build.
fn of_site(
    name: &'static str,
    file: &'static str,
    bytes: impl Fn() -> Vec<u8> + 'static,
    expected: &'static str,
) -> Case {
    let make = move |site: &Site| {
        site.draft("2024-001", &notice("2024-001", "磁力珠")).publish("2024-001").put(file, bytes());
    };
    case(name, make).on_site(expected)
}

#[test]
fn findings_of_every_form() {
    run(vec![
        findings("many rows", || rows(10_000, |index| format!("甲,{index}")), "0"),
        findings("two megabytes of rows", || rows(100_000, |index| format!("甲,{index}")), "1 csv-broken"),
        findings("a million rows", || rows(1_000_000, |index| format!("甲,{index}")), "1 file-too-large"),
        findings("rows of no cell", || rows(1_000_000, |_| String::new()), "1"),
        findings("rows of one cell too many", || rows(100_000, |_| "甲,乙,丙".to_owned()), "1 csv-broken"),
        findings(
            "a row of many columns",
            || format!("{}\n{}\n", vec!["甲"; 20_000].join(","), vec!["乙"; 20_000].join(",")).into_bytes(),
            "1 csv-broken",
        ),
        findings(
            "rows of many columns",
            || format!("{}\n", vec!["甲"; 20_000].join(",")).repeat(20).into_bytes(),
            "1 csv-broken",
        ),
        findings(
            "rows of homes",
            || format!("{}\n", vec!["家住光明小区3号楼2单元501室"; 2_000].join(",")).repeat(10).into_bytes(),
            "1 csv-broken",
        ),
        findings(
            "a row of many homes",
            || format!("{0}\n{0}\n", vec!["家住光明小区3号楼2单元501室"; 20_000].join(",")).into_bytes(),
            "1",
        ),
        findings("one line", || "甲".repeat(600_000).into_bytes(), "1 csv-broken"),
        findings("one cell", || format!("产品,批号\n甲,{}\n", "1".repeat(1_900_000)).into_bytes(), "1 csv-broken"),
        findings(
            "one quoted cell of many lines",
            || format!("产品,批号\n甲,\"{}\"\n", "1\n".repeat(900_000)).into_bytes(),
            "1 csv-broken",
        ),
        findings(
            "a quotation mark never closed",
            || format!("产品,批号\n甲,\"{}", "1,2\n".repeat(400_000)).into_bytes(),
            "1",
        ),
        findings("quotation marks", || "\"".repeat(2_000_000).into_bytes(), "1"),
        findings(
            "batches without end",
            || rows(1, |_| format!("甲,{}", "20240101-20241231、".repeat(90_000))),
            "1 csv-broken",
        ),
        findings("a batch of billions", || rows(1_000, |_| "甲,1-99999999999".to_owned()), "0"),
        findings("a mobile number in every cell", || rows(50_000, |_| "甲,13812345678".to_owned()), "1 csv-broken"),
        findings("a table of zeros", || vec![0; 2_000_000], "1"),
        findings("a table of bytes that are nothing", || vec![0xff; 2_000_000], "1 encoding"),
        findings("controls in a table", || "产品,批号\n\u{1b}[2J,\u{202e}\n".into(), "1"),
        findings("formulas", || "产品,批号\n=1+1,@x\n".into(), "0"),
    ]);
}

#[test]
fn the_ledger() {
    const LEDGER: &str = "content/ledger.csv";
    let zeros = "0".repeat(64);
    let row = move |index: usize| {
        format!("{index},2024-06-01T09:00:00+08:00,2024-001,1,发布,甲,{zeros},{zeros},{zeros},{zeros}\n")
    };
    let head = "seq,time,id,version,event,title,digest,signoffs,prev,hash\n";
    let many = move || format!("{head}{}", (1..150_000).map(&row).collect::<String>()).into_bytes();
    run(vec![
        of_site("a long forged ledger", LEDGER, many, "3 ledger-broken|3 ledger-broken|0"),
        of_site("an empty ledger", LEDGER, Vec::new, "3|3|0"),
        of_site("a ledger of zeros", LEDGER, || vec![0; 10 << 20], "3 ledger-broken|3 ledger-broken|0"),
        of_site("a ledger of one line", LEDGER, || vec![b'a'; 10 << 20], "3 ledger-broken|3 ledger-broken|0"),
        of_site(
            "a ledger of a quotation mark",
            LEDGER,
            || [b"\"".as_slice(), &vec![b'a'; 40 << 20]].concat(),
            "3 ledger-broken|3 ledger-broken|0",
        ),
        of_site("a ledger of commas", LEDGER, || vec![b','; 10 << 20], "3 ledger-broken|3 ledger-broken|0"),
        of_site(
            "a ledger of line ends",
            LEDGER,
            move || format!("{head}{}", "\n".repeat(10 << 20)).into_bytes(),
            "3|3|0",
        ),
        of_site("a ledger that is no text", LEDGER, || vec![0xff; 1 << 20], "3 ledger-broken|3 ledger-broken|0"),
        of_site(
            "a ledger too large",
            LEDGER,
            || vec![b'a'; 60 << 20],
            "3 file-too-large ledger-unknown|3 file-too-large ledger-unknown|1 file-too-large",
        )
        .heavy(),
    ]);
}

#[test]
fn registers() {
    const STANDARDS: &str = "standards.csv";
    const HOLIDAYS: &str = "holidays.csv";
    let standards = "number,title,issued,effective,superseded,superseded_by\n";
    let holidays = "date,kind,name\n";
    let long = |head: &'static str, row: &'static str| move || format!("{head}{}", row.repeat(1_000_000)).into_bytes();
    run(vec![
        of_site(
            "a million standards",
            STANDARDS,
            long(standards, "GB 1-2000,甲,,,,\n"),
            "0|1 file-too-large|1 file-too-large",
        ),
        of_site("standards of one line", STANDARDS, || vec![b'a'; 10 << 20], "0|1 file-too-large|1 file-too-large"),
        of_site(
            "standards that are no text",
            STANDARDS,
            || vec![0xff; 1 << 20],
            "0|2 standards-table|2 standards-table",
        ),
        of_site("standards of commas", STANDARDS, || vec![b','; 10 << 20], "0|1 file-too-large|1 file-too-large"),
        of_site("a million holidays", HOLIDAYS, long(holidays, "2024-01-01,休,元旦\n"), "0|1 file-too-large|0"),
    ]);
}
