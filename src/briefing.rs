//! A briefing: what a template sees. Everything is worded, ordered and cited; a template only sets it.
//!
//! Dates are ISO (`2024-12-28`); the template's `date` helper words them. Texts are plain: nothing in
//! them is markup, and the helpers escape them.

mod accounts;
mod event;
mod figures;
mod photographs;
mod sources;
mod words;

use serde::{Deserialize, Serialize};

pub use accounts::{
    Account, AttributionRow, AttributionSection, Moment, ResponseRow, ResponseSection, TimelineDay,
    TimelineSection,
};
pub use event::{EventRow, EventSection, Map, MapLabel, MapPlace, PlaceKind, Spot};
pub use figures::{BarPart, BigFigure, CasualtySection, Chart, ChartPoint, FigureRow};
pub use photographs::{Photograph, Picture};
pub use sources::{EvidenceItem, Place, Quote, SourceRow, SourceSection};
pub use words::{Citation, Line, Note, Pill, Run, Style, Tone, When};

/// One briefing, ready to be set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Briefing {
    /// Language of the fixed words and of the dates, ISO 639-1.
    pub language: String,
    pub paper: Paper,
    /// Whether days need their year: the reports are not all of one year before the newest.
    pub years: bool,
    pub masthead: Masthead,
    pub key_points: Vec<Line>,
    /// What is new since the edition before; absent where no editions are kept.
    #[serde(default)]
    pub changes: Option<ChangeSection>,
    pub event: EventSection,
    /// Pictures that the editor gave.
    #[serde(default)]
    pub photographs: Vec<Photograph>,
    pub casualties: CasualtySection,
    pub attributions: AttributionSection,
    pub responses: ResponseSection,
    pub timeline: TimelineSection,
    pub sources: SourceSection,
    pub evidence: Vec<EvidenceItem>,
    pub colophon: Colophon,
}

/// Paper sizes a briefing can be set on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    #[default]
    A4,
    UsLetter,
}

/// The head of the first page, and what the running heads repeat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Masthead {
    /// "Situation briefing".
    pub series: String,
    /// Number of the edition, when editions are kept.
    pub number: Option<u32>,
    /// ISO date; absent when no report is dated.
    pub as_of: Option<String>,
    pub title: String,
    /// One line that says what the briefing is about; may be empty.
    pub subtitle: String,
    pub marking: Option<Marking>,
    /// "5 reports · 2 outlets · 4 independent origins".
    pub reporting: String,
    /// First and last publication date, ISO; absent when no report is dated.
    pub period: Option<Period>,
    /// When the next edition is due; only for a briefing that is scheduled.
    #[serde(default)]
    pub next: Option<NextEdition>,
}

/// The day and the time for which the next edition is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextEdition {
    /// ISO date.
    pub date: String,
    /// "06:00 (UTC+1)".
    pub time: String,
}

/// A span of days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Period {
    pub first: String,
    pub last: String,
}

/// A Traffic Light Protocol label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marking {
    /// `TLP:GREEN`.
    pub label: String,
    /// Text colour on black, `#33FF00`.
    pub color: String,
    /// What the label permits, one sentence.
    pub permits: String,
}

/// What changed since an edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeSection {
    /// "What changed since No. 2"; empty where the edition is the first.
    pub title: String,
    /// That the edition is a correction or a repetition.
    pub notice: Option<Note>,
    /// The changes, weightiest first.
    pub rows: Vec<ChangeRow>,
    /// Reports that came and went, and how many facts stayed as they were.
    pub summary: String,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// `NEW`, `CHANGED` or `GONE`.
    pub pill: Pill,
    pub what: Line,
}

/// How the briefing was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Colophon {
    /// "dateline 0.1.0".
    pub generator: String,
    /// Sentences: how it was made, what the grades mean, what was replaced.
    pub notes: Vec<String>,
}
