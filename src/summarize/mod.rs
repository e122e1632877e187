//! Facts → dossier → briefing: origins, names, corroboration, the common event; then the words of the page.

mod change;
mod compose;
mod correct;
mod event;
mod known;
mod merge;
mod names;
mod origins;

use std::collections::{BTreeMap, BTreeSet};

use crate::correction::Correction;
use crate::document::Document;
use crate::dossier::{Dossier, Entity, Event, Generator, SCHEMA};
use crate::extract::{Extract, Memory};
use crate::fact::Fact;
use crate::lexicon;
use crate::register::Register;

pub use change::{Edition, changes, changes_in, told};
pub use compose::{Options, briefing, history};
pub use correct::{Refusal, edited, evidence, in_force, says, target};
use names::Resolved;

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
    /// What people decided about facts, in the order in which they did.
    pub corrections: &'k [Correction],
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
    let Knowledge { register, corrections, memory } = knowledge;
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
    let named = named(&documents, &resolved);
    let facts = in_common_terms(extracts, &resolved, &known::Places::new(register));
    let mut facts = merge::merge(facts, &resolved.entities, lexicon);
    merge::complete(&mut facts, &resolved.entities);
    facts.sort_by_key(Fact::section);
    event::drop_states_as_places(&mut facts);
    let mut dossier = Dossier {
        schema: SCHEMA.to_owned(),
        generator: Generator::default(),
        event: Event::default(),
        entities: resolved.entities,
        documents: documents.iter().map(|document| document.meta.clone()).collect(),
        facts,
        outlets,
        corrections: Vec::new(),
    };
    correct::apply(&mut dossier, corrections);
    dossier.event = event::event(&dossier.facts, &dossier.entities, &named);
    dossier.entities = used(dossier.entities, &dossier.facts);
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
        Knowledge { register: &NOTHING.0, corrections: &[], memory: &NOTHING.1 }
    }
}

/// Which entities each document names.
fn named(documents: &[Document], resolved: &Resolved) -> Vec<(String, BTreeSet<String>)> {
    let pairs = documents.iter().zip(&resolved.renamed);
    pairs
        .map(|(document, ids)| (document.meta.id.clone(), ids.values().cloned().collect()))
        .collect()
}

/// The facts of all documents, with one name for each entity and place.
fn in_common_terms(
    extracts: Vec<Extract>,
    resolved: &Resolved,
    places: &known::Places,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (extract, renamed) in extracts.into_iter().zip(&resolved.renamed) {
        facts.extend(extract.facts.into_iter().map(|mut fact| {
            fact.body.for_each_entity(|id| {
                *id = id.take().and_then(|id| renamed.get(&id).cloned());
            });
            places.name(&mut fact.body);
            fact
        }));
    }
    facts
}

/// The entities that facts name.
fn used(entities: Vec<Entity>, facts: &[Fact]) -> Vec<Entity> {
    let mut ids = BTreeSet::new();
    for fact in facts {
        fact.body.clone().for_each_entity(|id| ids.extend(id.clone()));
    }
    entities.into_iter().filter(|entity| ids.contains(&entity.id)).collect()
}
