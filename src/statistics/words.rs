//! Sentences about numbers.
//!
//! In: names and numbers. Out: Chinese for readers. It never says more than the numbers do.

/// `2024年`
pub(super) fn year(year: i32) -> String {
    format!("{year}年")
}

/// `2024年到2026年`, or `2024年`.
pub(super) fn span(years: &[i32]) -> String {
    match years {
        [] => String::new(),
        [only] => year(*only),
        [first, .., last] => format!("{first}年到{last}年"),
    }
}

/// Which is the most: `最多的是“火灾”，6 条`; of several, all of them are named unless there are more than three, which
/// are counted (`有 4 个月`).
pub(super) fn most(numbers: &[(String, u32)], unit: &str) -> String {
    let Some(most) = numbers.iter().map(|(_, number)| *number).max().filter(|most| *most > 0) else {
        return "还没有发布".to_owned();
    };
    let names: Vec<&str> =
        numbers.iter().filter(|(_, number)| *number == most).map(|(name, _)| name.as_str()).collect();
    match names.len() {
        1 => format!("最多的是{}，{most} 条", names.join("")),
        2 | 3 => format!("{}并列最多，各 {most} 条", names.join("、")),
        many => format!("有 {many} {unit}并列最多，各 {most} 条"),
    }
}

/// A share in per cent with one place, rounded half up: `44.4`.
pub(super) fn per_cent(part: u32, whole: u32) -> String {
    let (part, whole) = (u64::from(part), u64::from(whole.max(1)));
    let tenths = (part * 1000 + whole / 2) / whole;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A number from its double: `21`, `21.5`.
pub(super) fn halved(twice: u32) -> String {
    if twice.is_multiple_of(2) { (twice / 2).to_string() } else { format!("{}.5", twice / 2) }
}
