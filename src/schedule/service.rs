//! The service: waits, sees what is due, has it made, and writes down how it went. One run at a time.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};

use crate::archive::{Error, Holder};

use super::agenda::{Agenda, Due};
use super::{Clock, Ending, Job, Ledger, Moment, Office, Outcome, Record, Run, Wake};

/// The longest sleep: a clock that was set and a machine that slept are noticed after this.
const NAP: Duration = Duration::from_secs(60);

/// By how many seconds the clocks may disagree before that is worth a word.
const LEAP: i64 = 30;

/// A run that begins later than this is said to make up for the time for which it was planned.
const LATE: chrono::Duration = chrono::Duration::minutes(5);

/// Runs the schedules of all jobs of an office.
pub struct Service<'w> {
    clock: &'w dyn Clock,
    office: &'w mut dyn Office,
    holder: Holder,
    desks: BTreeMap<String, Desk>,
    seen: Moment,
}

/// A job with what is known of its runs.
struct Desk {
    job: Job,
    ledger: Ledger,
    record: Record,
    agenda: Agenda,
}

impl<'w> Service<'w> {
    /// Takes up all jobs of the office.
    ///
    /// # Errors
    /// [`Error`] when another process runs one of them, or nothing can be written where one lies.
    pub fn start(
        clock: &'w dyn Clock,
        office: &'w mut dyn Office,
        holder: Holder,
    ) -> Result<Service<'w>, Error> {
        let seen = clock.now();
        let mut service = Service { clock, office, holder, desks: BTreeMap::new(), seen };
        for job in service.office.jobs().unwrap_or_default() {
            let desk = service.open(job)?;
            service.desks.insert(desk.job.name.clone(), desk);
        }
        Ok(service)
    }

    /// Works until it is to stop. A run that has begun is brought to its end.
    pub fn run(mut self) {
        self.office.tell(None, "schedule started");
        loop {
            self.look_at_the_clock();
            if let Some(jobs) = self.office.jobs() {
                self.take_over(jobs);
            }
            let wait = match self.next_due() {
                Some((name, due)) => {
                    self.perform(&name, due);
                    Duration::ZERO
                }
                None => self.until_next(),
            };
            if self.clock.wait(wait) == Wake::Stop {
                break;
            }
        }
        self.say_what_is_left();
        self.office.tell(None, "schedule stopped");
    }

    /// Makes each job once, now, with its retries. Whether all went well.
    pub fn once(mut self) -> bool {
        let names: Vec<String> = self.desks.keys().cloned().collect();
        for name in &names {
            if self.clock.wait(Duration::ZERO) == Wake::Stop {
                return false;
            }
            let planned = self.clock.now().wall.trunc_subsecs(0);
            self.perform(name, Due { planned, tries: 0, since: None });
            let again = |desks: &BTreeMap<String, Desk>| desks.get(name)?.agenda.again();
            while let Some((due, at)) = again(&self.desks) {
                if self.clock.wait(at.saturating_sub(self.clock.now().steady)) == Wake::Stop {
                    self.say_what_is_left();
                    return false;
                }
                self.perform(name, due);
            }
        }
        self.desks.values().all(|desk| desk.record.failures == 0)
    }

    /// Takes up a job where it was left.
    fn open(&mut self, job: Job) -> Result<Desk, Error> {
        let ledger = Ledger::open(&job.folder, &self.holder)?;
        if let Some(holder) = &ledger.left_by {
            let words = format!("the service before was stopped ({holder})");
            self.office.tell(Some(&job), &words);
        }
        let now = self.clock.now().wall.trunc_subsecs(0);
        let record = Record::read(&job.folder).unwrap_or_else(|wrong| {
            self.office.tell(Some(&job), &format!("{wrong}; counted from now on"));
            None
        });
        let same = |record: &Record| record.schedule == job.schedule.calendar().to_string();
        let record = match record {
            Some(record) if same(&record) => record,
            other => Record::begin(&job.schedule, now, other),
        };
        let agenda = Agenda::new(&job.name, &job.schedule, record.handled);
        let mut desk = Desk { job, ledger, record, agenda };
        desk.after_a_pause(now, self.office);
        desk.save(self.office);
        Ok(desk)
    }

    /// Goes on with other jobs: what stays keeps what is known of it.
    fn take_over(&mut self, jobs: Vec<Job>) {
        let mut before = std::mem::take(&mut self.desks);
        for job in jobs {
            let old = before.remove(&job.name).filter(|desk| desk.job.folder == job.folder);
            match old {
                Some(desk) if desk.job == job => drop(self.desks.insert(job.name.clone(), desk)),
                // Its lock is let go of first.
                old => {
                    drop(old);
                    match self.open(job.clone()) {
                        Ok(desk) => drop(self.desks.insert(job.name.clone(), desk)),
                        Err(error) => {
                            self.office.tell(Some(&job), &format!("not scheduled: {error}"));
                        }
                    }
                }
            }
        }
    }

    /// Notices that the clock was set, or that the machine slept.
    fn look_at_the_clock(&mut self) {
        let now = self.clock.now();
        let leap = now.leap_since(&self.seen);
        self.seen = now;
        if leap.num_seconds().abs() < LEAP {
            return;
        }
        let (seconds, way) = (leap.num_seconds().abs(), leap.num_seconds().signum());
        let way = if way > 0 { "went on by" } else { "was set back by" };
        self.office.tell(None, &format!("the clock {way} {seconds} s"));
        for desk in self.desks.values_mut() {
            desk.after_a_pause(now.wall, self.office);
        }
    }

    /// Of the runs that are due the one that has waited longest.
    fn next_due(&self) -> Option<(String, Due)> {
        let now = self.clock.now();
        let due = self.desks.iter().filter_map(|(name, desk)| Some((name, desk.agenda.due(now)?)));
        due.min_by_key(|(_, due)| due.since.unwrap_or(due.planned))
            .map(|(name, due)| (name.clone(), due))
    }

    fn until_next(&self) -> Duration {
        let now = self.clock.now();
        self.desks
            .values()
            .filter_map(|desk| desk.agenda.wait(now))
            .min()
            .map_or(NAP, |w| w.min(NAP))
    }

    /// Has a job made, and writes down how it ended.
    fn perform(&mut self, name: &str, due: Due) {
        let Some(desk) = self.desks.get_mut(name) else { return };
        desk.give_up_older(due, self.clock, self.office);
        desk.say_what_was_missed(due, self.clock.now().wall, self.office);
        let outcome = self.office.make(&desk.job);
        if outcome.result == Ending::Failed
            && let Some(wait) = desk.agenda.retry(due, &outcome, self.clock.now())
        {
            let words = format!("failed: {}; tried again in {} s", outcome.words, wait.as_secs());
            return self.office.tell(Some(&desk.job), &words);
        }
        desk.settle(due.planned, due.tries + 1, outcome, self.clock, self.office);
    }

    /// Says which runs were not brought to an end; the next service makes up for them.
    fn say_what_is_left(&mut self) {
        for desk in self.desks.values() {
            if let Some(pending) = desk.agenda.pending() {
                let words = format!("the run of {} is left undone", shown(pending.planned));
                self.office.tell(Some(&desk.job), &words);
            }
        }
    }
}

impl Desk {
    /// After a time in which nobody looked at the clock.
    fn after_a_pause(&mut self, now: DateTime<Utc>, office: &mut dyn Office) {
        if self.agenda.set_back(now) {
            office.tell(Some(&self.job), "planned from the new time on");
        }
        if let Some(last) = self.agenda.pass_over(now) {
            let words = format!("missed up to {}, and not made up for", shown(last));
            office.tell(Some(&self.job), &words);
        }
    }

    /// Says that a run comes late, or in place of several.
    fn say_what_was_missed(&self, due: Due, now: DateTime<Utc>, office: &mut dyn Office) {
        let late = now > due.planned + self.job.schedule.jitter.0 + LATE;
        let words = match due.since {
            Some(since) => format!("one run makes up for those missed since {}", shown(since)),
            None if late && due.tries == 0 => format!("makes up for {}", shown(due.planned)),
            None => return,
        };
        office.tell(Some(&self.job), &words);
    }

    /// Ends a run that is still to be tried again when the next one is due.
    fn give_up_older(&mut self, due: Due, clock: &dyn Clock, office: &mut dyn Office) {
        let older = self.agenda.pending().filter(|pending| pending.planned != due.planned);
        if let Some(older) = older.cloned() {
            self.settle(older.planned, older.tries, older.outcome, clock, office);
        }
    }

    /// Notes the end of a run, and tells those who watch.
    fn settle(
        &mut self,
        planned: DateTime<Utc>,
        tries: u32,
        outcome: Outcome,
        clock: &dyn Clock,
        office: &mut dyn Office,
    ) {
        self.agenda.settle(planned);
        let succeeded = !outcome.result.is_failure();
        let words = match outcome.result {
            Ending::Failed => format!("failed for good: {}", outcome.words),
            _ => outcome.words.clone(),
        };
        office.tell(Some(&self.job), &words);
        self.record.add(Run { planned, ended: clock.now().wall.trunc_subsecs(0), tries, outcome });
        self.save(office);
        if self.job.schedule.health.is_some()
            && let Err(why) = office.ping(&self.job, succeeded)
        {
            office.tell(Some(&self.job), &why);
        }
    }

    fn save(&mut self, office: &mut dyn Office) {
        self.record.handled = self.agenda.handled();
        if let Err(error) = self.ledger.write(&self.record) {
            office.tell(Some(&self.job), &format!("the record of runs is not written: {error}"));
        }
    }
}

fn shown(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
