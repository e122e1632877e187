//! Words that perform acts: verbs, predicate adjectives and nouns whose frame is filled.

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::Upos;
use crate::analyze::syntax::navigate::Modality;
use crate::analyze::syntax::sentence::Node;
use crate::lexicon::{ActFrame, Complement};

use super::Scene;

/// A word that performs an act, with what fills its frame.
pub(super) struct Performed<'a> {
    pub frame: &'a ActFrame,
    pub node: Node<'a, 'a>,
    /// What it is done to.
    pub object: Option<Node<'a, 'a>>,
    /// What stands behind the preposition.
    pub thing: Option<Node<'a, 'a>>,
}

/// How many tokens behind a verb its object is looked for where the tree has none.
const NEAR: usize = 6;
/// How many tokens behind a verb its infinitive may begin.
const REACH: usize = 16;

impl<'a> Scene<'a> {
    /// All words of the sentence that perform an act, with all of their frames that fit.
    pub(super) fn performed(&self) -> Vec<Performed<'a>> {
        let acts = &self.report.lexicon.acts;
        let mut found = Vec::new();
        for (index, token) in self.sentence.tokens.iter().enumerate() {
            let Some(node) = self.sentence.node(index) else { continue };
            if is_predicate(node) {
                found.extend(acts.of_verb(&token.lower).filter_map(|frame| self.verb(node, frame)));
            } else {
                found.extend(acts.of_noun(&token.lower).filter_map(|frame| self.noun(node, frame)));
            }
        }
        found
    }

    fn verb(&self, node: Node<'a, 'a>, frame: &'a ActFrame) -> Option<Performed<'a>> {
        let unreal = matches!(node.modality(), Modality::Possible | Modality::Necessary);
        let asked = is_infinitive(node) && node.child(&[Nsubj]).is_some();
        if node.negated() || unreal || asked || self.is_hypothetical(node) {
            return None;
        }
        let object = self.object(node, frame)?;
        let thing = self.thing(node, object, frame)?;
        let fits = self.complement(node, frame) && self.has_word(node, frame);
        fits.then_some(Performed { frame, node, object, thing })
    }

    /// What the frame says the verb is done to; none where it does not fit.
    fn object(&self, verb: Node<'a, 'a>, frame: &ActFrame) -> Option<Option<Node<'a, 'a>>> {
        let shared = || verb.children_by(&[Conj]).find_map(Node::object);
        let patient = verb.patient().or_else(shared).filter(|patient| !patient.covers(verb));
        if frame.object.is_empty() {
            let wrong = patient.is_some_and(|patient| frame.not.contains(self.word(patient)));
            return (!wrong).then_some(patient);
        }
        let fits = |node: &Node<'a, 'a>| frame.object.contains(self.word(*node));
        let inside = patient.and_then(|patient| self.within(patient).find(fits));
        let active = verb.child(&[AuxPass]).is_none();
        inside.or_else(|| self.behind(verb).find(fits).filter(|_| active)).map(Some)
    }

    /// A noun, what is coordinated with it, and what hangs on it by a preposition or as its first part.
    fn within(&self, noun: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> + use<'a> {
        let below = noun.children_by(&[Nmod, Conj, Compound]);
        let each =
            |node: Node<'a, 'a>| std::iter::once(node).chain(node.children_by(&[Nmod, Conj]));
        std::iter::once(noun).chain(below.flat_map(each))
    }

    /// The nouns right behind a verb, up to a mark or another verb.
    fn behind(&self, verb: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> + use<'a> {
        let (sentence, first) = (self.sentence, self.sentence.token_of(verb) + 1);
        let nodes = (first..first + NEAR).map_while(|at| sentence.node(at));
        let open = |node: &Node| !matches!(node.upos(), Upos::Verb | Upos::Punct);
        nodes.take_while(open).filter(|node| matches!(node.upos(), Upos::Noun | Upos::Propn))
    }

    /// What stands behind the preposition that the frame asks for; none where there is no such.
    fn thing(
        &self,
        node: Node<'a, 'a>,
        object: Option<Node<'a, 'a>>,
        frame: &ActFrame,
    ) -> Option<Option<Node<'a, 'a>>> {
        if frame.through.is_empty() {
            return Some(None);
        }
        let next = self.sentence.token_of(node) + 1;
        let particle = self.sentence.word(next).is_some_and(|word| frame.through.contains(word));
        let thing = self.introduced(node, |word| frame.through.contains(word)).or_else(|| {
            let object = object.filter(|object| object.index() > node.index())?;
            self.introduced(object, |word| frame.through.contains(word))
        });
        if thing.is_some_and(|thing| frame.not.contains(self.word(thing))) {
            return None;
        }
        let fits = frame.thing.is_empty()
            || thing.is_some_and(|thing| {
                self.within(thing).any(|node| frame.thing.contains(self.word(node)))
            });
        ((thing.is_some() || particle) && fits).then_some(thing)
    }

    /// The first word that hangs on another by one of these prepositions.
    pub(super) fn introduced(
        &self,
        node: Node<'a, 'a>,
        fits: impl Fn(&str) -> bool,
    ) -> Option<Node<'a, 'a>> {
        self.all_introduced(node, fits).next()
    }

    /// What hangs on a word by one of these prepositions.
    pub(super) fn all_introduced(
        &self,
        node: Node<'a, 'a>,
        fits: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = Node<'a, 'a>> {
        node.children_by(&[Obl, Nmod, Advcl, Acl, OblAgent]).filter(move |child| {
            let mut marks = child.children_by(&[Case, Mark]);
            child.index() > node.index() && marks.any(|mark| fits(self.word(mark)))
        })
    }

    fn complement(&self, verb: Node<'a, 'a>, frame: &ActFrame) -> bool {
        match frame.clause {
            None => true,
            Some(Complement::Do) => self.infinitive(verb).is_some(),
            Some(Complement::No) => {
                let named = |child: Node| child.is(&[Xcomp]) && child.upos() != Upos::Verb;
                !verb.children().any(|child| child.is(&[Ccomp, Iobj]) || named(child))
            }
        }
    }

    /// The infinitive that a verb asks for.
    pub(super) fn infinitive(&self, verb: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
        let own = verb.children_by(&[Xcomp, Ccomp, Advcl]).find(|child| {
            child.index() > verb.index()
                && child.child(&[Mark]).is_some_and(|m| self.word(m) == "to")
        });
        own.or_else(|| {
            let first = self.sentence.token_of(verb) + 1;
            let mut behind = (first..first + REACH).filter_map(|at| self.sentence.node(at));
            let to = behind.find(|node| node.upos() == Upos::Part && self.word(*node) == "to")?;
            to.head().filter(|head| head.upos() == Upos::Verb && verb.covers(*head))
        })
    }

    fn has_word(&self, node: Node<'a, 'a>, frame: &ActFrame) -> bool {
        frame.word.is_empty()
            || self
                .sentence
                .subtree(node)
                .any(|at| self.sentence.word(at).is_some_and(|word| frame.word.contains(word)))
    }

    fn noun(&self, node: Node<'a, 'a>, frame: &'a ActFrame) -> Option<Performed<'a>> {
        if !matches!(node.upos(), Upos::Noun | Upos::Propn) || node.negated() {
            return None;
        }
        let modified = frame.word.is_empty()
            || if frame.own {
                node.children_by(&[Amod]).any(|child| frame.word.contains(self.word(child)))
            } else {
                self.has_word(node, frame)
            };
        let thing = self.introduced(node, |word| frame.through.contains(word));
        if thing.is_some_and(|thing| frame.not.contains(self.word(thing))) {
            return None;
        }
        let beside =
            node.children_by(&[Case]).any(|case| matches!(self.word(case), "during" | "in"));
        let through = (frame.through.is_empty() || thing.is_some()) && (beside || !frame.manner);
        let told = frame.own || !std::iter::once(node).chain(node.ancestors()).any(is_relative);
        (modified && through && told && !self.is_hypothetical(node)).then_some(Performed {
            frame,
            node,
            object: None,
            thing,
        })
    }

    /// Whether an "if" or "whether" governs the word, or an "instead of" stands before it.
    pub(super) fn is_hypothetical(&self, node: Node<'a, 'a>) -> bool {
        let mut own = node.children_by(&[Mark, Case, Cc]);
        let instead =
            |mark: Node<'a, 'a>| matches!(self.word(mark), "instead" | "without" | "rather");
        own.any(instead)
            || std::iter::once(node).chain(node.ancestors()).any(|node| {
                let mut marks = node.children_by(&[Mark]);
                node.is(&[Advcl, Ccomp, Acl])
                    && marks.any(|mark| matches!(self.word(mark), "if" | "unless" | "whether"))
            })
    }
}

/// Whether a word can be what a clause says: a verb, or an adjective or noun with a subject.
pub(super) fn is_predicate(node: Node) -> bool {
    match node.upos() {
        Upos::Verb => true,
        Upos::Adj => node.child(&[Cop, Nsubj, AuxPass]).is_some(),
        _ => node.child(&[Nsubj]).is_some() && node.child(&[Cop, Case, Det]).is_none(),
    }
}

fn is_relative(node: Node) -> bool {
    node.is(&[AclRelcl])
}

/// Whether the infinitive marker stands before the verb.
pub(super) fn is_infinitive(verb: Node) -> bool {
    verb.children_by(&[Mark]).any(|mark| mark.form().eq_ignore_ascii_case("to"))
}
