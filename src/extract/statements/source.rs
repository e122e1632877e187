//! Whose statement it is: subject, agent, antecedent, possessor, and the verb that lends its subject.

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::Upos;
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
        if verb.is(&[Acl]) {
            return phrase(sentence, verb.head()?, node);
        }
        // "urged them to say": the one who is urged has the word.
        let object = verb.head()?.child(&[Obj, Iobj]).filter(|_| verb.is(&[Xcomp]));
        if let Some(object) = object {
            return phrase(sentence, object, node);
        }
        if !verb.is(&[Conj, Xcomp, Advcl, Parataxis]) {
            return None;
        }
        verb = verb.head()?;
    }
    None
}

/// The phrase of a source with this head; what hangs on the verb of the cue does not belong to it.
pub fn phrase(sentence: &Sentence, subject: Node, cue: Node) -> Option<Source> {
    let named = subject.antecedent();
    if named != subject {
        return relative(sentence, subject, named);
    }
    let tokens = without_cue(sentence, sentence.subtree(subject), cue);
    let tokens = unpreposed(sentence, subject, tokens);
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
