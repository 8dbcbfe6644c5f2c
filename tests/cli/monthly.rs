//! `report`: the month as a workbook and a CSV for the superior office, and the day on which it is due.

use crate::samples::{CONFIG, notice};
use crate::site::{Run, Site};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;
use std::io::Cursor;

const JULY: &str = "2024-07-03T09:00:00+08:00";

/// A notice with more lines in its front matter.
fn more(id: &str, title: &str, lines: &str) -> String {
    notice(id, title).replace("---\n\n", &format!("{lines}---\n\n"))
}

fn at<'a>(site: &'a Site, day: &str) -> &'a Site {
    site.clock(&format!("{day}:00+08:00"))
}

/// A site with a life: one notice of May, corrected in June; five of June, one of them urgent, one taken over, one
/// withdrawn, one that says neither sampling nor monitoring; one that waits for July.
fn lived() -> Site {
    let site = Site::new();
    let sampled = "category: 移动电源\nsampling: {batches: 20, failed: 3}\nmonitored_on: 2024-05-06\n";
    at(&site, "2024-05-08T09:30").draft("2024-001", &more("2024-001", "移动电源过热", sampled)).publish("2024-001");
    let june = "category: 日用消费品\nsampling: {batches: 7, failed: 2}\nmonitored_on: 2024-05-31\nproducts:\n  - {name: 头盔, batch: 'A01～A05，详见包装'}\n  - {name: 头盔, model: X-1}\n";
    at(&site, "2024-06-03T08:05").draft("2024-002", &more("2024-002", "头盔一撞就裂", june)).publish("2024-002");
    let revise = ["revise", "2024-001", "--what", "抽样改为 30 批次", "--why", "漏了一批"];
    at(&site, "2024-06-04T10:00").run(&revise).exits(0);
    site.edit("content/drafts/2024-001/index.md", "batches: 20", "batches: 30");
    site.publish("2024-001");
    at(&site, "2024-06-05T11:00").draft("2024-003", &more("2024-003", "阀门漏气", ""));
    let urgent = ["--stage", "终审", "--by", "终审员", "--urgent", "--reason", "已有人中毒", "2024-003"];
    site.run(&[&["review", "sign"], &urgent[..]].concat()).exits(0);
    let origin =
        "sampling: {batches: 900, failed: 90}\nmonitored_on: 2024-05-01\norigin: {source: 某省局, date: 2024-06-01}\n";
    at(&site, "2024-06-06T12:00").draft("2024-004", &more("2024-004", "=转载的", origin)).publish("2024-004");
    let late = "sampling: {batches: 50, failed: 50}\nmonitored_on: 2024-05-02\n";
    at(&site, "2024-06-10T12:00").draft("2024-005", &more("2024-005", "弄错了的", late)).publish("2024-005");
    at(&site, "2024-06-11T12:00").run(&["withdraw", "2024-005", "--reason", "样品弄错"]).exits(0);
    site.publish("2024-005");
    let tip = notice("2024-006", "挑玩具").replace("风险警示", "消费提示").replace("risk_level: 高风险\n", "");
    at(&site, "2024-06-30T23:59").draft("2024-006", &tip.replace("---\n\n", "monitored_on: 2024-06-10\n---\n\n"));
    site.publish("2024-006");
    let waiting = "publish_at: 2024-07-01T00:00:00+08:00\n";
    site.draft("2024-007", &more("2024-007", "七月的", waiting)).publish("2024-007");
    site.clock(JULY);
    site
}

fn report(site: &Site, month: &str) -> Run {
    site.run(&["report", "--month", month, "--output", "../月报"])
}

fn json(run: &Run) -> Value {
    serde_json::from_str::<Value>(&run.stdout).unwrap()["result"].clone()
}

/// The cells of a sheet, from its first row.
fn cells(bytes: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    assert_eq!(range.start(), Some((0, 0)));
    range.rows().map(<[Data]>::to_vec).collect()
}

fn written(site: &Site, name: &str) -> Vec<u8> {
    site.bytes(&format!("../月报/{name}"))
}

/// The rows of a CSV, the head first.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_csv_has_every_event_of_the_month_with_what_counts() {
    let site = lived();
    let run = report(&site, "2024-06").exits(0);
    assert_eq!(run.stdout, "../月报/report-2024-06.xlsx\n../月报/report-2024-06.csv\n");
    let said = "2024年6月：发布 5 条、更正 1 条、撤销 1 条，其中紧急 1 条；待补审 1 条。\n";
    assert!(run.stderr.ends_with(said), "{}", run.stderr);
    insta::assert_snapshot!(String::from_utf8(written(&site, "report-2024-06.csv")).unwrap());
}

/// A cell as the CSV writes it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(moment) if moment.as_f64() < 1.0 => {
            let minutes = (moment.as_f64() * 1440.0).round() as u32;
            format!("{:02}:{:02}", minutes / 60, minutes % 60)
        }
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_sheet_of_events_says_in_numbers_and_dates_what_the_csv_says() {
    let site = lived();
    report(&site, "2024-06").exits(0);
    let csv = rows(&written(&site, "report-2024-06.csv"));
    let sheet = cells(&written(&site, "report-2024-06.xlsx"), "明细");
    assert_eq!(text(&sheet[0][0]), "产品质量安全风险警示和消费提示发布情况明细（2024年6月）");
    let place = |head: &str| csv[0].iter().position(|name| name == head).unwrap();
    let (head, events) = (&sheet[2], &sheet[3..sheet.len() - 1]);
    assert_eq!(events.len(), csv.len() - 1);
    for (number, (event, row)) in (1..).zip(events.iter().zip(&csv[1..])) {
        let cell = |name: &str| row[place(name)].strip_prefix('\'').unwrap_or(&row[place(name)]).to_owned();
        for (name, found) in head.iter().map(text).zip(event) {
            let expected = match name.as_str() {
                "序号" => number.to_string(),
                "产品类别" if cell("产品种类").is_empty() => cell("产品类别"),
                "产品类别" => format!("{}：{}", cell("产品类别"), cell("产品种类")),
                "用时天数" => cell("用时（天）"),
                "审签" if cell("补审").is_empty() => cell("审签环节"),
                "审签" => format!("{}（{}）", cell("审签环节"), cell("补审")),
                "改了什么，为什么" if cell("改了什么").is_empty() => String::new(),
                "改了什么，为什么" => format!("{}。因为：{}", cell("改了什么"), cell("为什么")),
                _ => cell(&name),
            };
            assert_eq!(text(found), expected, "{name}");
            let numeric = ["版本", "产品数", "批号数", "抽样批次", "不合格批次", "用时天数"].contains(&name.as_str());
            assert!(!numeric || matches!(found, Data::Float(_) | Data::Empty), "{name} is no number");
            let dated = ["日期", "时间", "监测日期"].contains(&name.as_str());
            assert!(!dated || matches!(found, Data::DateTime(_) | Data::Empty), "{name} is no date");
        }
    }
}

#[test]
fn the_summary_has_the_figures_of_the_core_and_they_are_the_sums_of_the_events() {
    let site = lived();
    let result = json(&site.run(&["report", "--month", "2024-06", "--output", "../月报", "--format", "json"]).exits(0));
    let sheet = cells(&written(&site, "report-2024-06.xlsx"), "汇总");
    let lines: Vec<Vec<String>> = sheet.iter().map(|row| row.iter().map(text).collect()).collect();
    let found = |name: &str, nth: usize| {
        let mut rows = lines.iter().filter(|row| row[0] == name);
        rows.nth(nth).unwrap_or_else(|| panic!("{name}"))[1..5].to_vec()
    };
    let numbers =
        |counts: &Value| ["published", "corrected", "withdrawn", "total"].map(|name| counts[name].to_string()).to_vec();
    assert_eq!(found("全部", 0), numbers(&result["counts"]));
    assert_eq!(found("全部", 0), ["5", "1", "1", "7"]);
    assert_eq!(found("其中：紧急", 0), ["1", "0", "0", "1"]);
    for breakdown in result["breakdowns"].as_array().unwrap() {
        for line in breakdown["lines"].as_array().unwrap() {
            let name = line["name"].as_str().unwrap();
            let name = if line["part"] == true { format!("其中：{name}") } else { name.to_owned() };
            assert_eq!(found(&name, 0), numbers(&line["counts"]), "{name}");
        }
    }
    let alone = |name: &str| found(name, 0)[3].clone();
    let csv = rows(&written(&site, "report-2024-06.csv"));
    let column = |head: &str| {
        let place = csv[0].iter().position(|name| name == head).unwrap();
        csv[1..].iter().filter_map(|row| row[place].parse::<u32>().ok()).collect::<Vec<_>>()
    };
    let sum = |head: &str| column(head).iter().sum::<u32>().to_string();
    assert_eq!((alone("抽样批次"), alone("不合格批次")), (sum("抽样批次"), sum("不合格批次")));
    assert_eq!((alone("抽样批次").as_str(), alone("不合格比例").starts_with("0.2857")), ("7", true));
    assert_eq!((column("用时（天）"), result["days"]["notices"].as_u64()), (vec![3, 20], Some(2)));
    assert_eq!((alone("用时中位数"), alone("最短"), alone("最长")), ("11.5".into(), "3".into(), "20".into()));
    assert_eq!(result["days"]["median"], "11.5");
    assert_eq!(result["until"], "2024-06-30");
}

#[test]
fn a_report_names_no_reviewer() {
    let site = lived();
    report(&site, "2024-06").exits(0);
    let book = written(&site, "report-2024-06.xlsx");
    let sheets = ["汇总", "明细"].map(|sheet| format!("{:?}", cells(&book, sheet))).concat();
    let csv = String::from_utf8(written(&site, "report-2024-06.csv")).unwrap();
    assert!(sheets.contains("初审、复审、终审") && csv.contains("初审、复审、终审"));
    assert!(!sheets.contains("审员") && !csv.contains("审员"));
}

#[test]
fn a_month_that_is_over_keeps_its_numbers_and_its_bytes() {
    let site = lived();
    report(&site, "2024-06").exits(0);
    let files = ["report-2024-06.xlsx", "report-2024-06.csv"];
    let before = files.map(|name| written(&site, name));
    at(&site, "2024-07-09T09:00").run(&["revise", "2024-002", "--what", "抽样改数", "--why", "算错"]).exits(0);
    site.edit("content/drafts/2024-002/index.md", "batches: 7", "batches: 8").publish("2024-002");
    at(&site, "2024-07-10T09:00").run(&["withdraw", "2024-006", "--reason", "重复"]).exits(0);
    site.publish("2024-006");
    at(&site, "2025-01-01T09:00");
    report(&site, "2024-06").exits(0);
    assert!(before == files.map(|name| written(&site, name)), "July changed the report of June");
    // What does change it is the late review, which the report would otherwise deny.
    for stage in ["初审", "复审"] {
        site.sign(stage, "2024-003").exits(0);
    }
    let run = report(&site, "2024-06").exits(0);
    assert!(!run.stderr.contains("待补审"), "{}", run.stderr);
    let csv = String::from_utf8(written(&site, "report-2024-06.csv")).unwrap();
    assert!(csv.contains("终审、初审、复审,2025年1月1日补审完成,"), "{csv}");
}

#[test]
fn a_month_without_events_is_a_report_too_and_the_current_one_says_how_far_it_reaches() {
    let site = Site::new();
    let run = site.run(&["report"]).exits(0).says("2024年6月（到1日）：本月没有发布、更正或撤销（零报告）。");
    assert_eq!(run.stdout, "report-2024-06.xlsx\nreport-2024-06.csv\n");
    let book = site.bytes("report-2024-06.xlsx");
    let summary: Vec<String> = cells(&book, "汇总").iter().map(|row| text(&row[0])).collect();
    assert!(summary[1].ends_with("统计期间：2024年6月1日至2024年6月1日（本月未完）"), "{summary:?}");
    assert_eq!(summary[2], "2024年6月（到1日）：本月没有发布、更正或撤销（零报告）。");
    assert!(format!("{:?}", cells(&book, "明细")).contains("本月没有发布"));
    assert_eq!(rows(&site.bytes("report-2024-06.csv")).len(), 1);
    site.build().exits(0);
}

#[test]
fn a_month_that_cannot_be_reported_or_read_is_refused_with_the_right_one() {
    let site = lived();
    let mut said = Vec::new();
    for month in ["2024-6", "2024/06", "6月", "2024年6月", "上月", "2024-13", "2024-08", "2024-04", "1899-12"] {
        said.push(format!("$ jingshi report --month {month}\n{}", site.run(&["report", "--month", month]).report()));
    }
    said.push(format!("新网站，五月：\n{}", Site::new().run(&["report", "--month", "2024-05"]).report()));
    insta::assert_snapshot!(said.join("\n"));
    assert!(!site.has("report-2024-08.xlsx"));
}

#[test]
fn a_report_rests_on_what_was_signed_or_is_not_written() {
    let site = lived();
    let ledger = site.read("content/ledger.csv");
    let refused = |code: i32, said: &str| {
        report(&site, "2024-06").exits(code).says(said).says("没有写出月报。");
        assert!(!site.path("../月报").exists());
    };
    site.write("content/ledger.csv", ledger.replace("头盔一撞就裂", "头盔"));
    refused(3, "错误[ledger-broken]");
    site.write("content/ledger.csv", &ledger);
    let text = site.read("content/notices/2024-002/index.md");
    site.write("content/notices/2024-002/index.md", text.replace("failed: 2", "failed: 0"));
    refused(3, "错误[review-stale]");
    site.write("content/notices/2024-002/index.md", text);
    site.write("site.yaml", "title: 甲\n");
    refused(2, "site.yaml:1:1");
    site.write("site.yaml", CONFIG);
    site.build().exits(0);
    // An old backup is intact, and yet lacks what has been published since.
    let cut = ledger.lines().take(ledger.lines().count() - 1).map(|line| format!("{line}\r\n"));
    site.write("content/ledger.csv", cut.collect::<String>());
    std::fs::rename(site.path("content/notices/2024-007"), site.path("../2024-007")).unwrap();
    refused(3, "错误[ledger-rewound]");
    std::fs::rename(site.path("../2024-007"), site.path("content/notices/2024-007")).unwrap();
    site.write("content/ledger.csv", &ledger);
    // Neither a draft nor a theme has anything to do with it.
    site.draft("2024-008", "没有信息栏").write("themes/default/templates/home.html", "{{ 坏");
    report(&site, "2024-06").exits(0);
}

#[test]
fn a_report_replaces_its_earlier_draft_and_nothing_that_somebody_has_changed() {
    let site = Site::new();
    report(&site, "2024-06").exits(0);
    let draft = written(&site, "report-2024-06.xlsx");
    at(&site, "2024-06-02T09:00").draft("2024-001", &notice("2024-001", "童车")).publish("2024-001");
    report(&site, "2024-06").exits(0);
    let second = written(&site, "report-2024-06.xlsx");
    assert!(draft != second);
    site.write("../月报/report-2024-06.xlsx", "别的东西");
    let csv = written(&site, "report-2024-06.csv");
    at(&site, "2024-06-03T09:00").draft("2024-002", &notice("2024-002", "童鞋")).publish("2024-002");
    let run = report(&site, "2024-06").exits(2).says("错误[report-foreign]").says("没有写出月报。");
    assert!(run.stderr.contains("report-2024-06.xlsx") && run.stdout.is_empty(), "{}", run.stderr);
    assert_eq!(written(&site, "report-2024-06.xlsx"), "别的东西".as_bytes());
    assert_eq!(written(&site, "report-2024-06.csv"), csv, "both or none");
    std::fs::remove_file(site.path("../月报/report-2024-06.xlsx")).unwrap();
    std::fs::create_dir(site.path("../月报/report-2024-06.xlsx")).unwrap();
    report(&site, "2024-06").exits(4).says("不是普通文件");
    let files = std::fs::read_dir(site.path("../月报")).unwrap().count();
    assert_eq!(files, 2, "nothing is left lying about");
}

#[test]
fn a_report_is_never_written_among_content_or_into_what_is_public() {
    let site = lived();
    site.build().exits(0);
    let before = (site.files("content"), site.files("public"));
    for folder in
        ["content", "content/notices/2024-001", "themes/甲/乙", "public", "public/../content", "./public/x/.."]
    {
        site.run(&["report", "--output", folder]).exits(2).says("月报不能放在网站的");
    }
    assert!(before == (site.files("content"), site.files("public")));
    site.run(&["report", "--output", "月报/七月"]).exits(0);
    assert!(site.has("月报/七月/report-2024-07.csv"));
    site.build().exits(0);
}

#[test]
fn the_reporting_day_is_printed_with_how_far_it_is_off() {
    let site = Site::new();
    let run = site.run(&["report", "--due"]).exits(0).says("还有 19 天。");
    assert_eq!(run.stdout, "2024-06-20\n");
    let moved = site.run(&["report", "--due", "--month", "2026-06"]).exits(0);
    assert_eq!(moved.stdout, "2026-06-22\n");
    assert_eq!(moved.stderr, "2026年6月的报送日是2026年6月22日（星期一），因20日遇端午节而顺延；还有 751 天。\n");
    let result = json(&site.run(&["report", "--due", "--month", "2024-04", "--format", "json"]).exits(0));
    let expected = serde_json::json!({
        "month": "2024-04", "named": "2024-04-20", "due": "2024-04-22", "weekday": "星期一",
        "passed": [{ "day": "2024-04-20", "reason": "星期六" }, { "day": "2024-04-21", "reason": "星期日" }],
        "today": "2024-06-01", "days_left": -40,
    });
    assert_eq!(result, expected);
    let nowhere = Site::fresh();
    assert_eq!(nowhere.run(&["report", "--due", "--month", "2026-02"]).exits(0).stdout, "2026-02-24\n");
    nowhere.run(&["--site", "没有这里", "report", "--due"]).exits(2);
    site.run(&["report", "--due", "--output", "甲"]).exits(2).says("--output");
}

#[test]
fn a_year_that_nobody_has_listed_is_refused_and_the_site_can_list_it() {
    let site = Site::new();
    let due = |site: &Site| site.run(&["report", "--due", "--month", "2027-02"]);
    let refused = due(&site).exits(2);
    insta::assert_snapshot!(refused.report());
    // The row that the message shows is good, and not enough.
    let row = refused.stderr.lines().find_map(|line| line.split_once("例如：")).unwrap().1;
    let head = refused.stderr.lines().find_map(|line| line.split_once("第一行是：")).unwrap().1;
    site.write("holidays.csv", format!("{head}\n{row}\n"));
    due(&site).exits(2).says("没有 2027 年的元旦、春节、清明、劳动节、端午、中秋，算不出");
    let days = [
        "2027-01-01,休,元旦",
        "2027-02-20,休,春节",
        "2027-02-21,班,春节",
        "2027-04-05,休,清明节",
        "2027-05-01,休,劳动节",
        "2027-06-09,休,端午节",
        "2027-09-15,休,中秋节",
    ];
    let rows: String = days.iter().map(|day| format!("{day},某文\r\n")).collect();
    site.write("holidays.csv", format!("\u{feff}{head}\r\n{row}\r\n{rows}"));
    assert_eq!(due(&site).exits(0).stdout, "2027-02-21\n");
    site.run(&["check"]).exits(0);
}

#[test]
fn a_table_of_holidays_with_a_fault_gives_no_day_and_is_told_by_check_alone() {
    let site = Site::new();
    site.write("holidays.csv", "日期,休班,名称,依据\n2024/6/20,休,某节,某文\n");
    for words in [&["check"][..], &["report", "--due"]] {
        site.run(words).exits(2).says("错误[holidays-table]: “日期”（day）写的是“2024/6/20”").says("改成 2024-06-20");
    }
    site.run(&["report"]).exits(0);
    site.build().exits(0);
    site.write("holidays.csv", [0xb1, 0xea]);
    site.run(&["report", "--due"]).exits(2).says("节假日表的编码不是 UTF-8");
}
