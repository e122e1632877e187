//! Diplomatic acts: who does what to whom.

mod actor;
mod addressee;

use crate::analyze::{NameKind, Sentence, Tokens};
use crate::fact::{Act, DateFrom, Party, Response};
use crate::lexicon::{ActForm, ActPattern, Frame};

use super::report::{Report, find, find_all};
use super::said::Said;
use actor::Actor;
use addressee::is_side;

/// An act and the tokens that show it.
pub struct Deed {
    pub response: Response,
    pub sentence: usize,
    pub tokens: Tokens,
}

/// The acts of a sentence; `said` are the statements that touch it.
pub fn deeds(report: &Report, index: usize, said: &[&Said]) -> Vec<Deed> {
    let sentence = &report.analysis.sentences[index];
    let all = sentence.without_stop();
    let finder = Finder { report, sentence, index, said };
    let mut found: Vec<Deed> = Vec::new();
    let patterns = &report.lexicon.acts.patterns;
    let mut matches: Vec<(Tokens, ActPattern)> = Vec::new();
    for at in all.clone() {
        let found = patterns.matches(sentence, at).filter(|(end, _)| *end <= all.end);
        matches.extend(found.map(|(end, pattern)| (at..end, pattern.clone())));
    }
    matches.sort_by_key(|(tokens, _)| (tokens.start, std::cmp::Reverse(tokens.end)));
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
    sentence: &'a Sentence<'a>,
    index: usize,
    said: &'a [&'a Said],
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
        let start = match self.manner() {
            // "During a call with X, Y apologised": how it was done belongs to the act.
            Some(manner) if manner.start < start => manner.start,
            _ if pattern.form == ActForm::Manner || quoted => self.clause_start(tokens.start),
            _ => start,
        };
        let addressee = addressee.map(|(party, _)| party);
        Some(self.made(actor, pattern.act, addressee, start..end, quoted))
    }

    fn made(
        &self,
        actor: Actor,
        act: Act,
        addressee: Option<Party>,
        tokens: Tokens,
        quoted: bool,
    ) -> Deed {
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
                quoted,
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

    /// Whether an "if" governs the act.
    fn is_hypothetical(&self, token: usize) -> bool {
        (0..token).any(|at| {
            self.sentence.word(at).is_some_and(|w| self.report.lexicon.words.condition.contains(w))
        })
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
        let quoted = self.report.is_quoted(self.sentence, obliged.start);
        Some(self.made(actor, Act::Demand, target, content, quoted))
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
}
