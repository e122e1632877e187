//! What is said around a cue that is set into it: "A, X said, B", "the bag, which X said was empty".

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Sentence, Tokens};
use crate::lexicon::{Cue, Frame};

use super::content::{is_break, is_finite, is_mark};
use super::cue::Place;

/// The stretches around a cue that is set into what it reports: "A, X said, B". `region` is the source with the cue.
pub fn around(sentence: &Sentence, place: &Place, meaning: &Cue, region: &Tokens) -> Vec<Tokens> {
    let node = place.node;
    let end = sentence.without_stop().end;
    let told = meaning.takes(Frame::Do);
    let completed = node.children().any(|child| {
        child.is(&[Ccomp, Xcomp, Obj])
            && !(child.is(&[Obj]) && told)
            && sentence.token_of(child) >= region.end
    });
    let after = inserted_end(sentence, place, region, told);
    let completed = completed && !sentence.is(after, ",");
    let before = 0..region.start;
    let closed = region.start > 0 && sentence.word(region.start - 1).is_some_and(is_break);
    let turned = node.children_by(&[Ccomp, Parataxis]).any(|c| sentence.token_of(c) < region.start)
        || node.is(&[Parataxis, Ccomp]) && node.head().is_some_and(|h| h.index() < node.index());
    let last = after >= end || sentence.word(after).is_some_and(is_break);
    let spoken = before.end.checked_sub(1).is_some_and(|at| {
        sentence.word(at).is_some_and(is_mark)
            || sentence.is(at, ",") && at > 0 && sentence.word(at - 1).is_some_and(is_mark)
    });
    let fits = spoken || if completed { turned && last } else { turned || last };
    let rest = rest(sentence, place, after, end);
    let clause = rest.is_some() || is_clause(sentence, &before);
    if !closed || !fits || node.is(&[AclRelcl]) || !clause {
        return Vec::new();
    }
    std::iter::once(before).chain(rest).collect()
}

/// "The bag, which police said was empty": the relative clause goes on behind the cue that is set into it.
pub fn resumed(sentence: &Sentence, place: &Place, region: &Tokens) -> Option<Tokens> {
    let comma = |at: usize| usize::from(sentence.is(at, ","));
    let pronoun = region.start.checked_sub(1)?;
    let pronoun = pronoun.checked_sub(comma(pronoun))?;
    let relative = sentence.word(pronoun).is_some_and(|w| matches!(w, "which" | "who" | "what"));
    if !relative || region.end != place.phrase.end {
        return None;
    }
    let start = region.end + comma(region.end);
    let verb = sentence.node(start).filter(|node| is_finite(*node))?;
    let head = verb.head().filter(|_| verb.is(&[Aux, AuxPass, Cop])).unwrap_or(verb);
    let end = sentence.subtree(head).end.min(sentence.without_stop().end);
    (start + 1 < end).then_some(start..end)
}

/// Whether a stretch can be what somebody says: it has a verb or begins with a quotation mark.
fn is_clause(sentence: &Sentence, tokens: &Tokens) -> bool {
    let is_verb = |node: Node| matches!(node.upos(), Upos::Verb | Upos::Aux);
    sentence.word(tokens.start).is_some_and(is_mark)
        || tokens.clone().any(|at| sentence.node(at).is_some_and(is_verb))
}

/// Where the inserted words end: behind the cue, the one who is told, and adverbials.
fn inserted_end(sentence: &Sentence, place: &Place, region: &Tokens, told: bool) -> usize {
    let mut end = region.end;
    for child in place.node.children() {
        let tokens = sentence.subtree(child);
        let adverbial = child.is(&[Obl, OblUnmarked, Advmod, Iobj, OblAgent])
            || child.is(&[Obj]) && told
            || child.is(&[Advcl]) && child.child(&[Mark]).is_some();
        if tokens.start == end && adverbial {
            end = tokens.end;
        }
    }
    end
}

/// What goes on behind the inserted words.
fn rest(sentence: &Sentence, place: &Place, after: usize, end: usize) -> Option<Tokens> {
    let start = after + 1;
    let broken = sentence.word(after).is_some_and(|w| matches!(w, "," | "—" | "–" | "--"));
    if start >= end || !broken {
        return None;
    }
    if sentence.word(start).is_some_and(is_mark) {
        return Some(start..end);
    }
    let next = place.node.children().find(|child| sentence.subtree(*child).contains(&start));
    let own = next.is_some_and(|child| !child.is(&[Ccomp, Parataxis, Dep, Punct]));
    let joined = sentence
        .word(start)
        .is_some_and(|w| matches!(w, "and" | "but" | "while" | "who" | "which"));
    (!own && !joined && !is_participle(sentence, start)).then_some(start..end)
}

/// Whether the words from `start` on are a participle with what hangs on it ("not even mentioning Y").
fn is_participle(sentence: &Sentence, start: usize) -> bool {
    let Some(mut top) = sentence.node(start) else { return false };
    while let Some(head) = top.head().filter(|head| head.index() > top.index()) {
        top = head;
    }
    top.xpos() == Xpos::Vbg && top.child(&[Aux]).is_none()
}
