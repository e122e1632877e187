//! Finite clauses that a greedy parser takes for parts of a noun: what cannot hang there becomes a clause of its own, with the
//! subject that stands before it.

use crate::analyze::syntax::label::{Relation, Upos, Xpos};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::parse::Tree;
use crate::analyze::syntax::tag::Tag;
use crate::analyze::syntax::word::{self, Case, Word};

/// What hangs on a word, as far as it matters here; words are counted from 1, 0 is none.
#[derive(Clone, Copy, Default)]
struct Below {
    subject: u32,
    object: u32,
    mark: u32,
    case: u32,
    /// An auxiliary, a conjunction or an agent.
    bound: bool,
    /// An object or a clause: what a passive participle seldom has.
    active: bool,
}

/// A sentence whose clauses are put right.
struct Clauses<'a> {
    words: &'a [Word],
    tags: &'a [Tag],
    tree: &'a mut Tree,
    below: Vec<Below>,
    that: u32,
    comma: u32,
}

/// Puts the clauses of a finished tree right.
pub fn settle(words: &[Word], tags: &[Tag], tree: &mut Tree) {
    let below = below(tree);
    let (that, comma) = (word::form_hash("that"), word::form_hash(","));
    let mut clauses = Clauses { words, tags, tree, below, that, comma };
    for (at, tag) in tags.iter().enumerate().take(words.len()) {
        let verb = matches!(tag.upos, Upos::Verb | Upos::Aux);
        let relation = clauses.tree.relations[at];
        match relation {
            Relation::Appos => clauses.apposed(at),
            _ if !verb => {}
            Relation::Acl
            | Relation::AclRelcl
            | Relation::Advcl
            | Relation::Nmod
            | Relation::Obl
                if clauses.preposed(at) => {}
            Relation::Acl | Relation::AclRelcl if clauses.completed(at) => {}
            Relation::Acl | Relation::AclRelcl if clauses.told(at) => {}
            Relation::Acl if clauses.main(at) => {}
            Relation::Advcl | Relation::Ccomp | Relation::Xcomp | Relation::Parataxis
                if clauses.governs(at) => {}
            Relation::Advcl | Relation::Acl => clauses.dated(at),
            _ => {}
        }
    }
}

fn below(tree: &Tree) -> Vec<Below> {
    let mut all = vec![Below::default(); tree.heads.len() + 1];
    for (i, (&head, relation)) in tree.heads.iter().zip(&tree.relations).enumerate() {
        let (below, node) = (&mut all[head as usize], i as u32 + 1);
        match relation {
            Relation::Nsubj | Relation::NsubjPass | Relation::Csubj | Relation::Expl => {
                below.subject = node;
            }
            Relation::Obj if below.object == 0 => (below.object, below.active) = (node, true),
            Relation::Advcl | Relation::Xcomp | Relation::Ccomp => below.active = true,
            Relation::Mark => below.mark = node,
            Relation::Case if below.case == 0 => below.case = node,
            Relation::Aux
            | Relation::AuxPass
            | Relation::Cop
            | Relation::Cc
            | Relation::OblAgent => {
                below.bound = true;
            }
            _ => {}
        }
    }
    all
}

impl Clauses<'_> {
    fn head(&self, at: usize) -> Option<usize> {
        (self.tree.heads[at] as usize).checked_sub(1)
    }

    fn below(&self, at: usize) -> Below {
        self.below[at + 1]
    }

    fn is_finite(&self, at: usize) -> bool {
        matches!(self.tags[at].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
    }

    /// Also a verb that looks like a passive participle but has an object, a clause or a subject: "called on X to act".
    fn may_be_finite(&self, at: usize) -> bool {
        let below = self.below(at);
        let acts = below.active || below.subject != 0;
        self.is_finite(at) || acts && self.tags[at].xpos == Xpos::Vbn
    }

    fn is_verb(&self, at: usize) -> bool {
        self.tags[at].upos == Upos::Verb
    }

    fn is_nominal(&self, at: usize) -> bool {
        matches!(self.tags[at].upos, Upos::Noun | Upos::Propn | Upos::Pron)
    }

    fn is_comma(&self, at: usize) -> bool {
        self.words[at].form == self.comma
    }

    fn is_time(&self, at: usize) -> bool {
        self.words[at].classes & class::TIME != 0 || self.words[at].case == Case::Digits
    }

    /// The first relative pronoun between two words.
    fn relative(&self, from: usize, to: usize) -> Option<usize> {
        let relative = |&at: &usize| matches!(self.tags[at].xpos, Xpos::Wdt | Xpos::Wp | Xpos::WpS);
        (from + 1..to).find(relative)
    }

    /// Hangs a word on another, unless that one stands below it.
    fn attach(&mut self, at: usize, head: usize, relation: Relation) -> bool {
        let mut above = Some(head);
        while let Some(node) = above {
            if node == at {
                return false;
            }
            above = self.head(node);
        }
        self.tree.heads[at] = head as u32 + 1;
        self.tree.relations[at] = relation;
        true
    }

    fn subject(&mut self, noun: usize, verb: usize) {
        if self.attach(noun, verb, Relation::Nsubj) {
            self.below[verb + 1].subject = noun as u32 + 1;
        }
    }

    /// "On May 4, a number of outlets reported": no day is explained by outlets; they are the subject of the verb behind them.
    fn apposed(&mut self, noun: usize) {
        let Some(day) = self.head(noun).filter(|&day| day < noun && self.is_time(day)) else {
            return;
        };
        let Some(verb) = self.head(day).filter(|&verb| verb > noun) else { return };
        let free = self.below(verb).subject == 0 && !self.is_time(noun) && self.is_nominal(noun);
        if free && self.is_verb(verb) && self.tags[verb].xpos != Xpos::Vbg {
            self.subject(noun, verb);
        }
    }

    /// "A talk with X, in which they met": the preposition governs the noun behind it, not the clause behind that.
    fn preposed(&mut self, verb: usize) -> bool {
        let below = self.below(verb);
        let (Some(head), true) = (self.head(verb), below.case != 0 && below.subject != 0) else {
            return false;
        };
        let case = below.case as usize - 1;
        let Some(relative) = self.relative(case, verb).filter(|_| head < case) else {
            return false;
        };
        let governed = |&at: &usize| self.head(at) == Some(verb) && self.is_nominal(at);
        let Some(noun) = (case + 1..relative).find(governed) else { return false };
        let relation = if self.is_verb(head) { Relation::Obl } else { Relation::Nmod };
        if self.attach(noun, head, relation) {
            self.attach(case, noun, Relation::Case);
            self.attach(verb, noun, Relation::AclRelcl);
        }
        true
    }

    /// "Stressed that photo and film show Y": no verb is described by a finite verb; it completes it, with the object before
    /// it as its subject.
    fn completed(&mut self, verb: usize) -> bool {
        let Some(head) = self.head(verb).filter(|&head| head < verb && self.is_verb(head)) else {
            return false;
        };
        let (below, object) = (self.below(verb), self.below(head).object as usize);
        let free = below.subject == 0 && below.mark == 0 && below.case == 0 && !below.bound;
        let Some(object) = object.checked_sub(1).filter(|&object| head < object && object < verb)
        else {
            return false;
        };
        if !free || !self.is_finite(verb) {
            return false;
        }
        self.tree.relations[verb] = Relation::Ccomp;
        self.subject(object, verb);
        if self.words[head + 1].form == self.that {
            self.attach(head + 1, verb, Relation::Mark);
        }
        for at in object + 1..verb {
            if self.head(at) == Some(head) && self.tree.relations[at] == Relation::Obl {
                self.attach(at, object, Relation::Nmod);
            }
        }
        true
    }

    /// "The shed was burned by X, the police said": a verb of saying with a subject of its own behind a comma describes nobody.
    fn told(&mut self, verb: usize) -> bool {
        let speech = self.words[verb].classes & class::SPEECH != 0;
        let subject = (self.below(verb).subject as usize).checked_sub(1);
        let (Some(noun), Some(subject)) = (self.head(verb), subject) else { return false };
        let inside = noun < subject && subject < verb;
        if !(speech && inside && self.may_be_finite(verb)) {
            return false;
        }
        let comma = (noun + 1..subject).rev().find(|&at| self.is_comma(at));
        let set_off = comma.is_some_and(|comma| self.relative(comma, verb).is_none());
        let mut above = Some(noun);
        while let Some(node) = above.filter(|&node| !self.is_verb(node)) {
            above = self.head(node);
        }
        let Some(clause) = above.filter(|_| set_off) else { return false };
        self.attach(verb, clause, Relation::Parataxis)
    }

    /// "The mayor of X, Y, called on Z": a sentence that is a noun with a finite verb behind a comma.
    fn main(&mut self, verb: usize) -> bool {
        let below = self.below(verb);
        let free = below.subject == 0 && below.mark == 0 && below.case == 0 && !below.bound;
        let Some(noun) = self.head(verb).filter(|_| free && self.may_be_finite(verb)) else {
            return false;
        };
        let apposed = self.tree.relations[noun] == Relation::Appos;
        let top = if apposed { self.head(noun) } else { Some(noun) };
        let Some(top) = top.filter(|&top| self.tree.heads[top] == 0 && self.is_nominal(top)) else {
            return false;
        };
        let set_off = verb > 0 && self.is_comma(verb - 1) && self.below(top).subject == 0;
        if !set_off || !apposed {
            return false;
        }
        self.tree.heads[verb] = 0;
        self.tree.relations[verb] = Relation::Root;
        self.subject(top, verb);
        for at in verb + 1..self.words.len() {
            if self.head(at) == Some(top) {
                self.attach(at, verb, self.tree.relations[at]);
            }
        }
        true
    }

    /// "Two men briefed on the matter told a paper": of two verbs with one subject and nothing that joins them, the first
    /// describes it.
    fn governs(&mut self, verb: usize) -> bool {
        let below = self.below(verb);
        let free = below.subject == 0 && below.mark == 0 && below.case == 0 && !below.bound;
        let Some(first) = self.head(verb).filter(|&first| free && first < verb) else {
            return false;
        };
        let other = self.below(first);
        let Some(noun) = (other.subject as usize).checked_sub(1) else { return false };
        let participle = matches!(self.tags[first].xpos, Xpos::Vbd | Xpos::Vbn);
        let alone = !other.bound && other.object == 0 && other.mark == 0;
        let joined = (first + 1..verb).any(|at| {
            self.tags[at].upos == Upos::Punct || matches!(self.tags[at].upos, Upos::Cconj)
        });
        if !self.is_finite(verb) || !participle || !alone || noun + 1 != first || joined {
            return false;
        }
        let (head, relation) = (self.tree.heads[first], self.tree.relations[first]);
        self.tree.heads[verb] = head;
        self.tree.relations[verb] = relation;
        self.subject(noun, verb);
        self.attach(first, noun, Relation::Acl);
        for at in 0..noun {
            if self.head(at) == Some(first) {
                self.attach(at, verb, self.tree.relations[at]);
            }
        }
        true
    }

    /// "Issued a statement on Sunday condemning Y": a day behind a preposition is no subject of a participle.
    fn dated(&mut self, verb: usize) {
        let below = self.below(verb);
        let (Some(mark), Some(day)) =
            ((below.mark as usize).checked_sub(1), (below.subject as usize).checked_sub(1))
        else {
            return;
        };
        let Some(head) = self.head(verb).filter(|&head| head < mark && mark < day) else { return };
        let preposition = self.tags[mark].upos == Upos::Adp;
        if self.tags[verb].xpos == Xpos::Vbg && preposition && self.is_time(day) && day < verb {
            self.attach(day, head, Relation::Obl);
            self.attach(mark, day, Relation::Case);
        }
    }
}
