//! What does not count: what did not happen, and what happened at another time.

use chrono::NaiveDate;

use crate::analyze::syntax::label::{Relation::*, Upos, Xpos};
use crate::analyze::syntax::navigate::Modality;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Sentence, Tokens};
use crate::lexicon::Phrasebook;

use super::super::event;
use super::super::report::{Report, find_all};
use super::harm::Harm;

/// Whether a harm is told as something that did not happen, may have happened, or was only meant.
pub fn is_unreal(report: &Report, sentence: &Sentence, harm: &Harm, nobody: bool) -> bool {
    let mut node = harm.node;
    if !nobody && node.negated() {
        return true;
    }
    for _ in 0..MOST_STEPS {
        if is_modal(node) || is_meant(report, sentence, node) || is_conditional(node) {
            return true;
        }
        let Some(head) = node.head() else { return false };
        // What a verb of saying or thinking governs is somebody's words, and real to him.
        let gerund = node.xpos() == Xpos::Vbg
            || node.children_by(&[AuxPass]).any(|aux| aux.xpos() == Xpos::Vbg);
        if node.is(&[Ccomp, Parataxis, AclRelcl, Nsubj, NsubjPass])
            || node.is(&[Acl, Obl]) && !gerund
        {
            return false;
        }
        node = head;
    }
    false
}

const MOST_STEPS: usize = 5;

fn is_modal(node: Node) -> bool {
    let own = node.children().any(|child| child.is(&[Aux, AuxPass]));
    node.modality() != Modality::Plain && own
}

/// "to kill 40": meant, unless it is said to have happened.
fn is_meant(report: &Report, sentence: &Sentence, node: Node) -> bool {
    let lexicon = &report.lexicon.casualties;
    let achieved =
        |head: Node| lexicon.achieved.longest(sentence, sentence.token_of(head)).is_some();
    let infinitive = node.xpos() == Xpos::Vb
        && node.child(&[Mark]).is_some_and(|mark| mark.form().eq_ignore_ascii_case("to"))
        && !node
            .children()
            .any(|child| child.is(&[Aux]) && child.form().eq_ignore_ascii_case("have"))
        && !node.head().is_some_and(achieved);
    let says_so =
        |other: Node| lexicon.unreal.longest(sentence, sentence.token_of(other)).is_some();
    infinitive
        || node.head().is_some_and(says_so) && !node.is(&[Conj])
        || node.children_by(&[Amod, Advmod, Compound]).any(says_so)
}

fn is_conditional(node: Node) -> bool {
    node.children_by(&[Mark]).any(|mark| {
        matches!(mark.form().to_lowercase().as_str(), "if" | "unless" | "whether" | "lest")
    })
}

/// Whether a harm belongs to another event, or to many of them.
pub fn is_elsewhere(report: &Report, sentence: &Sentence, harm: &Harm) -> bool {
    event::is_compared(report, sentence, harm.tokens.start)
        || stands_beside(&report.lexicon.casualties.elsewhere, sentence, harm)
}

/// Whether a harm hangs on a noun for an event of another day: "the bombing of X on Tuesday, which killed seven".
pub fn is_of_other_day(
    report: &Report,
    sentence: &Sentence,
    harm: &Harm,
    day: Option<NaiveDate>,
) -> bool {
    let Some(day) = day.filter(|_| !sentence.days.is_empty()) else { return false };
    let nouns = &report.lexicon.events.nouns;
    let event = |at: usize| sentence.word(at).is_some_and(|word| nouns.contains(word));
    let verb = |at: usize| sentence.node(at).is_some_and(|node| node.upos() == Upos::Verb);
    let relative = |at: usize| sentence.word(at).is_some_and(|w| matches!(w, "which" | "that"));
    sentence.days.iter().filter(|own| own.date != day).any(|own| {
        let behind = own.last..harm.tokens.start;
        let before = own.first.saturating_sub(NOUN_REACH)..own.first;
        let noun = before.clone().rev().take_while(|&at| !verb(at)).find(|&at| event(at));
        behind.len() <= RELATIVE_REACH && behind.into_iter().any(relative) && noun.is_some()
    })
}

/// How far before its day the noun for an event may stand, and how far behind it the harm, in tokens.
const NOUN_REACH: usize = 10;
const RELATIVE_REACH: usize = 6;

/// Whether a harm belongs to an earlier time.
pub fn is_past(report: &Report, sentence: &Sentence, harm: &Harm) -> bool {
    event::is_other(report, sentence, harm.tokens.start)
        || stands_beside(&report.lexicon.casualties.past, sentence, harm)
}

fn stands_beside(book: &Phrasebook<()>, sentence: &Sentence, harm: &Harm) -> bool {
    let all: Tokens = 0..sentence.tokens.len();
    let beside = |at: usize| sentence.node(at).is_some_and(|node| bears_on(node, harm.node));
    find_all(book, sentence, &all).any(|(tokens, ())| beside(tokens.start))
}

/// Whether what is said at one word holds for another: it stands in its clause, in one that governs it, or in one
/// that hangs on it and is no description of somebody.
fn bears_on(node: Node, harm: Node) -> bool {
    let clause = node.clause();
    // A verb of harm says nothing: what hangs on it like somebody's words describes people ("freed 15 kidnapped in May").
    let own = clause.is(&[Ccomp]) && clause.head().is_some_and(|head| head.index() == harm.index());
    let described = (clause.is(&[Acl, AclRelcl]) || own) && !clause.covers(harm);
    !described && (clause.covers(harm) || harm.clause().covers(node))
}
