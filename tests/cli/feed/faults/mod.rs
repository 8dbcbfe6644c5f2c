//! Every check finds the fault it is there for: a built feed is spoilt in one place, and the check fails.

mod atom;
mod edit;
mod json;
mod rss;

use super::checks::{CHECKS, failures};
use super::published::Published;
use std::fmt::Write as _;

/// The newest notice but one of the long site.
const SECOND: &str = "2024-113/v1";
/// A correction, and a withdrawal with what it withdraws.
const CORRECTION: &str = "2024-050/v2";
const WITHDRAWAL: &str = "2024-060/v2";
/// The whole of a hostile notice.
const HOSTILE: &str = "2024-001/v1";

/// A fault that is put into one file of a site.
pub struct Fault {
    /// The check that must find it.
    check: u8,
    /// What is wrong.
    what: &'static str,
    /// The site.
    site: fn() -> &'static Published,
    /// The file.
    path: &'static str,
    /// Spoils its text.
    change: fn(&str) -> String,
}

/// Puts in every fault; which checks find it, one line each. Fails with those that their check does not find.
fn found(faults: &[&[Fault]]) -> String {
    let (mut report, mut missed) = (String::new(), Vec::new());
    for fault in faults.iter().copied().flatten() {
        let site = (fault.site)();
        let (before, after) = (site.text(fault.path), (fault.change)(site.text(fault.path)));
        let failures = failures(&site.with(fault.path, after.clone().into_bytes()));
        let numbers: Vec<String> = failures.iter().map(|(number, _)| number.to_string()).collect();
        if before == after || !failures.iter().any(|(number, _)| *number == fault.check) {
            missed.push((fault.check, fault.what, before == after, failures));
        }
        let _ = writeln!(report, "{} {}: {}", fault.check, fault.what, numbers.join(" "));
    }
    assert!(missed.is_empty(), "{missed:#?}");
    report
}

/// The checks that no fault stands for.
fn without_a_fault(faults: &[&[Fault]]) -> Vec<u8> {
    let stands = |number: u8| faults.iter().copied().flatten().any(|fault| fault.check == number);
    CHECKS.iter().map(|(number, ..)| *number).filter(|number| !stands(*number)).collect()
}

#[test]
fn each_check_of_rss_fails_when_its_fault_is_put_in() {
    let faults = [rss::FORM, rss::EVENTS, rss::CONTENT, rss::TOGETHER];
    assert_eq!(without_a_fault(&faults), [0; 0]);
    insta::assert_snapshot!(found(&faults));
}

#[test]
fn each_check_of_atom_fails_when_its_fault_is_put_in() {
    let faults = [atom::FORM, atom::CONTENT];
    assert_eq!(without_a_fault(&faults), [0; 0]);
    insta::assert_snapshot!(found(&faults));
}

#[test]
fn each_check_of_json_feed_fails_when_its_fault_is_put_in() {
    let faults = [json::FORM, json::CONTENT];
    assert_eq!(without_a_fault(&faults), [7], "JSON Feed has no date of its own");
    insta::assert_snapshot!(found(&faults));
}

#[test]
fn a_build_that_depends_on_its_hour_is_found() {
    let site = super::sites::long();
    let text = site.text("feed.xml").replacen("09:00:00", "10:00:00", 1);
    let failures = failures(&site.with_again("feed.xml", text.into_bytes()));
    assert_eq!(failures.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [7]);
}
