//! Scheduling: briefings are made by themselves, for months, with nobody looking.
//!
//! [`Service`] waits until a briefing is due and has its [`Office`] make it. Time comes in through [`Clock`]:
//! tests let sixty days go by in a moment. The pipeline knows nothing of all this.

mod agenda;
mod clock;
mod health;
mod ledger;
mod log;
mod service;
mod unit;

use std::path::PathBuf;

use crate::configuration::Schedule;

pub use agenda::jitter;
pub use clock::{Clock, Moment, Wake};
pub use health::{Trouble, ping};
pub use ledger::{Ledger, Outcome, Record, Result as Ending, Run};
pub use log::Log;
pub use service::Service;
pub use unit::{Command, Untranslatable, crontab, on_calendar, service_unit, timer_unit};

/// A briefing that is to be made by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The name of the briefing.
    pub name: String,
    /// Where its editions lie.
    pub folder: PathBuf,
    /// When it is due.
    pub schedule: Schedule,
}

/// What a service has others do.
pub trait Office {
    /// All jobs, where they are others than when this was asked last; at first in any case.
    fn jobs(&mut self) -> Option<Vec<Job>>;

    /// Makes the next edition of a briefing.
    fn make(&mut self, job: &Job) -> Outcome;

    /// Tells whoever watches over a briefing how its run ended.
    ///
    /// # Errors
    /// Why nobody could be told, without any secret.
    fn ping(&mut self, job: &Job, succeeded: bool) -> Result<(), String>;

    /// Says, and writes down, what happened to a briefing, or to the service itself.
    fn tell(&mut self, job: Option<&Job>, words: &str);
}
