//! `dateline schedule next`: when the next editions are due.

use std::io::Write;

use chrono::{DateTime, Duration, Utc};
use clap::{Args, value_parser};
use dateline::configuration::{Plan, Schedule};

use super::super::clock;
use super::super::failure::Failure;

/// List the times of the next editions
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline schedule next --count 10")]
pub struct Next {
    /// How many times of each briefing
    #[arg(long, default_value_t = 5, value_parser = value_parser!(u32).range(1..=10_000))]
    count: u32,
}

impl Next {
    /// Runs the command.
    pub fn run(self, plans: &[(&Plan, &Schedule)]) -> Result<(), Failure> {
        let now = clock::now()?;
        let mut out = anstream::stdout();
        let closed = |error| Failure::write("standard output", &error);
        for (plan, schedule) in plans {
            let calendar = schedule.calendar();
            writeln!(out, "{}: {} ({calendar})", plan.name, calendar.words()).map_err(closed)?;
            let times = std::iter::successors(calendar.next(now), |time| calendar.next(*time));
            for time in times.take(self.count as usize) {
                let utc = time.format("%Y-%m-%d %H:%M UTC");
                writeln!(out, "  {}  {utc}", local(schedule, time)).map_err(closed)?;
            }
        }
        Ok(())
    }
}

/// "Saturday 21 November 2026, 06:00 GMT".
pub fn local(schedule: &Schedule, time: DateTime<Utc>) -> String {
    schedule.zone.local(time).format("%A %-d %B %Y, %H:%M %Z").to_string()
}

/// "Saturday 21 November 2026, 06:00 GMT, in 15 hours (at 06:00)": the next run in words.
pub fn explained(schedule: &Schedule, now: DateTime<Utc>) -> String {
    let calendar = schedule.calendar();
    let Some(time) = calendar.next(now) else { return "never".to_owned() };
    format!("{}, {} ({})", local(schedule, time), distance(time - now), calendar.words())
}

/// "in 15 hours", in the longest unit of which there is one.
fn distance(left: Duration) -> String {
    let units =
        [(left.num_days(), "day"), (left.num_hours(), "hour"), (left.num_minutes(), "minute")];
    match units.into_iter().find(|(count, _)| *count > 0) {
        Some((1, unit)) => format!("in 1 {unit}"),
        Some((count, unit)) => format!("in {count} {unit}s"),
        None => "in less than a minute".to_owned(),
    }
}
