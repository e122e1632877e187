//! `dateline editions`: what was issued, and what becomes of it.

mod change;
mod diff;
mod list;
mod render;
mod show;

use clap::{Args, Subcommand};

use super::choice::Choice;
use super::console::Console;
use super::failure::Failure;

/// List, show, compare, render, correct or withdraw the editions of a briefing
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline editions list
  dateline editions show 3
  dateline editions diff 2 3
  dateline editions render 3 -o again.pdf
  dateline editions withdraw 3 --reason 'the report of the ministry was not genuine'")]
pub struct Editions {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    choice: Choice,
}

#[derive(Debug, Subcommand)]
enum Action {
    List(list::List),
    Show(show::Show),
    Diff(diff::Diff),
    Render(render::Render),
    Withdraw(change::Withdraw),
    Correct(change::Correct),
    Prune(change::Prune),
}

impl Editions {
    /// Runs the command.
    pub fn run(self, console: &Console) -> Result<(), Failure> {
        self.choice.at_desk(|desk| match self.action {
            Action::List(list) => list.run(&desk, console),
            Action::Show(show) => show.run(&desk),
            Action::Diff(diff) => diff.run(&desk, console),
            Action::Render(render) => render.run(&desk, console),
            Action::Withdraw(withdraw) => withdraw.run(&desk, console),
            Action::Correct(correct) => correct.run(&desk, console),
            Action::Prune(prune) => prune.run(&desk, console),
        })
    }
}
