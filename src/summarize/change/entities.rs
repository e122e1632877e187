//! One entity in two dossiers: its identifier is made from the spelling that most reports use, and changes
//! when another spelling becomes the most used.

use std::collections::BTreeMap;

use crate::analyze::similar;
use crate::dossier::{Dossier, Entity, EntityKind};

/// `before` with the identifiers that `after` uses for the same entities.
pub fn in_terms_of(before: &Dossier, after: &Dossier) -> Dossier {
    let names: BTreeMap<&str, &Entity> = before
        .entities
        .iter()
        .filter_map(|old| Some((old.id.as_str(), counterpart(old, after)?)))
        .collect();
    let mut renamed = before.clone();
    for fact in &mut renamed.facts {
        fact.body.for_each_entity(|id| {
            let known = id.as_ref().and_then(|id| names.get(id.as_str()));
            if let Some(entity) = known {
                *id = Some(entity.id.clone());
            }
        });
    }
    for entity in &mut renamed.entities {
        if let Some(counterpart) = names.get(entity.id.as_str()) {
            *entity = (*counterpart).clone();
        }
    }
    renamed
}

/// The entity of `after` that `old` is.
fn counterpart<'a>(old: &Entity, after: &'a Dossier) -> Option<&'a Entity> {
    let kin = || after.entities.iter().filter(|new| new.kind == old.kind);
    let country = |new: &&Entity| {
        old.country.is_none() || new.country.is_none() || old.country == new.country
    };
    let alike = |new: &&Entity| {
        old.kind == EntityKind::Person && country(new) && similar::same_person(&old.name, &new.name)
    };
    kin()
        .find(|new| new.id == old.id)
        .or_else(|| kin().find(|new| country(new) && share_spelling(old, new)))
        .or_else(|| kin().find(alike))
}

/// Whether two entities have a full name in common.
fn share_spelling(a: &Entity, b: &Entity) -> bool {
    let spellings = |entity: &Entity| -> Vec<String> {
        let all = std::iter::once(&entity.name).chain(&entity.aliases);
        let person = entity.kind == EntityKind::Person;
        // A surname alone may be that of a relative.
        let full = all.filter(|name| !person || name.contains(' '));
        full.map(|name| similar::folded(name)).collect()
    };
    let known = spellings(a);
    spellings(b).iter().any(|spelling| known.contains(spelling))
}
