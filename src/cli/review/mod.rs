//! `dateline review`: facts accepted, rejected, edited and pinned by people.

mod decide;
mod list;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use dateline::configuration::{self, Configuration};
use dateline::correction::{Action, Correction};
use dateline::dossier::Dossier;
use dateline::extract::Memory;

use super::console::Console;
use super::failure::Failure;
use super::issue::Desk;
use super::progress::Progress;
use super::{config, corrections};

/// Accept, reject, edit and pin facts; every later edition keeps to it and says so
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline review list
  dateline review reject c1f6a9f51 --reason 'the ministry withdrew the figure'
  dateline review edit c1f6a9f51 --set count=41 --reason 'a slip of the agency; see its correction'

Decisions are kept in corrections.toml beside the configuration.")]
pub struct Review {
    #[command(subcommand)]
    what: What,
    /// The configuration
    #[arg(long, value_name = "FILE", global = true, default_value = configuration::FILE)]
    config: PathBuf,
    /// Which briefing, where the configuration has several
    #[arg(long, value_name = "NAME", global = true)]
    briefing: Option<String>,
}

#[derive(Debug, Subcommand)]
enum What {
    List(list::List),
    /// Say that facts are right
    Accept(decide::Decide),
    /// Leave facts out
    Reject(decide::Decide),
    Edit(decide::Edit),
    /// Put facts first in their sections
    Pin(decide::Decide),
    /// Take decisions back
    Undo(decide::Decide),
}

impl Review {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        let configuration: Configuration = config::load(&self.config)?;
        let plan = config::plan(&configuration, self.briefing.as_deref(), &self.config)?;
        let memory = Memory::none();
        let desk =
            Desk { file: &self.config, configuration: &configuration, plan, memory: &memory };
        let decisions = corrections::load(&self.config, &configuration, &plan.name, console)?;
        // What the reports say, whatever was decided about it before.
        let progress = Progress::start(console);
        let dossier = desk.dossier(&[], console, &progress)?;
        drop(progress);
        let reviewed = Reviewed { desk, dossier, decisions };
        match self.what {
            What::List(list) => list.run(&reviewed),
            What::Accept(decide) => decide.run(Action::Accept, &reviewed, console),
            What::Reject(decide) => decide.run(Action::Reject, &reviewed, console),
            What::Pin(decide) => decide.run(Action::Pin, &reviewed, console),
            What::Undo(decide) => decide.run(Action::Undo, &reviewed, console),
            What::Edit(edit) => edit.run(&reviewed, console),
        }
    }
}

/// What is reviewed: the facts as the reports give them, and all decisions so far.
struct Reviewed<'c> {
    desk: Desk<'c>,
    dossier: Dossier,
    decisions: Vec<Correction>,
}
