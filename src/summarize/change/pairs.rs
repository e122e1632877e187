//! Facts of two dossiers that say the same, and those that are left over.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::similar;
use crate::dossier::Dossier;
use crate::fact::{Attribution, Body, Fact, Field, Party, Stance};
use crate::lexicon;

use super::super::merge::Merger;
use super::super::origins::shared_words;
use super::same_words;

/// Two wordings of one account share at least this part of the words of the shorter.
const SAME_ACCOUNT: f64 = 0.6;

/// How the facts of two dossiers belong together.
pub struct Pairs<'a> {
    before: &'a Dossier,
    after: &'a Dossier,
    /// Facts that say the same: earlier and later identifier.
    pub same: BTreeMap<&'a str, &'a str>,
    /// Facts that were set against another.
    taken_before: BTreeSet<String>,
    taken_after: BTreeSet<String>,
}

impl<'a> Pairs<'a> {
    /// Pairs all facts that say the same.
    pub fn of(before: &'a Dossier, after: &'a Dossier) -> Self {
        let merger = Merger::new(&after.entities, lexicon::english());
        let mut by_topic: BTreeMap<String, Vec<&Fact>> = BTreeMap::new();
        for fact in &after.facts {
            by_topic.entry(merger.topic(fact)).or_default().push(fact);
        }
        let mut pairs = Pairs {
            before,
            after,
            same: BTreeMap::new(),
            taken_before: BTreeSet::new(),
            taken_after: BTreeSet::new(),
        };
        for old in &before.facts {
            let Some(candidates) = by_topic.get_mut(&merger.topic(old)) else { continue };
            let is_same = |new: &Fact| merger.same(old, new) || pairs.is_itself(old, new);
            let alike = candidates.iter().enumerate().filter(|(_, new)| is_same(new));
            // Of several the one that rests on the same words.
            let best = alike
                .max_by_key(|(at, new)| (pairs.rest_together(old, new), std::cmp::Reverse(*at)));
            if let Some((at, _)) = best {
                let new = candidates.remove(at);
                pairs.same.insert(&old.id, &new.id);
                pairs.take(&old.id, &new.id);
            }
        }
        pairs
    }

    /// Marks two facts as dealt with.
    pub fn take(&mut self, old: &str, new: &str) {
        self.taken_before.insert(old.to_owned());
        self.taken_after.insert(new.to_owned());
    }

    /// Whether a later fact was set against none.
    pub fn is_new(&self, fact: &Fact) -> bool {
        !self.taken_after.contains(&fact.id)
    }

    /// Later facts that were set against none.
    pub fn added(&self) -> impl Iterator<Item = &'a Fact> {
        self.after.facts.iter().filter(|fact| self.is_new(fact))
    }

    /// Earlier facts that were set against none.
    pub fn gone(&self) -> impl Iterator<Item = &'a Fact> {
        self.before.facts.iter().filter(|fact| !self.taken_before.contains(&fact.id))
    }

    /// Facts left over that are about the same and say something else.
    pub fn revised(&mut self) -> Vec<(&'a Fact, &'a Fact)> {
        let gone: Vec<&Fact> = self.gone().collect();
        let mut revised = Vec::new();
        for old in gone {
            let candidates = self.added().filter(|new| is_about_the_same(&old.body, &new.body));
            let candidates: Vec<&Fact> = candidates.collect();
            let beside = candidates.iter().find(|new| self.rest_together(old, new));
            if let Some(new) = beside.or(candidates.first()).copied() {
                self.take(&old.id, &new.id);
                revised.push((old, new));
            }
        }
        revised
    }

    /// Whether two facts are one reading of the same words. Of some facts the rule of joining says that even
    /// the same words tell of another act ("called again"); a figure is another one with another source.
    fn is_itself(&self, old: &Fact, new: &Fact) -> bool {
        let figure = matches!(old.body, Body::Casualties(_));
        !figure && old.body.id() == new.body.id() && self.rest_together(old, new)
    }

    /// Whether two facts rest on the same words of a report.
    fn rest_together(&self, old: &Fact, new: &Fact) -> bool {
        let shared = |piece| {
            new.evidence.iter().any(|other| same_words(self.before, piece, self.after, other))
        };
        old.evidence.iter().any(shared)
    }
}

/// Whether the later of two facts that differ takes the place of the earlier.
fn is_about_the_same(old: &Body, new: &Body) -> bool {
    match (old, new) {
        (Body::Event(a), Body::Event(b)) => a.field == b.field && has_one_value(a.field),
        (Body::Casualties(a), Body::Casualties(b)) => {
            let giver = |figure: &crate::fact::Casualties| {
                figure.given_by.as_ref().map(|part| key(part.entity.as_ref(), &part.text))
            };
            (a.kind, a.scope, &a.group) == (b.kind, b.scope, &b.group) && giver(a) == giver(b)
        }
        (Body::Attribution(a), Body::Attribution(b)) => {
            a.stance != b.stance && speaker(a) == speaker(b) && is_one_account(a, b)
        }
        (Body::Response(a), Body::Response(b)) => {
            a.kind == b.kind && party(&a.actor) == party(&b.actor)
        }
        _ => false,
    }
}

/// Fields of which an event has one.
pub fn has_one_value(field: Field) -> bool {
    !matches!(
        field,
        Field::Place
            | Field::Country
            | Field::Circumstance
            | Field::Damage
            | Field::Weapon
            | Field::FollowUp
    )
}

/// Whether two stances of one speaker are about one account: the same one is blamed, the same means, the
/// same words; or one of them takes back what the other says.
fn is_one_account(a: &Attribution, b: &Attribution) -> bool {
    let blames = |x: &Attribution| x.blames.iter().map(party).collect::<BTreeSet<_>>();
    let cause = |x: &Attribution| x.cause.as_ref().map(party);
    let content = |x: &Attribution| {
        x.statement.content.as_ref().map_or(String::new(), |part| part.text.clone())
    };
    let takes_back = |x: &Attribution| matches!(x.stance, Stance::Denies | Stance::Declines);
    !blames(a).is_disjoint(&blames(b))
        || cause(a).is_some() && cause(a) == cause(b)
        || shared_words(&content(a), &content(b)) >= SAME_ACCOUNT
        || takes_back(a) != takes_back(b)
}

/// Who speaks.
pub fn speaker(attribution: &Attribution) -> Option<String> {
    let source = attribution.statement.source.as_ref()?;
    Some(key(source.entity.as_ref(), &source.text))
}

fn party(party: &Party) -> String {
    key(party.entity.as_ref(), &party.text)
}

fn key(entity: Option<&String>, text: &str) -> String {
    entity.cloned().unwrap_or_else(|| similar::folded(text))
}
