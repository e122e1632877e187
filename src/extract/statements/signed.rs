//! Words without a verb of saying of their own: paragraphs behind "X added:", pull quotes signed at their end, a name before a
//! colon, a name behind a dash, and headlines whose capitals hide the verb.

use std::ops::Range;

use crate::analyze::syntax::lexicon::class;
use crate::analyze::{Block, BlockKind, Name, NameKind, Sentence, Tokens};
use crate::fact::Stance;

use super::super::report::Report;
use super::super::said::{Said, Speaker};
use super::direct::{self, Voice};

/// The statements of all blocks whose form alone says who speaks.
pub fn statements(report: &Report) -> Vec<Said> {
    let mut said = Vec::new();
    for block in report.analysis.blocks.iter().filter(|block| block.kind.is_read()) {
        let sentences: Vec<usize> =
            report.analysis.sentences_over(&(block.start..block.end)).collect();
        let Some(&first) = sentences.first() else { continue };
        if block.kind == BlockKind::Paragraph {
            said.extend(pull_quote(report, &sentences));
            said.extend(introduced(report, block));
        }
        said.extend(labelled(report, block, &sentences));
        said.extend(dashed(report, block, first));
        if said.is_empty() || block.kind == BlockKind::Heading {
            said.extend(headline(report, first));
        }
    }
    said
}

/// A paragraph whose last words are a name with its role and nothing else.
fn pull_quote(report: &Report, sentences: &[usize]) -> Vec<Said> {
    let Some((&signature, quoted)) = sentences.split_last() else { return Vec::new() };
    let sentence = &report.analysis.sentences[signature];
    let signed = sentence.names.iter().find(|name| {
        name.kind == NameKind::Person
            && name.role.is_some()
            && name.phrase.start == 0
            && name.phrase.end == sentence.tokens.len()
    });
    let Some(name) = signed else { return Vec::new() };
    let voice = voice(report, signature, &name.phrase, None);
    quoted
        .iter()
        .map(|&index| {
            let s = &report.analysis.sentences[index];
            only(report, index, s.start..s.end, &voice, true)
        })
        .collect()
}

/// A paragraph without quotation marks behind one that ends with "X added:".
fn introduced(report: &Report, block: &Block) -> Vec<Said> {
    let voice = direct::colon_before(report, block.start)
        .filter(|(_, between)| *between <= FARTHEST_COLON)
        .filter(|_| report.analysis.quote_at(block.start).is_none());
    let pieces = |(voice, _): (Voice, usize)| {
        direct::pieces(report, block.start..block.end, &voice.said(report))
    };
    voice.map(pieces).unwrap_or_default()
}

/// A colon with more tokens between it and the cue introduces no speech.
const FARTHEST_COLON: usize = 4;

/// "X: Y" at the head of a block: a headline or a line of a transcript.
fn labelled(report: &Report, block: &Block, sentences: &[usize]) -> Vec<Said> {
    let Some(&index) = sentences.first() else { return Vec::new() };
    let sentence = &report.analysis.sentences[index];
    let start = usize::from(sentence.word(0).is_some_and(|w| matches!(w, "\"" | "“" | "''")));
    let Some(colon) = (start + 1..start + LONGEST_LABEL).find(|&at| sentence.is(at, ":")) else {
        return Vec::new();
    };
    let label = start..colon;
    let person = sentence
        .names
        .iter()
        .any(|name| name.first <= start + 1 && name.last == colon && can_speak(name));
    let capitals = label
        .clone()
        .all(|at| report.text(&sentence.bytes(&(at..at + 1))).chars().all(|c| !c.is_lowercase()));
    let headed = block.kind == BlockKind::Heading || index == 0;
    if !(person && (headed || capitals) || capitals && start > 0)
        || colon + 1 >= sentence.tokens.len()
    {
        return Vec::new();
    }
    let voice = voice(report, index, &label, Some(colon..colon + 1));
    let from = sentence.bytes(&(colon + 1..sentence.tokens.len())).start;
    let pieces = sentences.iter().map(|&i| {
        let s = &report.analysis.sentences[i];
        let end = s.bytes(&s.without_stop()).end.max(from);
        (i, s.start.max(from)..if i == index && !capitals { end } else { s.end })
    });
    let whole = from..pieces.clone().map(|(_, piece)| piece.end).max().unwrap_or(from);
    pieces
        .map(|(i, content)| Said {
            whole: whole.clone(),
            ..only(report, i, content, &voice, capitals)
        })
        .collect()
}

impl Said {
    /// Whether this is a line of a transcript that stands in quotation marks: it names its speaker itself.
    pub fn is_line_of(&self, quoted: &Said) -> bool {
        let labelled = self.quoted
            && self.cue.as_ref().is_some_and(|cue| {
                cue.len() == 1 && cue.end <= self.whole.start && self.whole.start - cue.end <= 1
            });
        labelled && self.whole.start < quoted.whole.end && quoted.whole.start < self.whole.end
    }
}

/// A label of more tokens than this names no speaker.
const LONGEST_LABEL: usize = 8;

fn can_speak(name: &Name) -> bool {
    matches!(name.kind, NameKind::Person | NameKind::Organization | NameKind::Unknown)
}

/// "Content — Name": the name is all that stands behind the dash.
fn dashed(report: &Report, block: &Block, index: usize) -> Option<Said> {
    let last = report.analysis.sentences_over(&(block.start..block.end)).last()?;
    let sentence = &report.analysis.sentences[last];
    let name = sentence.names.iter().filter(|name| can_speak(name)).find(|name| {
        name.phrase.end == sentence.without_stop().end
            && name.phrase.start > 0
            && is_dash(sentence, name.phrase.start - 1)
    })?;
    let dash = name.phrase.start - 1;
    let start = report.analysis.sentences[index].start.max(block.start);
    let end = if dash > 0 { sentence.bytes(&(0..dash)).end } else { sentence.start };
    let marked = report.text(&(start..end)).starts_with(['"', '“', '”']);
    let quoted = marked || report.analysis.quote_at(start).is_some();
    if start >= end || !quoted && (block.kind != BlockKind::Heading || last != index) {
        return None;
    }
    let end = report.text(&(start..end)).trim_end().len() + start;
    let voice = voice(report, last, &name.phrase, Some(dash..dash + 1));
    let first = &report.analysis.sentences[index];
    let content = start..end.min(first.end);
    Some(Said { whole: start..end, ..only(report, index, content, &voice, quoted) })
}

fn is_dash(sentence: &Sentence, at: usize) -> bool {
    sentence.word(at).is_some_and(|w| matches!(w, "—" | "–" | "-" | "―" | "--"))
}

/// "Minister Says Dam Was Unsafe": in a line of capitalised words the tree is not to be trusted, the first verb of saying is.
fn headline(report: &Report, index: usize) -> Option<Said> {
    let sentence = &report.analysis.sentences[index];
    let words = sentence.without_stop();
    let capital = words.clone().filter(|&at| sentence.tokens[at].capital).count();
    if words.len() < 4 || capital * 10 < words.len() * 6 {
        return None;
    }
    let cues = &report.lexicon.cues.verbs;
    let (cue, stance) = (1..words.end).find_map(|at| {
        let (end, cue) = cues.longest(sentence, at)?;
        let noun = sentence.node(at).is_some_and(|node| node.is_listed(class::NOUNS));
        // "Ship Suspected Of …" is no verb of saying.
        let passive = sentence.word(end).is_some_and(|w| matches!(w, "of" | "by" | "in" | "over"));
        let participle = passive && sentence.word(at).is_some_and(|w| w.ends_with("ed"));
        let finite = !(noun || participle)
            && sentence.word(at).is_some_and(|w| {
                w.ends_with('s') || w.ends_with("ed") || w == "said" || w == "told"
            });
        finite.then_some((at..end, cue.stance))
    })?;
    let comma = (0..cue.start).rev().find(|&at| sentence.is(at, ","));
    let (source, content) = match comma {
        Some(comma) if cue.end == words.end => (comma + 1..cue.start, 0..comma),
        _ => (behind_label(sentence, cue.start)..cue.start, cue.end..words.end),
    };
    if source.is_empty() || content.is_empty() || source.len() > LONGEST_LABEL {
        return None;
    }
    let voice = Voice { stance, ..voice(report, index, &source, Some(cue)) };
    Some(only(report, index, sentence.bytes(&content), &voice, false))
}

/// Where the words before a cue begin, behind a label: "2 March: Minister says …".
fn behind_label(sentence: &Sentence, cue: usize) -> usize {
    (0..cue).rev().find(|&at| sentence.is(at, ":")).map_or(0, |colon| colon + 1)
}

fn voice(report: &Report, index: usize, speaker: &Tokens, cue: Option<Tokens>) -> Voice {
    let sentence = &report.analysis.sentences[index];
    Voice {
        speaker: Speaker::new(report, sentence, speaker),
        cue: cue.map(|cue| sentence.bytes(&cue)),
        stance: Stance::Asserts,
        sentence: index,
    }
}

/// A statement that is all that was said.
fn only(report: &Report, index: usize, content: Range<usize>, voice: &Voice, quoted: bool) -> Said {
    let said = voice.said(report);
    Said { whole: content.clone(), content, sentence: index, quoted, ..said }
}
