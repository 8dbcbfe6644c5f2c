//! The report as a workbook: a sheet that sums up, and one with a row for each event.

use super::{Breakdown, Counts, Entry, LateReview, Monthly, sentence};
use crate::sheet::{Book, Cell, Column, Flow, Rank, Row, Sheet};

/// The workbook of a report. It is dated on the last day counted, so the same report has the same bytes.
pub fn book(report: &Monthly<'_>) -> Book {
    Book {
        title: title(report, "月报"),
        author: report.bureau.to_owned(),
        made: report.until,
        sheets: vec![summary(report), details(report)],
    }
}

fn title(report: &Monthly<'_>, what: &str) -> String {
    format!("产品质量安全风险警示和消费提示发布情况{what}（{}）", report.month.to_chinese())
}

fn office(report: &Monthly<'_>) -> String {
    let (from, until) = (report.month.first().to_chinese(), report.until.to_chinese());
    let open = if report.is_whole() { "" } else { "（本月未完）" };
    format!("报送单位：{}　　统计期间：{from}至{until}{open}", report.bureau)
}

const fn column(head: &'static str, width: u32) -> Column {
    Column { head, width, flows: Flow::Centre }
}

const fn text_column(head: &'static str, width: u32) -> Column {
    Column { head, width, flows: Flow::Left }
}

const SUMMARY: [Column; 6] = [
    text_column("项目", 40),
    column("发布", 10),
    column("更正", 10),
    column("撤销", 10),
    column("合计", 10),
    text_column("说明", 50),
];

const DETAILS: [Column; 19] = [
    column("序号", 5),
    column("日期", 11),
    column("时间", 6),
    column("编号", 10),
    column("版本", 5),
    column("事项", 9),
    column("类型", 9),
    column("风险等级", 9),
    text_column("产品类别", 14),
    text_column("标题", 26),
    column("产品数", 5),
    column("批号数", 5),
    column("抽样批次", 5),
    column("不合格批次", 7),
    column("监测日期", 11),
    column("用时天数", 5),
    text_column("审签", 14),
    text_column("改了什么，为什么", 32),
    text_column("网址", 50),
];

fn summary(report: &Monthly<'_>) -> Sheet {
    let mut rows = vec![section("总数", "")];
    rows.push(counted("全部".to_owned(), report.counts, Rank::Total, String::new()));
    rows.push(urgent(report));
    rows.extend(report.breakdowns.iter().flat_map(breakdown));
    rows.extend(sampled(report));
    rows.extend(days(report));
    Sheet {
        name: "汇总",
        title: title(report, "月报"),
        lines: vec![office(report), sentence(report)],
        columns: SUMMARY.to_vec(),
        unprinted: 0,
        rows,
        notes: vec![
            "“发布”是第一次发布，更正、撤销另算；抽样和用时只算本月第一次发布的，以月末有效的版本为准，转载的、月末已撤销的不算。".to_owned(),
            "填报人：　　　　　　　　审核人：　　　　　　　　报送日期：".to_owned(),
        ],
    }
}

fn section(name: &str, note: &str) -> Row {
    let blanks = std::iter::repeat_n(Cell::Blank, 4);
    let cells = std::iter::once(Cell::Text(name.to_owned())).chain(blanks).chain([Cell::Text(note.to_owned())]);
    Row { rank: Rank::Section, cells: cells.collect() }
}

fn counted(name: String, counts: Counts, rank: Rank, note: String) -> Row {
    let numbers = [counts.published, counts.corrected, counts.withdrawn, counts.total()].map(Cell::Number);
    Row { rank, cells: std::iter::once(Cell::Text(name)).chain(numbers).chain([text(&note)]).collect() }
}

/// A row with one number, in the column of sums.
fn single(name: &str, number: Cell, unit: &str) -> Row {
    let cells =
        [Cell::Text(name.to_owned()), Cell::Blank, Cell::Blank, Cell::Blank, number, Cell::Text(unit.to_owned())];
    Row { rank: Rank::Plain, cells: cells.into() }
}

fn urgent(report: &Monthly<'_>) -> Row {
    let number = |is: fn(&LateReview<'_>) -> bool| report.urgent().filter(|(_, late)| is(late)).count();
    let states = [
        ("已补审", number(|late| matches!(late, LateReview::Completed(_)))),
        ("待补审", number(|late| matches!(late, LateReview::Waits(_)))),
        ("未补审即被新版本代替", number(|late| matches!(late, LateReview::Overtaken))),
    ];
    let states = states.iter().filter(|(_, many)| *many > 0).map(|(state, many)| format!("{state} {many} 条"));
    let counts = Counts::of(report.urgent().map(|(entry, _)| entry));
    counted("其中：紧急".to_owned(), counts, Rank::Part, states.collect::<Vec<_>>().join("，"))
}

fn breakdown(breakdown: &Breakdown) -> Vec<Row> {
    let line = |line: &super::Line| match line.is_part {
        true => counted(format!("其中：{}", line.name), line.counts, Rank::Part, String::new()),
        false => counted(line.name.clone(), line.counts, Rank::Plain, String::new()),
    };
    let lines = breakdown.lines.iter().map(line);
    let head = (!breakdown.lines.is_empty()).then(|| section(breakdown.title, breakdown.note));
    head.into_iter().chain(lines).collect()
}

fn sampled(report: &Monthly<'_>) -> Vec<Row> {
    let sampled = report.sampled;
    if sampled.notices == 0 {
        return Vec::new();
    }
    vec![
        section("抽样", ""),
        single("写明抽样数的信息", Cell::Number(sampled.notices), "条"),
        single("抽样批次", Cell::Number(sampled.batches), "批次"),
        single("不合格批次", Cell::Number(sampled.failed), "批次"),
        single(
            "不合格比例",
            Cell::Share(sampled.failed, sampled.batches),
            "抽样挑的是风险较大的产品，不能说明全部产品的情况",
        ),
    ]
}

fn days(report: &Monthly<'_>) -> Vec<Row> {
    let Some(days) = &report.days else { return Vec::new() };
    let count = u32::try_from(days.count()).unwrap_or(u32::MAX);
    vec![
        section("从监测完成到发布", ""),
        single("写明监测日期的信息", Cell::Number(count), "条；各条用时见“明细”"),
        single("用时中位数", Cell::Halves(days.twice_median()), "天"),
        single("最短", Cell::Number(days.least()), "天"),
        single("最长", Cell::Number(days.most()), "天"),
    ]
}

fn details(report: &Monthly<'_>) -> Sheet {
    let rows = (1..).zip(&report.entries).map(|(number, entry)| detail(number, entry));
    let mut notes = vec![
        "抽样、监测日期、用时只写在第一次发布的那一行，以月末有效的版本为准；转载的、月末已撤销的不写。".to_owned(),
    ];
    if report.entries.is_empty() {
        notes.insert(0, sentence(report));
    }
    Sheet {
        name: "明细",
        title: title(report, "明细"),
        lines: vec![office(report)],
        columns: DETAILS.to_vec(),
        unprinted: 1,
        rows: rows.collect(),
        notes,
    }
}

fn detail(number: u32, entry: &Entry<'_>) -> Row {
    let change = entry.notice.change.as_ref();
    let change = change.map(|change| format!("{}。因为：{}", change.what.trim_end_matches('。'), change.why));
    let mut cells = vec![Cell::Number(number), Cell::Day(entry.at.day()), Cell::Clock(entry.at)];
    cells.extend(described(entry));
    cells.extend(figures(entry));
    cells.extend([
        text(&entry.reviewed()),
        text(change.as_deref().unwrap_or_default()),
        Cell::Link(entry.address.clone()),
    ]);
    Row { rank: Rank::Plain, cells }
}

fn described(entry: &Entry<'_>) -> [Cell; 7] {
    let notice = entry.notice;
    let category = match entry.category() {
        (group, "") => group.to_owned(),
        (group, line) => format!("{group}：{line}"),
    };
    [
        text(notice.id.as_str()),
        Cell::Number(notice.version),
        text(entry.event()),
        text(&notice.kind.name),
        text(notice.risk_level.as_ref().map_or("", |level| &level.name)),
        text(&category),
        text(&notice.title),
    ]
}

fn figures(entry: &Entry<'_>) -> [Cell; 6] {
    let number = |number: Option<u32>| number.map_or(Cell::Blank, Cell::Number);
    let (sampling, delay) = (entry.sampling(), entry.delay());
    [
        Cell::Number(entry.products()),
        Cell::Number(entry.batches()),
        number(sampling.map(|sampling| sampling.batches)),
        number(sampling.map(|sampling| sampling.failed)),
        delay.map_or(Cell::Blank, |(monitored, _)| Cell::Day(monitored)),
        number(delay.map(|(_, days)| days)),
    ]
}

/// A text, or nothing.
fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Blank } else { Cell::Text(text.to_owned()) }
}
