//! Corrections by people, applied to the facts that reports give. What a report says stays known: an edited
//! fact names its edited fields, keeps its identifier and its evidence, and the dossier keeps what they said.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::change::told;
use crate::correction::{Action, Correction, Outcome, State};
use crate::dossier::{Dossier, read_fact};
use crate::fact::{Body, Fact, Field};
use crate::words::Words;

/// Why a field cannot be edited.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refusal {
    /// The fact has no such field.
    #[error("a fact of this type has no field `{0}`")]
    Unknown(String),
    /// The field repeats the words of a report.
    #[error("`{0}` is in the report's own words, which are not edited; reject the fact instead")]
    OwnWords(String),
    /// The field cannot hold this.
    #[error("{0}")]
    Unfit(String),
}

/// Applies the corrections that hold to the facts of a dossier, and records what became of each.
pub fn apply(dossier: &mut Dossier, corrections: &[Correction]) {
    for correction in in_force(corrections) {
        let at = target(dossier, correction);
        let outcome = match at {
            None => unapplied(correction, State::Vanished),
            Some(at) => carry_out(dossier, at, correction),
        };
        dossier.corrections.push(outcome);
    }
}

/// The last decision on each fact, in their order, without those that were taken back.
pub fn in_force(corrections: &[Correction]) -> Vec<&Correction> {
    let last =
        |at: usize| !corrections[at + 1..].iter().any(|later| later.fact == corrections[at].fact);
    let standing = corrections.iter().enumerate().filter(|(at, _)| last(*at));
    let standing = standing.map(|(_, correction)| correction);
    standing.filter(|correction| correction.action != Action::Undo).collect()
}

/// The place of the fact that a correction means: of the same type, on some of the same words, and with the same
/// identifier or saying the same.
pub fn target(dossier: &Dossier, correction: &Correction) -> Option<usize> {
    let alike = |fact: &Fact| {
        fact.id.chars().next() == correction.fact.chars().next()
            && evidence(fact).iter().any(|hash| correction.evidence.contains(hash))
    };
    let facts = || dossier.facts.iter().enumerate().filter(|(_, fact)| alike(fact));
    let itself = facts().find(|(_, fact)| fact.id == correction.fact);
    let found = itself.or_else(|| facts().find(|(_, fact)| says(dossier, fact) == correction.says));
    found.map(|(at, _)| at)
}

/// SHA-256 of the words of each piece of a fact's evidence, in lower-case hexadecimal.
pub fn evidence(fact: &Fact) -> Vec<String> {
    let hash = |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    fact.evidence.iter().map(|piece| hash(&piece.text)).collect()
}

/// A fact in a few words: "Killed: 38". They are English in every briefing, since facts are known by them.
pub fn says(dossier: &Dossier, fact: &Fact) -> String {
    let (subject, value) = told(dossier, fact, &Words::default());
    format!("{subject}: {value}")
}

fn unapplied(correction: &Correction, state: State) -> Outcome {
    Outcome { correction: correction.clone(), state, now: None, before: BTreeMap::new() }
}

fn carry_out(dossier: &mut Dossier, at: usize, correction: &Correction) -> Outcome {
    let mut outcome = unapplied(correction, State::Applied);
    outcome.now = Some(dossier.facts[at].id.clone());
    match correction.action {
        Action::Reject => {
            dossier.facts.remove(at);
            outcome.now = None;
        }
        Action::Edit => match edited(&dossier.facts[at], &correction.set) {
            Ok((fact, before)) => {
                dossier.facts[at] = fact;
                outcome.before = before;
            }
            Err(_) => return unapplied(correction, State::Refused),
        },
        Action::Accept | Action::Pin | Action::Undo => {}
    }
    outcome
}

/// A fact with fields set anew, and what these said before.
///
/// # Errors
/// [`Refusal`] for a field that is not there, cannot be edited, or cannot hold its new value.
pub fn edited(
    fact: &Fact,
    set: &BTreeMap<String, String>,
) -> Result<(Fact, BTreeMap<String, String>), Refusal> {
    let mut value = serde_json::to_value(fact).unwrap_or_default();
    let mut before = BTreeMap::new();
    for (field, text) in set {
        let known = value.get(field).filter(|old| !old.is_object() && !old.is_array());
        let old = known.ok_or_else(|| Refusal::Unknown(field.clone()))?;
        if is_own_words(&fact.body, field) {
            return Err(Refusal::OwnWords(field.clone()));
        }
        before.insert(field.clone(), plain(old));
        value[field] = typed(old, text);
    }
    let unfit = |error: crate::dossier::Error| {
        let words = error.to_string();
        Refusal::Unfit(words.lines().next().unwrap_or_default().to_owned())
    };
    let mut fact = read_fact("fact", value).map_err(unfit)?;
    fact.corrected = set.keys().cloned().collect();
    Ok((fact, before))
}

/// Whether a field repeats what a report says, or says what kind of fact this is.
fn is_own_words(body: &Body, field: &str) -> bool {
    let verbatim = matches!(body, Body::Event(property)
        if matches!(property.field, Field::What | Field::Circumstance | Field::Damage | Field::FollowUp));
    match field {
        "id" | "type" | "field" | "count_text" | "quoted" | "narrated" => true,
        "value" => verbatim,
        _ => false,
    }
}

/// A new value of the type of the old one; nothing for an empty text. Of a field that was empty the type is not
/// known: what can be a number is one.
fn typed(old: &Value, text: &str) -> Value {
    let word = || Value::String(text.to_owned());
    match old {
        _ if text.is_empty() => Value::Null,
        Value::String(_) => word(),
        _ => serde_json::from_str(text).unwrap_or_else(|_| word()),
    }
}

/// A field's value as a person writes it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
