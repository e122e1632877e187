//! What changed since the edition before: the box on page 1, the marks beside rows, how figures moved.

use std::collections::{BTreeMap, BTreeSet};

use crate::briefing::{
    Briefing, ChangeRow, ChangeSection, Citation, Line, Note, Pill, Style, Tone,
};
use crate::change::{Change, Changes, Section, What};
use crate::edition::{Correction, Status};
use crate::fact::Fact;

use super::event::one_a_source;
use super::evidence::Annex;
use super::words::{count, line, list};
use super::{Composer, Options};

/// Changes named one by one.
const MOST: usize = 8;

impl<'a> Composer<'a> {
    /// The section of the changes; none for a first edition that is nothing special.
    pub fn changes(&self, options: &Options, annex: &mut Annex<'a>) -> Option<ChangeSection> {
        let notice = notice(options.status, options.correction.as_ref());
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
            title: format!("What changed since No. {since}"),
            notice,
            rows: rows.collect(),
            summary: summary(changes, groups.len().saturating_sub(MOST)),
        })
    }

    /// One line for the changes of one kind and subject; the first is told in words.
    fn change_row(&self, group: &[&Change], annex: &mut Annex<'a>) -> ChangeRow {
        let first = group[0];
        let text = match (&first.before, &first.after) {
            (Some(before), Some(after)) => format!(": {before} → {after}"),
            (None, Some(after)) => joined(first.section, after),
            (Some(before), None) => joined(first.section, before),
            (None, None) => String::new(),
        };
        let more = match group.len() {
            1 => String::new(),
            number => format!(" (and {} more)", number - 1),
        };
        let why = first.why.map_or_else(String::new, |why| format!(" ({})", why.words()));
        let facts = group.iter().filter_map(|change| change.fact.as_ref());
        let mut citations: Vec<Citation> = Vec::new();
        for fact in facts.filter_map(|id| self.dossier.facts.iter().find(|fact| fact.id == *id)) {
            citations.extend(self.cite_change(first, fact, annex));
        }
        let citations = one_a_source(citations);
        let runs =
            [(first.subject.as_str(), Style::Strong), (&*(text + &more + &why), Style::Plain)];
        ChangeRow { pill: pill(first.what), what: Line { citations, ..line(&runs) } }
    }

    fn cite_change(&self, change: &Change, fact: &'a Fact, annex: &mut Annex<'a>) -> Vec<Citation> {
        let title = match &change.after {
            Some(after) => format!("{}: {after}", change.subject),
            None => change.subject.clone(),
        };
        match change.section {
            Section::Casualties => annex.cite('C', &title, fact),
            Section::Attributions => annex.cite('A', &title, fact),
            Section::Responses => annex.cite('R', &title, fact),
            Section::Event | Section::Statements => annex.cite_event(&title, fact),
        }
    }
}

/// Changed facts by the labels of their evidence.
#[derive(Default)]
pub struct Marks(BTreeMap<String, What>);

impl Marks {
    /// The labels under which changed facts are cited.
    pub fn new(changes: Option<&Changes>, annex: &Annex) -> Self {
        let changes = changes.filter(|changes| changes.since.is_some());
        let items = changes.into_iter().flat_map(|changes| &changes.items);
        let label = |item: &Change| Some((annex.label(item.fact.as_ref()?)?.to_owned(), item.what));
        Marks(items.filter_map(label).collect())
    }

    /// The mark of a row that rests on these pieces of evidence: `NEW` where all of it is.
    fn of<'c>(&self, citations: impl Iterator<Item = &'c Citation>) -> Option<Pill> {
        let labels: BTreeSet<&String> = citations.map(|citation| &citation.evidence).collect();
        let marks: Vec<Option<&What>> = labels.iter().map(|label| self.0.get(*label)).collect();
        if marks.iter().all(Option::is_none) {
            return None;
        }
        let new = marks.iter().all(|mark| *mark == Some(&What::New));
        Some(pill(if new { What::New } else { What::Changed }))
    }
}

/// Puts the marks beside the rows that rest on changed facts, and adds how figures moved.
pub fn mark(briefing: &mut Briefing, marks: &Marks, changes: Option<&Changes>) {
    let Some(changes) = changes else { return };
    briefing.casualties.notes.extend(moved(changes));
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
        row.mark = own.filter(|change| change.what != What::Gone).map(|change| pill(change.what));
    }
}

/// "Killed: 36 (No. 1), 38 (No. 3)" for each figure that had more than one value.
fn moved(changes: &Changes) -> Option<Note> {
    let told = changes.history.iter().filter(|history| history.values.len() > 1).map(|history| {
        let values = history.values.iter().map(|held| {
            let count = held.count.as_deref().unwrap_or("no longer given");
            format!("{count} (No. {})", held.edition)
        });
        format!("{}: {}", history.figure, values.collect::<Vec<_>>().join(", "))
    });
    let told: Vec<String> = told.collect();
    let text = format!("{}.", told.join("; "));
    (!told.is_empty()).then(|| Note { pill: neutral("By edition"), text })
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

/// What follows a subject: "Killed: 38", "Ilham Aliyev asserts: …".
fn joined(section: Section, value: &str) -> String {
    match section {
        Section::Attributions => format!(" {value}"),
        _ => format!(": {value}"),
    }
}

/// "2 reports added. 31 facts say the same as before; 4 more changes are listed by `dateline editions diff`."
fn summary(changes: &Changes, unnamed: usize) -> String {
    let reports = &changes.reports;
    let moved =
        [(&reports.added, "added"), (&reports.removed, "removed"), (&reports.altered, "altered")];
    let moved = moved.iter().filter(|(ids, _)| !ids.is_empty());
    let moved: Vec<String> = moved
        .map(|(ids, verb)| format!("{} {verb}", count(ids.len(), "report", "reports")))
        .collect();
    let mut sentences = Vec::new();
    if unnamed > 0 {
        sentences.push(format!(
            "{} not named here.",
            count(unnamed, "further change is", "further changes are")
        ));
    }
    if !moved.is_empty() {
        sentences.push(format!("{}.", list(&moved)));
    }
    let facts = count(changes.unchanged, "fact says", "facts say");
    sentences.push(format!("{facts} the same as before."));
    sentences.join(" ")
}

/// That an edition replaces another, or repeats it.
fn notice(status: Option<Status>, correction: Option<&Correction>) -> Option<Note> {
    let text = match (status?, correction) {
        (Status::Corrected, Some(correction)) => {
            format!("This edition replaces No. {}: {}", correction.replaces, correction.reason)
        }
        (Status::Repeated, _) => "Nothing is new since the edition before.".to_owned(),
        _ => return None,
    };
    let pill = Pill { text: status?.word().to_owned(), tone: Tone::Caution };
    Some(Note { pill, text })
}

fn pill(what: What) -> Pill {
    let tone = match what {
        What::New => Tone::Accent,
        What::Changed => Tone::Caution,
        What::Gone => Tone::Neutral,
    };
    Pill { text: what.word().to_owned(), tone }
}

fn neutral(text: &str) -> Pill {
    Pill { text: text.to_owned(), tone: Tone::Neutral }
}
