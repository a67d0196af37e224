//! The executable.

use std::process::ExitCode;

fn main() -> ExitCode {
    api::cli::main(std::env::args_os())
}
