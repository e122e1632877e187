//! Which statements are about the cause of the event, how the speaker stands to it, and whom it blames.

mod cause;
mod charge;
mod doer;
mod hold;
mod narrated;
mod nobody;
mod side;

use crate::analyze::syntax::label::Upos;
use crate::analyze::{Sentence, Tokens};
use crate::fact::{Attribution, Party, Stance, Statement};
use crate::lexicon::{CauseRole, Frame, Phrasebook};

use super::event;
use super::report::{Report, find};
use super::said::Said;
use super::told::Told;

use cause::Cause;
use charge::{ABOUT, Charge, Reader};
use doer::add;
use hold::Hold;

/// Judges the statements of one report.
pub struct Judge<'a> {
    report: &'a Report<'a>,
    /// Which fields of causes the report tells of.
    fields: Vec<bool>,
}

impl<'a> Judge<'a> {
    /// Looks at what the report tells of.
    pub fn new(report: &'a Report<'a>) -> Self {
        Judge { report, fields: cause::fields(report) }
    }

    /// The attribution that a statement is, if it is one. What others are told to have said within
    /// it is theirs.
    pub fn attribution(&self, said: &Said, told: &Told) -> Option<Attribution> {
        let report = self.report;
        let sentence = &report.analysis.sentences[said.sentence];
        // A picture shows something, and accounts for nothing.
        if is_exhibit(report, said)
            && (said.frame == Frame::Np
                || told.in_sentence(said.sentence).any(|outer| within(said, outer)))
        {
            return None;
        }
        let content = own_words(report, sentence, said, told);
        let content = comparable(report, sentence, &content);
        let own = said.speaker.as_ref().map(|speaker| side::own(report, speaker));
        let reader = Reader::new(report, sentence, own.as_ref(), &self.fields);
        let case = Case { report, said, sentence, content, reader };
        let charges = case.charges();
        let (stance, blames) = case.judged(&charges)?;
        let silent = matches!(stance, Stance::Awaits | Stance::Declines);
        // Where somebody is blamed for another reason, what went wrong is what followed.
        let grounds = case.reader.grounds(&case.content);
        let blamed = charges.iter().any(|charge| charge.role != CauseRole::Field);
        let explaining = if blamed || !grounds.is_empty() { &[][..] } else { &charges };
        let cause = Cause::new(report, sentence, &case.content).party(&case.reader, explaining);
        Some(made(said.statement(report), stance, blames, cause.filter(|_| !silent)))
    }

    /// The blame that a sentence states outside of what others are told to have said.
    pub fn narrated(&self, index: usize, told: &Told) -> Option<Attribution> {
        narrated::narrated(self.report, &self.fields, index, told)
    }
}

/// Whether a statement stands inside the words of another.
fn within(inner: &Said, outer: &Said) -> bool {
    let (a, b) = (&outer.content, &inner.content);
    a.start <= b.start && b.end <= a.end && a != b
}

/// Whether a thing speaks ("the footage shows"): then he who points to it does.
pub fn is_exhibit(report: &Report, said: &Said) -> bool {
    let exhibits = &report.lexicon.causes.exhibits;
    said.speaker.as_ref().is_some_and(|speaker| {
        let words = report.text(&speaker.bytes).split_whitespace();
        speaker.entity.is_none()
            && words.into_iter().any(|word| exhibits.contains(&word.to_lowercase()))
    })
}

/// The words of a statement before those of a statement inside it.
fn own_words(report: &Report, sentence: &Sentence, said: &Said, told: &Told) -> Tokens {
    let content = said.content_in(sentence);
    let inner = told
        .in_sentence(said.sentence)
        .filter(|inner| within(inner, said) && inner.is_account() && !is_exhibit(report, inner));
    let starts = inner.map(|inner| {
        let speaker = inner.speaker.as_ref().map_or(inner.content.start, |s| s.bytes.start);
        speaker.min(inner.content.start).max(said.content.start)
    });
    let end = starts.map(|start| sentence.token_from(start)).min();
    content.start..end.map_or(content.end, |end| end.clamp(content.start, content.end))
}

/// One statement that is judged.
struct Case<'a> {
    report: &'a Report<'a>,
    said: &'a Said,
    sentence: &'a Sentence<'a>,
    content: Tokens,
    reader: Reader<'a>,
}

impl Case<'_> {
    /// Stance and blamed parties; none where the statement is not about the cause.
    fn judged(&self, charges: &[Charge]) -> Option<(Stance, Vec<Party>)> {
        if self.said.frame == Frame::Do || self.asks() {
            return None;
        }
        if self.has(&self.report.lexicon.cues.awaits) && self.mentions_event() {
            return Some((Stance::Awaits, Vec::new()));
        }
        if self.is_ignorant() && self.said.stance != Stance::Declines {
            return None;
        }
        match self.said.stance {
            Stance::Declines => self.is_about_cause().then(|| (Stance::Declines, Vec::new())),
            Stance::Denies if self.is_withheld() => None,
            Stance::Denies => {
                self.is_about_cause().then(|| (Stance::Denies, self.cleared(charges)))
            }
            Stance::Claims => Some((Stance::Claims, Vec::new())),
            _ if self.has(&self.report.lexicon.causes.false_) && self.is_about_cause() => {
                Some((Stance::Denies, self.cleared(charges)))
            }
            _ => self.held(charges),
        }
    }

    /// "Denied the ships access to the port": withheld, not contradicted.
    fn is_withheld(&self) -> bool {
        let withheld = &self.report.lexicon.causes.withheld;
        let near = self.content.start..self.content.end.min(self.content.start + WITHHELD_REACH);
        let names = |at: usize| self.sentence.word(at).is_some_and(|w| withheld.contains(w));
        near.into_iter().any(names) && !self.content.clone().any(|at| self.sentence.is(at, "that"))
    }

    /// Whether nobody says it, or the verb that introduces the words is negated: "did not say".
    fn is_ignorant(&self) -> bool {
        let speaker = self.said.speaker.as_ref().map(|speaker| self.report.text(&speaker.bytes));
        let first = speaker.and_then(|words| words.split_whitespace().next()).unwrap_or_default();
        if matches!(first.to_lowercase().as_str(), "no" | "none" | "nobody" | "neither") {
            return true;
        }
        let Some(cue) = &self.said.cue else { return false };
        let mut cue = self.sentence.token_from(cue.start)..self.sentence.token_from(cue.end);
        let negations = &self.report.lexicon.words.negations;
        cue.any(|at| {
            self.sentence.word(at).is_some_and(|word| negations.contains(word))
                || self.sentence.node(at).is_some_and(|n| n.upos() == Upos::Verb && n.negated())
        })
    }

    /// Whether a phrase of the book stands in the words.
    fn has(&self, book: &Phrasebook<()>) -> bool {
        find(book, self.sentence, &self.content).is_some()
    }

    /// Whether the words name harm, guilt, an accusation, or the event. An accusation with a content
    /// of its own is about that.
    fn is_about_cause(&self) -> bool {
        let about = self.reader.mentions(&self.content, ABOUT)
            || self.reader.mentions(&self.content, &[CauseRole::Guilt, CauseRole::Guilty])
            || self.mentions_event();
        let charge = find(&self.report.lexicon.causes.charges, self.sentence, &self.content);
        about
            || charge.is_some_and(|(tokens, ())| {
                let rest = tokens.end..self.content.end;
                !rest
                    .into_iter()
                    .any(|at| self.sentence.is(at, "that") || self.sentence.is(at, "of"))
            })
    }

    /// Whether the words name the event in some way: by the noun of its kind, or a vehicle.
    fn mentions_event(&self) -> bool {
        let lexicon = self.report.lexicon;
        let named = |at| {
            lexicon.events.triggers.longest(self.sentence, at).is_some()
                || self.sentence.word(at).is_some_and(|word| {
                    lexicon.names.vehicle_nouns.contains(word) || word == "cause"
                })
        };
        self.content.clone().any(named)
            || self.reader.mentions(&self.content, &[CauseRole::Event, CauseRole::Deed])
    }

    /// Whom a denial clears: those whom the words charge, else the side that the speaker speaks for.
    fn cleared(&self, charges: &[Charge]) -> Vec<Party> {
        let mut cleared = parties(charges);
        let explained = charges.iter().any(|charge| charge.role == CauseRole::Field);
        let Some(speaker) = self.said.speaker.as_ref() else { return cleared };
        // Who denies "any link" denies that of those he speaks for.
        let himself = side::himself(self.report, speaker);
        cleared.retain(|party| {
            party.text != himself.text && (party.entity.is_none() || party.entity != himself.entity)
        });
        if cleared.is_empty() && !explained {
            cleared.extend(side::of(self.report, speaker));
        }
        cleared
    }

    /// Whether the words ask.
    fn asks(&self) -> bool {
        let end = self.content.end;
        (end.saturating_sub(2)..end + 1).any(|at| self.sentence.is(at, "?"))
    }

    /// A statement that says something of a cause in its own words.
    fn held(&self, charges: &[Charge]) -> Option<(Stance, Vec<Party>)> {
        if is_question(self.sentence) {
            return None;
        }
        let main =
            |charge: &&Charge| charge.hold != Hold::Supposed && !self.reader.is_before(charge);
        let held: Vec<Charge> = charges.iter().filter(main).cloned().collect();
        let cause = Cause::new(self.report, self.sentence, &self.content);
        let grounds = self.reader.grounds(&self.content);
        let attacked = !grounds.is_empty()
            && (cause.accounts(&self.reader) || self.reader.mentions(&self.content, GUILT_OR_DEED));
        let supposed = charges.iter().any(|charge| charge.hold == Hold::Supposed);
        if held.is_empty() && !attacked && (supposed || !cause.accounts(&self.reader)) {
            return None;
        }
        let mut blames = parties(&held);
        grounds.into_iter().for_each(|party| add(&mut blames, party));
        let stance = self.stance(&held);
        if stance == Stance::Denies {
            blames = self.cleared(&held);
        }
        Some((stance, blames))
    }

    /// The charges in the words, and in the verb of blame that introduces them.
    fn charges(&self) -> Vec<Charge> {
        let mut tokens = self.content.clone();
        if let Some(cue) = &self.said.cue {
            let start = self.sentence.token_from(cue.start);
            let own = cue.start >= self.sentence.start && start < tokens.start;
            if own && self.reader.mentions(&(start..tokens.start), ACCUSING) {
                tokens.start = start;
            }
        }
        let own =
            |charge: &Charge| !event::is_other(self.report, self.sentence, charge.tokens.start);
        self.reader.charges(&tokens).into_iter().filter(own).collect()
    }

    fn stance(&self, charges: &[Charge]) -> Stance {
        let said = self.said;
        if said.stance != Stance::Asserts && said.stance != Stance::Confirms {
            return said.stance;
        }
        if !charges.is_empty() && charges.iter().all(|charge| charge.hold == Hold::Denied) {
            return Stance::Denies;
        }
        let hedges = &self.report.lexicon.cues.hedges;
        let hedged = self.has(hedges)
            || charges.iter().any(|charge| charge.hold == Hold::Hedged)
            || said.speaker.as_ref().is_some_and(|speaker| {
                let start = self.sentence.token_from(speaker.bytes.start);
                let end = self.sentence.token_from(speaker.bytes.end);
                find(hedges, self.sentence, &(start..end)).is_some()
            });
        if hedged { Stance::Suspects } else { said.stance }
    }
}

/// What is withheld stands among so many tokens behind "denied".
const WITHHELD_REACH: usize = 6;

const GUILT_OR_DEED: &[CauseRole] = &[
    CauseRole::Crime,
    CauseRole::Harm,
    CauseRole::Deed,
    CauseRole::Killing,
    CauseRole::Guilt,
    CauseRole::Guilty,
    CauseRole::Weapon,
];
/// Whether a sentence asks.
fn is_question(sentence: &Sentence) -> bool {
    sentence.tokens.iter().rev().take(3).any(|token| token.is("?"))
}

const ACCUSING: &[CauseRole] = &[CauseRole::Accuse, CauseRole::Ascribe, CauseRole::Arrest];

/// All parties charged, each once.
fn parties(charges: &[Charge]) -> Vec<Party> {
    let mut parties = Vec::new();
    let all = charges.iter().flat_map(|charge| charge.parties.iter().cloned());
    all.for_each(|party| add(&mut parties, party));
    parties
}

fn made(
    statement: Statement,
    stance: Stance,
    blames: Vec<Party>,
    cause: Option<Party>,
) -> Attribution {
    Attribution { statement, stance, blames, cause, narrated: false }
}

/// The content before a comparison: what follows "like" or "similar to" is another event.
fn comparable(report: &Report, sentence: &Sentence, content: &Tokens) -> Tokens {
    let end = content.clone().find(|&at| event::compares(report, sentence, at));
    content.start..end.unwrap_or(content.end)
}
