//! One program for all targets: `FUZZ_TARGET` names the one.

#![no_main]

#[path = "../targets/mod.rs"]
mod targets;

use std::sync::OnceLock;

fn target() -> targets::Target {
    static TARGET: OnceLock<targets::Target> = OnceLock::new();
    *TARGET.get_or_init(|| {
        let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
        let found = targets::ALL.iter().find(|(known, _)| *known == name);
        found.map_or_else(|| panic!("FUZZ_TARGET names no target: {name}"), |(_, target)| *target)
    })
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| target()(data));
