//! The command: arguments in, exit code out.

mod cli;

fn main() -> std::process::ExitCode {
    dateline::typeset::quiet_panics();
    cli::run(std::env::args_os())
}
