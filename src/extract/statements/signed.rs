//! Quotations without marks: pull quotes signed at their end, headlines with a name behind a dash or before a colon.

use std::ops::Range;

use crate::analyze::{Block, BlockKind, NameKind};
use crate::fact::Stance;

use super::super::report::Report;
use super::super::said::{Said, Speaker};
use super::direct::Voice;

/// Quotations without marks: a paragraph signed with a name and a role, and a headline with a name
/// behind a dash.
pub fn statements(report: &Report) -> Vec<Said> {
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
            only(report, index, s.start..s.end, &voice, true)
        })
        .collect()
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
    (content.start < content.end).then(|| only(report, index, content, &voice, false))
}

/// A statement that is all that was said.
fn only(report: &Report, index: usize, content: Range<usize>, voice: &Voice, quoted: bool) -> Said {
    let said = voice.said(report);
    Said { whole: content.clone(), content, sentence: index, quoted, ..said }
}
