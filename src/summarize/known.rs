//! What the register knows, put into documents and facts.

use crate::analyze::similar;
use crate::document::Document;
use crate::fact::{Body, Fact, Field};
use crate::register::{Outlet, Place, Register, Spellings};

/// Names the outlet of each document that the register knows, and returns these outlets, each once.
pub fn outlets(documents: &mut [Document], register: &Register) -> Vec<Outlet> {
    let mut used: Vec<&Outlet> = Vec::new();
    for document in documents {
        let meta = &mut document.meta;
        let Some(outlet) = register.outlet(meta.outlet.as_deref(), meta.url.as_deref()) else {
            continue;
        };
        if !meta.outlet.as_ref().is_some_and(|name| outlet.is_named(name)) {
            meta.outlet = Some(outlet.name.clone());
        }
        if !used.iter().any(|known| known.name == outlet.name) {
            used.push(outlet);
        }
    }
    used.sort_by(|a, b| a.name.cmp(&b.name));
    used.into_iter().cloned().collect()
}

/// The places of the register that have a position and stand in the words of these facts.
pub fn positions(facts: &[Fact], register: &Register) -> Vec<Place> {
    let words = facts.iter().flat_map(|fact| &fact.evidence).map(|piece| piece.text.as_str());
    let words: Vec<&str> = words.collect();
    let told = |place: &&Place| {
        place.spellings().any(|spelling| words.iter().any(|text| text.contains(spelling)))
    };
    let known = register.places.iter().filter(|place| place.position().is_some());
    known.filter(told).cloned().collect()
}

/// The registered names of places.
pub struct Places<'r>(Spellings<'r>);

impl<'r> Places<'r> {
    /// The places of a register.
    pub fn new(register: &'r Register) -> Self {
        Places(Spellings::places(register, similar::folded))
    }

    /// Gives a property that is a place its registered name.
    pub fn name(&self, body: &mut Body) {
        if let Body::Event(property) = body
            && let Field::Place | Field::Origin | Field::Destination = property.field
            && let Some(name) = self.0.name(&similar::folded(&property.value))
        {
            property.normalized = Some(name.to_owned());
        }
    }
}
