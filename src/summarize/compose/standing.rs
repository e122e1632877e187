//! Who speaks, and with what standing; which words are a name that can be printed.

use crate::dossier::{Entity, EntityKind};
use crate::fact::Attribution;
use crate::lexicon::WordSet;

use super::Composer;
use super::words::flat;

/// How much an account weighs by who gives it; the weightier the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Somebody who is not named.
    Unnamed,
    /// A person who holds no office.
    Person,
    /// A body that is no state's.
    Body,
    /// A state, a public body, a person in office.
    Office,
    /// Whoever investigates in office.
    Investigator,
}

impl Composer<'_> {
    /// The standing of whoever speaks.
    pub(super) fn standing_of(&self, attribution: &Attribution) -> Standing {
        let Some(source) = &attribution.statement.source else { return Standing::Unnamed };
        let lists = &self.lexicon.acts.actors;
        let any = |text: &str, list: &WordSet| words(text).any(|word| list.contains(word.as_str()));
        let entity = self.entity(&source.entity);
        let name = entity.map_or(source.text.as_str(), |entity| &entity.name);
        let role = entity.and_then(|entity| entity.role.as_deref()).unwrap_or_default();
        let held = format!("{} {}", head(name), role);
        if any(&held, &lists.investigators) && !any(&held, &lists.private) {
            return Standing::Investigator;
        }
        match entity.map(|entity| entity.kind) {
            Some(EntityKind::Country) => Standing::Office,
            Some(EntityKind::Person)
                if any(role, &lists.officials) && !any(role, &lists.private) =>
            {
                Standing::Office
            }
            Some(EntityKind::Person) => Standing::Person,
            Some(_) if any(name, &lists.others) => Standing::Body,
            Some(_) if any(name, &lists.public) => Standing::Office,
            Some(_) => Standing::Body,
            None => Standing::Unnamed,
        }
    }

    /// Whether words name somebody: no pronoun stands for the name or begins it, and no bare number.
    pub(super) fn is_name(&self, text: &str) -> bool {
        let lists = &self.lexicon.words;
        let all: Vec<String> = words(text).collect();
        let pointing = |word: &String| {
            lists.pronouns.contains(word.as_str()) || lists.pointing.contains(word.as_str())
        };
        let nobody = match all.as_slice() {
            [] => true,
            [only] => pointing(only) || lists.indefinite.contains(only.as_str()),
            [first, rest @ ..] => pointing(first) || rest.iter().any(|word| word == "whom"),
        };
        !nobody && text.contains(char::is_alphabetic)
    }

    /// What somebody is.
    pub(super) fn role_words(&self, entity: &Entity) -> Option<String> {
        self.beside(&flat(entity.role.as_deref()?), &entity.name)
    }

    /// What words say of somebody beside the name: without an age, and without a clause.
    pub(super) fn beside(&self, words: &str, name: &str) -> Option<String> {
        let beside = match words.find(name) {
            Some(0) => &words[name.len()..],
            Some(at) => &words[..at],
            None => words,
        };
        let clauses = [", who ", ", which ", ", that "];
        let clause = clauses.iter().filter_map(|clause| beside.find(clause)).min();
        let beside = beside[..clause.unwrap_or(beside.len())].trim_matches([' ', ',', '(', ')']);
        let beside =
            beside.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == ' ');
        self.is_name(beside).then(|| beside.to_owned())
    }
}

/// The words of a text in lower case, without marks at their edges.
fn words(text: &str) -> impl Iterator<Item = String> {
    let edge = |c: char| !c.is_alphanumeric();
    text.split_whitespace().map(move |word| {
        let word = word.trim_matches(edge).to_lowercase();
        word.strip_suffix("'s").or(word.strip_suffix("’s")).map_or(word.clone(), str::to_owned)
    })
}

/// A name up to what is said of it: "informed sources with findings of the investigation" are sources.
fn head(name: &str) -> &str {
    let ends = [" with ", " from ", " who ", " in ", " close to ", " familiar ", " of the "];
    let end = ends.iter().filter_map(|word| name.find(word)).min();
    &name[..end.unwrap_or(name.len())]
}
