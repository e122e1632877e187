//! The command: arguments in, exit code out.

// Results and messages go through `cli/output.rs` and `cli/console.rs`, which mind closed pipes.
#![warn(clippy::print_stderr, clippy::print_stdout, clippy::unwrap_used)]

mod cli;

fn main() -> std::process::ExitCode {
    dateline::typeset::quiet_panics();
    cli::run(std::env::args_os())
}
