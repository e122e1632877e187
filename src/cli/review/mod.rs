//! `dateline review`: facts accepted, rejected, edited and pinned by people.

mod decide;
mod list;

use clap::{Args, Subcommand};
use dateline::correction::{Action, Correction};
use dateline::dossier::Dossier;

use super::choice::Choice;
use super::console::Console;
use super::corrections;
use super::failure::Failure;
use super::issue::Desk;
use super::progress::Progress;

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
    #[command(flatten)]
    choice: Choice,
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
        self.choice.at_desk(|desk| {
            let decisions =
                corrections::load(desk.file, desk.configuration, &desk.plan.name, console)?;
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
        })
    }
}

/// What is reviewed: the facts as the reports give them, and all decisions so far.
struct Reviewed<'c> {
    desk: Desk<'c>,
    dossier: Dossier,
    decisions: Vec<Correction>,
}
