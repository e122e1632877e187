//! What is kept of the runs of one briefing beside its editions, and the lock that makes a service the only
//! one to do so.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::archive::{Disk, Error, Holder, Local, Lock};
use crate::configuration::Schedule;

const RECORD: &str = "schedule.json";
const LOCK: &str = ".schedule.lock";
const SCHEMA: &str = "dateline.schedule/1";

/// `schedule.json`: which runs are done with, and how the last one ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    schema: String,
    /// The schedule by which it was made: times missed under another one do not count.
    pub schedule: String,
    /// All planned times up to this one are done with.
    pub handled: DateTime<Utc>,
    /// How the last run ended.
    pub last: Option<Run>,
    /// How many runs have failed since the last that did not.
    pub failures: u32,
}

/// A run that ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The time for which it was planned.
    pub planned: DateTime<Utc>,
    /// When it ended, by the clock of that machine.
    pub ended: DateTime<Utc>,
    /// How often it was tried.
    pub tries: u32,
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub result: Result,
    /// The edition, or what went wrong.
    pub words: String,
}

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Result {
    /// An edition.
    Made,
    /// No edition was needed.
    NothingNew,
    /// No edition, and one was wanted.
    Failed,
    /// An edition; what was to follow it failed.
    AfterFailed,
}

impl Result {
    /// Whether somebody ought to look.
    pub fn is_failure(self) -> bool {
        matches!(self, Result::Failed | Result::AfterFailed)
    }
}

impl Outcome {
    /// An outcome with its words.
    pub fn new(result: Result, words: impl ToString) -> Outcome {
        Outcome { result, words: words.to_string() }
    }
}

impl Record {
    /// A record before the first run of a schedule: what was planned before `now` is nobody's concern. Of the
    /// record of another schedule the last run stays.
    pub fn begin(schedule: &Schedule, now: DateTime<Utc>, before: Option<Record>) -> Record {
        let (last, failures) = before.map_or((None, 0), |before| (before.last, before.failures));
        let (schema, schedule) = (SCHEMA.to_owned(), schedule.calendar().to_string());
        Record { schema, schedule, handled: now, last, failures }
    }

    /// Adds a run.
    pub fn add(&mut self, run: Run) {
        self.failures = if run.outcome.result.is_failure() { self.failures + 1 } else { 0 };
        self.last = Some(run);
    }

    /// The record in a briefing's folder; none where no service was at work there.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn read(folder: &Path) -> std::result::Result<Option<Record>, String> {
        let path = folder.join(RECORD);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(format!("{}: {error}", path.display())),
        };
        let wrong = |what: String| format!("{}: not what was written: {what}", path.display());
        let record: Record =
            serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        if record.schema != SCHEMA {
            return Err(wrong(format!("unknown version {:?}", record.schema)));
        }
        Ok(Some(record))
    }
}

/// The record of one briefing, which this process alone may change.
pub struct Ledger {
    folder: PathBuf,
    /// Who ended before without letting go.
    pub left_by: Option<Holder>,
    _lock: Lock,
}

impl Ledger {
    /// Takes the right to run the schedule of the briefing whose editions lie in `folder`.
    ///
    /// # Errors
    /// [`Error::Locked`] while another process holds it, [`Error::Io`] when nothing can be written there.
    pub fn open(folder: &Path, holder: &Holder) -> std::result::Result<Ledger, Error> {
        let wrong = |source| Error::Io { path: folder.display().to_string(), source };
        Local.make_folder(folder).map_err(wrong)?;
        let lock = Lock::take(&folder.join(LOCK), holder)?;
        Ok(Ledger { folder: folder.into(), left_by: lock.left_by.clone(), _lock: lock })
    }

    /// Who runs the schedule of a briefing at present.
    pub fn holder(folder: &Path) -> Option<Holder> {
        Lock::holder(&folder.join(LOCK))
    }

    /// Writes the record down, in the place of the old one at once.
    ///
    /// # Errors
    /// Whatever the disk says; the old record is still there.
    pub fn write(&self, record: &Record) -> std::io::Result<()> {
        let beside = self.folder.join(format!(".{RECORD}.new"));
        Local.write(&beside, &serde_json::to_vec_pretty(record)?)?;
        Local.rename(&beside, &self.folder.join(RECORD))
    }
}
