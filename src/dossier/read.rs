//! Reading a dossier that a person may have edited: every fault is named by its JSON path.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Dossier, SCHEMA};
use crate::fact::{Body, Evidence, Fact};

/// Why a dossier cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "not JSON: {reason} (line {line}, column {column})\n  hint: a dossier is what `dateline extract` writes"
    )]
    Syntax { reason: String, line: usize, column: usize },
    #[error("$.schema: unknown version {found:?}\n  hint: this program reads {SCHEMA:?}")]
    Version { found: String },
    #[error("{path}: {reason}\n  hint: docs/facts-format.md describes every field")]
    Field { path: String, reason: String },
    #[error(
        "{faults}\n  hint: `text` repeats the source's words and is not to be edited; correct the other fields, or take the fact out"
    )]
    Unsound { faults: String },
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
            outlets: reader.optional_list("outlets")?,
            corrections: reader.optional_list("corrections")?,
        };
        reader.finish()?;
        match dossier.faults().as_slice() {
            [] => Ok(dossier),
            faults => Err(Error::Unsound { faults: listed(faults) }),
        }
    }
}

/// One fault a line; of many the first.
fn listed(faults: &[String]) -> String {
    const MOST: usize = 10;
    let mut lines: Vec<String> = faults.iter().take(MOST).cloned().collect();
    if faults.len() > MOST {
        lines.push(format!("and {} more", faults.len() - MOST));
    }
    lines.join("\n  ")
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
        let path = format!("$.{key}");
        match self.value.get_mut(key).map(Value::take) {
            Some(value) => typed(&path, value),
            None => Err(Error::Field { path, reason: "missing".into() }),
        }
    }

    fn list<T: DeserializeOwned + Serialize>(&mut self, key: &str) -> Result<Vec<T>, Error> {
        let values: Vec<Value> = self.take(key)?;
        let typed =
            values.into_iter().enumerate().map(|(i, value)| typed(&format!("$.{key}[{i}]"), value));
        typed.collect()
    }

    /// A list that may be left out.
    fn optional_list<T: DeserializeOwned + Serialize>(
        &mut self,
        key: &str,
    ) -> Result<Vec<T>, Error> {
        if self.value.get(key).is_some() { self.list(key) } else { Ok(Vec::new()) }
    }

    fn facts(&mut self) -> Result<Vec<Fact>, Error> {
        let values: Vec<Value> = self.take("facts")?;
        values
            .into_iter()
            .enumerate()
            .map(|(index, value)| fact(&format!("$.facts[{index}]"), value))
            .collect()
    }

    /// Whatever is left is a key that nobody reads.
    fn finish(self) -> Result<(), Error> {
        let known = [
            "schema",
            "generator",
            "event",
            "documents",
            "entities",
            "facts",
            "outlets",
            "corrections",
        ];
        let keys = self.value.as_object().into_iter().flatten().map(|(key, _)| key);
        match keys.into_iter().find(|key| !known.contains(&key.as_str())) {
            Some(key) => {
                Err(Error::Field { path: format!("$.{key}"), reason: "unknown field".into() })
            }
            None => Ok(()),
        }
    }
}

/// One fact, by its `type`.
///
/// # Errors
/// [`Error::Field`] names what is wrong by its path below `path`.
pub fn fact(path: &str, mut value: Value) -> Result<Fact, Error> {
    let missing =
        |key: &str| Error::Field { path: format!("{path}.{key}"), reason: "missing".into() };
    let object = value.as_object_mut().ok_or_else(|| Error::Field {
        path: path.to_owned(),
        reason: "a fact is an object".into(),
    })?;
    let id: String =
        typed(&format!("{path}.id"), object.remove("id").ok_or_else(|| missing("id"))?)?;
    let kind: String =
        typed(&format!("{path}.type"), object.remove("type").ok_or_else(|| missing("type"))?)?;
    let evidence = object.remove("evidence").ok_or_else(|| missing("evidence"))?;
    let pieces: Vec<Value> = typed(&format!("{path}.evidence"), evidence)?;
    let evidence = pieces.into_iter().enumerate();
    let evidence: Result<Vec<Evidence>, Error> =
        evidence.map(|(i, piece)| typed(&format!("{path}.evidence[{i}]"), piece)).collect();
    let corrected = object.remove("corrected").unwrap_or(Value::Array(Vec::new()));
    let corrected = typed(&format!("{path}.corrected"), corrected)?;
    let body = match kind.as_str() {
        "event" => Body::Event(typed(path, value)?),
        "casualties" => Body::Casualties(typed(path, value)?),
        "statement" => Body::Statement(typed(path, value)?),
        "attribution" => Body::Attribution(typed(path, value)?),
        "response" => Body::Response(typed(path, value)?),
        other => {
            let reason = format!(
                "unknown type {other:?}; known are event, casualties, statement, attribution, response"
            );
            return Err(Error::Field { path: format!("{path}.type"), reason });
        }
    };
    Ok(Fact { id, body, evidence: evidence?, corrected })
}

/// A value of a type; a key that the type does not have is an error, so that a slip of the pen is seen.
fn typed<T: DeserializeOwned + Serialize>(path: &str, value: Value) -> Result<T, Error> {
    let typed: T = serde_path_to_error::deserialize(value.clone()).map_err(|error| {
        let inner = error.path().to_string();
        let path = if inner == "." { path.to_owned() } else { format!("{path}.{inner}") };
        let mut reason = first_words(&error.into_inner().to_string());
        // chrono does not say what it expects.
        if reason.starts_with("input ") || reason.ends_with(" input") {
            reason.push_str("; a date is written YYYY-MM-DD");
        }
        Error::Field { path, reason }
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
            let empty = value.is_null()
                || value == &Value::Bool(false)
                || value == &Value::Array(Vec::new());
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
