//! The program as its users meet it: every test makes a site of its own, runs the command and looks at what came out.
//!
//! Nothing here reaches into the library: the arguments, the files, the exit code and the messages are the contract.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where and stops")]

mod acceptance;
mod attachments;
mod bad_input;
#[cfg(unix)]
mod benches;
mod cap;
mod check;
mod checked;
mod corpus;
mod data;
mod determinism;
mod editor;
mod feed;
mod gate;
mod import;
mod incremental;
mod interrupted;
mod life;
mod monthly;
mod output;
mod public_ledger;
mod publish;
mod samples;
mod signing;
mod site;
mod ssh;
mod urgent;
mod verify;
