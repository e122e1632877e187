//! `dateline schedule status`: how the last runs ended, and whether a service is at work.

use std::io::Write;

use chrono::SecondsFormat;
use clap::Args;
use dateline::configuration::{self, Configuration};
use dateline::schedule::{Job, Ledger, Record};
use serde::Serialize;

use super::super::clock;
use super::super::console::visible;
use super::super::failure::Failure;
use super::super::press;
use super::{Place, job, next};

/// Say how the last runs ended, and when the next ones are due
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline schedule status --json")]
pub struct Status {
    /// Print it as a JSON array
    #[arg(long)]
    json: bool,
}

/// What is known of the schedule of one briefing.
#[derive(Serialize)]
struct State {
    briefing: String,
    /// When it is due, in words.
    due: String,
    /// The process that is at work, where there is one.
    service: Option<dateline::archive::Holder>,
    #[serde(flatten)]
    record: Option<Record>,
    next: String,
}

impl Status {
    /// Runs the command.
    pub fn run(self, place: &Place, configuration: &Configuration) -> Result<(), Failure> {
        let plans = place.plans(configuration)?;
        let states =
            plans.iter().map(|(plan, schedule)| state(&job(configuration, plan, schedule)));
        let states: Vec<State> = states.collect::<Result<_, _>>()?;
        let text = match self.json {
            true => press::json(&states)?,
            false => states.iter().map(words).collect::<String>().into_bytes(),
        };
        let written = anstream::stdout().write_all(&text);
        written.map_err(|error| Failure::write("standard output", &error))
    }
}

fn state(job: &Job) -> Result<State, Failure> {
    let schedule: &configuration::Schedule = &job.schedule;
    let calendar = schedule.calendar();
    Ok(State {
        briefing: job.name.clone(),
        due: format!("{} ({calendar})", calendar.words()),
        service: Ledger::holder(&job.folder),
        record: Record::read(&job.folder).map_err(Failure::failed)?,
        next: next::explained(schedule, clock::now()?),
    })
}

fn words(state: &State) -> String {
    let service = match &state.service {
        Some(holder) => holder.to_string(),
        None => "none is at work".to_owned(),
    };
    let last = state.record.as_ref().and_then(|record| record.last.as_ref());
    let last = last.map_or("none yet".to_owned(), |run| {
        let ended = run.ended.to_rfc3339_opts(SecondsFormat::Secs, true);
        format!("{ended}, {}", run.outcome.words)
    });
    let failures = state.record.as_ref().map_or(0, |record| record.failures);
    let failed = match failures {
        0 => String::new(),
        1 => "  it failed\n".to_owned(),
        count => format!("  the last {count} failed\n"),
    };
    let State { briefing, due, next, .. } = state;
    let text = format!(
        "{briefing}: {due}\n  service: {service}\n  last run: {last}\n{failed}  next run: {next}\n"
    );
    visible(&text).into_owned()
}
