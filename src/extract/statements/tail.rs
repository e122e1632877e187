//! The outlet at the end of a sentence: ", Reuters reports", ", the agency said, citing X".

use crate::analyze::Sentence;
use crate::extract::report::Report;
use crate::lexicon::Frame;

use super::nested::is_citing;

/// An outlet's name with its article has fewer tokens than this.
const LONGEST_OUTLET: usize = 6;

/// The cue token of a tail and the first token of its source.
pub fn find(report: &Report, sentence: &Sentence) -> Option<(usize, usize)> {
    let end = sentence.without_stop().end;
    let comma = (1..end).rev().find(|&at| sentence.is(at, ","))?;
    let first = sentence.tokens.get(comma + 1)?;
    let named = first.capital || sentence.name_from(comma + 1).is_some();
    let (at, last, cue) = (comma + 2..end.min(comma + LONGEST_OUTLET)).find_map(|at| {
        let (last, cue) = report.lexicon.cues.verbs.longest(sentence, at)?;
        Some((at, last, cue))
    })?;
    let closed = last == end || is_citing(sentence, last);
    let says = cue.takes(Frame::Quote) && cue.takes(Frame::That);
    (named && closed && says && comma > 2).then_some((at, comma + 1))
}
