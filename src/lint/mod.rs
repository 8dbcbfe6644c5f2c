//! The check: rules that find a clerk's mistakes before the public sees them.
//!
//! In: notices read with all their passages, the configuration, the clock. Out: findings, and what was excused with the
//! reason. A rule is a value, in a file of its own: its code, what it looks for, why, how to mend it, an example of each
//! kind, and the function that looks. Rules judge what is about to be signed; what was signed stays published whatever a
//! newer rule thinks of it.

mod address;
mod counts;
mod grid;
mod number_impossible;
mod number_mismatch;
mod pattern;
mod personal_mobile;
mod product_twice;
mod product_unidentified;
mod punctuation_pair;
mod punctuation_width;
mod rule;
mod sentence;
mod statement;
mod tabulated;
mod typo_doubled;
mod unit_mixed;
mod unit_wrong;
mod verdict;
mod wording_abbreviation;
mod wording_absolute;
mod wording_long_paragraph;
mod wording_long_sentence;
mod wording_softener;
mod writing;

#[cfg(test)]
mod tests;

pub use rule::{Check, Findings, Part, Rule, Scope, Subject, Survey};
pub use verdict::{Excused, Verdict, notice, settings, site};

/// Every rule, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &product_unidentified::RULE,
    &personal_mobile::RULE,
    &wording_softener::RULE,
    &wording_absolute::RULE,
    &wording_long_sentence::RULE,
    &wording_long_paragraph::RULE,
    &wording_abbreviation::RULE,
    &punctuation_width::RULE,
    &punctuation_pair::RULE,
    &typo_doubled::RULE,
    &unit_wrong::RULE,
    &unit_mixed::RULE,
    &number_mismatch::RULE,
    &number_impossible::RULE,
    &product_twice::RULE,
];

/// The rule of a code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code).copied()
}
