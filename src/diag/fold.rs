//! Counts what is too much to be listed: one fault a hundred thousand times is one fault.
//!
//! In: diagnostics in order. Out: the same, but of one kind in one file only the first, with how many more there are; so
//! for one kind in all files. Never the last one of a kind: the exit code does not change. A disk that takes nothing (it is
//! full, say) is one fault however many files it meets, and of one kind where the reason is the same.

use super::{Code, Diagnostic, Severity};
use std::collections::BTreeMap;

/// The most of one kind that are listed of one file, and in all.
const OF_FILE: usize = 250;
const IN_ALL: usize = 1_000;

/// The most files that are listed of those a disk did not take.
const REFUSED: usize = 10;

/// How many there are, and how many are not listed.
#[derive(Default)]
struct Count {
    there: usize,
    left_out: usize,
}

/// With the reason, where a disk refuses.
type Kind = (Code, Severity, Option<String>);

/// Keeps the first of every kind.
pub(super) fn fold(diagnostics: &mut Vec<Diagnostic>) {
    if diagnostics.len() <= REFUSED {
        return;
    }
    let mut files: BTreeMap<(Option<String>, Kind), Count> = BTreeMap::new();
    let mut all: BTreeMap<Kind, Count> = BTreeMap::new();
    diagnostics.retain(|found| {
        let file = found.place.as_ref().map(|place| place.file.clone());
        let is_refused = found.code == Code::WriteFailed;
        let kind = (found.code, found.severity, is_refused.then(|| found.message.clone()));
        let of_file = files.entry((file, kind.clone())).or_default();
        of_file.there += 1;
        if of_file.there > OF_FILE {
            of_file.left_out += 1;
            return false;
        }
        let in_all = all.entry(kind).or_default();
        in_all.there += 1;
        let most = if is_refused { REFUSED } else { IN_ALL };
        in_all.left_out += usize::from(in_all.there > most);
        in_all.there <= most
    });
    let files = files.into_iter().map(|((file, kind), count)| (file, kind, count.left_out));
    let all = all.into_iter().map(|(kind, count)| (None, kind, count.left_out));
    let rest = files.chain(all).filter(|(.., left_out)| *left_out > 0);
    diagnostics.extend(rest.map(|(file, kind, left_out)| remark(file, kind, left_out)));
}

fn remark(file: Option<String>, (code, severity, reason): Kind, left_out: usize) -> Diagnostic {
    let same = reason.map_or_else(|| "同样的问题".to_owned(), |reason| format!("“{reason}”的"));
    let message = format!("{same}还有 {left_out} 处，没有一一列出");
    let remark = Diagnostic::new(severity, code, message).hint("请先处理已经列出的，再运行一次");
    match file {
        Some(file) => remark.in_file(file),
        None => remark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Position, arrange};

    fn found(code: Code, file: &str, count: u32) -> impl Iterator<Item = Diagnostic> {
        (1..=count).map(move |line| Diagnostic::error(code, "甲").at(file, Position::new(line, 1)))
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let mut many: Vec<Diagnostic> =
            found(Code::YamlTab, "a.md", 300).chain(found(Code::KeyUnknown, "a.md", 3)).collect();
        arrange(&mut many);
        assert_eq!(many.len(), OF_FILE + 1 + 3);
        let last = many.last().unwrap();
        assert_eq!(last.message, "同样的问题还有 50 处，没有一一列出");
        assert_eq!((last.code, last.severity), (Code::YamlTab, Severity::Error));
        let mut few: Vec<Diagnostic> = found(Code::YamlTab, "a.md", 250).collect();
        let before = few.clone();
        arrange(&mut few);
        assert_eq!(few, before);
    }

    #[test]
    fn one_fault_of_many_files_is_counted_too() {
        let mut many: Vec<Diagnostic> =
            (0..1_500).flat_map(|index| found(Code::FileStray, &format!("{index}"), 1).collect::<Vec<_>>()).collect();
        arrange(&mut many);
        assert_eq!(many.len(), IN_ALL + 1);
        assert!(many.last().unwrap().message.contains("500"));
    }

    #[test]
    fn what_a_disk_refuses_is_one_fault_for_each_reason() {
        let refused = |reason: &str, count: usize| {
            let told = |index| Diagnostic::error(Code::WriteFailed, reason).in_file(format!("{reason}{index}"));
            (0..count).map(told).collect::<Vec<_>>()
        };
        let mut many = [refused("磁盘已满", 5_000), refused("没有权限", 3)].concat();
        arrange(&mut many);
        let count = |reason: &str| many.iter().filter(|told| told.message == reason).count();
        assert_eq!((many.len(), count("磁盘已满"), count("没有权限")), (REFUSED + 3 + 1, REFUSED, 3));
        assert_eq!(many.last().unwrap().message, "“磁盘已满”的还有 4990 处，没有一一列出");
    }

    #[test]
    fn a_message_is_never_longer_than_a_page() {
        let long =
            Diagnostic::error(Code::Usage, "甲".repeat(10_000)).fact("乙".repeat(10_000)).hint("丙".repeat(10_000));
        for text in [&long.message, &long.notes[0], &long.hints[0]] {
            assert!(text.len() < 2_100 && text.ends_with('…'));
        }
    }
}
