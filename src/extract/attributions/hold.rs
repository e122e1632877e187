//! How a sentence holds a charge: as a fact, a suspicion, denied, or supposed.

use crate::analyze::syntax::label::{Relation, Upos};
use crate::analyze::syntax::navigate::Modality;
use crate::analyze::syntax::sentence::Node;
use crate::lexicon::{CauseRole, WordSet};

use super::charge::Reader;

/// How a charge is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    Plain,
    /// "May have", "allegedly", "suspected".
    Hedged,
    /// "Did not".
    Denied,
    /// "If", "will", "should".
    Supposed,
}

impl<'a> Reader<'a> {
    /// How the clause of a word holds what it says: its own words first, then those above it.
    pub fn hold(&self, node: Node, role: CauseRole) -> Hold {
        let nominal = matches!(node.upos(), Upos::Noun | Upos::Propn);
        let argument = nominal && node.is(&[Relation::Obj, Relation::Nsubj, Relation::NsubjPass]);
        let verb = node.head().filter(|head| argument && head.upos() == Upos::Verb);
        if node.negated() || verb.is_some_and(Node::negated) {
            return Hold::Denied;
        }
        let owed = matches!(role, CauseRole::Guilty | CauseRole::Guilt);
        for word in std::iter::once(node).chain(node.ancestors()) {
            match self.own_hold(word) {
                Hold::Supposed if owed && word.modality() == Modality::Necessary => {}
                Hold::Plain => {}
                other => return other,
            }
            // What stands beside a noun is taken for granted, whatever is said of the noun.
            let granted = word.is(&[Relation::Acl, Relation::AclRelcl]);
            if granted || word.is(&[Relation::Conj]) && word.child(&[Relation::Nsubj]).is_some() {
                break;
            }
        }
        Hold::Plain
    }

    /// How one word holds what hangs on it.
    fn own_hold(&self, word: Node) -> Hold {
        let form =
            |node: Node| self.sentence.word(self.sentence.token_of(node)).unwrap_or_default();
        let words = &self.report.lexicon.causes.hold;
        let mark = word.child(&[Relation::Mark]).map(form);
        if matches!(mark, Some("if" | "unless")) {
            return Hold::Supposed;
        }
        let beside = |set: &WordSet| {
            word.children_by(&[Relation::Advmod]).any(|child| set.contains(form(child)))
        };
        if beside(&words.habitual) {
            return Hold::Supposed;
        }
        if words.denying.contains(form(word)) {
            return Hold::Denied;
        }
        let hedged = mark == Some("whether")
            || beside(&words.hedging)
            || word.upos() == Upos::Verb && words.hedging.contains(form(word));
        match word.modality() {
            Modality::Possible => Hold::Hedged,
            Modality::Plain if hedged => Hold::Hedged,
            Modality::Plain => Hold::Plain,
            Modality::Conditional if word.children().any(|c| form(c) == "have") => Hold::Hedged,
            _ => Hold::Supposed,
        }
    }

    /// "Alleged guerrillas", "a suspected rebel".
    pub fn is_hedged_noun(&self, noun: Node) -> bool {
        let doubtful = &self.report.lexicon.causes.hold.doubtful;
        noun.children_by(&[Relation::Amod, Relation::Compound]).any(|child| {
            self.sentence.word(self.sentence.token_of(child)).is_some_and(|w| doubtful.contains(w))
        })
    }
}
