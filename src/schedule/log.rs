//! The run log: a plain file, one line for each thing that happened, never longer than two megabytes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};

/// The size in bytes at which a log is put aside and a new one begun.
const LONGEST: u64 = 1 << 20;

/// A log and the one before it, `schedule.log` and `schedule.log.1`.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    longest: u64,
}

impl Log {
    /// The log in a folder, which is made with the first line.
    pub fn within(folder: &Path) -> Log {
        Log { path: folder.join("schedule.log"), longest: LONGEST }
    }

    /// The same, put aside at another size.
    pub fn at_most(self, longest: u64) -> Log {
        Log { longest, ..self }
    }

    /// Adds a line: `2026-11-20T06:00:03Z aktau: No. 4 …`. Whatever the words hold, it stays one line.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn add(&self, at: DateTime<Utc>, about: &str, words: &str) -> io::Result<()> {
        self.path.parent().map_or(Ok(()), fs::create_dir_all)?;
        if fs::metadata(&self.path).is_ok_and(|meta| meta.len() >= self.longest) {
            fs::rename(&self.path, self.path.with_extension("log.1"))?;
        }
        let mut file = File::options().append(true).create(true).open(&self.path)?;
        let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let line: String = format!("{at} {about}: {words}").chars().map(plain).collect();
        // In one piece, so that lines of two processes do not run into one another.
        file.write_all((line + "\n").as_bytes())
    }
}

fn plain(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}
