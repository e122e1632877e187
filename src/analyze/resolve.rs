//! Who is meant, within one report: surnames alone, "the President", "he".

use rustc_hash::FxHashSet;

use crate::dossier::{Entity, EntityKind};
use crate::lexicon::Lexicon;

use super::blocks::{Block, BlockKind};
use super::names::{Name, NameKind};
use super::quotes::{Quote, covering};
use super::sentence::Sentence;
use super::similar;

/// Gives every name the entity it means and returns the entities. Adds the pronouns that could be
/// resolved as names of their own.
pub fn entities(
    text: &str,
    sentences: &mut [Sentence],
    quotes: &[Quote],
    blocks: &[Block],
    lexicon: &Lexicon,
) -> Vec<Entity> {
    let mut resolver = Resolver { text, lexicon, entities: Vec::new(), subjects: Vec::new() };
    for sentence in sentences.iter_mut() {
        resolver.full_names(sentence);
    }
    for sentence in sentences.iter_mut() {
        resolver.surnames(sentence);
    }
    for sentence in sentences.iter_mut() {
        resolver.references(sentence, quotes);
        // Who made a picture or wrote the report is nobody it speaks of.
        if !matches!(blocks[sentence.block].kind, BlockKind::Caption | BlockKind::Byline) {
            resolver.remember_subject(sentence, quotes);
        }
    }
    told_apart(resolver.entities)
}

struct Resolver<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    entities: Vec<Entity>,
    /// Persons in the order in which they were last the subject of a sentence, newest last.
    subjects: Vec<usize>,
}

impl Resolver<'_> {
    fn written(&self, sentence: &Sentence, name: &Name) -> String {
        let bytes = sentence.bytes(&(name.first..name.last));
        self.text[bytes].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Entities for all names that speak for themselves.
    fn full_names(&mut self, sentence: &mut Sentence) {
        for index in 0..sentence.names.len() {
            let name = &sentence.names[index];
            let written = self.written(sentence, name);
            let (kind, country) = match name.kind {
                NameKind::Unknown if self.is_speaker(sentence, name) => (EntityKind::Person, None),
                NameKind::Person => (EntityKind::Person, name.country.clone()),
                NameKind::Organization => (EntityKind::Organization, name.country.clone()),
                NameKind::State(_) => (EntityKind::Country, name.country.clone()),
                NameKind::Place
                    if name.last - name.first == 1 && !self.is_known_place(sentence, name) =>
                {
                    continue;
                }
                NameKind::Place => (EntityKind::Place, None),
                NameKind::Vehicle => (EntityKind::Vehicle, None),
                NameKind::Weapon => (EntityKind::Weapon, None),
                NameKind::Description | NameKind::Pronoun | NameKind::Unknown => continue,
            };
            if name.is_state_adjective() {
                sentence.names[index].entity = Some(self.state(country, &written));
                continue;
            }
            let role = name.role.clone().map(|role| self.text[sentence.bytes(&role)].to_owned());
            let entity = self.entity(kind, &written, country, role);
            sentence.names[index].entity = Some(entity);
            if kind == EntityKind::Person {
                sentence.names[index].kind = NameKind::Person;
            }
        }
    }

    /// The state that an adjective belongs to; the adjective is no name of it.
    fn state(&mut self, country: Option<String>, written: &str) -> usize {
        let name = country.as_deref().and_then(|code| self.lexicon.gazetteer.state_name(code));
        self.entity(EntityKind::Country, name.unwrap_or(written), country.clone(), None)
    }

    /// Whether a run of two or three capitalised words stands before or behind a verb of saying.
    fn is_speaker(&self, sentence: &Sentence, name: &Name) -> bool {
        let says = |at: usize| self.lexicon.cues.verbs.longest(sentence, at).is_some();
        let plain = (name.first..name.last).all(|at| {
            sentence
                .word(at)
                .is_some_and(|word| word.chars().all(|c| c.is_alphabetic() || "-'.".contains(c)))
        });
        (2..=3).contains(&(name.last - name.first))
            && plain
            && (says(name.last) || name.first > 0 && says(name.first - 1))
    }

    /// The entity for a name; spellings of one name are one.
    fn entity(
        &mut self,
        kind: EntityKind,
        written: &str,
        country: Option<String>,
        role: Option<String>,
    ) -> usize {
        let found = self.entities.iter().position(|entity| {
            entity.kind == kind
                && match kind {
                    EntityKind::Country => entity.country == country,
                    EntityKind::Person => similar::same_person(&entity.name, written),
                    EntityKind::Weapon | EntityKind::Vehicle => {
                        similar::same_product(&entity.name, written)
                    }
                    EntityKind::Organization => similar::same_body(&entity.name, written),
                    EntityKind::Place => similar::folded(&entity.name) == similar::folded(written),
                }
        });
        match found {
            Some(index) => {
                add_spelling(&mut self.entities[index], written, country, role);
                index
            }
            None => {
                self.entities.push(new_entity(kind, written, country, role, self.lexicon));
                self.entities.len() - 1
            }
        }
    }

    /// Surnames alone, of persons named in full anywhere in the report.
    fn surnames(&mut self, sentence: &mut Sentence) {
        for index in 0..sentence.names.len() {
            let name = &sentence.names[index];
            let guessed = name.kind == NameKind::Place && !self.is_known_place(sentence, name);
            if name.last - name.first != 1 || !(guessed || name.kind == NameKind::Unknown) {
                continue;
            }
            let written = self.written(sentence, name);
            let person = self.entities.iter().position(|entity| {
                entity.kind == EntityKind::Person && similar::same_person(&entity.name, &written)
            });
            if let Some(person) = person {
                add_spelling(&mut self.entities[person], &written, None, None);
                sentence.names[index].entity = Some(person);
                sentence.names[index].kind = NameKind::Person;
            } else if guessed {
                let entity = self.entity(EntityKind::Place, &written, None, None);
                sentence.names[index].entity = Some(entity);
            } else if self.is_single_speaker(sentence, index) {
                // What "reports" is an outlet; persons say.
                let outlet =
                    sentence.is(name.last, "reports") || sentence.is(name.last, "reported");
                let (kind, name_kind) = if outlet {
                    (EntityKind::Organization, NameKind::Organization)
                } else {
                    (EntityKind::Person, NameKind::Person)
                };
                let entity = self.entity(kind, &written, None, None);
                sentence.names[index].entity = Some(entity);
                sentence.names[index].kind = name_kind;
            }
        }
    }

    /// Whether a place is one by the gazetteer, not by the preposition before it.
    fn is_known_place(&self, sentence: &Sentence, name: &Name) -> bool {
        let written = self.written(sentence, name);
        self.lexicon.gazetteer.longest(&written, |i| sentence.word(name.first + i)).is_some()
    }

    /// A lone capitalised word right before a verb of saying.
    fn is_single_speaker(&self, sentence: &Sentence, index: usize) -> bool {
        let name = &sentence.names[index];
        let letters =
            sentence.word(name.first).is_some_and(|word| word.chars().all(char::is_alphabetic));
        let counted = sentence.numbers.iter().any(|number| number.first == name.first);
        letters
            && !counted
            && self.lexicon.cues.verbs.longest(sentence, name.last).is_some()
            && name.first.checked_sub(1).is_none_or(|before| !sentence.is(before, "the"))
    }

    /// Descriptions and pronouns of a sentence, from what was said before it and in it.
    fn references(&mut self, sentence: &mut Sentence, quotes: &[Quote]) {
        for index in 0..sentence.names.len() {
            if sentence.names[index].kind != NameKind::Description {
                continue;
            }
            let name = sentence.names[index].clone();
            sentence.names[index].entity = self.described(sentence, &name);
        }
        let mut pronouns = Vec::new();
        for at in 0..sentence.tokens.len() {
            let token = &sentence.tokens[at];
            let outside = covering(quotes, token.start).is_none();
            if outside
                && token.is_any(&["he", "she", "him"])
                && let Some(entity) = self.last_person(sentence, at)
            {
                let mut name = pronoun(at);
                name.entity = Some(entity);
                name.country = self.entities[entity].country.clone();
                pronouns.push(name);
            }
        }
        sentence.names.extend(pronouns);
        sentence.names.sort_by_key(|name| name.first);
    }

    /// The person whose position this description gives: of those who hold it, the one who was last
    /// the subject of a sentence.
    fn described(&self, sentence: &Sentence, description: &Name) -> Option<usize> {
        let title = sentence.word(description.first)?;
        // "Foreign" of "the foreign minister": who holds another office is another.
        let before =
            (description.phrase.start..description.first).filter_map(|at| sentence.word(at));
        let modifiers: Vec<&str> =
            before.filter(|word| self.lexicon.names.modifiers.contains(*word)).collect();
        let holds = |&index: &usize| {
            let entity = &self.entities[index];
            // "The Turkish minister" is nobody whose state is not known to be Turkey.
            let same_state = description.country.is_none() || description.country == entity.country;
            let role = entity.role.as_deref().unwrap_or_default().to_lowercase();
            let in_role = |wanted: &str| role.split_whitespace().any(|word| word == wanted);
            same_state && in_role(title) && modifiers.iter().all(|word| in_role(word))
        };
        let complement =
            description.role.as_ref().is_some_and(|role| role.end > description.first + 1);
        let indefinite = matches!(sentence.word(description.phrase.start), Some("a" | "an"));
        if indefinite || complement && description.country.is_none() {
            return None;
        }
        self.subjects.iter().rev().copied().find(|index| holds(index))
    }

    /// Whom "he" means: the subject of the sentence so far, else the last subject before it.
    fn last_person(&self, sentence: &Sentence, at: usize) -> Option<usize> {
        let here = sentence.names.iter().find(|name| {
            name.phrase.end <= at
                && name.kind == NameKind::Person
                && is_subject(sentence, name, self.lexicon)
        });
        here.and_then(|name| name.entity).or(self.subjects.last().copied())
    }

    /// Notes the person a sentence is about.
    fn remember_subject(&mut self, sentence: &Sentence, quotes: &[Quote]) {
        let persons: Vec<&Name> = sentence
            .names
            .iter()
            .filter(|name| {
                name.entity.is_some_and(|entity| self.entities[entity].kind == EntityKind::Person)
                    && is_subject(sentence, name, self.lexicon)
            })
            .collect();
        let outside = persons.iter().find(|name| {
            let start = sentence.tokens[name.first].start;
            covering(quotes, start).is_none()
        });
        let Some(entity) = outside.and_then(|name| name.entity) else { return };
        self.subjects.retain(|&subject| subject != entity);
        self.subjects.push(entity);
    }
}

/// Gives entities of different kinds that are spelled alike identifiers of their own.
fn told_apart(mut entities: Vec<Entity>) -> Vec<Entity> {
    let mut used: FxHashSet<String> = FxHashSet::default();
    for entity in &mut entities {
        let plain = entity.id.clone();
        let mut number = 1;
        while !used.insert(entity.id.clone()) {
            number += 1;
            entity.id = format!("{plain}-{number}");
        }
    }
    entities
}

/// Whether a name can be a subject: no preposition but the "by" of an agent stands before it.
fn is_subject(sentence: &Sentence, name: &Name, lexicon: &Lexicon) -> bool {
    let start = name.whole().start;
    match start.checked_sub(1).and_then(|before| sentence.word(before)) {
        Some("by") | None => true,
        Some(word) => !lexicon.words.prepositions.contains(word) && word != "the",
    }
}

fn pronoun(at: usize) -> Name {
    Name {
        first: at,
        last: at + 1,
        phrase: at..at + 1,
        kind: NameKind::Pronoun,
        role: None,
        country: None,
        entity: None,
    }
}

fn new_entity(
    kind: EntityKind,
    written: &str,
    country: Option<String>,
    role: Option<String>,
    lexicon: &Lexicon,
) -> Entity {
    let state = country.as_deref().filter(|_| kind == EntityKind::Country);
    let name = state.and_then(|code| lexicon.gazetteer.state_name(code)).unwrap_or(written);
    let id = state.map_or_else(|| similar::slug(name), str::to_owned);
    Entity { id, kind, name: name.to_owned(), aliases: aliases(name, written), role, country }
}

fn aliases(name: &str, written: &str) -> Vec<String> {
    if name == written { Vec::new() } else { vec![written.to_owned()] }
}

/// Adds a spelling, a role and a country to an entity. A fuller name takes the place of a surname.
fn add_spelling(entity: &mut Entity, written: &str, country: Option<String>, role: Option<String>) {
    let longer = matches!(entity.kind, EntityKind::Person | EntityKind::Organization)
        && written.split_whitespace().count() > entity.name.split_whitespace().count();
    if longer {
        let short = std::mem::replace(&mut entity.name, written.to_owned());
        entity.id = similar::slug(written);
        entity.aliases.push(short);
    } else if entity.name != written && !entity.aliases.iter().any(|alias| alias == written) {
        entity.aliases.push(written.to_owned());
    }
    entity.country = entity.country.take().or(country);
    let known = entity.role.as_ref().map_or(0, String::len);
    if role.as_ref().is_some_and(|role| role.len() > known) {
        entity.role = role;
    }
}
