//! Who says and does what, and when: attributions, responses, the timeline.

use serde::{Deserialize, Serialize};

use super::words::{Line, Pill, Tone, When};

/// Who says what caused the event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributionSection {
    /// The sentence above the table.
    pub lead: String,
    pub rows: Vec<AttributionRow>,
    /// The accounts side by side; empty when there are fewer than two.
    pub accounts: Vec<Account>,
    pub empty: Option<String>,
}

/// One speaker and what was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributionRow {
    pub name: String,
    /// Position; may be empty.
    pub role: String,
    /// The speaker's words: the leading statement of each stance, then others.
    pub words: Vec<Line>,
    /// Each way in which the speaker stands to an account.
    pub stances: Vec<Pill>,
    /// "blames Russia; Pantsir-S1", "names no one".
    pub blames: String,
    pub when: When,
    /// `NEW` or `CHANGED` since the edition before.
    #[serde(default)]
    pub mark: Option<Pill>,
}

/// One account of the cause, and who gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The cause: "Air defence fire".
    pub title: String,
    /// "blames Russia", "names no one"; empty where no cause is given.
    pub blames: String,
    /// "4 sources, 3 independent origins".
    pub support: String,
    pub speakers: String,
    pub tone: Tone,
}

/// What states and organizations did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseSection {
    pub rows: Vec<ResponseRow>,
    pub empty: Option<String>,
}

/// One act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseRow {
    pub when: When,
    /// State or organization.
    pub from: String,
    pub what: Line,
    pub kind: Pill,
    /// `NEW` or `CHANGED` since the edition before.
    #[serde(default)]
    pub mark: Option<Pill>,
}

/// What happened and who spoke or acted, day by day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineSection {
    /// Oldest first.
    pub days: Vec<TimelineDay>,
    /// Which days are left out, where there are too many.
    pub note: Option<String>,
    pub empty: Option<String>,
}

/// One day of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineDay {
    /// ISO date.
    pub date: String,
    /// Whether the date is only the day of publication for all that stands here.
    pub by: bool,
    /// Days since the one before; 0 for the first.
    pub gap: u32,
    pub tone: Tone,
    pub moments: Vec<Moment>,
    /// How many more there are on this day.
    pub more: usize,
}

/// One event, statement or act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moment {
    pub text: Line,
    /// Whether it is known only to have been by this day.
    pub by: bool,
}
