//! `campanile`: parse the arguments, run the command, exit with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    campanile::cli::main()
}
