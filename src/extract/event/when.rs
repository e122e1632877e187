//! The day of the event: the one that stands in the clause of a word that tells of it, by agreement of all that tell.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::analyze::syntax::label::{Relation, Upos};
use crate::analyze::syntax::lexicon::class;
use crate::analyze::{Day, Reading, Sentence, Tokens};
use crate::fact::{Field, Property, Resolved};
use crate::lexicon::{TimeWords, WordSet};

use super::telling::Telling;
use super::{Finding, Report, month};

/// A day with the sentence that names it, and how much speaks for it.
struct Dated<'a> {
    sentence: &'a Sentence<'a>,
    day: &'a Day,
    score: usize,
}

/// Adds the days, the best first.
pub(super) fn dates(report: &Report, tellings: &[Telling], finding: &mut Finding) {
    let (quoted, told): (Vec<&Telling>, Vec<&Telling>) = tellings.iter().partition(|t| t.quoted);
    let mut dated = agreed(report, &told);
    if dated.is_empty() {
        dated = agreed(report, &quoted);
    }
    if dated.is_empty() {
        dated = in_text(report);
        dated.truncate(1);
    }
    for Dated { sentence, day, .. } in &dated {
        let words = with_time(&report.lexicon.words.time, sentence, day);
        let value = report.text(&sentence.bytes(&words)).to_owned();
        let property = dated_as(value, day.date, resolved(day.reading));
        finding.push(property, sentence.start..sentence.end);
    }
    if dated.is_empty() {
        of_dateline(report, finding);
    }
    if !finding.has(Field::Date) {
        month::of_tellings(report, tellings, finding);
    }
}

/// The words for a day with the time that stands beside them: "6:10 a.m. on Wednesday".
fn with_time(words: &TimeWords, sentence: &Sentence, day: &Day) -> Tokens {
    let word = |at: usize| sentence.word(at);
    let on = usize::from(day.first > 0 && word(day.first - 1) == Some("on"));
    let end = day.first - on;
    let mut starts = (1..=LONGEST_TIME).rev().filter_map(|back| end.checked_sub(back));
    let clock = starts.find(|&at| time_end(words, sentence, at) == Some(end));
    let first = clock.or_else(|| hours_before(words, sentence, day.first));
    let at = usize::from(word(day.last) == Some("at"));
    let last = time_end(words, sentence, day.last + at).unwrap_or(day.last);
    first.unwrap_or(day.first)..last
}

/// "Early hours of Thursday", "midnight on Friday": where the part of a day begins that stands before it. "12 hours on Friday" is none.
fn hours_before(words: &TimeWords, sentence: &Sentence, day: usize) -> Option<usize> {
    let word = |back: usize| sentence.word(day.checked_sub(back)?);
    let is = |back: usize, list: &WordSet| word(back).is_some_and(|word| list.contains(word));
    let early = is(3, &words.early);
    let hours = word(2) == Some("hours") && (early || is(3, &words.day_parts));
    let tied = matches!(word(1), Some("of" | "on")) && (hours || is(2, &words.day_parts));
    tied.then(|| day - 2 - usize::from(early || hours))
}

/// "6:10 a.m.", "0810 local time", in tokens.
const LONGEST_TIME: usize = 4;

/// Where a time of day ends that begins at a token.
fn time_end(words: &TimeWords, sentence: &Sentence, at: usize) -> Option<usize> {
    let clock = sentence.word(at)?;
    let figures = clock.trim_end_matches("am").trim_end_matches("pm");
    let mark = |byte: u8| byte.is_ascii_digit() || b":.".contains(&byte);
    if !figures.starts_with(|c: char| c.is_ascii_digit()) || !figures.bytes().all(mark) {
        return None;
    }
    let unit = sentence.word(at + 1).is_some_and(|word| {
        let full = figures.bytes().filter(u8::is_ascii_digit).count() == CLOCK_DIGITS;
        words.clock.contains(word) || word == "hours" && full
    });
    let half = at + 1 + usize::from(unit);
    let local = sentence.is(half, "local") && sentence.is(half + 1, "time");
    let timed = unit || local || figures.len() < clock.len() || figures.contains(':');
    timed.then_some(half + if local { 2 } else { 0 })
}

/// "0810 hours": fewer digits count hours.
const CLOCK_DIGITS: usize = 4;

fn dated_as(value: String, date: NaiveDate, resolved: Resolved) -> Property {
    let (field, normalized) = (Field::Date, Some(date.to_string()));
    Property { field, value, normalized, resolved: Some(resolved) }
}

fn resolved(reading: Reading) -> Resolved {
    match reading {
        Reading::Written => Resolved::Written,
        Reading::YearSupplied => Resolved::YearSupplied,
        Reading::Weekday => Resolved::Weekday,
        Reading::Counted => Resolved::Counted,
        Reading::Following => Resolved::Following,
    }
}

/// The days of tellings, each with what speaks for it in all of them.
fn agreed<'a>(report: &Report, tellings: &[&Telling<'a>]) -> Vec<Dated<'a>> {
    let told = tellings.iter().enumerate().filter_map(|(rank, telling)| {
        let (day, close) = nearest(report, telling)?;
        let score = 60 / (rank + 1) + if close { 20 } else { 0 };
        Some(Dated { sentence: telling.sentence, day, score })
    });
    added_up(told)
}

/// One of each day, the best first.
fn added_up<'a>(found: impl Iterator<Item = Dated<'a>>) -> Vec<Dated<'a>> {
    let mut dated: Vec<Dated> = Vec::new();
    for new in found {
        match dated.iter_mut().find(|known| known.day.date == new.day.date) {
            Some(known) => known.score += new.score,
            None => dated.push(new),
        }
    }
    dated.sort_by_key(|dated| Reverse(dated.score));
    dated
}

/// The day of a telling, and whether it stands in the trigger's own clause: that of the clause, else the closest, and rather not one of
/// a relative clause.
fn nearest<'a>(report: &Report, telling: &Telling<'a>) -> Option<(&'a Day, bool)> {
    let sentence = telling.sentence;
    let at = telling.trigger.start;
    let days = sentence.days.iter().filter(|day| {
        (telling.quoted || !report.is_quoted(sentence, day.first))
            && !is_border(report, sentence, day)
            && !dates_speech(report, sentence, day, at)
    });
    let close = |day: &&Day| telling.holds(day.first);
    let best = days.min_by_key(|day| {
        (!close(day), is_relative(sentence, day), is_owner(sentence, day), day.first.abs_diff(at))
    })?;
    Some((best, close(&best)))
}

/// Whether a day stands in a relative clause: it dates something else.
fn is_relative(sentence: &Sentence, day: &Day) -> bool {
    let node = sentence.node(day.first).filter(|_| sentence.syntax.analyzed());
    node.is_some_and(|node| node.clause().is(&[Relation::AclRelcl, Relation::AdvclRelcl]))
}

/// Whether a day cannot be the event's: one still to come, or one that only says since when or until when.
fn is_border(report: &Report, sentence: &Sentence, day: &Day) -> bool {
    let before = day.first.checked_sub(1).and_then(|at| sentence.word(at));
    report.published().is_some_and(|published| day.date > published)
        || before.is_some_and(|word| report.lexicon.events.borders.contains(word))
}

/// "Tuesday's election": the day of something else.
fn is_owner(sentence: &Sentence, day: &Day) -> bool {
    sentence.is(day.last, "'s")
}

/// Whether a day belongs to a verb of saying: "On 29 December, X said that …", "…, X said on Monday".
fn dates_speech(report: &Report, sentence: &Sentence, day: &Day, trigger: usize) -> bool {
    if day.first < trigger {
        return (day.first..trigger.min(sentence.tokens.len())).any(|at| {
            report.lexicon.cues.verbs.longest(sentence, at).is_some() || sentence.is(at, "that")
        });
    }
    (trigger + 1..day.first).any(|at| {
        let node = sentence.node(at);
        node.is_some_and(|node| node.upos() == Upos::Verb && node.is_listed(class::SPEECH))
    })
}

/// The days of the whole report, those at its start before all.
fn in_text<'a>(report: &'a Report<'a>) -> Vec<Dated<'a>> {
    let prose = report.analysis.sentences.iter().filter(|sentence| report.is_prose(sentence));
    let days = prose.enumerate().flat_map(|(index, sentence)| {
        sentence.days.iter().map(move |day| {
            let root = sentence.syntax.root().map_or(0, |root| sentence.token_of(root));
            let aside = report.is_quoted(sentence, day.first)
                || is_border(report, sentence, day)
                || is_owner(sentence, day)
                || dates_speech(report, sentence, day, root);
            let score = 40 / (index + 1) + 2;
            Dated { sentence, day, score: if aside { score / 2 } else { score } }
        })
    });
    added_up(days)
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
        let property = dated_as(value, date, Resolved::Dateline);
        finding.push(property, dateline.bytes.clone());
    }
}
