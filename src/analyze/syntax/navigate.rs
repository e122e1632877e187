//! What rules ask of a word: its subject, agent and object, negation, voice, modality, clause, coordination, and the role of a name.

use crate::analyze::syntax::label::Relation::{self, *};
use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::names::Kind;
use crate::analyze::syntax::sentence::{Node, Sentence};
use crate::analyze::syntax::tokenize::Span;

/// Voice of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The subject acts.
    Active,
    /// The subject is acted on.
    Passive,
}

/// What a modal verb makes of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modality {
    /// No modal verb.
    Plain,
    /// May, might, can, could.
    Possible,
    /// Must, should, ought.
    Necessary,
    /// Will, shall.
    Future,
    /// Would.
    Conditional,
}

/// Relations whose dependent begins a clause of its own.
pub const CLAUSES: &[Relation] =
    &[Ccomp, Xcomp, Advcl, AdvclRelcl, Acl, AclRelcl, Csubj, CsubjPass, CsubjOuter, Parataxis];
const SUBJECTS: &[Relation] = &[Nsubj, NsubjPass, Csubj, CsubjPass];

impl<'s, 't> Node<'s, 't> {
    /// Subject of the verb: its own, or that of the verb it is coordinated with or complements.
    pub fn subject(self) -> Option<Node<'s, 't>> {
        if let Some(subject) = self.child(SUBJECTS).or_else(|| self.child(&[NsubjOuter])) {
            return Some(subject);
        }
        let head = self.head()?;
        match self.relation() {
            Conj | Xcomp if self.upos() == Upos::Verb || head.upos() == Upos::Verb => {
                // The subject of "urged them to go" is "them".
                let object = head.child(&[Obj, Iobj]).filter(|_| self.is(&[Xcomp]));
                object.or_else(|| head.subject_above(8))
            }
            AclRelcl if self.child(&[Obj]).is_some_and(|o| o.is_relative()) => None,
            _ => None,
        }
    }

    fn subject_above(self, steps: usize) -> Option<Node<'s, 't>> {
        let mut node = self;
        for _ in 0..steps {
            if let Some(subject) = node.child(SUBJECTS) {
                return Some(subject);
            }
            if !node.is(&[Conj, Xcomp]) {
                return None;
            }
            node = node.head()?;
        }
        None
    }

    /// Who does it: the agent of a passive verb, the subject of an active one. A relative pronoun is replaced by the word it stands for.
    pub fn actor(self) -> Option<Node<'s, 't>> {
        let actor = match self.voice() {
            Voice::Passive => self.agent(),
            Voice::Active => self.subject(),
        };
        actor.map(Node::antecedent)
    }

    /// The agent of a passive verb ("by ...").
    pub fn agent(self) -> Option<Node<'s, 't>> {
        self.child(&[OblAgent])
    }

    /// Whom it is done to: the subject of a passive verb, the object of an active one.
    pub fn patient(self) -> Option<Node<'s, 't>> {
        let patient = match self.voice() {
            Voice::Passive => self.child(&[NsubjPass]).or_else(|| self.subject()),
            Voice::Active => self.object(),
        };
        patient.map(Node::antecedent)
    }

    /// The object.
    pub fn object(self) -> Option<Node<'s, 't>> {
        self.child(&[Obj])
    }

    /// The clause that completes a verb of saying or thinking: after it, before it, or around it.
    pub fn content(self) -> Option<Node<'s, 't>> {
        if let Some(content) = self.child(&[Ccomp]) {
            return Some(content);
        }
        if self.is(&[Parataxis]) && self.is_listed(class::SPEECH) {
            return self.head();
        }
        // "The harvest failed, the ministry announced": taken for a complement of what was announced.
        let head = self.head().filter(|head| head.index() < self.index());
        let turned =
            self.is(&[Ccomp]) && self.child(&[Nsubj]).is_some() && self.child(&[Mark]).is_none();
        if self.is_listed(class::SPEECH)
            && turned
            && let Some(head) = head.filter(|head| !head.is_listed(class::SPEECH | class::THOUGHT))
        {
            return Some(head);
        }
        self.is_listed(class::SPEECH).then(|| self.child(&[Parataxis])).flatten()
    }

    /// Whether a relative pronoun or relative "that".
    pub fn is_relative(self) -> bool {
        matches!(self.xpos(), Xpos::Wdt | Xpos::Wp | Xpos::WpS)
    }

    /// The word that a relative pronoun stands for, else the word itself.
    pub fn antecedent(self) -> Node<'s, 't> {
        if !self.is_relative() {
            return self;
        }
        let clause = self.ancestors().find(|node| node.is(&[AclRelcl]));
        clause.and_then(Node::head).unwrap_or(self)
    }

    /// Whether a "not", "never" or "no" governs the word.
    pub fn negated(self) -> bool {
        let negative = |node: Node| {
            matches!(
                node.form().to_lowercase().as_str(),
                "not"
                    | "n't"
                    | "n’t"
                    | "nt"
                    | "never"
                    | "no"
                    | "neither"
                    | "nor"
                    | "none"
                    | "without"
                    | "cannot"
            )
        };
        let own = self
            .children()
            .any(|child| child.is(&[Advmod, Det, Cc, CcPreconj, Mark, Case]) && negative(child));
        let subject = self.child(SUBJECTS).is_some_and(|subject| {
            negative(subject) || subject.children().any(|child| child.is(&[Det]) && negative(child))
        });
        // "did not go and see": the "not" of the first verb governs the second if that has no subject of its own.
        let shared = || {
            self.is(&[Conj])
                && self.child(SUBJECTS).is_none()
                && self.child(&[Aux, AuxPass, Cop]).is_none()
                && self.upos() == Upos::Verb
                && self.child(&[Cc]).is_some_and(|cc| matches!(cc.form(), "or" | "nor"))
                && self.head().is_some_and(|head| {
                    head.children().any(|child| child.is(&[Advmod]) && negative(child))
                })
        };
        own || subject || shared()
    }

    /// Voice of the verb.
    pub fn voice(self) -> Voice {
        let marked = self.child(&[AuxPass, NsubjPass, CsubjPass, OblAgent]).is_some();
        let reduced = self.xpos() == Xpos::Vbn
            && self.is(&[Acl, Advcl])
            && self.child(&[Aux, Nsubj]).is_none();
        if marked || reduced { Voice::Passive } else { Voice::Active }
    }

    /// What the modal verb says.
    pub fn modality(self) -> Modality {
        let modal = self.children().find(|child| child.is(&[Aux]) && child.xpos() == Xpos::Md);
        match modal.map(|modal| modal.lemma()).as_deref() {
            Some("may" | "might" | "can" | "could") => Modality::Possible,
            Some("must" | "should" | "ought") => Modality::Necessary,
            Some("will" | "shall") => Modality::Future,
            Some("would") => Modality::Conditional,
            _ => Modality::Plain,
        }
    }

    /// The word with all that is coordinated with it, itself first.
    pub fn conjuncts(self) -> impl Iterator<Item = Node<'s, 't>> + use<'s, 't> {
        std::iter::once(self).chain(self.children_by(&[Conj]))
    }

    /// Head of the clause that the word stands in.
    pub fn clause(self) -> Node<'s, 't> {
        let mut node = self;
        loop {
            let conjoined =
                node.is(&[Conj]) && (node.upos() == Upos::Verb || node.child(SUBJECTS).is_some());
            if conjoined || node.is(CLAUSES) {
                return node;
            }
            match node.head() {
                Some(head) => node = head,
                None => return node,
            }
        }
    }

    /// Bytes of the clause without conjunctions and punctuation at its edges.
    pub fn clause_span(self) -> Span {
        let (mut from, mut to) = self.edges();
        let at = |index: usize| self.sentence().node(index);
        while from < to
            && at(from).is_some_and(|node| {
                node.upos() == Upos::Punct || (node.is(&[Cc, Mark]) && node.head() == Some(self))
            })
        {
            from += 1;
        }
        while to > from && at(to).is_some_and(|node| node.upos() == Upos::Punct) {
            to -= 1;
        }
        self.sentence().bytes(from, to)
    }

    /// Head of the noun phrase that the word belongs to: out of compounds, names and modifiers.
    pub fn phrase_head(self) -> Node<'s, 't> {
        let mut node = self;
        while node.is(&[
            Compound, Flat, Amod, Det, Nummod, NmodDesc, DetPredet, Goeswith, Fixed, Case, NmodPoss,
        ]) {
            match node.head() {
                Some(head) => node = head,
                None => break,
            }
        }
        node
    }

    /// First and last word of the noun phrase without clauses, conjuncts and appositions.
    pub fn phrase_edges(self) -> (usize, usize) {
        let mut edges = (self.index(), self.index());
        for child in self.children() {
            if child.is(&[
                Compound, Flat, Amod, Det, Nummod, NmodDesc, DetPredet, NmodPoss, Nmod, Goeswith,
                Advmod,
            ]) && child.relation() != Punct
            {
                let (from, to) = child.edges();
                edges = (edges.0.min(from), edges.1.max(to));
            }
        }
        edges
    }

    /// Whether the word is or heads a name.
    fn named(self) -> bool {
        matches!(self.xpos(), Xpos::Nnp | Xpos::Nnps) || self.name().is_some()
    }
}

/// A role and the name it belongs to: "Foreign Minister X", "X, head of Y", "the head of Y, X".
#[derive(Clone, Copy, Debug)]
pub struct RoleName<'s, 't> {
    /// Head of the role.
    pub role: Node<'s, 't>,
    /// Head of the name.
    pub name: Node<'s, 't>,
}

/// Relations that may join a role and a name.
const JOINS: &[Relation] = &[Appos, Flat, Compound, NmodDesc];

impl<'t> Sentence<'t> {
    /// Pairs of role and name, by whatever relation they are joined.
    pub fn roles(&self) -> Vec<RoleName<'_, 't>> {
        self.nodes().filter_map(|node| role_pair(node)).collect()
    }

    /// Verbs of saying.
    pub fn speech_verbs(&self) -> impl Iterator<Item = Node<'_, 't>> {
        self.nodes().filter(|node| node.upos() == Upos::Verb && node.is_listed(class::SPEECH))
    }
}

/// The pair that a word and its head make, if one is a role and the other a person's name.
fn role_pair<'s, 't>(node: Node<'s, 't>) -> Option<RoleName<'s, 't>> {
    let head = node.head()?;
    if !node.is(JOINS) {
        return None;
    }
    let role = |n: Node| {
        n.is_listed(class::PERSON | class::TITLE)
            && (n.name().is_none_or(|name| name.kind != Kind::Person) || n.is_listed(class::TITLE))
    };
    let person = |n: Node| {
        n.named()
            && n.name().is_none_or(|name| name.kind == Kind::Person)
            && !n.is_listed(class::PERSON)
    };
    if role(node) && person(head) {
        return Some(RoleName { role: node, name: head });
    }
    (role(head) && person(node)).then_some(RoleName { role: head, name: node })
}

#[cfg(test)]
#[path = "navigate_tests.rs"]
mod tests;
