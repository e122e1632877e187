//! Editions: the numbered issues of a briefing, and what is recorded of each.
//!
//! `docs/editions.md` describes the files.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::briefing::{Paper, Photograph};
use crate::calendar::Appointment;
use crate::document::Metadata;
use crate::dossier::Generator;
use crate::marking::Tlp;
use crate::words::Language;

/// The version of the manifest that this program writes and reads.
pub const SCHEMA: &str = "dateline.edition/1";

/// `manifest.json`: what an edition is and what it was made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub schema: String,
    /// The name of the briefing.
    pub briefing: String,
    /// From 1.
    pub number: u32,
    pub status: Status,
    /// What its pages say: its status before it was withdrawn.
    pub issued_as: Status,
    /// The edition that this one replaces, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// Why it must no longer be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<Withdrawal>,
    /// The edition whose facts it was compared with; absent for the first.
    pub since: Option<u32>,
    /// The day for which it stands.
    pub as_of: Option<NaiveDate>,
    /// When it was made, by the clock of that machine. Nothing but `next` depends on it.
    pub made: DateTime<Utc>,
    /// When the edition after it is due; absent where none is scheduled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Appointment>,
    pub generator: Generator,
    pub settings: Settings,
    /// The time that its PDF carries.
    pub timestamp: Option<NaiveDateTime>,
    pub inputs: Vec<Input>,
    /// SHA-256 of each other file of the edition, by its path in the edition's folder.
    pub files: BTreeMap<String, String>,
}

/// What an edition is to its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// It was made because something was new.
    Current,
    /// It replaces another that was wrong.
    Corrected,
    /// It must no longer be used.
    Withdrawn,
    /// It was made on request although nothing was new.
    Repeated,
}

/// Which edition another replaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The number of the edition that was wrong.
    pub replaces: u32,
    pub reason: String,
}

/// That an edition was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    pub reason: String,
    /// When, by the clock of that machine.
    pub at: DateTime<Utc>,
}

/// What was chosen for an edition, beside its facts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub title: Option<String>,
    pub marking: Option<Tlp>,
    pub paper: Paper,
    /// Of the fixed words.
    #[serde(default)]
    pub language: Language,
    /// Whether the map shows lines between states.
    #[serde(default)]
    pub borders: bool,
    /// Options of the template, by their names.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// Pictures that the editor gave; they lie in the edition's folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photographs: Vec<Photograph>,
    /// The name of the template. The files of one that does not come with the program lie in the
    /// edition's folder.
    pub template: String,
}

/// One report that an edition was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    pub id: String,
    pub path: Option<String>,
    /// Of the bytes that were read, in lower-case hexadecimal.
    pub sha256: String,
    pub bytes: u64,
}

impl From<&Metadata> for Input {
    fn from(meta: &Metadata) -> Input {
        let Metadata { id, path, sha256, bytes, .. } = meta.clone();
        Input { id, path, sha256, bytes }
    }
}

impl Status {
    /// The word that is printed, never translated.
    pub fn word(self) -> &'static str {
        match self {
            Status::Current => "CURRENT",
            Status::Corrected => "CORRECTED",
            Status::Withdrawn => "WITHDRAWN",
            Status::Repeated => "REPEATED",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl Manifest {
    /// Whether the edition may be used.
    pub fn stands(&self) -> bool {
        self.status != Status::Withdrawn
    }
}
