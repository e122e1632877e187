//! Diplomatic acts: who does what to whom.

use crate::analyze::{NameKind, Sentence, Tokens};
use crate::dossier::EntityKind;
use crate::fact::{Act, DateFrom, Party, Response};
use crate::lexicon::{ActForm, ActPattern, Frame, Needs};

use super::event;
use super::report::{Report, find, find_all};
use super::said::{Said, Speaker};

/// An act and the tokens that show it.
pub struct Deed {
    pub response: Response,
    pub sentence: usize,
    pub tokens: Tokens,
}

/// The acts of a sentence; `said` are the statements found in the report.
pub fn deeds(report: &Report, index: usize, said: &[Said]) -> Vec<Deed> {
    let sentence = &report.analysis.sentences[index];
    let all = sentence.without_stop();
    let finder = Finder { report, sentence, index, said };
    let mut found: Vec<Deed> = Vec::new();
    let matches: Vec<(Tokens, ActPattern)> = (all.start..all.end)
        .filter_map(|at| {
            let patterns = &report.lexicon.acts.patterns;
            let (end, pattern) = patterns.longest(sentence, at)?;
            (end <= all.end).then(|| (at..end, pattern.clone()))
        })
        .collect();
    for (tokens, pattern) in &matches {
        if pattern.form == ActForm::Manner && matches.iter().any(|(_, p)| p.form != ActForm::Manner)
        {
            continue;
        }
        let overlaps = found.iter().any(|deed| {
            deed.response.kind == pattern.act
                && deed.tokens.start <= tokens.start
                && tokens.start < deed.tokens.end
        });
        if !overlaps {
            found.extend(finder.deed(tokens, pattern));
        }
    }
    if !found.iter().any(|deed| deed.response.kind == Act::Demand) {
        found.extend(finder.obligation(&all));
    }
    found
}

struct Finder<'a> {
    report: &'a Report<'a>,
    sentence: &'a Sentence,
    index: usize,
    said: &'a [Said],
}

/// Who acts.
struct Actor {
    party: Party,
    entity: Option<usize>,
    country: Option<String>,
    /// First token of the actor in the sentence, where it stands there.
    start: Option<usize>,
    /// One past its last token.
    end: Option<usize>,
}

impl Finder<'_> {
    fn deed(&self, tokens: &Tokens, pattern: &ActPattern) -> Option<Deed> {
        let quoted =
            self.report.is_quoted(self.sentence, tokens.start) || self.in_signed(tokens.start);
        let actor = match pattern.form {
            ActForm::Own => self.speaker(tokens.start)?,
            ActForm::Verb if quoted => self.first_person(tokens.start)?,
            ActForm::Verb => self.subject(tokens.start)?,
            ActForm::Manner => {
                self.subject_behind(tokens.end).or_else(|| self.speaker(tokens.start))?
            }
        };
        if !self.is_diplomatic(&actor) || self.is_hypothetical(tokens.start) {
            return None;
        }
        let addressee = self.addressee(tokens, pattern, &actor).or_else(|| self.spoken_to(&actor));
        self.is_addressed(pattern.needs, tokens, &actor, addressee.as_ref()).then_some(())?;
        let end = self.clause_end(tokens.end);
        let group = self.report.clauses(self.sentence).group_start(tokens.start);
        let adjacent = actor.end == Some(group);
        let start = actor.start.filter(|_| adjacent).unwrap_or(group);
        let start = if pattern.form == ActForm::Manner || quoted {
            self.clause_start(tokens.start)
        } else {
            start
        };
        Some(self.made(actor, pattern.act, addressee.map(|(party, _)| party), start..end))
    }

    fn made(&self, actor: Actor, act: Act, addressee: Option<Party>, tokens: Tokens) -> Deed {
        let (date, date_from) = self.date(&tokens);
        let organization = self.organization(&actor);
        Deed {
            response: Response {
                actor: actor.party,
                country: actor.country.filter(|_| organization.is_none()),
                organization,
                kind: act,
                addressee,
                date,
                date_from,
                content: Some(self.report.part(self.sentence.bytes(&tokens), None)),
            },
            sentence: self.index,
            tokens,
        }
    }

    /// The day the sentence names; in a quotation also the one the sentence before it names ("Today I …").
    fn date(&self, tokens: &Tokens) -> (Option<chrono::NaiveDate>, Option<DateFrom>) {
        let whole = 0..self.sentence.tokens.len();
        let (date, from) = self.report.date(self.sentence, &whole);
        let before = self.index.checked_sub(1).map(|i| &self.report.analysis.sentences[i]);
        let continued = before.filter(|before| {
            before.block == self.sentence.block
                && self.report.is_quoted(before, 0)
                && self.report.is_quoted(self.sentence, tokens.start)
        });
        match (from, continued.and_then(|before| before.days.first())) {
            (Some(DateFrom::Publication), Some(day)) => (Some(day.date), Some(DateFrom::Text)),
            _ => (date, from),
        }
    }

    fn organization(&self, actor: &Actor) -> Option<String> {
        let entity = &self.report.analysis.entities[actor.entity?];
        (entity.kind == EntityKind::Organization
            && entity.country.is_none()
            && actor.country.is_none())
        .then(|| entity.name.clone())
    }

    /// The subject of a verb as an actor.
    fn subject(&self, verb: usize) -> Option<Actor> {
        let clauses = self.report.clauses(self.sentence);
        let group = clauses.group_start(verb);
        if clauses.is_negated(group, verb) {
            return None;
        }
        let gerund = self.sentence.word(verb).is_some_and(|word| word.ends_with("ing"));
        let subject = if gerund { self.first_name()? } else { clauses.subject_or_shared(verb)? };
        Some(self.actor(&subject))
    }

    /// The first name of the sentence that can act: of what a participle adds, the subject.
    fn first_name(&self) -> Option<Tokens> {
        let name = self.sentence.names.iter().find(|name| {
            matches!(name.kind, NameKind::Person | NameKind::Organization | NameKind::Pronoun)
                || name.is_state_itself()
        })?;
        Some(name.whole())
    }

    /// The subject of the clause behind a phrase such as "During a call with X, Y said".
    fn subject_behind(&self, end: usize) -> Option<Actor> {
        let name = self.sentence.names.iter().find(|name| {
            name.first >= end
                && self.sentence.is(name.whole().start.wrapping_sub(1), ",")
                && (name.kind == NameKind::Person
                    || name.kind == NameKind::Pronoun
                    || name.is_state_itself())
        })?;
        Some(self.actor(&name.whole()))
    }

    fn actor(&self, phrase: &Tokens) -> Actor {
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
    fn speaker(&self, token: usize) -> Option<Actor> {
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
    fn first_person(&self, verb: usize) -> Option<Actor> {
        let clauses = self.report.clauses(self.sentence);
        let group = clauses.group_start(verb);
        let before = self.sentence.word(group.checked_sub(1)?)?;
        if matches!(before, "i" | "we") { self.speaker(verb) } else { self.subject(verb) }
    }

    /// Whether a token lies in a quotation that a signature marks.
    fn in_signed(&self, token: usize) -> bool {
        let at = self.sentence.tokens.get(token).map_or(0, |t| t.start);
        self.said.iter().any(|said| said.quoted && said.cue.is_none() && said.content.contains(&at))
    }

    /// States, their people in office, and organizations act; companies and private persons do not.
    fn is_diplomatic(&self, actor: &Actor) -> bool {
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

    /// Whether an "if" governs the act.
    fn is_hypothetical(&self, token: usize) -> bool {
        (0..token).any(|at| {
            self.sentence.word(at).is_some_and(|w| self.report.lexicon.words.condition.contains(w))
        })
    }

    /// Whom the act is addressed to: behind "to", "with" or "on", or the object of the verb.
    fn addressee(
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
    fn spoken_to(&self, actor: &Actor) -> Option<(Party, Option<usize>)> {
        let all = self.sentence.without_stop();
        let manner = all.clone().find_map(|at| {
            let (end, pattern) = self.report.lexicon.acts.patterns.longest(self.sentence, at)?;
            (pattern.form == ActForm::Manner).then_some(at..end)
        })?;
        let names = self.sentence.names_in(&manner);
        let name =
            names.filter(|name| name.entity.is_some() && name.entity != actor.entity).last()?;
        let phrase = name.whole();
        Some((self.report.party(self.sentence, &phrase, name.entity), name.entity))
    }

    /// "the Azerbaijani people", "the Russian side": the noun behind an adjective.
    fn side(&self, at: usize) -> usize {
        usize::from(is_side(self.report, self.sentence, at))
    }

    fn is_addressed(
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

    /// What a state must do by the words of another: "said that the Russian side should punish …".
    fn obligation(&self, all: &Tokens) -> Option<Deed> {
        let acts = &self.report.lexicon.acts;
        let (obliged, ()) = find(&acts.obligations, self.sentence, all)?;
        let (asked, ()) = find(&acts.demandable, self.sentence, all)?;
        if self.is_hypothetical(obliged.start) {
            return None;
        }
        let at = self.sentence.tokens[obliged.start].start;
        let said = self
            .said
            .iter()
            .find(|said| said.content.contains(&at) && said.frame != Frame::This)?;
        let actor = self.speaker(obliged.start)?;
        if !self.is_diplomatic(&actor) {
            return None;
        }
        let content = said.content_in(self.sentence);
        let target = self.obliged_party(&content, &actor);
        let verbs = find_all(&acts.demandable, self.sentence, &content).count();
        if target.is_none() && (verbs < 2 || asked.start > obliged.start) {
            return None;
        }
        Some(self.made(actor, Act::Demand, target, content))
    }

    /// The state that is to act: the first one in the words, or in the next sentence, that is not the
    /// speaker's own.
    fn obliged_party(&self, content: &Tokens, actor: &Actor) -> Option<Party> {
        let other = |sentence: &Sentence, tokens: &Tokens| {
            let name = sentence.names_in(tokens).find(|name| {
                matches!(name.kind, NameKind::State(_)) && name.country != actor.country
            })?;
            let end = name.last + usize::from(is_side(self.report, sentence, name.last));
            Some(self.report.party(sentence, &(name.first..end), name.entity))
        };
        other(self.sentence, content).or_else(|| {
            let next = self.report.analysis.sentences.get(self.index + 1)?;
            (next.block == self.sentence.block).then(|| other(next, &(0..next.tokens.len())))?
        })
    }

    /// Where the clause around a token begins: after a full stop or dash, at the sentence's start.
    fn clause_start(&self, token: usize) -> usize {
        (0..token)
            .rev()
            .find(|&at| self.sentence.word(at).is_some_and(|w| matches!(w, ";" | ":" | "“" | "\"")))
            .map_or(0, |at| at + 1)
    }

    /// Where the clause of an act ends: before a second verb with the same subject, an attribution at the
    /// end, a semicolon, a closing mark.
    fn clause_end(&self, from: usize) -> usize {
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
    fn is_tail(&self, comma: usize, end: usize) -> bool {
        let cue = (comma + 1..end)
            .find(|&at| self.report.lexicon.cues.verbs.longest(self.sentence, at).is_some());
        cue.is_some_and(|cue| cue + 2 >= end && cue - comma <= 6)
    }

    /// Marks around a word or two inside the clause do not end it.
    fn closes_scrap(&self, at: usize) -> bool {
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
fn is_side(report: &Report, sentence: &Sentence, at: usize) -> bool {
    sentence.word(at).is_some_and(|word| report.lexicon.words.sides.contains(word))
}
