//! Statements within statements: who passes them on, and which of them count.

use crate::analyze::Sentence;
use crate::analyze::syntax::label::Upos;
use crate::analyze::syntax::lexicon::class;
use crate::analyze::syntax::sentence::Node;
use crate::lexicon::{Frame, Sense};

use super::super::report::Report;
use super::super::said::{Said, carriers};

/// A statement within the content of another is passed on by the source of that.
pub fn pass_on(report: &Report, sentence: &Sentence, said: &mut [Said]) {
    for inner in 0..said.len() {
        let mut outer: Vec<usize> =
            (0..said.len()).filter(|&o| said[o].holds(&said[inner])).collect();
        outer.sort_by_key(|&o| std::cmp::Reverse(said[o].content.len()));
        let via: Vec<String> = outer
            .iter()
            .filter_map(|&o| said[o].speaker.as_ref())
            .flat_map(|speaker| {
                let phrase = sentence.token_from(speaker.bytes.start)
                    ..sentence.token_from(speaker.bytes.end);
                let mut carriers = carriers(report, sentence, &phrase);
                carriers.extend(cited(report, sentence, phrase.end));
                carriers
            })
            .collect();
        if let Some(speaker) = said[inner].speaker.as_mut() {
            speaker.via.splice(0..0, via);
        }
    }
}

/// Whom an outlet cites at the end of a sentence: ", A reports citing B".
fn cited(report: &Report, sentence: &Sentence, from: usize) -> Vec<String> {
    let end = sentence.without_stop().end;
    let citing = (from..end.min(from + 3)).find(|&at| is_citing(sentence, at));
    citing.map_or_else(Vec::new, |at| carriers(report, sentence, &(at + 1..end)))
}

/// Whether a word names whom one has it from.
pub fn is_citing(sentence: &Sentence, at: usize) -> bool {
    sentence.is(at, "citing") || sentence.is(at, "quoting")
}

/// Leaves out what is a mere part of another statement, and outlets that only pass on what another one says.
pub fn each_once(report: &Report, said: &mut Vec<Said>) {
    let dropped = |one: &Said| {
        said.iter().any(|other| other.swallows(one, report) || one.only_passes_on(other, report))
    };
    let keep: Vec<bool> = said.iter().map(|one| !dropped(one)).collect();
    let mut keep = keep.into_iter();
    said.retain(|_| keep.next().unwrap_or(true));
}

impl Said {
    /// Whether another statement is a mere part of what this one says, and none that it passes on.
    fn swallows(&self, inner: &Said, report: &Report) -> bool {
        self.holds(inner) && !(inner.is_most_of(self) && inner.has_voice(report))
    }

    /// Whether this is an outlet's word at the end of a sentence that another one speaks in.
    fn only_passes_on(&self, inner: &Said, report: &Report) -> bool {
        let behind = self.cue.as_ref().is_some_and(|cue| cue.start >= self.content.end);
        behind && inner.is_most_of(self) && self.holds(inner) && inner.has_voice(report)
    }

    /// Whether it is speech that another statement is little more than.
    fn is_most_of(&self, outer: &Said) -> bool {
        let start = self.speaker.as_ref().map_or(self.content.start, |speaker| speaker.bytes.start);
        let own = self.content.end.saturating_sub(start.min(self.content.start));
        let most = self.frame == Frame::This || own * 2 > outer.content.len();
        self.sense == Sense::Speech && most
    }

    /// Whether the speaker is somebody, and no thing that shows something.
    fn has_voice(&self, report: &Report) -> bool {
        let Some(speaker) = &self.speaker else { return false };
        let analysis = report.analysis;
        let Some(index) = analysis.sentence_with(&speaker.bytes) else { return true };
        let sentence = &analysis.sentences[index];
        let phrase =
            sentence.token_from(speaker.bytes.start)..sentence.token_from(speaker.bytes.end);
        let speaks = class::PERSON | class::TITLE | class::BODY | class::ORGANIZATION;
        let outside =
            |node: &Node| node.head().is_none_or(|head| !phrase.contains(&sentence.token_of(head)));
        phrase.clone().filter_map(|at| sentence.node(at)).filter(outside).any(|head| {
            let pronoun = head.upos() == Upos::Pron && !head.form().eq_ignore_ascii_case("it");
            head.is_listed(speaks) || pronoun || head.name().is_some()
        })
    }

    /// Whether another statement stands within the content of this one.
    fn holds(&self, other: &Said) -> bool {
        let cue = other
            .cue
            .as_ref()
            .is_some_and(|cue| self.content.start <= cue.start && cue.end <= self.content.end);
        let smaller = other.content.len() < self.content.len() || other.frame == Frame::This;
        cue && smaller && self.sense != Sense::Attitude && self.cue != other.cue
    }
}
