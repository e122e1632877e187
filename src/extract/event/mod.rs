//! What happened, when, where, to what: the properties of the event as one report tells them.

mod circumstance;
mod further;
mod month;
mod other;
mod place;
mod route;
mod telling;
mod things;
mod what;
mod when;

use std::ops::Range;

use crate::analyze::{Sentence, Tokens};
use crate::fact::{Field, Property};

use super::report::Report;
use telling::Telling;

pub use further::further;
pub use other::{compares, is_compared, is_other};

/// A property and the bytes that tell it.
pub struct Found {
    pub property: Property,
    pub bytes: Range<usize>,
}

/// The properties, the most telling sentence's first; none where the report tells nothing. `taken` says which sentences
/// report what somebody said.
pub fn properties(report: &Report, taken: &dyn Fn(&Sentence) -> bool) -> Vec<Found> {
    let kind = telling::kind(report);
    let tellings = telling::tellings(report, kind.map(|(index, _)| index), taken);
    let mut finding = Finding { report, taken, found: Vec::new() };
    let kind = kind.map(|(_, kind)| kind);
    what::what(report, kind, &tellings, &mut finding);
    when::dates(report, &tellings, &mut finding);
    let own = tellings.iter().any(|telling| !telling.quoted);
    let own: Vec<&Telling> = tellings.iter().filter(|telling| !own || !telling.quoted).collect();
    place::places(report, &own, kind.is_some(), &mut finding);
    if kind.is_some_and(|kind| kind.vehicle) {
        own.iter().for_each(|telling| things::things(report, telling, &mut finding));
    }
    if kind.is_some() {
        for sentence in &report.analysis.sentences {
            route::route(report, sentence, &mut finding);
            route::flight(report, sentence, &mut finding);
        }
        circumstance::circumstances(report, &tellings, &mut finding);
        further::further_events(report, &tellings, &mut finding);
    }
    finding.found
}

/// What was found so far.
struct Finding<'a> {
    report: &'a Report<'a>,
    taken: &'a dyn Fn(&Sentence) -> bool,
    found: Vec<Found>,
}

impl Finding<'_> {
    /// Whether a sentence reports what somebody said.
    fn is_told(&self, sentence: &Sentence) -> bool {
        (self.taken)(sentence)
    }

    fn has(&self, field: Field) -> bool {
        self.found.iter().any(|found| found.property.field == field)
    }

    /// Adds words of a telling; the sentence is the evidence.
    fn add(&mut self, telling: &Telling, field: Field, tokens: Tokens, normalized: Option<String>) {
        self.add_words(field, telling.sentence, tokens, normalized);
    }

    /// Adds words of a sentence, which is the evidence.
    fn add_words(
        &mut self,
        field: Field,
        sentence: &Sentence,
        tokens: Tokens,
        normalized: Option<String>,
    ) {
        let value = self.report.text(&sentence.bytes(&tokens)).to_owned();
        self.push(
            Property { field, value, normalized, resolved: None },
            sentence.start..sentence.end,
        );
    }

    /// Adds a property that was not found before in the same words, or of the same sentence for what happened.
    fn push(&mut self, property: Property, bytes: Range<usize>) {
        let same = |found: &Found| {
            found.property.field == property.field
                && if property.field == Field::What {
                    found.bytes == bytes
                } else {
                    found.property.value == property.value
                        && found.property.normalized == property.normalized
                }
        };
        if !self.found.iter().any(same) {
            self.found.push(Found { property, bytes });
        }
    }
}
