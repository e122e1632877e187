//! All statements of a report, found by the sentence they touch.

use std::ops::Range;

use crate::analyze::Sentence;
use crate::lexicon::Sense;

use super::report::Report;
use super::said::Said;

/// Statements and where they stand.
pub struct Told {
    said: Vec<Said>,
    /// For each sentence the indexes of the statements whose contents share a byte with it, attitudes left out: what
    /// somebody wishes or likes is not told.
    by_sentence: Vec<Vec<usize>>,
}

impl Told {
    /// The statements in the order of their contents.
    pub fn new(report: &Report, mut said: Vec<Said>) -> Self {
        said.retain(|said| {
            let named = said.speaker.as_ref().is_none_or(|speaker| !speaker.bytes.is_empty());
            named && !said.content.is_empty()
        });
        said.sort_by_key(|said| (said.content.start, said.content.end));
        let mut by_sentence = vec![Vec::new(); report.analysis.sentences.len()];
        let telling = said.iter().enumerate().filter(|(_, said)| said.sense != Sense::Attitude);
        for (index, said) in telling {
            for sentence in report.analysis.sentences_over(&said.content) {
                by_sentence[sentence].push(index);
            }
        }
        Told { said, by_sentence }
    }

    /// All statements.
    pub fn all(&self) -> &[Said] {
        &self.said
    }

    /// All statements, and no longer where they stand.
    pub fn into_all(self) -> Vec<Said> {
        self.said
    }

    /// The statements whose contents touch the sentence with this index.
    pub fn in_sentence(&self, index: usize) -> impl Iterator<Item = &Said> {
        self.by_sentence.get(index).into_iter().flatten().map(|&said| &self.said[said])
    }

    /// The first statement whose content shares a byte with this range.
    pub fn over(&self, report: &Report, bytes: &Range<usize>) -> Option<&Said> {
        report.analysis.sentences_over(bytes).find_map(|index| {
            self.in_sentence(index)
                .find(|said| said.content.start < bytes.end && bytes.start < said.content.end)
        })
    }

    /// Whether a sentence holds a statement of somebody.
    pub fn holds(&self, report: &Report, sentence: &Sentence) -> bool {
        self.overlaps(report, &(sentence.start..sentence.end))
    }

    /// Whether a statement's content shares a byte with this range.
    pub fn overlaps(&self, report: &Report, bytes: &Range<usize>) -> bool {
        self.over(report, bytes).is_some()
    }
}
