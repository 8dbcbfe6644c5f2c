//! What stands behind a slash: `C14-P6/P7`.

use super::split_digits;

/// The code that a tail stands for beside the first code of its list; none where that is not clear.
pub(super) fn tail(first: &str, tail: &str) -> Option<String> {
    let is_break = |sign: char| !sign.is_ascii_alphanumeric();
    // A code of its own: as long, of the same form.
    if runs(first) == runs(tail) && first.matches(is_break).count() == tail.matches(is_break).count() {
        let (head, from, _) = split_digits(first);
        let is_short = head.is_empty() && from.len() > tail.len();
        return if is_short { shortened(first, tail) } else { Some(tail.to_owned()) };
    }
    // The end of the first code, from one of its breaks on.
    let mut breaks = first.match_indices(is_break).map(|(at, sign)| at + sign.len());
    let place = breaks.rfind(|at| runs(&first[*at..]) == runs(tail));
    if let Some(at) = place {
        let replaced = &first[at..];
        let is_short = shape(tail).chars().all(|sign| sign == '0') && replaced.len() > tail.len();
        return if is_short { shortened(first, tail) } else { Some(format!("{}{tail}", &first[..at])) };
    }
    // A code that is longer than the first is no end of it.
    if tail.len() > first.len() || (tail.len() == first.len() && !first.contains(is_break)) {
        return Some(tail.to_owned());
    }
    shortened(first, tail)
}

/// The first code with its last signs replaced by as many others of the same kind. A few digits at the end of many could
/// be meant by themselves.
fn shortened(first: &str, tail: &str) -> Option<String> {
    let at = first.len().checked_sub(tail.len())?;
    let replaced = first.get(at..)?;
    let (_, digits, end) = split_digits(first);
    let is_number = shape(tail).chars().all(|sign| sign == '0');
    let whole = end.is_empty() && digits.len() == tail.len();
    let clear = !is_number || whole || (tail.len() >= 2 && digits.len() >= 4);
    // A run of letters is replaced whole.
    let cut = shape(&first[..at]).ends_with('A') && shape(tail).starts_with('A');
    (shape(replaced) == shape(tail) && clear && !cut).then(|| format!("{}{tail}", &first[..at]))
}

/// The kind of each sign: a letter, a digit, or itself.
fn shape(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '0'..='9' => '0',
            'A'..='Z' => 'A',
            _ => sign,
        })
        .collect()
}

/// A shape in which each run of digits is one sign.
fn runs(text: &str) -> String {
    let mut runs = shape(text);
    while runs.contains("00") {
        runs = runs.replace("00", "0");
    }
    runs
}
