//! What everything rests on: the reports, and the words behind each statement.

use serde::{Deserialize, Serialize};

/// The reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceSection {
    /// How many reports there are.
    pub total: usize,
    /// The source summary statement.
    pub summary: Vec<String>,
    pub rows: Vec<SourceRow>,
}

/// One report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceRow {
    pub number: usize,
    /// "Ukrinform via MENAFN", "Outlet not stated".
    pub outlet: String,
    /// ISO date; absent for an undated report.
    pub published: Option<String>,
    /// Title, or the first words with an ellipsis.
    pub words: String,
    /// ISO 639-1 code of the report, where it differs from the briefing's.
    #[serde(default)]
    pub language: Option<String>,
    /// `http` or `https`; absent when the report carries none.
    pub url: Option<String>,
    /// "F6".
    pub grade: String,
    pub sha256: String,
    /// "copies No. 1", or empty.
    pub note: String,
    /// Evidence items that rest on this report.
    pub evidence: Vec<String>,
}

/// One fact with its exact words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceItem {
    /// `E1`, `C1`, `A1`, `R1`: section and number, in the order of the page.
    pub label: String,
    /// "Killed: 38".
    pub title: String,
    pub quotes: Vec<Quote>,
}

/// Words of a report, once for all reports that have them to the letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    pub text: String,
    /// ISO 639-1 code, where it differs from the briefing's.
    pub language: Option<String>,
    /// Where the words stand; at least one place.
    pub places: Vec<Place>,
    /// Label of another item whose first quotation holds these words of the same report.
    pub within: Option<String>,
}

/// A place in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Number in the list of sources.
    pub source: usize,
    /// Byte offsets in the document's text, `1432–1476`.
    pub bytes: String,
}
