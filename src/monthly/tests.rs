//! Whatever happens in a month, every way of counting it comes to the same.

use super::*;
use crate::front_matter::decode;
use crate::moment::Moment;
use crate::notice::{Notice, Status};
use crate::vocabulary::{Vocabularies, Vocabulary};
use crate::workdays::Calendar;
use crate::yaml::{self, Source};
use proptest::prelude::*;

/// Terms of every kind, one that a site has added to a group that is not the last among them.
fn vocabularies() -> Vocabularies {
    let mut all = Vocabularies::default();
    all.category.add("电热毯", "electric-blankets", Some("日用消费品")).unwrap();
    all.kind.add("召回提示", "recalls", None).unwrap();
    all
}

fn notice(status: Status, more: &str) -> Notice {
    let version = if status == Status::Current { 1 } else { 2 };
    let change = if version > 1 { "change: {what: 甲, why: 乙}\n" } else { "" };
    let status = status.name();
    let text = format!("id: T1\ntitle: 甲\nsummary: 乙\nversion: {version}\nstatus: {status}\n{change}{more}");
    let node = yaml::read(Source { file: "t", text: &text, lines_before: 0 }, &|_| true).value.unwrap();
    let outcome = decode("t", node, &vocabularies());
    outcome.value.notice.unwrap_or_else(|| panic!("{text}{:?}", outcome.diagnostics))
}

fn entry(notice: &Notice) -> Entry<'_> {
    let at = Moment::parse("2024-06-19T08:50:20+08:00").unwrap();
    Entry { at, notice, late_review: None, stages: vec!["初审"], counted: None, address: "https://a/".to_owned() }
}

/// A term of a vocabulary as a line of front matter, or none.
fn term(key: &'static str, vocabulary: &Vocabulary) -> impl Strategy<Value = String> + use<> {
    let names: Vec<String> = vocabulary.terms().iter().map(|term| term.name.clone()).collect();
    proptest::option::of(proptest::sample::select(names))
        .prop_map(move |name| name.map(|name| format!("{key}: {name}\n")).unwrap_or_default())
}

fn any_notice() -> impl Strategy<Value = Notice> {
    let all = vocabularies();
    let kinds = proptest::sample::select(vec!["风险警示", "消费提示", "召回提示"]);
    let hazards = proptest::sample::subsequence(vec!["火灾", "触电", "窒息"], 0..3);
    let status = proptest::sample::select(Status::ALL.to_vec());
    (status, kinds, term("risk_level", &all.risk_level), term("category", &all.category), hazards).prop_map(
        |(status, kind, level, category, hazards)| {
            let level =
                if kind == "风险警示" && level.is_empty() { "risk_level: 低风险\n".to_owned() } else { level };
            notice(status, &format!("kind: {kind}\n{level}{category}hazards: [{}]\n", hazards.join(", ")))
        },
    )
}

fn sum(lines: &[Line], is_wanted: impl Fn(&Line) -> bool) -> [u32; 4] {
    lines.iter().filter(|line| is_wanted(line)).fold([0; 4], |sum, line| {
        let Counts { published, corrected, withdrawn } = line.counts;
        [sum[0] + published, sum[1] + corrected, sum[2] + withdrawn, sum[3] + line.counts.total()]
    })
}

proptest! {
    #[test]
    fn every_breakdown_but_that_of_hazards_sums_up_to_all_events(
        notices in proptest::collection::vec(any_notice(), 0..40),
    ) {
        let entries: Vec<Entry<'_>> = notices.iter().map(entry).collect();
        let counts = Counts::of(&entries);
        prop_assert_eq!(counts.total() as usize, notices.len());
        let all = [counts.published, counts.corrected, counts.withdrawn, counts.total()];
        let breakdowns = breakdown::all(&entries, &vocabularies());
        for one in breakdowns.iter().filter(|one| one.id != "hazards") {
            prop_assert_eq!(sum(&one.lines, |line| !line.is_part), all, "{}", one.id);
        }
        let hazards: usize = notices.iter().map(|notice| notice.hazards.len()).sum();
        prop_assert_eq!(sum(&breakdowns[3].lines, |_| true)[3] as usize, hazards);
        // Each part stands below its group and is no more than it.
        let mut group = 0;
        for line in &breakdowns[2].lines {
            if line.is_part {
                prop_assert!(line.counts.total() <= group, "{}", line.name);
                group -= line.counts.total();
            } else {
                group = line.counts.total();
            }
        }
    }
}

#[test]
fn a_term_that_the_site_has_added_stands_in_its_group() {
    let own = notice(Status::Current, "kind: 消费提示\ncategory: 电热毯\n");
    let other = notice(Status::Withdrawn, "kind: 消费提示\ncategory: 新兴产品\n");
    let lines = breakdown::all(&[entry(&other), entry(&own)], &vocabularies()).swap_remove(2).lines;
    let names: Vec<(&str, bool, u32)> =
        lines.iter().map(|line| (line.name.as_str(), line.is_part, line.counts.total())).collect();
    assert_eq!(names, [("日用消费品", false, 1), ("电热毯", true, 1), ("新兴产品", false, 1)]);
}

#[test]
fn a_reporting_day_says_why_it_moved_and_how_far_it_is_off() {
    let calendar = Calendar::bundled();
    let said = |month: &str, today: &str| {
        let due = due::Due::of(Month::parse(month).unwrap(), &calendar).unwrap();
        due.sentence(Day::parse(today).unwrap())
    };
    assert_eq!(said("2024-06", "2024-06-17"), "2024年6月的报送日是2024年6月20日（星期四）；还有 3 天。");
    assert_eq!(said("2024-06", "2024-06-20"), "2024年6月的报送日是2024年6月20日（星期四）；就是今天。");
    let moved = "2024年4月的报送日是2024年4月22日（星期一），因20日遇星期六、星期日而顺延；已过 1 天。";
    assert_eq!(said("2024-04", "2024-04-23"), moved);
    let festival = "2026年2月的报送日是2026年2月24日（星期二），因20日遇春节而顺延；还有 24 天。";
    assert_eq!(said("2026-02", "2026-01-31"), festival);
    assert!(said("2026-09", "2026-09-01").starts_with("2026年9月的报送日是2026年9月20日（星期日）；"));
}
