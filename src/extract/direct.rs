//! Direct speech: quotations with their speakers, pull quotes signed at the end, headlines with a name
//! behind a dash.

use std::ops::Range;

use crate::analyze::{Block, BlockKind, NameKind, Quote, Sentence, Tokens};
use crate::fact::Stance;
use crate::lexicon::Frame;

use super::report::Report;
use super::said::{Said, Speaker};
use super::told::Told;

/// Who speaks a quotation, and the words that say so.
#[derive(Clone, Debug)]
struct Voice {
    speaker: Speaker,
    cue: Option<Range<usize>>,
    stance: Stance,
    /// The sentence that names the speaker.
    sentence: usize,
}

/// A quotation with fewer words than this and no speaker of its own is no statement.
const FEWEST_WORDS: usize = 4;
/// Tokens looked at before and behind a quotation for its speaker.
const WINDOW: usize = 24;

/// The statements in quotation marks, one for each sentence quoted; `indirect` are those found already,
/// whose contents may hold scraps of quotation.
pub fn statements(report: &Report, indirect: &Told) -> Vec<Said> {
    let mut said = Vec::new();
    let mut last: Option<(Voice, usize)> = None;
    for quote in &report.analysis.quotes {
        if indirect.overlaps(report, &(quote.start..quote.end)) {
            continue;
        }
        let block = block_of(report, quote.start);
        let own = behind(report, quote).or_else(|| ahead(report, quote));
        let same_block = last.as_ref().filter(|(_, b)| *b == block).map(|(voice, _)| voice.clone());
        let long =
            report.text(&(quote.start..quote.end)).split_whitespace().count() >= FEWEST_WORDS;
        let near = || {
            stands_alone(report, quote).then(|| neighbour(report, quote, &last, block)).flatten()
        };
        let Some(voice) =
            own.or(same_block.filter(|_| long)).or_else(|| if long { near() } else { None })
        else {
            continue;
        };
        said.extend(pieces(report, quote, &voice));
        last = Some((voice, block_of(report, quote.end.saturating_sub(1))));
    }
    said
}

fn block_of(report: &Report, at: usize) -> usize {
    report.analysis.blocks.partition_point(|block| block.end <= at)
}

/// One statement a sentence of the quotation.
fn pieces(report: &Report, quote: &Quote, voice: &Voice) -> Vec<Said> {
    let touched = report.analysis.sentences_over(&(quote.start..quote.end));
    touched
        .map(|index| {
            let sentence = &report.analysis.sentences[index];
            let start = sentence.start.max(quote.start);
            let end = sentence.end.min(quote.end);
            said(report, index, start..end, voice)
        })
        .collect()
}

fn said(report: &Report, index: usize, content: Range<usize>, voice: &Voice) -> Said {
    let from = &report.analysis.sentences[voice.sentence];
    let outside: Vec<_> = from
        .days
        .iter()
        .filter(|day| report.analysis.quote_at(from.tokens[day.first].start).is_none())
        .map(|day| day.first..day.last)
        .collect();
    let tokens = outside.first().cloned().unwrap_or(0..0);
    let (said_on, said_on_from) = report.date(from, &tokens);
    Said {
        speaker: Some(voice.speaker.clone()),
        cue: voice.cue.clone(),
        frame: Frame::Quote,
        stance: voice.stance,
        content,
        sentence: index,
        quoted: true,
        said_on,
        said_on_from,
    }
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
    let clauses = report.clauses(sentence);
    let before = clauses.subject(clauses.group_start(cue.start)).filter(|s| s.start >= start);
    let subject = before.or_else(|| {
        let name = sentence.name_from(cue.end)?;
        Some(cue.end..name.whole().end)
    })?;
    let mut voice = voice(report, index, &subject, cue, stance)?;
    if is_document(sentence, &subject) {
        let author = sentence_before(report, quote).and_then(|before| author(report, before));
        voice.speaker.entity = voice.speaker.entity.or(author);
    }
    Some(voice)
}

/// "The statement said": what was written speaks for the one who wrote it.
fn is_document(sentence: &Sentence, subject: &Tokens) -> bool {
    sentence.word(subject.end - 1).is_some_and(|word| {
        matches!(word, "statement" | "message" | "post" | "address" | "letter" | "tweet")
    })
}

/// The person who says something in this sentence.
fn author(report: &Report, index: usize) -> Option<usize> {
    let sentence = &report.analysis.sentences[index];
    let (cue, _) = cue_in(report, sentence, &(0..sentence.tokens.len()))?;
    let subject = said_before(report, sentence, &cue)?;
    Speaker::new(report, sentence, &subject).entity
}

fn sentence_before(report: &Report, quote: &Quote) -> Option<usize> {
    report.analysis.sentences.partition_point(|s| s.end <= quote.start).checked_sub(1)
}

/// The speaker ahead of a quotation: `X said: "`, `Quote from X: "`.
fn ahead(report: &Report, quote: &Quote) -> Option<Voice> {
    let index = sentence_at(report, quote.start, quote.start)?;
    let sentence = &report.analysis.sentences[index];
    let end = sentence.token_from(quote.start);
    if end == 0 {
        return None;
    }
    let start = end.saturating_sub(WINDOW);
    let introduced = sentence.word(end - 1).is_some_and(|w| matches!(w, ":" | "," | "that"));
    let cues: Vec<_> = (start..end)
        .filter_map(|at| {
            let (cue_end, cue) = report.lexicon.cues.verbs.longest(sentence, at)?;
            (!report.is_quoted(sentence, at) && cue.frames.contains(&Frame::Quote))
                .then_some((at..cue_end, cue.stance))
        })
        .collect();
    if let Some((cue, stance)) = cues.last().cloned()
        && (introduced || cue.end == end)
    {
        let subject = report.clauses(sentence).subject_or_shared(cue.start)?;
        return voice(report, index, &subject, cue, stance);
    }
    if !sentence.is(end - 1, ":") {
        return None;
    }
    let name =
        sentence.names.iter().rfind(|name| name.last <= end && end - name.whole().end <= 1)?;
    let subject = name.whole();
    Some(Voice {
        speaker: Speaker::new(report, sentence, &subject),
        cue: None,
        stance: Stance::Asserts,
        sentence: index,
    })
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
    let index = sentence_before(report, quote)?;
    let sentence = &report.analysis.sentences[index];
    if block > sentence.block + 1 {
        return None;
    }
    if let Some((cue, stance)) = cue_in(report, sentence, &(0..sentence.tokens.len()))
        && let Some(subject) = said_before(report, sentence, &cue)
    {
        return voice(report, index, &subject, cue, stance);
    }
    last.as_ref().filter(|(_, b)| b + 1 == block).map(|(voice, _)| voice.clone())
}

/// The one who speaks in the sentence before: the agent of a passive, or the subject.
fn said_before(report: &Report, sentence: &Sentence, cue: &Tokens) -> Option<Tokens> {
    if sentence.is(cue.end, "by") {
        let name = sentence.name_from(cue.end + 1)?;
        return Some(cue.end + 1..name.whole().end);
    }
    report.clauses(sentence).subject_or_shared(cue.start)
}

/// The first cue verb in these tokens that can stand with a quotation.
fn cue_in(report: &Report, sentence: &Sentence, tokens: &Tokens) -> Option<(Tokens, Stance)> {
    tokens.clone().find_map(|at| {
        let (end, cue) = report.lexicon.cues.verbs.longest(sentence, at)?;
        let fits = cue.frames.contains(&Frame::Quote) && !report.is_quoted(sentence, at);
        fits.then_some((at..end, cue.stance))
    })
}

fn voice(
    report: &Report,
    index: usize,
    subject: &Tokens,
    cue: Tokens,
    stance: Stance,
) -> Option<Voice> {
    let sentence = &report.analysis.sentences[index];
    let group = report.clauses(sentence).group_start(cue.start);
    Some(Voice {
        speaker: Speaker::new(report, sentence, subject),
        cue: Some(sentence.bytes(&(group..cue.end))),
        stance,
        sentence: index,
    })
}

fn sentence_at(report: &Report, from: usize, to: usize) -> Option<usize> {
    report.analysis.sentence_with(&(from..to.max(from + 1)))
}

/// Quotations without marks: a paragraph signed with a name and a role, and a headline with a name
/// behind a dash.
pub fn signed(report: &Report) -> Vec<Said> {
    let mut said = Vec::new();
    for block in &report.analysis.blocks {
        let sentences: Vec<usize> =
            report.analysis.sentences_over(&(block.start..block.end)).collect();
        match block.kind {
            BlockKind::Paragraph => said.extend(pull_quote(report, &sentences)),
            BlockKind::Heading => {
                said.extend(sentences.first().and_then(|&i| headline(report, block, i)))
            }
            _ => {}
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
    let voice = Voice {
        speaker: Speaker::new(report, sentence, &name.phrase.clone()),
        cue: None,
        stance: Stance::Asserts,
        sentence: signature,
    };
    quoted
        .iter()
        .map(|&index| {
            let s = &report.analysis.sentences[index];
            said_plain(report, index, s.start..s.end, &voice)
        })
        .collect()
}

fn said_plain(report: &Report, index: usize, content: Range<usize>, voice: &Voice) -> Said {
    Said { quoted: true, ..said(report, index, content, voice) }
}

/// "Content — Name" and "Name: content".
fn headline(report: &Report, block: &Block, index: usize) -> Option<Said> {
    let sentence = &report.analysis.sentences[index];
    let person = |name: &&crate::analyze::Name| name.kind == NameKind::Person;
    let name = sentence.names.iter().filter(person).find(|name| {
        name.phrase.end == sentence.tokens.len()
            && name.phrase.start > 0
            && matches!(sentence.word(name.phrase.start - 1), Some("—" | "–" | "-"))
    });
    let first = sentence
        .names
        .iter()
        .find(person)
        .filter(|name| name.phrase.start == 0 && sentence.is(name.phrase.end, ":"));
    let (phrase, content) = match (name, first) {
        (Some(name), _) => {
            let content = sentence.bytes(&(0..name.phrase.start - 1));
            (name.phrase.clone(), content)
        }
        (None, Some(name)) => {
            let content = sentence.bytes(&(name.phrase.end + 1..sentence.tokens.len()));
            (name.phrase.clone(), content)
        }
        (None, None) => return None,
    };
    let voice = Voice {
        speaker: Speaker::new(report, sentence, &phrase),
        cue: None,
        stance: Stance::Asserts,
        sentence: index,
    };
    let content = content.start.max(block.start)..content.end;
    (content.start < content.end)
        .then(|| Said { quoted: false, ..said(report, index, content, &voice) })
}
