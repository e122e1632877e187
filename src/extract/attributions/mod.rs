//! Which statements are about the cause of the event, how the speaker stands to it, and whom it blames.

mod cause;
mod charge;
mod doer;
mod narrated;

use crate::analyze::{Sentence, Tokens};
use crate::fact::{Attribution, Party, Stance, Statement};
use crate::lexicon::{CauseRole, Frame};

use super::event;
use super::report::{Report, find};
use super::said::Said;

use cause::Cause;
use charge::{ABOUT, Charge, Hold, Reader};
use doer::add;

pub use narrated::narrated;

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

    /// The attribution that a statement is, if it is one.
    pub fn attribution(&self, said: &Said) -> Option<Attribution> {
        let report = self.report;
        let sentence = &report.analysis.sentences[said.sentence];
        let content = comparable(report, sentence, &said.content_in(sentence));
        let reader = Reader::new(report, sentence, said.speaker.as_ref());
        let case = Case { judge: self, said, sentence, content, reader };
        let (stance, blames) = case.judged()?;
        let cause = Cause::new(report, sentence, &case.content).party(&case.reader);
        Some(made(said.statement(report), stance, blames, cause))
    }
}

/// One statement that is judged.
struct Case<'a> {
    judge: &'a Judge<'a>,
    said: &'a Said,
    sentence: &'a Sentence<'a>,
    content: Tokens,
    reader: Reader<'a>,
}

impl Case<'_> {
    fn report(&self) -> &Report<'_> {
        self.judge.report
    }

    /// Stance and blamed parties; none where the statement is not about the cause.
    fn judged(&self) -> Option<(Stance, Vec<Party>)> {
        if self.said.frame == Frame::Do {
            return None;
        }
        if find(&self.report().lexicon.cues.awaits, self.sentence, &self.content).is_some()
            && self.mentions_event()
        {
            return Some((Stance::Awaits, Vec::new()));
        }
        match self.said.stance {
            Stance::Declines => self.is_about_cause().then(|| (Stance::Declines, Vec::new())),
            Stance::Denies => self.denied(),
            Stance::Claims => Some((Stance::Claims, Vec::new())),
            _ => self.held(),
        }
    }

    /// Whether the words name harm, guilt, a means, or the event.
    fn is_about_cause(&self) -> bool {
        self.reader.mentions(&self.content, ABOUT)
            || self.reader.mentions(&self.content, &[CauseRole::Guilt, CauseRole::Guilty])
            || find(&self.report().lexicon.causes.charges, self.sentence, &self.content).is_some()
            || self.mentions_event()
    }

    /// Whether the words name the event in some way: by the noun of its kind, or a vehicle.
    fn mentions_event(&self) -> bool {
        let lexicon = self.report().lexicon;
        let named = |at| {
            lexicon.events.triggers.longest(self.sentence, at).is_some()
                || self.sentence.word(at).is_some_and(|word| {
                    lexicon.names.vehicle_nouns.contains(word) || word == "cause"
                })
        };
        self.content.clone().any(named)
            || self.reader.mentions(&self.content, &[CauseRole::Event, CauseRole::Deed])
    }

    /// A denial: those are cleared whom the words charge, else the speaker.
    fn denied(&self) -> Option<(Stance, Vec<Party>)> {
        let charges = self.charges();
        if charges.is_empty() && !self.is_about_cause() {
            return None;
        }
        let mut cleared = parties(&charges);
        if cleared.is_empty() {
            cleared.extend(self.own_side());
        }
        Some((Stance::Denies, cleared))
    }

    /// A statement that says something of a cause in its own words.
    fn held(&self) -> Option<(Stance, Vec<Party>)> {
        let report = self.report();
        let charges = self.charges();
        let cause = Cause::new(report, self.sentence, &self.content);
        let false_ = find(&report.lexicon.causes.false_, self.sentence, &self.content).is_some();
        if false_ && self.is_about_cause() {
            let mut cleared = parties(&charges);
            if cleared.is_empty() {
                cleared.extend(self.own_side());
            }
            return Some((Stance::Denies, cleared));
        }
        let held: Vec<Charge> =
            charges.iter().filter(|c| c.hold != Hold::Supposed).cloned().collect();
        let supposed = charges.len() > held.len();
        if held.is_empty() && (supposed || !cause.accounts(&self.reader, &self.judge.fields)) {
            return None;
        }
        let mut blames = parties(&held);
        self.reader.grounds(&self.content).into_iter().for_each(|party| add(&mut blames, party));
        Some((self.stance(&held), blames))
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
        let charges = self.reader.charges(&tokens);
        charges
            .into_iter()
            .filter(|c| !event::is_other(self.report(), self.sentence, c.at))
            .collect()
    }

    /// The state or body that the speaker speaks for.
    fn own_side(&self) -> Option<Party> {
        let report = self.report();
        let speaker = self.said.speaker.as_ref()?;
        let state = speaker.country.as_ref().and_then(|country| {
            report.analysis.entities.iter().find(|entity| entity.id == *country)
        });
        Some(match state {
            Some(state) => Party { text: state.name.clone(), entity: Some(state.id.clone()) },
            None => Party {
                text: report.text(&speaker.bytes).to_owned(),
                entity: speaker.entity.map(|index| report.entity_id(index)),
            },
        })
    }

    fn stance(&self, charges: &[Charge]) -> Stance {
        let said = self.said;
        if said.stance != Stance::Asserts && said.stance != Stance::Confirms {
            return said.stance;
        }
        if !charges.is_empty() && charges.iter().all(|charge| charge.hold == Hold::Denied) {
            return Stance::Denies;
        }
        let hedges = &self.report().lexicon.cues.hedges;
        let hedged = find(hedges, self.sentence, &self.content).is_some()
            || charges.iter().any(|charge| charge.hold == Hold::Hedged)
            || said.speaker.as_ref().is_some_and(|speaker| {
                let start = self.sentence.token_from(speaker.bytes.start);
                let end = self.sentence.token_from(speaker.bytes.end);
                find(hedges, self.sentence, &(start..end)).is_some()
            });
        if hedged { Stance::Suspects } else { said.stance }
    }
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
