//! Whose statement it is: subject, agent, antecedent, possessor, and the verb that lends its subject.

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::lexicon::class;
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

/// The source of a verb: its subject or agent, or those of the verb that lends its own. Behind a verb of saying
/// (`quoting`) the subject may stand too.
pub fn of_verb(sentence: &Sentence, node: Node, quoting: bool) -> Option<Source> {
    let mut verb = node;
    for _ in 0..STEPS {
        if let Some(noun) = tail(sentence, verb).filter(|_| quoting) {
            return phrase(sentence, noun, node);
        }
        if verb.voice() == Voice::Passive && verb == node {
            return verb.agent().and_then(|agent| phrase(sentence, agent, node));
        }
        let turned = || inverted(sentence, verb).filter(|_| quoting);
        if let Some(subject) = subject(verb).or_else(turned) {
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
        let finite = matches!(verb.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vbn);
        let own = segment(sentence, sentence.token_of(verb)).filter(|own| own.start > 0);
        if let Some(tokens) = own.filter(|_| quoting && finite && verb == node) {
            return Some(Source { named: tokens.clone(), tokens });
        }
        verb = lender(sentence, verb)?;
    }
    None
}

/// ", the ministry warned": a verb of saying that ends the sentence is no participle of the noun before it.
fn tail<'s, 't>(sentence: &Sentence<'t>, verb: Node<'s, 't>) -> Option<Node<'s, 't>> {
    let noun = verb.head().filter(|head| verb.is(&[Acl]) && head.index() < verb.index())?;
    let finite = matches!(verb.xpos(), Xpos::Vbn | Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    let start = sentence.subtree(noun).start;
    let whole = noun.is(&[Root]) && start == 0;
    let set_off = start > 0 && sentence.is(start - 1, ",") || whole;
    let last = whole || sentence.subtree(verb).end >= sentence.without_stop().end;
    (finite && set_off && last && verb.child(&[OblAgent]).is_none()).then_some(noun)
}

/// The one named or described right beside a verb of saying, where the tree has no subject for it: the name behind it, or the
/// words between commas before it.
pub fn beside(sentence: &Sentence, cue: &Tokens) -> Option<Source> {
    let named = sentence.names.iter().rfind(|name| name.whole().end == cue.start);
    let tokens = named
        .map(|name| name.whole())
        .or_else(|| segment(sentence, cue.start))
        .or_else(|| sentence.name_from(cue.end).map(|name| name.whole()))?;
    Some(Source { named: tokens.clone(), tokens })
}

/// The words between commas that end at `end`; an apposition or a relative clause with what stands before it.
fn segment(sentence: &Sentence, end: usize) -> Option<Tokens> {
    let comma = end > 0 && sentence.is(end - 1, ",");
    let end = end - usize::from(comma);
    let mut tokens = begin(sentence, end)..end;
    let relative =
        sentence.word(tokens.start).is_some_and(|w| matches!(w, "who" | "which" | "whose"));
    if comma && tokens.start > 1 {
        let before = begin(sentence, tokens.start - 1);
        tokens = before..if relative { tokens.start - 1 } else { tokens.end };
    }
    let first = sentence.node(tokens.start)?;
    let noun = tokens
        .clone()
        .filter_map(|at| sentence.node(at))
        .any(|node| matches!(node.upos(), Upos::Noun | Upos::Propn | Upos::Pron));
    let opens = matches!(
        first.upos(),
        Upos::Noun | Upos::Propn | Upos::Pron | Upos::Det | Upos::Adj | Upos::Num
    );
    let finite =
        tokens.clone().filter_map(|at| sentence.node(at)).any(|node| node.upos() == Upos::Aux);
    (noun && opens && !finite && tokens.len() <= LONGEST_SEGMENT).then_some(tokens)
}

/// A segment of more tokens than this is no source.
const LONGEST_SEGMENT: usize = 16;

/// Where the segment begins that ends at `end`: behind a comma, dash, colon or quotation mark.
fn begin(sentence: &Sentence, end: usize) -> usize {
    let mark = |at: &usize| {
        sentence.word(*at).is_some_and(|w| {
            matches!(
                w,
                "," | "\""
                    | "”"
                    | "“"
                    | "''"
                    | ":"
                    | ";"
                    | "—"
                    | "–"
                    | "--"
                    | "that"
                    | "and"
                    | "but"
            )
        })
    };
    (0..end).rev().find(mark).map_or(0, |at| at + 1)
}

/// The subject of a verb: of several, the one next to it.
fn subject<'s, 't>(verb: Node<'s, 't>) -> Option<Node<'s, 't>> {
    let subjects = verb.children().filter(|child| child.is(&[Nsubj, NsubjPass, NsubjOuter]));
    // "The party last month said": a time is the subject only where nothing else is.
    let time = |node: Node| node.upos() != Upos::Pron && node.is_listed(class::TIME);
    subjects.min_by_key(|child| (time(*child), child.index().abs_diff(verb.index())))
}

/// ", noted X": what stands right behind a finite verb that follows a mark is its subject, whatever the tree calls it.
fn inverted<'s, 't>(sentence: &Sentence<'t>, verb: Node<'s, 't>) -> Option<Node<'s, 't>> {
    let at = sentence.token_of(verb);
    let set_off =
        sentence.word(at.checked_sub(1)?).is_some_and(|w| matches!(w, "," | "\"" | "”" | "''"));
    let finite = matches!(verb.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vbn);
    let next = verb.children().find(|child| sentence.subtree(*child).start == at + 1)?;
    (set_off && finite && next.is(&[Obj, Iobj])).then_some(next)
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
    // "Two guards, both of whom said": the pronoun stands for the guards.
    if let Some(pronoun) = subject.children_by(&[Nmod]).find(|child| child.is_relative()) {
        let noun = pronoun.antecedent();
        let noun = if noun == pronoun { noun_before(sentence, subject)? } else { noun };
        let source = relative(sentence, subject, noun)?;
        let named = sentence.name_at(sentence.token_of(noun)).is_some();
        let tokens = if named { source.tokens } else { source.named.clone() };
        return Some(Source { tokens, ..source });
    }
    let tokens = without_cue(sentence, sentence.subtree(subject), cue);
    let tokens = unpreposed(sentence, subject, tokens);
    let tokens = unframed(sentence, subject, with_names(sentence, tokens, cue));
    fits(sentence, subject, &tokens).then(|| Source { named: tokens.clone(), tokens })
}

/// The noun of the phrase that ends with a comma before a word.
fn noun_before<'s, 't>(sentence: &'s Sentence<'t>, word: Node<'s, 't>) -> Option<Node<'s, 't>> {
    let comma = sentence.subtree(word).start.checked_sub(1)?;
    let last = comma.checked_sub(1).filter(|_| sentence.is(comma, ","))?;
    let nominal = |node: &Node| matches!(node.upos(), Upos::Noun | Upos::Propn);
    let last = sentence.node(last).filter(nominal)?;
    std::iter::successors(Some(last), |node| node.head().filter(nominal)).last()
}

/// "the officer, who said": the pronoun where its noun is a name, else the noun.
fn relative(sentence: &Sentence, pronoun: Node, noun: Node) -> Option<Source> {
    let at = sentence.token_of(pronoun);
    let start = sentence.subtree(noun).start;
    let end = noun.children_by(&[AclRelcl]).map(|clause| sentence.subtree(clause).start).min();
    let named = trimmed(sentence, start..end.unwrap_or(at).min(at).max(start));
    let named = unpreposed(sentence, noun, named);
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

/// The phrase with all of the names that its ends cut, and with the nouns and adjectives that stand right before it.
fn with_names(sentence: &Sentence, tokens: Tokens, cue: Node) -> Tokens {
    let at = sentence.token_of(cue);
    let cut = |end: usize| {
        sentence
            .names
            .iter()
            .map(|name| name.whole())
            .find(|name| name.start < end && end < name.end && !name.contains(&at))
    };
    let end = cut(tokens.end).map_or(tokens.end, |name| name.end);
    let start = cut(tokens.start).map_or(tokens.start, |name| name.start);
    before(sentence, start)..end
}

/// Where the noun phrase begins whose last words begin at `start`; at `start` where a preposition or a time stands before it.
fn before(sentence: &Sentence, start: usize) -> usize {
    let part = |at: usize| {
        let node = sentence.node(at)?;
        let day = sentence.days.iter().any(|day| (day.first..day.last).contains(&at));
        let word =
            matches!(node.upos(), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det);
        (word && !day && !node.is_listed(class::TIME)).then_some(())
    };
    let closed = |at: usize| {
        sentence.node(at).is_some_and(|node| matches!(node.upos(), Upos::Det | Upos::Pron))
    };
    let mut first = start;
    while first > 0 && !closed(first) && part(first - 1).is_some() {
        first -= 1;
    }
    let free = first == 0
        || sentence
            .node(first - 1)
            .is_some_and(|node| matches!(node.upos(), Upos::Punct | Upos::Cconj | Upos::Sconj));
    if free { first } else { start }
}

/// The phrase without a dateline, quotation or participle before its noun, and without a time or quotation behind it.
fn unframed(sentence: &Sentence, head: Node, tokens: Tokens) -> Tokens {
    let noun = sentence.token_of(head);
    let breaks = |at: usize| {
        sentence.word(at).is_some_and(|w| {
            matches!(
                w,
                "--" | "—" | "–" | "―" | ":" | "\"" | "“" | "”" | "''" | "as" | "like" | "even"
            )
        })
    };
    let clauses = head.children_by(&[Acl, Advcl]).map(|clause| sentence.subtree(clause).end);
    let marks = (tokens.start..noun.max(tokens.start)).filter(|&at| breaks(at)).map(|at| at + 1);
    let start = clauses.chain(marks).filter(|&end| end <= noun).max().unwrap_or(tokens.start);
    // "2 March: minister says": what stands before a colon is no speaker, wherever the tree has its head.
    let colon = tokens.clone().rev().find(|&at| sentence.is(at, ":") && at + 1 < tokens.end);
    let start = colon.map_or(start, |colon| start.max(colon + 1));
    let quote = (noun + 1..tokens.end).find(|&at| {
        sentence.word(at).is_some_and(|w| matches!(w, "\"" | "“" | "''"))
            && sentence.is(at - 1, ",")
    });
    let day = sentence.days.iter().find(|day| day.first > noun && day.last == tokens.end);
    let end = day.map_or(tokens.end, |day| {
        let before = sentence.node(day.first - 1).is_some_and(|n| n.upos() == Upos::Adp);
        day.first - usize::from(before)
    });
    trimmed(sentence, start..quote.unwrap_or(end).max(start))
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
