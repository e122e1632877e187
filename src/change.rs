//! What changed from one edition to the next, fact by fact.

use serde::{Deserialize, Serialize};

use crate::fact::Casualties;

/// Everything that changed since an edition, and how each figure moved over all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The edition compared with; absent for the first.
    pub since: Option<u32>,
    pub reports: Reports,
    pub items: Vec<Change>,
    /// How many facts say the same as before.
    pub unchanged: usize,
    /// Each figure that has ever had a value.
    pub history: Vec<History>,
}

/// Reports that came and went, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reports {
    pub added: Vec<String>,
    pub removed: Vec<String>,
    /// The same id with other bytes.
    pub altered: Vec<String>,
}

/// One fact that is new, says something else, or is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub what: What,
    pub section: Section,
    /// Of what or of whom: "Killed", "Ilham Aliyev", "Flight".
    pub subject: String,
    /// What the earlier edition said; absent for what is new.
    pub before: Option<String>,
    /// What the later edition says; absent for what is gone.
    pub after: Option<String>,
    /// The fact in the later edition.
    pub fact: Option<String>,
    /// The fact in the earlier edition.
    pub earlier: Option<String>,
    /// Why the earlier fact is not there any more.
    pub why: Option<Why>,
}

/// How a fact changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum What {
    Changed,
    New,
    Gone,
}

/// The part of a dossier that a fact belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Casualties,
    Attributions,
    Responses,
    Event,
    Statements,
}

/// Why a fact is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its reports were taken away.
    ReportRemoved,
    /// A report of the same name has other words now.
    ReportAltered,
    /// The same report is understood in another way.
    ReadAnew,
    /// A person decided so.
    Corrected,
}

/// How one figure moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Its values in the order of the editions; a value that stays is there once.
    pub values: Vec<Held>,
}

/// A value that a figure had from an edition on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// The first edition with this value.
    pub edition: u32,
    /// The figure; absent where no report gives it any more.
    pub figure: Option<Casualties>,
}

impl History {
    /// The figure as it was first given: of which kind, and of whom.
    pub fn figure(&self) -> Option<&Casualties> {
        self.values.iter().find_map(|held| held.figure.as_ref())
    }
}

impl What {
    /// The word that is printed.
    pub fn word(self) -> &'static str {
        match self {
            What::Changed => "CHANGED",
            What::New => "NEW",
            What::Gone => "GONE",
        }
    }
}

impl Why {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Why::ReportRemoved => "its report was removed",
            Why::ReportAltered => "its report was altered",
            Why::ReadAnew => "its report is read in another way",
            Why::Corrected => "the producer’s correction",
        }
    }
}

impl Section {
    /// The name of the section in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Section::Casualties => "casualties",
            Section::Attributions => "attributions",
            Section::Responses => "responses",
            Section::Event => "event",
            Section::Statements => "statements",
        }
    }
}

impl Changes {
    /// Whether a reader of the earlier edition would find nothing else.
    pub fn is_empty(&self) -> bool {
        let reports = &self.reports;
        let same = reports.added.is_empty() && reports.removed.is_empty();
        same && reports.altered.is_empty() && self.items.is_empty()
    }
}
