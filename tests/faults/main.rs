//! What becomes of a site when a run is killed, the disk is full or fails, the power goes, or two are at work: at every
//! system call that changes the file system or reads of it, under strace.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where and stops")]

mod call;
mod disk;
mod enumerated;
mod judge;
mod model;
mod power;
mod publication;
mod reader;
#[path = "../cli/samples.rs"]
#[expect(dead_code, reason = "the tests of the command line need more of it")]
mod samples;
mod scenario;
mod strace;
mod together;
mod tree;
mod trial;
mod world;
