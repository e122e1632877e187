//! The command line: one file a command. Prints and exits happen here and nowhere else.
//!
//! Results go to standard output, warnings and progress to standard error. Exit codes: 0 done,
//! 1 failed, 2 wrong usage, 3 nothing new (only with `--exit-code`).

mod args;
mod choice;
mod chosen;
mod clock;
mod completions;
mod config;
mod confine;
mod console;
mod corrections;
mod earlier;
mod editions;
mod extract;
mod failure;
mod generate;
mod hook;
mod init;
mod inspect;
mod issue;
mod man;
mod marks;
mod output;
mod pictures;
mod press;
mod progress;
mod render;
mod review;
mod schedule;
mod secrets;
mod stop;
mod templates;
mod tree;
mod verify;
mod watch;
mod wrap;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use console::Console;
use failure::Failure;

/// Turns a pile of news reports about one event into a briefing that can be checked line by line.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, max_term_width = 100, propagate_version = false)]
#[command(after_help = "Example:\n  dateline generate seeds\n  \
                        reads the reports in seeds/ and writes output/briefing.pdf")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Say more on standard error: what was read, and what was found out about it
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    quiet: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Command {
    Generate(generate::Generate),
    Watch(watch::Watch),
    Extract(extract::Extract),
    Render(render::Render),
    Verify(verify::Verify),
    Inspect(inspect::Inspect),
    Init(init::Init),
    Config(config::Config),
    Editions(editions::Editions),
    Review(review::Review),
    Schedule(schedule::Schedule),
    Templates(templates::Templates),
    Completions(completions::Completions),
    Man(man::Man),
    #[command(hide = true)]
    Confined(confine::Confined),
}

/// Runs the command that `args` name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe is no reason to complain about help that nobody reads.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let console = Console::new(cli.quiet, cli.verbose);
    match dispatch(cli.command, &console) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            console.failure(&failure);
            failure.exit_code()
        }
    }
}

fn dispatch(command: Command, console: &Console) -> Result<(), Failure> {
    match command {
        Command::Generate(command) => command.run(console),
        Command::Watch(command) => command.run(console),
        Command::Extract(command) => command.run(console),
        Command::Render(command) => command.run(console),
        Command::Verify(command) => command.run(),
        Command::Inspect(command) => command.run(console),
        Command::Init(command) => command.run(console),
        Command::Config(command) => command.run(console),
        Command::Editions(command) => command.run(console),
        Command::Review(command) => command.run(console),
        Command::Schedule(command) => command.run(console),
        Command::Templates(command) => command.run(console),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
        Command::Confined(command) => command.run(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    // Protects: the definition of the command line is sound (no clashing names, no bad defaults).
    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
