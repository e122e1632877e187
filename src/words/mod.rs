//! The fixed words of a briefing, one catalogue a language: `en.toml`, `uk.toml`, `az.toml`.
//!
//! A sentence is a pattern with named fields, so that each language orders and inflects it in its own
//! way; nothing is put together from fragments. The words of reports are never translated. Names of states
//! stand in `states.toml`.

mod catalogue;
mod grammar;
mod pattern;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use catalogue::{Catalogue, Entries, Entry};
use grammar::Grammar;

pub use grammar::DateForm;
pub use pattern::Piece;

/// A language that a briefing can be written in; as data its ISO 639-1 code.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Ukrainian.
    Uk,
    /// Azerbaijani.
    Az,
}

impl Language {
    /// All languages; the first is the default.
    pub const ALL: [Language; 3] = [Language::En, Language::Uk, Language::Az];

    /// Its ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Uk => "uk",
            Language::Az => "az",
        }
    }

    fn catalogue(self) -> &'static Catalogue {
        static EN: OnceLock<Catalogue> = OnceLock::new();
        static UK: OnceLock<Catalogue> = OnceLock::new();
        static AZ: OnceLock<Catalogue> = OnceLock::new();
        let (held, text) = match self {
            Language::En => (&EN, include_str!("en.toml")),
            Language::Uk => (&UK, include_str!("uk.toml")),
            Language::Az => (&AZ, include_str!("az.toml")),
        };
        // The text is compiled in, and a test reads all three.
        held.get_or_init(|| {
            Catalogue::parse(text).expect("a catalogue that comes with the program")
        })
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language without a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no fixed words in `{0}`; accepted: {accepted}", accepted = Language::ALL.map(Language::code).join(", "))]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Language, UnknownLanguage> {
        let found = Language::ALL.into_iter().find(|language| language.code() == text);
        found.ok_or_else(|| UnknownLanguage(text.into()))
    }
}

/// What is wrong with a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{key}`: {problem}")]
pub struct Wrong {
    /// "uk.section.casualties"; empty where the file itself cannot be read.
    pub key: String,
    pub problem: String,
}

impl Wrong {
    fn new(key: &str, problem: &str) -> Wrong {
        Wrong { key: key.to_owned(), problem: problem.to_owned() }
    }

    fn file(error: &toml::de::Error) -> Wrong {
        Wrong::new("", error.message())
    }
}

/// Words of a template's own, by language: they stand in place of those of the catalogue.
#[derive(Clone, Debug, Default)]
pub struct OwnWords(BTreeMap<Language, Arc<Entries>>);

/// The table of words that the catalogue does not know, beside those that it does.
const OWN: &str = "own.";

impl OwnWords {
    /// Reads the text of a `words.toml`: a table a language, in which stand keys of its catalogue and,
    /// under `own`, others.
    ///
    /// # Errors
    /// [`Wrong`] with the key of the first thing that is wrong.
    pub fn parse(text: &str) -> Result<OwnWords, Wrong> {
        let table: Table = toml::from_str(text).map_err(|error| Wrong::file(&error))?;
        let mut own = BTreeMap::new();
        for (name, value) in &table {
            let language: Language =
                name.parse().map_err(|e: UnknownLanguage| Wrong::new(name, &e.to_string()))?;
            let Value::Table(words) = value else {
                return Err(Wrong::new(name, "is no table of words"));
            };
            let inside = |wrong: Wrong| Wrong { key: format!("{name}.{}", wrong.key), ..wrong };
            let entries = overlay(language.catalogue(), words).map_err(inside)?;
            own.insert(language, entries);
        }
        Ok(OwnWords(completed(own)))
    }
}

/// The words for every language: what one lacks under `own` is said in English.
fn completed(mut own: BTreeMap<Language, Entries>) -> BTreeMap<Language, Arc<Entries>> {
    let english = own.get(&Language::En).cloned().unwrap_or_default();
    let shared = english.into_iter().filter(|(key, _)| key.starts_with(OWN));
    for (key, entry) in shared {
        for language in Language::ALL {
            own.entry(language).or_default().entry(key.clone()).or_insert_with(|| entry.clone());
        }
    }
    own.into_iter().map(|(language, entries)| (language, Arc::new(entries))).collect()
}

/// Entries that may stand over those of a catalogue: with keys and fields that it has.
fn overlay(base: &Catalogue, words: &Table) -> Result<Entries, Wrong> {
    let entries = catalogue::entries(words, base.grammar.plural)?;
    for (key, entry) in entries.iter().filter(|(key, _)| !key.starts_with(OWN)) {
        let Some(known) = base.entries.get(key) else {
            return Err(Wrong::new(key, "no such words; those of a template stand under `own`"));
        };
        let known = known.fields();
        if let Some(field) = entry.fields().into_iter().find(|field| !known.contains(field)) {
            let known: Vec<&str> = known.into_iter().collect();
            let problem = match known.is_empty() {
                true => format!("there is no field `{field}`: these words have none"),
                false => format!("there is no field `{field}`; fields: {}", known.join(", ")),
            };
            return Err(Wrong::new(key, &problem));
        }
    }
    Ok(entries)
}

/// The names of states in other languages than English, by code.
fn states() -> &'static BTreeMap<String, BTreeMap<Language, String>> {
    static STATES: OnceLock<BTreeMap<String, BTreeMap<Language, String>>> = OnceLock::new();
    // The text is compiled in, and a test reads it.
    STATES.get_or_init(|| {
        toml::from_str(include_str!("states.toml")).expect("a table that comes with the program")
    })
}

/// The fixed words of one language.
#[derive(Clone, Debug)]
pub struct Words {
    language: Language,
    base: &'static Catalogue,
    own: Arc<Entries>,
}

impl Default for Words {
    fn default() -> Words {
        Words::of(Language::default())
    }
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> Words {
        Words { language, base: language.catalogue(), own: Arc::default() }
    }

    /// The words of a language, with a template's own above them.
    pub fn with(language: Language, own: &OwnWords) -> Words {
        let own = own.0.get(&language).cloned().unwrap_or_default();
        Words { own, ..Words::of(language) }
    }

    /// Which language it is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The name of a state by its code of ISO 3166-1; nothing in English, which is what reports have.
    pub fn state(&self, code: &str) -> Option<&'static str> {
        if self.language == Language::En {
            return None;
        }
        states().get(code)?.get(&self.language).map(String::as_str)
    }

    /// The names of the fields of words; nothing where there are no such words.
    pub fn fields(&self, key: &str) -> Option<BTreeSet<&str>> {
        self.entry(key).map(Entry::fields)
    }

    /// All patterns by their keys, but those that depend on a number.
    pub fn patterns(&self) -> BTreeMap<&str, String> {
        let all = self.base.entries.iter().chain(self.own.iter());
        all.filter_map(|(key, entry)| match entry {
            Entry::Plain(pattern) => Some((key.as_str(), pattern.to_string())),
            Entry::Plural(_) => None,
        })
        .collect()
    }

    /// The keys of all words, with the names of their fields.
    pub fn keys(&self) -> BTreeMap<&str, Vec<&str>> {
        let all = self.base.entries.iter().chain(self.own.iter());
        all.map(|(key, entry)| (key.as_str(), entry.fields().into_iter().collect())).collect()
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.own.get(key).or_else(|| self.base.entries.get(key))
    }

    /// Whether there are words under a key.
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Words without fields. A key that does not exist gives itself: a test finds it.
    pub fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A pattern with its fields filled in.
    pub fn say(&self, key: &str, with: &[(&str, &str)]) -> String {
        let pattern = self.entry(key).and_then(|entry| entry.pattern(None));
        pattern.map_or_else(|| key.to_owned(), |pattern| pattern.fill(with))
    }

    /// A pattern in the form that stands beside a number; the field `n` is the number.
    pub fn count(&self, key: &str, number: u64, with: &[(&str, &str)]) -> String {
        let form = self.grammar().plural.form(number);
        let pattern = self.entry(key).and_then(|entry| entry.pattern(Some(form)));
        let digits = self.number(number);
        let with: Vec<(&str, &str)> = with.iter().copied().chain([("n", &*digits)]).collect();
        pattern.map_or_else(|| key.to_owned(), |pattern| pattern.fill(&with))
    }

    /// A pattern piece by piece, for one whose fields differ in their style.
    pub fn pieces(&self, key: &str) -> &[Piece] {
        let pattern = self.entry(key).and_then(|entry| entry.pattern(None));
        pattern.map_or(&[], |pattern| pattern.pieces())
    }

    fn grammar(&self) -> &Grammar {
        &self.base.grammar
    }

    /// "38", "30,000".
    pub fn number(&self, number: u64) -> String {
        self.grammar().number(number)
    }

    /// A day in words.
    pub fn date(&self, date: NaiveDate, form: DateForm) -> String {
        self.grammar().date(date, form)
    }

    /// "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        self.grammar().list(items)
    }

    /// The words between quotation marks.
    pub fn quoted(&self, words: &str) -> String {
        self.grammar().quoted(words)
    }

    /// The marks around a quotation.
    pub fn quotes(&self) -> &[String; 2] {
        &self.grammar().quotes
    }

    /// Whether the capital of i is İ.
    pub fn has_dotted_capital(&self) -> bool {
        self.grammar().dotted_capital
    }

    /// "an Embraer 190"; the noun alone where the language has no articles.
    pub fn with_article(&self, noun: &str) -> String {
        self.grammar().with_article(noun)
    }

    /// Fixed words with their first letter in upper case.
    pub fn capital(&self, words: &str) -> String {
        self.grammar().capital(words)
    }
}
