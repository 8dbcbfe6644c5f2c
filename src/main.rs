//! The command `jingshi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    jingshi::cli::run()
}
