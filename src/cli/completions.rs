//! `dateline completions`: words that a shell completes.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Cli;
use super::failure::Failure;
use super::output::Target;

/// Print the completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline")]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "dateline", &mut script);
        Target::Stdout.write(&script)
    }
}
