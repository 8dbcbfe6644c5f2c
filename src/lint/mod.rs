//! The check: rules that find a clerk's mistakes before the public sees them.
//!
//! In: notices read with all their passages, the configuration, the clock. Out: findings, and what was excused with the
//! reason. A rule is a value, in a file of its own: its code, what it looks for, why, how to mend it, an example of each
//! kind, and the function that looks. Rules judge what is about to be signed; what was signed stays published whatever a
//! newer rule thinks of it.

mod metadata_hidden;
mod metadata_person;
mod metadata_position;
mod metadata_unreadable;
mod number;
mod pattern;
mod personal_address;
mod personal_bank_card;
mod personal_email;
mod personal_id;
mod personal_mobile;
mod personal_name;
mod personal_passport;
mod personal_plate;
mod plain;
mod product_twice;
mod product_unidentified;
mod rule;
mod secret_draft;
mod secret_mark;
mod verdict;
mod wrong_word;

#[cfg(test)]
mod tests;

pub use rule::{Check, Findings, Part, Rule, Scope, Subject, Survey};
pub use verdict::{Excused, Verdict, notice, settings, site};

/// Every rule, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &product_unidentified::RULE,
    &personal_id::RULE,
    &personal_mobile::RULE,
    &personal_bank_card::RULE,
    &personal_email::RULE,
    &personal_plate::RULE,
    &personal_passport::RULE,
    &personal_address::RULE,
    &personal_name::RULE,
    &secret_mark::RULE,
    &secret_draft::RULE,
    &metadata_position::RULE,
    &metadata_hidden::RULE,
    &metadata_person::RULE,
    &metadata_unreadable::RULE,
    &wrong_word::RULE,
    &product_twice::RULE,
];

/// The rule of a code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code).copied()
}
