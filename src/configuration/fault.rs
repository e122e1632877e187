//! What is wrong in a configuration, with the line and the key.

use std::fmt;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

/// A fault of a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1.
    pub line: usize,
    /// `briefing[0].marking`; empty where the file is not TOML.
    pub key: String,
    /// What is wrong there.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Fault {
    /// `line 12: briefing[0].marking: …`; whoever prints it names the file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for Fault {}

/// A fault that is known by its key only.
pub struct Wrong {
    key: String,
    what: String,
    hint: Option<String>,
}

impl Wrong {
    pub fn new(key: impl ToString, what: impl ToString) -> Self {
        Wrong { key: key.to_string(), what: what.to_string(), hint: None }
    }

    /// The same with what to do about it.
    pub fn hint(mut self, words: &str) -> Self {
        self.hint = Some(words.to_owned());
        self
    }

    /// Finds the line of the key in the text that was read.
    pub fn into_fault(self, text: &str) -> Fault {
        let at = offset(text, &self.key);
        Fault { line: line(text, at), key: self.key, what: self.what, hint: self.hint }
    }
}

/// Reads TOML.
pub fn deserialize<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let syntax = |error: toml::de::Error| Fault {
        line: line(text, error.span().map_or(0, |span| span.start)),
        key: String::new(),
        what: flat(error.message()),
        hint: None,
    };
    let reader = toml::Deserializer::parse(text).map_err(syntax)?;
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let key = error.path().to_string();
        let key = if key == "." { String::new() } else { key };
        let span = error.inner().span();
        let at = span.map_or_else(|| offset(text, &key), |span| span.start);
        let what = flat(error.inner().message());
        Fault { line: line(text, at), key, what, hint: None }
    })
}

fn flat(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// From 1.
fn line(text: &str, offset: usize) -> usize {
    let before = text.get(..offset.min(text.len())).unwrap_or_default();
    before.matches('\n').count() + 1
}

/// The byte at which the value of a key stands, or the nearest table around it.
fn offset(text: &str, key: &str) -> usize {
    let Ok(table) = DeTable::parse(text) else { return 0 };
    let mut at = table.span().start;
    let mut value = DeValue::Table(table.into_inner());
    for step in key.split(['.', '[']).map(|step| step.trim_end_matches(']')) {
        let next = match (value, step.parse::<usize>()) {
            (DeValue::Array(items), Ok(index)) => items.into_iter().nth(index),
            (DeValue::Table(mut entries), _) => entries.remove(step),
            _ => None,
        };
        let Some(next) = next else { break };
        at = next.span().start;
        value = next.into_inner();
    }
    at
}
