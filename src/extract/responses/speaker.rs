//! Who speaks, and whom a pronoun means.

use crate::analyze::Name;
use crate::analyze::syntax::label::Relation::*;
use crate::analyze::syntax::label::Upos;
use crate::analyze::syntax::sentence::Node;
use crate::extract::said::Said;

use super::Scene;
use super::actor::Actor;

impl<'a> Scene<'a> {
    /// The one who reports something around a node or in its sentence, if that one can act.
    pub(super) fn reporter(&self, node: Node<'a, 'a>) -> Option<Actor> {
        let above = node.ancestors().filter_map(|node| node.child(&[Nsubj]));
        let above = above.into_iter().find_map(|subject| self.actor(subject));
        above.or_else(|| self.said.iter().find_map(|said| self.speaks(said)))
    }

    /// The one who speaks the words around a node, if that one can act.
    pub(super) fn speaker(&self, node: Node<'a, 'a>) -> Option<Actor> {
        let at = node.token().span.start;
        let around = self.said.iter().filter(|said| said.content.contains(&at));
        let said = around.min_by_key(|said| said.content.len())?;
        self.speaks(said)
    }

    /// The speaker of a statement as an actor.
    pub(super) fn speaks(&self, said: &Said) -> Option<Actor> {
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
    fn author(&self, said: &Said) -> Option<Actor> {
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

    pub(super) fn pronoun(&self, node: Node<'a, 'a>, entity: Option<usize>) -> Option<Actor> {
        match entity {
            Some(entity) => {
                let token = self.sentence.token_of(node);
                let acts = self.is_official(entity) || self.is_public(entity);
                acts.then(|| self.actor_of(&(token..token + 1), Some(entity)))
            }
            None => self.subject_before(),
        }
    }

    /// Whom a pronoun means: the subject of a clause around it, the speaker, or the subject of the
    /// sentence before.
    pub(super) fn referent(&self, pronoun: Node<'a, 'a>) -> Option<Actor> {
        let subjects = pronoun.ancestors().filter_map(|node| node.child(&[Nsubj, NsubjPass]));
        let other = |node: &Node<'a, 'a>| {
            *node != pronoun && node.index() < pronoun.index() && node.upos() != Upos::Pron
        };
        let around = subjects.into_iter().find(other).and_then(|node| self.named(node));
        around.or_else(|| self.speaker(pronoun)).or_else(|| self.subject_before())
    }

    /// The one the sentence before is about.
    pub(super) fn subject_before(&self) -> Option<Actor> {
        let index = self.index.checked_sub(1)?;
        let sentence = &self.report.analysis.sentences[index];
        let near = sentence.block + 1 >= self.sentence.block;
        let subject = sentence.syntax.root()?.child(&[Nsubj, NsubjPass]).filter(|_| near)?;
        let before = Scene { sentence, index, said: Vec::new(), ..*self };
        (subject.upos() != Upos::Pron).then(|| before.named(subject)).flatten()
    }
}
