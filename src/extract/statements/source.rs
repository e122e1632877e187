//! Whose statement it is: subject, agent, antecedent, possessor, and the verb that lends its subject.

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::navigate::Voice;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{NameKind, Sentence, Tokens};

use super::super::said::trimmed;

/// The phrase for the one who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    pub tokens: Tokens,
    /// Where the one is named that a relative pronoun stands for.
    pub named: Tokens,
}

/// A phrase that is longer than this is taken for a slip of the parser, in tokens.
const LONGEST: usize = 45;
/// A subject is lent over so many verbs.
const STEPS: usize = 4;

/// The source of a verb: its subject or agent, or those of the verb that lends its own.
pub fn of_verb(sentence: &Sentence, node: Node) -> Option<Source> {
    let mut verb = node;
    for _ in 0..STEPS {
        if verb.voice() == Voice::Passive && verb == node {
            return verb.agent().and_then(|agent| phrase(sentence, agent, node));
        }
        if let Some(subject) = verb.child(&[Nsubj, NsubjPass, NsubjOuter]) {
            return phrase(sentence, subject, node);
        }
        if verb.is(&[Acl]) && !is_set_off(sentence, verb) {
            return phrase(sentence, verb.head()?, node);
        }
        // "urged them to say": the one who is urged has the word.
        let object = verb.head()?.child(&[Obj, Iobj]).filter(|_| verb.is(&[Xcomp]));
        if let Some(object) = object {
            return phrase(sentence, object, node);
        }
        verb = lender(sentence, verb)?;
    }
    None
}

/// The verb that lends its subject: the one coordinated with, completed or accompanied; of a participle behind a comma the
/// next one up that has a subject.
fn lender<'s, 't>(sentence: &Sentence<'t>, verb: Node<'s, 't>) -> Option<Node<'s, 't>> {
    if is_set_off(sentence, verb) {
        return verb.ancestors().take(STEPS).find(|head| {
            head.child(&[Nsubj, NsubjPass]).is_some_and(|subject| subject.index() < verb.index())
        });
    }
    verb.is(&[Conj, Xcomp, Advcl, Parataxis]).then(|| verb.head()).flatten()
}

/// ", saying that": a participle behind a comma.
fn is_set_off(sentence: &Sentence, verb: Node) -> bool {
    let at = sentence.token_of(verb);
    let before =
        at - usize::from(at > 0 && sentence.node(at - 1).is_some_and(|n| n.upos() == Upos::Adv));
    verb.xpos() == Xpos::Vbg && before > 0 && sentence.is(before - 1, ",")
}

/// The phrase of a source with this head; what hangs on the verb of the cue does not belong to it.
pub fn phrase(sentence: &Sentence, subject: Node, cue: Node) -> Option<Source> {
    let named = subject.antecedent();
    if named != subject {
        return relative(sentence, subject, named);
    }
    let tokens = without_cue(sentence, sentence.subtree(subject), cue);
    let tokens = unpreposed(sentence, subject, tokens);
    let tokens = unframed(sentence, subject, with_names(sentence, tokens));
    fits(sentence, subject, &tokens).then(|| Source { named: tokens.clone(), tokens })
}

/// "the officer, who said": the pronoun where its noun is a name, else the noun.
fn relative(sentence: &Sentence, pronoun: Node, noun: Node) -> Option<Source> {
    let at = sentence.token_of(pronoun);
    let start = sentence.subtree(noun).start;
    let end = noun.children_by(&[AclRelcl]).map(|clause| sentence.subtree(clause).start).min();
    let named = trimmed(sentence, start..end.unwrap_or(at).min(at).max(start));
    if !fits(sentence, noun, &named) {
        return None;
    }
    let known = sentence.names_in(&named).any(|name| name.entity.is_some());
    let tokens = if known { at..at + 1 } else { named.clone() };
    Some(Source { tokens, named })
}

/// The phrase up to the cue, or from it on.
fn without_cue(sentence: &Sentence, tokens: Tokens, cue: Node) -> Tokens {
    let at = sentence.token_of(cue);
    if !tokens.contains(&at) {
        return tokens;
    }
    let clause = sentence.subtree(cue).start;
    tokens.start..clause.max(tokens.start)
}

/// The phrase without the preposition that ties it to the verb.
fn unpreposed(sentence: &Sentence, head: Node, tokens: Tokens) -> Tokens {
    let case = head.children_by(&[Case]).map(|case| sentence.token_of(case) + 1);
    let start = case.filter(|&end| end <= sentence.token_of(head)).max();
    trimmed(sentence, start.unwrap_or(tokens.start).max(tokens.start)..tokens.end)
}

/// The phrase with all of the name that it begins within.
fn with_names(sentence: &Sentence, tokens: Tokens) -> Tokens {
    let cut = sentence.names.iter().find(|name| {
        name.whole().start < tokens.start && tokens.start < name.last && name.last <= tokens.end
    });
    cut.map_or(tokens.start, |name| name.whole().start)..tokens.end
}

/// The phrase without a dateline or participle before its noun, and without a time behind it.
fn unframed(sentence: &Sentence, head: Node, tokens: Tokens) -> Tokens {
    let noun = sentence.token_of(head);
    let dash = |at: &usize| sentence.word(*at).is_some_and(|w| matches!(w, "--" | "—" | "–" | "―"));
    let clauses = head.children_by(&[Acl, Advcl]).map(|clause| sentence.subtree(clause).end);
    let dashes = (tokens.start..noun.max(tokens.start)).filter(dash).map(|at| at + 1);
    let start = clauses.chain(dashes).filter(|&end| end <= noun).max().unwrap_or(tokens.start);
    let day = sentence.days.iter().find(|day| day.first > noun && day.last == tokens.end);
    let end = day.map_or(tokens.end, |day| {
        let before = sentence.node(day.first - 1).is_some_and(|n| n.upos() == Upos::Adp);
        day.first - usize::from(before)
    });
    trimmed(sentence, start..end.max(start))
}

/// Whether a phrase can be a source at all.
fn fits(sentence: &Sentence, head: Node, tokens: &Tokens) -> bool {
    let word = head.form().to_lowercase();
    let empty = matches!(word.as_str(), "it" | "there" | "this" | "that" | "what" | "you")
        && !(word == "it" && head.relation() == Nsubj);
    let thing = sentence
        .name_at(sentence.token_of(head))
        .is_some_and(|name| matches!(name.kind, NameKind::Weapon | NameKind::Vehicle));
    let noun = matches!(
        head.upos(),
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det | Upos::X
    );
    noun && !empty && !thing && !tokens.is_empty() && tokens.len() <= LONGEST
}
