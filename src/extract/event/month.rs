//! The month of the event, where no day is named: "in March".

use chrono::Datelike;

use crate::analyze::Sentence;
use crate::fact::{Field, Property, Resolved};

use super::other::year_at;
use super::telling::Telling;
use super::{Finding, Report};

/// Adds the first month that a telling names; normalized to the month alone ("2026-03").
pub(super) fn of_tellings(report: &Report, tellings: &[Telling], finding: &mut Finding) {
    let told = tellings.iter().filter(|telling| !telling.quoted);
    let found = told.into_iter().find_map(|telling| {
        let sentence = telling.sentence;
        (1..sentence.tokens.len()).find_map(|at| Some((sentence, month_at(report, sentence, at)?)))
    });
    if let Some((sentence, property)) = found {
        finding.push(property, sentence.start..sentence.end);
    }
}

/// "In March", "early in May 2025": a month without a year is the last one up to the day of publication.
fn month_at(report: &Report, sentence: &Sentence, at: usize) -> Option<Property> {
    let month = *report.lexicon.words.months.get(sentence.word(at)?)?;
    let before = &report.lexicon.words.time.before_month;
    let dated = sentence.word(at - 1).is_some_and(|word| before.contains(word));
    if !dated || !sentence.tokens[at].capital {
        return None;
    }
    let written = year_at(report, sentence, at + 1);
    let supplied = || {
        let published = report.published()?;
        Some(published.year() - i32::from(month > published.month()))
    };
    let year = written.or_else(supplied)?;
    let tokens = at..at + 1 + usize::from(written.is_some());
    let resolved = if written.is_some() { Resolved::Written } else { Resolved::YearSupplied };
    Some(Property {
        field: Field::Date,
        value: report.text(&sentence.bytes(&tokens)).to_owned(),
        normalized: Some(format!("{year:04}-{month:02}")),
        resolved: Some(resolved),
    })
}
