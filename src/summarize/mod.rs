//! Facts → dossier → briefing: origins, names, corroboration, the common event; then the words of the page.

mod change;
mod compose;
mod event;
mod known;
mod merge;
mod names;
mod origins;

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::dossier::{Dossier, Entity, Generator, SCHEMA};
use crate::extract::Memory;
use crate::fact::Fact;
use crate::lexicon;
use crate::register::Register;

pub use change::{Edition, changes};
pub use compose::{Options, briefing};

/// A fact whose words are not those of its document. It means a fault in this program, and stops it.
#[derive(Debug, thiserror::Error)]
#[error(
    "{fault}\n  hint: this is a fault in dateline; please report it with the input that causes it"
)]
pub struct Mismatch {
    /// The JSON path in the dossier and what is wrong there.
    pub fault: String,
}

/// Extracts the facts of all documents, resolves names across them and merges what is told twice. The
/// order of the documents does not matter.
///
/// # Errors
/// [`Mismatch`] when a span does not hold the words it claims.
pub fn dossier(documents: Vec<Document>) -> Result<Dossier, Mismatch> {
    dossier_with(documents, Knowledge::default())
}

/// What is known before the documents are read.
#[derive(Clone, Copy)]
pub struct Knowledge<'k> {
    /// What an editor knows of outlets, names and places.
    pub register: &'k Register,
    /// What was drawn out of the documents before.
    pub memory: &'k Memory,
}

/// [`dossier`] with what is known beforehand.
///
/// # Errors
/// [`Mismatch`] when a span does not hold the words it claims.
pub fn dossier_with(
    mut documents: Vec<Document>,
    knowledge: Knowledge,
) -> Result<Dossier, Mismatch> {
    let Knowledge { register, memory } = knowledge;
    let outlets = known::outlets(&mut documents, register);
    documents.sort_by(|a, b| {
        let key = |d: &Document| (d.meta.published.is_none(), d.meta.published, d.meta.id.clone());
        key(a).cmp(&key(b))
    });
    origins::assign(&mut documents, &outlets);
    let lexicon = lexicon::english();
    let extracts = memory.facts(&documents);
    let entities: Vec<Vec<Entity>> =
        extracts.iter().map(|extract| extract.entities.clone()).collect();
    let resolved = names::resolve(&entities, lexicon, register);
    let places = known::Places::new(register);
    let mut named = Vec::new();
    let mut facts: Vec<Fact> = Vec::new();
    for ((document, extract), renamed) in documents.iter().zip(extracts).zip(&resolved.renamed) {
        named.push((document.meta.id.clone(), renamed.values().cloned().collect::<BTreeSet<_>>()));
        facts.extend(extract.facts.into_iter().map(|mut fact| {
            fact.body.for_each_entity(|id| {
                *id = id.take().and_then(|id| renamed.get(&id).cloned());
            });
            places.name(&mut fact.body);
            fact
        }));
    }
    let mut facts = merge::merge(facts, &resolved.entities, lexicon);
    merge::complete(&mut facts, &resolved.entities);
    facts.sort_by_key(Fact::section);
    let event = event::event(&facts, &resolved.entities, &named);
    let places = known::positions(&facts, register);
    let dossier = Dossier {
        schema: SCHEMA.to_owned(),
        generator: Generator::default(),
        event,
        entities: used(resolved.entities, &facts),
        documents: documents.iter().map(|document| document.meta.clone()).collect(),
        facts,
        outlets,
        places,
    };
    let texts: BTreeMap<String, String> =
        documents.into_iter().map(|document| (document.meta.id, document.text)).collect();
    match dossier.mismatches(&texts).into_iter().next() {
        Some(fault) => Err(Mismatch { fault }),
        None => Ok(dossier),
    }
}

impl Default for Knowledge<'_> {
    /// Nothing.
    fn default() -> Self {
        static NOTHING: (Register, Memory) = (
            Register { outlets: Vec::new(), names: Vec::new(), places: Vec::new() },
            Memory::none(),
        );
        Knowledge { register: &NOTHING.0, memory: &NOTHING.1 }
    }
}

/// The entities that facts name.
fn used(entities: Vec<Entity>, facts: &[Fact]) -> Vec<Entity> {
    let mut ids = BTreeSet::new();
    for fact in facts {
        fact.body.clone().for_each_entity(|id| ids.extend(id.clone()));
    }
    entities.into_iter().filter(|entity| ids.contains(&entity.id)).collect()
}
