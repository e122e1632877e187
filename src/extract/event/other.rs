//! What belongs to another event: one that is compared, or one of a past year.

use chrono::Datelike;

use crate::analyze::syntax::label::Upos;
use crate::analyze::{Day, Reading, Sentence};
use crate::extract::report::Report;

/// More months than this before a report are another story.
const PAST_MONTHS: i32 = 6;
/// A day that is nearer than this to the report is one of the event's time, in days.
const EVENT_TIME: i64 = 200;

/// Whether what a token tells belongs to another event: one that is compared, or one of a past year.
pub fn is_other(report: &Report, sentence: &Sentence, token: usize) -> bool {
    is_compared(report, sentence, token) || is_past(report, sentence)
}

/// Whether a token follows a word of comparison, or tells what came before an event: then it tells of another event.
pub fn is_compared(report: &Report, sentence: &Sentence, token: usize) -> bool {
    (0..token).any(|at| compares(report, sentence, at) || comes_after(report, sentence, at))
}

/// How far before "comes after" the event may stand that does, and how far behind "comes" its "after", in tokens.
const EVENT_REACH: usize = 10;
const AFTER_REACH: usize = 3;

/// "The blast comes days after others": what stands behind it is another one.
fn comes_after(report: &Report, sentence: &Sentence, at: usize) -> bool {
    if !sentence.word(at).is_some_and(|word| report.lexicon.events.further.comes.contains(word)) {
        return false;
    }
    let after = (at + 1..=at + AFTER_REACH).find(|&at| sentence.is(at, "after"));
    after.is_some_and(|after| is_another(report, sentence, after + 1))
        && (at.saturating_sub(EVENT_REACH)..at).any(|at| is_event(report, sentence, at))
}

/// Whether the phrase that begins at a token names another event: "others", "an attack", but not "noon" or "the first blast".
fn is_another(report: &Report, sentence: &Sentence, start: usize) -> bool {
    let others = &report.lexicon.events.further.others;
    let determiners = &report.lexicon.words.determiners;
    let before_noun = |at: usize| {
        let adjective = sentence.node(at).is_some_and(|node| node.upos() == Upos::Adj);
        let word = sentence.word(at).unwrap_or_default();
        determiners.contains(word) || adjective && word != "first"
    };
    let stands_alone = sentence.word(start).is_some_and(|word| others.contains(word));
    let noun = (start..sentence.tokens.len()).find(|&at| !before_noun(at));
    stands_alone || noun.is_some_and(|at| is_event(report, sentence, at))
}

/// Whether a word is a noun for an event.
fn is_event(report: &Report, sentence: &Sentence, at: usize) -> bool {
    sentence.word(at).is_some_and(|word| report.lexicon.events.nouns.contains(word))
}

/// Whether a word of comparison begins at a token.
pub fn compares(report: &Report, sentence: &Sentence, at: usize) -> bool {
    report.lexicon.words.comparison.longest(sentence, at).is_some()
}

/// Whether a sentence names a past year, or a month of one, and no day of the event's time. A weekday
/// alone says nothing about the year.
fn is_past(report: &Report, sentence: &Sentence) -> bool {
    let Some(published) = report.published() else { return false };
    let dated = |day: &Day| matches!(day.reading, Reading::Written | Reading::YearSupplied);
    let near = |day: &Day| dated(day) && (published - day.date).num_days().abs() < EVENT_TIME;
    !sentence.days.iter().any(near)
        && (0..sentence.tokens.len()).any(|at| names_past_year(report, sentence, at))
}

/// Whether a token is a year before the report's, or one of a month more than half a year before it.
fn names_past_year(report: &Report, sentence: &Sentence, at: usize) -> bool {
    let Some(published) = report.published() else { return false };
    let Some(year) = year_at(report, sentence, at) else { return false };
    let before = at.checked_sub(1).and_then(|at| sentence.word(at)).unwrap_or_default();
    let ago = published.year() - year;
    match report.lexicon.words.months.get(before) {
        Some(&month) => ago * 12 + published.month() as i32 - month as i32 > PAST_MONTHS,
        None => ago >= 1 && report.lexicon.words.before_year.contains(before),
    }
}

/// Without a day of publication no year behind this one is read.
const LAST_YEAR: i32 = 2100;

/// The year that a token is, or begins with ("2014–15"): four digits, from 1900 to the year after the report's.
pub(super) fn year_at(report: &Report, sentence: &Sentence, at: usize) -> Option<i32> {
    let digits = sentence.word(at)?.split(['-', '–']).next()?;
    let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let year = digits.parse::<i32>().ok().filter(|_| plain)?;
    let last = report.published().map_or(LAST_YEAR, |published| published.year() + 1);
    (1900..=last).contains(&year).then_some(year)
}
