//! What followed the event: a further blast, a strike on the rescuers, an aftershock. It is told beside the event and is no part of it.

use crate::analyze::syntax::label::{Relation::*, Upos};
use crate::analyze::syntax::navigate::Modality;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Sentence, Tokens};
use crate::extract::report::{Report, find};
use crate::fact::Field;

use super::Finding;
use super::telling::Telling;

/// At most this many further events a report.
const MOST: usize = 3;

/// Adds the sentences that tell of a further event, but not the first sentence of the report nor the one that tells most of the event.
pub(super) fn further_events(report: &Report, tellings: &[Telling], finding: &mut Finding) {
    let first = tellings.first().map(|telling| telling.index);
    let sentences = report.analysis.sentences.iter().enumerate();
    let told = sentences.filter(|(index, sentence)| {
        *index > 0
            && Some(*index) != first
            && report.is_prose(sentence)
            && further(report, sentence)
                .is_some_and(|words| !is_background(report, sentence, &words))
    });
    for (_, sentence) in told.take(MOST) {
        finding.add_words(Field::FollowUp, sentence, sentence.without_stop(), None);
    }
}

/// The words for a further event that a sentence says has happened: "a second blast", "aftershocks".
pub fn further(report: &Report, sentence: &Sentence) -> Option<Tokens> {
    let words = &report.lexicon.events.further;
    (0..sentence.tokens.len()).find_map(|at| {
        let word = sentence.word(at)?;
        if words.nouns.contains(word) {
            return told(sentence, at).then_some(at..at + 1);
        }
        if !words.again.contains(word) {
            return None;
        }
        let noun = sentence.node(at)?.head()?;
        let end = sentence.token_of(noun);
        let near = end > at && end - at <= LONGEST && is_event(report, sentence, end);
        let near = near && !is_listed(report, sentence, at);
        (near && told(sentence, end) && !report.is_quoted(sentence, at)).then_some(at..end + 1)
    })
}

/// "One bomb hit X, another hit Y": parts of one event. Not "one person died when …", nor "after the first quake …".
fn is_listed(report: &Report, sentence: &Sentence, at: usize) -> bool {
    (0..at).any(|first| {
        let counts = sentence.is(first, "one") || sentence.is(first, "first");
        let head = sentence.node(first).and_then(Node::head).map(|noun| sentence.token_of(noun));
        let mut counted = [Some(first + 1), head].into_iter().flatten();
        let before = |back: usize| first.checked_sub(back).is_some_and(|b| sentence.is(b, "after"));
        counts && !(1..=2).any(before) && counted.any(|noun| is_event(report, sentence, noun))
    })
}

/// "second suicide car bomb"
const LONGEST: usize = 4;

/// Whether a noun names an event of a known kind or what does it, one or several.
fn is_event(report: &Report, sentence: &Sentence, at: usize) -> bool {
    let events = &report.lexicon.events;
    sentence.word(at).is_some_and(|word| {
        [&events.nouns, &events.further.means, &events.plurals].iter().any(|l| l.contains(word))
    })
}

/// Whether a sentence says of a noun that it happened: it is the subject of a verb, or what "followed by" names.
fn told(sentence: &Sentence, at: usize) -> bool {
    let Some(noun) = sentence.node(at) else { return false };
    let real = |verb: &Node| {
        verb.upos() == Upos::Verb && verb.modality() == Modality::Plain && !verb.negated()
    };
    let followed = |verb: &Node| verb.lemma() == "follow";
    let verb = noun.head().filter(real);
    verb.is_some_and(|verb| {
        noun.is(&[Nsubj, NsubjPass]) || noun.is(&[Obl, OblAgent]) && followed(&verb)
    })
}

/// Whether a sentence tells of an earlier time, or its words for a further event stand behind a comparison.
fn is_background(report: &Report, sentence: &Sentence, words: &Tokens) -> bool {
    let all = 0..sentence.tokens.len();
    find(&report.lexicon.casualties.past, sentence, &all).is_some()
        || super::is_other(report, sentence, words.start)
}
