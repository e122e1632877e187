//! A dossier: the facts about one event from all documents together, with names resolved.

mod check;
mod read;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::correction::Outcome;
use crate::document::Metadata;
use crate::fact::Fact;
use crate::register::Outlet;

pub use read::Error;
pub(crate) use read::fact as read_fact;

/// The version of the facts format that this program writes and reads.
pub const SCHEMA: &str = "dateline.facts/1";

/// Everything known about one event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dossier {
    pub schema: String,
    pub generator: Generator,
    pub event: Event,
    pub documents: Vec<Metadata>,
    pub entities: Vec<Entity>,
    pub facts: Vec<Fact>,
    /// What an editor knows of the outlets of these documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outlets: Vec<Outlet>,
    /// What people decided about facts, and what became of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Outcome>,
}

/// The program that made a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Generator {
    pub name: String,
    pub version: String,
}

impl Default for Generator {
    fn default() -> Self {
        Generator { name: "dateline".into(), version: env!("CARGO_PKG_VERSION").into() }
    }
}

/// The event that the documents share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    #[serde(default)]
    pub what: Option<What>,
    /// The kind of event, a key of `src/lexicon/events.toml` ("air_crash").
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub date: Option<NaiveDate>,
    #[serde(default)]
    pub places: Vec<String>,
    /// False where the documents do not share one event.
    pub single_event: bool,
    /// Where they do not: the groups of documents that do, the largest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
}

/// Documents that tell of one thing, in a pile that does not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Identifiers of the documents, in their order.
    pub documents: Vec<String>,
    /// What they tell of: the kind of event, a key of `src/lexicon/events.toml`, else the words of the first of them.
    #[serde(default)]
    pub what: Option<String>,
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// The place named first.
    #[serde(default)]
    pub place: Option<String>,
}

/// The words that say what happened, and the facts they come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct What {
    pub text: String,
    pub facts: Vec<String>,
}

/// Someone or something that facts name, under all its spellings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// The name in lower-case ASCII with hyphens, or the ISO code of a country.
    pub id: String,
    pub kind: EntityKind,
    /// The fullest spelling that the documents use most.
    pub name: String,
    /// Other spellings found in the documents.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Position or title, for a person.
    #[serde(default)]
    pub role: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: Option<String>,
}

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    Person,
    Organization,
    Country,
    Place,
    Weapon,
    Vehicle,
}

impl Dossier {
    /// The entity with this `id`.
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }

    /// The metadata of the document with this `id`.
    pub fn document(&self, id: &str) -> Option<&Metadata> {
        self.documents.iter().find(|document| document.id == id)
    }

    /// What is known of the outlet of a document.
    pub fn outlet(&self, document: &Metadata) -> Option<&Outlet> {
        let name = document.outlet.as_ref()?;
        self.outlets.iter().find(|outlet| outlet.is_named(name))
    }
}
