//! The sentences that tell of the event: by words that name its kind, else by what the report begins with.

use std::cmp::Reverse;

use crate::analyze::syntax::navigate::Modality;
use crate::analyze::{Sentence, Tokens};
use crate::lexicon::EventKind;

use super::Report;
use super::other::is_other;

/// A sentence that tells of the event.
pub(super) struct Telling<'a> {
    pub sentence: &'a Sentence<'a>,
    /// Its index in the report.
    pub index: usize,
    /// The words that tell it.
    pub trigger: Tokens,
    /// Whether a verb tells it, not a noun.
    pub verb: bool,
    /// Whether the trigger stands in a quotation.
    pub quoted: bool,
    score: usize,
}

impl Telling<'_> {
    /// Whether a token stands in the clause of the trigger.
    pub fn holds(&self, token: usize) -> bool {
        match (self.sentence.node(token), self.sentence.node(self.trigger.start)) {
            (Some(a), Some(b)) if self.sentence.syntax.analyzed() => a.clause() == b.clause(),
            _ => false,
        }
    }
}

/// What stands in this many sentences at the start is what the report is about.
const LEAD: usize = 4;
/// A trigger there counts as many times as one further down.
const LEAD_WEIGHT: usize = 3;
/// A kind that only the rest of the report speaks of needs this score.
const DISTANT_SCORE: usize = 8;
/// So many sentences at the start tell of an event of no known kind.
const LEAD_TELLINGS: usize = 3;

/// The kind of event that most of the report's words speak of, those at its start before all, with its index.
pub(super) fn kind<'a>(report: &Report<'a>) -> Option<(usize, &'a EventKind)> {
    let events = &report.lexicon.events;
    let mut scores = vec![0usize; events.kinds.len()];
    let mut told = vec![false; events.kinds.len()];
    let mut context = vec![0usize; events.kinds.len()];
    let title = report.analysis.title.as_ref().map(|title| (title, 0));
    let prose = report.analysis.sentences.iter().zip(1..);
    for (sentence, position) in title.into_iter().chain(prose) {
        let weight = if position <= LEAD { LEAD_WEIGHT } else { 1 };
        for at in 0..sentence.tokens.len() {
            for (_, &(kind, verb)) in events.triggers.matches(sentence, at) {
                scores[kind] += weight * if verb { 1 } else { 2 };
                told[kind] |= position <= LEAD && !report.is_quoted(sentence, at);
            }
            let word = sentence.word(at).unwrap_or_default();
            for &kind in events.context.get(word).into_iter().flatten() {
                context[kind] += 1;
            }
        }
    }
    let fits = |&kind: &usize| context[kind] >= 1 && (told[kind] || scores[kind] >= DISTANT_SCORE);
    let best = (0..scores.len())
        .rev()
        .filter(|&kind| scores[kind] > 0)
        .filter(fits)
        .max_by_key(|&kind| scores[kind] + context[kind])?;
    Some((best, &events.kinds[best]))
}

/// The sentences with a trigger of the kind, best first: early in the report, with a day and a place. Of no kind, or where none
/// tells it in the report's own voice, those that the report begins with.
pub(super) fn tellings<'a>(
    report: &'a Report<'a>,
    kind: Option<usize>,
    taken: &dyn Fn(&Sentence) -> bool,
) -> Vec<Telling<'a>> {
    let sentences = || report.analysis.sentences.iter().enumerate();
    let of_kind = kind.into_iter().flat_map(|kind| {
        sentences().filter_map(move |(index, sentence)| {
            let (trigger, verb) = trigger(report, sentence, kind)?;
            let quoted = report.is_quoted(sentence, trigger.start);
            let unreal = verb && !is_real(sentence, trigger.start);
            let early = usize::from(index < LEAD) * 3;
            let score = early + score(report, sentence, verb && !unreal && !quoted, taken);
            let telling = Telling { sentence, index, verb, quoted, score, trigger };
            (!is_other(report, sentence, telling.trigger.start)).then_some(telling)
        })
    });
    let mut tellings: Vec<Telling> = of_kind.collect();
    if tellings.iter().all(|telling| telling.quoted) {
        let prose = sentences().filter(|(_, sentence)| report.is_prose(sentence));
        let lead = prose.take(LEAD_TELLINGS).zip((0..LEAD_TELLINGS).rev());
        let told = lead.map(|((index, sentence), score)| {
            let root = sentence.syntax.root().map_or(0, |root| sentence.token_of(root));
            Telling { sentence, index, trigger: root..root + 1, verb: true, quoted: false, score }
        });
        tellings.extend(told);
    }
    tellings.sort_by_key(|telling| (telling.quoted, Reverse(telling.score)));
    tellings
}

/// Whether a verb tells what happened, not what may or will, or did not.
fn is_real(sentence: &Sentence, verb: usize) -> bool {
    let node = sentence.node(verb).filter(|_| sentence.syntax.analyzed());
    node.is_none_or(|node| node.modality() == Modality::Plain && !node.negated())
}

/// The words of a sentence that tell of an event of this kind, a verb before a noun, or that something happened; and whether it is a
/// verb.
fn trigger(report: &Report, sentence: &Sentence, kind: usize) -> Option<(Tokens, bool)> {
    let events = &report.lexicon.events;
    let triggers = (0..sentence.tokens.len()).filter_map(|at| {
        let own = events.triggers.matches(sentence, at).find(|(_, m)| m.0 == kind);
        let (end, verb) = match own {
            Some((end, &(_, verb))) => (end, verb),
            None => (events.occurrence.longest(sentence, at)?.0, true),
        };
        Some((at..end, verb))
    });
    triggers.max_by_key(|(tokens, verb)| (*verb, usize::MAX - tokens.start))
}

fn score(
    report: &Report,
    sentence: &Sentence,
    verb: bool,
    taken: &dyn Fn(&Sentence) -> bool,
) -> usize {
    let places = sentence.names.iter().filter(|name| name.is_place()).count().min(2);
    usize::from(verb) * 4
        + usize::from(!sentence.days.is_empty()) * 3
        + places * 2
        + usize::from(sentence.block < 3) * 2
        + usize::from(!taken(sentence)) * 3
        + usize::from(report.is_prose(sentence)) * 2
}
