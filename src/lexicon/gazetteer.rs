//! Names known beforehand: states with their adjectives and metonyms, organizations, places, vehicles
//! and weapons.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use serde::Deserialize;

use super::NameLists;

/// What a known name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    State(StateWord),
    Organization,
    Place,
    Vehicle,
    Weapon,
}

/// In which way a word means a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateWord {
    Name,
    Adjective,
    Capital,
    Metonym,
}

/// One state of `countries.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    pub name: String,
    #[serde(default)]
    pub adjectives: Vec<String>,
    #[serde(default)]
    pub capital: Option<String>,
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub metonyms: Vec<String>,
}

/// A known name: its words, what it is, and the ISO code of the state it belongs to.
#[derive(Clone, Debug)]
pub struct Entry {
    words: Vec<String>,
    /// Names in capitals ("WHO", "US") must be written so in the text.
    exact: bool,
    pub known: Known,
    pub country: Option<String>,
}

/// All known names, found by their first word.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    by_first: FxHashMap<String, Vec<Entry>>,
    pub states: BTreeMap<String, State>,
}

impl Gazetteer {
    /// Puts the states and the lists of names together.
    pub(super) fn new(states: BTreeMap<String, State>, names: &NameLists) -> Self {
        let mut gazetteer = Gazetteer::default();
        for (code, state) in &states {
            let code = Some(code.as_str());
            let mut add = |name: &str, word| gazetteer.add(name, Known::State(word), code);
            add(&state.name, StateWord::Name);
            state.names.iter().for_each(|name| add(name, StateWord::Name));
            state.adjectives.iter().for_each(|name| add(name, StateWord::Adjective));
            state.capital.iter().for_each(|name| add(name, StateWord::Capital));
            state.metonyms.iter().for_each(|name| add(name, StateWord::Metonym));
        }
        for (list, known) in [
            (&names.organizations, Known::Organization),
            (&names.places, Known::Place),
            (&names.vehicles, Known::Vehicle),
            (&names.weapons, Known::Weapon),
        ] {
            list.iter().for_each(|name| gazetteer.add(name, known, None));
        }
        #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted on its own")]
        for entries in gazetteer.by_first.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.words.len()));
        }
        gazetteer.states = states;
        gazetteer
    }

    fn add(&mut self, name: &str, known: Known, country: Option<&str>) {
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        let Some(first) = words.first().cloned() else { return };
        let exact = name.len() <= 5 && name.chars().all(|c| c.is_uppercase() || c == '.');
        let entry = Entry { words, exact, known, country: country.map(str::to_owned) };
        self.by_first.entry(first).or_default().push(entry);
    }

    /// The longest known name that begins with the first of these words: how many words it has, and
    /// what it is. `words` gives the words in lower case, `written` the first as it is written.
    pub fn longest<'w>(
        &self,
        written: &str,
        words: impl Fn(usize) -> Option<&'w str>,
    ) -> Option<(usize, &Entry)> {
        let entries = self.by_first.get(words(0)?)?;
        entries.iter().find_map(|entry| {
            let same = entry.words.iter().enumerate().all(|(i, word)| words(i) == Some(word));
            let exact = !entry.exact || written.chars().all(|c| c.is_uppercase() || c == '.');
            (same && exact).then_some((entry.words.len(), entry))
        })
    }

    /// The name of the state with this ISO code.
    pub fn state_name(&self, code: &str) -> Option<&str> {
        self.states.get(code).map(|state| state.name.as_str())
    }
}
