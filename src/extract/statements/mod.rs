//! Who says, thinks or wants what: every statement of a report.

mod back;
mod content;
mod cue;
mod direct;
mod finder;
mod inserted;
mod nested;
mod noun;
mod signed;
mod source;
mod tail;

use crate::analyze::Sentence;
use crate::analyze::syntax::sentence::Node;

use super::report::Report;
use super::said::Said;
use super::told::Told;

/// All statements of a report: those that a sentence tells with a cue, quotations whose speaker stands elsewhere,
/// and words signed at their end.
pub fn told(report: &Report) -> Told {
    let sentences = 0..report.analysis.sentences.len();
    let reported = sentences.flat_map(|index| finder::statements(report, index)).collect();
    let reported = Told::new(report, reported);
    let signed = signed::statements(report);
    let mut quoted = direct::statements(report, &reported);
    quoted.retain(|said| !signed.iter().any(|line| line.is_line_of(said)));
    let said = reported.into_all().into_iter().chain(quoted).collect();
    let spoken = Told::new(report, said);
    let signed = signed.into_iter();
    let signed: Vec<Said> = signed.filter(|said| !spoken.overlaps(report, &said.content)).collect();
    Told::new(report, spoken.into_all().into_iter().chain(signed).collect())
}

/// Whether a verb of saying has somebody who says it.
pub fn has_speaker(sentence: &Sentence, verb: Node) -> bool {
    source::of_verb(sentence, verb, true).is_some()
}
