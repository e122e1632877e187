//! `dateline schedule` itself: the service in the foreground, and one run of it.

use std::sync::mpsc::channel;

use clap::Args;
use dateline::archive::Error;
use dateline::configuration::Configuration;
use dateline::schedule::Service;

use super::super::clock::{self, Machine};
use super::super::console::Console;
use super::super::failure::Failure;
use super::super::stop;
use super::Place;
use super::office::Office;

/// Make the next edition now, with the retries, the log and the healthcheck of the schedule
#[derive(Debug, Args)]
#[command(after_help = "Example:
  dateline schedule once --briefing aktau

For timers of systemd and lines of cron; `dateline schedule install` prints them.")]
pub struct Once {}

impl Once {
    /// Runs the command.
    pub fn run(
        self,
        place: Place,
        configuration: Configuration,
        console: &Console,
    ) -> Result<(), Failure> {
        place.plans(&configuration)?;
        let clock = machine()?;
        let mut office = Office::new(place, configuration, console);
        let service = Service::start(&clock, &mut office, clock::holder()?).map_err(busy)?;
        match service.once() {
            true => Ok(()),
            false => Err(Failure::failed("not every edition was made")
                .hint("`dateline schedule status` and the run log say why")),
        }
    }
}

/// Runs the service until it is told to stop.
pub fn serve(place: Place, configuration: Configuration, console: &Console) -> Result<(), Failure> {
    place.plans(&configuration)?;
    let clock = machine()?;
    let mut office = Office::new(place, configuration, console);
    Service::start(&clock, &mut office, clock::holder()?).map_err(busy)?.run();
    Ok(())
}

/// Why the schedule cannot be run.
fn busy(error: Error) -> Failure {
    match error {
        Error::Locked { path, holder } => {
            let holder = holder.map_or(String::new(), |holder| format!(" ({holder})"));
            Failure::failed(format!("{path}: another service keeps this schedule{holder}"))
                .hint("stop that one first, or leave the briefing to it")
        }
        other => other.into(),
    }
}

/// The clocks of this machine; SIGTERM or Ctrl-C ends their wait.
fn machine() -> Result<Machine, Failure> {
    let (sender, receiver) = channel();
    // Nobody is left to be told where the receiver is gone.
    stop::when_asked(move || {
        let _ = sender.send(());
    })?;
    Ok(Machine::new(receiver))
}
