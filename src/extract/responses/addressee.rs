//! To whom an act is addressed.

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::Upos;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{NameKind, Tokens};
use crate::dossier::EntityKind;
use crate::fact::{Act, Party};
use crate::lexicon::Needs;

use super::Scene;
use super::actor::Actor;
use super::frames::Performed;

/// Whom an act is addressed to.
#[derive(Clone, Debug)]
pub(super) struct Addressee {
    pub party: Party,
    pub entity: Option<usize>,
    pub country: Option<String>,
    /// Whether a name or a role stands for it.
    pub named: bool,
    /// Whether nobody but those whom safety advice is for.
    pub public: bool,
}

impl<'a> Scene<'a> {
    /// Whom an act is addressed to, by the frame of its word.
    pub(super) fn addressee(&self, performed: &Performed<'a>, actor: &Actor) -> Option<Addressee> {
        let (frame, node) = (performed.frame, performed.node);
        let object = node.child(&[Iobj]).or_else(|| node.child(&[Obj]));
        let object = object.filter(|&object| {
            frame.to.contains("object")
                && (frame.object.is_empty() || Some(object) != performed.object)
        });
        // "spoke by telephone with X": what stands behind the manner may hang on it.
        let manner = self.introduced(node, |word| word == "by");
        let holders = [Some(node), performed.object, performed.thing, manner].into_iter().flatten();
        let by = |node| self.all_introduced(node, |word| frame.to.contains(word));
        let other = |to: &Addressee| to.entity.is_none() || to.entity != actor.entity;
        let parties = object.into_iter().chain(holders.flat_map(by));
        let mut parties: Vec<Addressee> =
            parties.filter_map(|node| self.party(node)).filter(other).collect();
        let named = parties.iter().position(|to| to.named).unwrap_or(0);
        (named < parties.len()).then(|| parties.swap_remove(named))
    }

    fn party(&self, node: Node<'a, 'a>) -> Option<Addressee> {
        if !matches!(node.upos(), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj) {
            return None;
        }
        let phrase = self.without_case(node);
        let name = self.report.head(self.sentence, &phrase).or_else(|| {
            self.sentence.names_in(&phrase).find(|name| matches!(name.kind, NameKind::State(_)))
        });
        let entity = name.and_then(|name| name.entity);
        let phrase = match name {
            Some(name) if name.kind == NameKind::Person => name.whole(),
            _ => phrase,
        };
        let lists = &self.report.lexicon.acts;
        let public = lists.demand.public.contains(self.word(node));
        let role = lists.actors.officials.contains(self.word(node));
        Some(Addressee {
            party: self.report.party(self.sentence, &phrase, entity),
            entity,
            country: self.report.country(self.sentence, &phrase),
            named: name.is_some() || role,
            public: public && name.is_none_or(|name| name.kind != NameKind::Person),
        })
    }

    /// A phrase without the preposition before it.
    fn without_case(&self, node: Node<'a, 'a>) -> Tokens {
        let phrase = self.phrase(node);
        let cases = node.children_by(&[Case]).map(|case| self.sentence.token_of(case) + 1);
        let start = cases.filter(|&at| at <= self.sentence.token_of(node)).max();
        start.unwrap_or(phrase.start).max(phrase.start)..phrase.end
    }

    /// Of a demand the one under pressure: "called on every state to put pressure on X".
    pub(super) fn pressed(
        &self,
        performed: &Performed<'a>,
        actor: &Actor,
        clause: &Tokens,
    ) -> Option<Addressee> {
        if performed.frame.act != Act::Demand {
            return None;
        }
        let first = self.sentence.token_of(performed.node) + 1;
        let at = (first..clause.end).find(|&at| {
            matches!(self.sentence.word(at), Some("pressure" | "press" | "pressuring" | "pressing"))
        })?;
        let end = clause.end.min(at + 4);
        let name = self.sentence.names_in(&(at + 1..end)).next()?;
        let foreign = name.country.is_some() && name.country != actor.country;
        let node = self.sentence.node(name.last - 1).filter(|_| foreign)?;
        self.party(node)
    }

    /// The one a conversation was with, where the act was part of it ("During a call with X, Y apologised").
    pub(super) fn spoken_to(&self, clause: &Tokens, actor: &Actor) -> Option<Addressee> {
        let acts = &self.report.lexicon.acts;
        let talk = clause.clone().find(|&at| {
            let word = self.sentence.word(at).unwrap_or_default();
            acts.of_noun(word).any(|frame| frame.manner)
        })?;
        let noun = self.sentence.node(talk)?;
        let with = self.introduced(noun, |word| word == "with")?;
        self.party(with).filter(|to| to.named && to.entity != actor.entity)
    }

    /// Whether an act is addressed as its frame wants.
    pub(super) fn meets(
        &self,
        performed: &Performed<'a>,
        actor: &Actor,
        to: Option<&Addressee>,
        clause: &Tokens,
    ) -> bool {
        let advice = performed.frame.act == Act::Demand && to.is_some_and(|to| to.public);
        let foreign = |to: &Addressee| {
            to.country.as_ref().is_some_and(|country| actor.country.as_ref() != Some(country))
        };
        let state = |to: &Addressee| {
            to.country.is_some() || to.entity.is_some_and(|e| self.kind(e) == EntityKind::Country)
        };
        let person = |to: &Addressee| {
            to.entity.is_some_and(|entity| self.kind(entity) == EntityKind::Person)
        };
        let fits = match performed.frame.needs {
            Needs::Nobody => true,
            Needs::Someone => to.is_some(),
            Needs::State => to.is_some_and(|to| state(to) || to.named),
            Needs::Leader => to.is_some_and(person),
            Needs::Recipient => to.is_some_and(foreign),
            Needs::Partners => to.is_some_and(|to| to.named) || self.names_partners(clause),
            Needs::Abroad => {
                let country = actor.country.as_deref();
                let guest = country.is_some() && self.home.is_some() && country != self.home;
                to.is_some_and(foreign) || guest || actor.organization.is_some()
            }
        };
        fits && !advice
    }

    fn names_partners(&self, clause: &Tokens) -> bool {
        clause.clone().any(|at| matches!(self.sentence.word(at), Some("partners" | "allies")))
    }
}
