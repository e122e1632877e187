//! A clock that the test turns, and an office that notes what it was asked for.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};
use dateline::archive::Holder;
use dateline::configuration::Configuration;
use dateline::schedule::{Clock, Ending, Job, Moment, Office, Outcome, Record, Service, Wake};
use tempfile::TempDir;

pub fn utc(text: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc()
}

pub fn holder() -> Holder {
    Holder { pid: std::process::id(), since: DateTime::UNIX_EPOCH }
}

/// A clock that goes on only when somebody waits, or works.
pub struct Turned {
    pub now: Cell<Moment>,
    pub stop: Cell<DateTime<Utc>>,
    /// When the wall clock is set, and by how many seconds.
    pub set: RefCell<Vec<(DateTime<Utc>, i64)>>,
}

impl Turned {
    pub fn new(start: &str, stop: &str) -> Rc<Turned> {
        let now = Moment { wall: utc(start), steady: Duration::from_secs(77) };
        Rc::new(Turned { now: now.into(), stop: utc(stop).into(), set: RefCell::default() })
    }

    pub fn go_on(&self, time: Duration) {
        let Moment { wall, steady } = self.now.get();
        self.now.set(Moment { wall: wall + time, steady: steady + time });
        let due = self.set.borrow().first().copied().filter(|(at, _)| *at <= wall + time);
        if let Some((_, seconds)) = due {
            self.set.borrow_mut().remove(0);
            let wall = wall + time + chrono::Duration::seconds(seconds);
            self.now.set(Moment { wall, steady: steady + time });
        }
    }

    pub fn wall(&self) -> DateTime<Utc> {
        self.now.get().wall
    }
}

impl Clock for Turned {
    fn now(&self) -> Moment {
        self.now.get()
    }

    fn wait(&self, at_most: Duration) -> Wake {
        assert!(at_most <= Duration::from_secs(3600), "{at_most:?} without a look at the clock");
        self.go_on(at_most);
        if self.wall() >= self.stop.get() { Wake::Stop } else { Wake::Elapsed }
    }
}

/// What an office does at a time.
pub type Script = Box<dyn Fn(&str, DateTime<Utc>) -> Ending>;

/// An office that notes what it was asked for.
pub struct Noted {
    pub clock: Rc<Turned>,
    pub folder: TempDir,
    /// The configurations, and from when on they hold.
    pub plans: Vec<(DateTime<Utc>, Vec<Job>)>,
    pub script: Script,
    pub made: Vec<(String, DateTime<Utc>)>,
    pub pings: Vec<(String, bool)>,
    pub said: Vec<String>,
}

impl Noted {
    pub fn new(clock: &Rc<Turned>, toml: &str, script: Script) -> Noted {
        let folder = TempDir::new().unwrap();
        let plans = vec![(DateTime::UNIX_EPOCH, jobs(toml, folder.path()))];
        let (made, pings, said) = Default::default();
        Noted { clock: clock.clone(), folder, plans, script, made, pings, said }
    }

    pub fn times(&self, name: &str) -> Vec<DateTime<Utc>> {
        self.made.iter().filter(|(job, _)| job == name).map(|(_, time)| *time).collect()
    }

    pub fn said(&self, words: &str) -> usize {
        self.said.iter().filter(|line| line.contains(words)).count()
    }

    pub fn record(&self, name: &str) -> Record {
        Record::read(&self.folder.path().join(name)).unwrap().unwrap()
    }

    pub fn serve(&mut self) {
        let clock = self.clock.clone();
        Service::start(&*clock, self, holder()).unwrap().run();
    }
}

impl Office for Noted {
    fn jobs(&mut self) -> Option<Vec<Job>> {
        let due = self.plans.first().is_some_and(|(from, _)| *from <= self.clock.wall());
        due.then(|| self.plans.remove(0).1)
    }

    fn make(&mut self, job: &Job) -> Outcome {
        let now = self.clock.wall();
        self.made.push((job.name.clone(), now));
        self.clock.go_on(Duration::from_secs(20));
        Outcome::new((self.script)(&job.name, now), "as the script says")
    }

    fn ping(&mut self, job: &Job, succeeded: bool) -> Result<(), String> {
        self.pings.push((job.name.clone(), succeeded));
        if succeeded { Ok(()) } else { Err("nobody answers".to_owned()) }
    }

    fn tell(&mut self, job: Option<&Job>, words: &str) {
        self.said.push(format!("{}: {words}", job.map_or("schedule", |job| &job.name)));
    }
}

/// The jobs of a configuration.
pub fn jobs(toml: &str, folder: &Path) -> Vec<Job> {
    let configuration = Configuration::parse(toml, Path::new("")).unwrap();
    let job = |plan: &dateline::configuration::Plan| {
        let schedule = plan.schedule.clone()?;
        Some(Job { name: plan.name.clone(), folder: folder.join(&plan.name), schedule })
    };
    configuration.briefings.iter().filter_map(job).collect()
}

/// A plan with these lines in its schedule.
pub fn plan(name: &str, schedule: &str) -> String {
    format!("[[briefing]]\nname = \"{name}\"\ninputs = [\"in\"]\n[briefing.schedule]\n{schedule}\n")
}

pub fn always(ending: Ending) -> Script {
    Box::new(move |_, _| ending)
}
