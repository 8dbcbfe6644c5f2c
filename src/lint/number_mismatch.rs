//! `number-mismatch`: numbers of batches, totals and percentages that contradict one another.

use super::counts::{Count, Role};
use super::grid::grids;
use super::rule::{Check, Findings, Part, Rule, Scope, Subject};
use super::statement::{Statement, is_read, statements};
use super::tabulated::{failed_batches, grand_totals, rates, totals};
use crate::diag::Severity;
use crate::notice::Sampling;
use std::collections::BTreeMap;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "number-mismatch",
    title: "批次数、合计、百分比前后对不上",
    severity: Severity::Warning,
    what: "一、标题、摘要和正文里说全部抽样、不合格、合格多少批次，与 sampling 里的数不同（汉字数字也算）。二、同一句里的不合格率、合格率、“占百分之几”与批次数算出来的不同，按写出的位数四舍五入。三、表格的“合计”与上面各行加起来不同，或者与 sampling 不同；表格里的不合格率与同一行的批次数不同。四、检测结果表（findings）里的批次数与 sampling.failed 不同，同一批次占几行的只算一次。只在一句话明显说的是全部抽样时才比：“其中”以后的、分地方分项目的、去年的、别处的、“约”“近”的都不比；写明“同一批次只计一次”的，不查合计。",
    why: "数对不上，读者不知道信哪一个，媒体会先问这个；多半是改了一处忘了另一处。",
    how: "照原始记录核对，改成一致。",
    check: Check::Notice(check),
    bad: &[
        Part::Front("sampling: {batches: 18, failed: 3}"),
        Part::Body("本次共抽样 20 批次，3 批次不合格，不合格率为 15%。"),
    ],
    good: &[
        Part::Front("sampling: {batches: 18, failed: 3}"),
        Part::Body("本次共抽样 18 批次，3 批次不合格，不合格率为 16.7%。其中网店 6 批次，1 批次不合格。"),
    ],
};

/// Words that show that a number is of the whole.
const WHOLE: &[&str] = &["共抽", "共检", "共监测", "总共", "一共", "合计", "总计", "本次", "此次", "这次"];
/// Words that show that one batch is counted in several rows.
const OVERLAP: &[&str] =
    &["只计一次", "重复计", "同时存在", "两项以上", "多项不合格", "不止一项", "一项以上", "多个项目"];

fn check(subject: &Subject<'_>, _: &Scope<'_>, findings: &mut Findings) {
    let manuscript = subject.manuscript();
    let sampling = manuscript.and_then(|manuscript| manuscript.notice.sampling);
    let passages = &subject.study.passages;
    let statements: Vec<Statement<'_>> =
        passages.iter().filter(|passage| is_read(passage)).flat_map(statements).collect();
    let samplings = samplings(&statements);
    for statement in &statements {
        statement.shares(sampling, findings);
        if let Some(sampling) = sampling {
            against(statement, sampling, &samplings, findings);
        }
    }
    let grids = grids(passages);
    let overlaps = passages.iter().any(|passage| OVERLAP.iter().any(|word| passage.text.contains(word)));
    for grid in &grids {
        rates(grid, findings);
        totals(grid, overlaps, findings);
    }
    if let Some(sampling) = sampling {
        grand_totals(&grids, sampling, findings);
        let table = manuscript.and_then(|manuscript| manuscript.findings.as_ref());
        if let Some(found) = table.and_then(failed_batches).filter(|found| *found != sampling.failed) {
            let message = format!("这里写不合格 {} 批次，检测结果表里有 {found} 个批次", sampling.failed);
            for field in subject.fields("sampling.failed") {
                findings.whole(field, &*message).hint("请核对是表里少了、多了，还是数写错了");
            }
        }
    }
}

/// Compares the numbers with those of the front matter.
fn against(statement: &Statement<'_>, sampling: Sampling, samplings: &Samplings, findings: &mut Findings) {
    let Sampling { batches, failed } = sampling;
    if statement.is_of_parts() {
        return;
    }
    if let Some(count) = statement.only(Role::Sampled).filter(|count| count.value != batches) {
        let lead = &statement.passage.text[statement.sentence.start..count.range.start];
        let is_whole = statement.is_headline()
            || WHOLE.iter().any(|word| lead.contains(word))
            || statement.only(Role::Failed).is_some_and(|other| other.value == failed);
        if is_whole && !is_part(count.value, batches, samplings) {
            differs(statement, count, "抽样", batches, findings);
        }
        return;
    }
    let is_sampled = statement.sampled() == Some(batches);
    if !is_sampled && !statement.is_headline() {
        return;
    }
    if let Some(count) = statement.only(Role::Failed).filter(|count| count.value != failed) {
        differs(statement, count, "不合格", failed, findings);
    }
    let passed = batches.saturating_sub(failed);
    if let Some(count) = statement.only(Role::Passed).filter(|count| is_sampled && count.value != passed) {
        differs(statement, count, "合格", passed, findings);
    }
}

fn differs(statement: &Statement<'_>, count: &Count, what: &str, expected: u32, findings: &mut Findings) {
    let message = format!("这里写{what} {} 批次，按信息栏的 sampling 是 {expected} 批次", count.value);
    findings.mark(statement.passage, count.range.clone(), message).hint("请照原始记录核对，两处写成一致");
}

/// How many batches were sampled, as a notice says, and how often it says so.
type Samplings = BTreeMap<u32, u64>;

fn samplings(statements: &[Statement<'_>]) -> Samplings {
    let mut samplings = Samplings::new();
    let counts = statements.iter().flat_map(|statement| &statement.counts);
    for count in counts.filter(|count| count.role == Role::Sampled) {
        *samplings.entry(count.value).or_default() += 1;
    }
    samplings
}

/// Whether a number is one of several samplings that add up to the whole.
fn is_part(value: u32, batches: u32, samplings: &Samplings) -> bool {
    let rest = batches.checked_sub(value);
    let needed = u64::from(rest == Some(value)) + 1;
    let has_rest = rest.and_then(|rest| samplings.get(&rest)).is_some_and(|often| *often >= needed);
    let parts = samplings.iter().filter(|(value, _)| **value != batches);
    has_rest || parts.map(|(value, often)| u64::from(*value) * often).sum::<u64>() == u64::from(batches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::marked_in;

    const SAMPLING: Part = Part::Front("sampling: {batches: 45, failed: 9}");

    fn assert_found(table: &[(&'static str, &[&str])]) {
        for (body, expected) in table {
            assert_eq!(marked_in(&RULE, &[SAMPLING, Part::Body(body)]), *expected, "{body}");
        }
    }

    #[test]
    fn contradictions_are_found() {
        assert_found(&[
            ("本次共抽样 40 批次，9 批次不合格。", &["40 批次"]),
            ("抽样45批次，检出不合格8批次。", &["8批次"]),
            ("45批次头盔中，35批次合格，9批次不合格。", &["35批次"]),
            ("一共抽检四十批次。", &["四十批次"]),
            ("抽样45批次，其中网店20批次。检出不合格8批次，占20%。", &["占20%", "8批次"]),
            ("抽样45批次，十批次不合格。", &["十批次"]),
            ("抽样45批次，不合格9批次，不合格率为18%。", &["不合格率为18%"]),
            ("抽样45批次，36批次合格，合格率82%。", &["合格率82%"]),
            ("45批次中9批次超过限值，占五分之二。", &["占五分之二"]),
            ("抽样45批次，其余36批次合格，9批次不合格，占25%。", &["占25%"]),
        ]);
        let front = |lines| marked_in(&RULE, &[SAMPLING, Part::Front(lines)]);
        assert_eq!(front("title: 45批次头盔8批次不合格"), ["8批次"]);
        assert_eq!(front("summary: 抽样44批次，9批次不合格。"), ["44批次"]);
        assert_eq!(front("summary: 8批次不合格，不合格率25%。"), ["不合格率25%", "8批次"]);
    }

    #[test]
    fn parts_guesses_and_other_samplings_pass() {
        assert_found(&[
            ("共抽样45批次，36批次合格，9批次不合格，不合格率20%。", &[]),
            ("抽样四十五批次，九批次不合格，占五分之一。", &[]),
            ("抽样45批次，其中网店20批次，4批次不合格。", &[]),
            ("抽样45批次，甲醛5批次不合格，标签4批次不合格。", &[]),
            ("从门店抽样25批次，5批次不合格。从网店抽样20批次，4批次不合格。", &[]),
            ("去年共抽样30批次，10批次不合格。", &[]),
            ("全省共抽样 300 批次，不合格率 5%。", &[]),
            ("过充保护6批次，电气强度2批次，标志1批次。", &[]),
            ("同一批次有两项问题的，只计一次。", &[]),
            ("按 GB 6675 检测，铅不超过 90mg/kg，含量占 3%。", &[]),
            ("抽样45批次，合格率80%；不合格9批次，不合格率20.0%。", &[]),
            ("三批次的共同点是没有编号。", &[]),
            ("抽样45批次。网店20批次，不合格4批次。", &[]),
            ("抽样45批次，其中网店20批次。不合格9批次，占20%。", &[]),
            ("共走访80户，20户存在混接，占25%。", &[]),
        ]);
        let third = [
            Part::Front("sampling: {batches: 18, failed: 3}"),
            Part::Body("抽样18批次，3批次不合格，不合格率约16.7%，占六分之一。"),
        ];
        assert_eq!(marked_in(&RULE, &third), [""; 0]);
        assert_eq!(marked_in(&RULE, &[SAMPLING, Part::Front("title: 关于3批次头盔系带断裂的警示")]), [""; 0]);
    }

    #[test]
    fn totals_and_rates_of_tables_are_added_up() {
        assert_found(&[
            ("|项目|批次|\n|-|-|\n|甲|4|\n|乙|3|\n|合计|9|", &["9"]),
            ("|来源|抽样批次|不合格批次|\n|-|-|-|\n|店|25|5|\n|网|19|4|\n|合计|44|9|", &["44"]),
            ("|来源|抽样|不合格|不合格率|\n|-|-|-|-|\n|店|25|5|25%|\n|网|20|4|20%|", &["25%"]),
            ("|项目|批次|\n|-|-|\n|甲|5|\n|乙|4|\n|合计|9|", &[]),
            ("|来源|抽样|不合格|占比|\n|-|-|-|-|\n|店|27|6|22.2%|\n|网|18|3|16.7%|\n|合计|45|9|20%|", &[]),
            ("同一批次只计一次。\n\n|项目|批次|\n|-|-|\n|甲|5|\n|乙|6|\n|合计|9|", &[]),
            ("|项目|批次|\n|-|-|\n|甲|约5|\n|乙|6|\n|合计|9|", &[]),
            ("|项目|批次|\n|-|-|\n|甲|5|\n|其中：乙|2|\n|丙|4|\n|合计|9|", &[]),
            ("|年份|批次|\n|-|-|\n|2023|5|\n|2024|4|\n|合计|9|", &[]),
        ]);
    }

    #[test]
    fn batches_of_the_table_of_findings_are_counted_once() {
        let table = |text| {
            let front = "sampling: {batches: 9, failed: 2}\nfindings: {file: t.csv, caption: 不合格情况}";
            marked_in(&RULE, &[Part::Front(front), Part::File("t.csv", text)]).len()
        };
        assert_eq!(table("产品名称,批号,不合格项目\n甲,N1,铅\n甲,N1,镉\n乙,N2,铅\n"), 0);
        assert_eq!(table("产品名称,批号,不合格项目\n甲,N1,铅\n,,镉\n乙,N2,铅\n"), 0);
        assert_eq!(table("产品名称,批号,不合格项目\n甲,N1,铅\n乙,N2,铅\n丙,N3,铅\n"), 1);
        assert_eq!(table("产品名称,批号,不合格项目\n甲,/,铅\n乙,/,铅\n丙,/,铅\n"), 0);
        assert_eq!(table("产品名称,批号,判定\n甲,N1,合格\n乙,N2,不合格\n丙,N3,不合格\n"), 0);
        assert_eq!(table("产品名称,抽样批次,不合格批次\n甲,5,1\n乙,4,1\n"), 0);
    }
}
