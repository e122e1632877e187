//! What changed since the edition before: the box on page 1, the marks beside rows, how figures moved.

use std::collections::{BTreeMap, BTreeSet};

use crate::briefing::{Briefing, ChangeRow, ChangeSection, Citation, Line, Note, Pill, Tone};
use crate::change::{Change, Changes, History, Section, What};
use crate::edition::{Correction, Status};
use crate::fact::Fact;

use super::casualties::{counted, label};
use super::event::one_a_source;
use super::evidence::Annex;
use super::words::{field, keyed, line, styled};
use super::{Composer, Options};
use crate::words::Words;

/// Changes named one by one.
const MOST: usize = 8;

impl<'a> Composer<'a> {
    /// The section of the changes; none for a first edition that is nothing special.
    pub fn changes(&self, options: &Options, annex: &mut Annex<'a>) -> Option<ChangeSection> {
        let notice = self.notice(options.status, options.correction.as_ref());
        let changes = options.changes.as_ref().filter(|changes| changes.since.is_some());
        let Some(changes) = changes else {
            let nothing = |notice| ChangeSection {
                title: String::new(),
                notice: Some(notice),
                rows: Vec::new(),
                summary: String::new(),
            };
            return notice.map(nothing);
        };
        let since = changes.since.unwrap_or_default();
        let groups = groups(&changes.items);
        let rows = groups.iter().take(MOST).map(|group| self.change_row(group, annex));
        Some(ChangeSection {
            title: self.words.say("change.title", &[("number", &since.to_string())]),
            notice,
            rows: rows.collect(),
            summary: self.change_summary(changes, groups.len().saturating_sub(MOST)),
        })
    }

    /// One line for the changes of one kind and subject; the first is told in words.
    fn change_row(&self, group: &[&Change], annex: &mut Annex<'a>) -> ChangeRow {
        let first = group[0];
        let facts = group.iter().filter_map(|change| change.fact.as_ref());
        let mut citations: Vec<Citation> = Vec::new();
        for fact in facts.filter_map(|id| self.dossier.facts.iter().find(|fact| fact.id == *id)) {
            citations.extend(self.cite_change(first, fact, annex));
        }
        let what = self.change_line(first, group.len() - 1);
        let citations = one_a_source(citations);
        ChangeRow { pill: pill(first.what, self.words), what: Line { citations, ..what } }
    }

    /// "Killed: 36 → 38 (and 2 more)".
    fn change_line<'c>(&self, change: &'c Change, more: usize) -> Line {
        let (key, value) = match (&change.before, &change.after) {
            (Some(_), Some(_)) => ("change.moved", ""),
            (None, Some(value)) | (Some(value), None) => match change.section {
                Section::Attributions => ("change.said", value.as_str()),
                _ => ("change.value", value.as_str()),
            },
            (None, None) => ("change.only", ""),
        };
        let text = |value: &'c Option<String>| value.as_deref().unwrap_or_default();
        let mut fields = vec![field("subject", &change.subject).strong(), field("value", value)];
        fields.push(field("before", text(&change.before)));
        fields.push(field("after", text(&change.after)));
        let mut told = line(self.words, key, &fields);
        if more > 0 {
            let more = field("n", &self.words.number(more as u64));
            told = line(self.words, "change.more", &[styled("change", told), more]);
        }
        if let Some(why) = change.why {
            let why = field("why", &self.words.word(&keyed("change", &why)));
            told = line(self.words, "change.why", &[styled("change", told), why]);
        }
        told
    }

    fn cite_change(&self, change: &Change, fact: &'a Fact, annex: &mut Annex<'a>) -> Vec<Citation> {
        let title = match &change.after {
            Some(after) => self.given_as(&change.subject, after),
            None => change.subject.clone(),
        };
        match change.section {
            Section::Casualties => annex.cite('C', &title, fact),
            Section::Attributions => annex.cite('A', &title, fact),
            Section::Responses => annex.cite('R', &title, fact),
            Section::Event | Section::Statements => annex.cite_event(&title, fact),
        }
    }

    /// "2 reports added. 31 facts say the same as before."
    fn change_summary(&self, changes: &Changes, unnamed: usize) -> String {
        let reports = &changes.reports;
        let moves = [
            (&reports.added, "change.reports_added"),
            (&reports.removed, "change.reports_removed"),
            (&reports.altered, "change.reports_altered"),
        ];
        let moves = moves.into_iter().filter(|(ids, _)| !ids.is_empty());
        let moves = moves.map(|(ids, key)| self.words.count(key, ids.len() as u64, &[]));
        let moves: Vec<String> = moves.collect();
        let mut sentences = Vec::new();
        if unnamed > 0 {
            sentences.push(self.words.count("change.unnamed", unnamed as u64, &[]));
        }
        if !moves.is_empty() {
            let moves = self.words.list(&moves);
            sentences.push(self.words.say("change.reports", &[("moves", &moves)]));
        }
        sentences.push(self.words.count("change.unchanged", changes.unchanged as u64, &[]));
        sentences.join(" ")
    }

    /// That an edition replaces another, or repeats it.
    fn notice(&self, status: Option<Status>, correction: Option<&Correction>) -> Option<Note> {
        let text = match (status?, correction) {
            (Status::Corrected, Some(correction)) => {
                let number = correction.replaces.to_string();
                let with = [("number", &*number), ("reason", &correction.reason)];
                self.words.say("change.replaces", &with)
            }
            (Status::Repeated, _) => self.words.word("change.repeated"),
            _ => return None,
        };
        let pill = Pill { text: status?.word().to_owned(), tone: Tone::Caution };
        Some(Note { pill, text })
    }
}

/// Changed facts by the labels of their evidence.
pub struct Marks<'w> {
    words: &'w Words,
    labels: BTreeMap<String, What>,
}

impl<'w> Marks<'w> {
    /// The labels under which changed facts are cited.
    pub fn new(changes: Option<&Changes>, annex: &Annex, words: &'w Words) -> Self {
        let changes = changes.filter(|changes| changes.since.is_some());
        let items = changes.into_iter().flat_map(|changes| &changes.items);
        let label = |item: &Change| Some((annex.label(item.fact.as_ref()?)?.to_owned(), item.what));
        Marks { words, labels: items.filter_map(label).collect() }
    }

    /// The mark of a row that rests on these pieces of evidence: `NEW` where all of it is.
    fn of<'c>(&self, citations: impl Iterator<Item = &'c Citation>) -> Option<Pill> {
        let labels: BTreeSet<&String> = citations.map(|citation| &citation.evidence).collect();
        let marks: Vec<Option<&What>> =
            labels.iter().map(|label| self.labels.get(*label)).collect();
        if marks.iter().all(Option::is_none) {
            return None;
        }
        let new = marks.iter().all(|mark| *mark == Some(&What::New));
        Some(pill(if new { What::New } else { What::Changed }, self.words))
    }
}

/// Puts the marks beside the rows that rest on changed facts, and adds how figures moved.
pub fn mark(briefing: &mut Briefing, marks: &Marks, changes: Option<&Changes>) {
    let Some(changes) = changes else { return };
    briefing.casualties.notes.extend(moved(changes, marks.words));
    for row in &mut briefing.casualties.rows {
        row.mark = marks.of(row.citations.iter());
    }
    for row in &mut briefing.attributions.rows {
        row.mark = marks.of(row.words.iter().flat_map(|words| &words.citations));
    }
    for row in &mut briefing.responses.rows {
        row.mark = marks.of(row.what.citations.iter());
    }
    let events: Vec<&Change> =
        changes.items.iter().filter(|change| change.section == Section::Event).collect();
    for row in &mut briefing.event.rows {
        let own = events.iter().find(|change| change.subject == row.label);
        let own = own.filter(|change| change.what != What::Gone);
        row.mark = own.map(|change| pill(change.what, marks.words));
    }
}

/// "Killed: 36 (No. 1), 38 (No. 3)" for each figure that had more than one value.
fn moved(changes: &Changes, words: &Words) -> Option<Note> {
    let histories = changes.history.iter().filter(|history| history.values.len() > 1);
    let told: Vec<String> = histories.filter_map(|history| self::history(history, words)).collect();
    let text = words.say("change.history", &[("figures", &told.join("; "))]);
    let pill = Pill { text: words.word("change.by_edition"), tone: Tone::Neutral };
    (!told.is_empty()).then_some(Note { pill, text })
}

/// "Killed: 36 (No. 1), 38 (No. 3)".
pub fn history(history: &History, words: &Words) -> Option<String> {
    let values = history.values.iter().map(|held| {
        let count = match &held.figure {
            Some(figure) => counted(figure, words),
            None => words.word("change.not_given"),
        };
        let number = held.edition.to_string();
        words.say("change.held", &[("count", &count), ("number", &number)])
    });
    let values = values.collect::<Vec<_>>().join(", ");
    let figure = label(history.figure()?, words);
    Some(words.say("field.given", &[("label", &figure), ("value", &values)]))
}

/// Changes of one kind, section and subject together. Statements are not on the page.
fn groups(items: &[Change]) -> Vec<Vec<&Change>> {
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for item in items.iter().filter(|item| item.section != Section::Statements) {
        let kin = |group: &&mut Vec<&Change>| {
            let first = group[0];
            (first.what, first.section, &first.subject) == (item.what, item.section, &item.subject)
                && first.why == item.why
        };
        match groups.iter_mut().find(kin) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}

fn pill(what: What, words: &Words) -> Pill {
    let (key, tone) = match what {
        What::New => ("change.new", Tone::Accent),
        What::Changed => ("change.changed", Tone::Caution),
        What::Gone => ("change.gone", Tone::Neutral),
    };
    Pill { text: words.word(key), tone }
}
