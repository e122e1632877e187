//! `dateline review list`: all facts of the reports, and what was decided about them.

use std::io::Write;

use clap::Args;
use dateline::correction::{Action, Correction};
use dateline::fact::Fact;
use dateline::summarize;
use serde::Serialize;

use super::super::console::visible;
use super::super::failure::Failure;
use super::super::press;
use super::Reviewed;

/// List all facts of the reports with their identifiers, and what was decided about them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline review list
  dateline review list --decided --json")]
pub struct List {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
    /// Only facts about which something was decided
    #[arg(long)]
    decided: bool,
}

/// One fact, or one decision about a fact that is not there any more.
#[derive(Debug, Serialize)]
struct Row<'r> {
    fact: &'r str,
    says: String,
    /// The reports that say it; none where the words are gone.
    documents: Vec<&'r str>,
    /// What holds of it.
    decision: Option<&'r Correction>,
}

impl List {
    /// Runs the command.
    pub fn run(self, reviewed: &Reviewed) -> Result<(), Failure> {
        let rows = rows(reviewed).into_iter();
        let rows: Vec<Row> = rows.filter(|row| !self.decided || row.decision.is_some()).collect();
        let bytes = match self.json {
            true => press::json(&rows)?,
            false => visible(&table(&rows)).into_owned().into_bytes(),
        };
        let written = anstream::stdout().write_all(&bytes);
        written.map_err(|error| Failure::write("standard output", &error))
    }
}

/// All facts in the order of the dossier, then decisions whose facts are gone.
fn rows<'r>(reviewed: &'r Reviewed<'_>) -> Vec<Row<'r>> {
    let dossier = &reviewed.dossier;
    let decided = summarize::in_force(&reviewed.decisions).into_iter();
    let decided: Vec<(Option<usize>, &Correction)> =
        decided.map(|decision| (summarize::target(dossier, decision), decision)).collect();
    let of = |at: usize| decided.iter().find(|(target, _)| *target == Some(at));
    let row = |(at, fact): (usize, &'r Fact)| Row {
        fact: &fact.id,
        says: summarize::says(dossier, fact),
        documents: fact.documents().collect(),
        decision: of(at).map(|(_, decision)| *decision),
    };
    let mut rows: Vec<Row> = dossier.facts.iter().enumerate().map(row).collect();
    let gone = decided.iter().filter(|(target, _)| target.is_none());
    rows.extend(gone.map(|(_, decision)| Row {
        fact: &decision.fact,
        says: decision.says.clone(),
        documents: Vec::new(),
        decision: Some(decision),
    }));
    rows
}

/// Identifier, number of reports, decision, what it says.
fn table(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let decision = row.decision.map_or(String::new(), shown);
        let reports = match row.documents.len() {
            0 => "gone".to_owned(),
            count => count.to_string(),
        };
        format!("{:<11} {reports:>4}  {decision:<8} {}\n", row.fact, row.says)
    };
    rows.iter().map(line).collect()
}

/// A decision as the table has it.
fn shown(decision: &Correction) -> String {
    match decision.action {
        Action::Accept => "accepted",
        Action::Reject => "rejected",
        Action::Edit => "edited",
        Action::Pin => "pinned",
        Action::Undo => "",
    }
    .to_owned()
}
