//! What a stretch of text says about the cause of the event, beside who is blamed for it.

use crate::analyze::{Name, Sentence, Tokens};
use crate::dossier::EntityKind;
use crate::fact::Party;
use crate::lexicon::CauseRole;

use super::super::report::{Report, find, find_all};
use super::charge::{ABOUT, Charge, Reader};
use super::doer::{by, is_passive, with_case};

/// How far from a name the word of harm or guilt may stand that makes it a means, in tokens.
const REACH: usize = 6;
/// How far behind a link its cause is looked for, in tokens.
const NEAR: usize = 4;
/// A report tells of a field's events if it has this many words of its context.
const FEWEST_CONTEXT: usize = 3;

/// Which fields of `causes.toml` a report tells of.
pub fn fields(report: &Report) -> Vec<bool> {
    let fields = &report.lexicon.causes.fields;
    let mut counts = vec![0usize; fields.len()];
    for token in report.analysis.sentences.iter().flat_map(|sentence| &sentence.tokens) {
        for (count, field) in counts.iter_mut().zip(fields) {
            *count += usize::from(field.context.contains(&token.lower));
        }
    }
    counts.into_iter().map(|count| count >= FEWEST_CONTEXT).collect()
}

/// The words of a cause in a stretch of a sentence.
pub struct Cause<'a> {
    report: &'a Report<'a>,
    sentence: &'a Sentence<'a>,
    tokens: Tokens,
    means: Vec<Tokens>,
}

impl<'a> Cause<'a> {
    /// Looks for means among the tokens.
    pub fn new(report: &'a Report<'a>, sentence: &'a Sentence<'a>, tokens: &Tokens) -> Self {
        let means = find_all(&report.lexicon.causes.means, sentence, tokens);
        let means = means.map(|(means, ())| means).collect();
        Cause { report, sentence, tokens: tokens.clone(), means }
    }

    /// Whether the words account for the event without blaming anybody.
    pub fn accounts(&self, reader: &Reader) -> bool {
        self.is_linked(reader) || self.is_struck(reader) || self.is_evidence()
    }

    /// "Because of" with something that happened or harmed on a side; what happened is no cause itself.
    fn is_linked(&self, reader: &Reader) -> bool {
        let links = &self.report.lexicon.causes.links;
        let accounts = |link: Tokens| {
            let after = link.end..(link.end + NEAR).min(self.tokens.end);
            !reader.mentions(&after, &[CauseRole::Event])
        };
        let about =
            reader.mentions(&self.tokens, ABOUT) || !self.means.is_empty() || self.has_nature();
        about && find_all(links, self.sentence, &self.tokens).any(|(link, ())| accounts(link))
    }

    fn has_nature(&self) -> bool {
        let nature = &self.report.lexicon.causes.nature;
        self.tokens
            .clone()
            .any(|at| self.sentence.word(at).is_some_and(|word| nature.contains(word)))
    }

    /// "Was hit by a missile": harm by a means.
    fn is_struck(&self, reader: &Reader) -> bool {
        let harm = reader.hits.iter().filter(|(tokens, role)| {
            matches!(role, CauseRole::Crime | CauseRole::Harm)
                && self.tokens.contains(&tokens.start)
        });
        harm.filter_map(|(tokens, _)| self.sentence.node(tokens.start)).any(|verb| {
            let instrument = by(verb).or_else(|| with_case(verb, &["with", "by"]).next());
            let instrument = instrument.map(|node| self.sentence.subtree(node));
            is_passive(verb)
                && instrument.is_some_and(|tokens| {
                    self.means.iter().any(|means| tokens.contains(&means.start))
                })
        })
    }

    /// "Signs of a missile strike".
    fn is_evidence(&self) -> bool {
        !self.means.is_empty()
            && find(&self.report.lexicon.cues.hedges, self.sentence, &self.tokens).is_some()
    }

    /// The means, with the name of a weapon that stands before it; else what explains the event.
    pub fn party(&self, reader: &Reader, charges: &[Charge]) -> Option<Party> {
        let weapon = self.weapon(reader);
        let longest =
            self.means.iter().max_by_key(|tokens| (tokens.len(), usize::MAX - tokens.start));
        match (weapon, longest) {
            (Some(name), means) => {
                let end = means.filter(|m| m.start == name.last).map_or(name.last, |m| m.end);
                Some(self.report.party(self.sentence, &(name.first..end), name.entity))
            }
            (None, Some(means)) => Some(self.report.party(self.sentence, means, None)),
            (None, None) => {
                let explaining = charges.iter().find(|charge| charge.role == CauseRole::Field)?;
                Some(self.report.party(self.sentence, &reader.explanation(explaining), None))
            }
        }
    }

    /// The weapon named closest behind a word of harm.
    fn weapon(&self, reader: &Reader) -> Option<&'a Name> {
        let hits = reader.hits.iter().map(|(tokens, _)| tokens);
        let words = hits.filter(|tokens| self.tokens.contains(&tokens.start));
        let first = words.chain(&self.means).map(|tokens| tokens.start).min()?;
        self.sentence.names_in(&self.tokens).find(|name| {
            name.first + REACH >= first
                && self.report.analysis.entity(name).is_some_and(|e| e.kind == EntityKind::Weapon)
        })
    }
}
