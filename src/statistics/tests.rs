use super::*;
use crate::front_matter::decode;
use crate::yaml::{self, Source};

/// A notice of a day, from the lines of its front matter.
fn notice(more: &str) -> Notice {
    let text = format!("id: T1\ntitle: 甲\nsummary: 乙\n{more}\n");
    let node = yaml::read(Source { file: "t", text: &text, lines_before: 0 }, &|_| true).value.unwrap();
    let outcome = decode("t", node, &Vocabularies::default());
    outcome.value.notice.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

fn figures_of(published: &[(&str, &str)]) -> Vec<Figure> {
    let notices: Vec<(Day, Notice)> =
        published.iter().map(|(day, front)| (Day::parse(day).unwrap(), notice(front))).collect();
    let all: Vec<Counted<'_>> = notices.iter().map(|(first, notice)| Counted { notice, first: *first }).collect();
    let until = all.iter().map(|counted| counted.first).max().unwrap_or_else(|| Day::parse("2024-01-01").unwrap());
    count(&all, until, &Vocabularies::default())
}

fn figure<'a>(figures: &'a [Figure], id: &str) -> &'a Figure {
    figures.iter().find(|figure| figure.id == id).unwrap()
}

const TIP: &str = "kind: 消费提示";
const WARNING: &str = "kind: 风险警示\nrisk_level: 高风险\ncategory: 移动电源\nhazards: [火灾, 烧烫伤]";

fn warning(more: &str) -> String {
    format!("{WARNING}\n{more}")
}

#[test]
fn nothing_published_makes_no_figure_and_what_has_no_number_is_left_out() {
    assert_eq!(figures_of(&[]), []);
    let ids: Vec<&str> = figures_of(&[("2024-05-01", TIP)]).iter().map(|figure| figure.id).collect();
    assert_eq!(ids, ["years", "months", "kinds"]);
}

#[test]
fn years_without_a_publication_are_zero_and_months_outside_have_no_number() {
    let figures = figures_of(&[("2024-11-30", TIP), ("2026-02-01", TIP), ("2026-02-28", TIP)]);
    let years = figure(&figures, "years");
    assert_eq!(years.finding, "2024年到2026年共发布 3 条；最多的是2026年，2 条。");
    assert_eq!(years.rows[1], ["2025年", "0", "0"]);
    let months = figure(&figures, "months");
    assert_eq!(months.head, ["月份", "2024年", "2025年", "2026年"]);
    assert_eq!((&months.rows[9], &months.rows[10]), (&texts(["10月", "—", "0", "—"]), &texts(["11月", "1", "0", "—"])));
    assert_eq!(months.rows[1], ["2月", "—", "0", "2"]);
    assert_eq!(months.finding, "最多的是2026年2月，2 条。");
    assert_eq!(months.panels.len(), 3);
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

#[test]
fn a_withdrawn_notice_counts_as_published_and_is_named_but_its_findings_do_not_hold() {
    let withdrawn = warning(
        "version: 2\nstatus: 撤销\nchange: {what: 甲, why: 乙}\nsampling: {batches: 10, failed: 9}\nmonitored_on: 2024-04-01",
    );
    let sampled = warning("sampling: {batches: 9, failed: 4}");
    let figures = figures_of(&[("2024-05-01", &withdrawn), ("2024-05-02", &sampled)]);
    assert_eq!(figure(&figures, "years").finding, "2024年共发布 2 条，撤销 1 条。");
    assert_eq!(figure(&figures, "levels").rows, [texts(["高风险", "2", "1"])]);
    let sampling = figure(&figures, "sampling");
    assert_eq!(sampling.finding, "2024年，1 条信息共抽样 9 批次，4 批次不合格，占 44.4%。");
    assert!(figures.iter().all(|figure| figure.id != "days"));
}

#[test]
fn a_line_counts_in_its_group_and_two_hazards_count_twice() {
    let figures = figures_of(&[("2024-05-01", WARNING), ("2024-06-01", "kind: 消费提示\ncategory: 日用消费品")]);
    let rows = &figure(&figures, "categories").rows;
    assert_eq!(*rows, [texts(["日用消费品", "2", "0"]), texts(["其中：移动电源", "1", "0"])]);
    assert_eq!(figure(&figures, "hazards").rows.len(), 2);
    assert_eq!(figure(&figures, "levels").note, "另有 1 条没有定等级。");
}

#[test]
fn days_from_monitoring_have_a_median_and_leave_out_what_does_not_say() {
    let monitored = |day: &str| warning(&format!("monitored_on: {day}"));
    let (one, two, later) = (monitored("2024-04-01"), monitored("2024-04-20"), monitored("2024-05-02"));
    let origin = format!("{one}\norigin: {{source: 甲局, date: 2024-04-30}}");
    let all = [one.as_str(), &two, &later, &origin, WARNING].map(|front| ("2024-05-01", front));
    let figures = figures_of(&all);
    let days = figure(&figures, "days");
    assert_eq!(days.finding, "从监测完成到发布，2 条信息有一半在 20.5 天以内，最短 11 天，最长 30 天。");
    assert!(
        days.note.starts_with("算了 2 条；没写监测日期的、转载的、已撤销的，以及监测晚于首次发布的，共 3 条，不在内。"),
        "{}",
        days.note
    );
    assert_eq!(days.rows[0], ["2024年", "2", "20.5", "11", "30"]);
}

#[test]
fn every_row_of_a_table_is_as_long_as_its_head_and_every_chart_stays_on_its_surface() {
    let long = warning("sampling: {batches: 4294967295, failed: 4294967295}\nmonitored_on: 1900-01-01");
    let figures = figures_of(&[("2019-05-01", &long), ("2026-05-01", &long), ("2026-05-02", TIP)]);
    assert_eq!(figures.len(), 8);
    for figure in &figures {
        assert!(figure.rows.iter().all(|row| row.len() == figure.head.len()), "{}", figure.id);
        assert!(!figure.panels.is_empty() && !figure.facts.is_empty(), "{}", figure.id);
        for panel in &figure.panels {
            assert!(!panel.finding.is_empty());
            let number = |text: &str| text.trim_end_matches(['%', 'm', 'e']).parse::<f64>().unwrap_or(0.0);
            for shape in &panel.chart.shapes {
                assert!(number(&shape.x) + number(&shape.width) <= 100.1, "{}: {shape:?}", figure.id);
                assert!(number(&shape.y) >= 0.0 && number(&shape.y) <= number(&panel.chart.height), "{shape:?}");
            }
        }
    }
}

#[test]
fn months_without_a_first_publication_count_up_to_the_newest_event() {
    let notice = notice(TIP);
    let all = [Counted { notice: &notice, first: Day::parse("2024-11-05").unwrap() }];
    let figures = count(&all, Day::parse("2025-02-03").unwrap(), &Vocabularies::default());
    let months = figure(&figures, "months");
    let numbers = |year: usize| months.rows.iter().map(|row| row[year].as_str()).collect::<Vec<_>>();
    assert_eq!(numbers(1)[9..], ["—", "1", "0"]);
    assert_eq!(numbers(2)[..4], ["0", "0", "—", "—"]);
    assert_eq!(figure(&figures, "years").rows[1][..2], ["2025年", "0"]);
}
