//! Blame in the report's own voice: who did it, as the report itself tells it.

use crate::analyze::Sentence;
use crate::fact::{Attribution, DateFrom, Stance, Statement};
use crate::lexicon::CauseRole;

use super::super::event;
use super::super::report::Report;
use super::super::told::Told;
use super::cause::Cause;
use super::charge::{Charge, Reader};
use super::hold::Hold;
use super::{ACCUSING, comparable, is_question, made, parties};

/// The blame that a sentence states outside of what others are told to have said.
pub fn narrated(
    report: &Report,
    fields: &[bool],
    index: usize,
    told: &Told,
) -> Option<Attribution> {
    let sentence = &report.analysis.sentences[index];
    let all = comparable(report, sentence, &sentence.without_stop());
    let reader = Reader::new(report, sentence, None, fields);
    let mut charges = reader.charges(&all);
    charges.retain(|charge| {
        is_told_plainly(report, sentence, index, told, charge) && !reader.is_before(charge)
    });
    let blames = parties(&charges);
    if blames.is_empty() || is_question(sentence) {
        return None;
    }
    let hedged = charges.iter().all(|charge| charge.hold == Hold::Hedged);
    let claimed = charges.iter().all(|charge| charge.role == CauseRole::Claim);
    let stance = match hedged {
        _ if claimed => Stance::Claims,
        true => Stance::Suspects,
        false => Stance::Asserts,
    };
    let statement = Statement {
        source: None,
        cue: None,
        content: Some(report.part(sentence.bytes(&sentence.without_stop()), None)),
        quoted: false,
        said_on: report.published(),
        said_on_from: report.published().map(|_| DateFrom::Publication),
        via: Vec::new(),
    };
    let cause = Cause::new(report, sentence, &all).party(&reader, &charges);
    Some(Attribution { narrated: true, ..made(statement, stance, blames, cause) })
}

/// Whether a charge is the report's own: nobody says it, no quotation mark stands around it, and it
/// is held to be so.
fn is_told_plainly(
    report: &Report,
    sentence: &Sentence,
    index: usize,
    told: &Told,
    charge: &Charge,
) -> bool {
    let byte = sentence.tokens[charge.tokens.start].start;
    let accuses = ACCUSING.contains(&charge.role) || charge.role == CauseRole::Claim;
    let said = told.in_sentence(index).filter(|said| said.is_account()).any(|said| {
        said.content.contains(&byte)
            || accuses && said.cue.as_ref().is_some_and(|cue| cue.contains(&byte))
    });
    matches!(charge.hold, Hold::Plain | Hold::Hedged)
        && charge.role != CauseRole::Field
        && !said
        && !report.is_quoted(sentence, charge.tokens.start)
        && !event::is_other(report, sentence, charge.tokens.start)
}
