//! A dossier: the facts about one event from all documents together, with names resolved.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::Metadata;
use crate::fact::{Body, Evidence, Fact};

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
}

/// Why a dossier cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("not JSON: {reason} (line {line}, column {column})\n  hint: a dossier is what `dateline extract` writes")]
    Syntax { reason: String, line: usize, column: usize },
    #[error("schema: unknown version {found:?}\n  hint: this program reads {SCHEMA:?}")]
    Version { found: String },
    #[error("{path}: {reason}\n  hint: docs/facts-format.md describes every field")]
    Field { path: String, reason: String },
    #[error("{path}: {reason}\n  hint: evidence repeats the bytes start..end of its document; correct either")]
    Span { path: String, reason: String },
}

impl Dossier {
    /// Reads a dossier and checks everything in it that can be checked without its documents.
    ///
    /// # Errors
    /// [`Error`] names the place by its JSON path.
    pub fn from_json(json: &str) -> Result<Self, Error> {
        let value: Value = serde_json::from_str(json).map_err(|error| Error::Syntax {
            reason: first_words(&error.to_string()),
            line: error.line(),
            column: error.column(),
        })?;
        let found = value.get("schema").and_then(Value::as_str).unwrap_or_default();
        if found != SCHEMA {
            return Err(Error::Version { found: found.to_owned() });
        }
        let mut reader = Reader { value };
        let dossier = Dossier {
            schema: SCHEMA.to_owned(),
            generator: reader.take("generator")?,
            event: reader.take("event")?,
            documents: reader.list("documents")?,
            entities: reader.list("entities")?,
            facts: reader.facts()?,
        };
        reader.finish()?;
        dossier.check_references()?;
        let texts = dossier.documents.iter().filter_map(|d| Some((d.id.clone(), d.text.clone()?))).collect();
        match dossier.mismatches(&texts).into_iter().next() {
            Some((path, reason)) => Err(Error::Span { path, reason }),
            None => Ok(dossier),
        }
    }

    /// Every document and entity that a fact names must be listed.
    fn check_references(&self) -> Result<(), Error> {
        let fault = |path: String, reason: String| Err(Error::Field { path, reason });
        for (index, fact) in self.facts.iter().enumerate() {
            if fact.evidence.is_empty() {
                return fault(format!("facts[{index}].evidence"), "a fact needs at least one piece".into());
            }
            for (piece, evidence) in fact.evidence.iter().enumerate() {
                if self.document(&evidence.document).is_none() {
                    let path = format!("facts[{index}].evidence[{piece}].document");
                    return fault(path, format!("no document {:?} is listed", evidence.document));
                }
            }
            let mut unknown = None;
            fact.body.clone().for_each_entity(|id| {
                if let Some(id) = id
                    && self.entity(id).is_none()
                {
                    unknown.get_or_insert(id.clone());
                }
            });
            if let Some(id) = unknown {
                return fault(format!("facts[{index}]"), format!("no entity {id:?} is listed"));
            }
        }
        Ok(())
    }

    /// The spans that do not hold the words they claim, as JSON paths with the reason. `texts` gives the
    /// text of each document by its `id`; of documents that are not in it only the form of the spans is
    /// checked.
    pub fn mismatches(&self, texts: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        for (index, fact) in self.facts.iter().enumerate() {
            for (piece, evidence) in fact.evidence.iter().enumerate() {
                let text = texts.get(&evidence.document);
                let span = (evidence.start, evidence.end, evidence.text.as_str());
                if let Some(reason) = mismatch(span, text) {
                    faults.push((format!("facts[{index}].evidence[{piece}]"), reason));
                }
            }
            let text = fact.evidence.first().and_then(|evidence| texts.get(&evidence.document));
            for (name, part) in fact.body.parts() {
                if let Some(reason) = mismatch((part.start, part.end, part.text.as_str()), text) {
                    faults.push((format!("facts[{index}].{name}"), reason));
                }
            }
        }
        faults
    }
}

/// Why a span cannot be right, if so.
fn mismatch((start, end, words): (usize, usize, &str), text: Option<&String>) -> Option<String> {
    if words.is_empty() || end.checked_sub(start) != Some(words.len()) {
        return Some(format!("bytes {start}..{end} cannot hold the {} bytes of {:?}", words.len(), shown(words)));
    }
    let text = text?;
    match text.get(start..end) {
        Some(found) if found == words => None,
        Some(found) => Some(format!("bytes {start}..{end} hold {:?}, not {:?}", shown(found), shown(words))),
        None => Some(format!("bytes {start}..{end} are outside the document's {} bytes", text.len())),
    }
}

/// The beginning of a text, for a message.
fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// serde_json's message without its own place.
fn first_words(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

/// Takes fields out of a JSON object and says by its path which one is wrong.
struct Reader {
    value: Value,
}

impl Reader {
    fn take<T: DeserializeOwned + Serialize>(&mut self, key: &str) -> Result<T, Error> {
        let value = self.value.get_mut(key).map(Value::take).unwrap_or_default();
        typed(key, value)
    }

    fn list<T: DeserializeOwned + Serialize>(&mut self, key: &str) -> Result<Vec<T>, Error> {
        let values: Vec<Value> = self.take(key)?;
        let typed = values.into_iter().enumerate().map(|(i, value)| typed(&format!("{key}[{i}]"), value));
        typed.collect()
    }

    fn facts(&mut self) -> Result<Vec<Fact>, Error> {
        let values: Vec<Value> = self.take("facts")?;
        values.into_iter().enumerate().map(|(index, value)| fact(&format!("facts[{index}]"), value)).collect()
    }

    /// Whatever is left is a key that nobody reads.
    fn finish(self) -> Result<(), Error> {
        let known = ["schema", "generator", "event", "documents", "entities", "facts"];
        let keys = self.value.as_object().into_iter().flatten().map(|(key, _)| key);
        match keys.into_iter().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(Error::Field { path: key.clone(), reason: "unknown field".into() }),
            None => Ok(()),
        }
    }
}

/// One fact, by its `type`.
fn fact(path: &str, mut value: Value) -> Result<Fact, Error> {
    let missing = |key: &str| Error::Field { path: format!("{path}.{key}"), reason: "missing".into() };
    let object = value.as_object_mut().ok_or_else(|| Error::Field {
        path: path.to_owned(),
        reason: "a fact is an object".into(),
    })?;
    let id: String = typed(&format!("{path}.id"), object.remove("id").ok_or_else(|| missing("id"))?)?;
    let kind: String = typed(&format!("{path}.type"), object.remove("type").ok_or_else(|| missing("type"))?)?;
    let evidence = object.remove("evidence").ok_or_else(|| missing("evidence"))?;
    let pieces: Vec<Value> = typed(&format!("{path}.evidence"), evidence)?;
    let evidence = pieces.into_iter().enumerate();
    let evidence: Result<Vec<Evidence>, Error> =
        evidence.map(|(i, piece)| typed(&format!("{path}.evidence[{i}]"), piece)).collect();
    let body = match kind.as_str() {
        "event" => Body::Event(typed(path, value)?),
        "casualties" => Body::Casualties(typed(path, value)?),
        "statement" => Body::Statement(typed(path, value)?),
        "attribution" => Body::Attribution(typed(path, value)?),
        "response" => Body::Response(typed(path, value)?),
        other => {
            let reason = format!("unknown type {other:?}; known are event, casualties, statement, attribution, response");
            return Err(Error::Field { path: format!("{path}.type"), reason });
        }
    };
    Ok(Fact { id, body, evidence: evidence? })
}

/// A value of a type; a key that the type does not have is an error, so that a slip of the pen is seen.
fn typed<T: DeserializeOwned + Serialize>(path: &str, value: Value) -> Result<T, Error> {
    let typed: T = serde_path_to_error::deserialize(value.clone()).map_err(|error| {
        let inner = error.path().to_string();
        let path = if inner == "." { path.to_owned() } else { format!("{path}.{inner}") };
        Error::Field { path, reason: first_words(&error.into_inner().to_string()) }
    })?;
    let written = serde_json::to_value(&typed).unwrap_or_default();
    match unread(path, &value, &written) {
        Some(path) => Err(Error::Field { path, reason: "unknown field".into() }),
        None => Ok(typed),
    }
}

/// The path of a key in `given` that is not in `written`; keys with nothing in them are harmless.
fn unread(path: &str, given: &Value, written: &Value) -> Option<String> {
    match (given, written) {
        (Value::Object(given), Value::Object(written)) => given.iter().find_map(|(key, value)| {
            let path = format!("{path}.{key}");
            let empty = value.is_null() || value == &Value::Bool(false) || value == &Value::Array(Vec::new());
            match written.get(key) {
                Some(written) => unread(&path, value, written),
                None => (!empty).then_some(path),
            }
        }),
        (Value::Array(given), Value::Array(written)) => {
            let pairs = given.iter().zip(written).enumerate();
            pairs.into_iter().find_map(|(i, (g, w))| unread(&format!("{path}[{i}]"), g, w))
        }
        _ => None,
    }
}
