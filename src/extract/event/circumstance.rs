//! Sentences that say how it went.

use crate::extract::report::Report;
use crate::fact::Field;

use super::Finding;
use super::telling::Telling;

/// At most this many sentences of circumstance a report.
const MOST: usize = 6;

/// Narrated sentences that follow the telling in its paragraph and say how it went.
pub(super) fn circumstances(report: &Report, tellings: &[Telling], finding: &mut Finding) {
    let words = &report.lexicon.events.circumstances;
    let analysis = report.analysis;
    let mut count = 0;
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let follows = tellings.iter().any(|telling| {
            telling.index < index && analysis.sentences[telling.index].block == sentence.block
        });
        let tells = || sentence.tokens.iter().any(|token| words.contains(&token.lower));
        let plain = || {
            !finding.is_told(sentence)
                && !report.is_quoted(sentence, 0)
                && sentence.numbers.iter().all(|n| n.value.is_none())
        };
        if count < MOST && follows && tells() && plain() {
            count += 1;
            finding.add_words(Field::Circumstance, sentence, 0..sentence.tokens.len(), None);
        }
    }
}
