//! Whether a dossier is sound: references lead somewhere, spans hold the words they claim.

use std::collections::{BTreeMap, BTreeSet};

use super::Dossier;
use crate::correction::Action;
use crate::fact::{Evidence, Fact, Part};

impl Dossier {
    /// What is wrong with the dossier in itself: references that lead nowhere, identifiers used twice,
    /// hashes that are none, spans whose length is not that of their words, words that a carried text
    /// does not hold. Each with its JSON path; an empty list means that all is well.
    pub fn faults(&self) -> Vec<String> {
        let known = Known::of(self);
        let mut faults = Vec::new();
        faults.extend(repeated("documents", self.documents.iter().map(|document| &document.id)));
        faults.extend(repeated("entities", self.entities.iter().map(|entity| &entity.id)));
        faults.extend(repeated("facts", self.facts.iter().map(|fact| &fact.id)));
        for (index, document) in self.documents.iter().enumerate() {
            let origin = document.origin.as_str();
            if !origin.is_empty() && !known.documents.contains(origin) {
                faults.push(format!(
                    "$.documents[{index}].origin: no document has the id `{origin}`"
                ));
            }
            if !is_sha256(&document.sha256) {
                faults.push(format!("$.documents[{index}].sha256: not 64 hexadecimal digits"));
            }
        }
        for (index, id) in self.event.what.iter().flat_map(|what| &what.facts).enumerate() {
            if !known.facts.contains(id.as_str()) {
                faults.push(format!("$.event.what.facts[{index}]: no fact has the id `{id}`"));
            }
        }
        for (index, fact) in self.facts.iter().enumerate() {
            known.check(&format!("$.facts[{index}]"), fact, &mut faults);
        }
        faults.extend(self.uneven_corrections());
        let carried = self.documents.iter().filter_map(|d| Some((d.id.clone(), d.text.clone()?)));
        faults.extend(self.mismatches(&carried.collect()));
        faults
    }

    /// Facts that say that they were corrected and corrections that say so of facts, where they do not agree.
    fn uneven_corrections(&self) -> Vec<String> {
        let edits = self.corrections.iter().filter(|outcome| outcome.did(Action::Edit));
        let set: BTreeSet<(&str, &String)> = edits
            .filter_map(|outcome| Some((outcome.now.as_deref()?, &outcome.correction.set)))
            .flat_map(|(fact, set)| set.keys().map(move |field| (fact, field)))
            .collect();
        let facts = self.facts.iter();
        let marked: BTreeSet<(&str, &String)> =
            facts.flat_map(|fact| fact.corrected.iter().map(|f| (fact.id.as_str(), f))).collect();
        let one_sided = set.symmetric_difference(&marked);
        one_sided
            .map(|(fact, field)| format!("$.corrections: `{fact}`: whether `{field}` was corrected is said in one place and not in the other"))
            .collect()
    }

    /// The spans that do not hold the words they claim, each with its JSON path. `texts` gives the text
    /// of each document by its `id`; of documents that are not in it only the length of the spans is
    /// checked.
    pub fn mismatches(&self, texts: &BTreeMap<String, String>) -> Vec<String> {
        let mut faults = Vec::new();
        for (index, fact) in self.facts.iter().enumerate() {
            for (piece, evidence) in fact.evidence.iter().enumerate() {
                let text = texts.get(&evidence.document);
                let span = (evidence.start, evidence.end, evidence.text.as_str());
                let fault = mismatch(span, text);
                faults.extend(
                    fault.map(|fault| format!("$.facts[{index}].evidence[{piece}]: {fault}")),
                );
            }
            let text = fact.evidence.first().and_then(|evidence| texts.get(&evidence.document));
            for (name, part) in fact.body.parts() {
                let fault = mismatch((part.start, part.end, part.text.as_str()), text)
                    .or_else(|| outside(part, fact.evidence.first()?));
                faults.extend(fault.map(|fault| format!("$.facts[{index}].{name}: {fault}")));
            }
        }
        faults
    }
}

/// The names that references may lead to.
struct Known<'a> {
    documents: BTreeSet<&'a str>,
    entities: BTreeSet<&'a str>,
    facts: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(dossier: &'a Dossier) -> Self {
        Known {
            documents: dossier.documents.iter().map(|document| document.id.as_str()).collect(),
            entities: dossier.entities.iter().map(|entity| entity.id.as_str()).collect(),
            facts: dossier.facts.iter().map(|fact| fact.id.as_str()).collect(),
        }
    }

    fn check(&self, at: &str, fact: &Fact, faults: &mut Vec<String>) {
        if fact.evidence.is_empty() {
            faults.push(format!("{at}.evidence: a fact needs at least one piece of evidence"));
        }
        for (index, evidence) in fact.evidence.iter().enumerate() {
            if !self.documents.contains(evidence.document.as_str()) {
                let id = &evidence.document;
                faults.push(format!(
                    "{at}.evidence[{index}].document: no document has the id `{id}`"
                ));
            }
        }
        for (path, id) in fact.body.references() {
            if !self.entities.contains(id) {
                faults.push(format!("{at}.{path}: no entity has the id `{id}`"));
            }
        }
    }
}

/// The identifiers that stand a second time in a list, each with its place.
fn repeated<'a>(list: &str, ids: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let again = ids.enumerate().filter(|(_, id)| !seen.insert(*id));
    again.map(|(index, id)| format!("$.{list}[{index}].id: `{id}` is not unique")).collect()
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Why a span cannot be right, if so.
fn mismatch((start, end, words): (usize, usize, &str), text: Option<&String>) -> Option<String> {
    if words.is_empty() || end.checked_sub(start) != Some(words.len()) {
        return Some(format!(
            "`start` {start} and `end` {end} do not span the {} bytes of `text`",
            words.len()
        ));
    }
    let text = text?;
    match text.get(start..end) {
        Some(found) if found == words => None,
        Some(found) => {
            Some(format!("bytes {start}..{end} hold {:?}, not {:?}", shown(found), shown(words)))
        }
        None => {
            Some(format!("bytes {start}..{end} are no text of the document's {} bytes", text.len()))
        }
    }
}

/// Why a part that stands within the evidence is not what the evidence holds there, if so.
fn outside(part: &Part, evidence: &Evidence) -> Option<String> {
    let from = part.start.checked_sub(evidence.start)?;
    let found = evidence.text.get(from..from + part.text.len())?;
    (found != part.text).then(|| {
        format!("the evidence holds {:?} there, not {:?}", shown(found), shown(&part.text))
    })
}

/// The beginning of a text, for a message.
fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
