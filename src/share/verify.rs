//! Verifying a dossier, as it stands in a briefing, against the reports it was made from.
//!
//! Pure: the caller finds the reports, by the hash of their bytes; here everything is compared. A
//! report that cannot be found fails, since a changed file is a file with another hash.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Metadata;
use crate::dossier::Dossier;

/// A report that was found again by its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it was found.
    pub path: String,
    /// Its decoded text.
    pub text: String,
}

/// What came of the comparison with one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its bytes were found, and the spans compared with them.
    Found,
    /// Its bytes were not found; the spans were compared with the text that the dossier carries.
    Carried,
    /// Its bytes were looked for and not found; nothing was compared.
    Missing,
    /// No place to look was given; nothing was compared.
    Unchecked,
}

/// One report of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The document's `id`.
    pub id: String,
    /// Where its bytes were found, else the path that the dossier gives.
    pub path: Option<String>,
    /// What came of it.
    pub state: State,
    /// How many pieces of evidence point into it.
    pub spans: usize,
}

/// The whole verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The reports, in the dossier's order.
    pub documents: Vec<Checked>,
    /// What is wrong, each with its JSON path.
    pub failures: Vec<String>,
    /// What could not be looked at for want of sources.
    pub unchecked: Vec<String>,
}

/// Checks `dossier` in itself, and against `sources`: reports by their SHA-256, or none if the
/// caller has no place to look.
pub fn check(dossier: &Dossier, sources: Option<&BTreeMap<String, Source>>) -> Verdict {
    let mut verdict = Verdict { failures: dossier.faults(), ..Verdict::default() };
    let mut texts = BTreeMap::new();
    for (index, document) in dossier.documents.iter().enumerate() {
        let source = sources.and_then(|sources| sources.get(&document.sha256));
        let at = format!("$.documents[{index}]");
        let state = state(document, sources.is_some(), source);
        match (state, source) {
            (State::Found, Some(source)) => {
                verdict.failures.extend(carried_differs(&at, document, source));
                texts.insert(document.id.clone(), source.text.clone());
            }
            (State::Missing, _) => verdict.failures.push(missing(&at, document)),
            _ => verdict.unchecked.push(unchecked(document)),
        }
        verdict.documents.push(Checked {
            id: document.id.clone(),
            path: source.map(|source| source.path.clone()).or_else(|| document.path.clone()),
            state,
            spans: spans(dossier, &document.id),
        });
    }
    verdict.failures.extend(dossier.mismatches(&texts));
    let mut said = BTreeSet::new();
    verdict.failures.retain(|failure| said.insert(failure.clone()));
    verdict
}

fn state(document: &Metadata, looked: bool, source: Option<&Source>) -> State {
    match (source, &document.text) {
        (Some(_), _) => State::Found,
        (None, Some(_)) => State::Carried,
        (None, None) if looked => State::Missing,
        (None, None) => State::Unchecked,
    }
}

fn missing(at: &str, document: &Metadata) -> String {
    let name = document.path.as_deref().unwrap_or(&document.id);
    format!("{at}.sha256: no file among the sources has this hash; `{name}` is missing or changed")
}

fn carried_differs(at: &str, document: &Metadata, source: &Source) -> Option<String> {
    let carried = document.text.as_ref()?;
    let path = &source.path;
    (*carried != source.text).then(|| format!("{at}.text: not the text of `{path}`"))
}

fn unchecked(document: &Metadata) -> String {
    let id = &document.id;
    match document.text {
        Some(_) => format!("{id}: the hash; its words were compared with the text in the briefing"),
        None => format!("{id}: the hash and the words"),
    }
}

fn spans(dossier: &Dossier, id: &str) -> usize {
    let evidence = dossier.facts.iter().flat_map(|fact| &fact.evidence);
    evidence.filter(|piece| piece.document == id).count()
}
