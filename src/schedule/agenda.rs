//! When one briefing is due: by its calendar, or once more after a failure.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::calendar::Calendar;
use crate::configuration::Schedule;

use super::{Moment, Outcome};

/// Where the clock was set back by more than this, times that it shows again count again.
const REPEATED: chrono::Duration = chrono::Duration::hours(1);

/// The longest wait before a retry.
const LONGEST_RETRY: Duration = Duration::from_secs(3600);

/// What lies ahead of one briefing.
#[derive(Clone, Debug)]
pub struct Agenda {
    name: String,
    schedule: Schedule,
    calendar: Calendar,
    /// All times up to this one are done with.
    handled: DateTime<Utc>,
    /// The run that failed and is to be tried again.
    pending: Option<Pending>,
}

/// A run that is not done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The time for which it was planned.
    pub planned: DateTime<Utc>,
    /// How often it was tried.
    pub tries: u32,
    /// How the last try ended.
    pub outcome: Outcome,
    /// When it is tried again, by the steady clock.
    again: Duration,
}

/// A run that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The time for which it was planned.
    pub planned: DateTime<Utc>,
    /// How often it was tried before.
    pub tries: u32,
    /// The first planned time that it makes up for, where there are several.
    pub since: Option<DateTime<Utc>>,
}

impl Agenda {
    /// What lies ahead after a time up to which all is done.
    pub fn new(name: &str, schedule: &Schedule, handled: DateTime<Utc>) -> Agenda {
        let (name, calendar) = (name.to_owned(), schedule.calendar());
        Agenda { name, schedule: schedule.clone(), calendar, handled, pending: None }
    }

    /// The time up to which all is done.
    pub fn handled(&self) -> DateTime<Utc> {
        self.handled
    }

    /// The run that is to be tried again.
    pub fn pending(&self) -> Option<&Pending> {
        self.pending.as_ref()
    }

    /// The retry that is planned, and when it begins by the steady clock.
    pub fn again(&self) -> Option<(Due, Duration)> {
        let Pending { planned, tries, again, .. } = self.pending.as_ref()?;
        Some((Due { planned: *planned, tries: *tries, since: None }, *again))
    }

    /// The run that is to begin now. A newer one goes before the retry of an older one.
    pub fn due(&self, now: Moment) -> Option<Due> {
        let done = self.pending.as_ref().map_or(self.handled, |pending| pending.planned);
        if let Some(first) = self.first(done, now.wall) {
            let planned = self.calendar.latest(done, now.wall).unwrap_or(first);
            return Some(Due { planned, tries: 0, since: (planned > first).then_some(first) });
        }
        self.again().filter(|(_, again)| *again <= now.steady).map(|(due, _)| due)
    }

    /// The first planned time after `done` that has come, with its delay.
    fn first(&self, done: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let begins = |planned| planned + self.jitter(planned);
        self.calendar.next(done).filter(|planned| begins(*planned) <= now)
    }

    /// How long it is until something may be due.
    pub fn wait(&self, now: Moment) -> Option<Duration> {
        let done = self.pending.as_ref().map_or(self.handled, |pending| pending.planned);
        let planned = self.calendar.next(done).map(|planned| {
            let left = planned + self.jitter(planned) - now.wall;
            left.to_std().unwrap_or_default()
        });
        let again = self.pending.as_ref().map(|pending| pending.again.saturating_sub(now.steady));
        planned.into_iter().chain(again).min()
    }

    fn jitter(&self, planned: DateTime<Utc>) -> Duration {
        jitter(&self.name, planned, self.schedule.jitter.0)
    }

    /// Notes that a run is done with, well or not.
    pub fn settle(&mut self, planned: DateTime<Utc>) {
        self.handled = self.handled.max(planned);
        self.pending = None;
    }

    /// Plans a retry after a failed try, and says how long it is until then; none where it was the last.
    pub fn retry(&mut self, due: Due, outcome: &Outcome, now: Moment) -> Option<Duration> {
        if due.tries >= self.schedule.retries {
            return None;
        }
        let first = self.schedule.retry_after.0;
        let wait = first.saturating_mul(1 << due.tries.min(20)).min(LONGEST_RETRY.max(first));
        let again = now.steady + wait;
        let (planned, tries, outcome) = (due.planned, due.tries + 1, outcome.clone());
        self.pending = Some(Pending { planned, tries, outcome, again });
        Some(wait)
    }

    /// Passes over what was missed up to now, where nothing is to make up for it. Returns the last of it.
    pub fn pass_over(&mut self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.schedule.catch_up {
            return None;
        }
        let first = self.first(self.handled, now)?;
        let last = self.calendar.latest(self.handled, now).unwrap_or(first);
        self.handled = last;
        Some(last)
    }

    /// Notes that the clock shows an earlier time than before; whether times up to now count again.
    pub fn set_back(&mut self, now: DateTime<Utc>) -> bool {
        let planned = self.pending.as_mut().map(|pending| &mut pending.planned);
        let ahead = std::iter::once(&mut self.handled).chain(planned);
        let ahead: Vec<_> = ahead.filter(|time| **time > now + REPEATED).collect();
        let again = !ahead.is_empty();
        ahead.into_iter().for_each(|time| *time = now);
        again
    }
}

/// By how much a run is put off: the same for the same briefing and time, so that a service that begins
/// anew does not change it.
pub fn jitter(name: &str, planned: DateTime<Utc>, longest: Duration) -> Duration {
    let hash = Sha256::digest(format!("{name} {}", planned.timestamp()));
    let number = hash.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    Duration::from_secs(number % (longest.as_secs() + 1))
}
