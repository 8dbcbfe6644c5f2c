//! Hostile input: whatever lies in a site, every command ends soon, within bounds of memory, with a message or a result.
//!
//! Every case is a row of a table: what it is called, how its site is made, which commands are run on it, and with which
//! exit code and which codes of messages they must end. Each run has a limit of processor time, memory and patience; no
//! run may panic or let a control character of the input through to the terminal.
//!
//! With `HOSTILE_TABLE=FILE` a line for each run is added to a file: case, command, exit code, seconds, megabytes (needs GNU `time`).
//! With `HOSTILE_ONLY=TEXT` only cases whose names contain the text are run. In a build with optimisation the limits are those
//! that the manual promises, and cases too slow for a build without it are run as well: see `scripts/hostile`.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says where and stops")]

#[path = "../cli/samples.rs"]
#[expect(dead_code, reason = "shared with the tests of the command line")]
mod samples;
#[path = "../cli/site.rs"]
#[expect(dead_code, reason = "shared with the tests of the command line")]
mod site;

mod body;
mod case;
mod files;
mod front_matter;
mod imports;
mod media;
mod settings;
mod tables;
