//! Who acts: the subject of a verb, the agent of a passive, the possessor of a noun, the speaker.

use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::{Upos, Xpos};
use crate::analyze::syntax::navigate::{Modality, Voice};
use crate::analyze::syntax::sentence::Node;
use crate::analyze::{Name, NameKind, Tokens};
use crate::dossier::EntityKind;
use crate::fact::{Party, Standing};
use crate::lexicon::WordSet;

use super::Scene;
use super::frames::{Performed, is_infinitive};

/// Who acts.
#[derive(Clone, Debug)]
pub(super) struct Actor {
    pub party: Party,
    pub entity: Option<usize>,
    pub country: Option<String>,
    pub organization: Option<String>,
}

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
        } else if super::frames::is_predicate(node) {
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
    fn subject(&self, verb: Node<'a, 'a>, steps: usize) -> Option<Subject<'a>> {
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
    fn holder(&self, noun: Node<'a, 'a>, steps: usize) -> Option<Subject<'a>> {
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

    /// The actors that a subject names, with what is coordinated with it.
    fn actors(&self, subject: Node<'a, 'a>) -> Vec<Actor> {
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
    fn actor(&self, node: Node<'a, 'a>) -> Option<Actor> {
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

    /// Whom a pronoun means: the subject of a clause around it, the speaker, or the subject of the
    /// sentence before.
    fn referent(&self, pronoun: Node<'a, 'a>) -> Option<Actor> {
        let subjects = pronoun.ancestors().filter_map(|node| node.child(&[Nsubj, NsubjPass]));
        let other = |node: &Node<'a, 'a>| {
            *node != pronoun && node.index() < pronoun.index() && node.upos() != Upos::Pron
        };
        let around = subjects.into_iter().find(other).and_then(|node| self.named(node));
        around.or_else(|| self.speaker(pronoun)).or_else(|| self.subject_before())
    }

    /// The one the sentence before is about.
    fn subject_before(&self) -> Option<Actor> {
        let index = self.index.checked_sub(1)?;
        let sentence = &self.report.analysis.sentences[index];
        let near = sentence.block + 1 >= self.sentence.block;
        let subject = sentence.syntax.root()?.child(&[Nsubj, NsubjPass]).filter(|_| near)?;
        let before = Scene { sentence, index, said: Vec::new(), ..*self };
        (subject.upos() != Upos::Pron).then(|| before.named(subject)).flatten()
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
            None => own,
        }
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
        acts.then(|| self.actor_of(&phrase, entity))
            .map(|actor| if bare { self.at_home(actor) } else { actor })
    }

    /// Authorities of which no state is named are those of the state that the report is about.
    fn at_home(&self, mut actor: Actor) -> Actor {
        if actor.entity.is_none() && actor.organization.is_none() && actor.country.is_none() {
            actor.country = self.home.map(str::to_owned);
        }
        actor
    }

    fn actor_of(&self, phrase: &Tokens, entity: Option<usize>) -> Actor {
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
    fn is_official(&self, entity: usize) -> bool {
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
    fn is_public(&self, entity: usize) -> bool {
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

    /// The one who speaks the words around a node, if that one can act.
    pub(super) fn speaker(&self, node: Node<'a, 'a>) -> Option<Actor> {
        let at = node.token().span.start;
        let around = self.said.iter().filter(|said| said.content.contains(&at));
        let said = around.min_by_key(|said| said.content.len())?;
        self.speaks(said)
    }

    /// The one who reports something around a node or in its sentence, if that one can act.
    fn reporter(&self, node: Node<'a, 'a>) -> Option<Actor> {
        let above = node.ancestors().filter_map(|node| node.child(&[Nsubj]));
        let above = above.into_iter().find_map(|subject| self.actor(subject));
        above.or_else(|| self.said.iter().find_map(|said| self.speaks(said)))
    }

    /// The speaker of a statement as an actor.
    pub(super) fn speaks(&self, said: &super::Said) -> Option<Actor> {
        let speaker = said.speaker.as_ref()?;
        let index = self.report.analysis.sentence_with(&speaker.bytes)?;
        let sentence = &self.report.analysis.sentences[index];
        let start = sentence.token_from(speaker.bytes.start);
        let end = sentence.tokens.partition_point(|token| token.end <= speaker.bytes.end);
        let nodes = (start..end).filter_map(|at| sentence.node(at));
        let inside = |node: &Node| !(start..end).contains(&sentence.token_of(*node));
        let head = nodes.into_iter().find(|node| node.head().is_none_or(|head| inside(&head)))?;
        let scene = Scene { sentence, index, said: Vec::new(), ..*self };
        let mut actor = match scene.word(head) {
            "he" | "she" | "it" | "they" => scene.pronoun(head, speaker.entity)?,
            word if self.report.lexicon.acts.control.nouns.contains(word)
                && speaker.entity.is_none() =>
            {
                self.author(said)?
            }
            _ => scene.named(head).or_else(|| {
                let entity = speaker.entity.filter(|&entity| self.is_official(entity))?;
                Some(scene.actor_of(&(start..end), Some(entity)))
            })?,
        };
        actor.country = actor.country.or_else(|| speaker.country.clone());
        Some(actor)
    }

    /// Who wrote a statement of which only "the statement" is named: the one whom the sentences before it
    /// speak of.
    fn author(&self, said: &super::Said) -> Option<Actor> {
        let sentences = &self.report.analysis.sentences;
        let first = sentences.partition_point(|sentence| sentence.end <= said.whole.start);
        (first.saturating_sub(2)..first).rev().find_map(|index| {
            let sentence = &sentences[index];
            let official = |name: &&Name| name.entity.is_some_and(|e| self.is_official(e));
            let name = sentence.names.iter().find(official)?;
            let scene = Scene { sentence, index, said: Vec::new(), ..*self };
            Some(scene.actor_of(&name.whole(), name.entity))
        })
    }

    fn pronoun(&self, node: Node<'a, 'a>, entity: Option<usize>) -> Option<Actor> {
        match entity {
            Some(entity) => {
                let token = self.sentence.token_of(node);
                let acts = self.is_official(entity) || self.is_public(entity);
                acts.then(|| self.actor_of(&(token..token + 1), Some(entity)))
            }
            None => self.subject_before(),
        }
    }
}

/// Whether a word means the speaker.
fn is_first_person(word: &str) -> bool {
    matches!(word, "i" | "we" | "my" | "our" | "me" | "us")
}

/// Whether a verb is a passive that names nobody who acts.
fn is_agentless(node: Node) -> bool {
    node.child(&[NsubjPass]).is_some() && node.agent().is_none()
}
