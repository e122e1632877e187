//! To whom an act is addressed, and where its clause ends.

use crate::analyze::{NameKind, Sentence, Tokens};
use crate::dossier::EntityKind;
use crate::extract::event;
use crate::extract::report::Report;
use crate::fact::{Act, Party};
use crate::lexicon::{ActForm, ActPattern, Needs};

use super::Finder;
use super::actor::Actor;

impl Finder<'_> {
    /// Whom the act is addressed to: behind "to", "with" or "on", or the object of the verb.
    pub(super) fn addressee(
        &self,
        tokens: &Tokens,
        pattern: &ActPattern,
        actor: &Actor,
    ) -> Option<(Party, Option<usize>)> {
        let end = self.clause_end(tokens.end);
        let within = self
            .sentence
            .names_in(&(tokens.start + 1..end))
            .filter(|name| !self.sentence.is_inside_another(name));
        let behind = |at: usize| {
            let start = at.checked_sub(1)?;
            self.sentence.word(start)
        };
        let mut candidates = within
            .filter(|name| name.entity != actor.entity || name.entity.is_none())
            .filter(|name| {
                let start = name.whole().start;
                let article = usize::from(matches!(
                    behind(start),
                    Some("the" | "its" | "their" | "our" | "his")
                ));
                let object = start - article <= tokens.end && start > tokens.start;
                let preposition = behind(start - article);
                let fits = matches!(
                    name.kind,
                    NameKind::Person
                        | NameKind::Organization
                        | NameKind::State(_)
                        | NameKind::Description
                );
                let to = match pattern.act {
                    Act::Call | Act::Meeting => {
                        matches!(preposition, Some("with" | "to")) || object
                    }
                    Act::Demand => {
                        object
                            || matches!(
                                preposition,
                                Some("on" | "upon" | "from" | "pressure" | "press")
                            )
                    }
                    _ => matches!(preposition, Some("to" | "with" | "for")),
                };
                fits && to
            });
        let name = candidates.next()?;
        let phrase = name.whole();
        let end = phrase.end + self.side(phrase.end);
        Some((self.report.party(self.sentence, &(phrase.start..end), name.entity), name.entity))
    }

    /// The one a conversation was with, where the act was part of it ("During a call with X, Y apologised").
    pub(super) fn spoken_to(&self, actor: &Actor) -> Option<(Party, Option<usize>)> {
        let manner = self.manner()?;
        let names = self.sentence.names_in(&manner);
        let name =
            names.filter(|name| name.entity.is_some() && name.entity != actor.entity).last()?;
        let phrase = name.whole();
        Some((self.report.party(self.sentence, &phrase, name.entity), name.entity))
    }

    /// A phrase such as "During a call with X" in the sentence.
    pub(super) fn manner(&self) -> Option<Tokens> {
        self.sentence.without_stop().find_map(|at| {
            let (end, pattern) = self.report.lexicon.acts.patterns.longest(self.sentence, at)?;
            (pattern.form == ActForm::Manner).then_some(at..end)
        })
    }

    /// "the Azerbaijani people", "the Russian side": the noun behind an adjective.
    pub(super) fn side(&self, at: usize) -> usize {
        usize::from(is_side(self.report, self.sentence, at))
    }

    pub(super) fn is_addressed(
        &self,
        needs: Needs,
        tokens: &Tokens,
        actor: &Actor,
        addressee: Option<&(Party, Option<usize>)>,
    ) -> bool {
        let country = |entity: Option<usize>| {
            entity.and_then(|e| self.report.analysis.entities[e].country.clone())
        };
        match needs {
            Needs::Nobody => true,
            Needs::State => addressee.is_some_and(|(_, entity)| {
                entity.is_some_and(|e| {
                    let entity = &self.report.analysis.entities[e];
                    entity.kind == EntityKind::Country
                        || entity.country.is_some()
                        || entity.role.is_some()
                })
            }),
            Needs::Recipient => addressee.is_some_and(|(_, entity)| {
                country(*entity).is_some_and(|c| actor.country.as_ref() != Some(&c))
            }),
            Needs::Partners => {
                addressee.is_some()
                    || tokens.clone().any(|at| {
                        self.sentence.word(at).is_some_and(|w| matches!(w, "partners" | "allies"))
                    })
            }
        }
    }

    /// Where the clause around a token begins: after a full stop or dash, at the sentence's start.
    pub(super) fn clause_start(&self, token: usize) -> usize {
        (0..token)
            .rev()
            .find(|&at| self.sentence.word(at).is_some_and(|w| matches!(w, ";" | ":" | "“" | "\"")))
            .map_or(0, |at| at + 1)
    }

    /// Where the clause of an act ends: before a second verb with the same subject, an attribution at the
    /// end, a semicolon, a closing mark.
    pub(super) fn clause_end(&self, from: usize) -> usize {
        let end = self.sentence.without_stop().end;
        let next = (from..end).find(|&at| {
            let word = self.sentence.word(at).unwrap_or_default();
            let joined = word == "and" && {
                let verbs = &self.report.lexicon;
                verbs.cues.verbs.longest(self.sentence, at + 1).is_some()
                    || verbs
                        .acts
                        .patterns
                        .longest(self.sentence, at + 1)
                        .is_some_and(|(_, p)| p.form == ActForm::Verb)
            };
            let tail = word == "," && self.is_tail(at, end);
            let compared = at > from && event::is_compared(self.report, self.sentence, at + 1);
            joined
                || tail
                || compared
                || matches!(word, ";" | "”" | "\"" | "–" | "—") && !self.closes_scrap(at)
        });
        let end = next.unwrap_or(end);
        let loose = |at: usize| {
            self.sentence.word(at).is_some_and(|w| matches!(w, "," | "-" | "–" | "—" | "and"))
        };
        (from..end).rev().find(|&at| !loose(at)).map_or(end, |at| at + 1)
    }

    /// ", Reuters reports": nothing but a speaker and a cue follows the comma.
    pub(super) fn is_tail(&self, comma: usize, end: usize) -> bool {
        let cue = (comma + 1..end)
            .find(|&at| self.report.lexicon.cues.verbs.longest(self.sentence, at).is_some());
        cue.is_some_and(|cue| cue + 2 >= end && cue - comma <= 6)
    }

    /// Marks around a word or two inside the clause do not end it.
    pub(super) fn closes_scrap(&self, at: usize) -> bool {
        let byte = self.sentence.tokens[at].start;
        self.report.analysis.quotes.iter().any(|quote| {
            quote.contains(byte)
                && quote.start > self.sentence.start
                && quote.end < self.sentence.end
                && !self.report.is_quoted(self.sentence, 0)
        })
    }
}

/// Whether a token stands for the state before it ("the Russian side").
pub(super) fn is_side(report: &Report, sentence: &Sentence, at: usize) -> bool {
    sentence.word(at).is_some_and(|word| report.lexicon.words.sides.contains(word))
}
