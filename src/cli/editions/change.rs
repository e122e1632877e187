//! `dateline editions withdraw`, `correct`, `prune`: what becomes of an edition.

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use clap::value_parser;
use dateline::edition::{Correction, Withdrawal};

use super::super::clock;
use super::super::console::Console;
use super::super::failure::Failure;
use super::super::generate::{self, say};
use super::super::issue::{Desk, Wish};

/// Mark an edition as one that must no longer be used; latest.pdf becomes the one before
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline editions withdraw 3 --reason 'the report of the ministry was not genuine'")]
pub struct Withdraw {
    /// The edition
    #[arg(value_name = "N")]
    number: u32,
    /// Why; it is kept in the manifest
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    reason: String,
}

/// Make a new edition that replaces one that was wrong; it says CORRECTED
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline editions correct 3 --reason 'one report was counted twice'")]
pub struct Correct {
    /// The edition that is replaced
    #[arg(value_name = "N")]
    number: u32,
    /// Why; it is kept in the manifest
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    reason: String,
}

/// Remove old editions
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline editions prune --keep 30")]
pub struct Prune {
    /// How many of the newest stay [default: what the configuration says]
    #[arg(long, value_name = "COUNT", value_parser = value_parser!(u32).range(1..))]
    keep: Option<u32>,
}

impl Withdraw {
    /// Runs the command.
    pub fn run(self, desk: &Desk, console: &Console) -> Result<(), Failure> {
        let archive = desk.archive();
        // Asked first, so that a wrong number makes no folder.
        archive.edition(Some(self.number))?;
        let withdrawal = Withdrawal { reason: self.reason, at: clock::now()? };
        archive.write(&clock::holder()?)?.withdraw(self.number, withdrawal)?;
        say(&format!("{} No. {}: withdrawn", desk.plan.name, self.number), false, console)
    }
}

impl Correct {
    /// Runs the command.
    pub fn run(self, desk: &Desk, console: &Console) -> Result<(), Failure> {
        desk.archive().edition(Some(self.number))?;
        let correction = Correction { replaces: self.number, reason: self.reason };
        let wish = Wish { page: None, repeat: false, correction: Some(correction) };
        generate::edition(desk, &wish, console).map(|_| ())
    }
}

impl Prune {
    /// Runs the command.
    pub fn run(self, desk: &Desk, console: &Console) -> Result<(), Failure> {
        let keep = self.keep.or(desk.plan.retention.editions).ok_or_else(|| {
            Failure::usage("nothing says how many editions stay")
                .hint("--keep COUNT, or `editions` under [briefing.retention]")
        })?;
        let archive = desk.archive();
        archive.edition(None)?;
        let pruned = archive.write(&clock::holder()?)?.prune(keep)?;
        let words = match pruned.len() {
            0 => "nothing to remove".to_owned(),
            1 => "1 edition removed".to_owned(),
            count => format!("{count} editions removed"),
        };
        say(&format!("{}: {words}", desk.plan.name), false, console)
    }
}
