//! The event that the documents share: by agreement of reports; none where they share none.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::dossier::{Entity, EntityKind, Event, Group, What};
use crate::fact::{Body, Fact, Field, Property};

/// Reports that share at least this many names of persons, places, bodies and things tell of one event.
const SHARED_NAMES: usize = 2;
/// The largest group of such reports must hold at least this part of all.
const MAJORITY: f64 = 2.0 / 3.0;

/// Puts the event together from the merged facts. `names` gives for each document the identifiers of
/// the entities it names.
pub fn event(facts: &[Fact], entities: &[Entity], names: &[(String, BTreeSet<String>)]) -> Event {
    let groups = groups(facts, entities, names);
    let tells = |group: &&BTreeSet<usize>| {
        group.len() > 1 || group.iter().any(|&index| !told_by(facts, &names[index].0).is_empty())
    };
    let largest = groups.iter().filter(tells).rev().max_by_key(|group| group.len());
    let group = largest.cloned().unwrap_or_default();
    let single = !group.is_empty() && group.len() as f64 >= MAJORITY * names.len() as f64;
    let properties: Vec<(&Fact, &Property)> = facts
        .iter()
        .filter_map(|fact| match &fact.body {
            Body::Event(property) => Some((fact, property)),
            _ => None,
        })
        .collect();
    let of = |field: Field| properties.iter().filter(move |(_, p)| p.field == field).copied();
    // Reports can share an event of a kind that the lexicon does not know: then nothing says what it was.
    let what = of(Field::What)
        .rev()
        .max_by_key(|(fact, p)| (p.normalized.is_some(), fact.documents().count()));
    let telling: BTreeSet<&str> = what.iter().flat_map(|(fact, _)| fact.documents()).collect();
    // Who tells what happened also says best when and where.
    let ranked = |field: Field| {
        let mut ranked: Vec<_> = of(field).collect();
        ranked.sort_by_key(|(fact, _)| {
            let told = fact.documents().filter(|document| telling.contains(document)).count();
            Reverse((told, fact.documents().count()))
        });
        ranked
    };
    if !single {
        let groups = groups.iter().map(|group| described(facts, names, group)).collect();
        return Event { single_event: false, groups, ..Event::default() };
    }
    let places: Vec<_> = ranked(Field::Place).into_iter().chain(ranked(Field::Country)).collect();
    let leading = places.first().copied();
    // A place that one report names alone counts where the leading place stands in the same words.
    let places = places.into_iter().filter(|(fact, _)| {
        let beside = |name: &str| fact.evidence.iter().any(|piece| piece.text.contains(name));
        fact.documents().count() > 1 || leading.is_none_or(|(_, leading)| beside(&leading.value))
    });
    Event {
        what: what.map(|(fact, property)| What {
            text: property.value.clone(),
            facts: vec![fact.id.clone()],
        }),
        kind: what.and_then(|(_, property)| property.normalized.clone()),
        date: ranked(Field::Date).iter().find_map(|(_, p)| date(p)),
        places: places.map(|(_, p)| p.normalized_place(entities)).collect(),
        single_event: true,
        groups: Vec::new(),
    }
}

/// Drops places that are a state which is told of as the country: a report alone may know no more, all together say it once.
pub fn drop_states_as_places(facts: &mut Vec<Fact>) {
    let value = |fact: &Fact, field: Field| match &fact.body {
        Body::Event(property) if property.field == field => Some(property.value.clone()),
        _ => None,
    };
    let states: BTreeSet<String> =
        facts.iter().filter_map(|fact| value(fact, Field::Country)).collect();
    facts.retain(|fact| value(fact, Field::Place).is_none_or(|place| !states.contains(&place)));
}

fn date(property: &Property) -> Option<NaiveDate> {
    property.normalized.as_deref()?.parse().ok()
}

impl Property {
    /// The name of a place: of a state its own name, else the registered one, else the words of the text.
    fn normalized_place(&self, entities: &[Entity]) -> String {
        if self.field == Field::Place {
            return self.normalized.clone().unwrap_or_else(|| self.value.clone());
        }
        let state = self.normalized.as_ref().filter(|_| self.field == Field::Country);
        let entity = state.and_then(|code| entities.iter().find(|entity| entity.id == *code));
        entity.map_or_else(|| self.value.clone(), |entity| entity.name.clone())
    }
}

impl Fact {
    /// The documents that give this fact, each once.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        let ids: BTreeSet<&str> =
            self.evidence.iter().map(|piece| piece.document.as_str()).collect();
        ids.into_iter()
    }
}

/// Sets of documents that are linked by what they tell: the same day or flight, or names in common that not everyone
/// mentions. The largest first, then in the order of the documents.
fn groups(
    facts: &[Fact],
    entities: &[Entity],
    names: &[(String, BTreeSet<String>)],
) -> Vec<BTreeSet<usize>> {
    let told: Vec<BTreeSet<&str>> = names.iter().map(|(id, _)| told_by(facts, id)).collect();
    let special: Vec<BTreeSet<&String>> = names
        .iter()
        .map(|(_, ids)| ids.iter().filter(|id| is_special(entities, id)).collect())
        .collect();
    let linked = |a: usize, b: usize| {
        let names = special[a].intersection(&special[b]).count();
        let same = told[a].intersection(&told[b]).count();
        names >= SHARED_NAMES || same >= 1 && names + same >= SHARED_NAMES
    };
    let mut groups: Vec<BTreeSet<usize>> = Vec::new();
    let mut seen = BTreeSet::new();
    for start in 0..names.len() {
        if !seen.insert(start) {
            continue;
        }
        let mut group = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            for next in 0..names.len() {
                if !seen.contains(&next) && linked(at, next) {
                    seen.insert(next);
                    group.insert(next);
                    open.push(next);
                }
            }
        }
        groups.push(group);
    }
    groups.sort_by_key(|group| Reverse(group.len()));
    groups
}

/// What a group of documents tells of: what its first document that tells something says.
fn described(
    facts: &[Fact],
    names: &[(String, BTreeSet<String>)],
    group: &BTreeSet<usize>,
) -> Group {
    let documents: Vec<String> = group.iter().map(|&index| names[index].0.clone()).collect();
    let first = |field: Field| {
        documents.iter().find_map(|document| {
            facts.iter().find_map(|fact| match &fact.body {
                Body::Event(property)
                    if property.field == field && fact.documents().any(|d| d == document) =>
                {
                    Some(property)
                }
                _ => None,
            })
        })
    };
    let what = first(Field::What).map(|p| p.normalized.clone().unwrap_or_else(|| p.value.clone()));
    let place = first(Field::Place).or_else(|| first(Field::Country)).map(|p| p.value.clone());
    Group { what, date: first(Field::Date).and_then(date), place, documents }
}

/// Days, places and flights that a document tells of the event.
fn told_by<'f>(facts: &'f [Fact], document: &str) -> BTreeSet<&'f str> {
    facts
        .iter()
        .filter(|fact| fact.evidence.iter().any(|piece| piece.document == document))
        .filter_map(|fact| match &fact.body {
            Body::Event(p)
                if matches!(
                    p.field,
                    Field::Date | Field::Place | Field::Flight | Field::Operator
                ) =>
            {
                Some(p.normalized.as_deref().unwrap_or(&p.value))
            }
            _ => None,
        })
        .collect()
}

/// Whether a name tells events apart: states and wire services do not.
fn is_special(entities: &[Entity], id: &str) -> bool {
    entities.iter().any(|entity| entity.id == id && entity.kind != EntityKind::Country)
}
