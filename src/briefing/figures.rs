//! How many were hurt: figures, the bar, charts, the table.

use serde::{Deserialize, Serialize};

use super::words::{Citation, Note, Pill, Tone, When};

/// How many were hurt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CasualtySection {
    /// Figures in large type, at most four.
    pub figures: Vec<BigFigure>,
    /// Parts of the people aboard, when they add up; else empty.
    pub bar: Vec<BarPart>,
    /// Alternative text of the bar.
    pub bar_alt: String,
    /// How figures moved, for kinds of which reports give different totals on different days.
    pub charts: Vec<Chart>,
    pub rows: Vec<FigureRow>,
    /// Whether the figures add up, contradict or moved.
    pub notes: Vec<Note>,
    /// Said in place of all this when there is no figure.
    pub empty: Option<String>,
}

/// A figure in large type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BigFigure {
    /// "38", "at least 38", "38–41".
    pub count: String,
    /// "killed".
    pub label: String,
    pub tone: Tone,
}

/// One part of the proportion bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BarPart {
    /// People in this part.
    pub count: u64,
    /// Where the part begins, and how long it is, in thousandths of the whole bar.
    #[serde(default)]
    pub start: u64,
    #[serde(default)]
    pub share: u64,
    pub label: String,
    pub tone: Tone,
}

/// One kind of figure over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// "Killed, as reported over time".
    pub title: String,
    /// Alternative text: all points in words.
    pub alt: String,
    pub tone: Tone,
    /// Oldest first.
    pub points: Vec<ChartPoint>,
}

/// One figure on one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartPoint {
    pub when: When,
    pub count: u64,
    /// In thousandths of the largest figure of the chart.
    #[serde(default)]
    pub share: u64,
    /// "at least 38".
    pub label: String,
    pub given_by: String,
}

/// One row of the table of figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureRow {
    /// "Killed", "Killed: crew".
    pub figure: String,
    /// "38", "at least 38", "dozens".
    pub count: String,
    /// Who gave it, or "Reporting, no named source".
    pub given_by: String,
    pub first_reported: When,
    /// "5 of 5".
    pub reports: String,
    pub citations: Vec<Citation>,
    /// `NEW` or `CHANGED` since the edition before.
    #[serde(default)]
    pub mark: Option<Pill>,
}
