//! Acts that are performed by what is said: denials in other words, and demands that another must do
//! something.

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::Upos;
use crate::analyze::syntax::navigate::Modality;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{NameKind, Sentence, Tokens};
use crate::extract::said::Said;
use crate::fact::{Act, Party};
use crate::lexicon::Frame;

use super::actor::Actor;
use super::{Deed, Scene};

/// How many tokens before a verb its obligation may stand.
const BEFORE: usize = 5;
/// How many tokens before a verb the wish for it may stand.
const WISHED: usize = 15;

impl<'a> Scene<'a> {
    /// What somebody says to be untrue, or not to have been done by his own side.
    pub(super) fn denial(&self) -> Option<Deed> {
        self.said.iter().find_map(|said| {
            let mut actor = self.speaks(said)?;
            let content = said.content_in(self.sentence);
            let mut nodes = content.clone().filter_map(|at| self.sentence.node(at));
            let denies = |node: &Node<'a, 'a>| {
                self.calls_untrue(*node, &content) || self.clears(*node, &actor)
            };
            let node = nodes.find(denies)?;
            if actor.entity.is_none() {
                let side = self.side(node);
                actor.organization = actor.organization.filter(|_| side.is_none());
                actor.country = side.or(actor.country);
            }
            Some(self.made(Act::Denial, actor, node, self.trimmed(content)))
        })
    }

    /// "These reports are false", "the situation does not exist".
    fn calls_untrue(&self, node: Node<'a, 'a>, content: &Tokens) -> bool {
        let denial = &self.report.lexicon.acts.denial;
        let words = if node.negated() { &denial.negated } else { &denial.untrue };
        let before = content.start..self.sentence.token_of(node);
        words.contains(self.word(node))
            && (node.upos() == Upos::Verb || node.child(&[Nsubj, Cop]).is_some())
            && self.is_claim(node.child(&[Nsubj]), before)
            && !self.is_hypothetical(node)
    }

    /// "We did not fire", "our forces had no part in it", "the state has strictly followed the resolutions".
    fn clears(&self, node: Node<'a, 'a>, actor: &Actor) -> bool {
        let denial = &self.report.lexicon.acts.denial;
        let word = self.word(node);
        let none = denial.none.contains(word) && self.has_none(node);
        let harmless = node.upos() == Upos::Verb && denial.harm.contains(word);
        let guiltless = (harmless || denial.innocent.contains(word)) && node.negated();
        let loyal = denial.complied.contains(word) && !node.negated() && self.keeps_rules(node);
        let verb = if none { node.head() } else { Some(node) };
        let subject = verb.and_then(|verb| verb.child(&[Nsubj]));
        (none || guiltless || loyal)
            && node.modality() == Modality::Plain
            && subject.is_some_and(|subject| self.is_own(subject, actor))
    }

    /// Whether a subject is something that is claimed, or a noun among the words before the verb is.
    fn is_claim(&self, subject: Option<Node<'a, 'a>>, mut before: Tokens) -> bool {
        let denial = &self.report.lexicon.acts.denial;
        let pronoun = subject.is_some_and(|subject| denial.pronouns.contains(self.word(subject)));
        let claimed = |at| self.sentence.word(at).is_some_and(|word| denial.claims.contains(word));
        pronoun || before.any(claimed)
    }

    /// "no involvement", "nothing to do with": of these one has none.
    fn has_none(&self, noun: Node<'a, 'a>) -> bool {
        let no = |child: Node<'a, 'a>| matches!(self.word(child), "no" | "any");
        let has = noun.head().is_some_and(|verb| matches!(self.word(verb), "have" | "has" | "had"));
        let negated = noun.head().is_some_and(Node::negated);
        let own = noun.children_by(&[Det]).any(no);
        has && own && (negated || noun.children_by(&[Det]).any(|c| self.word(c) == "no"))
    }

    /// "has strictly followed the resolutions".
    fn keeps_rules(&self, node: Node<'a, 'a>) -> bool {
        let rules = &self.report.lexicon.acts.denial.rules;
        let below = node.children_by(&[Obj, Obl, Nmod]);
        let firm =
            |child: Node<'a, 'a>| self.report.lexicon.acts.denial.firm.contains(self.word(child));
        let stressed = node.children_by(&[Advmod, Amod]).any(firm) || node.head().is_some_and(firm);
        stressed && below.into_iter().any(|child| rules.contains(self.word(child)))
    }

    /// Whether a subject means the speaker or the speaker's own side.
    fn is_own(&self, subject: Node<'a, 'a>, actor: &Actor) -> bool {
        let word = self.word(subject);
        if matches!(word, "i" | "we" | "it" | "they") {
            return true;
        }
        let country = self.report.country(self.sentence, &self.phrase(subject));
        let unknown = actor.entity.is_none() || actor.country.is_none();
        country.is_some() && (unknown || country == actor.country)
    }

    /// The state that does what a verb says.
    fn side(&self, node: Node<'a, 'a>) -> Option<String> {
        let subject = node.child(&[Nsubj])?;
        self.report.country(self.sentence, &self.phrase(subject))
    }

    /// What a state must do by the words of another: "said that the Russian side should punish …".
    pub(super) fn obligation(&self) -> Option<Deed> {
        let spoken = self.said.iter().filter(|said| said.frame != Frame::This);
        spoken.into_iter().find_map(|said| self.obliged(said))
    }

    fn obliged(&self, said: &Said) -> Option<Deed> {
        let content = said.content_in(self.sentence);
        let nodes = content.clone().filter_map(|at| self.sentence.node(at));
        let (node, passive) = nodes.into_iter().find_map(|node| {
            let asked = self.is_asked(node, &content)?;
            (!self.is_hypothetical(node) && !node.negated()).then_some((node, asked))
        })?;
        let actor = self.speaks(said)?;
        let target = self.target(&content, &actor);
        if target.is_none() && !passive || self.obliges_speaker(node, &actor) {
            return None;
        }
        let mut deed = self.made(Act::Demand, actor, node, self.trimmed(content));
        deed.response.addressee = target;
        Some(deed)
    }

    /// Whether a word of doing stands under an obligation or a wish; and then whether what is to be done
    /// says by itself that it is demanded of somebody.
    fn is_asked(&self, node: Node<'a, 'a>, content: &Tokens) -> Option<bool> {
        let demand = &self.report.lexicon.acts.demand;
        let word = self.word(node);
        let at = self.sentence.token_of(node);
        let before = |words: &[&str], reach: usize| {
            (at.saturating_sub(reach).max(content.start)..at)
                .any(|at| self.sentence.word(at).is_some_and(|w| words.contains(&w)))
        };
        let must = before(&["should", "must", "ought"], BEFORE);
        let has_to = before(&["has", "have", "had", "need", "needs"], BEFORE)
            && before(&["to"], BEFORE - 1)
            && node.upos() == Upos::Verb;
        let wished = (at.saturating_sub(WISHED).max(content.start)..at)
            .any(|at| self.sentence.word(at).is_some_and(|w| demand.wish.contains(w)));
        let justice = self.does_justice(node);
        let passive = node.child(&[AuxPass]).is_some() && demand.passive.contains(word);
        if justice && (must || has_to || wished) {
            return Some(true);
        }
        if (must || has_to) && passive && self.lists_steps(at, content) {
            return Some(true);
        }
        let active = demand.verbs.contains(word) && node.child(&[AuxPass]).is_none();
        ((must || has_to) && active && node.upos() == Upos::Verb).then_some(false)
    }

    /// "brought to justice", "held accountable", "taken to task".
    fn does_justice(&self, node: Node<'a, 'a>) -> bool {
        let first = self.sentence.token_of(node) + 1;
        let words = ["justice", "account", "accountable", "responsible", "task", "book", "trial"];
        self.report.lexicon.acts.demand.passive.contains(self.word(node))
            && (first..first + 3)
                .any(|at| self.sentence.word(at).is_some_and(|w| words.contains(&w)))
    }

    /// Two or more infinitives of what can be demanded before the obligation: "To admit guilt, to
    /// apologise – these were the steps that had to be taken".
    fn lists_steps(&self, end: usize, content: &Tokens) -> bool {
        let demand = &self.report.lexicon.acts.demand;
        let steps = (content.start..end).filter(|&at| {
            self.sentence.is(at, "to")
                && self.sentence.word(at + 1).is_some_and(|word| demand.verbs.contains(word))
        });
        steps.count() >= 2
    }

    /// Whether the one who is to act is the speaker himself or his side.
    fn obliges_speaker(&self, node: Node<'a, 'a>, actor: &Actor) -> bool {
        let Some(subject) = node.subject() else { return false };
        let country = self.report.country(self.sentence, &self.phrase(subject));
        matches!(self.word(subject), "i" | "we")
            || country.is_some() && country == actor.country && actor.country.is_some()
    }

    /// The state that is to act: the first one in the words, or in the next sentence, that is not the
    /// speaker's own.
    fn target(&self, content: &Tokens, actor: &Actor) -> Option<Party> {
        let other = |sentence: &Sentence, tokens: &Tokens| {
            let name = sentence.names_in(tokens).find(|name| {
                matches!(name.kind, NameKind::State(_)) && name.country != actor.country
            })?;
            let side = sentence
                .word(name.last)
                .is_some_and(|word| self.report.lexicon.words.sides.contains(word));
            let tokens = name.first..name.last + usize::from(side);
            Some(self.report.party(sentence, &tokens, name.entity))
        };
        other(self.sentence, content).or_else(|| {
            let next = self.report.analysis.sentences.get(self.index + 1)?;
            (next.block == self.sentence.block).then(|| other(next, &(0..next.tokens.len())))?
        })
    }
}
