//! Quotations whose speaker stands beside them, in the sentence before or in the one behind.

use std::ops::Range;

use crate::analyze::{Quote, Sentence, Tokens};
use crate::fact::{DateFrom, Stance};
use crate::lexicon::{Frame, Sense};

use chrono::NaiveDate;

use super::super::report::Report;
use super::super::said::{Said, Speaker};
use super::super::told::Told;
use super::cue;
use super::finder::Finder;
use super::source::{self, Source};

/// Who speaks, and the words that say so.
#[derive(Clone, Debug)]
pub struct Voice {
    pub speaker: Speaker,
    pub cue: Option<Range<usize>>,
    pub stance: Stance,
    /// The sentence that names the speaker.
    pub sentence: usize,
}

/// A quotation with fewer words than this and no speaker of its own is no statement.
const FEWEST_WORDS: usize = 4;
/// Tokens looked at before and behind a quotation for its speaker.
const WINDOW: usize = 24;

/// The statements in quotation marks that no cue of their sentence has claimed; `reported` are those that one has.
pub fn statements(report: &Report, reported: &Told) -> Vec<Said> {
    let mut said = Vec::new();
    let mut last: Option<(Voice, usize)> = None;
    for quote in &report.analysis.quotes {
        let block = block_of(report, quote.start);
        if let Some(own) = reported.over(report, &(quote.start..quote.end)) {
            last = voice_of(own).map(|voice| (voice, block_of(report, quote.end - 1)));
            continue;
        }
        let own = behind(report, quote).or_else(|| ahead(report, quote));
        let same_block = last.as_ref().filter(|(_, b)| *b == block).map(|(voice, _)| voice.clone());
        let long =
            report.text(&(quote.start..quote.end)).split_whitespace().count() >= FEWEST_WORDS;
        let said_before = || said_before(report, reported, quote, block);
        let near = || {
            stands_alone(report, quote).then(|| neighbour(report, quote, &last, block)).flatten()
        };
        let Some(voice) = own
            .or(same_block.filter(|_| long))
            .or_else(|| if long { said_before().or_else(near) } else { None })
        else {
            continue;
        };
        said.extend(pieces(report, quote.start..quote.end, &voice.said(report)));
        last = Some((voice, block_of(report, quote.end.saturating_sub(1))));
    }
    said
}

/// The voice of a quotation that a cue of its sentence has claimed.
fn voice_of(said: &Said) -> Option<Voice> {
    Some(Voice {
        speaker: said.speaker.clone()?,
        cue: said.cue.clone(),
        stance: said.stance,
        sentence: said.sentence,
    })
}

/// The voice of the sentence before a quotation that begins a sentence, where that one ends with its speaker: `A, X said. "B"`.
fn said_before(report: &Report, reported: &Told, quote: &Quote, block: usize) -> Option<Voice> {
    let sentences = &report.analysis.sentences;
    let index = report.analysis.sentences_over(&(quote.start..quote.end)).next()?;
    let before = index.checked_sub(1)?;
    if sentences[index].start < quote.start || sentences[before].block != block {
        return None;
    }
    let end = sentences[before].end;
    let last = |said: &&Said| {
        let cue = said.cue.as_ref().map_or(0, |cue| cue.end);
        let speaker = said.speaker.as_ref().map_or(0, |speaker| speaker.bytes.end);
        said.content.end <= cue.min(speaker) && cue.max(speaker) + 1 >= end
    };
    reported.in_sentence(before).find(last).and_then(voice_of)
}

fn block_of(report: &Report, at: usize) -> usize {
    report.analysis.blocks.partition_point(|block| block.end <= at)
}

/// A stretch of speech as one statement a sentence; `model` has what they share.
pub fn pieces(report: &Report, whole: Range<usize>, model: &Said) -> Vec<Said> {
    let touched = report.analysis.sentences_over(&whole);
    touched
        .map(|index| {
            let sentence = &report.analysis.sentences[index];
            let content = sentence.start.max(whole.start)..sentence.end.min(whole.end);
            let quoted = report
                .analysis
                .quotes
                .iter()
                .any(|quote| quote.start < content.end && content.start < quote.end);
            Said { content, whole: whole.clone(), sentence: index, quoted, ..model.clone() }
        })
        .collect()
}

impl Voice {
    /// A quotation of this voice, its words still to be filled in.
    pub fn said(&self, report: &Report) -> Said {
        let (said_on, said_on_from) = day(report, self.sentence);
        Said {
            speaker: Some(self.speaker.clone()),
            cue: self.cue.clone(),
            frame: Frame::Quote,
            stance: self.stance,
            sense: Sense::Speech,
            content: 0..0,
            whole: 0..0,
            sentence: self.sentence,
            quoted: true,
            said_on,
            said_on_from,
        }
    }
}

/// The first day that a sentence names outside quotation marks.
fn day(report: &Report, index: usize) -> (Option<NaiveDate>, Option<DateFrom>) {
    let sentence = &report.analysis.sentences[index];
    let outside = sentence
        .days
        .iter()
        .find(|day| report.analysis.quote_at(sentence.tokens[day.first].start).is_none());
    report.date(sentence, &outside.map_or(0..0, |day| day.first..day.last))
}

/// The speaker behind a quotation: `," said X` or `," X said`.
fn behind(report: &Report, quote: &Quote) -> Option<Voice> {
    let index = sentence_at(report, quote.end.saturating_sub(1), quote.end)?;
    let sentence = &report.analysis.sentences[index];
    let start = sentence.token_from(quote.end);
    let start = start + usize::from(sentence.is(start, ","));
    let limit = sentence.tokens.len().min(start + WINDOW);
    let next_quote = (start..limit).find(|&at| report.is_quoted(sentence, at)).unwrap_or(limit);
    let (cue, stance) = cue_in(report, sentence, &(start..next_quote))?;
    let source = speaker_of(sentence, &cue).filter(|source| source.tokens.start >= start)?;
    let mut voice = voice(report, index, &source, &cue, stance);
    if is_document(sentence, &source.tokens) {
        let author = || author_before(report, quote.start);
        voice.speaker.entity = voice.speaker.entity.or_else(author);
    }
    Some(voice)
}

/// "The statement said": what was written speaks for the one who wrote it.
pub fn is_document(sentence: &Sentence, subject: &Tokens) -> bool {
    sentence.word(subject.end - 1).is_some_and(|word| {
        matches!(word, "statement" | "message" | "post" | "address" | "letter" | "tweet")
    })
}

/// The person who says something in the last sentence before this byte.
pub fn author_before(report: &Report, at: usize) -> Option<usize> {
    let before = report.analysis.sentences.partition_point(|s| s.end <= at).checked_sub(1)?;
    author(report, before)
}

/// The person who says something in this sentence.
fn author(report: &Report, index: usize) -> Option<usize> {
    let sentence = &report.analysis.sentences[index];
    let (cue, _) = cue_in(report, sentence, &(0..sentence.tokens.len()))?;
    let source = speaker_of(sentence, &cue)?;
    Speaker::new(report, sentence, &source.tokens).entity
}

fn sentence_before(report: &Report, at: usize) -> Option<usize> {
    report.analysis.sentences.partition_point(|s| s.end <= at).checked_sub(1)
}

/// The speaker ahead of a quotation: `X said: "`, `Quote from X: "`.
fn ahead(report: &Report, quote: &Quote) -> Option<Voice> {
    let index = sentence_at(report, quote.start, quote.start)?;
    let sentence = &report.analysis.sentences[index];
    let end = sentence.token_from(quote.start);
    if end == 0 {
        return colon_before(report, quote.start).map(|(voice, _)| voice);
    }
    let start = end.saturating_sub(WINDOW);
    let introduced = sentence.word(end - 1).is_some_and(|w| matches!(w, ":" | "," | "that"));
    let last = last_cue(report, sentence, &(start..end));
    if let Some((cue, stance)) = last
        && (introduced || cue.end == end)
    {
        let source = speaker_of(sentence, &cue)?;
        return Some(voice(report, index, &source, &cue, stance));
    }
    if !sentence.is(end - 1, ":") {
        return None;
    }
    let name = sentence.names.iter().rfind(|name| name.last <= end && end - name.whole().end <= 1);
    let tokens = match name {
        Some(name) => name.whole(),
        None => source::of_verb(sentence, sentence.syntax.root()?, false)?.tokens,
    };
    (tokens.end < end).then(|| Voice {
        speaker: Speaker::new(report, sentence, &tokens),
        cue: Some(sentence.bytes(&(end - 1..end))),
        stance: Stance::Asserts,
        sentence: index,
    })
}

/// "X added:" at the end of the sentence before a byte, and how many tokens stand between the cue and the colon.
pub fn colon_before(report: &Report, at: usize) -> Option<(Voice, usize)> {
    let index = sentence_before(report, at)?;
    let sentence = &report.analysis.sentences[index];
    let colon = sentence.tokens.len().checked_sub(1)?;
    if !sentence.is(colon, ":") {
        return None;
    }
    let (cue, stance) = last_cue(report, sentence, &(0..colon))?;
    let source = speaker_of(sentence, &cue)?;
    Some((voice(report, index, &source, &cue, stance), colon - cue.end.min(colon)))
}

/// Whether the quotation is all of its paragraph: then its speaker stands in the one before or after.
fn stands_alone(report: &Report, quote: &Quote) -> bool {
    let first = &report.analysis.blocks[block_of(report, quote.start)];
    quote.start == first.start
}

/// The speaker of the sentences around a quotation that stands alone: the one who "said this" in the
/// sentence before, else the one of the quotation before, else the subject of that sentence.
fn neighbour(
    report: &Report,
    quote: &Quote,
    last: &Option<(Voice, usize)>,
    block: usize,
) -> Option<Voice> {
    let index = sentence_before(report, quote.start)?;
    let sentence = &report.analysis.sentences[index];
    if block > sentence.block + 1 {
        return None;
    }
    if let Some((cue, stance)) = cue_in(report, sentence, &(0..sentence.tokens.len()))
        && let Some(source) = speaker_of(sentence, &cue)
    {
        return Some(voice(report, index, &source, &cue, stance));
    }
    last.as_ref().filter(|(_, b)| b + 1 == block).map(|(voice, _)| voice.clone())
}

/// The first cue in these tokens that can stand with a quotation.
fn cue_in(report: &Report, sentence: &Sentence, tokens: &Tokens) -> Option<(Tokens, Stance)> {
    tokens.clone().find_map(|at| quoting(report, sentence, at))
}

/// The last cue in these tokens that can stand with a quotation.
fn last_cue(report: &Report, sentence: &Sentence, tokens: &Tokens) -> Option<(Tokens, Stance)> {
    tokens.clone().rev().find_map(|at| quoting(report, sentence, at))
}

fn quoting(report: &Report, sentence: &Sentence, at: usize) -> Option<(Tokens, Stance)> {
    let (end, cue) = report.lexicon.cues.verbs.longest(sentence, at)?;
    let fits = cue.takes(Frame::Quote) && !report.is_quoted(sentence, at);
    fits.then_some((at..end, cue.stance))
}

/// Who speaks the cue: by the tree, or who stands beside it.
fn speaker_of(sentence: &Sentence, cue: &Tokens) -> Option<Source> {
    let node = sentence.node(cue.start)?;
    source::of_verb(sentence, node, true).or_else(|| source::beside(sentence, cue))
}

fn voice(report: &Report, index: usize, source: &Source, cue: &Tokens, stance: Stance) -> Voice {
    let sentence = &report.analysis.sentences[index];
    let group = sentence.node(cue.start).map_or(cue.start, |node| cue::group_start(sentence, node));
    let start = if source.tokens.end <= cue.start { group.max(source.tokens.end) } else { group };
    Voice {
        speaker: Finder::new(report, index).speaker(source),
        cue: Some(sentence.bytes(&(start..cue.end))),
        stance,
        sentence: index,
    }
}

fn sentence_at(report: &Report, from: usize, to: usize) -> Option<usize> {
    report.analysis.sentence_with(&(from..to.max(from + 1)))
}
