//! What can go wrong while reading, and what is passed over with a word.

use std::fmt;
use std::io;

/// How many skipped inputs an error names one by one.
const NAMED: usize = 5;

/// A fault that stops reading.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing lies at a path.
    #[error("{path}: no such file or folder")]
    Missing {
        /// The path as it was given.
        path: String,
    },
    /// A folder holds nothing at all.
    #[error("{path}: the folder is empty")]
    EmptyFolder {
        /// The folder as it was given.
        path: String,
    },
    /// A folder holds files, but none that could be a report.
    #[error("{path}: no report in this folder")]
    NoReports {
        /// The folder as it was given.
        path: String,
    },
    /// A glob that matches nothing.
    #[error("{pattern}: no file matches this pattern")]
    NoMatch {
        /// The pattern as it was given.
        pattern: String,
    },
    /// A glob that is none.
    #[error("{pattern}: not a pattern: {reason}")]
    BadPattern {
        /// The pattern as it was given.
        pattern: String,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// A folder or a stream that could not be read.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file or folder as it was given or found.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A line of JSON Lines that is no report.
    #[error("{path}:{line}: {reason}")]
    Line {
        /// The file.
        path: String,
        /// Line number, from 1.
        line: usize,
        /// What is wrong, with the key or the column.
        reason: String,
    },
    /// Inputs were found, and every one was passed over.
    #[error("nothing to work on: {0}")]
    NothingRead(Skipped),
}

impl Error {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Error::Missing { .. } => "check the spelling, and the folder you are in",
            Error::EmptyFolder { .. } | Error::NoReports { .. } => {
                "reports are .txt, .text, .md, .markdown, .jsonl and .ndjson files, or text files \
                 without an extension; a file named by itself is read whatever its name"
            }
            Error::NoMatch { .. } => "quote the pattern, or name the files one by one",
            Error::BadPattern { .. } => "write `**` as a whole path component, and close each `[`",
            Error::Io { .. } => "check the permissions",
            Error::Line { .. } => {
                "each line is one object: {\"id\", \"text\", \"published\"?, \"title\"?, \
                 \"outlet\"?, \"url\"?}"
            }
            Error::NothingRead(_) => "convert the reports to text, UTF-8 if possible",
        }
    }
}

/// The inputs that were passed over: how many, and the first few by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    count: usize,
    named: Vec<Warning>,
}

impl Skipped {
    /// Counts one more.
    pub(super) fn add(&mut self, warning: &Warning) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push(warning.clone());
        }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count == 0 {
            return f.write_str("the input holds no report");
        }
        let reports = if self.count == 1 { "report" } else { "reports" };
        write!(f, "{} {reports} skipped", self.count)?;
        for (index, warning) in self.named.iter().enumerate() {
            write!(f, "{} {warning}", if index == 0 { ":" } else { ";" })?;
        }
        match self.count - self.named.len() {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

/// Something a person should know about one input that did not stop the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file as it was given or found, or `standard input`.
    pub path: String,
    /// Line number, from 1, where there is one.
    pub line: Option<usize>,
    /// What happened.
    pub what: String,
    /// Whether the report was passed over.
    pub skipped: bool,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}{}", if self.skipped { "skipped: " } else { "" }, self.what)
    }
}
