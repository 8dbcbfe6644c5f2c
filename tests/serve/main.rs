//! `serve` under attack, by raw bytes over TCP: strangers get nothing, and an honest browser is answered all the while.
//!
//! What a browser sees is tested in `tests/browser/serve.test.js`.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where and stops")]

#[path = "../cli/samples.rs"]
#[expect(dead_code, reason = "shared with the tests of the command line")]
mod samples;
#[path = "../cli/site.rs"]
#[expect(dead_code, reason = "shared with the tests of the command line")]
mod site;

mod crowds;
mod preview;
mod strangers;
