//! Cues in a sentence: words of saying, thinking and wanting, and the verb group around them.

use crate::analyze::syntax::label::Relation::{self, *};
use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Sentence, Tokens};
use crate::lexicon::{self, Cue, Cues};

/// A cue where it stands.
#[derive(Clone)]
pub struct Place<'s, 't> {
    /// The verb, or the adjective behind a copula.
    pub node: Node<'s, 't>,
    /// The phrase of the lexicon, from the verb on.
    pub phrase: Tokens,
    /// The verb group with the phrase: auxiliaries, negation and adverbs before it.
    pub group: Tokens,
    /// Whether a light verb stands before it ("went on to say").
    chained: bool,
}

/// What a cue at this token may mean, the longest phrase first; one with a phrase of its own hides shorter ones.
pub fn meanings<'l>(cues: &'l Cues, sentence: &Sentence, at: usize) -> Vec<(usize, &'l Cue)> {
    let mut found: Vec<(usize, &Cue)> = cues.verbs.matches(sentence, at).collect();
    found.extend(cues.attitudes.matches(sentence, at));
    found.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
    found
}

/// The place of a cue whose phrase is `phrase`, if the tree has a verb or a predicate there.
pub fn place<'s, 't>(
    sentence: &'s Sentence<'t>,
    phrase: Tokens,
    light: &lexicon::WordSet,
) -> Option<Place<'s, 't>> {
    let node = sentence.node(phrase.start)?;
    let predicate = node.child(&[Cop]).is_some();
    let adjective = matches!(node.upos(), Upos::Adj | Upos::Adv) && predicate;
    if node.upos() != Upos::Verb && !adjective {
        return None;
    }
    let first = chain(sentence, node, light);
    let group = group_start(sentence, first)..phrase.end;
    Some(Place { node, phrase, group, chained: first != node })
}

/// The verb that begins a chain of light verbs: "went" of "went on to say".
fn chain<'s, 't>(
    sentence: &Sentence<'t>,
    node: Node<'s, 't>,
    light: &lexicon::WordSet,
) -> Node<'s, 't> {
    let head = node.head().filter(|head| {
        node.is(&[Xcomp])
            && head.index() < node.index()
            && node.index() - head.index() <= LONGEST_CHAIN
            && light.contains(&head.lemma())
            && head.child(&[Obj, Iobj]).is_none()
    });
    head.filter(|head| sentence.token_of(*head) < sentence.token_of(node)).unwrap_or(node)
}

/// "went on later to say"
const LONGEST_CHAIN: usize = 5;

/// The first token of the verb group that ends with this word.
pub fn group_start(sentence: &Sentence, node: Node) -> usize {
    let verb = sentence.token_of(node);
    let mut start = verb;
    while let Some(part) = start.checked_sub(1).and_then(|at| sentence.node(at)) {
        let own = part.head() == Some(node) || part.head().is_some_and(|h| h.is(&[Advmod]));
        if !own || !is_part(part) || sentence.is(start - 1, ",") {
            break;
        }
        start -= 1;
    }
    while start < verb && opens(sentence, start) {
        start += 1;
    }
    start
}

fn is_part(node: Node) -> bool {
    const PARTS: &[Relation] = &[Aux, AuxPass, Cop, Advmod, Mark];
    let infinitive = node.relation() != Mark || node.xpos() == Xpos::To;
    node.is(PARTS) && infinitive && node.xpos() != Xpos::Wrb
}

/// Whether an adverb opens the sentence or a part of it: then it belongs to no verb group.
fn opens(sentence: &Sentence, at: usize) -> bool {
    let first = at == 0 || sentence.is(at - 1, ",");
    first && sentence.node(at).is_some_and(|node| node.is(&[Advmod]))
}

impl<'s, 't> Place<'s, 't> {
    /// Whether the cue is an infinitive that no verb before it makes a statement.
    pub fn is_bare_infinitive(&self) -> bool {
        !self.chained
            && self.node.children().any(|child| child.is(&[Mark]) && child.xpos() == Xpos::To)
    }
}
