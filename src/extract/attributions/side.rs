//! The side that a speaker speaks for: "we" in his words, and whom he clears when he denies something.

use crate::analyze::{NameKind, Sentence, Tokens};
use crate::fact::Party;

use super::super::report::Report;
use super::super::said::Speaker;

/// Who is meant by "we": the state that a speaker speaks for, else himself.
pub fn own(report: &Report, speaker: &Speaker) -> Party {
    state(report, speaker).unwrap_or_else(|| himself(report, speaker))
}

/// Whom a speaker clears who names nobody: his state or the body named beside him, a body, or somebody known by name who
/// speaks for no one else. A passer-by clears nobody.
pub fn of(report: &Report, speaker: &Speaker) -> Option<Party> {
    if let Some(state) = state(report, speaker) {
        return Some(state);
    }
    let index = report.analysis.sentence_with(&speaker.bytes)?;
    let sentence = &report.analysis.sentences[index];
    let phrase = sentence.token_from(speaker.bytes.start)..sentence.token_from(speaker.bytes.end);
    let speaks_for_others = is_spokesman(report, sentence, &phrase, speaker);
    body(report, sentence, &phrase, speaker).or_else(|| {
        let bodies = &report.lexicon.names.bodies;
        let known = speaker.entity.is_some()
            || phrase.clone().any(|at| sentence.word(at).is_some_and(|w| bodies.contains(w)));
        (known && !speaks_for_others).then(|| himself(report, speaker))
    })
}

fn state(report: &Report, speaker: &Speaker) -> Option<Party> {
    let country = speaker.country.as_ref()?;
    let state = report.analysis.entities.iter().find(|entity| entity.id == *country)?;
    Some(Party { text: state.name.clone(), entity: Some(state.id.clone()) })
}

/// The speaker as a party.
pub fn himself(report: &Report, speaker: &Speaker) -> Party {
    Party {
        text: report.text(&speaker.bytes).to_owned(),
        entity: speaker.entity.map(|index| report.entity_id(index)),
    }
}

/// The body named in the words for a speaker: "an Air Force spokesman".
fn body(report: &Report, sentence: &Sentence, phrase: &Tokens, speaker: &Speaker) -> Option<Party> {
    let other = |name: &&crate::analyze::Name| {
        matches!(name.kind, NameKind::Organization | NameKind::Unknown)
            && name.entity.is_some()
            && name.entity != speaker.entity
    };
    let name = sentence.names_in(phrase).find(other)?;
    Some(report.party(sentence, &(name.first..name.last), name.entity))
}

/// Whether a speaker only speaks for others, by the words for him or by his position.
fn is_spokesman(report: &Report, sentence: &Sentence, phrase: &Tokens, speaker: &Speaker) -> bool {
    let spokes = |word: &str| word.to_lowercase().starts_with("spokes");
    let role = speaker.entity.and_then(|index| report.analysis.entities[index].role.as_deref());
    phrase.clone().any(|at| sentence.word(at).is_some_and(spokes))
        || role.is_some_and(|role| role.split_whitespace().any(spokes))
}
