//! A briefing: what a template sees. Everything is worded, ordered and cited; a template only sets it.
//!
//! Dates are ISO (`2024-12-28`); the template's `date` helper words them. Texts are plain: nothing in
//! them is markup, and the helpers escape them.

use serde::{Deserialize, Serialize};

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

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventSection {
    /// Rows of the facts box.
    pub rows: Vec<EventRow>,
    /// Sentences of circumstance, verbatim.
    pub circumstances: Vec<Line>,
    /// Where it happened; absent when no place is known.
    pub map: Option<Map>,
    /// What is missing, or that there is no common event.
    pub note: Option<String>,
}

/// One row of the facts box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventRow {
    /// "What", "When", "Aircraft".
    pub label: String,
    pub value: Line,
    /// `NEW` or `CHANGED` since the edition before.
    #[serde(default)]
    pub mark: Option<Pill>,
}

/// A locator map. All positions are in its own units, from the upper left corner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// Alternative text: which places it shows.
    pub alt: String,
    /// Where its shapes come from, and what its lines mean.
    pub note: String,
    pub width: u32,
    pub height: u32,
    /// Rings: what lies in an odd number of them is land. They may reach beyond the map.
    pub land: Vec<Vec<Spot>>,
    /// Rings of lakes.
    pub lakes: Vec<Vec<Spot>>,
    /// Lines between states; empty unless they were asked for.
    pub borders: Vec<Vec<Spot>>,
    /// From where to where, as planned; empty when unknown.
    pub route: Vec<Spot>,
    /// The most important first.
    pub places: Vec<MapPlace>,
    /// Names of waters.
    pub seas: Vec<MapLabel>,
}

/// A position on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    pub x: i32,
    pub y: i32,
}

/// A place on a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapPlace {
    pub name: String,
    pub spot: Spot,
    pub kind: PlaceKind,
}

/// Why a place is on a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// The event happened there or near there.
    Event,
    /// The route begins or ends there.
    Route,
    /// Reports name it.
    Named,
    /// A large town nearby, which no report names.
    Nearby,
}

/// A name on a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapLabel {
    pub name: String,
    pub spot: Spot,
}

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

/// A remark with a coloured word before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub pill: Pill,
    pub text: String,
}

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

/// How the briefing was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Colophon {
    /// "dateline 0.1.0".
    pub generator: String,
    /// Sentences: how it was made, what the grades mean, what was replaced.
    pub notes: Vec<String>,
}
