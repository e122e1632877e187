//! One run at a time: a lock on a file that says who holds it. The system lets go of it when its holder
//! ends, however that comes about; what is written in it then tells of the one that is dead.

use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::Error;

/// Who holds a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The number of the process.
    pub pid: u32,
    /// Since when, by its clock.
    pub since: DateTime<Utc>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.since.to_rfc3339_opts(SecondsFormat::Secs, true);
        write!(f, "process {}, since {since}", self.pid)
    }
}

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    /// Who held it before and ended without letting go.
    pub left_by: Option<Holder>,
}

impl Lock {
    /// Takes the lock on a file, which is made where it is missing.
    ///
    /// # Errors
    /// [`Error::Locked`] when a living process holds it.
    pub fn take(path: &Path, holder: &Holder) -> Result<Lock, Error> {
        let wrong = |error| Error::io(path, error);
        let options =
            || File::options().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = options().map_err(wrong)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = read(&mut file);
                return Err(Error::Locked { path: path.display().to_string(), holder });
            }
            Err(TryLockError::Error(error)) => return Err(wrong(error)),
        }
        let left_by = read(&mut file);
        let mut lock = Lock { file, left_by };
        // On a full disk the lock holds without its note, so that old editions can be removed.
        let _ = lock.write(holder);
        Ok(lock)
    }

    /// Who holds the lock on a file at present; nobody where the file is not there, or only names one that
    /// is dead.
    pub fn holder(path: &Path) -> Option<Holder> {
        let mut file = File::open(path).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => read(&mut file),
            _ => None,
        }
    }

    fn write(&mut self, holder: &Holder) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(&serde_json::to_vec(holder)?)
    }
}

impl Drop for Lock {
    /// An empty file is the sign of an orderly end. The lock is let go of by name: a program that is being
    /// started in another thread may hold a copy of the handle for a moment.
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

/// Who a lock file names; no one where it is empty or half written.
fn read(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(1024).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}
