//! What was left out: sentences with a figure, a cue or an act that gave no fact, and why. For whoever wants to know what the
//! briefing does not say.

use std::fmt;
use std::ops::Range;

use crate::analyze::Sentence;
use crate::analyze::syntax::label::Upos;
use crate::analyze::syntax::navigate::Modality;
use crate::fact::{Body, Fact};

use super::casualties::{self, Harm};
use super::event;
use super::report::Report;
use super::statements;

/// A sentence that looks as if it held a fact and gave none of that kind.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// Bytes of the sentence in the document's text.
    pub start: usize,
    pub end: usize,
    /// The sentence.
    pub text: String,
    /// What it holds.
    pub holds: Holds,
    /// The word that shows it.
    pub word: String,
    pub reason: Reason,
}

/// What makes a sentence look as if it held a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A number beside a word of harm.
    Figure,
    /// A verb of saying, or a quotation.
    Cue,
    /// A diplomatic act.
    Act,
}

/// Why it gave no fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is told of another event, or of an earlier year.
    AnotherEvent,
    /// It did not happen, may have happened, or is only meant.
    Unreal,
    /// Nobody was found who says it.
    NoSpeaker,
    /// No rule is certain enough of who, what or whom.
    Uncertain,
}

impl fmt::Display for Holds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Holds::Figure => "figure",
            Holds::Cue => "cue",
            Holds::Act => "act",
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::AnotherEvent => "told of another event or an earlier year",
            Reason::Unreal => "did not happen, may have happened or is only meant",
            Reason::NoSpeaker => "nobody was found who says it",
            Reason::Uncertain => "no rule is certain enough",
        })
    }
}

/// What the sentences of a report hold beside its facts, in the order of the text.
pub(super) fn left_out(report: &Report, facts: &[Fact]) -> Vec<LeftOut> {
    let held = held(report, facts);
    let mut left_out = Vec::new();
    for (sentence, held) in report.analysis.sentences.iter().zip(held) {
        let mut add = |holds, found: Option<(Range<usize>, Reason)>| {
            left_out.extend(found.map(|(word, reason)| LeftOut {
                start: sentence.start,
                end: sentence.end,
                text: report.text(&(sentence.start..sentence.end)).to_owned(),
                holds,
                word: report.text(&word).to_owned(),
                reason,
            }));
        };
        if !held.figure {
            add(Holds::Figure, figure(report, sentence));
        }
        if !held.words {
            add(Holds::Cue, cue(report, sentence).or_else(|| quotation(report, sentence)));
        }
        if !held.act {
            add(Holds::Act, act(report, sentence));
        }
    }
    left_out
}

/// The kinds of facts that rest on a sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    figure: bool,
    words: bool,
    act: bool,
}

/// What each sentence of a report holds.
fn held(report: &Report, facts: &[Fact]) -> Vec<Held> {
    let mut held = vec![Held::default(); report.analysis.sentences.len()];
    for fact in facts {
        for evidence in &fact.evidence {
            for held in &mut held[report.analysis.sentences_over(&(evidence.start..evidence.end))] {
                match fact.body {
                    Body::Casualties(_) => held.figure = true,
                    Body::Statement(_) | Body::Attribution(_) => held.words = true,
                    Body::Response(_) => held.act = true,
                    Body::Event(_) => {}
                }
            }
        }
    }
    held
}

/// A word of harm in a sentence that has a number.
fn figure(report: &Report, sentence: &Sentence) -> Option<(Range<usize>, Reason)> {
    if sentence.numbers.is_empty() {
        return None;
    }
    let harms = casualties::harms(sentence, report.lexicon);
    let reason = |harm: &Harm| {
        if casualties::is_elsewhere(report, sentence, harm) {
            Reason::AnotherEvent
        } else if casualties::is_unreal(report, sentence, harm, false) {
            Reason::Unreal
        } else {
            Reason::Uncertain
        }
    };
    harms.first().map(|harm| (sentence.bytes(&harm.tokens), reason(harm)))
}

/// A verb of saying outside quotation marks.
fn cue(report: &Report, sentence: &Sentence) -> Option<(Range<usize>, Reason)> {
    let says = |at: usize| {
        let verb = sentence.node(at).filter(|node| node.upos() == Upos::Verb)?;
        let (end, _) = report.lexicon.cues.verbs.longest(sentence, at)?;
        let spoken = statements::has_speaker(sentence, verb);
        let reason = if spoken { Reason::Uncertain } else { Reason::NoSpeaker };
        (!report.is_quoted(sentence, at)).then(|| (sentence.bytes(&(at..end)), reason))
    };
    (0..sentence.tokens.len()).find_map(says)
}

/// A quotation that nobody was found to say.
fn quotation(report: &Report, sentence: &Sentence) -> Option<(Range<usize>, Reason)> {
    let quoted = |at: &usize| report.is_quoted(sentence, *at);
    let first = (0..sentence.tokens.len()).find(quoted)?;
    Some((sentence.bytes(&(first..first + 1)), Reason::NoSpeaker))
}

/// A verb that is a diplomatic act.
fn act(report: &Report, sentence: &Sentence) -> Option<(Range<usize>, Reason)> {
    let acts = |at: usize| {
        let verb = sentence.node(at).filter(|node| node.upos() == Upos::Verb)?;
        report.lexicon.acts.of_verb(sentence.word(at)?).next()?;
        let reason = if event::is_other(report, sentence, at) {
            Reason::AnotherEvent
        } else if verb.negated() || verb.modality() != Modality::Plain {
            Reason::Unreal
        } else {
            Reason::Uncertain
        };
        Some((sentence.bytes(&(at..at + 1)), reason))
    };
    (0..sentence.tokens.len()).find_map(acts)
}
