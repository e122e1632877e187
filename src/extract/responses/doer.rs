//! Whose act it is: the subject of a verb, the agent of a passive, the possessor of a noun, as the tree has them.

use crate::analyze::NameKind;
use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::navigate::{Modality, Voice};
use crate::analyze::syntax::sentence::Node;
use crate::fact::Standing;
use crate::lexicon::WordSet;

use super::Scene;
use super::actor::{Actor, is_first_person};
use super::frames::{Performed, is_infinitive, is_predicate};

/// Those who perform an act, and the verb whose subject they are.
pub(super) struct Doers<'a> {
    pub actors: Vec<Actor>,
    pub top: Node<'a, 'a>,
    pub standing: Standing,
}

/// A subject and the verb it belongs to.
type Subject<'a> = (Node<'a, 'a>, Node<'a, 'a>);

/// At most this many steps from the verb of an act to the one whose subject performs it.
const STEPS: usize = 6;

impl<'a> Scene<'a> {
    /// Those who perform an act; none where nobody does who could.
    pub(super) fn doer(&self, performed: &Performed<'a>) -> Option<Doers<'a>> {
        let node = performed.node;
        if performed.frame.own {
            let owner = node.child(&[NmodPoss]).map(|owner| is_first_person(self.word(owner)));
            let theirs = owner.unwrap_or(!performed.frame.word.is_empty());
            let actors = self.speaker(node).filter(|_| theirs).into_iter().collect();
            return Some(Doers { actors, top: node.clause(), standing: Standing::Done });
        }
        let felt = node.child(&[NsubjPass]).filter(|_| performed.frame.felt);
        let found = if let Some(subject) = felt {
            Some((subject, node))
        } else if is_predicate(node) {
            self.subject(node, STEPS)
        } else if performed.frame.manner {
            let verb = node.ancestors().find(|node| node.upos() == Upos::Verb);
            verb.and_then(|verb| self.subject(verb, STEPS))
        } else {
            self.holder(node, STEPS)
        };
        match found {
            Some((subject, top)) => {
                let actors = self.called(subject, &performed.frame.by);
                Some(Doers { actors, top, standing: self.standing(node, top) })
            }
            None if performed.frame.agentless && is_agentless(node) => {
                let actors =
                    self.speaker(node).or_else(|| self.reporter(node)).into_iter().collect();
                Some(Doers { actors, top: node, standing: self.standing(node, node) })
            }
            None => None,
        }
    }

    /// The actors of a subject, where they are called by one of these words.
    fn called(&self, subject: Node<'a, 'a>, by: &WordSet) -> Vec<Actor> {
        let mut words = self.phrase(subject).filter_map(|at| self.sentence.word(at));
        let fits = by.is_empty() || words.any(|word| by.contains(word));
        if fits { self.actors(subject) } else { Vec::new() }
    }

    /// How far an act has come, by the verbs from its own up to the one with the subject.
    fn standing(&self, node: Node<'a, 'a>, top: Node<'a, 'a>) -> Standing {
        let control = &self.report.lexicon.acts.control;
        let chain = || {
            std::iter::once(node).chain(node.ancestors().take(STEPS)).take_while(|n| top.covers(*n))
        };
        let above = || chain().filter(|n| *n != node);
        let future = |n: Node| matches!(n.modality(), Modality::Future | Modality::Conditional);
        if above().any(|n| control.refuses.contains(self.word(n))) {
            Standing::Refused
        } else if chain().any(future) || above().any(|n| control.plans.contains(self.word(n))) {
            Standing::Planned
        } else {
            Standing::Done
        }
    }

    /// Who does what a verb says: the agent of a passive, its subject, or that of the verb it depends on.
    pub(super) fn subject(&self, verb: Node<'a, 'a>, steps: usize) -> Option<Subject<'a>> {
        if let Some(subject) =
            verb.child(&[Nsubj, NsubjOuter]).or_else(|| self.false_auxiliary(verb))
        {
            return Some((subject.antecedent(), verb));
        }
        if verb.voice() == Voice::Passive && !verb.is(&[Acl]) {
            return verb.agent().map(|agent| (agent, verb));
        }
        self.subject_above(verb, steps).or_else(|| Some((self.left(verb)?, verb)))
    }

    /// The subject of the verb on which a verb without one depends.
    fn subject_above(&self, verb: Node<'a, 'a>, steps: usize) -> Option<Subject<'a>> {
        let (head, steps) = (verb.head()?, steps.checked_sub(1)?);
        let infinitive = is_infinitive(verb);
        match verb.relation() {
            Conj if head.upos() == Upos::Verb || head.child(&[Nsubj]).is_some() => {
                let (subject, _) = match head.child(&[NsubjPass]) {
                    Some(subject) if verb.voice() == Voice::Active => (subject, head),
                    _ => self.subject(head, steps)?,
                };
                Some((subject, verb))
            }
            Xcomp | Advcl | Ccomp if infinitive => {
                self.controls(head).then(|| self.subject_of_control(head, steps)).flatten()
            }
            Advcl | Xcomp | Acl if verb.xpos() == Xpos::Vbg && head.upos() == Upos::Verb => {
                (!head.negated()).then(|| self.subject(head, steps)).flatten()
            }
            Acl if infinitive => {
                let fits = self.report.lexicon.acts.control.nouns.contains(self.word(head));
                fits.then(|| self.holder(head, steps)).flatten()
            }
            Acl if verb.xpos() == Xpos::Vbg => {
                let itself = || self.named(head).map(|_| (head, head));
                let above =
                    || head.ancestors().find_map(|node| node.child(&[Nsubj]).zip(Some(node)));
                itself().or_else(|| self.holder(head, steps)).or_else(above)
            }
            // "The minister, X, called on …", where the tree took the verb for a participle.
            Acl if head.is(&[Root]) && head.upos() != Upos::Verb && verb.agent().is_none() => {
                Some((head, head))
            }
            _ => None,
        }
    }

    /// A name that the tree took for an auxiliary.
    fn false_auxiliary(&self, verb: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
        let mut auxiliaries = verb.children_by(&[Aux, AuxPass]);
        auxiliaries.find(|node| self.sentence.name_at(self.sentence.token_of(*node)).is_some())
    }

    /// The name right before a finite verb, where the tree gives it no subject.
    fn left(&self, verb: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
        if !matches!(verb.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) || verb.is(&[Conj]) {
            return None;
        }
        let first = self.sentence.token_of(verb);
        let light = |at: &usize| {
            let node = self.sentence.node(*at);
            node.is_some_and(|node| matches!(node.upos(), Upos::Aux | Upos::Adv | Upos::Part))
        };
        let before = (0..first).rev().find(|at| !light(at))?;
        let name = self.sentence.names.iter().find(|name| name.whole().contains(&before))?;
        self.sentence.node(name.last - 1)
    }

    /// Whether the subject of this word performs the infinitive behind it ("agreed to", "ready to").
    fn controls(&self, word: Node<'a, 'a>) -> bool {
        let control = &self.report.lexicon.acts.control;
        let form = self.word(word);
        let governs = [&control.verbs, &control.adjectives, &control.refuses];
        governs.iter().any(|words| words.contains(form)) && !word.negated()
    }

    /// The subject of a verb or adjective of control, also of a passive ("is expected to").
    fn subject_of_control(&self, word: Node<'a, 'a>, steps: usize) -> Option<Subject<'a>> {
        let passive = word.child(&[NsubjPass]).map(|subject| (subject.antecedent(), word));
        passive.or_else(|| self.subject(word, steps))
    }

    /// Whose a noun is: the possessor, the "by" or "from" behind it, the name before it, or the subject of
    /// the verb whose object it is.
    pub(super) fn holder(&self, noun: Node<'a, 'a>, steps: usize) -> Option<Subject<'a>> {
        let steps = steps.checked_sub(1)?;
        if let Some(owner) = noun.child(&[NmodPoss]) {
            return Some((owner, noun));
        }
        if let Some(giver) = self.introduced(noun, |word| matches!(word, "by" | "from")) {
            return Some((giver, noun));
        }
        let named = noun.children_by(&[Compound, Amod]).find(|child| {
            let name = self.sentence.name_at(self.sentence.token_of(*child));
            name.is_some_and(|name| {
                matches!(name.kind, NameKind::Organization | NameKind::State(_))
            })
        });
        if let Some(named) = named {
            return Some((named, noun));
        }
        let made = noun.children_by(&[Acl]).find_map(|child| child.agent());
        if let Some(agent) = made {
            return Some((agent, noun));
        }
        let verb = noun.head()?;
        match noun.relation() {
            Obj | Iobj => self.subject(verb, steps),
            Obl if verb.upos() == Upos::Verb => self.subject(verb, steps),
            NsubjPass => verb.agent().map(|agent| (agent, verb)),
            _ => None,
        }
    }
}

/// Whether a verb is a passive that names nobody who acts.
fn is_agentless(node: Node) -> bool {
    node.child(&[NsubjPass]).is_some() && node.agent().is_none()
}
