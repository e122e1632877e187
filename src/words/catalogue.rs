//! Catalogues: TOML → the fixed words of one language, by key.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::{Table, Value};

use super::Wrong;
use super::grammar::{Grammar, Plural, PluralRule};
use super::pattern::Pattern;

/// Patterns by their keys, "section.casualties".
pub type Entries = BTreeMap<String, Entry>;

/// All fixed words of a language, and its grammar.
#[derive(Debug)]
pub struct Catalogue {
    pub grammar: Grammar,
    pub entries: Entries,
}

/// What a key stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Plain(Pattern),
    /// One pattern for each form that words take beside a number.
    Plural(BTreeMap<Plural, Pattern>),
}

impl Catalogue {
    /// Reads the text of a catalogue.
    ///
    /// # Errors
    /// [`Wrong`] with the key of the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Catalogue, Wrong> {
        let mut table: Table = toml::from_str(text).map_err(|error| Wrong::file(&error))?;
        let grammar = table.remove("grammar").unwrap_or(Value::Boolean(false));
        let grammar = Grammar::deserialize(grammar)
            .map_err(|error| Wrong::new("grammar", error.message()))?;
        let entries = entries(&table, grammar.plural)?;
        Ok(Catalogue { grammar, entries })
    }
}

/// The entries of a table, for a language with this rule of plural forms.
pub fn entries(table: &Table, rule: PluralRule) -> Result<Entries, Wrong> {
    let mut found = Entries::new();
    collect("", table, rule, &mut found)?;
    Ok(found)
}

fn collect(
    before: &str,
    table: &Table,
    rule: PluralRule,
    found: &mut Entries,
) -> Result<(), Wrong> {
    for (name, value) in table {
        let key = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        match value {
            Value::String(text) => {
                found.insert(key.clone(), Entry::Plain(pattern(&key, text)?));
            }
            Value::Table(forms) if is_plural(forms) => {
                found.insert(key.clone(), plural(&key, forms, rule)?);
            }
            Value::Table(inner) => collect(&key, inner, rule, found)?,
            other => {
                let problem = format!("is no text but of the type {}", other.type_str());
                return Err(Wrong::new(&key, &problem));
            }
        }
    }
    Ok(())
}

fn is_plural(table: &Table) -> bool {
    let form = |name: &String| Plural::NAMES.iter().any(|(known, _)| known == name);
    !table.is_empty() && table.keys().all(form)
}

/// An entry with exactly the forms of the language.
fn plural(key: &str, forms: &Table, rule: PluralRule) -> Result<Entry, Wrong> {
    let mut patterns = BTreeMap::new();
    for (name, form) in Plural::NAMES {
        match (forms.get(name), rule.forms().contains(&form)) {
            (Some(Value::String(text)), true) => {
                patterns.insert(form, pattern(key, text)?);
            }
            (None, false) => {}
            (None, true) => return Err(Wrong::new(key, &format!("lacks the form `{name}`"))),
            (Some(_), true) => return Err(Wrong::new(key, &format!("`{name}` is no text"))),
            (Some(_), false) => {
                return Err(Wrong::new(key, &format!("the language has no form `{name}`")));
            }
        }
    }
    Ok(Entry::Plural(patterns))
}

fn pattern(key: &str, text: &str) -> Result<Pattern, Wrong> {
    Pattern::parse(text).map_err(|problem| Wrong::new(key, problem))
}

impl Entry {
    /// The pattern beside a number of this form; without one, that of many.
    pub fn pattern(&self, form: Option<Plural>) -> Option<&Pattern> {
        match self {
            Entry::Plain(pattern) => Some(pattern),
            Entry::Plural(patterns) => {
                form.and_then(|form| patterns.get(&form)).or_else(|| patterns.values().next_back())
            }
        }
    }

    /// The names of all fields.
    pub fn fields(&self) -> BTreeSet<&str> {
        match self {
            Entry::Plain(pattern) => pattern.fields().collect(),
            Entry::Plural(patterns) => patterns.values().flat_map(Pattern::fields).collect(),
        }
    }
}
