//! What happened: the facts box, the circumstances, the map.

use serde::{Deserialize, Serialize};

use super::words::{Line, Pill};

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
