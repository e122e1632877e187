//! Who can act: a state, a person in office, a public body; and what a phrase says of him.

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::Upos;
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Name, NameKind, Tokens};
use crate::dossier::EntityKind;
use crate::fact::Party;
use crate::lexicon::WordSet;

use super::Scene;

/// Who acts.
#[derive(Clone, Debug)]
pub(super) struct Actor {
    pub party: Party,
    pub entity: Option<usize>,
    pub country: Option<String>,
    pub organization: Option<String>,
}

impl<'a> Scene<'a> {
    /// The actors that a subject names, with what is coordinated with it.
    pub(super) fn actors(&self, subject: Node<'a, 'a>) -> Vec<Actor> {
        let mut actors: Vec<Actor> = Vec::new();
        for node in subject.conjuncts() {
            let Some(mut actor) = self.actor(node) else { continue };
            if actor.country.is_none() && actor.organization.is_none() {
                actor.country = actors.first().and_then(|first| first.country.clone());
            }
            actors.push(actor);
        }
        actors
    }

    /// The one a word names, if that one can act.
    pub(super) fn actor(&self, node: Node<'a, 'a>) -> Option<Actor> {
        match self.word(node) {
            word if is_first_person(word) => self.speaker(node),
            "it" | "they" | "its" | "their" | "which" | "who" | "that" => self.referent(node),
            "his" | "her" => self.referent(node).or_else(|| self.speaker(node)),
            // What a statement does its author does.
            word if self.report.lexicon.acts.control.nouns.contains(word) => {
                self.holder(node, 1).and_then(|(owner, _)| self.named(owner))
            }
            _ => self.named(node),
        }
    }

    /// The phrase around a word, without clauses and what is coordinated with it.
    pub(super) fn phrase(&self, node: Node<'a, 'a>) -> Tokens {
        let head = node.phrase_head();
        let head = if head.covers(node) && head.upos() != Upos::Verb { head } else { node };
        let own = self.sentence.tokens_over(head.phrase_edges());
        let token = self.sentence.token_of(node);
        let mut names = self.sentence.names.iter().map(Name::whole);
        match names.find(|name| name.contains(&token)) {
            // The tree took two names for one.
            Some(name) if !name.contains(&self.sentence.token_of(head)) => name,
            Some(name) => own.start.min(name.start)..own.end.max(name.end),
            None => self.without_day(own, token),
        }
    }

    /// The phrase without a day that the tree hangs on its noun: "the agency on Friday".
    fn without_day(&self, phrase: Tokens, noun: usize) -> Tokens {
        let day = self.sentence.days.iter().find(|day| day.first > noun && day.last == phrase.end);
        let end = day.map_or(phrase.end, |day| {
            let tie = self.sentence.node(day.first - 1).is_some_and(|n| n.upos() == Upos::Adp);
            day.first - usize::from(tie)
        });
        phrase.start..end.max(noun + 1)
    }

    /// The phrase around a word, with the name of the person behind it: "the minister, X,".
    fn with_name_behind(&self, node: Node<'a, 'a>) -> Tokens {
        let phrase = self.phrase(node);
        let behind = node.child(&[Appos]).map(|name| self.sentence.token_of(name));
        let name = behind.and_then(|token| self.sentence.name_at(token));
        match name.filter(|name| name.kind == NameKind::Person) {
            Some(name) => phrase.start..phrase.end.max(name.last),
            None => phrase,
        }
    }

    /// The one a noun phrase names: a state, a person in office, a public body.
    pub(super) fn named(&self, node: Node<'a, 'a>) -> Option<Actor> {
        let phrase = self.with_name_behind(node);
        let lists = &self.report.lexicon.acts.actors;
        let name = self.report.head(self.sentence, &phrase);
        let private = phrase
            .clone()
            .any(|at| self.sentence.word(at).is_some_and(|word| lists.private.contains(word)));
        let official = phrase
            .clone()
            .any(|at| self.sentence.word(at).is_some_and(|word| lists.officials.contains(word)));
        let entity = name.and_then(|name| name.entity);
        let acts = match name.map(|name| name.kind) {
            Some(NameKind::Person | NameKind::Pronoun) => {
                !private && official || entity.is_some_and(|entity| self.is_official(entity))
            }
            Some(NameKind::Organization) => entity.is_some_and(|entity| self.is_public(entity)),
            Some(NameKind::State(_)) => true,
            Some(NameKind::Description) => !private,
            _ => !private && lists.officials.contains(self.word(node)),
        };
        let bare = name.is_none_or(|name| name.kind == NameKind::Description);
        acts.then(|| self.at_home(self.actor_of(&phrase, entity), bare))
    }

    /// Authorities of which no state is named are those of the state that the report is about.
    fn at_home(&self, actor: Actor, bare: bool) -> Actor {
        let national = match &actor.organization {
            Some(name) => !self.is_international(name),
            None => bare && actor.entity.is_none(),
        };
        match self.home.filter(|_| national && actor.country.is_none()) {
            Some(home) => Actor { country: Some(home.to_owned()), organization: None, ..actor },
            None => actor,
        }
    }

    fn is_international(&self, name: &str) -> bool {
        let words = &self.report.lexicon.acts.actors.international;
        let name = name.to_lowercase();
        name.split_whitespace().any(|word| words.contains(word.trim_end_matches('.')))
    }

    pub(super) fn actor_of(&self, phrase: &Tokens, entity: Option<usize>) -> Actor {
        let own = self.report.country(self.sentence, phrase);
        let known = || entity.and_then(|entity| self.country(entity)).map(str::to_owned);
        let country = own.or_else(known);
        let organization = match country {
            None => self.organization(phrase, entity),
            Some(_) => None,
        };
        let party = self.report.party(self.sentence, phrase, entity);
        Actor { party, entity, country, organization }
    }

    /// The organization that acts, or for which a person does: by the words here, or by the role.
    fn organization(&self, phrase: &Tokens, entity: Option<usize>) -> Option<String> {
        let entities = &self.report.analysis.entities;
        let here = self.sentence.names_in(phrase).filter_map(|name| name.entity);
        let role = entity.and_then(|entity| entities[entity].role.as_deref()).unwrap_or_default();
        let words = || role.split_whitespace();
        let known = (0..entities.len()).filter(|&index| {
            let name = entities[index].name.as_str();
            !role.is_empty()
                && (words().any(|word| word == name) || name.contains(' ') && role.contains(name))
        });
        let mut bodies = here.chain(known).filter(|&index| self.is_public(index));
        let body = bodies.next().map(|index| entities[index].name.as_str())?;
        // "the County Sheriff's Office" is named by more than its last word.
        let bare = !body.contains(' ') && body.chars().any(char::is_lowercase);
        let words = self.report.text(&self.sentence.bytes(phrase));
        let whole =
            words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
        Some(if bare && words.ends_with(body) { whole } else { body }.to_owned())
    }

    /// A person who holds an office, or belongs to a state.
    pub(super) fn is_official(&self, entity: usize) -> bool {
        let entity = &self.report.analysis.entities[entity];
        let lists = &self.report.lexicon.acts.actors;
        let role = entity.role.as_deref().unwrap_or_default().to_lowercase();
        let words = || role.split(|c: char| !c.is_alphanumeric() && c != '-');
        match entity.kind {
            EntityKind::Person => {
                let private = words().any(|word| lists.private.contains(word));
                !private
                    && (entity.country.is_some() || words().any(|w| lists.officials.contains(w)))
            }
            EntityKind::Country => true,
            _ => false,
        }
    }

    /// An organization that acts for a state or for several.
    pub(super) fn is_public(&self, entity: usize) -> bool {
        let entity = &self.report.analysis.entities[entity];
        if entity.kind != EntityKind::Organization {
            return false;
        }
        let lists = &self.report.lexicon.acts.actors;
        let name = entity.name.to_lowercase().replace('.', "");
        let any = |set: &WordSet| name.split_whitespace().any(|w| set.contains(w));
        let private = any(&lists.private) || any(&lists.others);
        let joined = lists.others.contains(&name.replace(' ', "-"));
        let short = entity.name.len() <= 7
            && entity.name.chars().all(|c| c.is_ascii_uppercase() || c == '.');
        !private && !joined && (any(&lists.public) || short)
    }
}

/// Whether a word means the speaker.
pub(super) fn is_first_person(word: &str) -> bool {
    matches!(word, "i" | "we" | "my" | "our" | "me" | "us")
}
