//! Patterns of the rules. The only place that names the library of regular expressions.

pub(super) use regex::Captures;
use regex::Regex;
use std::sync::LazyLock;

/// A pattern that is compiled when it is first needed.
pub(super) type Pattern = LazyLock<Regex>;

/// Compiles a pattern of a rule.
#[expect(clippy::expect_used, reason = "patterns are literals, and a test compiles every one")]
pub(super) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of a rule compiles")
}
