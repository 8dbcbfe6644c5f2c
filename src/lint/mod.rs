//! The check: rules that find a clerk's mistakes before the public sees them.
//!
//! In: notices read with all their passages, the configuration, the clock. Out: findings, and what was excused with the
//! reason. A rule is a value, in a file of its own: its code, what it looks for, why, how to mend it, an example of each
//! kind, and the function that looks. Rules judge what is about to be signed; what was signed stays published whatever a
//! newer rule thinks of it.

mod action_verb;
mod actions_missing;
mod address;
mod attachment_archive;
mod attachment_type;
mod audience_missing;
mod barcode_check_digit;
mod batch_notation;
mod body_empty;
mod change_nothing;
mod citation;
mod column_empty;
mod column_stale;
mod counts;
mod file_unused;
mod grid;
mod hazard_missing;
mod image_alt_poor;
mod image_large;
mod link_http;
mod metadata_hidden;
mod metadata_person;
mod metadata_position;
mod metadata_unreadable;
mod monitored_later;
mod number;
mod number_impossible;
mod number_mismatch;
mod origin_missing;
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
mod punctuation_pair;
mod punctuation_width;
mod recheck_due;
mod recheck_standard;
mod rule;
mod secret_draft;
mod secret_mark;
mod sentence;
mod site_placeholder;
mod standard_malformed;
mod standard_nature;
mod standard_not_yet;
mod standard_superseded;
mod standard_title;
mod standard_unknown;
mod statement;
mod table_head;
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
mod wrong_word;

#[cfg(test)]
mod tests;

pub use rule::{Check, Findings, Part, Rule, Scope, Subject, Survey};
pub use verdict::{Excused, Verdict, notice, settings, site};

/// Every rule, in the order of the manual.
pub static RULES: &[&Rule] = &[
    // Is everything there?
    &actions_missing::RULE,
    &action_verb::RULE,
    &hazard_missing::RULE,
    &audience_missing::RULE,
    &product_unidentified::RULE,
    &body_empty::RULE,
    &image_alt_poor::RULE,
    &table_head::RULE,
    &change_nothing::RULE,
    // Personal data.
    &personal_mobile::RULE,
    &personal_id::RULE,
    &personal_bank_card::RULE,
    &personal_email::RULE,
    &personal_plate::RULE,
    &personal_passport::RULE,
    &personal_address::RULE,
    &personal_name::RULE,
    &metadata_position::RULE,
    &metadata_hidden::RULE,
    &metadata_person::RULE,
    &metadata_unreadable::RULE,
    // Secrecy, and words that must not stand.
    &secret_mark::RULE,
    &secret_draft::RULE,
    &wrong_word::RULE,
    // Wording and signs.
    &wording_softener::RULE,
    &wording_absolute::RULE,
    &wording_long_sentence::RULE,
    &wording_long_paragraph::RULE,
    &wording_abbreviation::RULE,
    &punctuation_width::RULE,
    &punctuation_pair::RULE,
    &typo_doubled::RULE,
    // Numbers and units.
    &unit_wrong::RULE,
    &unit_mixed::RULE,
    &number_mismatch::RULE,
    &number_impossible::RULE,
    &monitored_later::RULE,
    // Standards.
    &standard_superseded::RULE,
    &standard_not_yet::RULE,
    &standard_nature::RULE,
    &standard_malformed::RULE,
    &standard_title::RULE,
    &standard_unknown::RULE,
    // Identifiers.
    &barcode_check_digit::RULE,
    &product_twice::RULE,
    &batch_notation::RULE,
    // Links and files.
    &link_http::RULE,
    &image_large::RULE,
    &attachment_type::RULE,
    &attachment_archive::RULE,
    &file_unused::RULE,
    // The site.
    &recheck_standard::RULE,
    &recheck_due::RULE,
    &origin_missing::RULE,
    &column_empty::RULE,
    &column_stale::RULE,
    &site_placeholder::RULE,
];

/// The rule of a code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code).copied()
}

/// Why somebody must look at a live notice again, whatever `site.yaml` says of the rules; empty where nobody must.
pub fn recheck(subject: &Subject<'_>, scope: &Scope<'_>) -> Vec<String> {
    recheck_due::reason(subject, scope).into_iter().chain(recheck_standard::reasons(subject, scope)).collect()
}
