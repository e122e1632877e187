//! The words for what happened: the main clause of the headline, and the clause around a word that tells of the event.

use std::collections::BTreeSet;

use crate::analyze::syntax::label::Relation;
use crate::analyze::{Sentence, Tokens};
use crate::fact::{Field, Property};
use crate::lexicon::EventKind;

use super::telling::Telling;
use super::{Finding, Report};

/// At most this many sentences a report give the words for what happened.
const MOST_TELLINGS: usize = 3;
/// A headline is cut where a clause of circumstance begins, but not before this many words.
const FEWEST_WORDS: usize = 2;

/// Adds what happened, in the words of the headline first.
pub(super) fn what(
    report: &Report,
    kind: Option<&EventKind>,
    tellings: &[Telling],
    finding: &mut Finding,
) {
    headline(report, kind, finding);
    let normalized = kind.map(|kind| kind.kind.clone());
    let narrated = tellings.iter().filter(|telling| !telling.quoted);
    for (rank, telling) in narrated.enumerate().take(MOST_TELLINGS) {
        let plain = telling.verb && !finding.is_told(telling.sentence);
        let prose = report.is_prose(telling.sentence);
        if rank == 0 && (kind.is_some() || !finding.has(Field::What))
            || plain && prose && kind.is_some()
        {
            let tokens = clause(report, telling);
            finding.add(telling, Field::What, tokens, normalized.clone());
        }
    }
}

/// The main clause of a title that stands beside the text. The evidence is the sentence that says it again in most of its words.
fn headline(report: &Report, kind: Option<&EventKind>, finding: &mut Finding) {
    let Some(title) = &report.analysis.title else { return };
    let words = content_words(title);
    let sentences = report.analysis.sentences.iter().filter(|sentence| report.is_prose(sentence));
    let shared = |sentence: &&Sentence| content_words(sentence).intersection(&words).count();
    let Some(same) = sentences.rev().max_by_key(shared).filter(|s| shared(s) > 0) else { return };
    let tells = |kind: &&EventKind| {
        let index = report.lexicon.events.kinds.iter().position(|k| k.kind == kind.kind);
        (0..title.tokens.len()).any(|at| {
            report.lexicon.events.triggers.matches(title, at).any(|(_, m)| Some(m.0) == index)
        })
    };
    let normalized = kind.filter(tells).map(|kind| kind.kind.clone());
    let value = report.title_text(&title.bytes(&main_clause(report, title))).to_owned();
    let property = Property { field: Field::What, value, normalized, resolved: None };
    finding.push(property, same.start..same.end);
}

/// The words of a sentence that say what it is about, in lower case.
fn content_words<'s>(sentence: &'s Sentence) -> BTreeSet<&'s str> {
    let words = sentence.tokens.iter().map(|token| token.lower.as_str());
    words.filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic)).collect()
}

/// A headline without the outlet behind it and without what it tells of the circumstances ("after …", "as …").
fn main_clause(report: &Report, title: &Sentence) -> Tokens {
    let words = &report.lexicon.events.headline;
    let all = title.without_stop();
    let breaks = |at: &usize| title.word(*at).is_some_and(|word| words.breaks.contains(word));
    let end = (all.start + FEWEST_WORDS + 1..all.end).find(breaks).unwrap_or(all.end);
    all.start..end
}

/// The clause around the trigger.
fn clause(report: &Report, telling: &Telling) -> Tokens {
    let words = &report.lexicon.events.headline;
    let (sentence, trigger) = (telling.sentence, &telling.trigger);
    let is = |at: usize, list: &crate::lexicon::WordSet| {
        sentence.word(at).is_some_and(|word| list.contains(word))
    };
    let start = (0..trigger.start).rev().find(|&at| is(at, &words.clause_starts));
    let subject = telling.verb.then(|| subject(sentence, trigger.start)).flatten();
    let mut start = subject.or(start.map(|at| at + 1)).unwrap_or(0);
    if sentence.is(start, "which") || sentence.is(start, "who") {
        start = trigger.start;
    }
    let end = sentence.without_stop().end;
    let closes = |at: usize| sentence.is(at, ")") && sentence.is(at + 1, ",");
    let stop = (trigger.end..end).find(|&at| is(at, &words.clause_ends) || closes(at));
    let stop = stop.map_or(end, |at| at + usize::from(closes(at)));
    start..stop.max(trigger.end)
}

/// A subject further from its verb than this has too much between, in tokens.
const SUBJECT_REACH: usize = 24;

/// The first token of the subject of a verb.
fn subject(sentence: &Sentence, verb: usize) -> Option<usize> {
    let node = sentence.node(verb).filter(|_| sentence.syntax.analyzed())?;
    let subject = node.subject()?.antecedent();
    let case = |at: usize| {
        sentence.node(at).is_some_and(|n| n.is(&[Relation::Case]) && n.head() == Some(subject))
    };
    let start = sentence.subtree(subject).find(|&at| !case(at))?;
    let near = start < verb && verb - start <= SUBJECT_REACH;
    let whole =
        !(start..verb).any(|at| sentence.word(at).is_some_and(|w| matches!(w, ";" | "“" | "\"")));
    (near && whole).then_some(start)
}
