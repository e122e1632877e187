//! The day of the event: the one that stands in the clause of a word that tells of it, by agreement of all that tell.

use std::cmp::Reverse;

use crate::analyze::syntax::lexicon::class;
use crate::analyze::{Day, Sentence};
use crate::fact::{Field, Property};

use super::telling::Telling;
use super::{Finding, Report};

/// So many sentences at the start are searched for a day where none that tells of the event names one.
const LEAD: usize = 6;

/// A day with the sentence that names it, and how much speaks for it.
struct Dated<'a> {
    sentence: &'a Sentence<'a>,
    day: &'a Day,
    score: usize,
}

/// Adds the days, the best first.
pub(super) fn dates(report: &Report, tellings: &[Telling], finding: &mut Finding) {
    let told = tellings.iter().enumerate().filter_map(|(rank, telling)| {
        let (day, close) = nearest(report, telling)?;
        let score = 60 / (rank + 1) + if close { 20 } else { 0 };
        Some(Dated { sentence: telling.sentence, day, score })
    });
    let mut dated: Vec<Dated> = Vec::new();
    for new in told {
        match dated.iter_mut().find(|known| known.day.date == new.day.date) {
            Some(known) => known.score += new.score,
            None => dated.push(new),
        }
    }
    dated.sort_by_key(|dated| Reverse(dated.score));
    if dated.is_empty() {
        dated.extend(in_lead(report));
    }
    for Dated { sentence, day, .. } in &dated {
        let normalized = Some(day.date.to_string());
        finding.add_words(Field::Date, sentence, day.first..day.last, normalized);
    }
    if dated.is_empty() {
        of_dateline(report, finding);
    }
}

/// The day of a telling, and whether it stands in the trigger's own clause: that of the clause, else the closest.
fn nearest<'a>(report: &Report, telling: &Telling<'a>) -> Option<(&'a Day, bool)> {
    let sentence = telling.sentence;
    let at = telling.trigger.start;
    let days = sentence.days.iter().filter(|day| {
        !report.is_quoted(sentence, day.first) && !dates_speech(report, sentence, day, at)
    });
    let close = |day: &&Day| same_clause(sentence, day.first, at);
    let best = days.min_by_key(|day| (!close(day), day.first.abs_diff(at)))?;
    Some((best, close(&best)))
}

/// Whether two tokens stand in one clause of the tree.
fn same_clause(sentence: &Sentence, a: usize, b: usize) -> bool {
    match (sentence.node(a), sentence.node(b)) {
        (Some(a), Some(b)) if sentence.syntax.analyzed() => a.clause() == b.clause(),
        _ => false,
    }
}

/// Whether a day belongs to a verb of saying: "On 29 December, X said that …".
fn dates_speech(report: &Report, sentence: &Sentence, day: &Day, trigger: usize) -> bool {
    if let (Some(node), true) = (sentence.node(day.first), sentence.syntax.analyzed()) {
        let clause = node.clause();
        return clause.is_listed(class::SPEECH) && sentence.token_of(clause) != trigger;
    }
    (day.first..trigger).any(|at| {
        report.lexicon.cues.verbs.longest(sentence, at).is_some() || sentence.is(at, "that")
    })
}

/// The first day in the sentences that the report begins with; one of speech if there is no other.
fn in_lead<'a>(report: &'a Report<'a>) -> Option<Dated<'a>> {
    let sentences = report.analysis.sentences.iter().filter(|sentence| report.is_prose(sentence));
    let days = sentences.take(LEAD).flat_map(|sentence| {
        let outside = |day: &&Day| !report.is_quoted(sentence, day.first);
        sentence.days.iter().filter(outside).map(move |day| Dated { sentence, day, score: 0 })
    });
    let speech = |dated: &Dated| dates_speech(report, dated.sentence, dated.day, usize::MAX);
    let (told, said): (Vec<Dated>, Vec<Dated>) = days.partition(|dated| !speech(dated));
    told.into_iter().chain(said).next()
}

/// The day of the dateline, where the report names no other.
fn of_dateline(report: &Report, finding: &mut Finding) {
    let (Some(dateline), Some(date)) = (&report.analysis.dateline, report.published()) else {
        return;
    };
    let words = report.text(&dateline.rest);
    let digit = words.find(|c: char| c.is_ascii_digit());
    if let Some(digit) = digit {
        let from = words[..digit].trim_end().rfind([',', ' ']).map_or(0, |at| at + 1);
        let from = if words[..digit].trim_end().len() > from { from } else { digit };
        let value = words[from..].trim_matches([' ', ',']).to_owned();
        let property = Property { field: Field::Date, value, normalized: Some(date.to_string()) };
        finding.push(property, dateline.bytes.clone());
    }
}
