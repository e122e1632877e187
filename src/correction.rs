//! Corrections: what a person decided about a fact, and what became of that in a dossier.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a person decided about one fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The identifier of the fact at that time.
    pub fact: String,
    pub action: Action,
    pub author: String,
    /// When, by the clock of that machine.
    pub at: DateTime<Utc>,
    pub reason: String,
    /// The fact in a few words, as the person saw it: "Killed: 38".
    pub says: String,
    /// SHA-256 of the words of each piece of evidence.
    pub evidence: Vec<String>,
    /// For an edit: fields of the fact and what they are to say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, String>,
}

/// What is to become of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Somebody looked at it and it is right.
    Accept,
    /// It is left out.
    Reject,
    /// Fields of it say something else than the report.
    Edit,
    /// It stands first in its section.
    Pin,
    /// An earlier decision holds no longer.
    Undo,
}

/// What became of a correction in one dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    pub correction: Correction,
    pub state: State,
    /// The fact in this dossier; absent where there is none.
    #[serde(default)]
    pub now: Option<String>,
    /// For an edit: what the fields would say without it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub before: BTreeMap<String, String>,
}

/// Whether a correction took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It did.
    Applied,
    /// No fact says this on these words any more.
    Vanished,
    /// The fact cannot say what it is to say.
    Refused,
}

impl Outcome {
    /// Whether it is one that took effect and did this.
    pub fn did(&self, action: Action) -> bool {
        self.state == State::Applied && self.correction.action == action
    }
}

impl State {
    /// What became of the correction, in words.
    pub fn words(self) -> &'static str {
        match self {
            State::Applied => "applied",
            State::Vanished => "not applied: no report says this in those words any more",
            State::Refused => "not applied: the fact cannot say this",
        }
    }
}

impl Action {
    /// The word for it, as the file has it.
    pub fn word(self) -> &'static str {
        match self {
            Action::Accept => "accept",
            Action::Reject => "reject",
            Action::Edit => "edit",
            Action::Pin => "pin",
            Action::Undo => "undo",
        }
    }
}
