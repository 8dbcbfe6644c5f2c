//! What is written is read back by a library of others, whatever the texts are.

use super::*;
use crate::sheet::{Column, is_untouched_xlsx};
use calamine::{Data, Reader as _, Xlsx};
use std::io::{Cursor, Read as _, Write as _};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn book(texts: &[&str]) -> Book {
    let column = |head| Column { head, width: 10, flows: Flow::Left };
    let rows = texts.iter().map(|text| Row {
        rank: Rank::Plain,
        cells: vec![Cell::Text((*text).to_owned()), Cell::Number(7), Cell::Day(day("2024-06-19"))],
    });
    let sheet = Sheet {
        name: "汇总",
        title: "标题".to_owned(),
        lines: vec!["行".to_owned()],
        columns: ["甲", "乙", "丙", "丁"].map(column).to_vec(),
        unprinted: 1,
        rows: rows.collect(),
        notes: vec!["注".to_owned()],
    };
    Book { title: "标题".to_owned(), author: "甲局".to_owned(), made: day("2024-06-30"), sheets: vec![sheet] }
}

fn texts_in(bytes: &[u8]) -> Vec<String> {
    let mut read: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = read.worksheet_range("汇总").unwrap();
    let texts = range.rows().skip(3).map(|row| match &row[0] {
        Data::String(text) => text.clone(),
        other => format!("{other:?}"),
    });
    texts.collect()
}

#[test]
fn texts_come_back_as_they_were_and_none_is_a_formula() {
    let hostile = ["=1+1", "@SUM(A1)", "+86", "]]><a&\"'>", "_x0041_", "😀 e\u{301}", "\u{202e}右", "甲\n乙", " 空 "];
    let mut written = texts_in(&xlsx(&book(&hostile)).unwrap());
    assert_eq!(written.pop().as_deref(), Some("注"));
    assert_eq!(written, hostile);
}

#[test]
fn what_xml_forbids_is_left_out_and_what_is_too_long_is_cut() {
    let long = "长".repeat(40_000);
    let written = texts_in(&xlsx(&book(&["a\u{0}\u{1b}\u{fffe}b", &long])).unwrap());
    assert_eq!(written[0], "ab");
    assert!(written[1].ends_with("长……（未完，一格放不下）"), "{}", written[1].len());
}

#[test]
fn the_same_book_has_the_same_bytes_and_a_dated_one_others() {
    let first = xlsx(&book(&["甲"])).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(first == xlsx(&book(&["甲"])).unwrap());
    assert!(first != xlsx(&Book { made: day("2024-06-29"), ..book(&["甲"]) }).unwrap());
}

/// The same archive, with one text in its parts replaced by another.
fn edited(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut replaced = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut part = String::new();
        entry.read_to_string(&mut part).unwrap();
        replaced += part.matches(from).count();
        writer.start_file(entry.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(part.replace(from, to).as_bytes()).unwrap();
    }
    assert!(replaced > 0, "{from}");
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_book_that_somebody_has_changed_is_told_from_ours() {
    let ours = xlsx(&book(&["甲"])).unwrap();
    assert!(is_untouched_xlsx(&ours));
    assert!(is_untouched_xlsx(&edited(&ours, "甲", "甲")), "only what is in it counts");
    assert!(!is_untouched_xlsx(&edited(&ours, "<v>7</v>", "<v>8</v>")));
    assert!(!is_untouched_xlsx(&edited(&ours, "<t>注</t>", "<t>填报人：某</t>")));
    assert!(!is_untouched_xlsx(&edited(&ours, "由 jingshi 生成", "别的程序")));
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    assert!(!is_untouched_xlsx(&workbook.save_to_buffer().unwrap()));
    assert!(!is_untouched_xlsx(b"") && !is_untouched_xlsx("报表".as_bytes()));
}
