//! The `simlane` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    simlane::cli::run(std::env::args_os(), |name| std::env::var(name).ok())
}
