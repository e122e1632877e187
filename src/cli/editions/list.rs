//! `dateline editions list`: one line an edition.

use std::io::Write;

use clap::Args;
use dateline::archive::Entry;
use dateline::edition::Manifest;

use super::super::console::{Console, visible};
use super::super::failure::Failure;
use super::super::issue::Desk;
use super::super::press;

/// List all editions, oldest first
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline editions list --json")]
pub struct List {
    /// Print the manifests as a JSON array
    #[arg(long)]
    json: bool,
}

impl List {
    /// Runs the command.
    pub fn run(self, desk: &Desk, console: &Console) -> Result<(), Failure> {
        let entries = desk.archive().entries()?;
        let whole = |entry: &Entry| match entry {
            Entry::Whole(manifest) => Some((**manifest).clone()),
            Entry::Damaged { .. } => None,
        };
        let manifests: Vec<Manifest> = entries.iter().filter_map(whole).collect();
        let text = if self.json {
            press::json(&manifests)?
        } else {
            manifests.iter().map(|m| line(m, &manifests) + "\n").collect::<String>().into_bytes()
        };
        let written = anstream::stdout().write_all(&text);
        written.map_err(|error| Failure::write("standard output", &error))?;
        for entry in &entries {
            if let Entry::Damaged { number, what } = entry {
                console.warning(format_args!("No. {number} is not whole: {what}"));
            }
        }
        if entries.is_empty() {
            console.warning(format_args!("{}: no edition yet", desk.plan.name));
        }
        Ok(())
    }
}

/// "No. 3  CURRENT    as of 2024-12-28  3 reports".
fn line(manifest: &Manifest, all: &[Manifest]) -> String {
    let day = manifest.as_of.map_or("undated".into(), |day| day.to_string());
    let reports = manifest.inputs.len();
    let mut line = format!(
        "No. {:<4} {:<9}  as of {day:<10}  {reports} {}",
        manifest.number,
        manifest.status,
        if reports == 1 { "report" } else { "reports" }
    );
    let replacing = all.iter().rev().find(|other| {
        other.correction.as_ref().is_some_and(|c| c.replaces == manifest.number) && other.stands()
    });
    if let Some(replacing) = replacing {
        line += &format!("; replaced by No. {}", replacing.number);
    }
    if let Some(correction) = &manifest.correction {
        line += &format!("; replaces No. {}: {}", correction.replaces, correction.reason);
    }
    if let Some(withdrawal) = &manifest.withdrawal {
        line += &format!("; {}", withdrawal.reason);
    }
    visible(&line.replace('\n', " ")).into_owned()
}
