//! Who acts: the subject of a verb, the speaker of a quotation.

use crate::analyze::{NameKind, Tokens};
use crate::dossier::EntityKind;
use crate::extract::said::Speaker;
use crate::fact::Party;

use super::Finder;

/// Who acts.
pub(super) struct Actor {
    pub party: Party,
    pub entity: Option<usize>,
    pub country: Option<String>,
    /// First token of the actor in the sentence, where it stands there.
    pub start: Option<usize>,
    /// One past its last token.
    pub end: Option<usize>,
}

impl Finder<'_> {
    pub(super) fn organization(&self, actor: &Actor) -> Option<String> {
        let entity = &self.report.analysis.entities[actor.entity?];
        (entity.kind == EntityKind::Organization
            && entity.country.is_none()
            && actor.country.is_none())
        .then(|| entity.name.clone())
    }

    /// The subject of a verb as an actor.
    pub(super) fn subject(&self, verb: usize) -> Option<Actor> {
        let clauses = self.report.clauses(self.sentence);
        let group = clauses.group_start(verb);
        if clauses.is_negated(group, verb) {
            return None;
        }
        let gerund = self.sentence.word(verb).is_some_and(|word| word.ends_with("ing"));
        let subject = if gerund {
            // A participle adds to a verb; alone it is a caption.
            (0..group).any(|at| clauses.is_finite_verb(at)).then_some(())?;
            self.first_name()?
        } else {
            clauses.subject_or_shared(verb)?
        };
        let actor = self.actor(&subject);
        // "The Union said that it would …": the speaker acts.
        let pronoun = subject.len() == 1
            && self.sentence.word(subject.start).is_some_and(|w| matches!(w, "it" | "they" | "we"));
        if pronoun && actor.entity.is_none() { self.speaker(verb) } else { Some(actor) }
    }

    /// The first name of the sentence that can act: of what a participle adds, the subject.
    pub(super) fn first_name(&self) -> Option<Tokens> {
        let name = self.sentence.names.iter().find(|name| {
            matches!(name.kind, NameKind::Person | NameKind::Organization | NameKind::Pronoun)
                || name.is_state_itself()
        })?;
        Some(name.whole())
    }

    /// The subject of the clause behind a phrase such as "During a call with X, Y said".
    pub(super) fn subject_behind(&self, end: usize) -> Option<Actor> {
        let name = self.sentence.names.iter().find(|name| {
            name.first >= end
                && self.sentence.is(name.whole().start.wrapping_sub(1), ",")
                && (name.kind == NameKind::Person
                    || name.kind == NameKind::Pronoun
                    || name.is_state_itself())
        })?;
        Some(self.actor(&name.whole()))
    }

    pub(super) fn actor(&self, phrase: &Tokens) -> Actor {
        let speaker = Speaker::new(self.report, self.sentence, phrase);
        Actor {
            party: Party {
                text: self.report.text(&speaker.bytes).to_owned(),
                entity: speaker.entity.map(|e| self.report.entity_id(e)),
            },
            entity: speaker.entity,
            country: speaker.country,
            start: Some(phrase.start),
            end: Some(phrase.end),
        }
    }

    /// The one who speaks the words around a token.
    pub(super) fn speaker(&self, token: usize) -> Option<Actor> {
        let at = self.sentence.tokens.get(token)?.start;
        let said = self.said.iter().find(|said| said.content.contains(&at))?;
        let speaker = said.speaker.as_ref()?;
        Some(Actor {
            party: Party {
                text: self.report.text(&speaker.bytes).to_owned(),
                entity: speaker.entity.map(|e| self.report.entity_id(e)),
            },
            entity: speaker.entity,
            country: speaker
                .country
                .clone()
                .or_else(|| self.report.analysis.entities[speaker.entity?].country.clone()),
            start: None,
            end: None,
        })
    }

    /// In a quotation "I" and "we" are the speaker; another subject acts for itself.
    pub(super) fn first_person(&self, verb: usize) -> Option<Actor> {
        let clauses = self.report.clauses(self.sentence);
        let group = clauses.group_start(verb);
        let before = self.sentence.word(group.checked_sub(1)?)?;
        if matches!(before, "i" | "we") { self.speaker(verb) } else { self.subject(verb) }
    }

    /// Whether a token lies in a quotation that a signature marks.
    pub(super) fn in_signed(&self, token: usize) -> bool {
        let at = self.sentence.tokens.get(token).map_or(0, |t| t.start);
        self.said.iter().any(|said| said.quoted && said.cue.is_none() && said.content.contains(&at))
    }

    /// States, their people in office, and organizations act; companies and private persons do not.
    pub(super) fn is_diplomatic(&self, actor: &Actor) -> bool {
        let Some(entity) = actor.entity.map(|e| &self.report.analysis.entities[e]) else {
            return actor.country.is_some();
        };
        match entity.kind {
            EntityKind::Country => true,
            EntityKind::Person => entity.role.is_some() || entity.country.is_some(),
            EntityKind::Organization => {
                let company = [
                    "Airlines", "Airways", "Inc", "Ltd", "Corp", "Company", "Group", "News",
                    "Times", "Press", "Post",
                ];
                !company.iter().any(|word| entity.name.split_whitespace().any(|w| w == *word))
            }
            _ => false,
        }
    }
}
