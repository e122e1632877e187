//! What all parts of a briefing are worded with: lines, citations, days, coloured words.

use serde::{Deserialize, Serialize};

/// A sentence or a phrase, with the citations behind it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub runs: Vec<Run>,
    pub citations: Vec<Citation>,
}

/// A stretch of text in one style.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub text: String,
    pub style: Style,
    /// ISO 639-1 code of a report's own words, where it differs from the briefing's.
    #[serde(default)]
    pub language: Option<String>,
}

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    Plain,
    Strong,
}

/// A pointer to the words in one source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Citation {
    /// Number in the list of sources.
    pub source: usize,
    /// Label of the evidence item that holds the words, `C1`.
    pub evidence: String,
}

/// A day, or the latest day something can have been.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct When {
    /// ISO date; absent when unknown.
    pub date: Option<String>,
    /// Whether the date is only the day of publication: "by 28 December".
    pub by: bool,
}

/// A coloured word. The word always says what the colour means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pill {
    pub text: String,
    pub tone: Tone,
}

/// Colours by meaning; the theme knows their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Killed,
    Caution,
    Survived,
    Accent,
    Neutral,
}

/// A remark with a coloured word before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub pill: Pill,
    pub text: String,
}
