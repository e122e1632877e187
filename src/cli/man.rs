//! `dateline man`: the manual pages.

use clap::{Args, CommandFactory};

use super::Cli;
use super::failure::Failure;
use super::output::Target;

/// Print a manual page
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline man | man -l -
  dateline man generate > dateline-generate.1")]
pub struct Man {
    /// The command whose page is wanted [default: the page of dateline itself]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Man {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let mut whole = Cli::command();
        whole.build();
        let page = match &self.command {
            None => &whole,
            Some(name) => whole.find_subcommand(name).ok_or_else(|| unknown(name, &whole))?,
        };
        let mut roff = Vec::new();
        let source = format!("dateline {}", env!("CARGO_PKG_VERSION"));
        let page = clap_mangen::Man::new(page.clone()).source(source);
        page.render(&mut roff).map_err(Failure::failed)?;
        Target::Stdout.write(&roff)
    }
}

fn unknown(name: &str, whole: &clap::Command) -> Failure {
    let names: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
    Failure::usage(format!("unknown command `{name}`; accepted: {}", names.join(", ")))
}
